"""Apply corrections.tsv to what was read.

Rows with a reason, which fail loudly once they no longer fit.

A row names an article, the words it corrects (the measure's surface, or a longer quotation that
holds exactly one measure), the field, the right value, why, since when, and what the reading said
when the row was written (`expectation`). A row whose article says something else today is an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from transforms.errors import WarehouseError
from warehouse.appending import append_rows
from warehouse.connection import Connection, all_rows
from warehouse.rows import COLUMNS

FIELDS = frozenset(COLUMNS["measure"]) - {
    "measure_id",
    "article_id",
    "span_start",
    "span_end",
    "surface",
    "quote",
    "run_id",
    "flags",
}
NUMBERS = frozenset({"value", "low", "high"})
BOUNDS = ("low", "high")  # of an exact number they go with the value
DAYS = frozenset({"period_start", "period_end"})
HEADER = ("article", "quoted", "field", "value", "reason", "date", "expectation")


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of corrections.tsv; `value` and `expectation` are empty for NULL."""

    article: str
    quoted: str
    field: str
    value: str
    reason: str
    date: str
    expectation: str


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a tab-separated file with the columns of HEADER; raise WarehouseError for a bad row."""
    header, *lines = path.read_text("utf-8").splitlines()
    if tuple(header.split("\t")) != HEADER:
        raise WarehouseError(f"{path.name}: the first line must be: {' '.join(HEADER)}")
    return tuple(
        _row(path.name, number, line)
        for number, line in enumerate(lines, 2)
        if line and line[0] != "#"
    )


def stage_corrections(connection: Connection, rows: Iterable[Correction]) -> set[str]:
    """Put rows into the temporary table new_correction.

    Return the articles whose rows differ from those stored.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE new_correction AS FROM correction LIMIT 0"
    ).fetchall()
    values = [
        (row.article, row.quoted, row.field, row.value, row.reason, row.date, row.expectation)
        for row in rows
    ]
    append_rows(connection, "new_correction", values)
    before = set(all_rows(connection, "FROM correction"))
    return {row[0] for row in before ^ set(all_rows(connection, "FROM new_correction"))}


def restore_extracted(connection: Connection) -> None:
    """Give the staged measures.

    Copied from the stored ones, the values that the text was read to say.
    """
    sql = (
        "SELECT measure_id, field, extracted FROM correction_applied"
        " JOIN stage_article USING (article_id)"
    )
    for measure, field, extracted in all_rows(connection, sql):
        connection.execute(
            f'UPDATE stage_measure SET "{field}" = ?, '  # noqa: S608 - a field of FIELDS
            "flags = list_filter(flags, lambda flag: flag <> ?) WHERE measure_id = ?",
            [extracted, f"corrected:{field}", measure],
        ).fetchall()


def apply_staged(connection: Connection, source: str = "correction") -> None:
    """Correct the staged measures by the rows of `source` and note down what they said.

    Raise WarehouseError naming each row that does not fit.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE stage_correction AS FROM correction_applied LIMIT 0"
    ).fetchall()
    rows = all_rows(
        connection,
        f"SELECT c.* FROM {source} c JOIN stage_article USING (article_id) ORDER BY ALL",  # noqa: S608 - our own name
    )
    problems = [problem for row in rows if (problem := _apply(connection, row))]
    if problems:
        raise WarehouseError("corrections.tsv: " + "; ".join(problems))


def _apply(connection: Connection, row: tuple[Any, ...]) -> str | None:
    article, quoted, field, value, reason, decided_on, expectation = row
    found = all_rows(
        connection,
        f'SELECT m.measure_id, m."{field}", m.value = m.low AND m.value = m.high'  # noqa: S608 - a field of FIELDS
        " FROM stage_measure m"
        " JOIN stage_article a USING (article_id) WHERE article_id = ? AND (m.surface = ?"
        " OR contains(a.text, ?) AND m.span_start >= strpos(a.text, ?) - 1"
        " AND m.span_end <= strpos(a.text, ?) - 1 + length(?))",
        [article, quoted, quoted, quoted, quoted, quoted],
    )
    if len(found) != 1:
        return f"{article} “{quoted}” fits {len(found)} measures, not one"
    [(measure, held, exact)] = found
    if not _same(held, expectation):
        today = f"{field} is {_plain(held)} today, not {expectation or 'empty'}"
        return f"{article} “{quoted}” {today}: drop or renew the row"
    before = None if held is None else str(held)
    for column in (field, *BOUNDS) if field == "value" and exact else (field,):
        connection.execute(
            f'UPDATE stage_measure SET "{column}" = ?,'  # noqa: S608 - a field of FIELDS
            " flags = list_append(flags, ?) WHERE measure_id = ?",
            [value or None, f"corrected:{column}", measure],
        ).fetchall()
        applied = [measure, article, column, before, value or None, reason, decided_on]
        connection.execute(
            "INSERT INTO stage_correction VALUES (?, ?, ?, ?, ?, ?, ?)", applied
        ).fetchall()
    return None


def _plain(held: object) -> object:
    if held is None:
        return "empty"
    return f"{held.normalize():f}" if isinstance(held, Decimal) else held


def _same(held: object, expected: str) -> bool:
    if held is None or expected == "":
        return held is None and expected == ""
    if isinstance(held, Decimal | float | int) and not isinstance(held, bool):
        return Decimal(str(held)) == Decimal(expected)
    return str(held).lower() == expected.lower()


def _row(file: str, number: int, line: str) -> Correction:
    cells = line.split("\t")
    if len(cells) != len(HEADER):
        raise WarehouseError(f"{file}:{number}: {len(cells)} cells, not {len(HEADER)}")
    row = Correction(*cells)
    if row.field not in FIELDS:
        raise WarehouseError(f"{file}:{number}: no field {row.field!r} to correct")
    if not row.reason:
        raise WarehouseError(f"{file}:{number}: a correction needs a reason")
    try:
        date.fromisoformat(row.date)
        for value in (row.value, row.expectation) if row.field in NUMBERS else ():
            Decimal(value or 0)
        if row.field in DAYS and row.value:
            date.fromisoformat(row.value)
    except (ValueError, InvalidOperation):
        raise WarehouseError(f"{file}:{number}: a day or number cannot be read") from None
    return row
