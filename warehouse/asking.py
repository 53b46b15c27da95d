"""Ask the warehouse: anybody's SQL, locked in and limited, and our named queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

from transforms.errors import UsageError, WarehouseError
from warehouse.connection import Connection, sql_files

LOCKS = (
    "SET enable_external_access = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET lock_configuration = true",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Names of columns and rows; `truncated` says that there were more rows than the limit."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool = False

    def __iter__(self) -> Iterator[Any]:
        """Let `columns, rows = answer` be written."""
        return iter((self.columns, self.rows))


def lock_in(connection: Connection, written: Path | None = None) -> None:
    """Take files, but one to be written, network, extensions and settings away, for good."""
    if written:
        connection.execute("SET allowed_paths = ?", [[str(written)]]).fetchall()
    for statement in LOCKS:
        connection.execute(statement)


def ask(connection: Connection, sql: str, limit: int, timeout: float) -> Answer:
    """Run one SELECT; raise UsageError for anything else.

    WarehouseError for bad SQL or too long a run.
    """
    check_select(connection, sql)
    with _time_limit(connection, timeout):
        connection.execute(sql)
        columns = tuple(column[0] for column in connection.description or ())
        rows = connection.fetchmany(limit + 1)
        connection.execute("SELECT 1").fetchall()  # closes the result that is still open
    return Answer(columns, rows[:limit], len(rows) > limit)


def check_select(connection: Connection, sql: str) -> None:
    """Raise UsageError for what is not one SELECT, WarehouseError for bad SQL."""
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise WarehouseError(_line(error)) from None
    if len(statements) != 1 or statements[0].type not in {
        duckdb.StatementType.SELECT,
        duckdb.StatementType.EXPLAIN,
    }:
        raise UsageError("one SELECT statement, please; the database is open for reading only")


def named_sql(name: str) -> str:
    """Return the text of warehouse/queries/<name>.sql.

    Raise UsageError that lists what there is.
    """
    if name not in query_names():
        raise UsageError(f"there is no query {name!r}; there are: {', '.join(query_names())}")
    return files("warehouse").joinpath(f"queries/{name}.sql").read_text("utf-8")


def query_names() -> list[str]:
    """Return the names of the named queries."""
    return [file.name.removesuffix(".sql") for file in sql_files("queries")]


def named(connection: Connection, name: str) -> Answer:
    """Run a named query and fetch everything."""
    connection.execute(named_sql(name))
    columns = tuple(column[0] for column in connection.description or ())
    return Answer(columns, connection.fetchall())


@contextmanager
def _time_limit(connection: Connection, seconds: float) -> Iterator[None]:
    timer = Timer(seconds, connection.interrupt)
    timer.start()
    try:
        yield
    except duckdb.InterruptException:
        raise WarehouseError(
            f"stopped after {seconds:g} s; narrow the query or raise --timeout"
        ) from None
    except duckdb.Error as error:
        raise WarehouseError(_line(error)) from None
    finally:
        timer.cancel()


def _line(error: BaseException) -> str:
    return " ".join(str(error).split("\n\n")[0].split())
