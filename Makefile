# tmfkit on a fresh machine: git, make and Python 3.11 are all it takes.

PYTHON ?= python3
BIN := .venv/bin
YAML_SERVER := yaml-language-server@1.19.2
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test bench editor-tools clean

help:
	@echo "make demo    set up, then check and compile the example catalog of this repository"
	@echo "make test    set up, then run every check: style, types, layers, tests"
	@echo "make bench   set up, then measure tmfkit beside comparable tools"
	@echo "make editor-tools   install the YAML server of editors below build/ (needs npm); make test then drives it"
	@echo "make clean   remove what was built, the caches and the virtual environment"

demo: .venv/.ready
	@$(BIN)/tmfkit build

test: .venv/.ready-dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/python -m pytest -n auto --dist worksteal

bench: .venv/.ready-dev
	@$(BIN)/python -m bench

editor-tools: build/node/.ready

clean:
	rm -rf .venv build dist site .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: a second run sets nothing up again until the declared or the exact versions change.
.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "tmfkit needs Python 3.11 or newer; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv (once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) editables hatchling
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/.ready-dev: .venv/.ready
	@echo "Adding the tools that check tmfkit (once) ..."
	@$(INSTALL) --no-build-isolation --editable '.[dev]'
	@touch $@

# No lock file and no scripts of packages: the server is a tool of one test, and no part of tmfkit.
build/node/.ready: Makefile
	@mkdir -p $(@D)
	@npm install --silent --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --prefix $(@D) $(YAML_SERVER)
	@touch $@
