"""What a scheduled or one-off run does, whoever starts it: find, fetch, archive, read, load."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flows.archive.archive import Archive
from flows.discovery.discovery import Known, Window, discover, known_in
from flows.discovery.gathering import NETWORK_SOURCES, Order, hosts_for, sites_of, url_list
from flows.discovery.side_by_side import in_turn
from flows.discovery.sources import pages_of
from flows.engines.selection import article_number
from flows.fetch_stage import SETTLED, Fetched, Ledger, client_for, fetch
from flows.fetching.fetching import Client
from flows.health.room import ARCHIVED, READ, ROOM, check_room, free_room, with_room
from flows.one_run import only_run, opened
from flows.pipeline import (
    Ingested,
    close_leftovers,
    end,
    failing,
    ingest_pages,
    new_run_id,
    read_and_load,
    start,
)
from flows.plans import SEARCHES, Plan, Target, url_of
from flows.settings import Settings
from flows.speech.interrupts import Asked, never
from flows.speech.progress import Advance
from transforms.model import ArticleRef
from transforms.sites import all_sites
from transforms.sites.site import Site
from warehouse.attempts import LastAttempt, forget_attempts, high_water, last_attempts

CHINA = ZoneInfo("Asia/Shanghai")
FIRST_DAYS = 31  # that a first scheduled run takes; the years before are a backfill's
KEPT_DAYS = 180  # of attempts
STATUS = {0: "done", 3: "empty", 4: "partial", 5: "blocked", 130: "interrupted"}


@dataclass(frozen=True)
class Job:
    """What one run did: what it fetched, if it fetched at all, and what it read."""

    run_id: str
    fetched: Fetched | None = None
    done: Ingested | None = None
    seconds: float = 0.0  # that the run itself took

    @property
    def exit_code(self) -> int:
        """0 done, 3 nothing, 4 partial with retries scheduled, 5 blocked, 130 interrupted."""
        if (self.fetched and self.fetched.interrupted) or (self.done and self.done.interrupted):
            return 130
        # A page that is no article is recorded and final: nothing is left to try again.
        nothing = self.done is not None and self.done.status == "empty"
        fetched = self.fetched.exit_code if self.fetched else 0
        return fetched or (3 if nothing else 0)

    @property
    def status(self) -> str:
        """Say in one word how the run ended."""
        if self.exit_code == 0 and self.done and self.done.failed:
            return "partial"
        return STATUS[self.exit_code]


@dataclass(frozen=True)
class Watch:
    """Who watches a run: progress by stage, and whether it was asked to stop."""

    advance: Callable[[str], Advance | None] = field(default=lambda _: None)
    stop: Asked = never


def run_ingest(order: Order, settings: Settings, watch: Watch, *, kind: str = "ingest") -> Job:
    """Read what is new of a source: pages at hand, or what lists name since the last time."""
    began = time.monotonic()
    if order.source not in NETWORK_SOURCES:
        job = _local(order, settings, watch, kind)
    else:
        job = _run(order, settings, watch, kind, _new_targets)
    return replace(job, seconds=time.monotonic() - began)


def run_backfill(order: Order, settings: Settings, watch: Watch) -> Job:
    """Fetch and read all that a source holds of some days; what is archived is not asked for."""
    if order.source not in NETWORK_SOURCES:
        return run_ingest(order, settings, watch, kind="backfill")
    began = time.monotonic()
    plan = Plan(order, settings.data / "backfill")

    def planned(search: Search) -> Iterator[Target]:
        plan.find(search.client, search.ledger.list, search.ledger.run_id, watch.stop)
        wanted = _open_targets(plan.targets(), settings, search.archive, refresh=order.refresh)
        check_room(settings, sum(1 for _ in wanted), _mean_size(search.archive))
        return plan.targets()

    job = _run(order, settings, watch, "backfill", planned)
    if job.exit_code in {0, 3}:
        plan.forget()
    return replace(job, seconds=time.monotonic() - began)


def _local(order: Order, settings: Settings, watch: Watch, kind: str) -> Job:
    check_room(settings)
    pages = with_room(pages_of(order.source, order.path), settings)
    advance = watch.advance("reading")
    done = ingest_pages(pages, settings, kind=kind, advance=advance, stop=watch.stop)
    return Job(done.run_id, done=done)


Targets = Callable[["Search"], Iterator[Target]]


@dataclass(frozen=True)
class Search:
    """What finding targets needs."""

    order: Order
    settings: Settings
    client: Client
    ledger: Ledger
    archive: Archive


def _run(order: Order, settings: Settings, watch: Watch, kind: str, targets: Targets) -> Job:
    check_room(settings)
    run_id = new_run_id(kind)
    hosts = hosts_for(order)
    with only_run(settings, run_id):
        start(settings, run_id, kind)
        with failing(settings, run_id):
            fetched = _fetched(order, hosts, settings, watch, run_id, targets)
            if fetched.interrupted:
                job = Job(run_id, fetched)
            else:
                done = read_and_load(
                    settings,
                    run_id,
                    by_any_rules=True,
                    advance=watch.advance("reading"),
                    stop=watch.stop,
                )
                job = Job(run_id, fetched, done)
            end(settings, run_id, job.status, note=_note(fetched))
            _forget_old(settings)
    return job


def _fetched(
    order: Order,
    hosts: frozenset[str],
    settings: Settings,
    watch: Watch,
    run_id: str,
    targets: Targets,
) -> Fetched:
    archive, ledger = Archive(settings.archive_path), Ledger(settings, run_id)
    close_leftovers(archive)
    with client_for(settings, hosts) as client:
        search = Search(order, settings, client, ledger, archive)
        try:
            again = archive.validators() if order.refresh else {}
            wanted = _open_targets(targets(search), settings, archive, refresh=order.refresh)
            wanted = with_room(wanted, settings)
            return fetch(
                wanted,
                client,
                settings,
                ledger,
                earlier=again.get,
                advance=watch.advance("fetching"),
                stop=watch.stop,
            )
        finally:
            ledger.write()


def _open_targets(
    targets: Iterator[Target], settings: Settings, archive: Archive, *, refresh: bool = False
) -> Iterator[Target]:
    """Leave out what is archived, what was answered for good, and what may not be asked yet.

    With `refresh` the archived pages are asked for again: they may have been corrected.
    """
    held = set() if refresh else {article_number(entry.url) for entry in archive.entries()}
    closed = set(_closed(settings))
    for target in targets:
        number = article_number(url_of(target))
        if number not in held and number not in closed:
            held.add(number)
            yield target


def _closed(settings: Settings) -> Iterator[int]:
    now = datetime.now(CHINA).replace(tzinfo=None)
    for last in _last_attempts(settings):
        early = last.retry_at is not None and last.retry_at > now
        if last.outcome in SETTLED or early:
            yield article_number(last.url)


def _last_attempts(settings: Settings) -> list[LastAttempt]:
    with opened(settings) as warehouse:
        return last_attempts(warehouse.connection)


def _new_targets(search: Search) -> Iterator[Target]:
    """Yield what waits from earlier runs, then what the source names that is new."""
    order = search.order
    if order.source == "urls":
        yield from url_list(order.path)
        return
    sites = sites_of(order)
    yield from _waiting(search, sites)
    listed = order.source == "listing"
    known = known_in(search.archive) if listed and not order.refresh else None
    yield from in_turn([_named_by(site, search, known) for site in sites])


def _named_by(site: Site, search: Search, known: Known | None) -> Iterator[Target]:
    order, record = search.order, search.ledger.list
    window = _window(order.window, site, search.settings)
    if order.source == "listing":
        return discover(site, search.client, window=window, known=known, record=record)
    return SEARCHES[order.source](site, search.client, window=window, record=record)


def _waiting(search: Search, sites: tuple[Site, ...]) -> Iterator[Target]:
    names = {site.name for site in sites}
    for last in _last_attempts(search.settings):
        site = next((site for site in sites if site.address(last.url)), None)
        if last.retry_at is not None and site and site.name in names:
            yield ArticleRef(last.url)


def _window(window: Window, site: Site, settings: Settings) -> Window:
    """Begin some days before the newest article: days off are caught up in one run."""
    if window.since is not None:
        return window
    with opened(settings) as warehouse:
        newest, _ = high_water(warehouse.connection).get(site.name, (None, 0))
    today = datetime.now(CHINA).date()
    back = timedelta(days=settings.look_back if newest else FIRST_DAYS)
    return replace(window, since=min(newest or today, today) - back)


def _note(fetched: Fetched) -> str | None:
    told = [f"{count} {outcome}" for outcome, count in sorted(fetched.outcomes.items())]
    told += [f"{count} lists {outcome}" for outcome, count in sorted(fetched.lists.items())]
    told += [f"{fetched.waiting} not asked for"] if fetched.waiting else []
    return ", ".join(told) or None


def _forget_old(settings: Settings) -> None:
    with opened(settings) as warehouse:
        forget_attempts(warehouse.connection, datetime.now(UTC) - timedelta(days=KEPT_DAYS))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a backfill would do."""

    found: int
    archived: int
    to_fetch: int
    megabytes: int  # that the pages take on the disk, archived and read
    free_megabytes: int  # that there are beside what stays free
    hours: float  # at the polite rate
    days: int  # by the daily cap


def forecast(order: Order, settings: Settings) -> Forecast:
    """Find what a backfill would fetch, without fetching it; lists are asked for, and kept."""
    run_id = new_run_id("plan")
    with only_run(settings, run_id):
        archive, ledger = Archive(settings.archive_path), Ledger(settings, run_id)
        close_leftovers(archive)
        with client_for(settings, hosts_for(order)) as client:
            plan = Plan(order, settings.data / "backfill")
            plan.find(client, ledger.list, run_id)
            ledger.write()
            found = sum(1 for _ in plan.targets())
            to_fetch = sum(1 for _ in _open_targets(plan.targets(), settings, archive))
            policy = client.policy
            gap = max(client.gates.gap(host) for host in client.allowed.hosts)
    seconds = to_fetch * gap * (1 + policy.jitter / 2)
    size = _mean_size(archive)
    days = -(-to_fetch // policy.daily_cap)
    room = round(to_fetch * (size + READ) / 1e6), round((free_room(settings) - ROOM) / 1e6)
    return Forecast(found, found - to_fetch, to_fetch, *room, seconds / 3600, days)


def _mean_size(archive: Archive) -> float:
    files = archive.files()
    pages = sum(1 for _ in archive.entries())
    return sum(file.stat().st_size for file in files) / pages if pages else ARCHIVED


def order_of(
    source: str,
    path: Path | None = None,
    sites: tuple[str, ...] = (),
    since: date | None = None,
    until: date | None = None,
    *,
    refresh: bool = False,
) -> Order:
    """Return the order for some words; `all` stands for every site that has lists."""
    names = tuple(site.name for site in all_sites().values() if site.listings)
    chosen = names if "all" in sites else sites or ("gxjjw",)
    return Order(source, chosen, path, Window(since, until), refresh)
