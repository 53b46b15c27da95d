"""Replace whole articles in one transaction a batch, and tell anew the claims that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from transforms.model import Reading
from warehouse.connection import Connection, all_rows, sql_files, transaction
from warehouse.counting import count_tangled
from warehouse.rows import COLUMNS, Reader, Row, Rows, add_reading

BATCH = 2000  # articles a transaction


@dataclass(frozen=True)
class Loaded:
    """What a load did."""

    articles: int = 0
    measures: int = 0
    replaced: int = 0
    skipped: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.articles + other.articles,
            self.measures + other.measures,
            self.replaced + other.replaced,
            self.skipped + other.skipped,
        )


def load_readings(connection: Connection, readings: Iterable[Reading], reader: Reader) -> Loaded:
    """Load readings batch by batch; those that the database already holds word for word are skipped."""
    total = Loaded()
    for batch in _batches(readings):
        fresh = _unknown(connection, batch, reader)
        total += Loaded(skipped=len(batch) - len(fresh))
        if fresh:
            with transaction(connection):
                stage(connection, fresh, reader)
                total += replace_staged(connection, reader)
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


def replace_staged(connection: Connection, reader: Reader) -> Loaded:
    """Run the steps on what is staged, inside the caller's transaction."""
    connection.execute("SET VARIABLE run_id = ?", [reader.run_id])
    [(articles, measures)] = all_rows(
        connection, "SELECT count(*), coalesce(sum(measures), 0) FROM stage_article"
    )
    [(replaced,)] = all_rows(
        connection, "SELECT count(*) FROM article SEMI JOIN stage_article USING (article_id)"
    )
    for step in sql_files("steps"):
        if step.name == "50_count.sql":
            count_tangled(connection)
        connection.execute(step.read_text("utf-8"))
    return Loaded(articles, int(measures), replaced)


def _append(connection: Connection, table: str, rows: list[Row]) -> None:
    if rows:
        with connection.appender(f"stage_{table}", columns=list(COLUMNS[table])) as appender:
            appender.append_rows(rows)


def _unknown(connection: Connection, batch: list[Reading], reader: Reader) -> list[Reading]:
    """Leave out what the database already holds, read by the same rules."""
    digests = {reading.article.article_id: (add_reading(Rows(), reading, reader), reading) for reading in batch}
    held = dict(
        all_rows(
            connection,
            "SELECT article_id, content_sha256 FROM article WHERE article_id IN (SELECT unnest(?::VARCHAR[]))"
            " AND extractor_version = ? AND lexicon_hash = ?",
            [list(digests), reader.extractor_version, reader.lexicon_hash],
        )
    )
    return [reading for key, (digest, reading) in digests.items() if held.get(key) != digest]


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    iterator = iter(readings)
    while batch := list(islice(iterator, BATCH)):
        yield batch
