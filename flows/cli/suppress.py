"""`qinqing suppress`: withdrawn articles out of the facts, or back in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from flows.cli.common import existing_database, filled, with_settings
from flows.settings import Settings
from flows.speech.speech import told
from transforms.errors import InputError

HEADER = ["article", "reason", "date"]
Row = tuple[str, str, date]


@click.command("suppress")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ahead", is_flag=True, help="also articles that the database does not hold yet")
@with_settings("data", "database")
def command(settings: Settings, file: Path, *, ahead: bool) -> int:
    """Take the articles of FILE out of every fact and sum, in place of those taken out before.

    \b
    FILE is tab-separated: article, reason, date. The articles and their figures stay in the tables
    article and measure; an article that is taken out of FILE counts again. An article that is not
    in the database is an error, unless --ahead says that it may still come.
    Example: qinqing suppress withdrawn.tsv
    """
    from warehouse.store import Warehouse

    rows = _rows(filled(file))
    with Warehouse(existing_database(settings)) as warehouse:
        unknown = [] if ahead else warehouse.unknown_articles(row[0] for row in rows)
        if unknown:
            raise InputError(
                f"{file.name}: no article {unknown[0]} in the database ({len(unknown)} of"
                f" {len(rows)} rows); mend the row, or add --ahead for articles still to come"
            )
        changed = warehouse.suppress(rows)
    print(told(f"articles suppressed: {len(rows)}; new or back since the last time: {changed}"))
    return 0


def _rows(path: Path) -> list[Row]:
    lines = path.read_text("utf-8-sig").splitlines()
    if not lines or lines[0].split("\t") != HEADER:
        raise InputError(f"{path.name}: the first line must be: {' '.join(HEADER)}")
    numbered = enumerate(lines[1:], 2)
    return [_row(path, number, line) for number, line in numbered if line and line[0] != "#"]


def _row(path: Path, number: int, line: str) -> Row:
    try:
        article, reason, day = line.split("\t")
        if article and reason:
            return article, reason, date.fromisoformat(day)
    except ValueError:
        pass
    raise InputError(
        f"{path.name}:{number}: a withdrawal needs article, reason and day (YYYY-MM-DD)"
    )
