"""Keep the ledger of runs.

Of pages that gave no article, and of what a later run read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from transforms.errors import UsageError
from warehouse.appending import append_rows
from warehouse.connection import Connection, all_rows, transaction
from warehouse.rows import civil


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that gave no article, and why."""

    url: str
    stage: str  # fetch | page | reading
    cause: str  # the name of the error's class, or of the page gate
    detail: str = ""
    article_id: str | None = None
    snapshot_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One attempt to get a page, whatever came of it."""

    url: str
    outcome: str  # ok, or the name of what went wrong
    sha256: str | None = None
    final_url: str | None = None
    site: str | None = None
    fetched_at: datetime | None = None
    http_status: int | None = None
    bytes: int | None = None
    encoding: str | None = None
    cause: str | None = None


def begin_run(connection: Connection, run: Mapping[str, Any]) -> None:
    """Write the run's row; a run of the same name that did not end is taken up again."""
    with transaction(connection):
        connection.execute(
            "DELETE FROM run WHERE run_id = ? AND status = 'running'", [run["run_id"]]
        )
        connection.execute(
            "INSERT INTO run BY NAME SELECT ? AS run_id, ? AS kind, 'running' AS status,"
            " ? AS started_at, ? AS extractor_version, ? AS lexicon_hash",
            [
                run[name]
                for name in ("run_id", "kind", "started_at", "extractor_version", "lexicon_hash")
            ],
        )


def finish_run(
    connection: Connection, run_id: str, status: str, at: datetime | None, note: str | None
) -> None:
    """Close the run's row with the counts of its loads and failures."""
    sql = files("warehouse").joinpath("reads/finish_run.sql").read_text("utf-8")
    connection.execute(sql, {"run_id": run_id, "status": status, "at": civil(at), "note": note})


def record_failures(connection: Connection, failures: Iterable[Failure], run_id: str) -> int:
    """Put failures in the place of what was recorded of the same addresses; return how many."""
    rows = {
        failure.url: (
            failure.url,
            failure.article_id,
            failure.stage,
            failure.cause,
            failure.detail,
            failure.snapshot_sha256,
            run_id,
        )
        for failure in failures
    }
    return _replace(connection, "failure", rows)


def record_snapshots(connection: Connection, fetched: Iterable[Fetched], run_id: str) -> int:
    """Put attempts in the place of what was recorded of the same addresses; return how many."""
    rows = {
        page.url: (
            page.sha256,
            page.url,
            page.final_url,
            page.site,
            civil(page.fetched_at),
            page.http_status,
            page.bytes,
            page.encoding,
            page.outcome,
            page.cause,
            run_id,
        )
        for page in fetched
    }
    return _replace(connection, "snapshot", rows)


def diff(connection: Connection, run1: str, run2: str) -> list[tuple[Any, ...]]:
    """Return what run2 read otherwise than run1: measure_id, change, field, before, after.

    `change` is gained, lost or changed; only articles that run2 read are compared. Raises
    UsageError for a run that no ledger holds.
    """
    ledgers = "SELECT run_id FROM run UNION SELECT run_id FROM reading"
    known = {name for (name,) in all_rows(connection, ledgers)}
    for name in (run1, run2):
        if name not in known:
            hint = 'the runs stand in the table run: qinqing query "FROM run"'
            raise UsageError(f"there is no run {name!r}; {hint}")
    sql = files("warehouse").joinpath("reads/diff.sql").read_text("utf-8")
    return all_rows(connection, sql, {"run1": run1, "run2": run2})


def _replace(connection: Connection, table: str, rows: Mapping[str, tuple[object, ...]]) -> int:
    if not rows:
        return 0
    with transaction(connection):
        connection.execute(
            f"DELETE FROM {table} WHERE url IN (SELECT unnest(?::VARCHAR[]))",  # noqa: S608 - our own name
            [list(rows)],
        )
        append_rows(connection, table, list(rows.values()))
    return len(rows)
