"""Lay the facts of a period out in two tables: what adds up, and what stands apart and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby

from warehouse.report.citing import Citation, Ledger
from warehouse.report.facts import Fact
from warehouse.report.labels import Labels, lineage, rank_of, subject_of
from warehouse.report.numbers import Number, amount, bounds, inexact, span

# Rows of a table; what is beyond is counted and said, and stands in the explorer.
MOST_TOTALS, MOST_APART = 130, 80

_UNKNOWN_SUBJECT = "uncategorised"


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of the addable facts of one region, indicator and unit."""

    region: str | None
    region_name: str
    region_scope: str
    category: str
    problem: str | None
    rank: str | None
    unit: str | None
    value: Number
    low: Number | None
    high: Number | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table as the page shows it."""

    region: str
    all_levels: bool
    category: str
    subject: str
    value: str
    bounds: str
    size: Number  # what the row is sorted by
    facts: int
    statements: int
    months: str
    citation: Citation | None
    covers: str = ""
    nature: str = ""
    period: str = ""
    basis: str = ""
    why: str = ""


def totals(facts: Iterable[Fact], *, parts: bool = False) -> list[Total]:
    """Add up what may be added, region by region, and never across regions or units.

    With `parts`, breakdowns of a whole (the four forms of their total) have sums of their own.
    """
    kept = (fact for fact in facts if fact.addable or (parts and fact.counted))
    return [_total(list(cell)) for _, cell in groupby(sorted(kept, key=_cell), key=_cell)]


def _cell(fact: Fact) -> tuple[str, ...]:
    subject, of = subject_of(fact.category), (fact.problem or "", fact.rank or "")
    place = (fact.region or "~", fact.region_scope)
    return (*place, str(rank_of(subject)), subject, fact.category, *of, fact.unit or "")


def _total(cell: list[Fact]) -> Total:
    first = cell[0]
    return Total(
        first.region,
        first.region_name,
        first.region_scope,
        first.category,
        first.problem,
        first.rank,
        first.unit,
        _sum(fact.value for fact in cell) or 0,
        _sum(fact.low for fact in cell),
        _sum(fact.high for fact in cell),
        tuple(cell),
    )


def _sum(values: Iterable[Number | None]) -> Number | None:
    """Add; one open bound leaves the sum open."""
    known = list(values)
    return None if any(value is None for value in known) else sum(known)  # type: ignore[arg-type]


def total_line(total: Total, ledger: Ledger, labels: Labels) -> Line:
    """Write one total as a row."""
    return Line(
        region=total.region_name or labels("no_region"),
        all_levels=total.region_scope == "all_levels",
        category=labels.indicator(total.category, total.problem, total.rank),
        subject=subject_of(total.category),
        value=amount(total.value, total.unit, labels),
        bounds=bounds(total.low, total.high, total.unit, labels)
        if inexact(total.low, total.high)
        else "",
        size=total.value,
        facts=len(total.facts),
        statements=sum(fact.statements for fact in total.facts),
        months=_months(total.facts),
        citation=ledger.cite(behind(total.facts)),
        covers=_covers(total.facts, labels),
    )


def _covers(facts: Iterable[Fact], labels: Labels) -> str:
    told = coverage(facts)
    return labels("with_gaps" if told.gaps else "no_gaps", span=span(told.start, told.end, labels))


@dataclass(frozen=True, slots=True)
class Coverage:
    """The first and the last day that some facts tell of, and whether days between are untold."""

    start: date | None
    end: date | None
    gaps: bool

    @property
    def days(self) -> int:
        """How many days lie between the first and the last, both counted."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0


def coverage(facts: Iterable[Fact]) -> Coverage:
    """Return what the periods of some facts cover together."""
    known = [
        (fact.period_start, fact.period_end)
        for fact in facts
        if fact.period_start and fact.period_end
    ]
    if not known:
        return Coverage(None, None, gaps=False)
    ends = accumulate((end for _, end in sorted(known)), max)
    breaks = (
        start > end + timedelta(days=1)
        for (start, _), end in zip(sorted(known)[1:], ends, strict=False)
    )
    starts, stops = zip(*known, strict=True)
    return Coverage(min(starts), max(stops), gaps=any(breaks))


def behind(facts: Iterable[Fact]) -> list[str]:
    """Return the measures behind some facts: the best of each first, then the restatements."""
    kept = list(facts)
    return [f.measure_id for f in kept] + [one for fact in kept for one in fact.measure_ids]


def _months(facts: Iterable[Fact]) -> str:
    return " ".join(sorted({f"{fact.ends_on:%Y-%m}" for fact in facts if fact.ends_on}))


def apart(facts: Iterable[Fact]) -> list[Fact]:
    """Return what is in no total, the weightiest first: known categories, then by confidence."""
    kept = [fact for fact in facts if not fact.addable]
    return sorted(kept, key=lambda fact: (fact.category == _UNKNOWN_SUBJECT, _cell(fact)))


def apart_line(fact: Fact, ledger: Ledger, labels: Labels) -> Line:
    """Write one fact that stands apart, with the reason."""
    return Line(
        region=fact.region_name or labels("no_region"),
        all_levels=fact.region_scope == "all_levels",
        category=labels.indicator(fact.category, fact.problem, fact.rank),
        subject=subject_of(fact.category),
        value=fact.surface or amount(fact.value, fact.unit, labels),
        bounds=bounds(fact.low, fact.high, fact.unit, labels)
        if inexact(fact.low, fact.high)
        else "",
        size=fact.value or 0,
        facts=1,
        statements=fact.statements,
        months=_months([fact]),
        citation=ledger.cite(behind([fact])),
        nature=fact.aggregation,
        period=span(fact.period_start, fact.period_end, labels),
        basis=labels.code("b", fact.period_basis),
        why=labels(why_apart(fact)),
    )


def plainest(sums: Iterable[Total]) -> list[Total]:
    """Leave out breakdowns by problem or rank wherever the undivided total is there too."""
    kept = list(sums)
    undivided = {_undivided(total) for total in kept if not (total.problem or total.rank)}
    return [t for t in kept if not (t.problem or t.rank) or _undivided(t) not in undivided]


def uppermost(sums: Iterable[Total]) -> list[Total]:
    """Leave out what a broader category of the same place and unit takes in already."""
    kept = plainest(sums)
    told = {_undivided(total) for total in kept}
    return [total for total in kept if not any(place in told for place in _above(total))]


def _above(total: Total) -> list[tuple[str | None, ...]]:
    place = (total.region, total.region_scope)
    return [(*place, code, total.unit) for code in lineage(total.category)[1:]]


def _undivided(total: Total) -> tuple[str | None, ...]:
    return (total.region, total.region_scope, total.category, total.unit)


def why_apart(fact: Fact) -> str:
    """Return the label key of the first reason why a fact is in no total."""
    reasons = (
        (fact.modality != "achieved", "w_not_achieved"),
        (fact.polarity < 0, "w_negative"),
        (fact.covered, "w_covered"),
        (fact.aggregation != "increment", f"n_{fact.aggregation}"),
        (fact.part or fact.relation in {"subset", "overlap", "two_level"}, "w_part"),
        (fact.standing == "undated", "w_undated"),
        (fact.standing == "spanning", "w_spanning"),
    )
    return next((key for holds, key in reasons if holds), "w_not_additive")
