"""Shows how a measure was read, and what became of a number that is no figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.document import fold
from transforms.measures.confidence import Doubt, weighed
from transforms.model import Measure, Reading, Span, Suppression
from transforms.reading import read_text


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the sentence and the part it plays."""

    start: int
    end: int
    role: str  # figure | number | unit | predicate | object | actor | period
    surface: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A measure with its sentence, its marks, its rule, what lost and how sure it is."""

    measure: Measure
    sentence: Span
    quote: str
    marks: tuple[Mark, ...]
    rule: str
    losers: tuple[str, ...]
    doubts: tuple[Doubt, ...]  # what speaks for it and against it


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one place where the text holds a surface."""

    span: Span
    quote: str
    outcome: str  # measure | suppressed | unread
    measure: Measure | None = None
    suppression: Suppression | None = None


def explain(reading: Reading, measure: Measure) -> Explanation:
    """Return the sentence of a measure with every word that decided its reading marked."""
    text = reading.article.text
    spans = {
        "figure": measure.figure.span,
        "number": measure.figure.number,
        "unit": measure.figure.unit,
        "predicate": measure.predicate_span,
        "object": measure.object_span,
        "actor": measure.actor_span,
        "period": measure.period.span,
    }
    marks = sorted(
        (Mark(span.start, span.end, role, span.of(text)) for role, span in spans.items() if span),
        key=lambda mark: (mark.start, -mark.end),
    )
    quote = measure.sentence.of(text).strip()
    return Explanation(
        measure,
        measure.sentence,
        quote,
        tuple(marks),
        measure.rule,
        measure.candidates,
        weighed(measure.signs),
    )


def explain_at(reading: Reading, offset: int) -> Explanation | None:
    """Explain the measure whose figure holds `offset`, None where there is none."""
    for measure in reading.measures:
        if measure.figure.span.start <= offset < measure.figure.span.end:
            return explain(reading, measure)
    return None


def marked(explanation: Explanation, text: str) -> str:
    """Print the sentence with marks: 走访{predicate}会员企业{object}150余家{figure}."""
    low, parts, position = explanation.sentence.start, [], explanation.sentence.start
    for mark in explanation.marks:
        if mark.role in {"number", "unit"} or not low <= mark.start < explanation.sentence.end:
            continue
        if mark.start < position:
            continue
        parts += [text[position : mark.start], f"[{mark.role} {mark.surface}]"]
        position = mark.end
    return "".join((*parts, text[position : explanation.sentence.end])).strip()


def why_not(reading_or_text: Reading | str, surface: str) -> tuple[Fate, ...]:
    """Say for each place where the text holds `surface` what suppressed it, or what it became."""
    reading = read_text(reading_or_text) if isinstance(reading_or_text, str) else reading_or_text
    text = reading.article.text
    wanted = re.escape(fold(surface))
    return tuple(_fate(reading, Span(*found.span())) for found in re.finditer(wanted, fold(text)))


def _fate(reading: Reading, span: Span) -> Fate:
    text = reading.article.text
    quote = text[max(0, span.start - 20) : span.end + 20].replace("\n", " ")
    for measure in reading.measures:
        if _meet(measure.figure.span, span):
            return Fate(span, quote, "measure", measure=measure)
    for suppression in reading.suppressions:
        if _meet(suppression.span, span):
            return Fate(span, quote, "suppressed", suppression=suppression)
    return Fate(span, quote, "unread")


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
