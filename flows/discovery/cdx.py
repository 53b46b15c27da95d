"""Find articles in the indexes of web archives, for the years that a site no longer lists.

Wayback Machine and Common Crawl both answer with rows of captures (CDX): time in UTC, 14 digits;
original address; status, `-` for a revisit; base32 SHA-1 of the payload.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

from flows.discovery.discovery import Known, Window, identity
from flows.fetching.attempts import Attempt
from flows.fetching.fetching import Client, Record, Request
from flows.fetching.judging import Expect
from flows.outcomes import Outcome
from transforms.model import ArticleRef, Snapshot
from transforms.sites.site import Site

WAYBACK = "https://web.archive.org"
COMMON_CRAWL = "https://index.commoncrawl.org"
COMMON_CRAWL_DATA = "https://data.commoncrawl.org"
HOSTS = frozenset(
    urlsplit(place).hostname or "" for place in (WAYBACK, COMMON_CRAWL, COMMON_CRAWL_DATA)
)
LIMIT = 5_000  # rows an answer
EARLIEST = date(2009, 1, 1)  # no site of the list is older
SMALLEST = timedelta(days=31)  # a window that is not cut further
PREFIX = re.compile(r"/(?:[A-Za-z0-9_-]{3,40}/)+")
TOO_MUCH = frozenset({Outcome.SERVER_ERROR, Outcome.TIMEOUT, Outcome.TOO_BIG, Outcome.TRUNCATED})
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Capture:
    """A copy of an article in a web archive, and where its bytes can be had."""

    ref: ArticleRef
    taken_at: datetime  # UTC
    digest: str  # base32 SHA-1
    address: str
    byte_range: tuple[int, int] | None = None


@dataclass(slots=True)
class _Search:
    """What a search of an index needs, and the articles it has named."""

    site: Site
    client: Client
    window: Window
    known: Known
    record: Record
    named: set[str]

    def captures(
        self, rows: Iterable[Row], place: Callable[[Row], Capture | None]
    ) -> Iterator[Capture]:
        """Yield the first capture of each article that is wanted and not known."""
        for row in rows:
            capture = place(row)
            if capture is None or self.site.address(capture.ref.url) is None:
                continue
            name = identity(capture.ref.url)
            if name not in self.named and self.window.holds(capture.ref.published_on):
                self.named.add(name)
                if not self.known(capture.ref.url):
                    yield capture

    def ask(self, url: str) -> Attempt:
        """Ask an index and record how it went."""
        attempt = self.client.fetch(Request(url, Expect.DATA))
        self.record(attempt)
        return attempt

    def unreadable(self, url: str, why: str) -> None:
        """Record an answer that is not what an index answers."""
        outcome = Outcome.BLOCKED if "AccessControl" in why else Outcome.BAD_RESPONSE
        self.record(Attempt(url, outcome, detail=why[:200]))


def search_wayback(
    site: Site,
    client: Client,
    *,
    window: Window | None = None,
    known: Known | None = None,
    record: Record | None = None,
) -> Iterator[Capture]:
    """Yield a capture of each article that the Wayback Machine holds of a site, year after year."""
    search = _search(site, client, window, known, record)
    today = client.clock.now().date()
    for pattern in patterns_of(site):
        for first, last in years(search.window.since or EARLIEST, today):
            yield from _wayback_window(search, pattern, first, last)


def search_common_crawl(
    site: Site,
    client: Client,
    *,
    window: Window | None = None,
    known: Known | None = None,
    record: Record | None = None,
) -> Iterator[Capture]:
    """Yield a capture of each article that the crawls of Common Crawl hold of a site."""
    search = _search(site, client, window, known, record)
    for api in _crawls(search):
        for pattern in patterns_of(site):
            for page in range(_pages(search, api, pattern)):
                query = _common_crawl_query(pattern, page=page)
                attempt = search.ask(f"{api}?{query}")
                if attempt.snapshot is None:
                    break  # 404 says that there is no capture; the rest is recorded
                rows = _json_lines(search, attempt.snapshot)
                yield from search.captures(rows, _common_crawl_capture(site))


def _search(
    site: Site, client: Client, window: Window | None, known: Known | None, record: Record | None
) -> _Search:
    return _Search(
        site,
        client,
        window or Window(),
        known or (lambda _: False),
        record or (lambda _: None),
        set(),
    )


def patterns_of(site: Site) -> tuple[str, ...]:
    """Return what to ask an index for: the folder of a site's articles where they share one."""
    folder = PREFIX.match(site.article_url.pattern)
    return tuple(f"{host}{folder[0] if folder else '/'}*" for host in site.hosts)


def years(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Cut days into calendar years."""
    for year in range(first.year, last.year + 1):
        yield max(first, date(year, 1, 1)), min(last, date(year, 12, 31))


# The Wayback Machine.


def _wayback_window(search: _Search, pattern: str, first: date, last: date) -> Iterator[Capture]:
    """Read one window with its resume keys; one that is too much for the server is halved."""
    key: str | None = None
    for _ in count():
        url = wayback_query(pattern, first, last, key)
        attempt = search.ask(url)
        if attempt.snapshot is None:
            if attempt.outcome in TOO_MUCH and last - first > SMALLEST:
                middle = first + (last - first) // 2
                yield from _wayback_window(search, pattern, first, middle)
                yield from _wayback_window(search, pattern, middle + timedelta(days=1), last)
            return
        try:
            rows, following = read_wayback(attempt.snapshot.body)
        except ValueError as error:
            search.unreadable(url, str(error))
            return
        yield from search.captures(rows, _wayback_capture(search.site))
        if following is None or following == key:
            return
        key = following


def wayback_query(pattern: str, first: date, last: date, key: str | None = None) -> str:
    """Return the address that asks for captures of some days."""
    fields = [
        ("url", pattern),
        ("output", "json"),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
        ("collapse", "urlkey"),
        ("from", f"{first:%Y%m%d}"),
        ("to", f"{last:%Y%m%d}235959"),
        ("limit", str(LIMIT)),
        ("showResumeKey", "true"),
        *([("resumeKey", key)] if key else []),
    ]
    return f"{WAYBACK}/cdx/search/cdx?{urlencode(fields)}"


def read_wayback(body: bytes) -> tuple[list[Row], str | None]:
    """Read an answer: rows by the names of its first row, and the resume key if there is more.

    Raises ValueError, with the answer's beginning, where it is no list of lists.
    """
    text = body.decode("utf-8", "replace").strip()
    if not text:
        return [], None
    try:
        lines = _loads(text)
        if not isinstance(lines, list) or not all(isinstance(line, list) for line in lines):
            raise TypeError("no list of lists")  # noqa: TRY301 - told below with the answer
        names, *rows = lines or [[]]
        key = None
        if len(rows) > 1 and rows[-2] == [] and len(rows[-1]) == 1:
            key = str(rows[-1][0])
            rows = rows[:-2]
        return [dict(zip(names, row, strict=True)) for row in rows if row], key
    except (ValueError, TypeError) as error:
        raise ValueError(f"not an answer of an index: {text[:150]!r}") from error


def _loads(text: str | bytes) -> Any:  # noqa: ANN401 - whatever a server sends
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _wayback_capture(site: Site) -> Callable[[Row], Capture | None]:
    def capture(row: Row) -> Capture | None:
        # A revisit (`-`) repeats a capture that has a row of its own.
        if row.get("statuscode") != "200":
            return None
        url, stamp = without_port(row.get("original", "")), row.get("timestamp", "")
        taken_at = moment_of(stamp)
        if taken_at is None:
            return None
        address = f"{WAYBACK}/web/{stamp}id_/{url}"
        return Capture(ref_of(site, url), taken_at, row.get("digest", ""), address)

    return capture


def without_port(url: str) -> str:
    """Return an address without the usual port, as indexes of old print it."""
    return re.sub(r"^(http://[^/:]{1,255}):80(?=/|$)", r"\1", url)


def moment_of(stamp: str) -> datetime | None:
    """Read 14 digits as a time in UTC; None where they are none."""
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def ref_of(site: Site, url: str) -> ArticleRef:
    """Return an article by its address, with the day that the address tells."""
    stamp = site.stamp(url)
    return ArticleRef(url, published_on=stamp.at.date() if stamp else None)


# Common Crawl.


def _crawls(search: _Search) -> Iterator[str]:
    """Yield the index of each crawl that can hold the window, the newest first."""
    attempt = search.ask(f"{COMMON_CRAWL}/collinfo.json")
    if attempt.snapshot is None:
        return
    try:
        crawls = _loads(attempt.snapshot.body)
        for crawl in crawls:
            ended = str(crawl.get("to") or "9999")[:10]
            api = str(crawl["cdx-api"])
            if not search.window.since or ended >= search.window.since.isoformat():
                yield api
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        search.unreadable(attempt.url, f"not a list of crawls: {error}")


def _pages(search: _Search, api: str, pattern: str) -> int:
    attempt = search.ask(f"{api}?{_common_crawl_query(pattern, showNumPages='true')}")
    if attempt.snapshot is None:
        return 0
    try:
        return int(_loads(attempt.snapshot.body)["pages"])
    except (ValueError, TypeError, KeyError):
        search.unreadable(attempt.url, "no number of pages")
        return 0


def _common_crawl_query(pattern: str, **more: object) -> str:
    fields = {"url": pattern, "output": "json", "filter": "=status:200", **more}
    return urlencode(fields)


def _json_lines(search: _Search, snapshot: Snapshot) -> Iterator[Row]:
    for line in snapshot.body.decode("utf-8", "replace").splitlines():
        try:
            row = _loads(line)
        except ValueError:
            search.unreadable(snapshot.url, f"not a row: {line[:100]!r}")
            return
        if isinstance(row, dict):
            yield {str(name): str(value) for name, value in row.items()}


def _common_crawl_capture(site: Site) -> Callable[[Row], Capture | None]:
    def capture(row: Row) -> Capture | None:
        taken_at = moment_of(row.get("timestamp", ""))
        try:
            offset, length = int(row["offset"]), int(row["length"])
        except (KeyError, ValueError):
            return None
        if taken_at is None or row.get("status") != "200" or length < 1:
            return None
        return Capture(
            ref_of(site, without_port(row.get("url", ""))),
            taken_at,
            row.get("digest", ""),
            f"{COMMON_CRAWL_DATA}/{row.get('filename', '')}",
            (offset, offset + length - 1),
        )

    return capture
