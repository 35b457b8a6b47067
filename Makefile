# Tocsin. `make` alone lists what one can ask for. Everything is installed into .venv, from the lock files.

REGION   ?= ile-de-france
SCENARIO ?= ransomware-opening-ceremony
ARGS     ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test bench lint docs lock clean checks static ruff format types layers pages tests

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-11s %s\n", $$1, $$2 }'

run: .venv/.run ## simulate Île-de-France attacked at an opening ceremony; or REGION=… SCENARIO=… ARGS="-n 500"
	@.venv/bin/tocsin run $(REGION) $(SCENARIO) $(ARGS)

test: .venv/.test ## everything that CI runs: lint, format, types, layers, documentation, tests
	@$(MAKE) --no-print-directory --keep-going checks

bench: .venv/.test ## what campaigns cost beside the work itself, in a quarter of an hour; or ARGS="start workers --json"
	@.venv/bin/python -m benchmarks.campaigns $(ARGS)

docs: .venv/.test ## build the documentation, strictly, into build/docs: open build/docs/index.html
	@$(MAKE) --no-print-directory pages
	@echo "file://$(CURDIR)/build/docs/index.html"

lint: .venv/.test ## the same without the tests
	@$(MAKE) --no-print-directory --keep-going static

lock: ## write the lock files from pyproject.toml, keeping versions that still fit; ARGS=--upgrade takes the newest
	@$(LOCK)

clean: ## remove .venv, caches and build products; results stay
	@rm -rf .venv build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------------------------------------ the checks
# All are run, even after one has failed; then make fails.

checks: static tests
static: ruff format types layers pages

ruff:
	.venv/bin/ruff check .

format:
	.venv/bin/ruff format --check .

types:
	.venv/bin/mypy --strict

layers:
	.venv/bin/lint-imports --no-logo

pages:
	.venv/bin/sphinx-build --fail-on-warning --keep-going --fresh-env --quiet docs build/docs

tests:
	.venv/bin/pytest

# --------------------------------------------------------------------------------------------------------- the bootstrap

# The first of these that is new enough and can make a virtual environment; `make PYTHON=… run` names another.
PYTHONS   := python3 python3.13 python3.12 python3.11 python3.14
SUITS     := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))
PYTHON    ?= $(shell for name in $(PYTHONS); do "$$name" -c '$(SUITS)' 2>/dev/null && echo "$$name" && break; done)
NO_PYTHON := Tocsin needs Python 3.11 to 3.14 with venv. On Debian or Ubuntu: apt-get install python3 python3-venv

export PIP_DISABLE_PIP_VERSION_CHECK = 1

# `.whole` is there unless an installation was cut short: then .venv is made anew. pip tells errors only.
define install
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)" >&2; exit 1; }
	@echo "Installing Tocsin's $(1) into .venv (a minute, and half a minute to compile, once)" >&2
	@test -e .venv/.whole || "$(PYTHON)" -m venv --clear .venv
	@rm -f .venv/.whole
	@.venv/bin/python -m pip install -qq --require-hashes -r $<
	@.venv/bin/python -m pip install -qq --no-build-isolation --no-deps --editable .
	@.venv/bin/python -m flows.execution.compile_ahead
	@touch .venv/.whole .venv/.run $@
endef

.venv/.run: requirements.lock pyproject.toml
	$(call install,dependencies)

.venv/.test: requirements-test.lock pyproject.toml
	$(call install,dependencies and test tools)

# ------------------------------------------------------------------------------------------------------------- the locks
# One version of each package for all Pythons, so that results are the same to the byte on all of them.

COMPILE := uv pip compile pyproject.toml build.in --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-config --custom-compile-command "make lock" --quiet
BUILD   := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")

CLUSTER := docs/deploy/requirements.lock

define LOCK
test -n "$(PYTHON)" || { echo "$(NO_PYTHON)" >&2; exit 1; }; \
set -e; scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
"$(PYTHON)" -m venv "$$scratch/uv"; "$$scratch/uv/bin/pip" install -qq uv; \
cp pyproject.toml $(wildcard requirements*.lock) "$$scratch"; cp $(CLUSTER) "$$scratch/requirements-dask.lock"; "$(PYTHON)" -c '$(BUILD)' >"$$scratch/build.in"; \
cd "$$scratch"; export PATH="$$scratch/uv/bin:$$PATH"; \
$(COMPILE) $(ARGS) --output-file requirements.lock; \
$(COMPILE) $(ARGS) --extra dask --constraints requirements.lock --output-file requirements-dask.lock; \
$(COMPILE) $(ARGS) --extra test --extra docs --constraints requirements-dask.lock --output-file requirements-test.lock; \
cp requirements.lock requirements-test.lock "$(CURDIR)"; cp requirements-dask.lock "$(CURDIR)/$(CLUSTER)"
endef
