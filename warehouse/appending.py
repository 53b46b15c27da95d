"""Append rows of Python values to a table, whichever DuckDB is installed."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

ROWS_AT_ONCE = 5_000  # rows that are sent as one text


def append_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[Sequence[object]],
    columns: Sequence[str] | None = None,
) -> None:
    """Append rows to a table: by the appender where this DuckDB has one, else as JSON."""
    if not rows:
        return
    if hasattr(connection, "appender"):
        with connection.appender(table, columns=list(columns) if columns else None) as sink:
            sink.append_rows(rows)
    else:
        _append_as_json(connection, table, rows, columns)


def _append_as_json(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[Sequence[object]],
    columns: Sequence[str] | None,
) -> None:
    """Send the rows as texts: value by value this DuckDB looks for packages that are not there."""
    kinds = {row[0]: row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
    names = list(columns or kinds)
    form = json.dumps([{name: _form(kinds[name]) for name in names}])
    listed = ", ".join(f'"{name}"' for name in names)
    sql = f"INSERT INTO {table} ({listed}) SELECT unnest(from_json(?::JSON, ?), recursive := true)"
    for first in range(0, len(rows), ROWS_AT_ONCE):
        chunk = [dict(zip(names, row, strict=True)) for row in rows[first : first + ROWS_AT_ONCE]]
        connection.execute(sql, [json.dumps(chunk, default=str), form]).fetchall()


def _form(kind: str) -> object:
    return [kind.removesuffix("[]")] if kind.endswith("[]") else kind
