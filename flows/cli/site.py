"""`qinqing site list|check|first-reading`: the site profiles."""

from __future__ import annotations

import json
from pathlib import Path

import click

from flows.cli.common import print_rows, printed_in

BAD_DATA = 65
NAMES = ("site", "page", "status", "detail")


@click.group("site")
def command() -> None:
    """List and check the site profiles; take the first reading of a new page.

    \b
    A profile says how the addresses, articles and lists of a site look, and since when.
    Example: qinqing site list
             qinqing site check gxjjw ccdi
             qinqing site first-reading page.shtml --url http://www.gxjjw.gov.cn/…
    """


@command.command("list")
@printed_in()
def list_sites(form: str) -> int:
    """Print every known site: name, title, region, hosts, layouts and how sure we are of them."""
    from transforms.sites import all_sites

    names = ("site", "title", "region", "hosts", "layouts", "lists", "evidence")
    rows = [
        (
            site.name,
            site.title,
            site.region,
            " ".join(site.hosts),
            len(site.layouts),
            len(site.listings),
            site.evidence,
        )
        for site in all_sites().values()
    ]
    print_rows(names, rows, form)
    return 0


@command.command("check")
@click.argument("names", nargs=-1)
@click.option("--pages", type=click.Path(path_type=Path), help="folder of saved pages, one a site")
@printed_in()
def check(names: tuple[str, ...], pages: Path | None, form: str) -> int:
    """Read the saved pages of sites anew and compare; exit code 65 where one reads otherwise."""
    from flows.health.site_checks import PAGES, check_sites
    from transforms.errors import UsageError
    from transforms.sites import all_sites

    unknown = sorted(set(names) - all_sites().keys())
    if unknown:
        raise UsageError(f"no site is called {unknown[0]!r}; known: {', '.join(all_sites())}")
    checked = list(check_sites(names, pages or PAGES))
    print_rows(NAMES, [[getattr(each, name) for name in NAMES] for each in checked], form)
    return 0 if all(each.status == "ok" for each in checked) else BAD_DATA


@command.command("first-reading")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", help="address of the page [the .url file beside it]")
@click.option("--site", help="name of the site, where the address does not tell it")
def first(file: Path, url: str | None, site: str | None) -> int:
    """Print what is read from a saved page as JSON, for a person to check and accept."""
    from flows.health.site_checks import saved_page
    from transforms.pages.pages import first_reading

    reading = first_reading(saved_page(file, url), site)
    print(json.dumps(reading, ensure_ascii=False, indent=1))
    return 0
