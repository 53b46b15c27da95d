"""Write a view, table or named query to Parquet, CSV, XLSX or JSON lines."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from transforms.errors import UsageError, WarehouseError
from warehouse.asking import named_sql, query_names
from warehouse.connection import Connection, all_rows

CHUNK = 10_000
SAFE_INTEGER = 2**53  # larger ones lose digits in a spreadsheet
# What a spreadsheet takes for the start of a formula, in the widths it reads.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Row = tuple[Any, ...]


def export(connection: Connection, name: str, path: Path) -> int:
    """Write `name` (a table, view, named query or SELECT) in the format of the path's suffix.

    Return the rows written.

    The file appears whole or not at all; rows of a table or view are in the order of all columns,
    so that the same content gives the same file. Beside a Parquet file lies its manifest with the
    sha256.
    """
    write = WRITERS.get(path.suffix)
    if write is None:
        raise UsageError(
            f"cannot write {path.suffix or path.name}; write one of {', '.join(WRITERS)}"
        )
    sql = name if is_sql(name) else _select(connection, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = beside(path)
    try:
        rows = write(connection, sql, temporary)
        temporary.replace(path)
    except duckdb.Error as error:
        raise WarehouseError(str(error).splitlines()[0]) from None
    finally:
        temporary.unlink(missing_ok=True)
    if path.suffix == ".parquet":
        _write_manifest(path, name, rows)
    return rows


def is_sql(name: str) -> bool:
    """Say whether this is a statement, and no name."""
    first, *rest = name.lower().split() or [""]
    return bool(rest) and first in {"select", "from", "with"}


def beside(path: Path) -> Path:
    """Return the file that is written first, then takes the place of `path`."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def verify(path: Path) -> None:
    """Raise WarehouseError where a Parquet file is not the one its manifest speaks of."""
    manifest = json.loads(_manifest(path).read_text("utf-8"))
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != manifest["sha256"]:
        raise WarehouseError(
            f"{path.name} is damaged: its sha256 is not that of {_manifest(path).name}"
        )


def plain(value: object) -> object:
    """Return a value as JSON knows it: whole decimals as integers, days in ISO form."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def inert(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "; ".join(map(str, value)) if isinstance(value, list) else plain(value)
    if isinstance(text, str) and (text.startswith(FORMULA) or text.lstrip().startswith(FORMULA)):
        return "'" + text
    return text


def _select(connection: Connection, name: str) -> str:
    relations = all_rows(connection, "SELECT table_name FROM information_schema.tables")
    if (name,) in relations:
        return f'SELECT * FROM "{name}" ORDER BY ALL'  # noqa: S608 - the name of a relation that exists
    if name in query_names():
        return named_sql(name)
    raise UsageError(
        f"there is no table, view or query {name!r};"
        " see docs/DATA_DICTIONARY.md and qinqing query --list"
    )


def _chunks(connection: Connection, sql: str) -> tuple[list[str], Iterator[list[Row]]]:
    connection.execute(sql)
    names = [column[0] for column in connection.description or ()]
    return names, iter(lambda: connection.fetchmany(CHUNK), [])


def _write_parquet(connection: Connection, sql: str, path: Path) -> int:
    [(rows,)] = all_rows(
        connection,
        f"COPY (\n{sql.rstrip().rstrip(';')}\n) TO ? (FORMAT parquet, COMPRESSION zstd)",
        [str(path)],
    )
    return int(rows)


def _write_csv(connection: Connection, sql: str, path: Path) -> int:
    names, chunks = _chunks(connection, sql)
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        for chunk in chunks:
            writer.writerows([inert(cell) for cell in row] for row in chunk)
            count += len(chunk)
    return count


def _write_jsonl(connection: Connection, sql: str, path: Path) -> int:
    names, chunks = _chunks(connection, sql)
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for chunk in chunks:
            for row in chunk:
                record = dict(zip(names, map(plain, row), strict=True))
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += len(chunk)
    return count


def _write_xlsx(connection: Connection, sql: str, path: Path) -> int:
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError("writing .xlsx needs xlsxwriter: pip install -e '.[xlsx]'") from None
    names, chunks = _chunks(connection, sql)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("qinqing")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, names)
        for chunk in chunks:
            for row in chunk:
                count += 1
                _write_cells(sheet, count, row)
    return count


def _write_cells(sheet: Any, number: int, row: Sequence[object]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    for column, value in enumerate(row):
        cell = "; ".join(map(str, value)) if isinstance(value, list) else plain(value)
        if isinstance(cell, bool) or cell is None:
            sheet.write(number, column, cell)
        elif isinstance(cell, int | float) and abs(cell) < SAFE_INTEGER:
            sheet.write_number(number, column, cell)
        else:
            sheet.write_string(number, column, str(cell))


def _manifest(path: Path) -> Path:
    return path.with_name(path.name + ".manifest.json")


def _write_manifest(path: Path, name: str, rows: int) -> None:
    body = path.read_bytes()
    said = {
        "file": path.name,
        "source": name,
        "rows": rows,
        "bytes": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    temporary = path.with_name(f".{path.name}.manifest.{os.getpid()}")
    temporary.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
    temporary.replace(_manifest(path))


WRITERS: dict[str, Callable[[Connection, str, Path], int]] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".xlsx": _write_xlsx,
}
