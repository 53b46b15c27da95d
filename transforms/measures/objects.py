"""Cuts out the thing counted, as printed: 会员企业, 相关单位责任人; None where none is named."""

from __future__ import annotations

import re

from transforms.measures.categories import Choice
from transforms.measures.clauses import Place
from transforms.measures.phrases import (
    DOCUMENTS,
    LONGEST,
    MODIFIED,
    after_number,
    opening,
    past_verb,
    phrase,
    tail_start,
    words,
)
from transforms.model import Span

PLAIN = 16  # characters of a phrase that nothing joins
MARKED = re.compile("[的等和、及]")
OF_PLACES = frozenset({"家", "所", "个", "处"})
PARTS = re.compile("点(?![赞击对评穴名])|组(?![织建成])|[站员室]")  # 检查|点: no deed, a name


def object_of(text: str, place: Place, choice: Choice) -> Span | None:
    """Return the span of the object: between verb and figure, or after the figure."""
    deed = _deed_of(text, choice)
    if not _governs(deed, place, choice):
        after = _after(text, place, choice, deed)
        return after or _before(text, place, choice, deed, governs=False)
    before = _before(text, place, choice, deed, governs=True)
    if before is None or text.endswith(("的", "等", "内"), place.left.start, place.left.end):
        return _after(text, place, choice, deed) or before
    where = words("where").search(before.of(text))
    return _after(text, place, choice, deed) if where else before


def _deed_of(text: str, choice: Choice) -> Span | None:
    """Return where the deed stands; 检查 of 检查点 is a part of a name."""
    span = choice.predicate_span
    return None if span is None or PARTS.match(text, span.end) else span


def _governs(span: Span | None, place: Place, choice: Choice) -> bool:
    """Say whether the deed stands before the figure in its own words."""
    best = choice.best
    if place.zipped:
        return True
    if span is None or (best is not None and (best.side == "right" or best.sense.role == "noun")):
        return False
    return place.left.start <= span.start < place.left.end


def _after(text: str, place: Place, choice: Choice, span: Span | None) -> Span | None:
    """Return the noun phrase that follows the figure: 59项|任务清单."""
    if place.zipped:
        return None
    start = place.noun
    while start < place.right.end and text[start] in "的 \u3000":
        start += 1
    end = min(place.clause.end, start + LONGEST)
    if span and start <= span.start < end and choice.best and choice.best.sense.role != "noun":
        end = span.start
    if span and span.start == start and words("verb").fullmatch(text, start, span.end):
        return None  # 12.4万元|退还群众: a deed follows
    return after_number(text, start, end, place)


def _before(
    text: str, place: Place, choice: Choice, span: Span | None, *, governs: bool
) -> Span | None:
    """Return the noun phrase that the figure follows: 走访|会员企业|150余家."""
    left = place.left
    if text.endswith("的", left.start, left.end):
        return None
    end = tail_start(text, left.start, left.end)
    if end <= left.start:
        return None
    if span and _is_deed(choice) and left.start <= span.start and span.end == end:
        return _in_deed(text, span, place)
    start = max(_start(text, place, choice, span, end), end - LONGEST)
    found = phrase(text, past_verb(text, start, end), end, place)
    if "先后" in text[end : left.end]:
        found = found if governs else None  # 某某先后19次: who, and not what
    of_places = place.figure.quantity.unit in OF_PLACES
    if found and not of_places and words("organ").search(found.of(text)):
        return None
    if found is None or governs:
        return found
    named = found.of(text)  # 北京市5起: where, and not what; a long stretch is a clause
    clause = len(named) > PLAIN and not MARKED.search(named)
    where = words("where").search(named) and not words("kind").fullmatch(named)
    return None if clause or where else found


def _start(text: str, place: Place, choice: Choice, span: Span | None, end: int) -> int:
    """Return where the phrase before a figure begins: after its deed, else before its noun."""
    left, best = place.left.start, choice.best
    start = span.end if span and left <= span.start < end and _is_deed(choice) else left
    if span and start == span.end and text.endswith("问题", start, end):
        # 违规收送名贵特产问题: the deed is the wrong, and not what was done about it.
        wrong = text.rfind("违规", max(left, span.start - 2), span.end)
        start = start if wrong < 0 else wrong
    if best is None or best.sense.role != "noun" or not left <= best.hit.start < end:
        return opening(text, start, end - 1)
    if _is_named_whole(text, place, choice):
        return opening(text, left, best.hit.start)
    if span and span.end == best.hit.end <= end - 2:  # 处理|违纪违法村干部: a deed after all
        return opening(text, span.end, end - 1)
    opened = opening(text, start, best.hit.start)
    return best.hit.start if opened == left and best.hit.start - left > MODIFIED else opened


def _is_deed(choice: Choice) -> bool:
    """Say whether the predicate is a deed apart from the noun that names the figure."""
    best, span = choice.best, choice.predicate_span
    if best is None or best.sense.role != "noun" or span is None:
        return True
    return span.end < best.hit.end


def _in_deed(text: str, deed: Span, place: Place) -> Span | None:
    """发放|问卷, 惠及|农户: the words of the deed hold the thing."""
    verb = words("verb").search(text, deed.start, deed.end)
    if verb is None or words("verb").fullmatch(text, verb.end(), deed.end):
        return None
    return phrase(text, verb.end(), deed.end, place)


def _is_named_whole(text: str, place: Place, choice: Choice) -> bool:
    """下达|整改通知书: after a verb the word is a name, whatever verb it begins with."""
    hit = choice.best.hit if choice.best else None
    if hit is None or not hit.trigger.word.endswith(DOCUMENTS):
        return False
    return words("verb").search(text, place.left.start, hit.start) is not None
