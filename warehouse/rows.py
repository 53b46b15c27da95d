"""Flatten a Reading into the rows of the warehouse's tables, without keys."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from transforms.model import Article, CaseNotice, Measure, Mention, Programme, Reading, Span
from transforms.pages.repeats import passages

Row = tuple[object, ...]
CHINA = timezone(timedelta(hours=8))


@dataclass
class Rows:
    """The rows of some readings, by table, in the order of `staged_columns`."""

    article: list[Row] = field(default_factory=list)
    measure: list[Row] = field(default_factory=list)
    programme_mention: list[Row] = field(default_factory=list)
    mention: list[Row] = field(default_factory=list)
    case_notice: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Reader:
    """Which run read the pages, with which rules."""

    run_id: str
    extractor_version: str
    lexicon_hash: str


COLUMNS: dict[str, tuple[str, ...]] = {
    "article": (
        "article_id", "site", "url", "title", "subtitle", "published_at", "published_on", "source",
        "author", "editor", "column", "kind", "status", "encoding", "text", "text_sha256",
        "snapshot_sha256", "removed_characters", "problems", "measures", "content_sha256", "run_id",
        "extractor_version", "lexicon_hash",
    ),
    "measure": (
        "measure_id", "article_id", "span_start", "span_end", "surface", "quote", "value", "low",
        "high",
        "approximator", "unit", "dimension", "category", "problem", "rank", "predicate", "object",
        "actor", "actor_organ", "reporter", "target", "region", "region_scope", "period_start",
        "period_end", "period_basis", "period_surface", "period_cue", "period_reason", "is_measure",
        "aggregation", "modality", "polarity", "parent", "relation", "programme", "confidence",
        "rule",
        "flags", "run_id",
    ),
    "programme_mention": (
        "article_id", "span_start", "span_end", "surface", "name", "kind", "organ", "region",
        "parent",
        "short", "round_no", "term_no", "run_id",
    ),
    "mention": (
        "article_id", "span_start", "span_end", "surface", "kind", "name", "code", "level",
        "org_kind",
        "scope", "run_id",
    ),
    "case_notice": (
        "article_id", "span_start", "span_end", "stage", "sanctions", "organ", "level", "region",
        "decided_on", "run_id",
    ),
}  # fmt: skip

# What travels with a part and is written into another table than the one it is staged in.
CARRIED = {"article": {"passages": "UINTEGER[]"}}


def staged_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a staged table: its own, then what is carried with it."""
    return COLUMNS[table] + tuple(CARRIED.get(table, ()))


def add_reading(rows: Rows, reading: Reading, reader: Reader) -> None:
    """Append the rows of one reading, with the digest of what it says, whoever read it."""
    article = reading.article
    measures = [_measure(article, measure) for measure in reading.measures]
    programmes = [_programme(article, programme) for programme in reading.programmes]
    mentions = [_mention(article, mention) for mention in reading.mentions]
    notices = [_case_notice(article, notice) for notice in reading.case_notices]
    digest = hashlib.sha256(
        repr((article, measures, programmes, mentions, notices)).encode()
    ).hexdigest()
    run = (reader.run_id,)
    rows.article.append(_article(article, len(measures), digest, reader))
    rows.measure += [row + run for row in measures]
    rows.programme_mention += [row + run for row in programmes]
    rows.mention += [row + run for row in mentions]
    rows.case_notice += [row + run for row in notices]


def civil(moment: datetime | None) -> datetime | None:
    """Return a moment as the clock on a wall in China shows it, without a zone."""
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(CHINA).replace(tzinfo=None)


def _article(article: Article, measures: int, digest: str, reader: Reader) -> Row:
    published_at = civil(article.published_at)
    return (
        article.article_id,
        article.site,
        article.url,
        article.title,
        article.subtitle,
        published_at,
        published_at.date() if published_at else None,
        article.source,
        article.author,
        article.editor,
        article.column,
        article.kind,
        article.status,
        article.encoding,
        article.text,
        hashlib.sha256(article.text.encode()).hexdigest(),
        article.snapshot_sha256,
        article.removed_characters,
        list(article.problems),
        measures,
        digest,
        reader.run_id,
        reader.extractor_version,
        reader.lexicon_hash,
        sorted(passages(article.text)),
    )


def _measure(article: Article, measure: Measure) -> Row:
    span, quantity, period = measure.figure.span, measure.figure.quantity, measure.period
    parent = None if measure.parent is None else f"{article.article_id}#{measure.parent}"
    return (
        f"{article.article_id}#{span.start}",
        article.article_id,
        span.start,
        span.end,
        span.of(article.text),
        measure.sentence.of(article.text).strip(),
        quantity.value,
        quantity.low,
        quantity.high,
        quantity.approximator,
        quantity.unit,
        quantity.dimension,
        measure.category,
        measure.problem,
        measure.rank,
        measure.predicate,
        measure.object,
        measure.actor,
        measure.actor_organ,
        measure.reporter,
        measure.target,
        measure.region,
        measure.region_scope,
        period.start,
        period.end,
        period.basis,
        period.surface,
        period.cue,
        period.reason,
        measure.is_measure,
        measure.aggregation,
        measure.modality,
        measure.polarity,
        parent,
        measure.relation,
        measure.programme,
        measure.confidence,
        measure.rule,
        [*measure.flags, *measure.figure.flags],
    )


def _programme(article: Article, programme: Programme) -> Row:
    return (
        *_where(article, programme.span),
        programme.name,
        programme.kind,
        programme.organ,
        programme.region,
        programme.parent,
        programme.short,
        programme.round_no,
        programme.term_no,
    )


def _mention(article: Article, mention: Mention) -> Row:
    return (
        *_where(article, mention.span),
        mention.kind,
        mention.name,
        mention.code,
        mention.level,
        mention.org_kind,
        mention.scope,
    )


def _case_notice(article: Article, notice: CaseNotice) -> Row:
    return (
        article.article_id,
        notice.span.start,
        notice.span.end,
        notice.stage,
        list(notice.sanctions),
        notice.organ,
        notice.level,
        notice.region,
        notice.decided_on,
    )


def _where(article: Article, span: Span) -> tuple[str, int, int, str]:
    return article.article_id, span.start, span.end, span.of(article.text)
