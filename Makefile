# Two commands: `make demo` shows LogHunter on a made-up shop's logs, `make test` runs every check and test.
# Both do all set-up that is missing. `make soak` holds what takes long.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup demo test check soak react-19 clean

help:
	@echo 'make demo              LogHunter on the logs of a made-up shop, in a browser page'
	@echo 'make demo LOGS=PATH    the same on your own log file'
	@echo 'make test              every check and test, with real Loki, Postgres, Redis and Chromium'
	@echo 'make check             format, lint, types, room rules and unit tests only'
	@echo 'make soak              long forms of the tests'
	@echo 'make react-19          types and unit tests of the plugin against Grafana 13.2 with React 19; soak runs it too'

setup:
	@sh tooling/setup.sh node

demo: setup
	@sh tooling/setup.sh plugin
	@exec node_modules/.bin/loghunter demo $(if $(LOGS),--logs $(LOGS)) $(DEMO_OPTIONS)

test: setup
	@sh tooling/setup.sh plugin servers
	@exec tooling/node tooling/check.ts all

check: setup
	@exec tooling/node tooling/check.ts quick

soak: react-19
	@sh tooling/setup.sh plugin servers
	@SOAK=1 exec tooling/node tooling/check.ts all

# The plugin's types and unit tests against what Grafana 13.2 gives to plugins: React 19 and its own packages, installed apart.
react-19: setup
	@cd tests/react-19 && npm ci --silent --workspaces=false
	@tooling/node node_modules/.bin/tsc -p tests/react-19/tsconfig.json
	@exec tooling/node node_modules/.bin/jest -c tests/react-19/jest.config.js --ci --maxWorkers=2

clean:
	rm -rf node_modules dist preview/dist .cache
