"""Copy the lexicons that SQL needs into the ref_ tables, and say what each column holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

import duckdb

from transforms import lexicon, regions
from warehouse.appending import append_rows

TYPE = re.compile(r"(?:自治[区州县旗]|特别行政区|地区|林区|新区|[省市县区旗州盟])$")
SHORTEST = 2
SOURCES = ("taxonomy.tsv", "units.tsv", "anchors.tsv", "regions/divisions.tsv")
Row = tuple[object, ...]


def refresh(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the reference tables anew where a lexicon differs from what the database holds."""
    digest = _digest()
    known = connection.execute("SELECT sha256 FROM migration WHERE name = 'references'").fetchall()
    if known == [(digest,)]:
        return
    connection.execute("BEGIN")
    for table, rows in _tables().items():
        _write(connection, table, rows)
    connection.execute("DELETE FROM migration WHERE name = 'references'")
    connection.execute("INSERT INTO migration VALUES ('references', ?)", [digest])
    connection.execute("COMMIT")


def comment(connection: duckdb.DuckDBPyConnection) -> None:
    """Write what comments.tsv says of tables, views and their columns into the catalogue."""
    said = _comments()
    columns = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    statements = [
        f"COMMENT ON {kind} {relation} IS {_quoted(said.get((relation, ''), ''))}"
        for relation, kind in _relations(connection)
    ] + [
        f'COMMENT ON COLUMN {relation}."{column}" IS {_quoted(text)}'
        for relation, column in columns
        if (text := said.get((relation, column)) or said.get(("*", column), ""))
    ]
    connection.execute(";\n".join(statements)).fetchall()


@cache
def _digest() -> str:
    lexicons = files(lexicon)
    texts = [lexicons.joinpath(name).read_bytes() for name in SOURCES]
    texts += [
        files("warehouse").joinpath(name).read_bytes()
        for name in ("breaks.tsv", "implied_problems.tsv")
    ]
    return sha256(b"".join(texts)).hexdigest()


@cache
def _tables() -> dict[str, list[Row]]:
    return {
        "ref_code": _codes(),
        "ref_unit": _units(),
        "ref_region": _regions(),
        "ref_region_now": _regions_now(),
        "ref_anchor": _anchors(),
        "ref_break": _breaks(),
        "ref_implied_problem": _implied_problems(),
    }


def comments_file() -> Traversable:
    """Return the data dictionary: relation, column, comment; relation * is any."""
    return files("warehouse").joinpath("comments.tsv")


def _comments() -> dict[tuple[str, str], str]:
    _, *lines = comments_file().read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line)
    return {(relation, column): text for relation, column, text in rows}


def _relations(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    tables = connection.execute(
        "SELECT table_name, 'TABLE' FROM duckdb_tables() WHERE NOT temporary"
    )
    found = tables.fetchall()
    views = connection.execute(
        "SELECT view_name, 'VIEW' FROM duckdb_views()"
        " WHERE NOT internal AND schema_name = 'main' AND NOT temporary"
    )
    return found + views.fetchall()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _write(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    connection.execute(f"DELETE FROM {table}").fetchall()  # noqa: S608 - the name is one of ours
    append_rows(connection, table, list(rows))


def _codes() -> list[Row]:
    return [
        (
            row["dim"],
            row["code"],
            row["parent"] or None,
            int(row["depth"] or 0),
            row["label_zh"],
            row["label_en"],
            list(lexicon.listed(row["units"])),
            row["basis"],
            row["additive"],
            row["source"],
            row["note"],
        )
        for row in lexicon.rows("taxonomy.tsv")
    ]


def _units() -> list[Row]:
    first: dict[str, Row] = {}
    for row in lexicon.rows("units.tsv"):
        factor = float(row["factor"]) if row["factor"] else None
        first.setdefault(
            row["unit"],
            (
                row["unit"],
                row["code"],
                row["dimension"],
                row["base_unit"],
                factor,
                row["count_basis"],
                row["note"],
            ),
        )
    return list(first.values())


def _regions() -> list[Row]:
    return [
        (
            row.code,
            row.name,
            row.level,
            row.parent,
            row.valid_from,
            row.valid_to,
            row.successor,
            row.name_en,
        )
        for row in regions.rows()
    ]


def _regions_now() -> list[Row]:
    shared = _shared()
    return [
        (
            code,
            (now := _today(code)),
            (name := regions.name_of(now) or code),
            _short(name),
            (name_en := regions.english_name_of(now) or name),
            f"{_holder(now)}{name}" if name in shared else name,
            ", ".join(filter(None, (name_en, _holder(now, regions.english_name_of))))
            if name_en in shared
            else name_en,
        )
        for code in sorted({row.code for row in regions.rows()})
    ]


def _shared() -> set[str]:
    """Return the names, in either language, that several places bear today."""
    standing = [row for row in regions.rows() if row.valid_to is None]
    names = Counter(name for row in standing for name in (row.name, row.name_en))
    return {name for name, count in names.items() if count > 1}


def _holder(code: str, name_of: Callable[[str], str | None] = regions.name_of) -> str:
    """Return the name of the place that holds this one, empty for a province."""
    parent = regions.parent_of(code)
    return (name_of(parent) or "") if parent and parent != regions.NATION else ""


def _today(code: str) -> str:
    """Follow successors; where a place was split the old code stays."""
    heir = regions.successor_of(code)
    return _today(heir) if heir else code


def _short(name: str) -> str:
    cut = TYPE.sub("", name)
    return cut if len(cut) >= SHORTEST else name


def _anchors() -> list[Row]:
    return [
        (
            row["code"],
            list(lexicon.listed(row["phrases"])),
            row["kind"],
            row["start"] or None,
            row["end"] or None,
            row["rule"],
            row["scope"],
            row["confidence"],
            row["note"],
        )
        for row in lexicon.rows("anchors.tsv")
    ]


def _breaks() -> list[Row]:
    return [
        (category, region or None, day, reason)
        for category, region, day, reason in _own("breaks.tsv")
    ]


def _implied_problems() -> list[Row]:
    return [tuple(row) for row in _own("implied_problems.tsv")]


def _own(name: str) -> list[list[str]]:
    _, *lines = files("warehouse").joinpath(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line]
