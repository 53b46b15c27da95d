"""One module a site; the readers of its articles and lists are shared, what differs is data.

To add a site: 1. save an article page as it was sent to tests/sites/<name>/<page>.shtml, with its
address on the first line of <page>.url; 2. write <name>.py here with a SITE: hosts, the pattern of
its article addresses, a Layout (selectors of headline, header zone and body) and a ListingLayout;
3. run the tests: the first reading is written beside the page as <page>.json and the test fails;
4. read that JSON against the page, mend layout or JSON, commit both. A redesign is one more Layout
with the day it was first seen; the old one stays, archives still hold its pages.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from types import MappingProxyType

from transforms.sites.site import Site, host_of


@cache
def all_sites() -> MappingProxyType[str, Site]:
    """Return the sites by name, found by looking in this folder."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if info.name != "site")
    return MappingProxyType({name: import_module(f"{__name__}.{name}").SITE for name in names})


def site_of(url: str | None) -> Site | None:
    """Return the site an address belongs to; None where no module knows the host."""
    return _by_host().get(host_of(url)) if url else None


@cache
def _by_host() -> dict[str, Site]:
    return {host: site for site in all_sites().values() for host in site.hosts}
