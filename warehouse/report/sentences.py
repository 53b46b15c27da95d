"""Turn cited figures into footnotes: by article, each sentence once, its figure marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from warehouse.report.facts import Sentence
from warehouse.report.labels import Labels, subject_of
from warehouse.report.numbers import amount, bounds, span

SENTENCE_ROOM = 600  # characters shown of a very long sentence


@dataclass(frozen=True, slots=True)
class Note:
    """One figure as the evidence panel shows it."""

    number: int
    value: str
    bounds: str
    category: str
    subject: str
    region: str
    nature: str
    period: str
    basis: str
    said: str
    actor: str
    confidence: str
    modality: str
    month: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence; a figure's stretch has the number of its note."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence cut into its stretches, with the notes on its figures."""

    parts: tuple[Part, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An article with the passages quoted from it."""

    title: str
    source: str
    site: str
    published_on: date | None
    url: str
    sha256: str
    passages: tuple[Passage, ...]


def sources(sentences: Iterable[Sentence], numbers: dict[str, int], labels: Labels) -> list[Source]:
    """Group cited sentences by article, the newest article first."""
    ordered = sorted(sentences, key=lambda one: (_newest(one), one.article_id))
    groups = groupby(ordered, key=lambda one: one.article_id)
    return [_source(list(group), numbers, labels) for _, group in groups]


def _newest(sentence: Sentence) -> int:
    return -(sentence.published_on or date.min).toordinal()


def _source(group: list[Sentence], numbers: dict[str, int], labels: Labels) -> Source:
    first = group[0]
    quotes: dict[str, list[Sentence]] = {}
    for one in group:
        quotes.setdefault(one.quote, []).append(one)
    return Source(
        title=first.title,
        source=first.source or "",
        site=first.site or "",
        published_on=first.published_on,
        url=followable(first.url),
        sha256=first.sha256 or "",
        passages=tuple(_passage(these, numbers, labels) for these in quotes.values()),
    )


def _passage(these: list[Sentence], numbers: dict[str, int], labels: Labels) -> Passage:
    ordered = sorted(these, key=lambda one: one.offset)
    marks = [(one.offset, one.surface, numbers[one.measure_id]) for one in ordered]
    notes = tuple(_note(one, numbers[one.measure_id], labels) for one in ordered)
    return Passage(tuple(parts(ordered[0].quote, marks)), notes)


def parts(
    quote: str, marks: Iterable[tuple[int, str, int]], *, room: int = SENTENCE_ROOM
) -> list[Part]:
    """Cut a sentence at its figures; a mark that the sentence does not bear out is left out."""
    cut: list[Part] = []
    at = 0
    for offset, surface, number in marks:
        if offset < at or quote[offset : offset + len(surface)] != surface:
            continue
        cut += [Part(quote[at:offset]), Part(surface, number)]
        at = offset + len(surface)
    return [part for part in _trimmed([*cut, Part(quote[at:])], room) if part.text]


def _trimmed(cut: list[Part], room: int) -> list[Part]:
    """Shorten the unmarked stretches of a sentence that is too long to read."""
    if sum(len(part.text) for part in cut) <= room:
        return cut
    each = max(room // len(cut), 20)
    return [part if part.number else Part(_middle_out(part.text, each)) for part in cut]


def _middle_out(text: str, room: int) -> str:
    return text if len(text) <= 2 * room else f"{text[:room]}…{text[-room:]}"


def _note(one: Sentence, number: int, labels: Labels) -> Note:
    return Note(
        number=number,
        value="" if one.value is None else amount(one.value, one.unit, labels),
        bounds="" if one.value is None else bounds(one.low, one.high, one.unit, labels),
        category=labels.category(one.category),
        subject=subject_of(one.category),
        region=one.region_name or labels("no_region"),
        nature=one.aggregation,
        period=span(one.period_start, one.period_end, labels),
        basis=labels.code("b", one.period_basis) if one.period_basis else "",
        said=one.period_surface or "",
        actor=one.actor or "",
        confidence="" if one.confidence is None else f"{one.confidence:.2f}",
        modality="" if one.modality == "achieved" else labels.code("m", one.modality),
        month=f"{one.period_end:%Y-%m}" if one.period_end else "",
    )


def followable(url: str | None) -> str:
    """Return a web address; anything that is not http or https becomes empty, never a link."""
    if not url:
        return ""
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return ""
    return url if scheme in {"http", "https"} else ""
