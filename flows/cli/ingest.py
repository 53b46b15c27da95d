"""`qinqing ingest`: fetch or import what is new, read it and load what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flows.cli.common import printed_in, with_settings
from flows.cli.ordering import as_flow, orders, tell, watching
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.discovery.gathering import Order
    from flows.jobs import Job


@click.command("ingest")
@orders("samples")
@click.option("--prefect", is_flag=True, help="run as a Prefect flow, recorded with its artifacts")
@printed_in("table", "json")
@with_settings("data", "database", "engine", "workers", "scheduler")
def command(settings: Settings, order: Order, form: str, *, prefect: bool) -> int:
    """Read what is new and load what it says; pages known already change nothing.

    \b
    `--from listing` follows the lists of a site back to some days before the newest article that
    is known: after days off one run catches up. Pages that could not be had are asked for again.
    A folder needs a MANIFEST.tsv with the columns file and url.
    Example: qinqing ingest --from listing --site gxjjw
             qinqing ingest --from folder saved-pages/
             qinqing ingest --from warc crawl.warc.gz
    """
    job = as_flow("ingest", settings, order) if prefect else _here(settings, order)
    return tell(job, form, "the same command")


def _here(settings: Settings, order: Order) -> Job:
    from flows.jobs import run_ingest

    with watching() as watch:
        return run_ingest(order, settings, watch)
