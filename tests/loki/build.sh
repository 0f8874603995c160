#!/bin/sh
# Builds the Loki that the tests start, once per version, into .cache/loki. The first build takes some minutes.
set -eu
cd "$(dirname "$0")"
binary=../../.cache/loki
if ! command -v go >/dev/null 2>&1; then
  echo 'loghunter: Go is missing: install Go 1.26 or newer (it builds Loki for the tests).' >&2
  exit 69
fi
if [ ! -x "$binary" ] || [ go.mod -nt "$binary" ]; then
  echo 'Building Loki (once, about five minutes) ...' >&2
  mkdir -p ../../.cache
  # Renamed when it is whole, so that an interrupted build leaves no binary that looks finished.
  go build -o "$binary.new" github.com/grafana/loki/v3/cmd/loki
  mv "$binary.new" "$binary"
  touch "$binary"
fi
