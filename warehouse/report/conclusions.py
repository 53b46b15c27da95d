"""Write the conclusions of a period from its facts, in fixed sentences that add nothing to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.report.alerts import shared_names
from warehouse.report.citing import Citation
from warehouse.report.drawings import STAGES, Pen, form_of, place_name, round_name
from warehouse.report.facts import Fact, Material, Quality, Round
from warehouse.report.labels import lineage
from warehouse.report.numbers import amount, bounds, inexact, plain
from warehouse.report.tables import Total, behind, plainest, uppermost
from warehouse.report.tables import totals as all_totals

MOST_OF_A_KIND = 2
MOST_IN_A_LIST = 6


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One sentence and the figures it was written from."""

    text: str
    citation: Citation | None


def conclusions(material: Material, totals: Sequence[Total], pen: Pen) -> list[Conclusion]:
    """Return the conclusions in the order of the report's chapters."""
    return [
        *_forms(uppermost(all_totals(material.facts, parts=True)), pen),
        *_since(material.facts, pen),
        *_investigated(totals, pen),
        *(_round(one, pen) for one in material.rounds[:MOST_OF_A_KIND]),
        *_visits(totals, pen),
        *_money(totals, pen),
        *_programmes(material, pen),
        *_quality(material, pen),
    ]


def _forms(totals: Sequence[Total], pen: Pen) -> list[Conclusion]:
    found: dict[tuple[str, str], list[Total]] = defaultdict(list)
    for total in totals:
        if form_of(total.category) or "four_forms_total" in lineage(total.category):
            found[(total.region_name, total.region_scope)].append(total)
    heaviest = sorted(found.items(), key=lambda item: -sum(one.value for one in item[1]))
    return [_form_line(place, these, pen) for place, these in heaviest[:MOST_OF_A_KIND]]


def _form_line(place: tuple[str, str], totals: list[Total], pen: Pen) -> Conclusion:
    largest = sorted(totals, key=lambda total: -total.value)[:MOST_IN_A_LIST]
    listed = pen.labels.listed([_named(one, pen) for one in largest])
    text = pen.labels("con_forms", region=place_name(*place, pen.labels), list=listed)
    return Conclusion(text, pen.ledger.cite(_ids(largest)))


def _named(total: Total, pen: Pen) -> str:
    name = pen.labels.indicator(total.category, total.problem, total.rank)
    return f"{name} {_value(total, pen)}"


def _value(one: Total | Fact, pen: Pen) -> str:
    """Write a value, with its bounds where it is not exact."""
    shown = amount(one.value, one.unit, pen.labels)
    return (
        f"{shown} {bounds(one.low, one.high, one.unit, pen.labels)}"
        if inexact(one.low, one.high)
        else shown
    )


def _since(facts: Iterable[Fact], pen: Pen) -> list[Conclusion]:
    """Tell cumulative accountability apart: `专项行动开展以来` belongs to no single period."""
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.aggregation in {"cumulative", "ytd"} and form_of(fact.category) and _told(fact):
            found[(fact.region_name, fact.region_scope)].append(fact)
    heaviest = sorted(found.items(), key=lambda item: -len(item[1]))[:MOST_OF_A_KIND]
    return [_since_line(place, these[:MOST_IN_A_LIST], pen) for place, these in heaviest]


def _told(fact: Fact) -> bool:
    return fact.modality == "achieved" and fact.value is not None


def _since_line(place: tuple[str, str], facts: list[Fact], pen: Pen) -> Conclusion:
    listed = [f"{pen.labels.category(fact.category)} {_value(fact, pen)}" for fact in facts]
    region = place_name(*place, pen.labels)
    text = pen.labels("con_since", region=region, list=pen.labels.listed(listed))
    return Conclusion(text, pen.ledger.cite(fact.measure_id for fact in facts))


def _investigated(totals: Sequence[Total], pen: Pen) -> list[Conclusion]:
    kept = [total for total in plainest(totals) if "issue_investigated" in lineage(total.category)]
    return [
        Conclusion(
            pen.labels(
                "con_investigated",
                region=place_name(total.region_name, total.region_scope, pen.labels),
                category=pen.labels.indicator(total.category, total.problem, total.rank),
                value=_value(total, pen),
            ),
            pen.ledger.cite(_ids([total])),
        )
        for total in sorted(kept, key=lambda total: -total.value)[:MOST_OF_A_KIND]
    ]


def _round(one: Round, pen: Pen) -> Conclusion:
    items = f"({pen.labels('items', n=plain(one.items))})" if one.items is not None else ""
    fed = f"{pen.labels(one.base_word)} {plain(one.base)}{items}"
    key = "con_inspection_open" if one.rectified is None else "con_inspection_full"
    done = plain(one.rectified) if one.rectified is not None else ""
    text = pen.labels(key, name=round_name(one, pen.labels), fed=fed, done=done)
    return Conclusion(text, pen.ledger.cite(one.measure_ids))


def _visits(totals: Sequence[Total], pen: Pen) -> list[Conclusion]:
    found: dict[tuple[str, str], dict[str, Total]] = defaultdict(dict)
    for total in plainest(totals):
        if total.category in dict(STAGES):
            found[(total.region_name, total.region_scope)].setdefault(total.category, total)
    told = {place: these for place, these in found.items() if "enterprise_visit" in these}
    most = sorted(
        told.items(), key=lambda item: (-len(item[1]), -item[1]["enterprise_visit"].value)
    )
    return [_visit(place, these, pen) for place, these in most[:MOST_OF_A_KIND]]


def _visit(place: tuple[str, str], stages: dict[str, Total], pen: Pen) -> Conclusion:
    words = {
        word: _value(stages[code], pen) if code in stages else pen.labels("unreported")
        for code, word in STAGES
    }
    key = "con_visit_only" if len(stages) == 1 else "con_visit"
    text = pen.labels(key, region=place_name(*place, pen.labels), **words)
    return Conclusion(text, pen.ledger.cite(_ids(stages.values())))


def _money(totals: Sequence[Total], pen: Pen) -> list[Conclusion]:
    largest = max(
        (t for t in plainest(totals) if t.unit == "元"), key=lambda t: t.value, default=None
    )
    if largest is None:
        return []
    place = place_name(largest.region_name, largest.region_scope, pen.labels)
    category = pen.labels.category(largest.category)
    text = pen.labels("con_money", region=place, category=category, value=_value(largest, pen))
    return [Conclusion(text, pen.ledger.cite(_ids([largest])))]


def _programmes(material: Material, pen: Pen) -> list[Conclusion]:
    names = {one.name for one in material.sightings}
    if not names:
        return []
    several = len(shared_names(material.sightings))
    text = pen.labels("con_programmes", n=len(names), several=several)
    ids = [sighting.mention_id for sighting in material.sightings]
    return [Conclusion(text, pen.ledger.cite(ids))]


def _quality(material: Material, pen: Pen) -> list[Conclusion]:
    """Say how much of what was read adds up; counted over the rows of this page."""
    facts = material.facts
    if not facts:
        return []
    addable = sum(fact.addable for fact in facts)
    dated = percent(sum(fact.standing != "undated" for fact in facts), len(facts))
    counts = {"facts": len(facts), "addable": addable, "apart": len(facts) - addable}
    return [Conclusion(pen.labels("con_quality", dated=dated, **counts), None)]


def percent(part: int, whole: int) -> str:
    """Write a share in whole percent; of nothing it is a dash."""
    return str(round(100 * part / whole)) if whole else "—"


def quality_line(quality: Quality, pen: Pen) -> str:
    """Write the line on how much was read and how well."""
    median = quality.median_confidence
    return pen.labels(
        "q_line",
        articles=quality.articles,
        reposts=quality.reposts,
        figures=quality.figures,
        facts=quality.facts,
        dated=percent(quality.dated, quality.facts),
        uncategorised=percent(quality.uncategorised, quality.facts),
        confidence="—" if median is None else f"{median:.2f}",
    )


def _ids(totals: Iterable[Total]) -> list[str]:
    return behind(fact for total in totals for fact in total.facts)
