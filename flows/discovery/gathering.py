"""What a run is asked to gather: a source, sites or a file, days; and whom it may ask for that."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flows.discovery.cdx import HOSTS
from flows.discovery.discovery import Window
from flows.fetching.redirects import host_key, hosts_of
from flows.files import words_of
from transforms.errors import InputError, UsageError
from transforms.model import ArticleRef
from transforms.sites import all_sites
from transforms.sites.site import Site

NETWORK_SOURCES = ("listing", "urls", "wayback", "commoncrawl")
LONGEST_URL = 2_000


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be gathered: a source, its sites or file, the days, all or only what is new."""

    source: str
    sites: tuple[str, ...] = ("gxjjw",)
    path: Path | None = None
    window: Window = field(default_factory=Window)
    refresh: bool = False  # ask for known pages again; only what changed is sent


def hosts_for(order: Order) -> frozenset[str]:
    """Return the hosts that an order may ask; no other is ever sent a byte."""
    if order.source == "urls":
        return frozenset(host_key(ref.url) for ref in url_list(order.path))
    own = hosts_of(sites_of(order))
    return own if order.source == "listing" else own | HOSTS


def sites_of(order: Order) -> tuple[Site, ...]:
    """Return the sites of an order; raise UsageError for an unknown name."""
    unknown = sorted(set(order.sites) - all_sites().keys())
    if unknown:
        raise UsageError(f"no site is called {unknown[0]!r}; known: {', '.join(all_sites())}")
    return tuple(all_sites()[name] for name in order.sites)


def url_list(path: Path | None) -> list[ArticleRef]:
    """Read a file of addresses, one a line; blank lines and lines that start with # are left out.

    Raises InputError where the file cannot be read or a line is no http(s) address.
    """
    if path is None:
        raise UsageError("a list of addresses needs its file: urls FILE")
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {words_of(error)}") from error
    refs: dict[str, ArticleRef] = {}
    for number, line in enumerate(lines, start=1):
        url = line.strip()
        if not url or url.startswith("#"):
            continue
        if not _is_address(url):
            raise InputError(f"{path}, line {number}: not an http(s) address: {url[:80]!r}")
        refs.setdefault(url, ArticleRef(url))
    return list(refs.values())


def _is_address(url: str) -> bool:
    try:
        host_key(url)
    except ValueError:
        return False
    return url.startswith(("http://", "https://")) and len(url) <= LONGEST_URL
