"""The domain as data: a new unit, idiom, anchor or category is a new row, never a branch."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from operator import itemgetter


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Read a lexicon table as rows keyed by its header; tab-separated, UTF-8, no quoting."""
    header, *lines = files(__name__).joinpath(name).read_text("utf-8").splitlines()
    names = header.split("\t")
    return tuple(
        dict(zip(names, line.split("\t") + [""] * len(names), strict=False))
        for line in lines
        if line and not line.startswith("#")
    )


def table(name: str, *columns: str) -> list[tuple[str, ...]]:
    """Read some columns of a long lexicon table; a tuple a row costs a third of a dict."""
    header, *lines = files(__name__).joinpath(name).read_text("utf-8").splitlines()
    names = header.split("\t")
    padding = "\t" * len(names)
    chosen = itemgetter(*map(names.index, columns))
    return [
        chosen((line + padding).split("\t")) for line in lines if line and not line.startswith("#")
    ]


def listed(cell: str) -> tuple[str, ...]:
    """Split a cell that holds a list: `a;b;c`."""
    return tuple(item for item in cell.split(";") if item)


@cache
def predicates() -> tuple[dict[str, str], ...]:
    """Read predicates.tsv, one row a word: words of one meaning share a row, joined by `;`."""
    return tuple(
        row | {"predicate": word}
        for row in rows("predicates.tsv")
        for word in listed(row["predicate"])
    )


@cache
def codes(dim: str) -> dict[str, dict[str, str]]:
    """Return the rows of one code list of taxonomy.tsv by code."""
    return {row["code"]: row for row in rows("taxonomy.tsv") if row["dim"] == dim}
