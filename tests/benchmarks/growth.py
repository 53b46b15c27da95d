"""Print what a day costs on tables of growing size. Run it by hand: it asserts nothing.

    python -m tests.benchmarks.growth [MEASURES …]

Each step adds regions of its own to one database, as many articles a region as before; then a day
of 2,000 measures is loaded into a copy of it. The day tells of the same few regions each time, so
only the table around them has grown. Processor time is told beside the clock: a busy machine
stretches the clock.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.load import COUNTIES, PER_ARTICLE, READER, reading
from warehouse.parts import write_part
from warehouse.store import Warehouse

SIZES = (250_000, 500_000, 1_000_000, 2_000_000)
MEASURES_A_REGION = 3_333  # as in tests/benchmarks/load.py
A_DAY = 2_000 // PER_ARTICLE  # articles
ARTICLES_A_PART = 2_000


def main(sizes: list[int], folder: Path) -> None:
    database, held = folder / "growth.duckdb", 0
    for size in sizes:
        grow(database, range(held // PER_ARTICLE, size // PER_ARTICLE), regions(held, size))
        held = size
        for name, first, dice in (("new articles", 10**6, 5), ("the same, changed", 0, 6)):
            clock, cpu = day(database, first, regions(0, sizes[0]), random.Random(dice))
            print(
                f"{size:>11,} measures  {database.stat().st_size / 2**20:6,.0f} MB"
                f"  a day of 2,000, {name:<18}{cpu:6.2f} s of processors {clock:6.2f} s",
                flush=True,
            )


def regions(held: int, size: int) -> list[str]:
    """Return the regions that a table of this size has and one of that had not."""
    return COUNTIES[held // MEASURES_A_REGION : size // MEASURES_A_REGION]


def grow(database: Path, articles: range, places: list[str]) -> None:
    """Load so many articles more."""
    dice, parts = random.Random(articles.start), []
    for first in range(articles.start, articles.stop, ARTICLES_A_PART):
        numbers = range(first, min(first + ARTICLES_A_PART, articles.stop))
        part = database.with_name(f"part-{first:08d}.parquet")
        write_part([reading(number, dice, places) for number in numbers], part, READER)
        parts.append(part)
    with Warehouse(database) as warehouse:
        warehouse.load_parts(parts, run_id="grow")


def day(database: Path, first: int, places: list[str], dice: random.Random) -> tuple[float, float]:
    """Load a day into a copy of the database; return the seconds of the clock and of processors."""
    copy = database.with_name("day.duckdb")
    shutil.copy(database, copy)
    readings = [reading(first + number, dice, places) for number in range(A_DAY)]
    part = write_part(readings, copy.with_suffix(".parquet"), READER)
    with Warehouse(copy) as warehouse:
        clock, cpu = time.perf_counter(), time.process_time()
        warehouse.load_parts([part.path], run_id="day")
        return time.perf_counter() - clock, time.process_time() - cpu


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main([int(word) for word in sys.argv[1:]] or list(SIZES), Path(temporary))
