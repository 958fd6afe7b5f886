# The same few targets for people and for CI.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INDEX ?= .ratslotse/demo-index
ASK = $(BIN)/ratslotse ask --index $(INDEX)

.PHONY: demo test lint eval gates bench crash faults injections outputs telegram-crash telegram-picture load web-pictures pins help

help:            ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ –/'

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.testing: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[encoders,models]' $$($(BIN)/python -c 'import tomllib; g = tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]; print(*(d for n in ("test", "lint") for d in g[n] if isinstance(d, str)))')
	@touch $@

demo: $(VENV)/.installed  ## install, index corpus/, ask three questions
	$(BIN)/ratslotse-ingest add corpus --index $(INDEX)
	$(ASK) "Wie viele Stellen brachte Digital MoveS III?"
	$(ASK) "Was kostet die E-Akte der Ausländerbehörde?"
	$(ASK) "Wie viel Umsatz machte die Digital MoveS GmbH im Jahr 2024?"

test: $(VENV)/.testing   ## install what the tests need and run them all
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

lint: $(VENV)/.testing   ## style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: $(VENV)/.installed ## answer evals/gold over corpus/ and compare with the committed result: a smoke test of quality
	$(BIN)/ratslotse-ingest add corpus --index $(INDEX)
	$(BIN)/ratslotse-evals run --gold evals/gold/stuttgart.jsonl --index $(INDEX) --out .ratslotse/eval.json
	$(BIN)/ratslotse-evals compare $(lastword $(sort $(wildcard evals/results/stuttgart-*.json))) .ratslotse/eval.json

gates: $(VENV)/.testing  ## floors 5 points below what was measured on real papers: RATSLOTSE_DATA=/path make gates
	rm -rf .ratslotse/gates && mkdir -p .ratslotse/gates
	$(BIN)/ratslotse-ingest add "$(RATSLOTSE_DATA)/karlsruhe-small/documents" --index .ratslotse/gates/index
	$(BIN)/ratslotse ask --batch "$(RATSLOTSE_DATA)/gold-dev/questions.jsonl" --out .ratslotse/gates/answers.jsonl --index .ratslotse/gates/index
	$(BIN)/ratslotse-evals score --gold "$(RATSLOTSE_DATA)/gold-dev/questions.jsonl" --answers .ratslotse/gates/answers.jsonl \
		--documents "$(RATSLOTSE_DATA)/karlsruhe-small/documents" 'file5>=.89' 'file10>=.93' 'read700>=.33' 'read4500>=.72' \
		'right>=.49' 'first>=.27' 'given_right>=.48' 'declined>=.55' 'overdeclined<=.16' 'verbatim>=1'
	$(BIN)/ratslotse-evals ledger --gold "$(RATSLOTSE_DATA)/gold-dev/tracker.jsonl" --index .ratslotse/gates/index \
		--documents "$(RATSLOTSE_DATA)/karlsruhe-small/documents" 'points>=1' 'paper>=.90' 'evidence>=.72' 'accuracy>=.47' 'macro_f1>=.38'
	$(BIN)/ratslotse-evals numbers --index .ratslotse/gates/index

bench: $(VENV)/.testing  ## LangChain's tutorial stack, its BM25Retriever, bm25s and Ratslotse side by side (about 13 minutes)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt $$($(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["bench"])')
	$(BIN)/python -m evals.bench --data "$(RATSLOTSE_DATA)" --markdown

crash: $(VENV)/.testing  ## kill an ingest at 200 random moments; each must end equal to a clean build
	RATSLOTSE_CRASH_RUNS=200 $(BIN)/python -m pytest tests/ingest/test_pipeline_crash.py -k killed --timeout 0

faults: $(VENV)/.testing  ## 24 faults of a model's server, 20 times each, side by side
	RATSLOTSE_FAULT_RUNS=20 $(BIN)/python -m pytest tests/wire/test_faults.py --timeout 900

injections: $(VENV)/.testing  ## 300 papers with planted orders, and a model that obeys them
	RATSLOTSE_PLANTED_PAPERS=300 $(BIN)/python -m pytest tests/bot/test_model_injections.py --timeout 900

outputs: $(VENV)/.testing  ## 10,000 random outputs of a model
	RATSLOTSE_MODEL_OUTPUTS=10000 $(BIN)/python -m pytest tests/bot/test_model_outputs.py --timeout 1800

telegram-crash: $(VENV)/.testing  ## kill the Telegram bot 50 times with 20 open questions each (about 10 minutes)
	RATSLOTSE_TELEGRAM_KILLS=50 $(BIN)/python -m pytest tests/bot/telegram/test_crash.py --timeout 0

telegram-picture: $(VENV)/.testing  ## draw docs/telegram.png from the bot's real answers (needs Chromium)
	$(BIN)/ratslotse-ingest add corpus --index $(INDEX)
	$(BIN)/python -m tests.bot.telegram.picture $(INDEX) docs/telegram.png "Was kostet die E-Akte der Ausländerbehörde?" Quelle:1 "Wie viel Umsatz machte die Digital MoveS GmbH im Jahr 2024?"

load: $(VENV)/.testing   ## 50 users, 5 questions a second, two minutes, over the index INDEX=…
	$(BIN)/python -m tests.bot.web.load 120 $(INDEX)

web-pictures: $(VENV)/.testing  ## draw docs/web-*.png from corpus/ (needs Chromium)
	$(BIN)/python -m tests.bot.web.pictures docs

pins:                    ## renew constraints.txt from what the newest releases resolve to
	rm -rf .pins && $(PYTHON) -m venv .pins
	.pins/bin/pip install --quiet torch==2.13.0
	.pins/bin/pip install --quiet --editable '.[encoders,models]' $$(.pins/bin/python -c 'import tomllib; g = tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]; print(*(d for n in ("test", "lint") for d in g[n] if isinstance(d, str)))')
	.pins/bin/pip freeze --exclude-editable | sed 's/ @ .*//' | grep '==' | sed 's/+cpu//' > constraints.txt
	rm -rf .pins
