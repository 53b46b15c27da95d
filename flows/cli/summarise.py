"""`qinqing summarise`: the report of a period."""

from __future__ import annotations

import click

from flows.cli.common import with_settings
from flows.settings import Settings


@click.command("summarise")
@click.option("--period", required=True, metavar="PERIOD", help="2021-03, 2020Q4, 2020H1 or 2020")
@click.option("--format", "form", type=click.Choice(["html", "md"]), default="html")
@with_settings("data", "database", "lang")
def command(settings: Settings, period: str, form: str) -> int:
    """Write the report of a period: one self-contained HTML page, or Markdown for chat and mail.

    \b
    Example: qinqing summarise --period 2020Q4
             qinqing summarise --period 2021-03 --lang en --format md
    """
    from flows.reports import write_report

    print(write_report(settings, period, form=form))
    return 0
