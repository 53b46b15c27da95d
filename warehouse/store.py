"""Open the warehouse, load into it, audit it and ask it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from transforms.model import Reading
from transforms.version import EXTRACTOR, lexicon_hash
from warehouse.connection import MEMORY, Connection, all_rows, check_schema, connect, migrate, sql_files
from warehouse.loading import Loaded, load_readings
from warehouse.locks import WriterLock
from warehouse.rows import Reader


class Warehouse:
    """A DuckDB file at the newest schema; `with Warehouse(path) as warehouse:`.

    A writer holds a lock file beside the database; raises BusyError (who holds it) and SchemaError
    (the file is newer than this program).
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = str(path)
        self.read_only = read_only
        with ExitStack() as stack:
            if not read_only and self.path != MEMORY:
                Path(self.path).parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(WriterLock(Path(self.path)))
            self.connection: Connection = connect(self.path, read_only=read_only)
            stack.callback(self.connection.close)
            if read_only:
                check_schema(self.connection)
            else:
                migrate(self.connection)
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def load(self, readings: Iterable[Reading], *, run_id: str, extractor_version: str = EXTRACTOR) -> Loaded:
        """Put readings in the place of what was stored of their articles; loading twice changes nothing."""
        return load_readings(self.connection, readings, Reader(run_id, extractor_version, lexicon_hash()))

    def audit(self) -> dict[str, list[tuple[Any, ...]]]:
        """Run every audit; return the offenders of those that found any."""
        found = {
            file.name.removesuffix(".sql"): all_rows(self.connection, file.read_text("utf-8"))
            for file in sql_files("audits")
        }
        return {name: rows for name, rows in found.items() if rows}
