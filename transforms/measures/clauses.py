"""Cuts the text around each figure: its sentence, its clause, the words that are its own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from transforms.document import Document
from transforms.making import quick
from transforms.model import Figure, Span

LONGEST_RUN = 8  # figures that may touch: 4类13项37个
REACH = 400  # characters a clause may reach to either side: keeps an endless sentence linear
CUT = re.compile("[，,；;：:。！？!?（）()【】…\n]")
# 村（社区）干部, 中央纪委（国家监委）: a short remark without a figure does not end a clause.
REMARK = re.compile(r"[（(][^（）()，,。；;0-9]{1,8}[）)]")
# 13个乡（镇、办事处）: the 、 of a short remark parts nothing.
ASIDE = re.compile(r"[（(][^（）()，,。\n]{1,16}[）)]")
# ；parts one sentence into claims that share their subject and date; 。ends it.
FULL_STOP = re.compile(
    "[；;。！？!?\n](?:(?<=\n)|(?:(?<=[。！？!?])|[；;]*[。！？!?])[。！？!?；;]*[”’」』）)]*)"
)


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands; offsets into Document.text."""

    figure: Figure
    index: int  # among the figures of the document
    sentence: Span  # up to ；or 。
    whole: Span  # up to 。
    clause: Span  # up to a comma, a colon or a bracket
    left: Span  # from the clause's start or the figure before, to the figure
    right: Span  # from the figure to the clause's end or the next figure
    noun: int  # where the noun after the figure may start, past figures that touch it
    bracket: bool  # the clause stands within （…）
    row: Span | None = None  # the name of its row in a table
    zipped: bool = False  # `left` is the noun that 分别 pairs with the figure
    form: str | None = None  # the one of the four forms that a row of them gives the figure


def is_money(place: Place) -> bool:
    """Say whether a sum is counted."""
    return place.figure.quantity.dimension == "money"


def unit_of(place: Place) -> str | None:
    """Return the unit the figure is counted in."""
    return place.figure.quantity.unit


def same_unit(one: Place, other: Place) -> bool:
    """Say whether two figures are counted in one unit."""
    return unit_of(one) == unit_of(other)


def places(document: Document, figures: tuple[Figure, ...]) -> tuple[Place, ...]:
    """Return the place of every figure, in reading order."""
    cuts = _cuts(document.text, figures)
    stops = [match.end() for match in FULL_STOP.finditer(document.text)]
    found: list[Place] = []
    for index, figure in enumerate(figures):
        sentence = document.sentence_at(figure.span.start)
        whole = _whole(stops, figure.span.start, len(document.text))
        clause = _clause(cuts, sentence, figure.span)
        before = figures[index - 1].span.end if index else 0
        left = Span(max(clause.start, before), figure.span.start)
        noun, end = _right(document.text, clause, figures, index)
        right = Span(figure.span.end, end)
        bracket = _in_bracket(document.text, whole.start, figure.span.start)
        found.append(Place(figure, index, sentence, whole, clause, left, right, noun, bracket))
    return tuple(found)


def _right(text: str, clause: Span, figures: tuple[Figure, ...], index: int) -> tuple[int, int]:
    """Return where the noun starts and ends; figures that touch share theirs: 8项18个问题."""
    last = min(index + LONGEST_RUN, len(figures)) - 1
    while index < last and figures[index].span.end == figures[index + 1].span.start:
        index += 1
    start = figures[index].span.end
    after = figures[index + 1].span.start if index + 1 < len(figures) else clause.end
    end = max(start, min(clause.end, after))
    comma = text.find("、", start, end)
    aside = ASIDE.search(text, start, end) if comma >= 0 else None
    if aside and aside.start() < comma < aside.end():
        comma = text.find("、", aside.end(), end)
    return start, end if comma < 0 else comma


def _clause(cuts: list[int], sentence: Span, figure: Span) -> Span:
    low, high = max(sentence.start, figure.start - REACH), min(sentence.end, figure.end + REACH)
    before, after = bisect_left(cuts, figure.start), bisect_left(cuts, figure.end)
    start = max(low, cuts[before - 1] + 1) if before else low
    return Span(start, min(high, cuts[after]) if after < len(cuts) else high)


def _cuts(text: str, figures: tuple[Figure, ...]) -> list[int]:
    """Return where clauses end: at every mark that is in no figure and no short remark."""
    kept = [match.span() for match in REMARK.finditer(text)]
    kept += [
        (figure.span.start, figure.span.end)
        for figure in figures
        if CUT.search(text, figure.span.start, figure.span.end)
    ]
    inside = {position for start, end in kept for position in range(start, end)}
    marks = CUT.finditer(text, 0, figures[-1].span.end + REACH if figures else 0)
    return [start for match in marks if (start := match.start()) not in inside]


def _whole(stops: list[int], offset: int, end: int) -> Span:
    """Return the stretch from 。to 。that holds `offset`."""
    index = bisect_right(stops, offset)
    start = stops[index - 1] if index else 0
    return Span(start, stops[index] if index < len(stops) else end)


def _in_bracket(text: str, start: int, offset: int) -> bool:
    low = max(start, offset - 200)
    opened = max(text.rfind("（", low, offset), text.rfind("(", low, offset))
    return opened >= 0 and max(text.find("）", opened, offset), text.find(")", opened, offset)) < 0
