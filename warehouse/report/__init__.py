"""The period report: render_period (HTML), render_brief (Markdown), render_chart (SVG)."""

from __future__ import annotations

from datetime import date
from functools import partial

import duckdb

from transforms.buckets import Bucket
from warehouse.report.brief import brief
from warehouse.report.labels import labels
from warehouse.report.material import gather, sentences
from warehouse.report.page import CHARTS, chart, page


def render_period(
    connection: duckdb.DuckDBPyConnection,
    period: Bucket,
    *,
    lang: str = "zh",
    generated_on: date | None = None,
) -> str:
    """Return the report of a period as one HTML page; raises UsageError for an unknown language."""
    lookup = partial(sentences, connection, lang)
    return page(gather(connection, period, lang), lookup, period, labels(lang), generated_on)


def is_empty(connection: duckdb.DuckDBPyConnection, period: Bucket) -> bool:
    """Say whether the database has no figure of a period at all."""
    return not gather(connection, period).facts


def render_brief(
    connection: duckdb.DuckDBPyConnection,
    period: Bucket,
    lang: str = "zh",
    *,
    generated_on: date | None = None,
) -> str:
    """Return the report of a period as one page of Markdown, for chat and mail."""
    lookup = partial(sentences, connection, lang)
    return brief(gather(connection, period, lang), lookup, period, labels(lang), generated_on)


def render_chart(
    connection: duckdb.DuckDBPyConnection, period: Bucket, name: str, lang: str = "zh"
) -> str:
    """Return one chart (a name of CHARTS) as SVG, empty where the period has nothing to draw."""
    return chart(gather(connection, period, lang), period, labels(lang), name)


__all__ = ["CHARTS", "is_empty", "render_brief", "render_chart", "render_period"]
