"""A lake for reading: its tables as they are told now, under the views of the warehouse."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path

from transforms.errors import UsageError, WarehouseError
from warehouse.connection import Connection, all_rows, run, sql_files
from warehouse.lake.place import Place
from warehouse.lake.tables import LAST, NAMES, opened
from warehouse.store import Warehouse

# What reaches past the tables, though it is a SELECT.
OUTSIDE = re.compile(
    r"(?i)postgres_|__ducklake|\bquery(_table)?\s{0,9}\(|\bglob\s{0,9}\(|\bread_\w"
)
LATEST = ("article", "measure", "programme_mention", "mention", "case_notice", "claim", "summary")
BESIDE = ("measure_history", "repeat", "failure", "part", "reading", "snapshot")


class Lake(Warehouse):
    """The verbs of a warehouse that only read, over a lake."""

    def __init__(self, place: Place) -> None:
        self.path, self.read_only, self._locked_in = place.shown, True, False
        with ExitStack() as stack:
            self.connection = stack.enter_context(opened(place, read_only=True))
            if (LAST,) not in all_rows(self.connection, NAMES):
                raise WarehouseError(f"nothing was loaded into the lake at {place.shown} yet")
            _look_at_lake(self.connection)
            self._stack = stack.pop_all()

    def _lock_in(self, sql: str, written: Path | None = None) -> None:
        """Leave to anybody's SELECT the tables and views, and nothing beside them."""
        if OUTSIDE.search(sql):
            raise UsageError("only the tables and views of the lake can be read")
        if not self._locked_in:
            [(where,)] = all_rows(
                self.connection, "SELECT data_path FROM ducklake_settings('lake')"
            )
            self.connection.execute("SET allowed_directories = ?", [[where]]).fetchall()
        super()._lock_in(sql, written)


def _look_at_lake(connection: Connection) -> None:
    for table in LATEST + BESIDE:
        connection.execute(f"DROP TABLE main.{table}").fetchall()
    for folder in ("lake/latest", "views"):
        for file in sql_files(folder):
            run(connection, file.read_text("utf-8"))
