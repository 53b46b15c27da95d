"""Tell the claims of a lake: one database follows its parts, and what it tells is appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.appending import append_rows
from warehouse.connection import Connection, all_rows, run
from warehouse.lake.place import Place, attach, plainly
from warehouse.lake.tables import listed, make_tables, one_commit, sql_of
from warehouse.loading import Loaded, create_stage, replace_staged
from warehouse.parts import grouped
from warehouse.rows import COLUMNS

MEASURES_AT_ONCE = 250_000  # loaded in one transaction


@dataclass(frozen=True, slots=True)
class LakePart:
    """A part in the lake, and the appending of it that counts."""

    name: str
    sha256: str
    bytes: int
    articles: int
    measures: int
    load_id: str
    seq: int | None  # its place among those told, once it is told


def tell_claims(connection: Connection, place: Place, run_id: str) -> Loaded:
    """Load what the lake holds and this database does not; append the claims as they are told now.

    One commit shows readers of the lake the new parts together with their claims.
    """
    attach(connection, place, read_only=False)
    with plainly(place):
        return _follow(connection, run_id)


def _follow(connection: Connection, run_id: str) -> Loaded:
    make_tables(connection)
    wanted = [LakePart(*row) for row in all_rows(connection, sql_of("wanted"))]
    held = {name for (name,) in all_rows(connection, "SELECT part FROM main.part")}
    total = Loaded()
    fresh = [part for part in wanted if part.name not in held]
    for group in grouped(fresh, MEASURES_AT_ONCE):
        _stage(connection, [part.load_id for part in group])
        rows = [(p.name, p.sha256, p.bytes, p.articles, p.measures, run_id) for p in group]
        total += replace_staged(connection, run_id, rows)
    _publish(connection, [part for part in wanted if part.seq is None], len(wanted), run_id)
    return total


def _stage(connection: Connection, loads: Sequence[str]) -> None:
    create_stage(connection)
    connection.execute("SET VARIABLE loads = ?", [list(loads)]).fetchall()
    run(connection, sql_of("stage"))
    for table, columns in COLUMNS.items():
        connection.execute(
            f"INSERT INTO stage_{table} BY NAME SELECT {listed(columns)}"  # noqa: S608 - our own names
            f" FROM lake.{table} JOIN chosen_load USING (article_id, load_id)"
        ).fetchall()


def _publish(connection: Connection, fresh: Sequence[LakePart], parts: int, run_id: str) -> None:
    [(telling,)] = all_rows(connection, "SELECT coalesce(max(telling), 0) + 1 FROM lake.telling")
    connection.execute("SET VARIABLE telling = ?", [telling]).fetchall()
    connection.execute("SET VARIABLE run_id = ?", [run_id]).fetchall()
    run(connection, sql_of("changed"))
    first = parts - len(fresh)
    rows = [(p.name, p.load_id, first + number, telling) for number, p in enumerate(fresh)]
    append_rows(connection, "fresh_told", rows)
    with one_commit(connection):
        run(connection, sql_of("publish"))
