"""Fetch what a run wants into the archive: a file closed and a row an attempt after each batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.archive.archive import Archive
from flows.archive.archive_writer import ArchiveWriter
from flows.discovery.captures import fetch_captures
from flows.discovery.cdx import Capture
from flows.discovery.side_by_side import side_by_side
from flows.fetching.attempts import Attempt
from flows.fetching.fetching import Client, Earlier, Record, fetch_all
from flows.fetching.policy import Policy, load_host_rules, policy_for
from flows.fetching.redirects import host_key
from flows.one_run import opened
from flows.outcomes import ANSWERED, Outcome, exit_code
from flows.plans import REMEMBERED, Target
from flows.settings import Settings
from flows.speech.interrupts import Asked, never, until
from flows.speech.progress import Advance
from transforms.errors import ConfigurationError
from transforms.sites import site_of
from warehouse.attempts import Tried, record_attempts, requests_since

CHINA = ZoneInfo("Asia/Shanghai")
KEPT = timedelta(days=180)  # of the rows of attempts


@dataclass
class Fetched:
    """What became of the addresses a run asked for."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)  # of articles
    lists: Counter[Outcome] = field(default_factory=Counter)
    retry_at: datetime | None = None  # the soonest that something may be asked for again
    waiting: int = 0  # not asked for: their host rests
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """0 all there, 3 nothing, 4 partial with retries, 5 blocked."""
        resting = [Outcome.DEFERRED] if self.waiting else []
        articles = exit_code([*self.outcomes, *resting])
        if not set(self.outcomes) - ANSWERED and self.lists[Outcome.OK]:
            articles = exit_code(resting)  # a new address that is gone: the lists are well
        # Without its lists a site has told nothing, however well the rest went.
        return max(articles, exit_code(self.lists))

    @property
    def arrived(self) -> int:
        """How many pages were fetched."""
        return self.outcomes[Outcome.OK]

    def interrupt(self) -> None:
        """Note that not all was asked for, because a stop was."""
        self.interrupted = True

    def add(self, attempt: Attempt, kind: str) -> None:
        """Count one attempt."""
        (self.outcomes if kind == "article" else self.lists)[attempt.outcome] += 1
        if attempt.retry_at and (self.retry_at is None or attempt.retry_at < self.retry_at):
            self.retry_at = attempt.retry_at


class Ledger:
    """Attempts on their way to the database: written down a batch at a time."""

    def __init__(self, settings: Settings, run_id: str) -> None:
        self.settings, self.run_id = settings, run_id
        self.fetched = Fetched()
        self._waiting: list[Tried] = []

    def article(self, attempt: Attempt) -> None:
        """Note an attempt at an article."""
        self._note(attempt, "article")

    def list(self, attempt: Attempt) -> None:
        """Note an attempt at a list or an index."""
        self._note(attempt, "list")

    def _note(self, attempt: Attempt, kind: str) -> None:
        self.fetched.add(attempt, kind)
        if REMEMBERED not in attempt.flags:
            self._waiting.append(_tried(attempt, kind, self.run_id))

    def write(self) -> None:
        """Write down what is waiting."""
        if self._waiting:
            with opened(self.settings) as warehouse:
                record_attempts(warehouse.connection, self._waiting)
            self._waiting = []


def client_for(settings: Settings, hosts: Iterable[str]) -> Client:
    """Return a polite client for some hosts that knows what today's share has used."""
    today = datetime.combine(datetime.now(CHINA).date(), time(), CHINA)
    with opened(settings) as warehouse:
        spent = requests_since(warehouse.connection, today)
    roads = routes(settings.route)
    return Client(
        hosts,
        policy(settings),
        rules=load_host_rules(settings.hosts) if settings.hosts else None,
        route=(lambda host, port: roads.get((host, port), (host, port))) if roads else None,
        spent=spent,
    )


def policy(settings: Settings) -> Policy:
    """Return the policy of the settings; private addresses are asked only where a route leads."""
    if settings.proxy and settings.route:
        raise ConfigurationError("a proxy and a route cannot both be set; drop one of them")
    private = bool(settings.route)
    return policy_for(settings.contact, allow_private=private, proxy=settings.proxy)


def routes(text: str) -> dict[tuple[str, int], tuple[str, int]]:
    """Read `host:port=address:port`, several with commas between.

    >>> routes("www.example.cn:80=127.0.0.1:8000")
    {('www.example.cn', 80): ('127.0.0.1', 8000)}
    """
    found = {}
    for pair in filter(None, text.split(",")):
        try:
            (host, port), (address, to) = (end.strip().rsplit(":", 1) for end in pair.split("="))
            found[host, int(port)] = (address, int(to))
        except ValueError:
            raise ConfigurationError(f"route {pair!r} is not host:port=address:port") from None
    return found


def fetch(
    targets: Iterable[Target],
    client: Client,
    settings: Settings,
    ledger: Ledger,
    *,
    earlier: Earlier | None = None,
    advance: Advance | None = None,
    stop: Asked | None = None,
) -> Fetched:
    """Fetch targets and archive what arrives; a host that asks for rest is left alone.

    Pages of which `earlier` knows a copy are only sent if they have changed.
    """
    with Archive(settings.archive_path).writer(ledger.run_id) as writer:
        visit = _Visit(client, writer, earlier, stop or never)
        wanted = until(visit.stop, targets, ledger.fetched.interrupt)
        visits = side_by_side(wanted, _host_of, visit.make, settings.hosts_at_once)
        for done, visited in enumerate(visits, start=1):
            _note_visit(ledger, visited)
            if done % settings.batch_size == 0:
                writer.checkpoint()
                ledger.write()
            if advance:
                advance(done, done)
    ledger.write()
    return ledger.fetched


@dataclass(frozen=True, slots=True)
class _Visited:
    """What was asked for one target; nothing where its host rests or the run was asked to stop."""

    attempts: tuple[Attempt, ...] = ()
    stopped: bool = False


@dataclass(slots=True)
class _Visit:
    """Asks for targets, from the threads of several hosts."""

    client: Client
    writer: ArchiveWriter
    earlier: Earlier | None
    stop: Asked
    resting: set[str] = field(default_factory=set)

    # A host that is paused for long, or whose share of today is used up, is left alone.
    def make(self, target: Target) -> _Visited:
        host = _host_of(target)
        if self.stop():
            return _Visited(stopped=True)
        if host in self.resting:
            return _Visited()
        attempts: list[Attempt] = []
        for attempt in self._asked(target, attempts.append):
            if attempt.outcome is Outcome.DEFERRED:
                self.resting.add(host)
        # The bodies are in the archive.
        return _Visited(tuple(replace(attempt, snapshot=None) for attempt in attempts))

    def _asked(self, target: Target, record: Record) -> Iterator[Attempt]:
        if isinstance(target, Capture):
            return fetch_captures([target], self.client, self.writer, record)
        return fetch_all([target], self.client, self.writer, record, self.earlier)


def _note_visit(ledger: Ledger, visited: _Visited) -> None:
    for attempt in visited.attempts:
        ledger.article(attempt)
    if visited.stopped:
        ledger.fetched.interrupt()
    elif not visited.attempts:
        ledger.fetched.waiting += 1


def _host_of(target: Target) -> str:
    return host_key(target.address if isinstance(target, Capture) else target.url)


def _tried(attempt: Attempt, kind: str, run_id: str) -> Tried:
    site = site_of(attempt.url)
    return Tried(
        attempt.url,
        host_key(attempt.url),
        site.name if site else None,
        kind,
        attempt.outcome.value,
        attempt.status,
        attempt.detail[:300],
        attempt.retry_at,
        attempt.started_at or datetime.now(UTC),
        attempt.seconds,
        attempt.requests,
        attempt.wire_bytes,
        attempt.entry.sha256 if attempt.entry else None,
        run_id,
    )


SETTLED = frozenset(outcome.value for outcome in ANSWERED | {Outcome.BAD_URL, Outcome.TOO_BIG})
