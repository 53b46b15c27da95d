"""Write the data dictionary: every table, view and column with its comment, and the code lists.

`python -m warehouse.dictionary > docs/DATA_DICTIONARY.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import groupby

import duckdb

from transforms.lexicon import rows as lexicon_rows
from warehouse.connection import MEMORY, Connection, all_rows, migrate

INTRODUCTION = """\
# Data dictionary

Written by `python -m warehouse.dictionary` from the schema itself; a test holds this file to it.
The same words are in the database: `DESCRIBE fact`, `FROM duckdb_columns()`.

Where to begin: `summary_month`, `summary_quarter` and `summary_year` hold sums that may be quoted;
`fact` holds one row a claim with its sentence; `addable` the rows that a `SUM` may touch;
`outside_bucket` what no sum holds, and why; `measure` every figure at every place where a text
states it.
"""
CODES = """\
## Code lists

All of them are rows of `ref_code` too; `units` and `additive` say how a category may be added.
"""
UNITS = """\
### Units

Units of one class have one name in claims and sums; classes are never added together.
"""
KINDS = {"views": ("Views", "Ask these."), "tables": ("Tables", "What was read, and the ledgers.")}
LISTS = {
    "category": "Categories: what is counted",
    "problem": "Problems: what the work was about",
    "rank": "Ranks of persons",
    "org_kind": "Kinds of organs",
    "level": "Levels",
    "campaign_kind": "Kinds of programmes",
    "aggregation": "Aggregation (in columns and JSON without `ag_`)",
    "modality": "Modality (in columns and JSON without `mo_`)",
    "relation": "Relation of a part to its whole (in columns and JSON without `re_`)",
}
INDENT = "\u2003"  # an em space: Markdown eats plain ones


def dictionary(connection: Connection) -> str:
    """Return the dictionary of a migrated database as Markdown."""
    parts = [
        INTRODUCTION,
        *_relations(connection),
        *_code_lists(connection),
        *_small_lists(),
        *_units(connection),
    ]
    return "\n".join(parts)


def fresh() -> Connection:
    """Return an empty database in memory with the newest schema and its comments."""
    connection = duckdb.connect(MEMORY)
    migrate(connection, comments=True)
    return connection


def _relations(connection: Connection) -> Iterator[str]:
    said = {
        "views": "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal",
        "tables": "SELECT table_name, comment FROM duckdb_tables() WHERE NOT temporary",
    }
    for kind, sql in said.items():
        title, note = KINDS[kind]
        yield f"## {title}\n\n{note}\n"
        for name, comment in sorted(all_rows(connection, sql)):
            yield f"### {name}\n\n{comment}.\n"
            yield _table(("column", "type", "what it holds"), _columns(connection, name))


def _columns(connection: Connection, relation: str) -> list[tuple[str, ...]]:
    sql = (
        "SELECT column_name, data_type, comment FROM duckdb_columns()"
        " WHERE table_name = ? AND NOT internal ORDER BY column_index"
    )
    return [(f"`{name}`", kind, text) for name, kind, text in all_rows(connection, sql, [relation])]


def _code_lists(connection: Connection) -> Iterator[str]:
    yield CODES
    sql = "SELECT code, depth, label_zh, label_en, units, additive FROM ref_code WHERE dim = ?"
    for dim, title in LISTS.items():
        codes = _in_tree_order(dim, {row[0]: row for row in all_rows(connection, sql, [dim])})
        yield f"### {title}\n"
        wide = dim == "category"
        names = ("code", "中文", "English", *(("units", "additive") if wide else ()))
        yield _table(names, [_code(row, wide=wide) for row in codes])


def _code(row: Sequence[object], *, wide: bool) -> tuple[str, ...]:
    code, depth, label_zh, label_en, units, additive = row
    cells = (f"{INDENT * int(str(depth))}`{code}`", str(label_zh), str(label_en))
    listed = " ".join(map(str, units)) if isinstance(units, list) else ""
    return (*cells, listed, str(additive)) if wide else cells


def _in_tree_order(dim: str, found: dict[str, tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Put each code after its parent, siblings in the order of taxonomy.tsv."""
    below: dict[str, list[str]] = {}
    for row in lexicon_rows("taxonomy.tsv"):
        if row["dim"] == dim:
            below.setdefault(row["parent"] if row["parent"] in found else "", []).append(
                row["code"]
            )

    def walk(parent: str) -> Iterator[str]:
        for code in below.get(parent, ()):
            yield code
            yield from walk(code)

    return [found[code] for code in walk("")]


def small_lists() -> dict[str, list[tuple[str, str, str]]]:
    """Return the lists that no lexicon holds: name → rows of code, label_zh, label_en."""
    _, *lines = files("warehouse").joinpath("code_lists.tsv").read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line]
    grouped = groupby(rows, key=lambda row: row[0])
    return {name: [(code, zh, en) for _, code, zh, en in group] for name, group in grouped}


def _small_lists() -> Iterator[str]:
    for name, codes in small_lists().items():
        yield f"### {name}\n"
        yield _table(("code", "中文", "English"), [(f"`{code}`", zh, en) for code, zh, en in codes])


def _units(connection: Connection) -> Iterator[str]:
    yield UNITS
    sql = (
        "SELECT dimension, count_basis, string_agg(unit, ' ' ORDER BY rowid) FROM ref_unit"
        " GROUP BY ALL ORDER BY min(rowid)"
    )
    yield _table(("dimension", "counts", "units"), all_rows(connection, sql))


def _table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines) + "\n"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(dictionary(fresh()))
