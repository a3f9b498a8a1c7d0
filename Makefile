# tmfkit on a fresh machine: git, make and Python 3.11 are all it takes.

PYTHON ?= python3
BIN := .venv/bin
YAML_SERVER := yaml-language-server@1.19.2
NPM := npm install --silent --no-package-lock --no-audit --no-fund --ignore-scripts
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo docs test test-all bench editor-tools target-tools browser-tools postgres tryton clean

help:
	@echo "make demo    set up, then check, compile and publish the example catalog of this repository, and build its site"
	@echo "make docs    set up, then build the site alone: the catalog and these documents, in site/"
	@echo "make test    set up, then run every check: style, types, layers, tests"
	@echo "make test-all   the same with the slow tests: a whole ERP bills the catalog (make tryton first)"
	@echo "make bench   set up, then measure tmfkit beside comparable tools, and what publishing takes"
	@echo "make editor-tools   install the YAML server of editors below build/ (needs npm); make test then drives it"
	@echo "make target-tools   install what checks generated files below build/ (needs npm) and yanglint (needs root)"
	@echo "make browser-tools   install what looks at the site below build/ (needs npm), Chromium and its driver (needs root)"
	@echo "make postgres   install PostgreSQL (needs root); make test then runs the embedded catalog on it too"
	@echo "make tryton  install the ERP Tryton below build/, in an environment of its own"
	@echo "make clean   remove what was built, the caches and the virtual environment"

demo: .venv/.ready
	@$(BIN)/tmfkit build
	@$(BIN)/tmfkit docs
	@$(REHEARSAL)

docs: .venv/.ready
	@$(BIN)/tmfkit docs

test test-all: .venv/.ready-dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/python -m pytest -n auto --dist worksteal $(if $(filter test-all,$@),--slow)

bench: .venv/.ready-dev
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.publishing

editor-tools: build/node/.ready

target-tools: build/targets/.ready
	@command -v yanglint >/dev/null || $(YANGLINT)

browser-tools: build/browser/.ready
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || $(CHROMIUM)

postgres:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || $(POSTGRES)

tryton: build/tryton/.ready

clean:
	rm -rf .venv build dist site docs/catalog .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: a second run sets nothing up again until the declared or the exact versions change.
.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "tmfkit needs Python 3.11 or newer; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv (once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) editables hatchling
	@$(INSTALL) --no-build-isolation --editable '.[docs,serve]'
	@touch $@

.venv/.ready-dev: .venv/.ready
	@echo "Adding the tools that check tmfkit (once) ..."
	@$(INSTALL) --no-build-isolation --editable '.[docs,serve,dev]'
	@touch $@

# A rehearsal of release day: an empty catalog server on a free port of this machine, published to twice, and stopped.
define REHEARSAL
rm -rf build/demo && mkdir -p build/demo; \
$(BIN)/tmfkit serve --database memory --port 0 >build/demo/server & \
server=$$!; trap "kill $$server 2>/dev/null" EXIT; \
until grep -qs http build/demo/server; do kill -0 $$server || exit; sleep 0.1; done; \
set -- local --url "$$(cut -d ' ' -f 1 build/demo/server)" --state build/demo/state; \
$(BIN)/tmfkit publish "$$@" --yes >build/demo/published || { cat build/demo/published; exit 1; }; \
tail -n 1 build/demo/published; $(BIN)/tmfkit plan "$$@" --exit-code
endef

# No lock file and no scripts of packages: the server is a tool of one test, and no part of tmfkit.
build/node/.ready: Makefile
	@mkdir -p $(@D)
	@$(NPM) --no-save --prefix $(@D) $(YAML_SERVER)
	@touch $@

# A folder of their own: npm takes away what its list does not name. The list is that of the tests that need them.
build/targets/.ready: tests/targets/package.json
	@mkdir -p $(@D)
	@cp $< $(@D)/package.json
	@$(NPM) --prefix $(@D)
	@touch $@

build/browser/.ready: tests/site/browser/package.json
	@mkdir -p $(@D)
	@cp $< $(@D)/package.json
	@$(NPM) --prefix $(@D)
	@touch $@

# The browser is a package of the system as well, and its driver has to be of the same version.
define CHROMIUM
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null; \
else echo "Chromium is not here: as root, install the packages chromium and chromium-driver (Debian, Ubuntu)"; fi
endef

# YANG's other checker is a package of the system. Who may not install it is told, and its tests are left out and counted.
define YANGLINT
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libyang-tools >/dev/null; \
else echo "yanglint is not here: as root, install the package libyang-tools (Debian, Ubuntu)"; fi
endef

# Debian may start a server with it: the tests do not touch that one, they start and stop their own in a folder of their own.
define POSTGRES
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
else echo "PostgreSQL is not here: as root, install the package postgresql (Debian, Ubuntu)"; fi
endef

# Tryton is under the GPL: it runs as a process of its own, from an environment that tmfkit never imports.
build/tryton/.ready: tests/targets/tryton.txt
	@test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@
