# Every target works from a clean checkout: it fetches Bun, the dependencies and what else it needs by itself.
# Flags for the product go into ARGS: make run ARGS="--port 8080".
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
SHELL = /bin/sh

# Looked up (and fetched, if need be) once, when the first recipe asks for it.
bun = $(eval bun := $$(shell sh scripts/bun.sh))$(or $(bun),$(error Bun is missing, see above))

sources := $(shell find src public scripts -type f)
# Tests share two cores in CI; more files at once only make the timed ones slow.
jobs ?= 2

.PHONY: help run demo dev build test check check-format check-types check-lint check-rules fmt bench faults clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

run: dist/balcao ## build what is needed and start the product on ./data
	@test -d "$${BALCAO_DATA:-data}" || echo 'No data yet: a link to set up your company follows. To look around first: make demo' >&2
	@exec ./dist/balcao serve $(ARGS)

demo: dist/balcao ## a sample company with a simulated phone, in a temporary folder
	@exec ./dist/balcao demo $(ARGS)

dev: node_modules/.installed ## start from the sources, again after each change
	@exec $(bun) scripts/dev.ts $(ARGS)

build: dist/balcao ## dist/balcao, the one executable

test: node_modules/.installed dist/balcao ## all tests, those in a browser and of the executable too
	@sh scripts/browser.sh
	@$(bun) test --parallel=$(jobs) --timeout=20000 $(ARGS)

check: check-format check-types check-lint check-rules ## format, types, lint and the rules of the architecture

check-format: node_modules/.installed
	@$(bun) fmt --check

# The UI sees the browser's types, the server does not.
check-types: node_modules/.installed
	@$(bun) check
	@$(bun) check -p src/ui
	@$(bun) check -p src/demo/page

check-lint: node_modules/.installed
	@$(bun) --bun node_modules/.bin/oxlint --type-aware

check-rules: node_modules/.installed
	@$(bun) test tests/architecture.test.ts tests/sql-parameters.test.ts

fmt: node_modules/.installed ## format everything
	@$(bun) fmt

bench: dist/balcao ## measure, and compare with the promised ratios
	@$(bun) tests/bench/run.ts $(ARGS)

faults: dist/balcao ## the long fault runs: hundreds of kills, ten thousand operations
	@BALCAO_FAULTS=long $(bun) test --parallel=1 --timeout=3600000 tests/faults tests/state src/realtime/socketio $(ARGS)

clean: ## remove what was built and fetched, not the data
	rm -rf dist node_modules .bun

node_modules/.installed: package.json bun.lock
	@$(bun) install --frozen-lockfile --ignore-scripts
	@touch $@

dist/balcao: node_modules/.installed $(sources)
	@$(bun) scripts/build.ts
	@touch $@
