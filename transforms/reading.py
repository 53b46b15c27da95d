"""Reads one text or article from end to end: figures, periods, actors, programmes, measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, TypeVar

from transforms.actors.actors import ActorReader
from transforms.document import Document, document_of, fold, without_invisible
from transforms.figures.figures import scan
from transforms.measures.cases import find_case_notices, kind_of
from transforms.measures.measures import find_measures
from transforms.mentions.mentions import find_mentions
from transforms.model import Article, Figure, Period, Quantity, Reading, Span, changed
from transforms.periods.periods import PeriodReader
from transforms.programmes.programmes import find_programmes

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
Noun = TypeVar("Noun")


def read_text(
    text: str,
    *,
    title: str = "",
    source: str | None = None,
    published_at: datetime | date | None = None,
    site: str | None = None,
    article_id: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read plain text; every span points into `text` as given, invisible characters and all."""
    clean, offsets = without_invisible(text)
    article = Article(
        article_id=article_id or "text",
        site=site,
        url=url,
        title=without_invisible(title)[0],
        published_at=_moment(published_at),
        source=source,
        author=None,
        column=None,
        text=clean,
        removed_characters=len(text) - len(clean),
    )
    reading = read_article(article)
    if offsets is None:
        return reading
    return replace(_led_back(reading, offsets), article=replace(reading.article, text=text))


def read_article(article: Article) -> Reading:
    """Read an article; its text holds no invisible characters, see transforms.document."""
    document = document_of(article)
    figures, suppressions = scan(document.text)
    mentions = find_mentions(document)
    programmes = find_programmes(document, mentions)
    until = _asked_until(document, figures)
    actors = ActorReader(document, mentions, until)
    periods = PeriodReader(document, actors.goes_on, until)
    measures = find_measures(document, figures, periods, actors, programmes)
    kind = kind_of(document)
    notices = find_case_notices(document, mentions) if kind == "case_notice" else ()
    if kind == "case_notice":
        measures = tuple(replace(one, is_measure=False, modality="alleged") for one in measures)
    return Reading(
        article=changed(article, kind=kind),
        measures=measures,
        programmes=tuple(programmes),
        mentions=tuple(mentions),
        case_notices=notices,
        suppressions=suppressions,
    )


def _asked_until(document: Document, figures: Sequence[Figure]) -> int:
    """Return where the line of the last figure ends: no time and no actor past it is asked for."""
    return document.paragraph_at(figures[-1].span.start).end + 1 if figures else 0


def _moment(published: datetime | date | None) -> datetime | None:
    """Take a day alone as its midnight in Shanghai, a moment without a zone as a moment there."""
    if published is None:
        return None
    if isinstance(published, datetime):
        return published if published.tzinfo else published.replace(tzinfo=SHANGHAI)
    return datetime.combine(published, time(), SHANGHAI)


def _led_back(reading: Reading, offsets: tuple[int, ...]) -> Reading:
    def back(span: Span) -> Span:
        if span.end <= span.start:
            return Span(offsets[span.start], offsets[span.start])
        return Span(offsets[span.start], offsets[span.end - 1] + 1)

    starts = {m.figure.span.start: back(m.figure.span).start for m in reading.measures}
    measures = tuple(
        replace(
            _moved(one, back), parent=starts.get(one.parent) if one.parent is not None else None
        )
        for one in reading.measures
    )
    return replace(
        reading,
        measures=measures,
        programmes=tuple(_moved(one, back) for one in reading.programmes),
        mentions=tuple(_moved(one, back) for one in reading.mentions),
        case_notices=tuple(_moved(one, back) for one in reading.case_notices),
        suppressions=tuple(_moved(one, back) for one in reading.suppressions),
    )


def _moved(noun: Noun, back: Callable[[Span], Span]) -> Noun:
    """Lead every span of a noun back, whatever the field is called."""
    changes: dict[str, Any] = {}
    for field in fields(noun):  # type: ignore[arg-type]
        value = getattr(noun, field.name)
        if isinstance(value, Span):
            changes[field.name] = back(value)
        elif hasattr(value, "__dataclass_fields__") and not isinstance(value, Quantity):
            changes[field.name] = _moved(value, back)
    return replace(noun, **changes) if changes else noun  # type: ignore[type-var]


__all__ = ["Document", "Period", "fold", "read_article", "read_text"]
