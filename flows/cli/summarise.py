"""`qinqing summarise`: the report of a period, or one chart of it."""

from __future__ import annotations

import click

from flows.cli.common import complete_charts, with_settings
from flows.settings import Settings
from flows.speech.speech import say
from transforms.errors import UsageError

REPORTS, PICTURES = ("html", "md"), ("svg", "png")
GATE = 3


@click.command("summarise")
@click.option("--period", required=True, metavar="PERIOD", help="2021-03, 2020Q4, 2020H1 or 2020")
@click.option("--format", "form", type=click.Choice([*REPORTS, *PICTURES]), help="[html; svg]")
@click.option("--chart", metavar="NAME", shell_complete=complete_charts,
    help="one chart alone: forms, four, heat, inspection, "
              "programmes, funnel or money; PNG needs Chromium")  # fmt: skip
@with_settings("data", "database", "lang")
def command(settings: Settings, period: str, form: str | None, chart: str | None) -> int:
    """Write the report of a period: one self-contained HTML page, or Markdown for chat and mail.

    \b
    Example: qinqing summarise --period 2020Q4
             qinqing summarise --period 2021-03 --lang en --format md
             qinqing summarise --period 2020 --chart funnel --format svg
    """
    from flows.reports import is_empty, write_chart, write_report

    if form and (form in PICTURES) != (chart is not None):
        raise UsageError("svg and png are for --chart NAME; html and md are for the whole report")
    if chart:
        print(write_chart(settings, period, chart, form=form or "svg"))
        return 0
    print(write_report(settings, period, form=form or "html"))
    if is_empty(settings, period):
        say(f"the report is empty: the database has no figure of {period}; see qinqing status")
        return GATE
    return 0
