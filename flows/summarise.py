"""Write the report of a period: the flow behind the monthly and quarterly schedules."""

from __future__ import annotations

from datetime import date, datetime
from difflib import unified_diff
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows import reports
from flows.reports import SHANGHAI
from flows.settings import Settings, load_settings
from transforms.buckets import parse_period


@task(cache_policy=NO_CACHE)
def write_report(settings: Settings, period: str, lang: str, form: str) -> str:
    """Write one report; return where it is."""
    return str(reports.write_report(settings, period, lang=lang, form=form))


@flow(name="summarise")
def summarise(
    period: str = "last-month",
    data: str | None = None,
    database: str | None = None,
    lang: str = "zh",
    form: str = "html",
) -> str:
    """Write the report of `2021-03`, `2020Q4`, `2020`, or of `last-month` and `last-quarter`."""
    settings, _ = load_settings({"data": data, "database": database})
    today = datetime.now(SHANGHAI).date()
    name = period_before(period, today)
    before = brief_of(settings, name, lang)
    path = write_report(settings, name, lang, form)
    after = Path(write_report(settings, name, lang, "md")).read_text("utf-8")
    create_link_artifact(f"file://{path}", key="report", description="The report of the period")
    create_markdown_artifact(changes(before, after), key="changes", description=f"New in {name}")
    return path


def brief_of(settings: Settings, period: str, lang: str) -> str | None:
    """Return the brief that was written of a period before; None where there is none."""
    path = settings.reports_path / f"{parse_period(period).name}.{lang}.md"
    return path.read_text("utf-8") if path.exists() else None


def changes(before: str | None, after: str) -> str:
    """Return what a brief says otherwise than before as Markdown; all of it the first time.

    >>> changes("a", "b").splitlines()
    ['```diff', '-a', '+b', '```']
    """
    if before is None:
        return after
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    kept = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return "\n".join(["```diff", *kept, "```"]) if kept else "Nothing has changed."


def period_before(period: str, today: date) -> str:
    """Turn `last-month` and `last-quarter` into the name of the period that ended before `today`.

    >>> period_before("last-quarter", date(2021, 1, 15))
    '2020Q4'
    """
    months = today.year * 12 + today.month - 2  # the month before, counted from the year 0
    if period == "last-month":
        return f"{months // 12}-{months % 12 + 1:02d}"
    if period == "last-quarter":
        quarters = today.year * 4 + (today.month - 1) // 3 - 1
        return f"{quarters // 4}Q{quarters % 4 + 1}"
    return period
