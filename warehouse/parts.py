"""Write readings as one immutable Parquet part, and load parts.

The way from many workers to one loader.

A part holds the rows of all tables, told apart by the column `record`; its name is the digest of
what it says, so that a worker that runs twice writes the same file twice.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Protocol, TypeVar

import duckdb

from transforms.errors import WarehouseError
from transforms.model import Reading
from warehouse.connection import Connection, all_rows, run, sql_files
from warehouse.loading import Loaded, create_stage, replace_staged, stage
from warehouse.rows import COLUMNS, Reader, staged_columns

ROWS_A_GROUP = 1_000_000  # measures a transaction


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file and what it holds."""

    path: Path
    sha256: str
    bytes: int
    articles: int
    measures: int


class Sized(Protocol):
    """Whatever says how many measures it holds."""

    @property
    def measures(self) -> int:
        """How many measures it holds."""


AnyPart = TypeVar("AnyPart", bound=Sized)


def write_part(readings: Iterable[Reading], path: Path, reader: Reader) -> Part:
    """Write one Parquet file by temporary file and rename.

    A folder as `path` gets a name from the content.
    """
    unique = {reading.article.article_id: reading for reading in readings}
    with _desk() as connection:
        stage(connection, unique.values(), reader)
        target = path / f"part-{_content_digest(connection)}.parquet" if path.is_dir() else path
        temporary = target.with_name(f".{target.name}.{os.getpid()}")
        connection.execute(_copy_sql(), [str(temporary)]).fetchall()
        [(articles,)] = all_rows(connection, "SELECT count(*) FROM stage_article")
        [(measures,)] = all_rows(connection, "SELECT count(*) FROM stage_measure")
    temporary.replace(target)
    return Part(target, file_sha256(target), target.stat().st_size, articles, measures)


class _Desk(threading.local):
    """An empty database of each thread's own, kept: opening one costs as much as a part."""

    connection: Connection | None = None


_DESK = _Desk()


@contextmanager
def _desk() -> Iterator[Connection]:
    """Lend the thread's database; one on which something failed is not lent again."""
    connection = _DESK.connection or _opened()
    _DESK.connection = None
    yield connection
    _DESK.connection = connection


def _opened() -> Connection:
    connection = duckdb.connect(config={"threads": "1"})
    for file in sql_files("migrations"):
        run(connection, file.read_text("utf-8"))
    return connection


def load_parts(connection: Connection, paths: Sequence[Path], run_id: str) -> Loaded:
    """Load the parts that the ledger does not hold, several a transaction.

    Raise WarehouseError for a torn file.
    """
    held = {sha256 for (sha256,) in all_rows(connection, "SELECT sha256 FROM part")}
    described = (_described(connection, Path(path)) for path in paths)
    wanted = {part.sha256: part for part in described if part.sha256 not in held}
    total = Loaded()
    for group in grouped(list(wanted.values()), ROWS_A_GROUP):
        _stage_parts(connection, group)
        rows = [(p.path.name, p.sha256, p.bytes, p.articles, p.measures, run_id) for p in group]
        total += replace_staged(connection, run_id, rows)
    return total


def grouped(parts: Iterable[AnyPart], most: int) -> Iterator[list[AnyPart]]:
    """Put parts together that hold up to so many measures, in their order."""
    group: list[AnyPart] = []
    for part in parts:
        if group and sum(held.measures for held in group) + part.measures > most:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _content_digest(connection: Connection) -> str:
    rows = all_rows(
        connection,
        "SELECT article_id, content_sha256, extractor_version FROM stage_article ORDER BY 1",
    )
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def _copy_sql() -> str:
    return files("warehouse").joinpath("reads/write_part.sql").read_text("utf-8")


def _described(connection: Connection, path: Path) -> Part:
    """Count what a part holds; a torn or foreign file is an error."""
    sql = "SELECT record, count(*) FROM read_parquet(?) GROUP BY 1"
    try:
        counts = dict(all_rows(connection, sql, [str(path)]))
    except duckdb.Error as error:
        raise WarehouseError(
            f"{path.name} is no part that can be read: {str(error).splitlines()[0]}"
        ) from None
    return Part(
        path,
        file_sha256(path),
        path.stat().st_size,
        counts.get("article", 0),
        counts.get("measure", 0),
    )


def _stage_parts(connection: Connection, group: list[Part]) -> None:
    """Stage a group; of an article that stands in two of its parts the later part counts."""
    create_stage(connection)
    names = [str(part.path) for part in group]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_part AS"
        " SELECT article_id, max(list_position(?, filename)) AS place"
        " FROM read_parquet(?, filename = true) WHERE record = 'article' GROUP BY article_id",
        [names, names],
    ).fetchall()
    held = _held_columns(connection, names)
    for table in COLUMNS:
        listed = ", ".join(f'"{column}"' for column in staged_columns(table) if column in held)
        connection.execute(
            f"INSERT INTO stage_{table} BY NAME SELECT {listed}"  # noqa: S608 - our own names
            " FROM read_parquet(?, filename = true, union_by_name = true)"
            " WHERE record = ? AND (article_id, list_position(?, filename)) IN (FROM chosen_part)",
            [names, table, names],
        ).fetchall()


def _held_columns(connection: Connection, names: list[str]) -> set[str]:
    """Return the columns that some part has: those of an older version carry less than today's."""
    sql = "SELECT column_name FROM (DESCRIBE FROM read_parquet(?, union_by_name = true))"
    return {column for (column,) in all_rows(connection, sql, [names])}
