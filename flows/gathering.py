"""Pages of a source by its name, fetched and archived: lists, addresses, indexes of archives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.archive import Archive
from flows.archive_writer import ArchiveWriter
from flows.attempts import Attempt
from flows.cdx import HOSTS, fetch_captures, search_common_crawl, search_wayback
from flows.discovery import Known, Window, discover, known_in
from flows.fetching import Client, Record, fetch_all
from flows.redirects import host_key, hosts_of
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
    everything: bool = False  # read lists to their end, fetch known pages again if they changed


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


def gather(
    order: Order, client: Client, archive: Archive, writer: ArchiveWriter, record: Record
) -> Iterator[Attempt]:
    """Fetch and archive what an order asks for; yield the attempt of each article.

    `record` is told of these and of every list and index that was asked on the way. Raises
    UsageError for an unknown source, InputError for a list of addresses that cannot be read.
    """
    known = None if order.everything else known_in(archive)
    if order.source in {"wayback", "commoncrawl"}:
        return _from_index(order, client, writer, record, known)
    if order.source not in NETWORK_SOURCES:
        raise UsageError(f"cannot fetch from {order.source!r}; one of {', '.join(NETWORK_SOURCES)}")
    refs = _refs(order, client, record, known)
    return fetch_all(refs, client, writer, record, archive.validators().get)


def _refs(
    order: Order, client: Client, record: Record, known: Known | None
) -> Iterator[ArticleRef]:
    if order.source == "urls":
        refs: Iterable[ArticleRef] = url_list(order.path)
        yield from (ref for ref in refs if known is None or not known(ref.url))
        return
    for site in sites_of(order):
        yield from discover(site, client, window=order.window, known=known, record=record)


def _from_index(
    order: Order, client: Client, writer: ArchiveWriter, record: Record, known: Known | None
) -> Iterator[Attempt]:
    search = {"wayback": search_wayback, "commoncrawl": search_common_crawl}[order.source]
    for site in sites_of(order):
        captures = search(site, client, window=order.window, known=known, record=record)
        yield from fetch_captures(captures, client, writer, record)


def url_list(path: Path | None) -> list[ArticleRef]:
    """Read a file of addresses, one a line; blank lines and lines that start with # are left out.

    Raises InputError where the file cannot be read or a line is no http(s) address.
    """
    if path is None:
        raise UsageError("a list of addresses needs its file: urls FILE")
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
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
