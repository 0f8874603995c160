# Two commands: `make demo` shows LogHunter on a made-up shop's logs, `make test` runs every check and test.
# Both do all set-up that is missing. `make soak` holds what takes long.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup demo test check soak clean

help:
	@echo 'make demo              LogHunter on the logs of a made-up shop, in a browser page'
	@echo 'make demo LOGS=PATH    the same on your own log file'
	@echo 'make test              every check and test, with real Loki, Postgres, Redis and Chromium'
	@echo 'make check             format, lint, types, room rules and unit tests only'
	@echo 'make soak              long forms of the tests'

setup:
	@sh tooling/setup.sh node

demo: setup
	@sh tooling/setup.sh plugin
	@exec node_modules/.bin/loghunter demo $(if $(LOGS),--logs $(LOGS)) $(DEMO_OPTIONS)

test: setup
	@sh tooling/setup.sh plugin react19 servers
	@exec tooling/node tooling/check.ts all

check: setup
	@exec tooling/node tooling/check.ts quick

soak: setup
	@sh tooling/setup.sh plugin react19 servers
	@SOAK=1 exec tooling/node tooling/check.ts all

clean:
	rm -rf node_modules tests/react-19/node_modules dist preview/dist .cache
