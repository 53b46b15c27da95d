"""Publish worlds whose truth is known as sentences, and hold every summary against the truth.

    python -m tests.world [ARTICLES] [FIRST_SEED]

Each world goes through the whole pipeline: the engine reads the texts, the warehouse sums. A bucket
that the articles determine, as an independent solver finds, must be exact; of every other, a total
called complete must hold the truth within its bounds; none may count anything twice.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from tests.scripted_world import YEARS, World, determined, first_day, last_day
from warehouse.store import Warehouse

GRAINS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
BATCH = 300  # readings a load
SUMMARY = (
    "SELECT region, region_scope, category, period_start, period_end, value, low, high, complete,"
    " conflicts, measure_ids FROM summary_{} WHERE standing = 'whole' AND rank IS NULL"
)


def buckets(year, months):
    for first in range(1, 13, months):
        yield first_day(year, first), last_day(year, first + months - 1)


def load(world, order=None) -> Warehouse:
    """Load a world in batches, in its own order or shuffled."""
    warehouse = Warehouse(":memory:")
    readings = list(world.readings)
    if order is not None:
        __import__("random").Random(order).shuffle(readings)
    for start in range(0, len(readings), BATCH):
        warehouse.load(readings[start : start + BATCH], run_id="r")
    return warehouse


def summary(warehouse, grain):
    """Return value, bounds, complete, conflicts and sentences by series and bucket."""
    rows = warehouse.connection.execute(SUMMARY.format(grain)).fetchall()
    return {row[:5]: row[5:] for row in rows}


def exact_lines(world, series):
    """What is told exactly, by lines that stand in the end."""
    return [
        (line.start, line.end, line.value)
        for line in world.lines
        if (line.region, line.scope, line.category) == series
        and line.start
        and line.exact
        and line.modality == "achieved"
    ]


def check_world(world, seed) -> Counter[str]:
    """Hold every bucket against the truth; return how many were exact, flagged and silent."""
    found: Counter[str] = Counter()
    with load(world, order=seed) as warehouse:
        assert warehouse.audit("error") == {}
        for grain, months in GRAINS.items():
            rows = summary(warehouse, grain)
            for series in sorted({key[:3] for key in world.truth}):
                lines = exact_lines(world, series)
                for year in YEARS:
                    clean = (*series, year) not in world.wrong
                    for start, end in buckets(year, months):
                        row = rows.get((*series, start, end))
                        known = determined(lines, start, end) if clean else None
                        true = world.total(series, start, end)
                        where = f"seed {seed} {series} {grain} {start}: truth {true}, row {row}"
                        found[check(row, true, known, where)] += 1
    return found


def check(row, true, known, where) -> str:
    """Say what became of one bucket; fail where its row is not what it must be."""
    if known is not None:
        assert known == true, where
        assert row is not None, where
        value, low, high, complete, conflicts, _ = row
        assert (value, low, high, complete, conflicts) == (true, true, true, True, 0), where
        return "exact"
    if row is None:
        return "silent"
    _, low, high, complete, conflicts, _ = row
    assert low <= true or conflicts, where
    assert not complete or high is None or true <= high, where
    return "bounded" if complete else "doubted" if conflicts else "flagged"


def main(wanted: int, seed: int) -> None:
    articles, found, began = 0, Counter(), time.process_time()
    while articles < wanted:
        world = World(seed, as_sentences=True)
        articles, seed = articles + len(world.readings), seed + 1
        found += check_world(world, seed - 1)
        print(f"world {seed - 1}: {articles:,} articles so far, {dict(found)}", flush=True)
    spent = time.process_time() - began
    print(
        f"{articles:,} articles, {sum(found.values()):,} buckets:"
        f" {found['exact']:,} determined, all exact;"
        f" {found['bounded']:,} complete within bounds that hold the truth;"
        f" {found['flagged']:,} flagged as incomplete, none above the truth;"
        f" {found['silent']:,} without a row; {found['doubted']:,} flagged since sources differ;"
        f" {spent:.0f} s of processors"
    )


if __name__ == "__main__":
    main(*[int(word) for word in (*sys.argv[1:], *("5000", "0")[len(sys.argv) - 1 :])])
