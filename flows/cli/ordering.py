"""The words with which ingest and backfill say what they want, and how both tell what they did."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from flows.cli.common import of_sites, print_rows
from flows.speech.speech import say
from transforms.errors import UsageError

if TYPE_CHECKING:
    from flows.discovery.gathering import Order
    from flows.jobs import Job, Watch
    from flows.settings import Settings
    from flows.speech.progress import Advance

R = TypeVar("R")
SOURCES = "listing, wayback, commoncrawl, urls FILE, warc PATH, folder PATH or samples"


def orders(default: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a verb the options that make an order, and the order as `order`."""
    shown = default if default == "listing" else f"{default}; listing with a site or days"

    def decorate(function: Callable[..., R]) -> Callable[..., R]:
        @click.argument("path", required=False, type=click.Path(path_type=Path))
        @click.option("--from", "source", default=None, show_default=shown, help=SOURCES)
        @of_sites()
        @click.option("--since", metavar="DAY", help="published on or after: YYYY[-MM[-DD]]")
        @click.option("--until", metavar="DAY", help="published on or before: YYYY[-MM[-DD]]")
        @click.option("--refresh", is_flag=True, help="ask for known pages again, if changed")
        @wraps(function)
        def call(**options: Any) -> R:  # noqa: ANN401 - click passes whatever the options hold
            names = ("source", "path", "sites", "since", "until", "refresh")
            words = {name: options.pop(name) for name in names}
            words["source"] = words["source"] or _meant(words, default)
            order = _order(**words)
            return function(order=order, **options)

        return call

    return decorate


def _meant(words: dict[str, Any], default: str) -> str:
    """Return the source of an order that names none: sites and days are those of lists."""
    named = any(words[name] for name in ("sites", "since", "until", "refresh"))
    return "listing" if named else default


def _order(
    source: str,
    path: Path | None,
    sites: tuple[str, ...],
    since: str | None,
    until: str | None,
    *,
    refresh: bool,
) -> Order:
    from flows.jobs import order_of

    days = (since and day_of(since, last=False), until and day_of(until, last=True))
    if days[0] and days[1] and days[0] > days[1]:
        raise UsageError(f"--since {since} lies after --until {until}")
    if (since or until) and source not in {"listing", "wayback", "commoncrawl"}:
        raise UsageError(
            f"--from {source} reads every page; --since and --until choose among listing,"
            " wayback and commoncrawl"
        )
    return order_of(source, path, sites, days[0] or None, days[1] or None, refresh=refresh)


def day_of(text: str, *, last: bool) -> date:
    """Return the first or last day of a year, a month or a day.

    >>> day_of("2020-02", last=True)
    datetime.date(2020, 2, 29)
    """
    try:
        year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
        if not last or day:
            return date(year, month or 1, day or 1)
        following = year * 12 + (month or 12)  # months from the year 0 to the one after
        return date.fromordinal(date(following // 12, following % 12 + 1, 1).toordinal() - 1)
    except (ValueError, OverflowError):
        raise UsageError(f"{text!r} is no day; write YYYY, YYYY-MM or YYYY-MM-DD") from None


def as_flow(name: str, settings: Settings, order: Order) -> Job:
    """Run an order as the Prefect flow of a name; say how much time Prefect took beside the run."""
    from flows.local_server import prefect_for_a_run

    began = time.monotonic()
    with prefect_for_a_run(settings.data):
        from flows.ingest import words_of

        flow = getattr(import_module(f"flows.{name}"), name)
        state = flow(**words_of(order, settings), return_state=True)
        job: Job | BaseException = state.result(raise_on_failure=False)
    if isinstance(job, BaseException):
        raise job
    say(f"Prefect took {time.monotonic() - began - job.seconds:.1f} s beside the run itself")
    return job


@contextmanager
def watching(*, quiet: bool = False) -> Iterator[Watch]:
    """Watch a run: progress on stderr, a stage after the other, and interrupts."""
    from flows.jobs import Watch
    from flows.speech.interrupts import asked_to_stop
    from flows.speech.progress import progress

    with asked_to_stop() as stop, ExitStack() as stages:

        def advance(stage: str) -> Advance:
            stages.close()
            return stages.enter_context(progress(stage, quiet=quiet))

        yield Watch(advance, stop)


def tell(job: Job, form: str, again: str) -> int:
    """Print what a run did; return its exit code."""
    rows = _failures(job) if form == "table" else []
    if rows:
        print_rows(("could not be read", "because", "page"), rows, form)
    print_rows(*_account(job), form)
    for name, offenders in job.done.audits.items() if job.done else ():
        say(f"audit {name}: {len(offenders)} rows; see qinqing audit")
    if job.exit_code in {4, 130}:
        say(f"not all is done; resume with: {again}")
    return job.exit_code


def _failures(job: Job) -> list[tuple[str, str, str]]:
    failures = job.done.failures if job.done else ()
    return [(failure.cause, failure.detail, failure.url) for failure in failures[:MOST]]


def _account(job: Job) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    row: dict[str, object] = {"run": job.run_id, "status": job.status}
    if job.fetched:
        counts = sorted(job.fetched.outcomes.items())
        told = ", ".join(f"{count} {outcome}" for outcome, count in counts)
        lists = sorted(job.fetched.lists.items())
        row |= {
            "fetched": told or "nothing new",
            "lists": ", ".join(f"{count} {outcome}" for outcome, count in lists),
            "not_asked": job.fetched.waiting,
            "retry_at": job.fetched.retry_at and _on_the_wall(job.fetched.retry_at),
        }
    if job.done:
        row |= {
            "pages": job.done.pages,
            "known": job.done.known,
            "articles": job.done.articles,
            "new_measures": job.done.loaded.measures,
            "failed": job.done.failed.total(),
            "audits_failed": len(job.done.audits),
        }
    return tuple(row), [tuple(row.values())]


def _on_the_wall(moment: datetime) -> str:
    """Print a moment as a clock in China shows it, as the table of attempts does."""
    return f"{moment.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}"


MOST = 40  # failures that are printed; all of them are in the table `failure`
