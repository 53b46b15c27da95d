"""`qinqing backfill`: years of an archive in one command that can be stopped and resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flows.cli.common import print_rows, printed_in, with_settings
from flows.cli.ordering import as_flow, orders, tell, watching
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.discovery.gathering import Order
    from flows.jobs import Job


@click.command("backfill")
@orders("listing")
@click.option("--dry-run", is_flag=True, help="say what would be fetched and how long it takes")
@click.option("--prefect", is_flag=True, help="run as a Prefect flow, recorded with its artifacts")
@printed_in("table", "json")
@with_settings("data", "database", "engine", "workers", "scheduler")
def command(settings: Settings, order: Order, form: str, *, dry_run: bool, prefect: bool) -> int:
    """Find, fetch, archive, read and load what a source holds of some years.

    \b
    Lists and pages are fetched politely and only once: the same command resumes after an
    interrupt, a crash or a day's share of requests that is used up (exit codes 130 and 4).
    Example: qinqing backfill --since 2019-01 --until 2021-12 --dry-run
             qinqing backfill --since 2019-01 --until 2021-12 --site gxjjw
             qinqing backfill --from wayback --since 2012
             qinqing backfill --from warc crawl.warc.gz --engine processes --workers 4
    """
    if dry_run:
        return _tell(settings, order, form)
    job = as_flow("backfill", settings, order) if prefect else _here(settings, order)
    return tell(job, form, "the same command")


def _tell(settings: Settings, order: Order, form: str) -> int:
    from dataclasses import asdict

    from flows.jobs import forecast

    foreseen = asdict(forecast(order, settings))
    print_rows(tuple(foreseen), [tuple(foreseen.values())], form)
    return 0


def _here(settings: Settings, order: Order) -> Job:
    from flows.jobs import run_backfill

    with watching() as watch:
        return run_backfill(order, settings, watch)
