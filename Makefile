# Everything is installed into .venv and nowhere else.
PYTHON ?= python3
BIN := .venv/bin
MINUTES ?= 60
# the editor of the SPARQL page is bundled where npm is; where it is not, that page has a plain field
EDITOR_FROM := exports/templates/explorer/editor
EDITOR_TO := $(if $(shell command -v npm),exports/templates/explorer/static/editor.js)

.PHONY: demo serve editor test slow torture soak fuzz lint types check docs score bench bench-full wheel clean

demo: .venv/demo ## build a graph from the sample documents and show what came out
	$(BIN)/kamergraaf demo

serve: .venv/demo $(EDITOR_TO) ## the pages of the explorer in your browser, on the sample papers
	$(BIN)/kamergraaf demo >/dev/null
	$(BIN)/kamergraaf serve --store out/store --open

editor: $(EDITOR_TO) ## bundle the editor of the SPARQL page, where npm is
	@test -n "$^" || echo "there is no npm: the SPARQL page keeps its plain field"

test: .venv/dev ## run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not slow and not torture"

slow: .venv/dev ## the tests that take seconds each
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "slow and not torture"

soak: .venv/dev ## an hour of mixed traffic, some of it hostile, while builds go on; MINUTES=10 for less
	$(BIN)/python tests/soak.py --minutes $(MINUTES)

torture: .venv/spark ## the long proofs: kills, damage, a full disk, hostile files, growth of patterns; then ten minutes of traffic, which want the machine for themselves
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m torture --ignore tests/test_soak.py
	$(BIN)/python -m pytest -m torture tests/test_soak.py

FUZZ_SECONDS ?= 600
fuzz: .venv/dev ## throw broken input at readers, scan and rules for FUZZ_SECONDS
	$(BIN)/python tests/fuzz.py --seconds $(FUZZ_SECONDS)

lint: .venv/dev ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev ## types
	$(BIN)/mypy

check: lint types test slow ## all of the above

docs: .venv/dev ## the site of the project, in site/
	$(BIN)/python -m docs.maker site

score: .venv/dev ## precision and recall on the gold sets, beside the peers where they are installed
	$(BIN)/python -m bench.score

bench: .venv/dev ## what is fast and what is not, in minutes; figures beside the last kept run
	$(BIN)/python -m bench quick

bench-full: .venv/dev ## the same on millions of quads, in an hour or somewhat more; kept in bench/results/ and docs/speed.md
	$(BIN)/python -m bench full --keep

wheel: .venv/dev $(EDITOR_TO) ## the distribution, in dist/
	$(BIN)/python -m build

exports/templates/explorer/static/editor.js: $(wildcard $(EDITOR_FROM)/*.js $(EDITOR_FROM)/*.json)
	cd $(EDITOR_FROM) && npm ci --loglevel error && npm run --silent build

.venv/demo: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/spark: .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[spark]'
	@touch $@

.venv/dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ .venv/demo

clean: ## remove what was made
	rm -rf .venv out dist build site $(EDITOR_FROM)/node_modules exports/templates/explorer/static/editor.*
