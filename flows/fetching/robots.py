"""robots.txt by the rules of RFC 9309, read with Protego."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from flows.archive.bodies import Unpacked
from flows.fetching.transport import Reply
from flows.outcomes import Outcome

LONGEST = 500 * 1024  # bytes; the rest of a longer file is not read
KEPT = timedelta(hours=24)
KEPT_WHEN_UNREACHABLE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host; without a parser all is allowed, or all denied for a reason.

    `outcome` is what a denied page ends with: ROBOTS_DENIED where the file says no, else whatever
    kept us from having the file.
    """

    expires_at: datetime
    parser: Protego | None = None
    denial: str = ""
    outcome: Outcome = Outcome.ROBOTS_DENIED
    flags: tuple[str, ...] = ()

    def denies(self, url: str, agent: str) -> str | None:
        """Return why an address is not to be asked; None where it may be."""
        if self.parser is None:
            return self.denial or None
        return None if self.parser.can_fetch(url, agent) else "robots.txt denies it"

    def crawl_delay(self, agent: str) -> float | None:
        """Return the seconds between requests that the file asks for."""
        delay = self.parser.crawl_delay(agent) if self.parser else None
        return None if delay is None else float(delay)


def robots_of(reply: Reply, unpacked: Unpacked, judged: Outcome, now: datetime) -> Robots:
    """Read the answer to a request for robots.txt.

    A file gives its rules; 4xx, a web page in its place or a redirect that leads nowhere allow
    all; 429, 5xx, a challenge and a host that cannot be reached deny all, for the time being.
    """
    status = reply.status or 0
    if reply.outcome in {Outcome.REDIRECT_LOOP, Outcome.REDIRECT_BLOCKED}:
        return Robots(now + KEPT, flags=("robots_redirected",))
    failed = reply.outcome or unpacked.outcome or judged is Outcome.CHALLENGE
    if failed or status >= 500 or status == 429:  # noqa: PLR2004 - server error, Too Many Requests
        why = reply.detail or unpacked.detail or f"it answers {status}"
        soon = now + KEPT_WHEN_UNREACHABLE
        return Robots(soon, denial=f"robots.txt cannot be had: {why}", outcome=judged)
    if status != 200:  # noqa: PLR2004 - OK
        return Robots(now + KEPT)
    return _parsed(unpacked.body, now + KEPT)


def _parsed(body: bytes, expires_at: datetime) -> Robots:
    text = body[:LONGEST].decode("utf-8-sig", "replace").lstrip("\ufeff")
    if text.lstrip().startswith("<"):
        return Robots(expires_at, flags=("robots_html",))
    return Robots(expires_at, Protego.parse(text))
