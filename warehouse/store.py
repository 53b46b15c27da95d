"""Open the warehouse, load into it, audit it and ask it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from transforms.errors import UsageError
from transforms.model import Reading
from transforms.version import EXTRACTOR, lexicon_hash
from warehouse import asking, exports, keeping, runs
from warehouse.asking import Answer
from warehouse.audited import all_audits
from warehouse.connection import (
    MEMORY,
    Connection,
    all_rows,
    check_complete,
    check_schema,
    connect,
    migrate,
)
from warehouse.corrections import Correction
from warehouse.loading import Loaded, correct, load_readings, suppress
from warehouse.locks import WriterLock
from warehouse.parts import load_parts
from warehouse.rows import Reader, civil


class Warehouse:
    """A DuckDB file at the newest schema; `with Warehouse(path) as warehouse:`.

    A writer holds a lock file beside the database. Raises BusyError (who holds it), SchemaError
    (the
    file is newer than this program), WarehouseError (it cannot be opened). `limits` are settings of
    DuckDB: how many threads and how much memory it takes.
    """

    def __init__(
        self, path: str | Path, *, read_only: bool = False, limits: dict[str, str] | None = None
    ) -> None:
        self.path = str(path)
        self.read_only = read_only
        self._locked_in = False
        with ExitStack() as stack:
            if not read_only and self.path != MEMORY:
                Path(self.path).parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(WriterLock(Path(self.path)))
            self.connection: Connection = connect(self.path, read_only=read_only, config=limits)
            stack.callback(self.connection.close)
            if read_only:
                check_schema(self.connection)
                check_complete(self.connection)
            else:
                migrate(self.connection, comments=self.path != MEMORY)
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

    def load(
        self, readings: Iterable[Reading], *, run_id: str, extractor_version: str = EXTRACTOR
    ) -> Loaded:
        """Put readings in the place of what was stored of their articles.

        Loading twice changes nothing.
        """
        return load_readings(
            self.connection, readings, Reader(run_id, extractor_version, lexicon_hash())
        )

    def load_parts(self, paths: Sequence[Path], *, run_id: str) -> Loaded:
        """Load Parquet parts; those that were loaded before are passed over."""
        return load_parts(self.connection, paths, run_id)

    def begin_run(
        self, run_id: str, *, kind: str = "ingest", started_at: datetime | None = None
    ) -> None:
        """Write the run's row, with the versions of the rules that read."""
        versions = {"extractor_version": EXTRACTOR, "lexicon_hash": lexicon_hash()}
        run = {"run_id": run_id, "kind": kind, "started_at": civil(started_at), **versions}
        runs.begin_run(self.connection, run)

    def finish_run(
        self,
        run_id: str,
        *,
        status: str = "done",
        finished_at: datetime | None = None,
        note: str | None = None,
    ) -> None:
        """Close the run's row with its counts."""
        runs.finish_run(self.connection, run_id, status, finished_at, note)

    def record_failures(self, failures: Iterable[runs.Failure], *, run_id: str) -> int:
        """Record pages that gave no article, each with its cause.

        A page that is read later loses its row.
        """
        return runs.record_failures(self.connection, failures, run_id)

    def record_snapshots(self, fetched: Iterable[runs.Fetched], *, run_id: str) -> int:
        """Record what was fetched, one row an address."""
        return runs.record_snapshots(self.connection, fetched, run_id)

    def known_snapshots(self, *, extractor_version: str = EXTRACTOR) -> set[str]:
        """Return the sha256 of every snapshot whose article was read by today's rules."""
        sql = (
            "SELECT snapshot_sha256 FROM article"
            " WHERE extractor_version = ? AND lexicon_hash = ? AND snapshot_sha256 IS NOT NULL"
        )
        return {
            sha256
            for (sha256,) in all_rows(self.connection, sql, [extractor_version, lexicon_hash()])
        }

    def known_pages(self, *, extractor_version: str = EXTRACTOR) -> set[tuple[str, str]]:
        """Return address and sha256 of every page that today's rules have read, articles only."""
        sql = files("warehouse").joinpath("reads/known_pages.sql").read_text("utf-8")
        return set(all_rows(self.connection, sql, [extractor_version, lexicon_hash()]))

    def correct(self, rows: Iterable[Correction]) -> set[str]:
        """Store corrections in place of the old ones and apply them.

        Return the articles that changed.

        Raises WarehouseError, and changes nothing, where a row fits no measure or another value.
        """
        return correct(self.connection, rows)

    def suppress(self, rows: Iterable[tuple[str, str, date]]) -> int:
        """Take the claims of withdrawn articles out of every fact: rows of article, reason, day.

        Return how many changed.
        """
        return suppress(self.connection, sorted({row[0]: row for row in rows}.values()))

    def unknown_articles(self, articles: Iterable[str]) -> list[str]:
        """Return those of the articles that the database does not hold, in their order."""
        wanted = list(dict.fromkeys(articles))
        sql = "SELECT article_id FROM article WHERE article_id IN (SELECT unnest(?::VARCHAR[]))"
        held = {article for (article,) in all_rows(self.connection, sql, [wanted])}
        return [article for article in wanted if article not in held]

    def publish(self, target: Path) -> None:
        """Copy the database to `target` in one step, for readers that no writer may lock out."""
        keeping.publish(self.connection, Path(self.path), target)

    def audit(self, severity: str | None = None) -> dict[str, list[tuple[Any, ...]]]:
        """Run every audit, or those of one severity; return the offenders of those that found any.

        An error says that the warehouse is wrong; a warning, that what the sources say does not fit
        together.
        """
        return {
            audit.name: rows
            for audit in all_audits()
            if severity in {None, audit.severity} and (rows := all_rows(self.connection, audit.sql))
        }

    def diff(self, run1: str, run2: str) -> list[tuple[Any, ...]]:
        """Return measure_id, change.

        Field, before, after for what run2 read otherwise than run1.
        """
        return runs.diff(self.connection, run1, run2)

    def query(self, sql: str, *, limit: int = 1000, timeout: float = 60) -> Answer:
        """Run anybody's SELECT: no files.

        No network, no settings, `limit` rows, `timeout` seconds.
        """
        self._lock_in(sql)
        return asking.ask(self.connection, sql, limit, timeout)

    def named_query(self, name: str) -> Answer:
        """Run a query of warehouse/queries by its name."""
        return asking.named(self.connection, name)

    def export(self, name: str, path: Path) -> int:
        """Write a table, view, named query or anybody's SELECT to .parquet, .csv, .xlsx or .jsonl.

        Return the rows written.
        """
        if exports.is_sql(name):
            asking.check_select(self.connection, name)
            self._lock_in(name, exports.beside(path))
        return exports.export(self.connection, name, path)

    def _lock_in(self, sql: str, written: Path | None = None) -> None:  # noqa: ARG002 - a lake's
        """Leave to anybody's SQL nothing but the tables, and the file that it is written to."""
        if not self.read_only:
            raise UsageError("open the warehouse read-only to query it")
        if not self._locked_in:
            asking.lock_in(self.connection, written)
            self._locked_in = True
