"""What one has to know of a site to read its articles and its lists: data, no code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from transforms.model import Listing, Snapshot
from transforms.pages.headers import CHINA, Stamp
from transforms.pages.listings import Addresses, ListingLayout, read_links, read_listing


@dataclass(frozen=True, slots=True)
class Layout:
    """How the article pages of a site look from one day on; every field is a CSS selector."""

    since: date
    title: str
    body: str  # of several matches the longest is read
    header: str = ""  # where 来源 and 发布时间 stand; "" reads what lies between title and body
    end: str | None = None  # the comment that ends the body starts with these words
    drop: tuple[str, ...] = ()  # furniture inside title, header or body
    column: str = ""  # the breadcrumb
    script_source: str | None = None  # a regex; group 1 is the source, where a script prints it


@dataclass(frozen=True, slots=True)
class Site:
    """A site: its addresses, how its articles look, where its lists are.

    `article_url` is searched in the path with its query. Its named groups are `key` (what makes the
    article's id; needed), `time` (Unix seconds in hexadecimal) and `day` (digits of a date, eight
    or with separators).
    """

    name: str
    title: str  # the name of the site, as printed
    hosts: tuple[str, ...]  # without www.
    article_url: re.Pattern[str]
    layouts: tuple[Layout, ...]  # the oldest first
    region: str | None = None  # GB/T 2260
    listings: tuple[str, ...] = ()  # where discovery starts
    listing_layouts: tuple[ListingLayout, ...] = ()
    column_url: re.Pattern[str] | None = None  # addresses of lists, to harvest from the home page
    evidence: str = ""  # how sure we are of the selectors

    def address(self, url: str | None) -> re.Match[str] | None:
        """Match an article's address; None for any other page."""
        return self.article_url.search(path_of(url)) if url else None

    def article_id(self, url: str | None) -> str | None:
        """Return `site/key`, the same for http and https, with and without www."""
        found = self.address(url)
        return f"{self.name}/{found['key']}" if found else None

    def stamp(self, url: str | None) -> Stamp | None:
        """Return the time of publication that the address holds, in Asia/Shanghai."""
        found = self.address(url)
        named = found.groupdict() if found else {}
        if named.get("time"):
            return Stamp(datetime.fromtimestamp(int(named["time"], 16), CHINA), precise=True)
        return day_stamp(named.get("day") or "")

    def folder_stamp(self, url: str | None) -> Stamp | None:
        """Return the day that the path names, where the address also holds seconds."""
        found = self.address(url)
        named = found.groupdict() if found else {}
        return day_stamp(named["day"]) if named.get("day") and named.get("time") else None

    def layouts_for(self, day: date | None) -> tuple[Layout, ...]:
        """Return the layouts, the one in use on that day first, then the newest."""
        newest = sorted(self.layouts, key=lambda layout: layout.since, reverse=True)
        return tuple(sorted(newest, key=lambda layout: day is not None and layout.since > day))

    def read_listing(self, snapshot: Snapshot) -> Listing:
        """Read one of the site's lists; raises PageError where the page cannot be parsed."""
        return read_listing(
            snapshot, self.listing_layouts, Addresses(self._is_article, self._day_of)
        )

    def read_columns(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Return the addresses of the lists that a home page links to."""
        return read_links(snapshot, self.column_url) if self.column_url else ()

    def _is_article(self, url: str) -> bool:
        return host_of(url) in self.hosts and self.address(url) is not None

    def _day_of(self, url: str) -> date | None:
        stamp = self.stamp(url)
        return stamp.at.date() if stamp else None


def host_of(url: str) -> str:
    """Return the host without `www.` and port; "" where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def path_of(url: str) -> str:
    """Return the path with its query; "" where the address cannot be read."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def day_stamp(digits: str) -> Stamp | None:
    """Read 20210329, 2021/03/29, 2021-3/29: the date in an address."""
    parts = re.findall(r"[0-9]{1,8}", digits)
    if len(parts) == 1 and len(digits) == 8:  # noqa: PLR2004 - yyyymmdd
        parts = [digits[:4], digits[4:6], digits[6:]]
    if len(parts) != 3:  # noqa: PLR2004 - year, month, day
        return None
    try:
        year, month, day = map(int, parts)
        return Stamp(datetime(year, month, day, tzinfo=CHINA), precise=False)
    except ValueError:
        return None


ADDRESS_DAY = re.compile(
    r"/t?((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])"
    r"|/((?:19|20)[0-9]{2}[/-][0-9]{1,2}[/-][0-9]{1,2})(?![0-9])"
)


def address_stamp(url: str) -> Stamp | None:
    """Return the day that the address of an unknown site holds."""
    found = ADDRESS_DAY.search(path_of(url))
    return day_stamp(found[1] or found[2]) if found else None
