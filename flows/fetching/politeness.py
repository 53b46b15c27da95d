"""One visitor a host: a gap between requests, a share a day, a pause when the host asks for it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from flows.fetching.clock import Clock
from flows.fetching.policy import HostRule, Policy
from flows.outcomes import HOST_TROUBLE, RETRYABLE, Outcome

CHINA = ZoneInfo("Asia/Shanghai")
LONGEST_CRAWL_DELAY = 60.0
LONGEST_RETRY_AFTER = 86_400.0


class DeferredError(Exception):
    """The host is not to be asked before `until` (UTC)."""

    def __init__(self, until: datetime, reason: str) -> None:
        super().__init__(reason)
        self.until = until
        self.reason = reason


@dataclass(slots=True)
class _Host:
    """What is remembered of one host; the lock is held by the request in flight."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = float("-inf")  # monotonic
    crawl_delay: float = 0.0
    paused_until: datetime | None = None
    reason: str = ""
    bad: int = 0  # bad answers in a row
    day: date | None = None
    sent: int = 0


class Gates:
    """The gates of all hosts; safe to share between threads.

    `spent` says how many requests earlier runs of today sent to each host.
    """

    def __init__(
        self,
        policy: Policy,
        clock: Clock,
        rules: Mapping[str, HostRule] | None = None,
        spent: Mapping[str, int] | None = None,
    ) -> None:
        self.policy = policy
        self.clock = clock
        self.rules = rules or {}
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        for name, count in (spent or {}).items():
            self._hosts[name].day, self._hosts[name].sent = self._today(), count

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait for the host's next turn and hold it; raise DeferredError where the wait is long."""
        host = self._hosts[name]
        with host.turn:
            self._await_pause(host)
            self._count(name, host)
            wait = host.next_at - self.clock.monotonic()
            if wait > 0:
                self.clock.sleep(wait)
            try:
                yield
            finally:
                # From its end: then the host sees the gap, however late the request left us.
                gap = self.gap(name) * (1 + self.policy.jitter * self.clock.chance())
                host.next_at = self.clock.monotonic() + gap

    def gap(self, name: str) -> float:
        """Return the seconds between two requests: the host's own, or what its robots.txt asks."""
        rule = self.rules.get(name)
        own = rule.gap if rule and rule.gap is not None else self.policy.gap
        return max(own, self._hosts[name].crawl_delay)

    def crawl_delay(self, name: str, seconds: float | None) -> None:
        """Keep the crawl delay that a robots.txt asks for, up to a minute."""
        if seconds is not None and seconds > 0:
            self._hosts[name].crawl_delay = min(seconds, LONGEST_CRAWL_DELAY)

    def pause(self, name: str, until: datetime, reason: str) -> None:
        """Send nothing to a host before a time."""
        host = self._hosts[name]
        if host.paused_until is None or until > host.paused_until:
            host.paused_until, host.reason = until, reason

    def note(self, name: str, outcome: Outcome) -> None:
        """Count bad answers in a row: enough of them pause the host, each further one again."""
        host = self._hosts[name]
        if outcome not in HOST_TROUBLE:
            host.bad = 0
            return
        host.bad += 1
        if host.bad >= self.policy.breaker:
            until = self.clock.now() + timedelta(seconds=self.policy.pause)
            self.pause(name, until, f"{host.bad} bad answers in a row, the last {outcome}")

    def _await_pause(self, host: _Host) -> None:
        if host.paused_until is None:
            return
        wait = (host.paused_until - self.clock.now()).total_seconds()
        if wait > self.policy.max_inline_wait:
            raise DeferredError(host.paused_until, host.reason)
        if wait > 0:
            self.clock.sleep(wait)
        host.paused_until = None

    def _count(self, name: str, host: _Host) -> None:
        today = self._today()
        if host.day != today:
            host.day, host.sent = today, 0
        rule = self.rules.get(name)
        cap = rule.daily_cap if rule and rule.daily_cap is not None else self.policy.daily_cap
        if host.sent >= cap:
            raise DeferredError(
                _midnight_after(today), f"the daily cap of {cap} requests is used up"
            )
        host.sent += 1

    def _today(self) -> date:
        return self.clock.now().astimezone(CHINA).date()


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), CHINA).astimezone(UTC)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that Retry-After asks for, at most a day; None where it is nonsense."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), LONGEST_RETRY_AFTER)


def wait_before(try_number: int, policy: Policy, chance: float) -> float:
    """Return a wait with full jitter, in seconds, after so many tries."""
    return chance * policy.backoff * float(2 ** (try_number - 1))


def may_retry(outcome: Outcome) -> bool:
    """Say whether asking again may help."""
    return outcome in RETRYABLE
