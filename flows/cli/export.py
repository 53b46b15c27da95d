"""`qinqing export`: a view, table or named query as a file."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.common import with_settings
from flows.settings import Settings
from flows.speech import told


@click.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@with_settings("data", "database")
def command(settings: Settings, name: str, file: Path) -> int:
    """Write NAME (a view, table or named query) to FILE: .parquet, .csv, .xlsx or .jsonl.

    \b
    CSV opens in a spreadsheet as it is; beside Parquet lies a manifest with its checksum.
    Example: qinqing export summary_quarter quarters.csv
             qinqing export fact facts.parquet
    """
    from warehouse.store import Warehouse

    with Warehouse(settings.database_path, read_only=True) as warehouse:
        rows = warehouse.export(name, file)
    print(told(f"{rows} rows in {file}"))
    return 0
