# ruff: noqa: E501, DTZ001 - sentences stand in one line; times are those of a clock in China
"""Print how fast the warehouse loads, replaces, sums and answers. Run it by hand: it asserts nothing.

    python tests/benchmarks/load.py [MEASURES] [FOLDER]

Articles of ten measures: months, running totals, restatements and reprints over 300 regions, 30
categories and ten years, as a generator invents them. Readers write Parquet parts and the loader
loads them, as the program does it; what the readers' side takes is told apart.
"""

import random
import resource
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from transforms import lexicon, regions
from transforms.model import Article, Figure, Measure, Period, Quantity, Reading, Span
from warehouse.parts import write_part
from warehouse.rows import Reader
from warehouse.store import Warehouse

PER_ARTICLE = 10
PART = 20_000  # measures
READER = Reader("bench", "bench", "bench")
COUNTIES = [row.code for row in regions.rows() if row.level == "lv_county" and row.valid_to is None]
REGIONS = COUNTIES[:300]
CATEGORIES = [
    (code, lexicon.listed(row["units"])[0])
    for code, row in lexicon.codes("category").items()
    if row["additive"] == "sum" and row["units"]
][:30]
QUESTIONS = (
    (
        "quarter summary, all regions",
        "SELECT count(*), sum(value) FROM summary_quarter WHERE period_start = DATE '2020-10-01'",
    ),
    ("year summary, all years", "SELECT count(*), sum(value) FROM summary_year"),
    (
        "sum of one category over addable",
        "SELECT sum(value) FROM addable WHERE category = 'case_filed' AND quarter = '2020Q4'",
    ),
)


def month(number: int) -> tuple[date, date]:
    start = date(2012 + number // 12, number % 12 + 1, 1)
    after = date(2012 + (number + 1) // 12, (number + 1) % 12 + 1, 1)
    return start, after - timedelta(days=1)


def reading(number: int, dice: random.Random, places: list[str] = REGIONS) -> Reading:
    region, when = dice.choice(places), dice.randrange(120)
    start, end = month(when)
    text, measures = "", []
    for _ in range(PER_ARTICLE):
        category, unit = dice.choice(CATEGORIES)
        running = dice.random() < 0.2
        value = zlib.crc32(f"{region}{category}{when}".encode()) % 400 + 1  # the same in each run
        surface = f"{value}{unit}"
        at = len(text) + 9
        text += f"全区各级机关共办结了{surface}，有力推动了各项工作的开展和问题的解决。"
        span = Span(at, at + len(surface))
        quantity = Quantity(Decimal(value), Decimal(value), Decimal(value), unit, "count")
        period = Period(date(start.year, 1, 1) if running else start, end, "explicit")
        measures.append(
            Measure(
                Figure(span, quantity, Span(span.start, span.end - len(unit)), None),
                Span(at - 9, len(text)),
                category,
                period,
                predicate="办结",
                region=region,
                aggregation="ytd" if running else "increment",
                confidence=0.9,
                rule="bench",
            )
        )
    moment = datetime(end.year, end.month, end.day, 9) + timedelta(days=dice.randint(1, 20))
    return Reading(
        Article(
            f"bench/{number:07d}",
            "bench",
            f"http://bench.example/{number}",
            "标题",
            moment,
            "来源",
            None,
            None,
            text,
        ),
        tuple(measures),
        (),
    )


@contextmanager
def clocked(name: str, rows: int) -> Iterator[None]:
    """Print what the block took: seconds of the clock and of processors, and the peak of memory."""
    began, cpu = time.perf_counter(), time.process_time()
    yield
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(
        f"{name:<44}{rows:>10,} rows {seconds:8.2f} s {rows / seconds:>12,.0f} rows/s   {cpu:7.1f} s of processors   peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB",
        flush=True,
    )


def main(measures: int, folder: Path) -> None:
    dice = random.Random(1)
    articles = measures // PER_ARTICLE
    parts = []
    with clocked("make articles, readers write parts", measures):
        for first in range(0, articles, PART // PER_ARTICLE):
            numbers = range(first, min(first + PART // PER_ARTICLE, articles))
            batch = [reading(number, dice) for number in numbers]
            parts.append(write_part(batch, folder / f"part-{first:07d}.parquet", READER).path)
    database = folder / "bench.duckdb"
    with Warehouse(database) as warehouse, clocked("load parts into an empty database", measures):
        warehouse.load_parts(parts, run_id="bench")
    print(f"database {database.stat().st_size / 2**20:,.0f} MB")
    for label, count in (("1 % changed", measures // 100), ("one day, 2,000 measures", 2_000)):
        changed = [reading(number, dice) for number in range(count // PER_ARTICLE)]
        with clocked(f"{label}: readers write their part", count):
            part = write_part(changed, folder / f"changed-{count}.parquet", READER).path
        with Warehouse(database) as warehouse, clocked(f"{label}: load it", count):
            warehouse.load_parts([part], run_id="again")
    with Warehouse(database, read_only=True) as warehouse:
        for label, sql in QUESTIONS:
            with clocked(label, measures):
                print(warehouse.connection.execute(sql).fetchall())
        with clocked("audits", measures):
            print({name: len(rows) for name, rows in warehouse.audit().items()})


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as temporary:
        main(wanted, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary))
