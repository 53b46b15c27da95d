"""Write the data dictionary: every table, view and column with its comment, and the code lists.

`python -m warehouse.dictionary > docs/DATA_DICTIONARY.md`, and in Chinese with the word `zh`
`> docs/DATA_DICTIONARY.zh.md`. Its own words are in dictionary.tsv; comments_zh.tsv holds the
Chinese of what comments.tsv says of tables and columns.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

import duckdb

from transforms.lexicon import rows as lexicon_rows
from warehouse.connection import MEMORY, Connection, all_rows, migrate

LANGUAGES = ("en", "zh")
LISTS = (
    "category",
    "problem",
    "rank",
    "org_kind",
    "level",
    "campaign_kind",
    "aggregation",
    "modality",
    "relation",
)
INDENT = "\u2003"  # an em space: Markdown eats plain ones


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the dictionary in one language."""

    lang: str

    def __call__(self, key: str) -> str:
        """Return a text of dictionary.tsv."""
        text = _pairs("dictionary.tsv")[key][LANGUAGES.index(self.lang)]
        return text.replace("\\n", "\n")

    def comment(self, text: str) -> str:
        """Return the comment on a table, view or column."""
        return text if self.lang == "en" else _pairs("comments_zh.tsv").get(text, (text,))[0]


@cache
def _pairs(name: str) -> dict[str, tuple[str, ...]]:
    _, *lines = files("warehouse").joinpath(name).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line)
    return {key: tuple(rest) for key, *rest in rows}


def dictionary(connection: Connection, lang: str = "en") -> str:
    """Return the dictionary of a migrated database as Markdown."""
    words = Words(lang)
    parts = [
        words("introduction"),
        *_relations(connection, words),
        *_code_lists(connection, words),
        *_small_lists(words),
        *_units(connection, words),
    ]
    return "\n".join(parts)


def fresh() -> Connection:
    """Return an empty database in memory with the newest schema and its comments."""
    connection = duckdb.connect(MEMORY)
    migrate(connection, comments=True)
    return connection


def _relations(connection: Connection, words: Words) -> Iterator[str]:
    said = {
        "views": "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal",
        "tables": "SELECT table_name, comment FROM duckdb_tables() WHERE NOT temporary",
    }
    for kind, sql in said.items():
        yield words(kind)
        for name, comment in sorted(all_rows(connection, sql)):
            yield f"### {name}\n\n{words.comment(comment)}{words('stop')}\n"
            yield _table(words("columns").split(" / "), _columns(connection, name, words))


def _columns(connection: Connection, relation: str, words: Words) -> list[tuple[str, ...]]:
    sql = (
        "SELECT column_name, data_type, comment FROM duckdb_columns()"
        " WHERE table_name = ? AND NOT internal ORDER BY column_index"
    )
    return [
        (f"`{name}`", kind, words.comment(text))
        for name, kind, text in all_rows(connection, sql, [relation])
    ]


def _code_lists(connection: Connection, words: Words) -> Iterator[str]:
    yield words("codes")
    sql = "SELECT code, depth, label_zh, label_en, units, additive FROM ref_code WHERE dim = ?"
    for dim in LISTS:
        codes = _in_tree_order(dim, {row[0]: row for row in all_rows(connection, sql, [dim])})
        yield f"### {words(dim)}\n"
        wide = dim == "category"
        names = words("code_columns" if wide else "small_columns").split(" / ")
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


def _small_lists(words: Words) -> Iterator[str]:
    for name, codes in small_lists().items():
        yield f"### {name}\n"
        names = words("small_columns").split(" / ")
        yield _table(names, [(f"`{code}`", zh, en) for code, zh, en in codes])


def _units(connection: Connection, words: Words) -> Iterator[str]:
    yield words("units")
    sql = (
        "SELECT dimension, count_basis, string_agg(unit, ' ' ORDER BY rowid) FROM ref_unit"
        " GROUP BY ALL ORDER BY min(rowid)"
    )
    yield _table(words("unit_columns").split(" / "), all_rows(connection, sql))


def _table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines) + "\n"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(dictionary(fresh(), *sys.argv[1:2]))
