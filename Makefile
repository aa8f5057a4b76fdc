# make run   – the main job: raw_pdfs/ → normalized/
# make test  – lint, types, import contracts and all tests
# Everything is installed into .venv; nothing else of the machine is touched.

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
RAW ?= raw_pdfs
OUT ?= normalized

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test lint bench lock clean

help:
	@echo "make setup   skapar .venv och installerar de låsta beroendena"
	@echo "make run     läser $(RAW)/ och publicerar datamängden i $(OUT)/"
	@echo "make test    kodstil, typer, importregler och alla tester"
	@echo "make lint    bara kodstil, typer och importregler"
	@echo "make bench   mätningar (kvalitet, tid, minne och mål; QUICK=1 för en liten version)"
	@echo "make lock    låser beroendena på nytt (kräver uv)"
	@echo "make clean   tar bort det som går att göra om; granskares beslut rörs aldrig"

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.development

$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null || { echo "Python saknas: installera Python 3.11 eller senare."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 eller senare behövs, men $(PYTHON) är $$($(PYTHON) -V 2>&1 | cut -d' ' -f2): ange en annan med make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Den virtuella miljön kunde inte skapas: på Debian och Ubuntu behövs paketet python3-venv."; exit 1; }
	@touch $@

$(VENV)/.runtime: requirements.txt pyproject.toml $(VENV)/.python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

run: setup
	$(BIN)/oj run $(RAW) --out $(OUT)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest

# make bench QUICK=1 measures small versions and keeps nothing; the blind sets are read in a full run only.
bench: setup-dev
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick)
	$(if $(QUICK),,$(BIN)/python -m benchmarks.blind.run && $(BIN)/python -m benchmarks.blind.run --set 2 && $(BIN)/python -m benchmarks.blind.run --set 3 && $(BIN)/python -m benchmarks.blind.run --set 4)

# Versions are chosen for Python 3.11 and later on every system; no index address is written.
LOCK := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	--no-header --no-emit-index-url --no-emit-find-links
lock:
	$(LOCK) pyproject.toml requirements.in --output-file requirements.txt
	$(LOCK) requirements.txt requirements-dev.in --output-file requirements-dev.txt

# normalized.state/ holds reviewers' decisions: no target removes it.
clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
	find normalized -mindepth 1 -not -name README.md -delete
