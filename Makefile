# `make` lists what can be made. It needs Python 3.11 or later with pip, and nothing else.

PYTHON ?= python3
VENV ?= .venv
JOBS ?= 3
PYTEST ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What is never imported need not be compiled: the rest is, when it is first imported.
INSTALL = $(PIP) install --no-compile --require-hashes -r requirements/$(1).lock && \
	$(PIP) install --no-index --no-deps --no-build-isolation --editable . && \
	touch $(VENV)/$(1).installed

EXAMPLE := docs/examples/worked-example
DEMO := build/demo
PORT ?= 8765
LEDGER := $(BIN)/ledger --db $(DEMO)/ledger.db
ASK = @printf '\n$$ ledger %s\n' '$(subst ','\'',$(1))' && $(LEDGER) $(1)

# Byte code is kept, whatever the shell says: a command that a test starts takes a quarter of the time with it.
unexport PYTHONDONTWRITEBYTECODE

BENCHMARKS := speed reconciliation causes injection notes scan_accuracy

.PHONY: help demo web test compiled lint docs benchmark soak audit lock clean
.DEFAULT_GOAL := help

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
		while IFS='|' read -r target does; do printf '%-17s%s\n' "$$target" "$$does"; done

demo: $(VENV)/run.installed ## ingest the worked example, replay it, print holdings, reconciliation and an explanation
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(call ASK,ingest $(EXAMPLE))
	$(call ASK,replay)
	$(call ASK,holdings)
	$(call ASK,reconcile)
	@finding=$$($(LEDGER) reconcile --kind BALANCE_BREAK_EXPLAINED --format ndjson | \
		sed -n 's/.*"id": *"\([0-9a-f]*\)".*/\1/p') && \
		printf '\n$$ ledger explain %s\n' "$$finding" && $(LEDGER) explain "$$finding"
	@printf '\nThe ledger is %s. Ask it more: docs/tutorial.md\n' '$(DEMO)/ledger.db'
	@printf 'See it in a browser: make web, then open http://127.0.0.1:$(PORT)/\n'

web: $(VENV)/web.installed ## show the ledger of the demo in a browser
	@test -e $(DEMO)/ledger.db || { mkdir -p $(DEMO) && $(LEDGER) -q ingest $(EXAMPLE); }
	$(LEDGER) web --port $(PORT)

test: $(VENV)/test.installed ## run every test, PostgreSQL included
	@mkdir -p build
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --junitxml=build/tests.xml $(PYTEST)

# Each worker of the tests reads all of them: what one has compiled before, they need not compile as well.
compiled: $(VENV)/test.installed
	@$(BIN)/python -m pytest --collect-only -q >/dev/null || true

lint: $(VENV)/test.installed ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/docs.installed ## build the documentation as a site, every warning an error
	$(BIN)/python -m tests.site build/docs
	@printf 'The site: %s\n' build/docs/html/index.html

benchmark: $(VENV)/benchmark.installed ## measure speed, how errors and causes that are known are judged, and how scans are read
	@for benchmark in $(BENCHMARKS); do \
		printf '\n%s\n' "$$benchmark" && $(BIN)/python -m "tests.benchmarks.$$benchmark" || exit 1; \
	done

soak: $(VENV)/test.installed ## the long runs, gone on with where they were ended: faults, damage, signals, random histories
	$(BIN)/python -m tests.soak --processes $(JOBS)

audit: $(VENV)/test.installed ## known weaknesses of what is installed (needs the network), licences, bill of materials, wheel
	$(PYTHON) -m venv build/audit && build/audit/bin/python -m pip -q install pip-audit==2.10.1
	@mkdir -p build
	@build/audit/bin/pip-audit --strict --require-hashes --disable-pip \
		-r requirements/run.lock -r requirements/test.lock || $(BIN)/python -m tests.supply weaknesses; \
	weak=$$?; \
	$(BIN)/python -m tests.supply licences && \
	$(BIN)/python -m tests.supply sbom > build/sbom.json && \
	$(BIN)/python -m tests.supply wheel && exit $$weak

lock: ## write the lock files anew (needs uv)
	$(LOCK) --group test --extra postgres --extra parquet --extra arrow --extra xlsx --extra ocr --extra cluster --extra edgar --extra web --extra benchmark -o requirements/benchmark.lock
	$(LOCK) --group test --extra postgres --extra parquet --extra arrow --extra xlsx --extra ocr --extra cluster --extra edgar --extra web -c requirements/benchmark.lock -o requirements/test.lock
	$(LOCK) -c requirements/test.lock -o requirements/run.lock
	$(LOCK) --extra web -c requirements/test.lock -o requirements/web.lock
	$(LOCK) --group docs -c requirements/benchmark.lock -o requirements/docs.lock
	echo pip | $(COMPILE) - -o requirements/pip.lock

COMPILE := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
LOCK := $(COMPILE) pyproject.toml --group build

clean: ## remove the virtual environment and everything that was built
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'This needs Python 3.11 or later, and $(PYTHON) is not:' >&2; \
		$(PYTHON) --version >&2; \
		echo 'Name another one: make $(MAKECMDGOALS) PYTHON=python3.12' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The pip that comes with an older Python takes twice the time over many packages; where no newer is to be had, it does.
$(VENV)/pip.newer: requirements/pip.lock | $(BIN)/python
	-$(PIP) install --require-hashes -r requirements/pip.lock
	@touch $@

$(VENV)/test.installed $(VENV)/benchmark.installed: | $(VENV)/pip.newer

$(VENV)/%.installed: requirements/%.lock pyproject.toml | $(BIN)/python
	$(call INSTALL,$*)
