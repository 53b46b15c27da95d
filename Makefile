# make run   – read the bundled sample pages into a DuckDB file and an HTML report, offline
# make test  – the whole suite
# make UV=1 run|test – the same with uv
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
UV     ?=

ifeq ($(UV),)
CREATE  := $(PYTHON) -m venv $(VENV)
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input
else
CREATE  := uv venv -q --allow-existing --python $(PYTHON) $(VENV)
INSTALL := uv pip install -q --python $(BIN)/python
endif

# The files name every package that is installed, with its hashes: nothing is left to resolve (--no-deps). Left to itself pip
# would take the newest SQLAlchemy for `sqlalchemy[asyncio]`, and then miss its hash.
.PHONY: run test check lake lock clean

run: $(VENV)/.runtime
	@$(BIN)/qinqing run

test: $(VENV)/.development
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check . && $(BIN)/mypy
	@$(BIN)/python -m pytest -q

check: $(VENV)/.development
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

$(VENV)/.runtime: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("qinqing needs Python 3.11 or newer; set PYTHON=") if sys.version_info < (3, 11) else None'
	@echo "Installing into $(VENV) (about a minute the first time) …"
	@test -x $(BIN)/python || $(CREATE)
	@$(INSTALL) --no-deps --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing the test tools into $(VENV) …"
	@$(INSTALL) --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

# A lake's extensions fit one DuckDB alone, so it has an environment of its own: .venv-lake/bin/qinqing lake
lake: $(VENV)-lake/.runtime

$(VENV)-lake/.runtime: requirements-lake.txt pyproject.toml
	@echo "Installing into $(VENV)-lake …"
	@test -x $(VENV)-lake/bin/python || $(subst $(VENV),$(VENV)-lake,$(CREATE))
	@$(subst $(BIN),$(VENV)-lake/bin,$(INSTALL)) --no-deps --require-hashes -r requirements-lake.txt
	@$(subst $(BIN),$(VENV)-lake/bin,$(INSTALL)) --no-deps --no-build-isolation -e .
	@touch $@

# Resolve anew. The exported files carry hashes and name no index.
lock:
	uv lock -q
	uv export -q --no-dev --group build --no-emit-project --no-header -o requirements.txt > /dev/null
	uv export -q --group dev --group build --extra dask --extra xlsx --no-emit-project --no-header -o requirements-dev.txt > /dev/null
	uv export -q --no-dev --group build --extra lake --no-emit-project --no-header -o requirements-lake.txt > /dev/null

clean:
	rm -rf $(VENV) $(VENV)-lake data build .pytest_cache .mypy_cache .ruff_cache
