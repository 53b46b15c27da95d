"""Answer the explorer's questions with the queries beside this file; reads only."""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import duckdb

from transforms import lexicon
from warehouse.explorer.question import PAGE_ROWS, Question
from warehouse.report.labels import lineage
from warehouse.report.numbers import Number

CSV_ROWS = 20_000
_NEWEST = "published_on DESC NULLS LAST, claim_id"
_ORDERS = {
    "-date": _NEWEST,
    "date": "published_on NULLS LAST, claim_id",
    "-value": "value DESC NULLS LAST, claim_id",
    "value": "value NULLS LAST, claim_id",
}
_Ids = tuple[
    int, list[int], dict[str, int], dict[str, int]
]  # total, a page, by region, by category
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim by the sentence that states it best."""

    measure_id: str
    article_id: str
    span_start: int
    published_on: date | None
    title: str
    region: str | None
    region_name: str
    region_scope: str
    category: str
    problem: str | None
    rank: str | None
    surface: str
    quote: str
    offset: int
    value: Number | None
    low: Number | None
    high: Number | None
    unit: str | None
    aggregation: str
    modality: str
    period_start: date | None
    period_end: date | None
    period_basis: str
    actor: str | None
    confidence: float | None
    statements: int
    url: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and how many each region and category has."""

    total: int
    hits: tuple[Hit, ...]
    regions: dict[str, int]
    categories: dict[str, int]


@dataclass(frozen=True, slots=True)
class Named:
    """A programme with the first and the last article that names it."""

    name: str
    kind: str
    organ: str | None
    region_name: str
    first_seen: date | None
    last_seen: date | None
    articles: int
    figures: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What the explorer's controls offer: the months there are and the names of regions."""

    months: tuple[str, ...]
    names: dict[str, dict[str, str]]  # by language, then by code


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article with every figure read in it."""

    article_id: str
    title: str
    text: str
    source: str | None
    site: str | None
    published_on: date | None
    url: str | None
    sha256: str | None
    hits: tuple[Hit, ...]


def search(connection: duckdb.DuckDBPyConnection, asked: Question, rows: int = PAGE_ROWS) -> Found:
    """Return a page of the claims that fit a question."""
    given = _filters(asked) | {"rows": rows, "skip": (asked.page - 1) * PAGE_ROWS}
    total, ids, regions, categories = (_by_words if asked.q else _by_facets)(connection, given)
    hits = _made(connection, Hit, "rows", {"claim_ids": ids, "lang": asked.lang}) if ids else ()
    return Found(total, hits, regions, categories)


def _by_words(connection: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> _Ids:
    """Search the sentences once for the page and for all counts."""
    given = given | {"common": _fetch(connection, "common", given)[0][0]}
    sql = _query("search").replace(_NEWEST, _ORDERS[given["order"]])
    total, ids, regions, categories = _run(connection, sql, given)[0]
    return total, ids or [], regions or {}, categories or {}


def _by_facets(connection: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> _Ids:
    """Count and order by the narrow columns alone, a query each: that is quickest."""
    counts: dict[str, dict[str, int]] = {"region": {}, "category": {}}
    for dim, code, n in _fetch(connection, "counts", given):
        counts[dim][code] = n
    page = _query("page").replace(_NEWEST, _ORDERS[given["order"]])
    ids = [row[0] for row in _run(connection, page, given)]
    named = given["categories"]
    total = sum(n for code, n in counts["category"].items() if named is None or code in named)
    regions = {code: n for code, n in counts["region"].items() if code}
    return total, ids, regions, counts["category"]


def programmes(
    connection: duckdb.DuckDBPyConnection, asked: Question, rows: int = PAGE_ROWS
) -> tuple[int, tuple[Named, ...]]:
    """Return how many programmes fit a question, and a page of them."""
    given = _filters(asked) | {"rows": rows, "skip": (asked.page - 1) * PAGE_ROWS}
    found = _fetch(connection, "programmes", given)
    return (found[0][-1] if found else 0), tuple(Named(*row[:-1]) for row in found)


def frame(connection: duckdb.DuckDBPyConnection) -> Frame:
    """Return what the controls offer; the months run without a gap."""
    first, last, names, names_en = _fetch(connection, "frame", {})[0]
    return Frame(tuple(_months(first, last)), {"zh": names or {}, "en": names_en or {}})


def sheet(connection: duckdb.DuckDBPyConnection, article_id: str, lang: str) -> Sheet | None:
    """Return an article with its figures in reading order; None if absent or held back."""
    found = _fetch(connection, "sheet", {"article_id": article_id})
    if not found:
        return None
    hits = _made(connection, Hit, "figures", {"article_id": article_id, "lang": lang})
    return Sheet(*(*found[0], hits))


def as_csv(hits: Iterable[Hit]) -> str:
    """Write hits for a spreadsheet; text that looks like a formula gets an apostrophe."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    names = [field.name for field in fields(Hit) if field.name != "offset"]
    writer.writerow(names)
    writer.writerows([_cell(getattr(hit, name)) for name in names] for hit in hits)
    return sink.getvalue()


def named_as_csv(named: Iterable[Named]) -> str:
    """Write programmes for a spreadsheet."""
    sink = io.StringIO()
    names = [field.name for field in fields(Named)]
    writer = csv.writer(sink)
    writer.writerow(names)
    writer.writerows([_cell(getattr(one, name)) for name in names] for one in named)
    return sink.getvalue()


def _cell(value: object) -> object:
    risky = isinstance(value, str) and value.lstrip()[:1] in {"=", "+", "-", "@", "\t", "\r"}
    return f"'{value}" if risky else value


def _filters(asked: Question) -> dict[str, Any]:
    return {
        "words": asked.q or None,
        "region": region_pattern(asked.region),
        "categories": list(below(asked.category)) if asked.category else None,
        "nature": asked.nature or None,
        "start": _first_day(asked.start),
        "end": _last_day(asked.end),
        "order": asked.sort,
        "lang": asked.lang,
    }


def region_pattern(code: str) -> str | None:
    """Return the LIKE pattern of a place and all below it; the nation stands for itself alone."""
    if not code or code == "000000":
        return code or None
    stem = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return stem + "%" if len(stem) < len(code) else code


@cache
def below(category: str) -> tuple[str, ...]:
    """Return a category and all codes below it."""
    return tuple(code for code in lexicon.codes("category") if category in lineage(code))


def _first_day(month: str) -> date | None:
    return date.fromisoformat(f"{month}-01") if month and month[:4] != "0000" else None


def _last_day(month: str) -> date | None:
    first = _first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1]) if first else None


def _months(first: date | None, last: date | None) -> Iterable[str]:
    if first is None or last is None:
        return
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{month // 12:04d}-{month % 12 + 1:02d}"


def _fetch(
    connection: duckdb.DuckDBPyConnection, name: str, asked: dict[str, Any]
) -> list[tuple[Any, ...]]:
    return _run(connection, _query(name), asked)


def _run(
    connection: duckdb.DuckDBPyConnection, sql: str, asked: dict[str, Any]
) -> list[tuple[Any, ...]]:
    given = {key: value for key, value in asked.items() if f"${key}" in sql}
    return connection.cursor().execute(sql, given).fetchall()


def _made(
    connection: duckdb.DuckDBPyConnection, make: type[Made], name: str, asked: dict[str, Any]
) -> tuple[Made, ...]:
    return tuple(make(*row) for row in _fetch(connection, name, asked))


@cache
def _query(name: str) -> str:
    return files(__package__).joinpath("queries", f"{name}.sql").read_text("utf-8")


def pages(total: int) -> int:
    """Return how many pages a total fills."""
    return max(-(-total // PAGE_ROWS), 1)


def top(counts: dict[str, int], most: int) -> Sequence[tuple[str, int]]:
    """Return the largest counts first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
