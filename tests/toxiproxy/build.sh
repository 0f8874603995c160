#!/bin/sh
# Builds the toxiproxy that the tests start, once per version, into .cache/toxiproxy.
set -eu
cd "$(dirname "$0")"
binary=../../.cache/toxiproxy
if ! command -v go >/dev/null 2>&1; then
  echo 'loghunter: Go is missing: install Go 1.26 or newer (it builds toxiproxy for the tests).' >&2
  exit 69
fi
if [ ! -x "$binary" ] || [ go.mod -nt "$binary" ]; then
  echo 'Building toxiproxy (once, about half a minute) ...' >&2
  mkdir -p ../../.cache
  go build -o "$binary.new" github.com/Shopify/toxiproxy/v2/cmd/server
  mv "$binary.new" "$binary"
  touch "$binary"
fi
