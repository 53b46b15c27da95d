"""Find articles on a site's own lists: columns from its home page, page after page, until known."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from flows.archive.archive import Archive
from flows.fetching.attempts import Attempt
from flows.fetching.fetching import Client, Record, Request
from flows.fetching.judging import Expect
from flows.outcomes import Outcome
from transforms.errors import PageError
from transforms.model import ArticleRef, Listing, Snapshot
from transforms.sites import site_of
from transforms.sites.site import Site

Known = Callable[[str], bool]
MOST_PAGES = 2_000  # of one column; the longest seen has 55


@dataclass(frozen=True, slots=True)
class Window:
    """Days of publication, inclusive; None is open. What tells no day is within."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date | None) -> bool:
        """Say whether a day is within."""
        return not self.is_over(day) and not (self.until and day and day > self.until)

    def is_over(self, day: date | None) -> bool:
        """Say whether a day lies before the window; lists go on into the past from there."""
        return bool(self.since and day and day < self.since)


@dataclass(slots=True)
class _Walk:
    """What a walk through the lists of a site has met so far."""

    site: Site
    client: Client
    record: Record
    window: Window
    known: Known
    asked: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)


def discover(
    site: Site,
    client: Client,
    *,
    window: Window | None = None,
    known: Known | None = None,
    record: Record | None = None,
) -> Iterator[ArticleRef]:
    """Yield each article that the lists of a site name, once, newest first within a column.

    A column ends where a page names only articles that are `known`, or older than the window;
    without `known` it is read to its end. Every list that cannot be read is told to `record`.
    """
    walk = _Walk(site, client, record or _forget, window or Window(), known or (lambda _: False))
    waiting = deque(site.listings)
    while waiting:
        start = waiting.popleft()
        columns: list[str] = []
        yield from _column(walk, start, columns)
        waiting.extend(url for url in columns if url not in waiting)


def identity(url: str) -> str:
    """Return what http and https, with and without www, have in common: the article's id."""
    site = site_of(url)
    return (site.article_id(url) if site else None) or url


def known_in(archive: Archive) -> Known:
    """Return a function that says whether the archive holds the article of an address."""
    held = frozenset(identity(entry.url) for entry in archive.entries())
    return lambda url: identity(url) in held


def _column(walk: _Walk, start: str, columns: list[str]) -> Iterator[ArticleRef]:
    """Follow one column; the columns that its first page links to are put into `columns`."""
    url: str | None = start
    before: tuple[ArticleRef, ...] = ()
    for _ in range(MOST_PAGES):
        if url is None or _place(url) in walk.asked:
            return
        walk.asked.add(_place(url))
        page = _page(walk, url, columns if url == start and start in walk.site.listings else None)
        if page is None:
            return
        yield from _fresh(walk, page)
        # Some servers answer a page beyond the last with the last.
        if page.refs == before or _is_old(walk, page):
            return
        before, url = page.refs, page.next_url


def _place(url: str) -> str:
    """Return what http and https, with and without www, have in common."""
    return re.sub(r"^https?://(?:www\.)?", "", url)


def _fresh(walk: _Walk, page: Listing) -> Iterator[ArticleRef]:
    for ref in page.refs:
        name = identity(ref.url)
        if name not in walk.named and walk.window.holds(ref.published_on):
            walk.named.add(name)
            if not walk.known(ref.url):
                yield ref


def _is_old(walk: _Walk, page: Listing) -> bool:
    """Say whether a page leads on to nothing new; one old row alone may be pinned to the top."""
    return bool(page.refs) and all(
        walk.known(ref.url) or walk.window.is_over(ref.published_on) for ref in page.refs
    )


def _page(walk: _Walk, url: str, columns: list[str] | None) -> Listing | None:
    attempt = walk.client.fetch(Request(url, Expect.LIST))
    if attempt.snapshot is None:
        walk.record(attempt)
        return None
    try:
        page = walk.site.read_listing(attempt.snapshot)
        found = _columns(walk.site, attempt.snapshot) if columns is not None else ()
    except PageError as error:
        walk.record(_failed(attempt, str(error)))
        return None
    if columns is not None:
        columns.extend(found)
    if not page.refs and not found:
        # A list without articles is a list that we no longer know how to read.
        attempt = _failed(attempt, "the list names no article")
    walk.record(attempt)
    return page


def _columns(site: Site, snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(url for url in site.read_columns(snapshot) if url not in site.listings)


def _failed(attempt: Attempt, why: str) -> Attempt:
    return replace(attempt, outcome=Outcome.BAD_RESPONSE, snapshot=None, detail=why)


def _forget(attempt: Attempt) -> None:
    del attempt
