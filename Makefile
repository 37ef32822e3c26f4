# The short door for developers: `make` lists what can be done.

PYTHON ?= python3
VENV ?= .venv
TRAIN_VENV ?= .venv-train
BIN := $(VENV)/bin
TRAIN_PYTHON := $(TRAIN_VENV)/bin/python
OUT ?= out
# glibc would otherwise hand large blocks back and ask for them again at every training step: twice as slow.
KEEP_MEMORY := MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=20000000000 MALLOC_TOP_PAD_=100000000

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-clinic test lint format docs examples train bench-accuracy bench-speed bench-examples bench-measures bench-agreement bench-expected-course bench-cases bench-beliefs bench-alerts bench-recovery bench-episodes-simulated bench-dyad bench-deidentify bench-samplers bench-web bench-swaps bench-counts bench-calibration bench-fairness bench-shortcuts bench-paraphrases bench-degraded bench-errors learning-curve calibrate-dyad dyad-pictures model-card clean

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'

setup: $(VENV)/.developer ## Make the virtual environment with everything the tests need

demo: $(VENV)/.user ## Read the bundled sessions: one in the terminal, all as pages, beside what a careful reader found
	@$(BIN)/attunement demo --out $(OUT)

demo-clinic: $(VENV)/.developer ## Open the clinic with invented clients: the address and a first sign-in are printed
	@$(BIN)/attunement serve --demo

test: lint ## Run all checks and tests (pages in a browser too, when there is a Chromium)
	$(BIN)/pytest -n 2 --dist loadfile
	@# What can depend on the database, once more on PostgreSQL where there is one.
	.ci/with-postgresql $(BIN)/pytest tests/web -m "not any_database" -n 2 --dist loadfile

lint: $(VENV)/.developer ## Check style, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@# The clinic's settings make a home with keys when they are first read.
	ATTUNEMENT_HOME=$$(mktemp -d) $(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.developer ## Put code into the project's style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: model-card ## Write what comes from the code and the last run: commands, public names, codebook, model card, README
	$(BIN)/python -m tools.make_docs

model-card: $(VENV)/.developer ## Write the model card and the README's figures from the last training run
	$(BIN)/python -m tools.model_card

examples: $(VENV)/.developer ## Write the bundled transcripts anew from their answers
	$(BIN)/python -m tools.make_examples

train: $(TRAIN_VENV)/.ready ## Train the coder, from the corpus to the files that ship (an hour and a half on two cores with AMX)
	$(KEEP_MEMORY) $(TRAIN_PYTHON) -m training.train

bench-accuracy: $(VENV)/.developer ## How often the reading is right on people it has never seen (from the last training run)
	@$(BIN)/python -m benchmarks.accuracy --json training/results/figures.json

bench-speed: $(TRAIN_VENV)/.ready ## How fast a session is read, beside sentence-transformers on torch
	@$(TRAIN_PYTHON) -m benchmarks.speed

bench-examples: $(VENV)/.user ## Compare the bundled sessions with what a careful reader found
	@$(BIN)/python -m benchmarks.compare_examples

bench-agreement: $(VENV)/.developer ## Every number beside what the R packages return (data sets: see data/README.md)
	@$(BIN)/python -m benchmarks.agreement_change
	@$(BIN)/python -m benchmarks.agreement_gains

bench-measures: $(VENV)/.developer ## How fast change and sudden gains of 100,000 clients are judged
	@$(BIN)/python -m benchmarks.measures

bench-expected-course: $(VENV)/.developer ## How well and how early the expected course warns, beside the usual rules
	@$(BIN)/python -m benchmarks.expected_course

bench-cases: $(VENV)/.developer ## How often what is said across sessions is right, on cases that the coder had not met
	@$(BIN)/python -m benchmarks.cases --json training/results/cases.json --page docs/case-figures.md

bench-beliefs: $(VENV)/.developer ## How often the belief map is right, on cases that the coder had not met
	@$(BIN)/python -m benchmarks.beliefs

bench-alerts: $(VENV)/.developer ## How often alerts are raised and right, on cases that the coder had not met
	@$(BIN)/python -m benchmarks.alerts

bench-recovery: $(VENV)/.developer ## How well the dyad can be run backwards: coverage, calibration, predictions
	@$(BIN)/python -m benchmarks.dyad_recovery --page docs/dyad-inference.md --pictures docs/pictures

bench-episodes-simulated: $(VENV)/.developer ## Whether the finder finds the ruptures of simulated sessions, as the coder gets worse
	@$(BIN)/python -m benchmarks.episodes_simulated

bench-dyad: $(VENV)/.developer ## How fast dyads are simulated, beside the same model in plain NumPy
	@$(BIN)/python -m benchmarks.dyad_speed

calibrate-dyad: $(VENV)/.developer ## Set the dyad's parameters to what is published about therapies (minutes)
	@$(BIN)/pip install --quiet --disable-pip-version-check 'cma>=4.0'
	@$(BIN)/python -m tools.calibrate_dyad

dyad-pictures: $(VENV)/.developer ## Draw the pictures of the tutorial of simulated studies
	@$(BIN)/python -m tools.dyad_pictures

bench-deidentify: $(VENV)/.developer ## How many names, places and dates are found and replaced
	@$(BIN)/python -m benchmarks.deidentify --page docs/deidentify.md

bench-samplers: $(VENV)/.developer ## The particle filter beside Hamiltonian Monte Carlo: which recovers a case better, and what it costs
	@$(BIN)/pip install --quiet --disable-pip-version-check 'numpyro>=0.22'
	@$(BIN)/python -m benchmarks.dyad_samplers --page docs/dyad-inference.md

bench-web: $(VENV)/.developer ## How fast the clinic's pages are with 200 clients of 40 sessions and 50 people at once
	@$(BIN)/pip install --quiet --disable-pip-version-check 'locust>=2.40'
	@$(BIN)/python -m benchmarks.web_load

bench-swaps: $(VENV)/.developer ## How many turns under the wrong name are pointed out, and how often a clean file is suspected
	@$(BIN)/python -m benchmarks.swaps

bench-counts: $(VENV)/.developer ## How far counts of a session are off, plain and corrected
	@$(BIN)/python -m benchmarks.counts

bench-calibration: $(VENV)/.developer ## Whether probabilities are to be taken at their word, and what thresholds give
	@$(BIN)/python -m benchmarks.calibration --json training/results/calibration.json

bench-fairness: $(VENV)/.developer ## Whether some people are read worse than others
	@$(BIN)/python -m benchmarks.fairness --json training/results/fairness.json

bench-shortcuts: $(VENV)/.developer ## Whether it is words in their place that are read, or length, position, topic
	@$(BIN)/python -m benchmarks.shortcuts --json training/results/shortcuts.json

bench-paraphrases: $(VENV)/.developer ## One act in two wordings, one wording in two acts
	@$(BIN)/python -m benchmarks.paraphrases --json training/results/paraphrases.json

bench-degraded: $(VENV)/.developer ## What is lost on text as a speech recogniser leaves it
	@$(BIN)/python -m benchmarks.degraded --json training/results/degraded.json

bench-errors: $(VENV)/.developer ## Which codes are taken for one another
	@$(BIN)/python -m benchmarks.confusions --json training/results/confusions.json --page docs/errors.md

learning-curve: $(VENV)/.developer ## What is learnt from a part of the cases
	@$(BIN)/python -m training.learning_curve --json training/results/learning-curve.json

clean: ## Remove what was built, but keep the virtual environments
	rm -rf $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests tools training benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# The markers keep a finished environment from being made again; a change of pyproject.toml makes them stale.
$(VENV)/.user: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Attunement needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) (once, a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.developer: $(VENV)/.user
	@echo "Adding the tools of developers to $(VENV)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(TRAIN_VENV)/.ready: pyproject.toml
	@echo "Setting up $(TRAIN_VENV) with torch (once, several minutes)"
	@$(PYTHON) -m venv $(TRAIN_VENV)
	@$(TRAIN_PYTHON) -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@$(TRAIN_PYTHON) -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	@touch $@
