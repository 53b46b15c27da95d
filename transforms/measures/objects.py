"""Cuts out the thing counted, as printed: 会员企业, 相关单位责任人, 财政贴息."""

from __future__ import annotations

import re

from transforms.measures.categories import Choice
from transforms.measures.clauses import Place
from transforms.model import Span

LEAD = re.compile(r"[了着过的、和及与并\s：:（(“\"]*(?:各类|各种|一批|全部)?")
TAIL = re.compile(
    r"(?:共计|合计|总计|累计|共|总额|金额|数量|人数|总数|达到|达|为|约|近|超过|超|逾|计|各|分别|仅|至|到|是|有|就|"
    r"多达|高达|不少于|至少|[、，,\s（(:：])+$"
)
AFTER = re.compile(r"[的\s]*")
STOP = re.compile(
    r"[、，,；;。：:（）()！？!?\n]|予以|给予|进行|开展|受到|被|均|全部|已|作出|主动|因|接受|参加|参与|实现|完成|得到|并|"
    r"和|与|及|在|到|向|对|由|为|从"
)
LONGEST = 40
MARKS = ("其中", "包括", "含", "、")


def object_of(text: str, place: Place, choice: Choice) -> Span | None:
    """Return the span of the object: between verb and figure, else after the figure."""
    inner = _within(text, choice)
    if inner:
        return inner
    span = choice.predicate_span
    left = place.left
    if span and left.start <= span.start < left.end and choice.best and choice.best.side != "right":
        between = None if _named_after(text, place, choice) else _trim(text, span.end, left.end)
        return between or _after(text, place, choice) or _noun(choice)
    if span and span.start >= place.right.start:
        return _after(text, place, choice) or _trim(text, _noun_start(text, left), left.end)
    return _after(text, place, choice) or _trim(text, _noun_start(text, left), left.end)


def _named_after(text: str, place: Place, choice: Choice) -> bool:
    """Say whether the words before only describe what follows: 包括…在内的59项任务清单."""
    noun = choice.best is not None and choice.best.sense.role == "noun"
    attributive = text.startswith(("的", "等"), place.left.end - 1)
    return (noun or attributive) and place.right.end > place.right.start


def _within(text: str, choice: Choice) -> Span | None:
    """查处|形式主义官僚主义问题: the trigger holds verb and noun."""
    span, best = choice.predicate_span, choice.best
    if best is None or span is None or best.side == "list":
        return None
    if best.hit.start == span.start and span.end < best.hit.end:
        return Span(span.end, best.hit.end)
    if best.sense.role == "noun" and best.side != "right" and best.hit.start > span.end:
        return _trim(text, span.end, best.hit.end)
    return None


def _noun(choice: Choice) -> Span | None:
    best = choice.best
    if best and best.sense.role == "noun":
        return Span(best.hit.start, best.hit.end)
    return None


def _after(text: str, place: Place, choice: Choice) -> Span | None:
    start = AFTER.match(text, place.noun).end()  # type: ignore[union-attr]
    end = min(place.right.end, start + LONGEST)
    span = choice.predicate_span
    if span and start <= span.start < end and choice.best and choice.best.sense.role != "noun":
        end = span.start
    stop = STOP.search(text, start, end)
    end = stop.start() if stop else end
    return Span(start, end) if end > start else None


def _trim(text: str, start: int, end: int) -> Span | None:
    start = max(start, end - LONGEST)
    start = LEAD.match(text, start, end).end()  # type: ignore[union-attr]
    tail = TAIL.search(text, start, end)
    end = tail.start() if tail else end
    return Span(start, end) if end > start else None


def _noun_start(text: str, left: Span) -> int:
    """Of words before the figure that no verb governs, the last noun is the thing counted."""
    words = left.of(text)
    ends = [left.start + words.rfind(mark) + len(mark) for mark in MARKS if mark in words]
    return max(ends, default=left.start)
