"""`qinqing explain`: how a measure was read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.common import shown, tells_of_file, with_settings
from flows.files import Told, read_file
from flows.settings import Settings
from transforms.errors import InputError

if TYPE_CHECKING:
    from transforms.explain import Explanation
    from transforms.model import Measure, Reading


@click.command("explain")
@click.argument("what")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@tells_of_file
@with_settings("data", "database")
def command(settings: Settings, what: str, file: Path | None, told: Told) -> int:
    """Show the sentence of a measure with its words marked, the rule that fired, and what lost.

    \b
    WHAT is a measure_id of the database, or a figure as printed together with a FILE.
    Example: qinqing explain 'gxjjw/156609#662'
             qinqing explain 150余家 page.shtml
    """
    from transforms.explain import explain

    reading = read_file(file, told) if file else _stored(settings, what)
    chosen = [
        one for one in reading.measures if _is(one, reading, what, by_surface=file is not None)
    ]
    if not chosen:
        raise InputError(f"no measure {what!r} was read there; try qinqing why-not")
    for measure in chosen:
        _print(reading, explain(reading, measure))
    return 0


def _is(measure: Measure, reading: Reading, what: str, *, by_surface: bool) -> bool:
    span = measure.figure.span
    if by_surface:
        return span.of(reading.article.text) == what
    return f"{reading.article.article_id}#{span.start}" == what


def _stored(settings: Settings, measure_id: str) -> Reading:
    from transforms.reading import read_article
    from warehouse.articles import stored_article
    from warehouse.store import Warehouse

    with Warehouse(settings.database_path, read_only=True) as warehouse:
        article = stored_article(warehouse.connection, measure_id.rpartition("#")[0])
    if article is None:
        raise InputError(f"the database has no article of {measure_id!r}; see qinqing query")
    return read_article(article)


def _print(reading: Reading, explanation: Explanation) -> None:
    from transforms.explain import marked
    from transforms.records import measure_record

    article = reading.article
    record = measure_record(article, explanation.measure)
    print(f"{record['measure_id']}  {shown(article.title)}")
    print(f"  {shown(marked(explanation, article.text))}")
    for name in (
        "value",
        "low",
        "high",
        "unit",
        "category",
        "problem",
        "rank",
        "predicate",
        "object",
        "actor",
        "actor_organ",
        "reporter",
        "target",
        "region",
        "region_scope",
        "period_start",
        "period_end",
        "period_basis",
        "period_surface",
        "period_reason",
        "aggregation",
        "modality",
        "polarity",
        "parent",
        "relation",
        "programme",
        "is_measure",
        "confidence",
        "flags",
    ):
        if record[name] not in (None, [], ""):
            print(f"  {name:<14} {shown(record[name])}")
    _print_reasons(explanation)


def _print_reasons(explanation: Explanation) -> None:
    print(f"  {'rule':<14} {explanation.rule}")
    for loser in explanation.losers:
        print(f"  {'lost':<14} {loser}")
    for doubt in explanation.doubts:
        bars = "; keeps it below 0.9" if doubt.bars else ""
        told = f"{doubt.points:+3.0f} {doubt.part}: {doubt.sign}, {doubt.note}{bars}"
        print(f"  {'points':<14} {told}")
