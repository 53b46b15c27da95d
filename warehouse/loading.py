"""Replace whole articles in one transaction a batch, and tell anew the claims that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice

from transforms.model import Reading
from warehouse import corrections
from warehouse.connection import Connection, all_rows, sql_files, transaction
from warehouse.counting import count_tangled
from warehouse.rows import COLUMNS, Reader, Row, Rows, add_reading

BATCH = 2000  # articles a transaction
JUDGED_BEFORE = "50_count.sql"  # the step that needs what series.judge says


@dataclass(frozen=True)
class Loaded:
    """What a load did, in numbers of articles and measures."""

    articles: int = 0
    measures: int = 0
    replaced: int = 0
    skipped: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


def load_readings(connection: Connection, readings: Iterable[Reading], reader: Reader) -> Loaded:
    """Load readings batch by batch; those that the database already holds word for word are skipped.

    Of two readings of one article in a batch the last one counts.
    """
    total = Loaded()
    for batch in _batches(readings):
        with transaction(connection):
            stage(
                connection,
                {reading.article.article_id: reading for reading in batch}.values(),
                reader,
            )
            total += replace_staged(connection, reader.run_id)
    return total


def stage(connection: Connection, readings: Iterable[Reading], reader: Reader) -> None:
    """Put readings into temporary tables named stage_*."""
    rows = Rows()
    for reading in readings:
        add_reading(rows, reading, reader)
    create_stage(connection)
    for table in COLUMNS:
        _append(connection, table, getattr(rows, table))


def create_stage(connection: Connection) -> None:
    """Make empty temporary tables like the real ones."""
    for table in COLUMNS:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE stage_{table} AS FROM {table} LIMIT 0")


def replace_staged(connection: Connection, run_id: str) -> Loaded:
    """Run the steps on what is staged, inside the caller's transaction; write the ledger row."""
    connection.execute("SET VARIABLE run_id = ?", [run_id])
    skip, *steps = sql_files("steps")
    connection.execute(skip.read_text("utf-8"))
    loaded = _counted(connection)
    if loaded.articles:
        corrections.apply_staged(connection)
        _run(connection, steps)
    connection.execute(
        "INSERT INTO load BY NAME SELECT ? AS run_id, ? AS articles, ? AS measures, ? AS replaced, ? AS skipped",
        [run_id, *astuple(loaded)],
    )
    return loaded


def retell(connection: Connection, articles: list[str]) -> None:
    """Tell anew the claims that stored articles touch, without reading the articles again."""
    _, replace, *steps = sql_files("steps")
    assert replace.name.startswith("10_"), "the step that replaces articles comes second"
    sql = files("warehouse").joinpath("reads/stored.sql").read_text("utf-8")
    connection.execute("SET VARIABLE articles = ?", [articles])
    connection.execute(sql)
    _run(connection, steps)


def _run(connection: Connection, steps: list[Traversable]) -> None:
    for step in steps:
        if step.name == JUDGED_BEFORE:
            count_tangled(connection)
        connection.execute(step.read_text("utf-8"))


def _counted(connection: Connection) -> Loaded:
    sql = files("warehouse").joinpath("reads/staged.sql").read_text("utf-8")
    [counts] = all_rows(connection, sql)
    return Loaded(*counts)


def _append(connection: Connection, table: str, rows: list[Row]) -> None:
    if rows:
        with connection.appender(f"stage_{table}", columns=list(COLUMNS[table])) as appender:
            appender.append_rows(rows)


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    iterator = iter(readings)
    while batch := list(islice(iterator, BATCH)):
        yield batch
