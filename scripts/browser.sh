#!/bin/sh
# Makes sure that Chromium is on PATH for the tests in a browser.
set -eu
if command -v chromium >/dev/null; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing chromium for the tests in a browser" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  apt-get install -y -qq --no-install-recommends chromium >&2
fi
if ! command -v chromium >/dev/null; then
  echo "the tests need Chromium: install it (Debian: apt-get install chromium) so that chromium is on PATH" >&2
  exit 1
fi
