"""`qinqing doctor`: what is installed, writable, open, damaged or stale, and what to do."""

from __future__ import annotations

import click

from flows.cli.common import (
    existing_database,
    of_sites,
    print_rows,
    printed_in,
    with_settings,
)
from flows.settings import Settings
from flows.speech.speech import say, told

FAILED = 1


@click.command("doctor")
@click.option("--online", is_flag=True, help="ask the sites for their robots.txt too")
@of_sites("a site's name, with --online [gxjjw]")
@click.option("--repair", is_flag=True, help="set a damaged log of the database aside")
@printed_in()
@with_settings("data", "database")
def command(
    settings: Settings, sites: tuple[str, ...], form: str, *, online: bool, repair: bool
) -> int:
    """Check Python, packages, disk, rights, clock, database, archive, certificates and Prefect.

    \b
    Sends nothing unless --online is given. Exit code 1 where something fails; warnings are 0.
    --repair sets a damaged log of the database aside; what only the log held was read from the
    archive and is read again by the next run.
    Example: qinqing doctor
             qinqing doctor --repair
             qinqing doctor --online --site gxjjw
    """
    from flows.health.checkup import check_up

    if repair:
        _repair(settings)
    found = check_up(settings, online=online, sites=sites)
    names = ("what", "level", "told", "remedy")
    spoken = told if form == "table" else str
    print_rows(names, [[spoken(getattr(one, name)) for name in names] for one in found], form)
    return FAILED if any(one.level == "fail" for one in found) else 0


def _repair(settings: Settings) -> None:
    """Set a damaged log aside; raises DiskError where the database itself is damaged."""
    from warehouse.keeping import repair

    aside = repair(existing_database(settings))
    if aside is None:
        say("nothing to repair: the database opens")
    else:
        say(f"the damaged log lies in {aside} now; qinqing reprocess reads again what it held")
