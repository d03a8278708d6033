# reviewkit. `make` alone lists the targets. `make demo` and `make test` do all their own set-up.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The active conda environment where there is one that is not base, else .venv here.
CONDA := $(if $(filter-out base,$(CONDA_DEFAULT_ENV)),$(CONDA_PREFIX))
ENV := $(or $(CONDA),.venv)
BIN := $(ENV)/bin
PY := $(BIN)/python
GROUND := pyproject.toml constraints.txt scripts/setup.sh scripts/system.sh

PARAMS ?= $(sort $(wildcard params/*.yaml))
WORKERS ?= 3
# Tests shared by workers, a file at a time, in the order of tests/conftest.py.
SHARED = $(PY) -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# Three test workers on two cores, as many wait for processes and pages: one thread each for linear algebra.
export OPENBLAS_NUM_THREADS ?= 1
# Runs and tests start hundreds of processes: each would compile all its imports anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup system demo run lab test check format bench themes fleet truth sample-data outputs pictures walkthrough snapshots schema constraints clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' Makefile

setup: $(ENV)/.reviewkit-test ## Make the environment and install reviewkit into it

$(ENV)/.reviewkit-test: $(GROUND)
	scripts/setup.sh $(ENV) test
	@touch $@

$(ENV)/.reviewkit-dev: $(GROUND)
	scripts/setup.sh $(ENV) test,dev
	@touch $@ $(ENV)/.reviewkit-test

system: setup ## Install Chromium and PostgreSQL for the tests (apt, as root)
	@scripts/system.sh tests $(BIN)

demo: setup ## Run the sample engagements and print the leadership pages
	@$(BIN)/reviewkit run $(PARAMS)

run: setup ## Run engagements: make run PARAMS=params/contact_centre.yaml
	@$(BIN)/reviewkit run $(PARAMS)

lab: setup ## Open JupyterLab at the start notebook: make lab ENGAGEMENT=contact_centre
	$(BIN)/reviewkit lab $(ENGAGEMENT)

test: system ## Run every test: library and examples, notebooks, whole runs and pages
	$(SHARED) --ignore tests/e2e
	$(SHARED) -o addopts="" --nbval-lax --nbval-current-env notebooks
	$(SHARED) tests/e2e

check: $(ENV)/.reviewkit-dev ## Check format, rules, types, imports and notebooks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify --keep-count --keep-id notebooks/*/*.ipynb

format: $(ENV)/.reviewkit-dev ## Mend format, import order and notebooks' outputs
	$(BIN)/ruff check --fix-only --select I .
	$(BIN)/ruff format .
	$(BIN)/nbstripout --keep-count --keep-id notebooks/*/*.ipynb

bench: setup ## Measure runs against papermill and nbconvert, and figures against pandas and plain loops
	@$(PY) benchmarks/run.py $(BENCH)
	@$(PY) benchmarks/size.py
	@$(PY) benchmarks/figures.py

themes: setup ## Measure the ThemeCoder on coded remarks: make themes REMARKS=remarks.csv
	@$(PY) benchmarks/themes.py $(REMARKS)

fleet: setup ## Run 200 small engagements in one command: one hostile, one broken, a worker killed
	@$(PY) benchmarks/fleet.py $(FLEET)

truth: setup ## Plant truths in 200 simulated engagements and count what is found: writes docs/truth.md
	@$(PY) -m benchmarks.truth $(TRUTH)

sample-data: setup ## Write the simulated sample engagements anew
	$(PY) -m reviewkit.simulate

outputs: $(ENV)/.reviewkit-dev ## Write anew the notebooks' outputs that tests compare
	$(BIN)/reviewkit run params/contact_centre.yaml
	$(PY) scripts/keep_outputs.py runs/contact_centre/latest
	$(BIN)/nbstripout --keep-count --keep-id notebooks/*/*.ipynb

pictures: system ## Take the README's picture of the leadership summary anew
	$(BIN)/reviewkit run params/contact_centre.yaml
	$(PY) scripts/picture.py runs/contact_centre/latest/site/leadership/index.html docs/images/leadership.png

walkthrough: system ## Walk through one review in JupyterLab and take docs/walkthrough.md's pictures anew
	$(PY) -m scripts.walkthrough

snapshots: system ## Write anew the picture that the leadership summary is compared with
	REVIEWKIT_SNAPSHOTS=write $(PY) -m pytest -q tests/e2e/test_in_chromium.py -k looks_as_it_did

schema: setup ## Write params/engagement.schema.json, docs/tables.md and docs/log.schema.json from the model
	$(PY) -c 'import json; from reviewkit.model import schema; print(json.dumps(schema(), indent=2))' > params/engagement.schema.json
	$(PY) scripts/dictionary.py > docs/tables.md
	$(PY) -c 'import json; from reviewkit.run.log import Event; print(json.dumps(Event.model_json_schema(), indent=2))' > docs/log.schema.json

# Resolved for the first patch release of each Python, since Debian's are old; what one version
# of Python alone needs is added to what the oldest needs.
constraints: $(ENV)/.reviewkit-dev ## Write constraints.txt anew with the newest versions that fit
	: > constraints.new
	for version in 3.11 3.12 3.13 3.14; do \
	  $(PY) -m uv pip compile -q --upgrade --all-extras --python-version $$version --python-platform linux \
	    --no-header --no-annotate --no-emit-index-url --no-emit-find-links -c constraints.new pyproject.toml \
	    > constraints.part; \
	  cat constraints.part >> constraints.new; \
	  LC_ALL=C sort -u -o constraints.new constraints.new; done
	rm constraints.part
	mv constraints.new constraints.txt

clean: ## Remove the environment, caches and builds; runs are kept
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache constraints.new constraints.part
	find reviewkit tests notebooks scripts \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +
