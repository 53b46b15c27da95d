"""Write the period as one page of Markdown, with the article each figure came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from transforms.buckets import Bucket
from warehouse.report.alerts import alerts
from warehouse.report.citing import Citation, Ledger
from warehouse.report.conclusions import conclusions, quality_line
from warehouse.report.drawings import Pen
from warehouse.report.facts import Fact, Material
from warehouse.report.labels import Labels, rank_of, subject_of
from warehouse.report.page import Lookup, template
from warehouse.report.sentences import Source, sources
from warehouse.report.tables import (
    Line,
    Total,
    apart,
    apart_line,
    total_line,
    totals,
    uppermost,
    why_apart,
)

MOST_TOTALS, MOST_APART, MOST_ALERTS = 12, 5, 5  # what fits one page
TOLD = frozenset({"n_cumulative", "n_ytd", "n_stock", "n_rate"})  # of what stands apart


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table with the articles it came from."""

    category: str
    region: str
    period: str
    value: str
    bounds: str
    nature: str
    source: str


def brief(
    material: Material, lookup: Lookup, bucket: Bucket, labels: Labels, generated_on: date | None
) -> str:
    """Return the brief; articles are numbered S1, S2 … in the order of the list at its end."""
    pen = Pen(labels, Ledger(), bucket)
    told = conclusions(material, totals(material.facts), replace(pen, ledger=Ledger()))
    lines, more = _lines(material, pen)
    raised = alerts(material, replace(pen, ledger=Ledger()))[:MOST_ALERTS]
    listed = sources(lookup(pen.ledger.by_need()), pen.ledger.numbers, labels)
    return template("brief.md.j2").render(
        t=labels,
        bucket=bucket,
        generated_on=generated_on,
        conclusions=told,
        rows=[_row(line, _places(listed), labels) for line in lines],
        more=more,
        alerts=raised,
        quality_line=quality_line(material.quality, pen),
        sources=listed,
    )


def _lines(material: Material, pen: Pen) -> tuple[list[Line], int]:
    sums, others = totals(material.facts), apart(material.facts)
    plain = _latest(fact for fact in others if why_apart(fact) in TOLD)
    lines = [total_line(total, pen.ledger, pen.labels) for total in _varied(sums)]
    lines += [apart_line(fact, pen.ledger, pen.labels) for fact in plain[:MOST_APART]]
    return lines, len(sums) + len(others) - len(lines)


def _latest(facts: Iterable[Fact]) -> list[Fact]:
    """Keep the newest figure of each series: a running total says what those before it said."""
    newest: dict[tuple[str | None, ...], Fact] = {}
    for fact in sorted(facts, key=lambda fact: f"{fact.ends_on}"):
        place = (fact.region, fact.region_scope, fact.unit, fact.aggregation)
        newest[(*place, fact.category, fact.problem, fact.rank)] = fact
    return sorted(newest.values(), key=lambda fact: rank_of(subject_of(fact.category)))


def _varied(sums: Sequence[Total]) -> list[Total]:
    """Choose totals from all subjects in turn, of each those that most articles tell."""
    queues: dict[str, list[Total]] = defaultdict(list)
    for total in sorted(uppermost(sums), key=lambda total: (-len(total.facts), -total.value)):
        queues[subject_of(total.category)].append(total)
    turns = zip_longest(*(queues[subject] for subject in sorted(queues, key=rank_of)))
    chosen = [total for turn in turns for total in turn if total][:MOST_TOTALS]
    return sorted(chosen, key=lambda total: rank_of(subject_of(total.category)))


def _places(listed: Sequence[Source]) -> dict[int, int]:
    """Map each footnote to the number of its article in the list."""
    return {
        note.number: at
        for at, source in enumerate(listed, 1)
        for passage in source.passages
        for note in passage.notes
    }


def _row(line: Line, places: dict[int, int], labels: Labels) -> Row:
    return Row(
        line.category,
        labels("place_all", name=line.region) if line.all_levels else line.region,
        line.period or line.covers,
        line.value,
        line.bounds,
        line.nature,
        _source(line.citation, places),
    )


def _source(citation: Citation | None, places: dict[int, int]) -> str:
    cited = sorted({places[note] for note in citation.notes if note in places}) if citation else []
    return " ".join(f"S{at}" for at in cited[:3]) or "—"
