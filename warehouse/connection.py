"""Open the database file, bring it to the newest schema, and run statements on it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import duckdb

from transforms.errors import BusyError, DiskError, SchemaError, WarehouseError
from warehouse import references

MEMORY = ":memory:"
# Files are written so that DuckDB 1.5, and the tools built on it, can read them.
STORAGE = {"storage_compatibility_version": "v1.5.0"}
LIMITS = {"memory_limit": "600MB", "preserve_insertion_order": "false"}
CLAIMS_A_SHARE = 200_000  # summed at once; all at once do not fit in the memory above
SHARED_CLAIM = "FROM claim WHERE cell_key % getvariable('shares') = getvariable('share')"
FULL = re.compile(r"No space left|File too large|Could not write|[Dd]isk quota|out of disk space")
Connection = duckdb.DuckDBPyConnection
OutOfMemoryError = duckdb.OutOfMemoryException


def sql_files(folder: str) -> list[Traversable]:
    """Return the .sql files of a folder of this package, by name."""
    found = [
        item for item in files("warehouse").joinpath(folder).iterdir() if item.name.endswith(".sql")
    ]
    return sorted(found, key=lambda item: item.name)


def connect(path: str, *, read_only: bool, config: dict[str, str] | None = None) -> Connection:
    """Open the file; raise BusyError that names the holder, WarehouseError with a way out."""
    settings: dict[str, Any] = {**LIMITS, **(config or {}), **({} if read_only else STORAGE)}
    try:
        connection = duckdb.connect(path, read_only=read_only, config=settings)
    except duckdb.IOException as error:
        raise _opening_error(path, str(error)) from None
    except duckdb.Error as error:
        if "WAL" in str(error):
            raise _opening_error(path, str(error)) from None
        raise WarehouseError(f"cannot open {path}: {_first_line(error)}") from None
    # It would stand in the midst of what a slow question prints.
    connection.execute("SET enable_progress_bar = false").fetchall()
    return connection


def migrate(connection: Connection, *, comments: bool = True) -> None:
    """Apply the migrations that are missing.

    Each in a transaction, then views, comments and references.
    """
    check_schema(connection)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migration (name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL)"
    )
    applied = dict(connection.execute("SELECT name, sha256 FROM migration").fetchall())
    for file in sql_files("migrations"):
        if file.name not in applied:
            _apply(connection, file.name, file.read_text("utf-8"))
    if applied.get("views") != _views_digest():
        _replace_views(connection, comments=comments)
    references.refresh(connection)


def check_schema(connection: Connection) -> None:
    """Raise SchemaError where the file holds migrations that this program does not know."""
    tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    if ("migration",) not in tables:
        return
    known = {file.name for file in sql_files("migrations")} | {"views", "references"}
    applied = {name for (name,) in connection.execute("SELECT name FROM migration").fetchall()}
    if applied - known:
        newest = max(applied - known)
        raise SchemaError(f"the database has the newer schema {newest}; update qinqing to use it")


def check_complete(connection: Connection) -> None:
    """Raise SchemaError where the file lacks what this program reads: older, or not ours."""
    tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    if ("migration",) not in tables:
        raise SchemaError("the file is no database of qinqing; name another with --database")
    applied = {name for (name,) in connection.execute("SELECT name FROM migration").fetchall()}
    if missing := {file.name for file in sql_files("migrations")} - applied:
        raise SchemaError(
            f"the database has an older schema, without {min(missing)};"
            " run `qinqing reprocess` once to bring it up to date"
        )


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of the block, or none of it; raise DiskError where the disk is full."""
    connection.execute("BEGIN").fetchall()
    try:
        yield
        connection.execute("COMMIT").fetchall()
    except BaseException as error:
        with suppress(duckdb.Error):  # a commit that failed has rolled back already
            connection.execute("ROLLBACK")
        if isinstance(error, duckdb.Error) and FULL.search(str(error)):
            raise DiskError(
                f"nothing was written: {_first_line(error)};"
                " free some space, then the same command goes on"
            ) from None
        raise


def run(connection: Connection, sql: str) -> None:
    """Run statements one by one, each to its end: a result left open may outlive what it reads."""
    for statement in connection.extract_statements(sql):
        connection.execute(statement).fetchall()


def add_sums(connection: Connection, claims: int) -> None:
    """Sum so many claims, those of the view summed_claim, share by share."""
    shares = 1 + claims // CLAIMS_A_SHARE
    connection.execute("SET VARIABLE shares = ?", [shares]).fetchall()
    for share in range(shares):
        connection.execute("SET VARIABLE share = ?", [share]).fetchall()
        run(connection, "INSERT INTO summary BY NAME FROM summed('summed_claim')")


def _apply(connection: Connection, name: str, sql: str) -> None:
    with transaction(connection):
        run(connection, sql)
        connection.execute("INSERT INTO migration VALUES (?, ?)", [name, _digest(sql)]).fetchall()


def _replace_views(connection: Connection, *, comments: bool) -> None:
    run(connection, "CREATE OR REPLACE TEMP VIEW summed_claim AS " + SHARED_CLAIM)
    [(claims,)] = all_rows(connection, "SELECT count(*) FROM claim")
    with transaction(connection):
        for file in sql_files("views"):
            run(connection, file.read_text("utf-8"))
        connection.execute("DELETE FROM summary").fetchall()
        add_sums(connection, claims)
        if comments:
            references.comment(connection)
        connection.execute("DELETE FROM migration WHERE name = 'views'")
        connection.execute("INSERT INTO migration VALUES ('views', ?)", [_views_digest()])
    run(connection, "DROP VIEW summed_claim")


def _views_digest() -> str:
    texts = [file.read_text("utf-8") for file in (*sql_files("views"), references.comments_file())]
    return _digest("\n".join(texts))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _opening_error(path: str, message: str) -> WarehouseError:
    holder = re.search(r"PID (\d{1,9})", message)
    if "lock" in message and holder:
        return BusyError(
            f"{Path(path).name} is held by process {holder[1]}; close it there and try again"
        )
    if "WAL" in message:
        return DiskError(f"the log of {Path(path).name} is damaged: run `qinqing doctor --repair`")
    if "does not exist" in message:
        return WarehouseError(
            f"there is no database at {path}; run `qinqing run` or `qinqing ingest` first"
        )
    return WarehouseError(f"cannot open {path}: {message.splitlines()[0]}")


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0]


def all_rows(
    connection: Connection, sql: str, parameters: list[Any] | dict[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    """Run one statement and fetch everything: an open result would block the next statement."""
    return connection.execute(sql, parameters or []).fetchall()
