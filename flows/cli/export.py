"""`qinqing export`: a view, table, query or SELECT as a file."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.common import for_reading, with_settings
from flows.settings import Settings
from flows.speech.speech import told


@click.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--lake", is_flag=True, help="read the lake of --catalog, not the database")
@with_settings("data", "database", "catalog")
def command(settings: Settings, name: str, file: Path, *, lake: bool) -> int:
    """Write NAME (a view, table, named query or SELECT) to FILE: .parquet, .csv, .xlsx or .jsonl.

    \b
    CSV opens in a spreadsheet as it is; beside Parquet lies a manifest with its checksum.
    Example: qinqing export summary_quarter quarters.csv
             qinqing export fact facts.parquet
             qinqing export "SELECT * FROM fact WHERE region_name = '西乡塘区'" one.xlsx
    """
    with for_reading(settings, lake=lake) as warehouse:
        rows = warehouse.export(name, file)
    print(told(f"{rows} rows in {file}"))
    return 0
