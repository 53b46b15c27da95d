"""Which addresses may be asked, where a redirect leads, whether it still is the same article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from transforms.sites import all_sites, site_of
from transforms.sites.site import Site

REDIRECTS = frozenset({301, 302, 303, 307, 308})
DEFAULT_PORTS = {"http": 80, "https": 443}
CONTROLS = re.compile(r"[\x00-\x20\x7f]")
KEY = re.compile(r"[0-9]{4,}")


@dataclass(frozen=True, slots=True)
class Allowed:
    """The hosts that may be asked, each `host` (its usual ports) or `host:port`."""

    hosts: frozenset[str]

    def refusal(self, url: str) -> str | None:
        """Return why an address may not be asked; None where it may."""
        try:
            parts = urlsplit(url)
            place = host_key(url)
        except ValueError as error:
            return str(error)
        if CONTROLS.search(url) or "@" in parts.netloc:
            return "control characters or a user name in the address"
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            return f"{parts.scheme or 'no scheme'} is not http"
        return None if place in self.hosts else f"{place} is not on the list of hosts"


def hosts_of(sites: Iterable[Site] | None = None) -> frozenset[str]:
    """Return the hosts of sites, of all known ones by default, with and without www."""
    chosen = all_sites().values() if sites is None else sites
    bare = {host for site in chosen for host in site.hosts}
    return frozenset(bare | {f"www.{host}" for host in bare})


def host_key(url: str) -> str:
    """Return the host of an address, with its port where that is not the usual one."""
    parts = urlsplit(url)
    usual = parts.port is None or parts.port == DEFAULT_PORTS.get(parts.scheme)
    return f"{parts.hostname}" if usual else f"{parts.hostname}:{parts.port}"


def target_of(url: str, location: str) -> str:
    """Return where a Location leads, absolute, without fragment; raise ValueError where nowhere.

    Servers send raw UTF-8 in it, which arrives as Latin-1; such bytes are percent-encoded.
    """
    safe = quote(location.strip().encode("latin-1", "replace"), safe="%/:=&?~#+!$,;'@()*[]")
    target = urljoin(url, safe).partition("#")[0]
    _ = urlsplit(target).port  # raises ValueError for http://[::1 and the like
    return target


def is_same_article(asked: str, final: str) -> bool:
    """Say whether a redirect kept the article: its id, else its path or the number in it."""
    if asked == final:
        return True
    site = site_of(asked)
    match = site.address(asked) if site else None
    if match and site:
        key = match["key"]
        return site.article_id(final) == site.article_id(asked) or key in KEY_RUNS.findall(final)
    path, arrived = urlsplit(asked).path.rstrip("/"), urlsplit(final).path.rstrip("/")
    numbers = KEY.findall(path)
    return path == arrived or bool(numbers and numbers[-1] in KEY.findall(final))


KEY_RUNS = re.compile(r"[0-9A-Za-z]+")
