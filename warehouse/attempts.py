"""Keep every attempt to fetch a page: what of a day's share is used, what to ask for again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from importlib.resources import files

from warehouse.appending import append_rows
from warehouse.connection import Connection, all_rows, transaction
from warehouse.rows import civil


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt, in the order of the table's columns."""

    url: str
    host: str
    site: str | None
    kind: str  # article | list
    outcome: str
    http_status: int | None
    detail: str
    retry_at: datetime | None
    started_at: datetime
    seconds: float
    requests: int
    wire_bytes: int
    sha256: str | None
    run_id: str


@dataclass(frozen=True, slots=True)
class LastAttempt:
    """How the last attempt at an article ended; `retry_at` is the time on a clock in China."""

    url: str
    outcome: str
    retry_at: datetime | None


def record_attempts(connection: Connection, tried: Iterable[Tried]) -> int:
    """Add attempts; return how many."""
    rows = [
        astuple(replace(one, retry_at=civil(one.retry_at), started_at=_civil(one.started_at)))
        for one in tried
    ]
    if rows:
        with transaction(connection):
            append_rows(connection, "fetch_attempt", rows)
    return len(rows)


def requests_since(connection: Connection, moment: datetime) -> dict[str, int]:
    """Return how many requests were sent to each host since a moment."""
    return dict(all_rows(connection, _sql("requests_since"), [civil(moment)]))


def last_attempts(connection: Connection) -> list[LastAttempt]:
    """Return the last attempt at each article that was ever asked for."""
    return [LastAttempt(*row) for row in all_rows(connection, _sql("last_attempts"))]


def high_water(connection: Connection) -> dict[str, tuple[date | None, int]]:
    """Return the newest day of publication of each site, and how many articles it has."""
    return {site: (day, count) for site, day, count in all_rows(connection, _sql("high_water"))}


def forget_attempts(connection: Connection, before: datetime) -> None:
    """Drop attempts made before a moment."""
    connection.execute("DELETE FROM fetch_attempt WHERE started_at < ?", [civil(before)])


def _civil(moment: datetime) -> datetime:
    return civil(moment) or moment


def _sql(name: str) -> str:
    return files("warehouse").joinpath("reads", f"{name}.sql").read_text("utf-8")
