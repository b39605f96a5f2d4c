# make          the same as make test, which CI calls too
# make demo     the samples as Word and PDF in out/demo/
# make fix      format, and mend what ruff can mend

VENV  := .venv
BIN   := $(VENV)/bin
READY := $(VENV)/.ready
OUT   := out
TYPES := $(OUT)/types.txt

.DEFAULT_GOAL := test
.PHONY: setup demo test fix golden samples bench bench-batch bench-archive campaign clean

setup: $(READY)

$(READY): pyproject.toml .ci/setup
	@.ci/setup $(VENV)
	@touch $@

demo: $(READY)
	@rm -rf $(OUT)/demo
	@$(BIN)/docgen generate samples/wang.yaml samples/late-report.yaml samples/team.yaml samples/en samples/uk samples/company -o $(OUT)/demo >/dev/null
	@echo "The documents are in $(abspath $(OUT)/demo):"
	@ls $(OUT)/demo

# Python is started some hundred times: compiled modules are kept, whatever the environment says.
# In a fresh checkout mypy takes half a minute of one core: it runs beside the tests, and what it found is told at the end.
test: export PYTHONDONTWRITEBYTECODE =
test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	@mkdir -p $(OUT)
	$(BIN)/mypy >$(TYPES) 2>&1 & types=$$!; \
	$(BIN)/pytest -q -n auto --dist worksteal; tests=$$?; \
	wait $$types; types=$$?; cat $(TYPES); exit $$((tests + types))

fix: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(READY)
	$(BIN)/pytest -q tests/test_golden.py --update-golden

samples: $(READY)
	$(BIN)/python samples/make.py
	$(BIN)/python samples/make_faulty.py
	$(BIN)/python -m samples.make_scans
	$(BIN)/python -m samples.make_company
	$(BIN)/python -m samples.make_company_form

bench: $(VENV)/.ready-bench
	$(BIN)/python -m benchmarks

bench-batch: $(VENV)/.ready-bench
	$(BIN)/python -m benchmarks.batches

bench-archive: $(READY)
	$(BIN)/python -m benchmarks.archive

campaign: $(READY)
	$(BIN)/pytest -q -n auto tests/campaign --campaign

$(VENV)/.ready-bench: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@touch $@

clean:
	rm -rf $(VENV) $(OUT) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
