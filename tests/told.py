# ruff: noqa: E501, DTZ001 - sentences stand in one line; times are those of a clock in China
"""Readings written by hand for tests of the warehouse: sentences with a marked figure and what it means."""

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from transforms.model import Article, Figure, Measure, Period, Programme, Quantity, Reading, Span

MARK = re.compile(r"\{([0-9.]+)([^}]*)\}")
DIMENSIONS = {"人": "person", "家": "org", "元": "money", "%": "ratio"}


def said(sentence: str, category: str, start=None, end=None, **more):
    """One sentence with one {12人}; `more` are fields of Measure, or low, high, basis, value."""
    return sentence, category, start, end, more


def reading(
    article_id: str,
    on: date,
    *sentences,
    source="西乡塘区纪委监委",
    programmes=(),
    snapshot=None,
    text_after="",
    site="gxjjw",
):
    """Put sentences together to a Reading; `parent` of a sentence is the index of another one."""
    text, measures, starts = "", [], []
    for sentence, category, start, end, more in sentences:
        measure, sentence_text = _measure(
            len(text),
            sentence,
            category,
            Period(start, end, more.pop("basis", "explicit" if start else "publication")),
            more,
        )
        starts.append(measure.figure.span.start)
        measures.append(measure)
        text += sentence_text
    measures = [m if m.parent is None else replace(m, parent=starts[m.parent]) for m in measures]
    text += text_after
    moment = datetime(on.year, on.month, on.day, 9, 30)
    article = Article(
        article_id,
        site,
        f"http://example.cn/{article_id}",
        "标题",
        moment,
        source,
        None,
        None,
        text,
        snapshot,
    )
    named = tuple(
        Programme(Span(text.index(n), text.index(n) + len(n)), n, k, **m) for n, k, m in programmes
    )
    return Reading(article, tuple(measures), named)


def _measure(offset, sentence, category, period, more):
    found = MARK.search(sentence)
    number, unit = found[1], found[2]
    value = Decimal(more.pop("value", number))
    low, high = more.pop("low", value), more.pop("high", value)
    text = MARK.sub(r"\1\2", sentence)
    at = offset + found.start()
    span = Span(at, at + len(number) + len(unit))
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]
    told = more.pop("unit", unit)
    quantity = Quantity(
        value, *bounds, told, DIMENSIONS.get(told, "count"), more.pop("approximator", None)
    )
    figure = Figure(span, quantity, Span(at, at + len(number)), Span(at + len(number), span.end))
    defaults = {"region": "450107", "confidence": 0.9, "rule": "by_hand"}
    return Measure(
        figure, Span(offset, offset + len(text)), category, period, **(defaults | more)
    ), text
