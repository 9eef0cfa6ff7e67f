#!/bin/sh
# Prints the path of the Bun that package.json pins; fetches it into .bun/ when this machine has another one or none.
set -eu
cd "$(dirname "$0")/.."
version=$(sed -n 's/.*"packageManager": "bun@\([^"]*\)".*/\1/p' package.json)

is_pinned() {
  [ -n "$1" ] && [ "$("$1" --version 2>/dev/null)" = "$version" ]
}

for candidate in "$(command -v bun || true)" "$PWD/.bun/node_modules/.bin/bun"; do
  if is_pinned "$candidate"; then
    echo "$candidate"
    exit 0
  fi
done

echo "fetching Bun $version from the npm registry into .bun/" >&2
mkdir -p .bun
cd .bun
echo '{ "private": true }' >package.json
# Newer package managers do not run a package's install script by themselves; Bun's puts the right binary in place.
if command -v npm >/dev/null && command -v node >/dev/null; then
  npm install --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel=error "bun@$version" >&2
  node node_modules/bun/install.js >&2
elif command -v bun >/dev/null; then
  bun add --ignore-scripts "bun@$version" >&2
  bun node_modules/bun/install.js >&2
else
  echo "Bun $version is needed, and neither npm nor another Bun is here to fetch it: install one of them" >&2
  exit 1
fi

if is_pinned "$PWD/node_modules/.bin/bun"; then
  echo "$PWD/node_modules/.bin/bun"
else
  echo "Bun $version was fetched into .bun/ but does not run on this machine" >&2
  exit 1
fi
