"""Cuts the text around each figure: its sentence, its clause, the words that are its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.document import Document
from transforms.model import Figure, Span

CUT = "\x1f"
LONGEST_RUN = 8  # figures that may touch: 4类13项37个
REACH = 400  # characters a clause may reach to either side: keeps an endless sentence linear
CUTS = str.maketrans(dict.fromkeys("，,；;：:。！？!?（）()【】…\n", CUT))
# 村（社区）干部, 中央纪委（国家监委）: a short remark without a figure does not end a clause.
REMARK = re.compile(r"[（(][^（）()，,。；;0-9]{1,6}[）)]")
# ；parts one sentence into claims that share their subject and date; 。ends it.
FULL_STOP = re.compile("[。！？!?\n]")


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


def places(document: Document, figures: tuple[Figure, ...]) -> tuple[Place, ...]:
    """Return the place of every figure, in reading order."""
    flat = _flat(document.text, figures)
    wholes = _wholes(document)
    found: list[Place] = []
    for index, figure in enumerate(figures):
        sentence = document.sentence_at(figure.span.start)
        whole = wholes[sentence.start]
        clause = _clause(flat, sentence, figure.span)
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
    return start, end if comma < 0 else comma


def _clause(flat: str, sentence: Span, figure: Span) -> Span:
    low, high = max(sentence.start, figure.start - REACH), min(sentence.end, figure.end + REACH)
    start = flat.rfind(CUT, low, figure.start)
    end = flat.find(CUT, figure.end, high)
    return Span(low if start < 0 else start + 1, high if end < 0 else end)


def _flat(text: str, figures: tuple[Figure, ...]) -> str:
    """Every mark that ends a clause becomes CUT; those inside figures and short remarks do not."""
    flat = text.translate(CUTS)
    kept = [match.span() for match in REMARK.finditer(text)]
    kept += [
        (figure.span.start, figure.span.end)
        for figure in figures
        if CUT in flat[figure.span.start : figure.span.end]
    ]
    if not kept:
        return flat
    parts, position = [], 0
    for start, end in sorted(kept):
        if start >= position:
            parts += [flat[position:start], text[start:end]]
            position = end
    return "".join((*parts, flat[position:]))


def _wholes(document: Document) -> dict[int, Span]:
    """For the start of each sentence, the stretch up to 。that holds it."""
    wholes: dict[int, Span] = {}
    pending: list[int] = []
    for sentence in document.sentences:
        pending.append(sentence.start)
        if FULL_STOP.search(document.text, max(sentence.start, sentence.end - 4), sentence.end):
            wholes |= dict.fromkeys(pending, Span(pending[0], sentence.end))
            pending = []
    if pending:
        wholes |= dict.fromkeys(pending, Span(pending[0], len(document.text)))
    return wholes


def _in_bracket(text: str, start: int, offset: int) -> bool:
    low = max(start, offset - 200)
    opened = max(text.rfind("（", low, offset), text.rfind("(", low, offset))
    return opened >= 0 and max(text.find("）", opened, offset), text.find(")", opened, offset)) < 0
