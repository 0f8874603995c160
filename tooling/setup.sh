#!/bin/sh
# Does the set-up that is missing, and only that. Arguments: node, plugin, react19, servers (any of them, in this order).
# A thing that cannot be set up gets one line that names it.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "loghunter: $1" >&2
  exit 69
}

# Runs a command quietly; shows its output only when it fails.
quietly() {
  log=$(mktemp)
  if "$@" >"$log" 2>&1; then
    rm -f "$log"
    return 0
  fi
  cat "$log" >&2
  rm -f "$log"
  return 1
}

# Node's packages, Node 24 among them, whenever the lockfile is newer than the last install.
setup_node() {
  command -v npm >/dev/null 2>&1 || fail 'npm is missing: install Node.js 20 or newer with npm.'
  if [ ! -e node_modules/.installed ] || ! cmp -s package-lock.json node_modules/.installed; then
    echo 'Installing packages (once, about two minutes) ...' >&2
    quietly npm ci --no-audit --no-fund || fail 'npm could not install the packages; its output is above.'
    cp package-lock.json node_modules/.installed
  fi
  tooling/node --version >/dev/null || exit 69
}

# The plugin's own build, whenever its sources are newer than it.
setup_plugin() {
  if [ ! -e dist/module.js ] || [ -n "$(find src contracts .config package.json webpack.config.ts -newer dist/module.js -type f \
    ! -name '*.test.*' 2>/dev/null | head -n 1)" ]; then
    echo 'Building the plugin ...' >&2
    quietly tooling/node node_modules/.bin/webpack -c ./webpack.config.ts --env production ||
      fail 'the plugin could not be built; the output is above.'
    touch dist/module.js
  fi
}

# What Grafana 13.2 gives to plugins, React 19 among it, beside the plugin's own packages.
setup_react19() {
  (
    cd tests/react-19
    [ -e node_modules/.installed ] && cmp -s package-lock.json node_modules/.installed && exit 0
    echo 'Installing the packages of Grafana 13.2 ...' >&2
    quietly npm ci --no-audit --no-fund --workspaces=false || fail 'npm could not install the packages of Grafana 13.2; its output is above.'
    cp package-lock.json node_modules/.installed
  )
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Debian's servers and browser, and Loki as a Go tool.
setup_servers() {
  missing=''
  [ -x /usr/lib/postgresql/15/bin/initdb ] || [ -n "$(find /usr/lib/postgresql -name initdb 2>/dev/null | head -n 1)" ] || missing="$missing postgresql"
  command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
  command -v prometheus >/dev/null 2>&1 || missing="$missing prometheus"
  command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
  # They write the traces that the engine must understand.
  command -v ruby >/dev/null 2>&1 || missing="$missing ruby"
  command -v php >/dev/null 2>&1 || missing="$missing php-cli"
  command -v python3 >/dev/null 2>&1 || missing="$missing python3"
  command -v javac >/dev/null 2>&1 || missing="$missing default-jdk-headless"
  command -v rustc >/dev/null 2>&1 || missing="$missing rustc"
  command -v gcc >/dev/null 2>&1 || missing="$missing gcc libc6-dev"
  if [ -n "$missing" ]; then
    command -v apt-get >/dev/null 2>&1 || fail "missing, and no apt-get to install it with:$missing"
    echo "Installing Debian packages:$missing ..." >&2
    quietly as_root apt-get update || fail "apt-get update failed; wanted:$missing"
    # shellcheck disable=SC2086 # several names
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing ||
      fail "apt-get could not install:$missing"
  fi
  command -v go >/dev/null 2>&1 || fail 'Go is missing: install Go 1.25 or newer (it builds Loki and toxiproxy for the tests).'
  sh tests/loki/build.sh
  sh tests/toxiproxy/build.sh
}

for part in "$@"; do
  case $part in
    node | plugin | react19 | servers) "setup_$part" ;;
    *) fail "setup.sh does not know '$part'" ;;
  esac
done
