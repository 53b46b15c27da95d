"""Turns a reading into JSON records: the public contract of `qinqing extract`."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from transforms.model import Article, CaseNotice, Measure, Programme, Reading

Record = dict[str, Any]
SURROGATE = re.compile("[\ud800-\udfff]")


def article_record(article: Article, *, text: bool = False) -> Record:
    """Return the article's record; its text only when asked for."""
    record: Record = {
        "type": "article",
        "article_id": article.article_id,
        "site": article.site,
        "url": article.url,
        "title": article.title,
        "subtitle": article.subtitle,
        "published_at": _moment(article.published_at),
        "source": article.source,
        "author": article.author,
        "editor": article.editor,
        "column": article.column,
        "kind": article.kind,
        "status": article.status,
        "encoding": article.encoding,
        "snapshot_sha256": article.snapshot_sha256,
        "characters": len(article.text),
        "removed_characters": article.removed_characters,
        "problems": list(article.problems),
    }
    return {**record, "text": encodable(article.text)} if text else record


def measure_record(article: Article, measure: Measure) -> Record:
    """Return a measure's record; money in 元, dates ISO, numbers as JSON numbers."""
    figure, quantity = measure.figure, measure.figure.quantity
    return {
        "type": "measure",
        "measure_id": f"{article.article_id}#{figure.span.start}",
        "article_id": article.article_id,
        "start": figure.span.start,
        "end": figure.span.end,
        "surface": encodable(figure.span.of(article.text)),
        "quote": encodable(measure.sentence.of(article.text).strip()),
        "sentence_start": measure.sentence.start,
        "sentence_end": measure.sentence.end,
        "value": number(quantity.value),
        "low": number(quantity.low),
        "high": number(quantity.high),
        "unit": quantity.unit,
        "dimension": quantity.dimension,
        "approximator": quantity.approximator,
        "per": figure.per,
        **_meaning(measure),
    }


def _meaning(measure: Measure) -> Record:
    period = measure.period
    return {
        "category": measure.category,
        "problem": measure.problem,
        "rank": measure.rank,
        "predicate": measure.predicate,
        "object": encodable(measure.object) if measure.object else None,
        "actor": measure.actor,
        "actor_organ": measure.actor_organ,
        "reporter": measure.reporter,
        "target": measure.target,
        "region": measure.region,
        "region_scope": measure.region_scope,
        "period_start": day(period.start),
        "period_end": day(period.end),
        "period_basis": period.basis,
        "period_surface": period.surface,
        "period_reason": period.reason,
        "is_measure": measure.is_measure,
        "aggregation": measure.aggregation,
        "modality": measure.modality,
        "polarity": measure.polarity,
        "parent": measure.parent,
        "relation": measure.relation,
        "programme": measure.programme,
        "confidence": measure.confidence,
        "rule": measure.rule,
        "flags": list(measure.flags),
    }


def programme_record(article: Article, programme: Programme) -> Record:
    """Return the record of one mention of a programme."""
    return {
        "type": "programme",
        "article_id": article.article_id,
        "start": programme.span.start,
        "end": programme.span.end,
        "surface": encodable(programme.span.of(article.text)),
        "name": programme.name,
        "kind": programme.kind,
        "organ": programme.organ,
        "region": programme.region,
        "parent": programme.parent,
        "short": programme.short,
        "round_no": programme.round_no,
        "term_no": programme.term_no,
    }


def case_notice_record(article: Article, notice: CaseNotice) -> Record:
    """Return the outcome of a case, without the person's name."""
    return {
        "type": "case_notice",
        "article_id": article.article_id,
        "start": notice.span.start,
        "end": notice.span.end,
        "stage": notice.stage,
        "sanctions": list(notice.sanctions),
        "organ": notice.organ,
        "level": notice.level,
        "region": notice.region,
        "decided_on": day(notice.decided_on),
    }


def reading_records(reading: Reading, *, text: bool = False) -> list[Record]:
    """Return the article's record, then its measures, programmes and case notices."""
    article = reading.article
    return [
        article_record(article, text=text),
        *(measure_record(article, one) for one in reading.measures),
        *(programme_record(article, one) for one in reading.programmes),
        *(case_notice_record(article, one) for one in reading.case_notices),
    ]


def encodable(text: str) -> str:
    """Put U+FFFD for each lone surrogate, which no encoding can hold; offsets stay as they are."""
    return SURROGATE.sub("\ufffd", text)


def number(value: Decimal | None) -> int | float | None:
    """Return a whole number as int, any other as float."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def day(value: date | None) -> str | None:
    """Return a day in ISO form."""
    return value.isoformat() if value else None


def _moment(value: datetime | None) -> str | None:
    return value.isoformat(timespec="minutes") if value else None
