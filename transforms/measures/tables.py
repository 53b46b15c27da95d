"""Gives a figure in a table its column's heading and its row's name as its words."""

from __future__ import annotations

import re

from transforms.measures.clauses import Place
from transforms.model import Span, changed

TAB = "\t"
DIGIT = re.compile("[0-9]")
WIDEST = 1000  # characters of a line of cells
TALLEST = 60  # rows that a heading may stand above


def tabled(text: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places with `left` at the heading and `row` at the first cell of the line."""
    if TAB not in text:
        return places
    return tuple(_in_table(text, place) for place in places)


def _in_table(text: str, place: Place) -> Place:
    start = text.rfind("\n", max(0, place.figure.span.start - WIDEST), place.figure.span.start) + 1
    column = text.count(TAB, start, place.figure.span.start)
    too_wide = not start and place.figure.span.start > WIDEST
    if too_wide or not column:
        return place
    heading = _cell(text, _top(text, start), column)
    row = _cell(text, start, 0)
    if heading is None or row is None or DIGIT.search(heading.of(text)):
        return place
    return changed(place, left=heading, row=row, zipped=True)


def _top(text: str, start: int) -> int:
    """Return where the first of the lines of cells that end at `start` begins."""
    for _ in range(TALLEST):
        above = text.rfind("\n", 0, max(start - 1, 0)) + 1
        if above >= start or TAB not in text[above : max(start - 1, 0)]:
            return start
        start = above
    return start


def _cell(text: str, start: int, column: int) -> Span | None:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    for _ in range(column):
        start = text.find(TAB, start, end) + 1
        if not start:
            return None
    stop = text.find(TAB, start, end)
    return Span(start, end if stop < 0 else stop)
