"""Pairs A、B分别为x、y: each figure of such a row is given the noun that stands in its place."""

from __future__ import annotations

import re
from bisect import bisect_left

from transforms.measures.clauses import Place
from transforms.measures.cues import cue
from transforms.measures.triggers import Hit
from transforms.model import Span, changed

RESPECTIVELY = cue("relation", "zip", "mark")
JOINER = re.compile("[、和及与以\\s]{1,3}")
LONGEST_ROW = 12  # figures that 分别 may pair
NEAR = 6  # characters between 分别 and its first figure
PART = re.compile("、|以及|及|和")


def zipped(text: str, hits: tuple[Hit, ...], places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places with `left` moved to its own noun where 分别 pairs nouns and figures."""
    found = list(places)
    starts = [place.figure.span.start for place in places]
    for word in RESPECTIVELY.finditer(text):
        first = bisect_left(starts, word.end())
        row = row_after(text, word.end(), places[first : first + LONGEST_ROW], NEAR)
        if row and row[0].form:
            continue
        if len(row) > 1:
            parts = _nouns(text, hits, row[0], word.start())
            deed = any(word.start() <= hit.start < row[0].figure.span.start for hit in hits)
            named = any(_holds(hits, part) for part in parts)
            # 甲区、乙区分别查处61起、58起: the nouns say who, the deed stands after 分别.
            if len(parts) == len(row) and (named or not deed):
                for place, part in zip(row, parts, strict=True):
                    found[place.index] = changed(place, left=part, zipped=True)
    return tuple(found)


def _holds(hits: tuple[Hit, ...], part: Span) -> bool:
    return any(part.start <= hit.start < part.end for hit in hits)


def row_after(text: str, start: int, places: tuple[Place, ...], near: int) -> list[Place]:
    """Return the figures that follow `start` with nothing but 、 and 和 between them.

    The first may stand `near` characters away.
    """
    row: list[Place] = []
    for place in places:
        limit = row[-1].figure.span.end if row else start
        between = text[limit : place.figure.span.start]
        if row and not JOINER.fullmatch(between):
            break
        if not row and len(between) > near:
            break
        row.append(place)
    return row


def _nouns(text: str, hits: tuple[Hit, ...], first: Place, end: int) -> list[Span]:
    """Cut the words before 分别 at 、 and 和, never within a trigger."""
    start = max(first.clause.start, first.whole.start, first.left.start)
    if not text[start:end].strip():
        return _in_clause_before(text, hits, first)
    return _parted(text, hits, start, end)


def _in_clause_before(text: str, hits: tuple[Hit, ...], first: Place) -> list[Span]:
    """在查处问题数、处理人数上，分别是743起、1198人: a clause that names each of them."""
    end = first.clause.start - 1
    start = max(first.whole.start, text.rfind("，", 0, max(end, 0)) + 1)
    if end <= start or not text.endswith(("上", "方面", "中"), start, end):
        return []
    parts = _parted(text, hits, start, end)
    return parts if all(_holds(hits, part) for part in parts) else []


def _parted(text: str, hits: tuple[Hit, ...], start: int, end: int) -> list[Span]:
    """Cut a stretch at 、 and 和, never within a trigger."""
    low = bisect_left(hits, start, key=lambda hit: hit.start)
    high = bisect_left(hits, end, key=lambda hit: hit.start)
    inside = [(hit.start, hit.end) for hit in hits[low:high]]
    cuts = [
        match.span()
        for match in PART.finditer(text, start, end)
        if not any(low < match.start() and match.end() < high for low, high in inside)
    ]
    spans, position = [], start
    for low, high in cuts:
        spans.append(Span(position, low))
        position = high
    return [*spans, Span(position, end)]
