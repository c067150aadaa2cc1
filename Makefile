# Two commands matter: `make demo` and `make test`. The others are for those who build.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers
PORT ?= 8000
# The demo's database, uploads and keys; `.venv/bin/faubourg` uses the same from any directory.
export FAUBOURG_HOME ?= $(CURDIR)/var
DEMO_ENV := FAUBOURG_DEMO=1

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml tools/bootstrap.sh
	@bash tools/bootstrap.sh $(VENV)
	@touch $@

install: $(READY) ## The virtual environment, from the hash-locked list

demo: $(READY) ## A real France on http://127.0.0.1:8000 (PORT=… changes it)
	@$(DEMO_ENV) $(BIN)/faubourg demo --port $(PORT)

test: test-prepare ## Everything: style, types, house, both databases, browser
	@bash tools/test.sh

test-slow: test-prepare ## The long fuzz and fault runs, both databases
	@bash tools/test_slow.sh

test-prepare: $(READY)
	@bash tools/system_packages.sh chromium

lint: $(READY) ## Style, types, architecture only
	@bash tools/lint.sh

$(PEERS): $(READY) requirements-bench.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(PEERS) ## Prints what each promise measures here, beside its peers
	@for script in benchmarks/*.py; do echo "== $$script"; FAUBOURG_HOME=$(CURDIR)/var/bench $(BIN)/python $$script; done

vendor: $(READY) ## Refreshes what is vendored for the web (needs npm)
	@$(BIN)/python tools/vendor.py

messages: $(READY) ## Extracts and compiles the translations
	@$(BIN)/faubourg messages update && $(BIN)/faubourg messages compile

lock: $(READY) ## Recomputes both locked lists after a change in pyproject.toml
	@$(BIN)/uv lock && $(BIN)/uv export --frozen --no-header --no-emit-project -o requirements.lock > /dev/null
	@$(BIN)/uv export --frozen --no-header --only-group bench -o requirements-bench.lock > /dev/null

clean: ## Removes the environment; the data in var/ stay
	@rm -rf $(VENV)

.PHONY: help install demo test test-slow test-prepare lint bench vendor messages lock clean
