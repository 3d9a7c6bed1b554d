# Everything is installed into .venv and nowhere else.
PYTHON ?= python3
BIN := .venv/bin
MINUTES ?= 60

.PHONY: demo test slow torture soak lint types check docs score wheel clean

demo: .venv/demo ## build a graph from the sample documents and show what came out
	$(BIN)/kamergraaf demo

test: .venv/dev ## run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not slow and not torture"

slow: .venv/dev ## the tests that take seconds each
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "slow and not torture"

torture: .venv/dev ## the tests that take minutes each
	$(BIN)/python -m pytest -m torture

soak: .venv/dev ## an hour of mixed traffic, some of it hostile, while builds go on; MINUTES=10 for less
	$(BIN)/python tests/soak.py --minutes $(MINUTES)

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

wheel: .venv/dev ## the distribution, in dist/
	$(BIN)/python -m build

.venv/demo: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ .venv/demo

clean: ## remove what was made
	rm -rf .venv out dist build site
