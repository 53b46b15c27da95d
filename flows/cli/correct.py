"""`qinqing correct`: single fields of measures set right, each row with its reason."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.common import existing_database, filled, with_settings
from flows.settings import Settings
from flows.speech.speech import told


@click.command("correct")
@click.argument("file", type=click.Path(path_type=Path))
@with_settings("data", "database")
def command(settings: Settings, file: Path) -> int:
    """Apply the rows of FILE in place of those applied before; all of them, or none.

    \b
    FILE is tab-separated: article, quoted, field, value, reason, date, expectation. A row that fits
    no measure, or a measure that says something else than expected, is an error. A row that is
    taken out of FILE is undone. What was extracted stays in correction_applied.
    Example: qinqing correct corrections.tsv
    """
    from warehouse.corrections import read_corrections
    from warehouse.store import Warehouse

    rows = read_corrections(filled(file))
    with Warehouse(existing_database(settings)) as warehouse:
        changed = warehouse.correct(rows)
    print(told(f"corrections: {len(rows)}; articles changed: {len(changed)}"))
    return 0
