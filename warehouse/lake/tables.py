"""The tables of a lake: made once, whoever comes first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files

import duckdb

from transforms.errors import WarehouseError
from warehouse.connection import MEMORY, Connection, all_rows, connect, migrate, run
from warehouse.lake.place import Place, attach, plainly
from warehouse.rows import COLUMNS

TRIES = 5  # of those who make the tables at the same moment
LAST = "telling"  # the table that is made last
NAMES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'"


@contextmanager
def opened(place: Place, *, read_only: bool = False) -> Iterator[Connection]:
    """Open a database in memory with the lake attached to it."""
    with connect(MEMORY, read_only=False) as connection:
        migrate(connection, comments=False)
        attach(connection, place, read_only=read_only)
        with plainly(place):
            yield connection


def make_tables(connection: Connection) -> None:
    """Make what the lake does not have yet."""
    for _ in range(TRIES):
        if (LAST,) in all_rows(connection, NAMES):
            _add_columns(connection)
            return
        with suppress(duckdb.TransactionException), one_commit(connection):
            for table, columns in COLUMNS.items():
                connection.execute(
                    f"CREATE TABLE IF NOT EXISTS lake.{table} AS"  # noqa: S608 - our own names
                    f" SELECT {listed(columns)}, '' AS load_id FROM main.{table} LIMIT 0"
                ).fetchall()
            run(connection, sql_of("tables"))
    raise WarehouseError("the tables of the lake cannot be made: another does so; try again")


def _add_columns(connection: Connection) -> None:
    """Give the claims of an older lake the columns that claims have today."""
    sql = (
        "SELECT column_name, data_type FROM duckdb_columns()"
        " WHERE database_name = ? AND table_name = ?"
    )
    held = dict(all_rows(connection, sql, ["lake", "claim"]))
    [(here,)] = all_rows(connection, "SELECT current_database()")
    for name, kind in all_rows(connection, sql, [here, "claim"]):
        if name not in held:
            connection.execute(f'ALTER TABLE lake.claim ADD COLUMN "{name}" {kind}').fetchall()


@contextmanager
def one_commit(connection: Connection) -> Iterator[None]:
    """All of the block in one commit of the lake, or none of it."""
    connection.execute("BEGIN").fetchall()
    try:
        yield
        connection.execute("COMMIT").fetchall()
    except BaseException:
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise


def listed(columns: tuple[str, ...]) -> str:
    """Return names of columns as SQL."""
    return ", ".join(f'"{column}"' for column in columns)


def sql_of(name: str) -> str:
    """Return the text of a statement of this folder."""
    return files("warehouse").joinpath(f"lake/sql/{name}.sql").read_text("utf-8")
