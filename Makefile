# MentorHub: `make start` runs it, `make test` tests it, `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-test
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.PHONY: help setup start test check bench mutants screenshots lock format clean

help:  ## Show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: $(STAMP)  ## Install what running needs (nothing happens when nothing changed)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies (once) ..."
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_STAMP): requirements-test.lock $(STAMP)
	@echo "Installing the test tools (once) ..."
	@$(PIP) install -r requirements-test.lock
	@touch $@

start: setup  ## Serve the demo marketplace: no keys, no servers
	@exec $(BIN)/mentorhub serve

test: $(TEST_STAMP)  ## Everything: contracts, lint, types, unit, both databases, two browsers
	@sh tests/machine.sh
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -m "not fast and not e2e"
	@$(BIN)/python -m tests.e2e.run

check: $(TEST_STAMP)  ## The fast part of the tests
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo > /tmp/mentorhub-imports.$$$$ 2>&1 || { cat /tmp/mentorhub-imports.$$$$; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -m fast

bench: $(TEST_STAMP)  ## Measure: every script of bench/, figures side by side
	@for script in bench/*.py; do echo "== $$script"; PYTHONPATH=. $(BIN)/python $$script || exit 1; done

mutants: $(TEST_STAMP)  ## Break the rules of time and overlap line by line: which tests notice? (hours)
	@$(PIP) install --target .mutants "mutmut==3.8.1" --upgrade
	@PYTHONPATH=.mutants $(BIN)/python -m mutmut run --max-children 2; PYTHONPATH=.mutants $(BIN)/python -m mutmut results

screenshots: $(TEST_STAMP)  ## Every page on seeded data, light, dark and 390 px, into screenshots/
	@$(BIN)/python -m tests.e2e.screenshots

lock:  ## Make the lock files anew from pyproject.toml
	@sh tests/lock.sh

format: $(TEST_STAMP)  ## Put the code into its format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

clean:  ## Remove what was built and the demo's data
	@rm -rf .web .data .states .mutants mutants screenshots
