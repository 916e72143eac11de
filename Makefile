# Everything a developer does here. `make` alone prints the list. Needs Python 3.11 or newer, nothing else.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
INSTALLED := .venv/installed
CATALOGUES := $(wildcard shopterm/locale/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv demo test lint types contracts check docs catalogue snapshots coverage-of-rules bench soak clean

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  ARGS="..." goes to the program that is run, for example make test ARGS="-k stock"'

venv: $(INSTALLED) $(COMPILED)  ## make .venv and install shopterm with its tools into it

$(INSTALLED): pyproject.toml hatch_build.py
	@test -n '$(PYTHON)' || { echo 'shopterm needs Python 3.11 or newer (make PYTHON=/path/to/python)'; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

%.mo: %.po $(INSTALLED)
	$(BIN)/python hatch_build.py

demo: venv  ## open a living demo workshop; needs no set-up
	$(BIN)/shopterm demo $(ARGS)

test: venv  ## run all tests, on SQLite and PostgreSQL
	$(PYTEST) --numprocesses auto $(ARGS)

lint: venv  ## check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: venv  ## check types
	$(BIN)/mypy

contracts: venv  ## check that imports run one way
	$(BIN)/lint-imports

check: lint types contracts coverage-of-rules test  ## all of these

docs: venv  ## write what the action table knows into docs/
	$(BIN)/python docs/generate.py

catalogue: venv  ## collect the messages of the source into the catalogues, and compile them
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --no-default-keywords \
		--keywords _ --keywords tr --keywords trn:1,2 \
		--add-location file --sort-output --omit-header --width 110 --output-file shopterm/locale/shopterm.pot shopterm
	$(BIN)/pybabel --quiet update --domain shopterm --input-file shopterm/locale/shopterm.pot --output-dir shopterm/locale \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 110
	$(BIN)/python hatch_build.py

snapshots: venv  ## draw the screen snapshots anew; look at them before you commit
	$(PYTEST) tests/screens/test_snapshots.py --snapshot-update $(ARGS)

coverage-of-rules: venv  ## print which tests show each rule refusing and letting through; fails if one is missing
	$(BIN)/python -m tests.coverage_of_rules

bench: venv  ## run the benchmarks; each prints ratios to a floor measured in the same run
	for name in submit screens report_labor import_parts writers clients; do echo "== $$name"; \
		$(BIN)/python -m tests.benchmarks.$$name $(ARGS) || exit 1; done

soak: venv  ## run at full length what is short in "make test": for hours
	SHOPTERM_SOAK=1 $(PYTEST) tests/concurrency tests/hostile tests/faults $(ARGS)
	SHOPTERM_SOAK=1 $(PYTEST) --hypothesis-profile soak -k stateful $(ARGS)

clean:  ## remove what was made here, .venv too
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(COMPILED)
	find shopterm tests -name __pycache__ -type d -prune -exec rm -r {} +
