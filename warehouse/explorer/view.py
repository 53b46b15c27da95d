"""Draw the explorer's pages as HTML, from what the searches return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import jinja2

from transforms import lexicon
from warehouse.explorer.question import MOST_PAGES, Question
from warehouse.explorer.search import CSV_ROWS, Found, Frame, Hit, Named, Sheet, pages
from warehouse.report.labels import Labels, labels, parent_of
from warehouse.report.numbers import amount, bounds, inexact, span
from warehouse.report.page import asset, content_policy
from warehouse.report.sentences import followable, parts

ROW_ROOM = 90  # characters of a sentence in a row of results, at each side of its figure
NATURES = ("increment", "cumulative", "ytd", "stock", "rate", "change", "threshold")
SORTS = (("-date", "newest"), ("date", "oldest"), ("-value", "largest"), ("value", "smallest"))


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the tree with what lies below it."""

    code: str
    name: str
    count: int
    chosen: bool
    open: bool
    below: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of the list of indicators."""

    code: str
    name: str
    count: int
    depth: int


def results_page(asked: Question, found: Found, frame: Frame) -> str:
    """Draw the search with its results and the trees of regions and indicators."""
    t = labels(asked.lang)
    return _render(
        "results.html.j2",
        asked,
        frame=frame,
        total=found.total,
        rows=[row(hit, t) for hit in found.hits],
        tree=region_tree(found.regions, frame.names[asked.lang], asked.region),
        choices=indicators(found.categories, asked.category, t),
        last=min(pages(found.total), MOST_PAGES),
    )


def programmes_page(asked: Question, total: int, named: Sequence[Named], frame: Frame) -> str:
    """Draw the named programmes that fit a question."""
    last = min(pages(total), MOST_PAGES)
    given = {"named": named, "tree": (), "choices": (), "last": last}
    return _render("results.html.j2", asked, frame=frame, total=total, rows=(), **given)


def article_page(asked: Question, sheet: Sheet, at: int) -> str:
    """Draw an article with its figures marked; `at` is the start of the figure asked for."""
    t = labels(asked.lang)
    marks = [(hit.span_start, hit.surface, number) for number, hit in enumerate(sheet.hits, 1)]
    chosen = next((n for n, hit in enumerate(sheet.hits, 1) if hit.span_start == at), 0)
    return _render(
        "article.html.j2",
        asked,
        sheet=sheet,
        url=followable(sheet.url),
        parts=parts(sheet.text, marks, room=len(sheet.text)),
        rows=[row(hit, t) for hit in sheet.hits],
        chosen=chosen,
    )


def message_page(lang: str, text: str, *, refresh: bool = False) -> str:
    """Draw a page that says one thing, and tries again by itself if that may help."""
    return _render("message.html.j2", Question(lang=lang), text=text, refresh=refresh)


def row(hit: Hit, t: Labels) -> dict[str, object]:
    """Return what a row of results shows."""
    return {
        "hit": hit,
        "region": hit.region_name or t("no_region"),
        "category": t.indicator(hit.category, hit.problem, hit.rank),
        "value": amount(hit.value, hit.unit, t),
        "bounds": bounds(hit.low, hit.high, hit.unit, t) if inexact(hit.low, hit.high) else "",
        "period": span(hit.period_start, hit.period_end, t),
        "basis": t.code("b", hit.period_basis),
        "parts": _around(hit),
    }


def _around(hit: Hit) -> tuple[str, str, str]:
    """Return the figure with a little of its sentence at each side."""
    start, end = hit.offset, hit.offset + len(hit.surface)
    if start < 0 or hit.quote[start:end] != hit.surface:
        return hit.quote[: 2 * ROW_ROOM], "", ""
    before, after = hit.quote[:start], hit.quote[end:]
    left = f"…{before[-ROW_ROOM:]}" if len(before) > ROW_ROOM else before
    right = f"{after[:ROW_ROOM]}…" if len(after) > ROW_ROOM else after
    return left, hit.surface, right


def region_tree(counts: dict[str, int], names: dict[str, str], chosen: str) -> tuple[Place, ...]:
    """Arrange the regions that have figures as nation, provinces, prefectures, counties."""
    codes = {code for one in counts for code in _upwards(one) if code in names}
    below: dict[str, list[str]] = {}
    for code in sorted(codes):
        below.setdefault(_above(code, codes), []).append(code)
    return tuple(_place(code, below, counts, names, chosen) for code in below.get("", ()))


def _upwards(code: str) -> tuple[str, str, str]:
    return (code, f"{code[:4]}00", f"{code[:2]}0000")


def _above(code: str, codes: set[str]) -> str:
    return next((one for one in _upwards(code)[1:] if one != code and one in codes), "")


def _place(
    code: str,
    below: dict[str, list[str]],
    counts: dict[str, int],
    names: dict[str, str],
    chosen: str,
) -> Place:
    inner = tuple(_place(one, below, counts, names, chosen) for one in below.get(code, ()))
    count = counts.get(code, 0) + sum(place.count for place in inner)
    shown = any(place.chosen or place.open for place in inner)
    return Place(code, names[code], count, code == chosen, shown, inner)


def indicators(counts: dict[str, int], chosen: str, t: Labels) -> list[Choice]:
    """List the indicators that have figures, in the taxonomy's order; parents count children."""
    totals: dict[str, int] = {}
    for code, count in counts.items():
        at: str | None = code
        while at:
            totals[at] = totals.get(at, 0) + count
            at = parent_of(at)
    rows = lexicon.codes("category")
    kept = [code for code in rows if code in totals or code == chosen]
    return [
        Choice(code, t.category(code), totals.get(code, 0), int(rows[code]["depth"]))
        for code in kept
    ]


def policy() -> str:
    """Return the Content-Security-Policy of the explorer's pages."""
    return content_policy(css(), asset_of("explorer.js"), form="'self'")


@cache
def css() -> str:
    """Return the report's style with the explorer's added."""
    return asset("report.css") + asset_of("explorer.css")


@cache
def asset_of(name: str) -> str:
    """Return a file that stands beside the explorer's templates."""
    return files(__package__).joinpath("templates", name).read_text("utf-8")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(asset_of), autoescape=True, undefined=jinja2.StrictUndefined
    )


def _render(name: str, asked: Question, **given: object) -> str:
    return (
        _environment()
        .get_template(name)
        .render(
            t=labels(asked.lang),
            asked=asked,
            other=replace(asked, lang="en" if asked.lang == "zh" else "zh"),
            natures=NATURES,
            sorts=SORTS,
            csv_rows=CSV_ROWS,
            css=css(),
            js=asset_of("explorer.js"),
            **given,
        )
    )
