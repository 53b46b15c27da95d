"""What a monitor asks of the warehouse: the last runs, how fresh each site is, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from warehouse.connection import Connection, all_rows


@dataclass(frozen=True, slots=True)
class Run:
    """One row of the ledger of runs; times are those of a clock in China."""

    run_id: str
    kind: str | None
    status: str | None
    started_at: datetime | None
    finished_at: datetime | None
    articles: int | None
    measures: int | None
    skipped: int | None
    failures: int | None
    note: str | None


def last_runs(connection: Connection, most: int) -> list[Run]:
    """Return the last runs, the newest first."""
    return [Run(*row) for row in all_rows(connection, _sql("last_runs"), [most])]


def outcomes_of_last_fetch(connection: Connection) -> list[tuple[str, str, int]]:
    """Return kind, outcome and count of what the last run that fetched asked for."""
    return all_rows(connection, _sql("outcomes_of_last_fetch"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a site's newest articles are like beside those before them; None where none are."""

    site: str
    recent: int  # articles
    past: int
    characters: float | None  # of the recent texts, in the middle
    usual_characters: float | None
    measures: float | None  # an article
    usual_measures: float | None


def recent_and_past(connection: Connection, recent: int, past: int) -> list[Likeness]:
    """Compare each site's newest articles, so many, with so many before them."""
    words = {"recent": recent, "past": past}
    return [Likeness(*row) for row in all_rows(connection, _sql("recent_and_past"), words)]


def close_crashed(connection: Connection, run_id: str) -> None:
    """Mark the runs that never ended; the caller is the one run that may be open."""
    connection.execute(_sql("close_crashed"), [run_id])


def _sql(name: str) -> str:
    return files("warehouse").joinpath("reads", f"{name}.sql").read_text("utf-8")
