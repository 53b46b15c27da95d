"""Append finished parts to a lake: any number of loaders at once, a part is in it or not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from transforms.errors import WarehouseError
from warehouse.appending import append_rows
from warehouse.connection import Connection, all_rows, run
from warehouse.lake.place import Place
from warehouse.lake.tables import listed, make_tables, one_commit, opened, sql_of
from warehouse.rows import COLUMNS

PARTS_AT_ONCE = 200  # of 200 pages: in one commit, so that files do not get small


@dataclass(frozen=True, slots=True)
class Appended:
    """What an appending did; `known` parts were in the lake before."""

    parts: int = 0
    known: int = 0
    articles: int = 0
    measures: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A part as it lies in its folder, under the name of its appending."""

    name: str
    path: str
    sha256: str
    bytes: int
    articles: int
    measures: int
    written_at: datetime
    load_id: str = field(default_factory=lambda: uuid4().hex)


def append_parts(place: Place, folder: str) -> Appended:
    """Append the finished parts of a folder or address that the lake does not hold by name.

    Raises WarehouseError where there are none, or one is not what was written.
    """
    with opened(place) as connection:
        make_tables(connection)
        beside = _finished(connection, folder)
        known = {name for (name,) in all_rows(connection, "SELECT part FROM lake.part")}
        new = sorted(beside.keys() - known)
        done = [
            part
            for first in range(0, len(new), PARTS_AT_ONCE)
            for part in _append(connection, folder, new[first : first + PARTS_AT_ONCE], beside)
        ]
    counts = (sum(part.articles for part in done), sum(part.measures for part in done))
    return Appended(len(done), len(beside) - len(new), *counts)


def _finished(connection: Connection, folder: str) -> dict[str, dict[str, Any]]:
    """Return by part what was written beside it when it was finished."""
    where = folder.rstrip("/") + "/part-*.failures.json"
    if not all_rows(connection, "SELECT file FROM glob(?) LIMIT 1", [where]):
        raise WarehouseError(f"there is no part in {folder}; a run of qinqing leaves its parts")
    rows = all_rows(connection, sql_of("beside"), [where])
    return {part: json.loads(content) for part, content in rows}


def _append(
    connection: Connection, folder: str, names: list[str], beside: Mapping[str, dict[str, Any]]
) -> list[Found]:
    paths = [f"{folder.rstrip('/')}/{name}" for name in names]
    for name, sha256 in all_rows(connection, sql_of("sums"), {"paths": paths}):
        if sha256 != beside[name]["sha256"]:
            raise WarehouseError(f"the part {name} is damaged: read its pages again")
    found = [Found(*row) for row in all_rows(connection, sql_of("described"), {"paths": paths})]
    run(connection, sql_of("fresh"))
    append_rows(connection, "fresh_part", [_row(part) for part in found])
    append_rows(connection, "fresh_failure", list(_failures(found, beside)))
    with one_commit(connection):
        for table, columns in COLUMNS.items():
            _append_table(connection, table, columns, found)
        run(connection, sql_of("append"))
    return found


def _append_table(
    connection: Connection, table: str, columns: tuple[str, ...], found: list[Found]
) -> None:
    paths, loads = [part.path for part in found], [part.load_id for part in found]
    connection.execute(
        f"INSERT INTO lake.{table} BY NAME SELECT {listed(columns)},"  # noqa: S608 - our own names
        " list_extract($loads, list_position($paths, filename)::BIGINT) AS load_id"
        " FROM read_parquet($paths, filename = true) WHERE record = $record",
        {"paths": paths, "loads": loads, "record": table},
    ).fetchall()


def _row(part: Found) -> tuple[object, ...]:
    counts = (part.bytes, part.articles, part.measures)
    return (part.name, part.sha256, *counts, part.written_at, part.load_id)


def _failures(
    found: list[Found], beside: Mapping[str, dict[str, Any]]
) -> Iterator[tuple[object, ...]]:
    """Give rows of the table `failure`, in the order of its columns."""
    names = ("url", "article_id", "stage", "cause", "detail", "snapshot_sha256")
    for part in found:
        for failure in beside[part.name]["failures"]:
            yield (*(failure[name] for name in names), None, part.load_id)
