# Handrail from a checkout. It needs Python, git and make; the rest is fetched, at the pinned versions, into
# this folder. `make` alone says what there is to do.

# `make serve PORT=8001` shows the site at another port than MkDocs does by itself.
PORT ?=

# `make site ENGINE=zensical` lets Zensical make the site, in the place of MkDocs.
ENGINE ?= mkdocs

# The Python that .venv is made with: `make site PYTHON=python3.13` takes another, once, after `make clean`.
PYTHON ?= python3

ZENSICAL := .cache/handrail/mkdocs-public-zensical

UV := $(if $(shell uv --version 2>/dev/null),uv,.uv/bin/uv)
INSTALL := $(UV) pip install --quiet --python .venv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

# Material warns of MkDocs 2 at each build; the bounds in pyproject.toml keep it out.
export NO_MKDOCS_2_WARNING := 1
# A Python is the reader's to choose, never ours to download.
export UV_PYTHON_DOWNLOADS := never
# A company's network may vouch for itself by its own certificate, which the system knows and uv does not.
export UV_SYSTEM_CERTS := 1
# Each command then starts in a third of the time.
export UV_COMPILE_BYTECODE := 1
# So does ours, which tests start some hundred times: where the environment forbids it, each start compiles all of it anew.
export PYTHONDONTWRITEBYTECODE :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site site-by-mkdocs site-by-zensical serve check test test-lowest lint bench wheel requirements upgrade clean

help: ## say what there is to do
	@echo 'Handrail: a handbook in content/, checked and published as a site.'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

site: check site-by-$(ENGINE) ## check the handbook and build the site into site/
	.venv/bin/handrail verify
	@echo 'The site is in site/. To read it in a browser, and see it change as you edit content/: make serve'

site-by-mkdocs: check
	.venv/bin/mkdocs build --strict --quiet

site-by-zensical: check .venv/.zensical
	.venv/bin/handrail generate
	.venv/bin/zensical build --strict --config-file $(ZENSICAL)/zensical.yml
	.venv/bin/handrail finish

serve: .venv/.site ## show the site in a browser, rebuilt as you edit content/
	.venv/bin/mkdocs serve $(if $(PORT),--dev-addr 127.0.0.1:$(PORT))

check: .venv/.site ## check the handbook in content/ and build nothing
	.venv/bin/handrail check

test: lint ## run every test, with a browser installed if there is none
	.venv/bin/python -m tests.support.browser
	.venv/bin/pytest --numprocesses auto --dist worksteal

test-lowest: .venv/.dev ## run every test with the lowest versions that pyproject.toml allows
	$(UV) pip compile --quiet --resolution lowest-direct --output-file .venv/lowest.txt pyproject.toml
	$(INSTALL) --requirement .venv/lowest.txt
	@rm -f .venv/.dev .venv/.site
	.venv/bin/python -m tests.support.browser
	.venv/bin/pytest --numprocesses auto --dist worksteal

lint: .venv/.dev ## check the code: style, format, types
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

bench: .venv/.dev ## measure how fast a large handbook is checked and built
	.venv/bin/python -m tests.benchmarks

wheel: .venv/.dev ## build the wheel that others install into dist/
	@rm -f dist/handrail-*.whl
	.venv/bin/python -m build --wheel --no-isolation --outdir dist .
	@ls dist/handrail-*.whl

requirements: | $(UV) ## pin what pyproject.toml asks for, keeping the pins that still fit
	$(COMPILE) --group uv --output-file requirements/uv.txt
	$(COMPILE) pyproject.toml --group build --output-file requirements/site.txt
	$(COMPILE) pyproject.toml --extra zensical --group build --constraints requirements/site.txt --output-file requirements/zensical.txt
	$(COMPILE) pyproject.toml --group dev --constraints requirements/site.txt --output-file requirements/dev.txt

upgrade: COMPILE += --upgrade
upgrade: requirements ## pin the newest versions that pyproject.toml allows

clean: ## remove all that make has made
	rm -rf .uv .venv site dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache

# Each stamp says that its pins, and the package itself from this folder, are installed.
.venv/.%: requirements/%.txt pyproject.toml | .venv/pyvenv.cfg
	$(INSTALL) --require-hashes --requirement $<
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/pyvenv.cfg: | $(UV)
	@$(old-python)
	@rm -rf .venv
	$(UV) venv --quiet --no-project --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv

.uv/bin/uv: requirements/uv.txt
	@$(old-python)
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --require-hashes --requirement requirements/uv.txt
	@touch $@

# A uv that is on the PATH is nothing to make.
uv: ;

old-python = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
	"Handrail needs Python 3.11 or newer, which '$(PYTHON)' is not. Name another: make site PYTHON=python3.12" \
	>&2; exit 1; }
