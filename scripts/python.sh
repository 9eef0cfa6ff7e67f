#!/bin/sh
# Prints the path of a Python that has what its requirements file ($1) names, in a folder that Git ignores.
set -eu
cd "$(dirname "$0")/.."
home=.python
if ! cmp -s "$1" "$home/installed.txt"; then
  rm -rf "$home"
  python3 -m venv "$home" >&2
  "$home/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: -r "$1" >&2
  cp "$1" "$home/installed.txt"
fi
echo "$PWD/$home/bin/python"
