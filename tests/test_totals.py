# ruff: noqa: E501, PT018 - sentences stand in one line; times are those of a clock in China
"""The summaries of a world whose truth is known: what the articles determine is exact, the rest is flagged, nothing counts twice."""

import importlib.util
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from warehouse.store import Warehouse

spec = importlib.util.spec_from_file_location(
    "scripted_world", Path(__file__).with_name("scripted_world.py")
)
assert spec
assert spec.loader
world_module = importlib.util.module_from_spec(spec)
sys.modules["scripted_world"] = world_module
spec.loader.exec_module(world_module)
World, determined, YEARS = world_module.World, world_module.determined, world_module.YEARS

GRAINS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
SEEDS = range(4)


def buckets(year: int, months: int):
    for first in range(1, 13, months):
        yield world_module.first_day(year, first), world_module.last_day(year, first + months - 1)


def load(world, order=None) -> Warehouse:
    warehouse = Warehouse(":memory:")
    readings = list(world.readings)
    if order is not None:
        __import__("random").Random(order).shuffle(readings)
    for start in range(0, len(readings), 300):
        warehouse.load(readings[start : start + 300], run_id="r")
    return warehouse


def summary(warehouse, grain):
    rows = warehouse.connection.execute(
        f"SELECT region, region_scope, category, period_start, period_end, value, low, high, complete, conflicts, measure_ids"
        f" FROM summary_{grain} WHERE standing = 'whole' AND rank IS NULL"
    ).fetchall()
    return {row[:5]: row[5:] for row in rows}


def exact_lines(world, series):
    """What is told exactly, by lines that stand in the end."""
    return [
        (x.start, x.end, x.value)
        for x in world.lines
        if (x.region, x.scope, x.category) == series
        and x.start
        and x.exact
        and x.modality == "achieved"
    ]


@pytest.mark.parametrize("seed", [0, 1])
def test_what_sentences_determine_is_exact_and_the_rest_flagged(seed) -> None:
    """The same world, told in sentences and read by the engine."""
    check_world(World(seed, as_sentences=True), seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_articles_determine_is_exact_and_the_rest_flagged(seed) -> None:
    check_world(World(seed), seed)


def check_world(world, seed) -> None:
    with load(world, order=seed) as warehouse:
        exact = 0
        for grain, months in GRAINS.items():
            found = summary(warehouse, grain)
            for series in sorted({key[:3] for key in world.truth}):
                lines = exact_lines(world, series)
                for year in YEARS:
                    clean = (*series, year) not in world.wrong
                    for start, end in buckets(year, months):
                        true = world.total(series, start, end)
                        row = found.get((*series, start, end))
                        known = determined(lines, start, end)
                        where = f"seed {seed} {series} {grain} {start}: truth {true}, row {row}"
                        if known is not None and clean:
                            assert known == true
                            assert row is not None, where
                            value, low, high, complete, conflicts, _ = row
                            assert complete and conflicts == 0, where
                            assert value == low == high == true, where
                            exact += 1
                        elif row is not None and row[3] and clean:
                            assert row[1] <= true and (row[2] is None or true <= row[2]), where
                        elif row is not None and clean:
                            assert row[1] <= true, where
        assert exact > 200


@pytest.mark.parametrize("seed", SEEDS)
def test_a_slip_of_the_pen_is_flagged(seed) -> None:
    """Where a wrong figure was printed and put right later, the right one counts, or the row says that sources differ."""
    world = World(seed)
    with load(world) as warehouse:
        for grain in GRAINS:
            for key, (value, low, high, complete, conflicts, _) in summary(
                warehouse, grain
            ).items():
                region, scope, category, start, end = key
                true = world.total((region, scope, category), start, end)
                if complete:
                    assert low <= true and (high is None or true <= high), (seed, key, value, true)
                elif not conflicts:
                    assert low <= true, (seed, key, value, true)


def tables(warehouse) -> list:
    """All that is told, in a fixed order; the sums kept beside the claims must follow from them."""
    asked = warehouse.connection.execute
    kept = asked("FROM summary ORDER BY ALL").fetchall()
    columns = ", ".join(name for name, *_ in asked("DESCRIBE summary").fetchall())
    assert kept == asked(f"SELECT {columns} FROM summed('claim') ORDER BY ALL").fetchall()
    sql = "SELECT * EXCLUDE (run_id) FROM measure ORDER BY measure_id"
    return [asked(sql).fetchall(), asked("FROM claim ORDER BY claim_id").fetchall(), kept]


def test_the_order_of_loading_changes_nothing() -> None:
    world = World(1)
    with load(world) as one, load(world, order=7) as other:
        assert tables(one) == tables(other)


def test_one_batch_or_many_change_nothing() -> None:
    world = World(2)
    with load(world, order=3) as one, Warehouse(":memory:") as other:
        other.load(world.readings, run_id="r")
        assert tables(one) == tables(other)


def test_loading_again_changes_nothing() -> None:
    world = World(3)
    with load(world) as warehouse:
        before = tables(warehouse)
        assert warehouse.load(world.readings, run_id="again").skipped == len(world.readings)
        assert tables(warehouse) == before


def test_an_article_withdrawn_and_loaded_again_leaves_no_trace() -> None:
    world = World(4)
    with load(world) as warehouse:
        before = tables(warehouse)
        empty = [type(r)(r.article, (), ()) for r in world.readings[::7]]
        warehouse.load(empty, run_id="r")
        assert tables(warehouse) != before
        warehouse.load(world.readings[::7], run_id="r")
        assert tables(warehouse) == before


def test_the_oracle_solves_what_a_person_would() -> None:
    year, half, quarter = date(2020, 1, 1), date(2020, 6, 30), date(2020, 3, 31)
    assert determined([(year, half, 30), (year, quarter, 12)], date(2020, 4, 1), half) == 18
    assert determined([(year, half, 30)], date(2020, 4, 1), half) is None
    assert (
        determined(
            [(date(2017, 10, 24), half, 90), (date(2017, 10, 24), quarter, 50)],
            quarter + timedelta(days=1),
            half,
        )
        == 40
    )
