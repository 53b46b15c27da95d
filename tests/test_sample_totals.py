"""The summaries of the sample pages give the totals that a careful reader works out by hand."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from warehouse.store import Warehouse

SAMPLES = Path(__file__).parent.parent / "flows/samples"


def table(name: str) -> list[dict[str, str]]:
    lines = (SAMPLES / "expected" / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t"))


TOTALS = table("totals.tsv")


@pytest.fixture(scope="module")
def warehouse(sample_data: Path):
    with Warehouse(sample_data / "qinqing.duckdb", read_only=True) as opened:
        yield opened


def view_of(bucket: str) -> str:
    kind = {"-": "month", "Q": "quarter", "H": "half_year"}
    return "summary_" + next((kind[mark] for mark in kind if mark in bucket), "year")


@pytest.mark.parametrize(
    "total", TOTALS, ids=lambda row: f"{row['region']}-{row['category']}-{row['bucket']}"
)
def test_a_total_is_what_the_sentences_say(warehouse: Warehouse, total: dict[str, str]) -> None:
    keys = [total[name] for name in ("bucket", "region", "scope", "category", "unit")]
    found = warehouse.connection.execute(
        f"SELECT value, low, high FROM {view_of(total['bucket'])}"
        " WHERE period = ? AND region = ? AND region_scope = ? AND category = ? AND unit = ?"
        " AND rank IS NULL AND (standing = 'whole' OR category LIKE 'form_%')",
        keys,
    ).fetchall()
    if not total["value"]:
        assert found == []
    else:
        assert found == [tuple(Decimal(total[name]) for name in ("value", "low", "high"))]


def test_adding_up_everything_is_wrong(warehouse: Warehouse) -> None:
    """If the naive sums were right, the summaries would prove nothing."""
    naive = {
        (region, category): value
        for region, category, value in warehouse.connection.execute(
            "SELECT region, category, sum(value) FROM measure GROUP BY ALL"
        ).fetchall()
    }
    years = [total for total in TOTALS if total["bucket"] == "2020" and total["value"]]
    wrong = [t for t in years if naive[t["region"], t["category"]] != Decimal(t["value"])]
    assert len(wrong) >= len(years) - 2


def test_every_page_is_an_article_or_a_recorded_failure(warehouse: Warehouse) -> None:
    failures = warehouse.connection.execute("SELECT url, cause FROM failure").fetchall()
    assert len(failures) == len(table("failures.tsv"))
    [(articles, snapshots)] = warehouse.connection.execute(
        "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM snapshot)"
    ).fetchall()
    assert articles + len(failures) == snapshots


def test_no_audit_finds_an_offender(warehouse: Warehouse) -> None:
    assert warehouse.audit() == {}
