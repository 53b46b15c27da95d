"""One fetch with its evidence: a typed outcome, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.archive.archive import Entry
from flows.outcomes import ARRIVED, Outcome
from transforms.model import Snapshot


@dataclass(frozen=True, slots=True)
class Attempt:
    """One fetch and how it ended; `snapshot` is there for OK alone: nothing else is ever read."""

    url: str
    outcome: Outcome
    status: int | None = None
    snapshot: Snapshot | None = None
    detail: str = ""
    retry_at: datetime | None = None  # UTC; before it the page is not asked for again
    started_at: datetime | None = None  # UTC
    seconds: float = 0.0
    requests: int = 0  # sent to the host of `url`, with retries, redirects and robots.txt
    final_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    wire_bytes: int = 0
    flags: tuple[str, ...] = ()  # encoding_lie, robots_html, digest_differs …
    hops: tuple[str, ...] = ()  # the addresses that redirected, in order
    entry: Entry | None = None  # where the page lies in the archive, once it is there

    @property
    def arrived(self) -> bool:
        """Whether the page is here, new or unchanged."""
        return self.outcome in ARRIVED
