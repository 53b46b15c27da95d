"""`qinqing diff`: what a later run read otherwise than an earlier one."""

from __future__ import annotations

import click

from flows.cli.common import print_rows, printed_in, with_settings
from flows.settings import Settings


@click.command("diff")
@click.argument("run1")
@click.argument("run2")
@printed_in()
@with_settings("data", "database")
def command(settings: Settings, run1: str, run2: str, form: str) -> int:
    """List the measures that RUN2 gained, lost or read otherwise than RUN1.

    \b
    The names of runs stand in the table run.
    Example: qinqing diff ingest-20261124T060445366827 reprocess-20261124T070112000000
    """
    from warehouse.store import Warehouse

    with Warehouse(settings.database_path, read_only=True) as warehouse:
        rows = warehouse.diff(run1, run2)
    print_rows(("measure_id", "change", "field", "before", "after"), rows, form)
    return 0
