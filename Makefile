# All commands of this project. On a bare machine `make demo` and `make test` need Python >= 3.11 and make, nothing else.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
JOBS   ?= 4
CASES  ?= $(firstword $(wildcard ../shared/cases) zoo)
SCORER ?= ../shared/score.py
BUDGET ?= 0
INJECTED ?= build/injected
VARIANTS ?= 3
SETS     := zoo $(addprefix zoo/blind/,forum evaluation questions data practice splits threads pipelines bugs scenarios)

READY   := $(VENV)/.ready-test
CHECKS  := $(VENV)/.ready-check
DOCS    := $(VENV)/.ready-docs
BROWSER := $(VENV)/.ready-browser
SPARK   := $(VENV)/.ready-spark

export TF_CPP_MIN_LOG_LEVEL ?= 3
export PYTHONUNBUFFERED = 1
export UV_NATIVE_TLS ?= true
export UV_SYSTEM_CERTS ?= true

.PHONY: help demo test check docs score bench bench-fix bench-cluster endurance zoo inject calibrate new-check browser spark format clean

help: ## these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

demo: $(READY) ## diagnose a small broken program
	TF_ENABLE_ONEDNN_OPTS=0 $(BIN)/traindx run --budget 40 examples/wine.py

test: $(READY) ## all tests: first the plain ones, then those that train with Keras
	$(BIN)/python -m pytest -q -n auto --maxprocesses $(JOBS)
	$(BIN)/python -m pytest -q -m keras -n auto --maxprocesses $(JOBS) --dist loadfile

check: $(CHECKS) ## lint, layers, types, sizes
	$(BIN)/ruff check src tests tools examples
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python tools/check_sizes.py
	$(BIN)/pyright --pythonpath $(BIN)/python

docs: $(DOCS) ## the documentation, into build/site
	$(BIN)/python tools/gen_docs.py

score: $(READY) ## broken programs found, healthy ones left in peace (CASES=folder BUDGET=seconds)
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python $(SCORER) --cases $(CASES) --budget $(BUDGET)

bench: $(READY) ## what watching and trials cost, and how well memory is predicted
	$(BIN)/python tools/bench_overhead.py
	$(BIN)/python tools/bench_taps.py
	$(BIN)/python tools/bench_memory.py
	$(BIN)/python tools/bench_trials.py

bench-fix: $(READY) ## how often `traindx fix --apply` repairs a broken program (half an hour; CASES=folder JOBS=number)
	$(BIN)/python tools/bench_fix.py --cases $(CASES) --jobs $(JOBS)

endurance: $(READY) ## a training of two hours under watch: memory and run log stay within their bounds
	$(BIN)/python tools/bench_endurance.py --minutes 120

zoo: $(READY) ## run the zoo's programs as a user would (GLOB='name*')
	$(BIN)/python zoo/verify.py $(GLOB)

inject: $(READY) ## known faults planted in healthy programs, run under watch (hours; INJECTED=folder VARIANTS=number)
	$(BIN)/python -m tools.inject make --out $(INJECTED)/made --variants $(VARIANTS)
	$(BIN)/python tools/rescore.py record --cases $(INJECTED)/made --runs $(INJECTED)/runs --kinds broken,healthy
	for set in $(SETS); do \
	  $(BIN)/python tools/rescore.py record --cases $$set --runs $(INJECTED)/$$set; done

calibrate: $(READY) ## confidences and false-alarm rates from what `make inject` ran (minutes)
	$(BIN)/python -m tools.inject keep --cases $(INJECTED)/made --runs $(INJECTED)/runs --out $(INJECTED)/kept
	$(BIN)/python tools/judgements.py --out $(INJECTED)/rows_zoo.jsonl \
	  $(foreach set,$(SETS),$(set)=$(INJECTED)/$(set))
	$(BIN)/python tools/judgements.py --out $(INJECTED)/rows_injected.jsonl $(INJECTED)/kept=$(INJECTED)/runs
	$(BIN)/python tools/calibrate.py $(INJECTED)/rows_zoo.jsonl $(INJECTED)/rows_injected.jsonl
	$(BIN)/python tools/false_alarms.py $(INJECTED)/rows_zoo.jsonl $(INJECTED)/rows_injected.jsonl

new-check: $(READY) ## a new check's file: make new-check NAME=dead-units SUBJECT=model
	$(BIN)/python tools/new_check.py $(SUBJECT) $(NAME)

browser: $(BROWSER) ## the HTML report in a real browser
	$(BIN)/python -m pytest -q -m browser

spark: $(SPARK) ## both data engines on the same files: a real Spark cluster of two workers (needs Java 17)
	$(BIN)/python -m pytest -q -m spark

bench-cluster: $(SPARK) ## rows a second on Spark against workers and rows, memory of a worker (some 20 minutes)
	$(BIN)/python tools/bench_cluster.py

format: $(CHECKS) ## sort imports and mend what ruff can mend
	$(BIN)/ruff check --fix src tests tools examples

clean: ## remove what was built
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache

# ---- the environment: uv where it is installed, else venv and pip --------------------------------------------------

UV := $(shell command -v uv 2>/dev/null)

ifdef UV
create  = uv venv --quiet --allow-existing --python '>=3.11,<3.14' $(VENV)
install = uv pip install --quiet --python $(BIN)/python
else
create  = $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
install = $(BIN)/python -m pip install --quiet
endif

$(VENV)/.created:
	@echo "creating $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || $(if $(UV),true,{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; })
	@$(create)
	@touch $@

$(READY): pyproject.toml $(VENV)/.created
	@echo "installing traindx and what its tests need (once, some minutes)"
	@$(install) -e '.[data]' --group test
	@touch $@

$(CHECKS): $(READY)
	@$(install) --group check
	@touch $@

$(DOCS): $(READY)
	@$(install) --group docs
	@touch $@

$(BROWSER): $(READY)
	@$(install) --group browser
	@touch $@

$(SPARK): $(READY)
	@$(install) -e '.[spark]'
	@touch $@
