"""How the work stands, for people and monitors: last runs, freshness, outcomes, what waits."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flows.fetch_stage import SETTLED
from flows.one_run import reading
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.whole_files import write_text
from warehouse.attempts import LastAttempt, high_water, last_attempts
from warehouse.standing import Likeness, Run, last_runs, outcomes_of_last_fetch, recent_and_past

# A site whose newest articles say much less than those before may have changed its pages.
RECENT, PAST = 30, 300  # articles of a site that are compared
ENOUGH = (20, 60)  # of them that there must be: fewer tell nothing
SHORT = 0.5  # of the usual characters, in the middle
POOR = 1 / 3  # of the usual measures an article, where one an article and more were usual
CHINA = ZoneInfo("Asia/Shanghai")
SHOWN = 10  # runs
GOOD = frozenset({"done", "partial"})
DONE = frozenset({Outcome.OK.value, Outcome.NOT_MODIFIED.value}) | SETTLED


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far a site has been read."""

    site: str
    articles: int
    newest: str | None  # day of publication
    days: int | None  # since then


@dataclass(frozen=True, slots=True)
class Health:
    """How the work stands; hours count from the end of the last run that was done."""

    hours: float | None
    runs: tuple[Run, ...]
    sites: tuple[Freshness, ...]
    outcomes: tuple[tuple[str, str, int], ...]  # of the last run that fetched: kind, outcome, count
    deferred: tuple[LastAttempt, ...]  # to be asked for again
    now: datetime
    likenesses: tuple[Likeness, ...] = ()

    def problems(self, most_hours: float) -> list[str]:
        """Say what a monitor should raise an alarm for."""
        told = []
        if self.hours is None:
            told.append("no run has been done yet")
        elif self.hours > most_hours:
            told.append(f"the last run that was done ended {self.hours:.0f} h ago")
        if self.runs and self.runs[0].status in {"failed", "blocked", "empty", "crashed"}:
            last = self.runs[0]
            told.append(
                f"the last run {last.run_id} is {last.status}: {last.note or 'see its log'}"
            )
        if self.hours is not None and self.hours < -1:
            told.append("the last run ended in the future: the clock has jumped")
        return told + [fall for one in self.likenesses for fall in falls(one)]


def falls(one: Likeness) -> list[str]:
    """Say where a site's newest articles fall below what is usual of it."""
    if one.recent < ENOUGH[0] or one.past < ENOUGH[1]:
        return []
    told = []
    now, usual = one.characters or 0, one.usual_characters or 0
    if now < SHORT * usual:
        told.append(
            f"the newest {one.recent} articles of {one.site} have {now:.0f} characters where "
            f"{usual:.0f} were usual: has its layout changed?"
        )
    now, usual = one.measures or 0, one.usual_measures or 0
    if usual >= 1 and now < POOR * usual:
        told.append(
            f"the newest {one.recent} articles of {one.site} have {now:.1f} measures each where "
            f"{usual:.1f} were usual: has its way of telling changed?"
        )
    return told


def health_of(settings: Settings, now: datetime | None = None) -> Health:
    """Ask the warehouse; raises BusyError while a run holds it, WarehouseError where none is."""
    now = (now or datetime.now(CHINA)).astimezone(CHINA).replace(tzinfo=None)
    with reading(settings) as warehouse:
        connection = warehouse.connection
        runs = last_runs(connection, 1000)
        sites = [
            Freshness(
                site, count, str(day) if day else None, (now.date() - day).days if day else None
            )
            for site, (day, count) in high_water(connection).items()
        ]
        outcomes = outcomes_of_last_fetch(connection)
        last = last_attempts(connection)
        likenesses = recent_and_past(connection, RECENT, PAST)
    return Health(
        _hours_since(runs, now),
        tuple(runs[:SHOWN]),
        tuple(sites),
        tuple(outcomes),
        tuple(one for one in last if one.outcome not in DONE),
        now,
        tuple(likenesses),
    )


def _hours_since(runs: list[Run], now: datetime) -> float | None:
    ends = (run.finished_at for run in runs if run.status in GOOD and run.finished_at)
    newest = max(ends, default=None)
    return None if newest is None else (now - newest).total_seconds() / 3600


def as_record(health: Health, most_hours: float) -> dict[str, Any]:
    """Return it all as one JSON object."""
    return {
        "hours_since_done": health.hours,
        "problems": health.problems(most_hours),
        "runs": [asdict(run) for run in health.runs],
        "sites": [asdict(site) for site in health.sites],
        "likenesses": [asdict(one) for one in health.likenesses],
        "outcomes": [
            dict(zip(("kind", "outcome", "count"), o, strict=True)) for o in health.outcomes
        ],
        "deferred": [asdict(one) for one in health.deferred],
    }


def prometheus_text(health: Health) -> str:
    """Return the same in the text format that Prometheus collects from files."""
    lines = [*_metric("last_done_seconds", "Seconds since the last run that was done ended.")]
    lines.append(_sample("last_done_seconds", {}, _seconds(health.hours)))
    lines += _metric("last_run_ok", "Whether the last run was done.")
    last = health.runs[0] if health.runs else None
    lines.append(_sample("last_run_ok", {}, int(last is not None and last.status in GOOD)))
    lines += _metric("articles", "Articles in the warehouse, by site.")
    lines += [_sample("articles", {"site": one.site}, one.articles) for one in health.sites]
    lines += _metric("newest_article_days", "Days since the newest article was published, by site.")
    lines += [
        _sample("newest_article_days", {"site": one.site}, one.days)
        for one in health.sites
        if one.days is not None
    ]
    lines += _metric("falls", "Signs that a site's newest articles say less than usual.")
    lines += [_sample("falls", {"site": one.site}, len(falls(one))) for one in health.likenesses]
    lines += _metric("fetch_outcomes", "What the last run that fetched met, by kind and outcome.")
    for kind, outcome, count in health.outcomes:
        lines.append(_sample("fetch_outcomes", {"kind": kind, "outcome": outcome}, count))
    lines += _metric("deferred_pages", "Pages that will be asked for again.")
    lines.append(_sample("deferred_pages", {}, len(health.deferred)))
    return "\n".join(lines) + "\n"


def write_prometheus(health: Health, file: Path) -> None:
    """Write the text file, whole or not at all."""
    write_text(file, prometheus_text(health))


def _seconds(hours: float | None) -> float:
    return float("nan") if hours is None else round(hours * 3600)


def _metric(name: str, about: str) -> list[str]:
    return [f"# HELP qinqing_{name} {about}", f"# TYPE qinqing_{name} gauge"]


def _sample(name: str, labels: dict[str, str], value: float) -> str:
    told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    number = "NaN" if value != value else f"{value:g}" if isinstance(value, float) else str(value)  # noqa: PLR0124
    return f"qinqing_{name}{{{told}}} {number}" if told else f"qinqing_{name} {number}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
