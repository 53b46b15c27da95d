"""`qinqing doctor`: what is installed, writable, open, damaged or stale, and what to do."""

from __future__ import annotations

import click

from flows.cli.common import print_rows, with_settings
from flows.settings import Settings
from flows.speech import told

FAILED = 1


@click.command("doctor")
@click.option("--online", is_flag=True, help="ask the sites for their robots.txt too")
@click.option("--site", "sites", multiple=True, help="a site's name, with --online [gxjjw]")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "jsonl", "csv"]), default="table"
)
@with_settings("data", "database")
def command(settings: Settings, sites: tuple[str, ...], form: str, *, online: bool) -> int:
    """Check Python, packages, disk, rights, clock, database, archive, certificates and Prefect.

    \b
    Sends nothing unless --online is given. Exit code 1 where something fails; warnings are 0.
    Example: qinqing doctor
             qinqing doctor --online --site gxjjw
    """
    from flows.checkup import check_up

    found = check_up(settings, online=online, sites=sites)
    names = ("what", "level", "told", "remedy")
    spoken = told if form == "table" else str
    print_rows(names, [[spoken(getattr(one, name)) for name in names] for one in found], form)
    return FAILED if any(one.level == "fail" for one in found) else 0
