# Everything about this book in one word each; `make` alone lists them.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
# Notebooks of others run in bubblewrap, which is Linux's.
GRADING := $(if $(filter Linux,$(shell uname -s)),grading-tests,no-grading)

READY := .venv/ready
HTML := _build/html/index.html
BUILD := $(BIN)/jupyter-book build . -W -n --keep-going
# What a page depends on. A build that has seen all of it is not repeated.
SOURCES := $(shell find _config.yml _toc.yml *.md references.bib chapters nnlib classroom _ext _static _templates _vendor \
	-type f -not -path '*/.*' -not -path '*/__pycache__/*' 2>/dev/null)
# Test files run in processes; a file's tests stay together, since they share a browser or a network.
PYTEST := $(BIN)/python -m pytest -q --durations=12 --durations-min=10

.PHONY: help site html pdf offline lab test lint unit coverage grading-tests no-grading notebook-tests site-tests bench notebooks pythons newest oldest valid plain release lock clean
.DEFAULT_GOAL := help

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-15s %s\n", $$1, $$2}'

site: html  ## build the book and serve it on this machine (PORT=8000)
	@$(BIN)/python tools/serve.py --port $(PORT)

html: $(HTML)  ## build the book into _build/html

pdf: $(HTML)  ## the whole book on paper: _build/book.pdf (SOLUTIONS=yes: with hints and solutions)
	@$(BIN)/python tools/pdf.py $(if $(SOLUTIONS),--solutions)

offline: $(HTML)  ## the book for a stick, with Python in it, one zip in _build (PYODIDE=folder)
	@$(BIN)/python tools/offline.py

lab: $(HTML)  ## open the chapters in JupyterLab, as copies of your own in lab/
	@$(BIN)/python tools/lab.py

test: $(READY)  ## all that CI runs: lint, unit tests, notebooks, the built site in a browser
	@$(MAKE) --no-print-directory lint unit $(GRADING) notebook-tests html site-tests

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

unit: $(READY)  ## tests of nnlib and of the classroom
	$(PYTEST) tests/nnlib tests/classroom -n $(JOBS) --dist loadfile

coverage: $(READY)  ## which lines of nnlib and the classroom no unit test reaches
	@rm -f .coverage .coverage.*
	-$(BIN)/python -m coverage run -m pytest -q tests/nnlib tests/classroom -n $(JOBS) --dist loadfile  # slow: some time out
	@$(BIN)/python -m coverage combine -q && $(BIN)/python -m coverage report

grading-tests: .venv-grading/ready  ## notebooks of a class: right, wrong and hostile, here and on Dask
	@.venv-grading/bin/python tools/bubblewrap.py
	.venv-grading/bin/python -m pytest -q tests/grading -n $(JOBS) --dist loadfile

no-grading:
	@echo "grading is tested on Linux: it runs the notebooks of others in bubblewrap"

notebook-tests: $(READY)  ## every chapter, run and compared with the numbers it prints
	$(PYTEST) tests/book --nbval chapters -n $(JOBS) --dist loadfile

site-tests: $(READY) $(HTML)  ## the built site in a browser
	@$(BIN)/python tools/chromium.py
	@$(BIN)/python tools/engines.py
	$(PYTEST) tests/site -n $(JOBS) --dist loadfile --no-loadscope-reorder

bench: $(READY) $(HTML)  ## the races and timings, as tables, and the page about speed
	$(BIN)/python -m benchmarks

notebooks: $(READY)  ## run every chapter and store its text outputs (after a change of code or text)
	$(BIN)/python tools/notebooks.py --execute

pythons: $(READY)  ## unit tests and two chapters on every Python of this machine
	@$(BIN)/python tools/pythons.py --jobs $(JOBS)

newest: $(READY)  ## unit tests and the book on the newest packages that fit, no lock (before a release)
	@$(BIN)/python tools/pythons.py --newest --jobs $(JOBS)

oldest: $(READY)  ## unit tests and two chapters on the oldest packages that a reader may have
	@$(BIN)/python tools/pythons.py --oldest --jobs $(JOBS)

valid: $(HTML)  ## every page of the built site through html-validate (needs Node.js)
	@$(BIN)/python tools/valid.py

plain: $(READY)  ## the book on the newest Sphinx, without Jupyter Book: the way out
	@$(BIN)/python tools/plain_sphinx.py

release: $(HTML)  ## the wheel, built twice and compared, and the site as one zip: _build/release
	@$(BIN)/python tools/release.py make

lock: $(READY)  ## renew requirements.txt from pyproject.toml, and grading's from grading/requirements.in
	$(BIN)/python tools/lock.py

clean:  ## remove what was built; keep .venv and .venv-grading, and your work in lab/
	rm -rf _build .newest .oldest .plain .pythons

# The environment: once, and again when the lock changes.
$(READY): requirements.txt pyproject.toml tools/setup.py
	@$(PYTHON) tools/setup.py

.venv-grading/ready: grading/requirements.txt tools/setup.py
	@$(PYTHON) tools/setup.py grading

# A site built for another address, or to end its service worker, is no newer than its sources, and yet another site.
ifneq ($(BOOK_URL)$(OFFLINE),)
.PHONY: otherwise
$(HTML): otherwise
endif

$(HTML): $(READY) $(SOURCES)
	@mkdir -p $(@D) && touch _build/begun
	@$(BUILD)
	@$(BIN)/python tools/whole.py
	@touch -r _build/begun $@  # what was edited while it was built is newer
