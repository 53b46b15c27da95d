"""The analysts' functions answer on the sample database; the notebook runs from end to end."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def analyst() -> ModuleType:
    spec = importlib.util.spec_from_file_location("analyst", DOCS / "analyst.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def connection(analyst, sample_data):
    with analyst.connect(sample_data / "qinqing.duckdb") as opened:
        yield opened


def records(relation: duckdb.DuckDBPyRelation) -> list[dict]:
    names = relation.columns
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


def test_the_regions_that_tell_most_come_first(analyst, connection) -> None:
    names = analyst.regions(connection)
    assert "西乡塘区" in names[:5]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("period", ["month", "quarter", "half_year", "year"])
def test_sums_of_every_period_lead_to_their_sentences(analyst, connection, period) -> None:
    rows = records(analyst.by_period(connection, "西乡塘区", period))
    assert rows
    for row in rows:
        behind = records(analyst.sentences(connection, row["measure_ids"]))
        assert {one["measure_id"] for one in behind} == set(row["measure_ids"])
        assert all(one["surface"] in one["quote"] for one in behind)


def test_a_period_of_another_name_is_refused(analyst, connection) -> None:
    with pytest.raises(ValueError, match="month"):
        analyst.by_period(connection, "西乡塘区", "week; DROP TABLE fact")


def test_visits_told_again_are_counted_once(analyst, connection) -> None:
    rows = records(analyst.counted_once(connection, 2020))
    visits = {row["region_name"]: row for row in rows if row["category"] == "走访企业"}
    told = visits["西乡塘区"]
    assert told["every_mention"] > 2 * told["counted_once"]


def test_the_second_running_total_is_told_as_a_difference(analyst, connection) -> None:
    rows = records(analyst.increments(connection, "江南区"))
    total = {row["step"]: row["value"] for row in rows if row["category"] == "four_forms_total"}
    assert total == {"first": 215, "difference": 253}


def test_what_no_sum_holds_is_told(analyst, connection) -> None:
    assert {row["reason"] for row in records(analyst.outside(connection, "quarter"))} >= {"undated"}
    assert len(records(analyst.unnamed(connection, 3))) <= 3


def test_the_notebook_runs_on_the_samples(sample_data) -> None:
    pytest.importorskip("marimo", reason="pip install -e '.[notebook]' to run the notebook")
    pytest.importorskip("polars", reason="pip install -e '.[notebook]' to run the notebook")
    words = [sys.executable, "docs/notebook.py", "--database", sample_data / "qinqing.duckdb"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=DOCS.parent, check=False)
    assert done.returncode == 0, done.stderr
