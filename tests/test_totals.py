# ruff: noqa: E501, PT018 - sentences stand in one line; times are those of a clock in China
"""The summaries of a world whose truth is known: what the articles determine is exact, the rest is flagged, nothing counts twice."""

from datetime import date, timedelta

import pytest

from tests.scripted_world import World, determined
from tests.world import GRAINS, check_world, load, summary
from warehouse.store import Warehouse

SEEDS = range(4)


@pytest.mark.parametrize("seed", range(7))  # more than 5,000 articles
def test_what_sentences_determine_is_exact_and_the_rest_flagged(seed) -> None:
    """The same world, told in sentences and read by the engine."""
    assert check_world(World(seed, as_sentences=True), seed)["exact"] > 200


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_articles_determine_is_exact_and_the_rest_flagged(seed) -> None:
    assert check_world(World(seed), seed)["exact"] > 200


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
