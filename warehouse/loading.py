"""Replace whole articles in one transaction a batch, and tell anew the claims that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import astuple, dataclass
from importlib.resources import files
from itertools import islice

from transforms.model import Reading
from warehouse import corrections
from warehouse.appending import append_rows
from warehouse.connection import (
    Connection,
    add_sums,
    all_rows,
    run,
    sql_files,
    transaction,
)
from warehouse.counting import Judged, judge_cells, tangled_claims, write_verdicts
from warehouse.repeats import find_repeats
from warehouse.rows import CARRIED, COLUMNS, Reader, Row, Rows, add_reading, staged_columns

BATCH = 2000  # articles a transaction
ROWS_A_SHARE = 125_000  # measures whose claims are told at once
STANDING_A_SHARE = 60_000  # claims of touched cells that are judged at once
SIZES = "SELECT (SELECT count(*) FROM said), (SELECT count(*) FROM standing_claim)"
CORRECTED_AFTER = "10_skip.sql"


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
        last = {reading.article.article_id: reading for reading in batch}
        stage(connection, last.values(), reader)
        total += replace_staged(connection, reader.run_id)
    return total


def stage(connection: Connection, readings: Iterable[Reading], reader: Reader) -> None:
    """Put readings into temporary tables named stage_*."""
    rows = Rows()
    for reading in readings:
        add_reading(rows, reading, reader)
    create_stage(connection)
    for table in COLUMNS:
        append_rows(connection, f"stage_{table}", getattr(rows, table), staged_columns(table))


def create_stage(connection: Connection) -> None:
    """Make empty temporary tables like the real ones."""
    for table in COLUMNS:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE stage_{table} AS FROM {table} LIMIT 0"
        ).fetchall()
        for column, kind in CARRIED.get(table, {}).items():
            connection.execute(f"ALTER TABLE stage_{table} ADD COLUMN {column} {kind}").fetchall()


def replace_staged(connection: Connection, run_id: str, parts: Sequence[Row] = ()) -> Loaded:
    """Put what is staged, and not known word for word, in the place of what was stored.

    Everything is worked out first, in temporary tables; one transaction then writes it, with the
    ledger row and the rows of `parts`.
    """
    begin(connection, run_id)
    for step in sql_files("preparing"):
        run(connection, step.read_text("utf-8"))
        if step.name == CORRECTED_AFTER:
            corrections.apply_staged(connection)
    loaded = Loaded(*all_rows(connection, _text("reads/staged.sql"))[0])
    if loaded.articles:
        find_repeats(connection)
        tell(connection)
    with transaction(connection):
        if loaded.articles:
            write(connection)
            run(connection, _text("reads/write_repeats.sql"))
        connection.execute(
            "INSERT INTO load BY NAME SELECT ? AS run_id, ? AS articles, ? AS measures,"
            " ? AS replaced, ? AS skipped",
            [run_id, *astuple(loaded)],
        ).fetchall()
        for part in parts:
            connection.execute("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)", part).fetchall()
    return loaded


def begin(connection: Connection, run_id: str | None) -> None:
    """Make the notebooks in which is written down what will be written."""
    connection.execute("SET VARIABLE run_id = ?", [run_id]).fetchall()
    run(connection, _text("reads/notebooks.sql"))


def write(connection: Connection) -> None:
    """Write what was worked out, inside the caller's transaction."""
    for step in sql_files("writing"):
        run(connection, step.read_text("utf-8"))
    [(claims,)] = all_rows(connection, _text("reads/touched_claims.sql"))
    add_sums(connection, claims)


def suppress(connection: Connection, rows: Sequence[Row]) -> int:
    """Store the withdrawn articles, which are in no fact; return how many of them changed."""
    before = {article for (article,) in all_rows(connection, "SELECT article_id FROM suppress")}
    after = {str(row[0]) for row in rows}
    begin(connection, None)
    create_stage(connection)
    run(connection, _text("reads/no_correction.sql"))
    connection.execute("DELETE FROM withdrawn").fetchall()
    append_rows(connection, "withdrawn", [(article,) for article in sorted(after)])
    connection.execute("SET VARIABLE articles = ?", [sorted(before ^ after)]).fetchall()
    run(connection, _text("reads/stored.sql"))
    tell(connection)
    with transaction(connection):
        connection.execute("DELETE FROM suppress").fetchall()
        append_rows(connection, "suppress", list(rows))
        write(connection)
    return len(before ^ after)


def correct(connection: Connection, rows: Iterable[corrections.Correction]) -> set[str]:
    """Store corrections in place of the old ones, applied to the articles stored.

    Return the articles that changed.
    """
    changed = corrections.stage_corrections(connection, rows)
    begin(connection, None)
    create_stage(connection)
    for table in COLUMNS:
        connection.execute(
            f"INSERT INTO stage_{table} BY NAME FROM {table} WHERE article_id"
            " IN (SELECT unnest(?::VARCHAR[]))",
            [sorted(changed)],
        ).fetchall()
    corrections.restore_extracted(connection)
    corrections.apply_staged(connection, "new_correction")
    run(connection, _text("preparing/20_fresh.sql"))
    tell(connection)
    with transaction(connection):
        run(connection, _text("reads/keep_corrections.sql"))
        write(connection)
    return changed


def tell(connection: Connection) -> None:
    """Tell the claims of every series and year that is touched, some cells at a time.

    While the database tells the claims of one share, those of the share before are judged.
    """
    for step in sql_files("affecting"):
        run(connection, step.read_text("utf-8"))
    [(rows, standing)] = all_rows(connection, SIZES)
    shares = 1 + max(rows // ROWS_A_SHARE, standing // STANDING_A_SHARE)
    with ThreadPoolExecutor(1) as judges:
        judged: Future[Judged] | None = None
        for told in _shares(connection, shares):
            if judged:
                write_verdicts(connection, judged.result())
            judged = judges.submit(judge_cells, told)
        if judged:
            write_verdicts(connection, judged.result())
    for step in sql_files("implying"):
        run(connection, step.read_text("utf-8"))


def _shares(connection: Connection, shares: int) -> Iterator[list[Row]]:
    """Tell the claims share by share; yield those of each that must be judged."""
    steps = [step.read_text("utf-8") for step in sql_files("telling")]
    connection.execute("SET VARIABLE shares = ?", [shares]).fetchall()
    for share in range(shares):
        connection.execute("SET VARIABLE share = ?", [share]).fetchall()
        for step in steps:
            run(connection, step)
        yield tangled_claims(connection)


def _text(name: str) -> str:
    return files("warehouse").joinpath(name).read_text("utf-8")


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    iterator = iter(readings)
    while batch := list(islice(iterator, BATCH)):
        yield batch
