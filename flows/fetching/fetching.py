"""One polite client: every fetch ends in time, in bounded memory, and as a typed outcome.

A page is asked for only where the list of hosts, robots.txt, the host's pause and its daily share
allow it. A wait beyond `Policy.max_inline_wait` is never slept: the attempt carries `retry_at`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

from flows import PRODUCT
from flows.archive.archive import Entry
from flows.archive.archive_writer import ArchiveWriter
from flows.archive.bodies import Unpacked, unpack
from flows.fetching.attempts import Attempt
from flows.fetching.clock import Clock
from flows.fetching.deadlines import Deadline
from flows.fetching.judging import Expect, Verdict, judge
from flows.fetching.policy import HostRule, Policy
from flows.fetching.politeness import DeferredError, Gates, may_retry, retry_after, wait_before
from flows.fetching.redirects import REDIRECTS, Allowed, host_key, target_of
from flows.fetching.robots import LONGEST, Robots, robots_of
from flows.fetching.transport import Reply, Road, Route, Session, exchange
from flows.outcomes import Outcome
from transforms.model import ArticleRef, Snapshot

WITHOUT_RETRY_AFTER = 60.0  # seconds that a 429 which names no time pauses its host
ENOUGH = 0.5  # seconds of network time that another try needs


@dataclass(frozen=True, slots=True)
class Request:
    """A page to fetch; validators make it conditional, `byte_range` (first, last) takes a part."""

    url: str
    expect: Expect = Expect.ARTICLE
    etag: str | None = None
    last_modified: str | None = None
    byte_range: tuple[int, int] | None = None
    cut: int = 0  # bytes after which the rest is not read; 0 refuses what is too big

    @property
    def headers(self) -> dict[str, str]:
        """The headers that this request adds."""
        first, last = self.byte_range or (0, 0)
        found = {
            "If-None-Match": self.etag,
            "If-Modified-Since": self.last_modified,
            "Range": f"bytes={first}-{last}" if self.byte_range else None,
            "Accept-Encoding": "identity" if self.byte_range else None,
        }
        return {name: value for name, value in found.items() if value}

    @property
    def conditional(self) -> bool:
        """Whether 304 is an answer to it."""
        return bool(self.etag or self.last_modified)


@dataclass(slots=True)
class _Spending:
    """What one fetch has used so far: network time and requests."""

    left: float  # seconds
    requests: int = 0


class Client:
    """Fetches pages of the hosts it is given; safe to share between threads.

    `hosts` are names (their usual ports) or `host:port`. `route` maps a host and port to where it
    is to be reached, for tests. `spent` are the requests of earlier runs today, by host.
    """

    def __init__(
        self,
        hosts: Iterable[str],
        policy: Policy | None = None,
        *,
        clock: Clock | None = None,
        rules: Mapping[str, HostRule] | None = None,
        route: Route | None = None,
        spent: Mapping[str, int] | None = None,
    ) -> None:
        self.policy = policy or Policy()
        self.clock = clock or Clock()
        self.allowed = Allowed(frozenset(hosts))
        self.gates = Gates(self.policy, self.clock, rules, spent)
        road = Road(self.policy.connect, self.policy.allow_private, route)
        self.session = Session(road, rules or {}, self.policy.user_agent, self.policy.proxy)
        self._robots: dict[str, Robots] = {}
        self._robots_turn = threading.Lock()
        self._robots_turns: dict[str, threading.Lock] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.session.close()

    def fetch(self, request: Request | str) -> Attempt:
        """Fetch one page; returns within the deadline and never raises for what a server does."""
        request = Request(request) if isinstance(request, str) else request
        began, clock = self.clock.now(), time.monotonic()
        spending = _Spending(self.policy.total)
        attempt = self._attempt(request, spending)
        return replace(
            attempt,
            started_at=began,
            seconds=round(time.monotonic() - clock, 3),
            requests=spending.requests,
        )

    def robots(self, url: str) -> Robots:
        """Return the rules of the host of an address, asked for at most once a day."""
        return self._robots_for(url, _Spending(self.policy.total))

    def _attempt(self, request: Request, spending: _Spending) -> Attempt:
        refusal = self.allowed.refusal(request.url)
        if refusal:
            return Attempt(request.url, Outcome.BAD_URL, detail=refusal)
        try:
            return self._asked(request, spending)
        except DeferredError as deferred:
            return Attempt(
                request.url, Outcome.DEFERRED, detail=deferred.reason, retry_at=deferred.until
            )

    # An index is there to be asked by programs; what keeps robots from pages does not apply to it.
    def _asked(self, request: Request, spending: _Spending) -> Attempt:
        if not self.policy.obey_robots or request.expect is Expect.DATA:
            return self._tries(request, spending)
        robots = self._robots_for(request.url, spending)
        reason = robots.denies(request.url, PRODUCT)
        if reason is not None:
            passing = robots.parser is None
            retry_at = robots.expires_at if passing else None
            return Attempt(request.url, robots.outcome, detail=reason, retry_at=retry_at)
        self.gates.crawl_delay(host_key(request.url), robots.crawl_delay(PRODUCT))
        attempt = self._tries(request, spending)
        return replace(attempt, flags=(*attempt.flags, *robots.flags))

    def _robots_for(self, url: str, spending: _Spending) -> Robots:
        place = urljoin(url, "/robots.txt")
        with self._robots_turn:
            turn = self._robots_turns.setdefault(place, threading.Lock())
        with turn:
            known = self._robots.get(place)
            if known is None or self.clock.now() >= known.expires_at:
                fresh = self._ask_robots(place, spending)
                # An unreachable host keeps the rules that it gave before.
                if known and known.parser and fresh.denial:
                    fresh = replace(known, expires_at=fresh.expires_at)
                self._robots[place] = known = fresh
            return known

    def _ask_robots(self, place: str, spending: _Spending) -> Robots:
        request = Request(place, Expect.DATA, cut=LONGEST)
        for number in count(1):
            reply, _ = self._follow(request, spending)
            unpacked = unpack(reply.wire, reply.header("content-encoding"), self.policy.max_body)
            verdict = judge(reply, unpacked, Expect.DATA, place, conditional=False)
            self.gates.note(host_key(reply.url), verdict.outcome)
            last = number > self.policy.retries or spending.left < ENOUGH
            if last or not may_retry(verdict.outcome):
                break
            self.clock.sleep(wait_before(number, self.policy, self.clock.chance()))
        return robots_of(reply, unpacked, verdict.outcome, self.clock.now())

    def _tries(self, request: Request, spending: _Spending) -> Attempt:
        attempt: Attempt | None = None
        for number in range(1, self.policy.retries + 2):
            try:
                reply, hops = self._follow(request, spending)
            except DeferredError as deferred:
                if attempt is None:
                    raise
                return replace(attempt, retry_at=deferred.until)
            attempt = self._judged(request, reply, hops)
            if not may_retry(attempt.outcome):
                return attempt
            attempt = self._with_retry_at(attempt, reply)
            if not self._again(attempt, number, spending):
                break
        assert attempt is not None
        return attempt

    def _again(self, attempt: Attempt, number: int, spending: _Spending) -> bool:
        """Wait for the next try; say False where there is none."""
        if number > self.policy.retries or spending.left < ENOUGH:
            return False
        told = "retry_after" in attempt.flags and attempt.retry_at
        if told and self._seconds_to(told) > self.policy.max_inline_wait:
            return False
        self.clock.sleep(wait_before(number, self.policy, self.clock.chance()))
        return True

    def _with_retry_at(self, attempt: Attempt, reply: Reply) -> Attempt:
        """Note when to come back: when the server says, else later; its word pauses the host."""
        now = self.clock.now()
        seconds = retry_after(reply.header("retry-after"), now)
        if seconds is None and attempt.outcome is Outcome.RATE_LIMITED:
            seconds = WITHOUT_RETRY_AFTER
        if seconds is None:
            return replace(attempt, retry_at=now + timedelta(seconds=self.policy.later))
        until = now + timedelta(seconds=seconds)
        self.gates.pause(
            host_key(reply.url), until, f"{reply.status}: asked to wait {seconds:.0f} s"
        )
        return replace(attempt, retry_at=until, flags=(*attempt.flags, "retry_after"))

    def _seconds_to(self, moment: datetime) -> float:
        return (moment - self.clock.now()).total_seconds()

    def _follow(self, request: Request, spending: _Spending) -> tuple[Reply, tuple[str, ...]]:
        """Follow redirects by hand; a reply that leads nowhere gets its outcome here."""
        url = request.url
        hops: tuple[str, ...] = ()
        while True:
            reply = self._send(url, request, spending)
            if reply.outcome or reply.status not in REDIRECTS:
                return reply, hops
            hops = (*hops, url)
            step = self._next(reply, len(hops))
            if isinstance(step, Reply):
                return step, hops
            url = step

    def _next(self, reply: Reply, hops: int) -> str | Reply:
        location = reply.header("location")
        if not location:
            return _ended(reply, Outcome.BAD_RESPONSE, f"{reply.status} without Location")
        if hops > self.policy.max_hops:
            return _ended(reply, Outcome.REDIRECT_LOOP, f"{hops} redirects")
        try:
            target = target_of(reply.url, location)
        except ValueError as error:
            return _ended(reply, Outcome.REDIRECT_BLOCKED, f"Location {location[:100]!r}: {error}")
        refusal = self.allowed.refusal(target)
        return _ended(reply, Outcome.REDIRECT_BLOCKED, refusal) if refusal else target

    def _send(self, url: str, request: Request, spending: _Spending) -> Reply:
        if spending.left <= 0:
            return Reply(url, outcome=Outcome.TIMEOUT, detail="total deadline")
        with self.gates.turn(host_key(url)):
            began = time.monotonic()
            with Deadline(spending.left) as deadline:
                reply = exchange(
                    self.session, url, request.headers, self.policy, deadline, request.cut
                )
            spending.left -= time.monotonic() - began
            spending.requests += 1
        return reply

    def _judged(self, request: Request, reply: Reply, hops: tuple[str, ...]) -> Attempt:
        coding = reply.header("content-encoding")
        unpacked = Unpacked() if reply.outcome else unpack(reply.wire, coding, self.policy.max_body)
        verdict = judge(
            reply, unpacked, request.expect, request.url, conditional=request.conditional
        )
        self.gates.note(host_key(reply.url), verdict.outcome)
        return self._told(request, reply, unpacked, verdict, hops)

    def _told(
        self,
        request: Request,
        reply: Reply,
        unpacked: Unpacked,
        verdict: Verdict,
        hops: tuple[str, ...],
    ) -> Attempt:
        unchanged = verdict.outcome is Outcome.NOT_MODIFIED
        good = verdict.outcome is Outcome.OK
        return Attempt(
            url=request.url,
            outcome=verdict.outcome,
            status=reply.status,
            snapshot=self._snapshot(request, reply, unpacked) if good else None,
            detail=verdict.detail,
            final_url=reply.url,
            etag=reply.header("etag") or (request.etag if unchanged else None),
            last_modified=reply.header("last-modified")
            or (request.last_modified if unchanged else None),
            wire_bytes=len(reply.wire),
            flags=unpacked.flags,
            hops=hops,
        )

    def _snapshot(self, request: Request, reply: Reply, unpacked: Unpacked) -> Snapshot:
        return Snapshot(
            url=request.url,
            body=unpacked.body,
            fetched_at=self.clock.now(),
            status=reply.status or 200,
            headers=reply.headers,
            final_url=reply.url if reply.url != request.url else None,
            reason=reply.reason,
        )


def _ended(reply: Reply, outcome: Outcome, detail: str) -> Reply:
    return replace(reply, outcome=outcome, detail=detail)


Record = Callable[[Attempt], None]
Earlier = Callable[[str], Entry | None]  # what the archive holds of an address


def fetch_all(
    refs: Iterable[ArticleRef],
    client: Client,
    writer: ArchiveWriter,
    record: Record,
    earlier: Earlier | None = None,
) -> Iterator[Attempt]:
    """Fetch what refs name, archive what arrived, tell `record` of every attempt, yield it.

    With `earlier` (say `archive.validators().get`) a page is only sent again if it has changed.
    """
    for ref in refs:
        known = earlier(ref.url) if earlier else None
        attempt = client.fetch(request_of(ref, known))
        attempt = archived(attempt, writer, known)
        record(attempt)
        yield attempt


def request_of(ref: ArticleRef, known: Entry | None) -> Request:
    """Return the request for an article, conditional where the archive knows how to ask."""
    if known is None:
        return Request(ref.url)
    return Request(ref.url, etag=known.etag, last_modified=known.last_modified)


def archived(attempt: Attempt, writer: ArchiveWriter, known: Entry | None = None) -> Attempt:
    """Archive the page of an attempt, or that it has not changed; say where it lies."""
    if attempt.snapshot is not None:
        return replace(attempt, entry=writer.add(attempt.snapshot))
    if attempt.outcome is Outcome.NOT_MODIFIED and known is not None:
        return replace(attempt, entry=writer.add_unchanged(_unchanged(attempt), known))
    return attempt


def _unchanged(attempt: Attempt) -> Snapshot:
    named = (("ETag", attempt.etag), ("Last-Modified", attempt.last_modified))
    headers = tuple((name, value) for name, value in named if value)
    return Snapshot(
        attempt.url, b"", attempt.started_at, 304, headers, attempt.final_url, "Not Modified"
    )
