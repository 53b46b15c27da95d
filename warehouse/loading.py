"""Replace whole articles in one transaction a batch, and tell anew the claims that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from importlib.resources import files
from itertools import islice

from transforms.model import Reading
from warehouse import corrections
from warehouse.connection import Connection, all_rows, sql_files, transaction
from warehouse.counting import count_tangled
from warehouse.rows import COLUMNS, Reader, Row, Rows, add_reading

BATCH = 2000  # articles a transaction
ROWS_A_SHARE = 100_000  # measures whose claims are told at once
JUDGED_BEFORE = "40_count.sql"  # the step that needs what series.judge says


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
    """Load readings batch by batch.

    Those that the database already holds word for word are skipped.

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
    """Replace the articles that are staged and tell their claims.

    Inside the caller's transaction.
    """
    begin(connection, run_id)
    loaded = write_staged(connection, run_id)
    if loaded.articles:
        tell(connection)
    return loaded


def begin(connection: Connection, run_id: str | None) -> None:
    """Make the notebooks in which a transaction writes down what it touches."""
    connection.execute("SET VARIABLE run_id = ?", [run_id])
    connection.execute(_text("reads/notebooks.sql"))


def write_staged(connection: Connection, run_id: str) -> Loaded:
    """Put what is staged, and not known word for word, in the place of what was stored.

    Write the ledger row.
    """
    skip, replace = sql_files("replacing")
    connection.execute(skip.read_text("utf-8"))
    loaded = Loaded(*all_rows(connection, _text("reads/staged.sql"))[0])
    if loaded.articles:
        corrections.apply_staged(connection)
        connection.execute(replace.read_text("utf-8"))
    connection.execute(
        "INSERT INTO load BY NAME SELECT ? AS run_id, ? AS articles, ? AS measures,"
        " ? AS replaced, ? AS skipped",
        [run_id, *astuple(loaded)],
    )
    return loaded


def retell(connection: Connection, articles: list[str]) -> None:
    """Tell anew the claims that stored articles touch, without reading the articles again."""
    begin(connection, None)
    connection.execute("SET VARIABLE articles = ?", [articles])
    connection.execute(_text("reads/stored.sql"))
    tell(connection)


def correct(connection: Connection, rows: Iterable[corrections.Correction]) -> set[str]:
    """Store corrections in place of the old ones and apply them to the articles stored.

    Return these articles.
    """
    with transaction(connection):
        changed = corrections.replace_corrections(connection, rows)
        begin(connection, None)
        create_stage(connection)
        for table in COLUMNS:
            connection.execute(
                f"INSERT INTO stage_{table} FROM {table} WHERE article_id"
                " IN (SELECT unnest(?::VARCHAR[]))",
                [sorted(changed)],
            )
        corrections.restore_extracted(connection)
        corrections.apply_staged(connection)
        _, replace = sql_files("replacing")
        connection.execute(replace.read_text("utf-8"))
        tell(connection)
    return changed


def tell(connection: Connection) -> None:
    """Tell the claims of every series and year that the transaction touched.

    Some cells at a time.
    """
    for step in sql_files("affecting"):
        connection.execute(step.read_text("utf-8"))
    [(rows,)] = all_rows(connection, "SELECT count(*) FROM said")
    shares = 1 + rows // ROWS_A_SHARE
    steps = sql_files("telling")
    for share in range(shares):
        connection.execute("SET VARIABLE shares = ?", [shares])
        connection.execute("SET VARIABLE share = ?", [share])
        for step in steps:
            if step.name == JUDGED_BEFORE:
                count_tangled(connection)
            connection.execute(step.read_text("utf-8"))


def _text(name: str) -> str:
    return files("warehouse").joinpath(name).read_text("utf-8")


def _append(connection: Connection, table: str, rows: list[Row]) -> None:
    if rows:
        with connection.appender(f"stage_{table}", columns=list(COLUMNS[table])) as appender:
            appender.append_rows(rows)


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    iterator = iter(readings)
    while batch := list(islice(iterator, BATCH)):
        yield batch
