"""Write the conclusions of a period from its facts, in fixed sentences that add nothing to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.report.alerts import shared_names
from warehouse.report.citing import Citation
from warehouse.report.drawings import STAGES, Pen, form_of, place_name, round_name
from warehouse.report.facts import Fact, Material, Quality, Round
from warehouse.report.labels import lineage
from warehouse.report.numbers import amount, bounds, inexact, plain, told_span
from warehouse.report.tables import Total, behind, coverage, plainest, uppermost
from warehouse.report.tables import totals as all_totals

MOST_OF_A_KIND = 2
MOST_IN_A_LIST = 6
MOST_NAMED = 4  # programmes
LEAST_SHARE = 12  # a total that covers less than this part of the period is no conclusion


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
    kept = [
        total
        for total in totals
        if form_of(total.category) or "four_forms_total" in lineage(total.category)
    ]
    return _by_place("con_forms", _weighty(kept, pen), pen)


def _investigated(totals: Sequence[Total], pen: Pen) -> list[Conclusion]:
    kept = [t for t in uppermost(totals) if "issue_investigated" in lineage(t.category)]
    return _by_place("con_investigated", _weighty(kept, pen), pen)


def _by_place(key: str, totals: Iterable[Total], pen: Pen) -> list[Conclusion]:
    """Tell the largest totals of the places that have the most, a sentence a place."""
    found: dict[tuple[str, str], list[Total]] = defaultdict(list)
    for total in totals:
        found[(total.region_name, total.region_scope)].append(total)
    heaviest = sorted(found.items(), key=lambda item: -sum(one.value for one in item[1]))
    return [_place_line(key, place, these, pen) for place, these in heaviest[:MOST_OF_A_KIND]]


def _weighty(totals: Iterable[Total], pen: Pen) -> list[Total]:
    """Leave out what tells of a small part of the period only: a day's news is no conclusion."""
    if pen.bucket is None:
        return list(totals)
    least = ((pen.bucket.end - pen.bucket.start).days + 1) / LEAST_SHARE
    return [total for total in totals if coverage(total.facts).days >= least]


def _place_line(key: str, place: tuple[str, str], totals: list[Total], pen: Pen) -> Conclusion:
    largest = sorted(totals, key=lambda total: -total.value)[:MOST_IN_A_LIST]
    when, apart = _whens(largest, pen)
    listed = [_named(one, pen) + own for one, own in zip(largest, apart, strict=True)]
    told = pen.labels("pair_sep").join(listed)
    return _sentence(key, place, largest, pen, when=when, list=told)


def _sentence(
    key: str, place: tuple[str, str], totals: Iterable[Total], pen: Pen, **words: str
) -> Conclusion:
    """Fill in a sentence on totals of one place."""
    text = pen.labels(key, region=place_name(*place, pen.labels), **words)
    return Conclusion(text, pen.ledger.cite(behind(f for total in totals for f in total.facts)))


def _whens(totals: Sequence[Total], pen: Pen) -> tuple[str, list[str]]:
    """Say which part of the period some totals tell of: once for all, or each where they differ."""
    spans = [_when(total, pen) for total in totals]
    if len(set(spans)) > 1:
        return "", [pen.labels("when_apart", span=span) if span else "" for span in spans]
    return pen.labels("when", span=spans[0]) if spans[0] else "", [""] * len(spans)


def _when(total: Total, pen: Pen) -> str:
    """Write the part of the report's period that a total tells of; nothing where it is all."""
    told = coverage(total.facts)
    if told.start is None or told.end is None:
        return ""
    whole = pen.bucket and (told.start, told.end) == (pen.bucket.start, pen.bucket.end)
    if whole and not told.gaps:
        return ""
    span = told_span(told.start, told.end, pen.labels)
    return pen.labels("span_with_gaps", span=span) if told.gaps else span


def _named(one: Total | Fact, pen: Pen) -> str:
    name = pen.labels.indicator(one.category, one.problem, one.rank)
    return pen.labels("pair", name=name, value=_value(one, pen))


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
    return fact.modality == "achieved" and fact.value is not None and not fact.covered


def _since_line(place: tuple[str, str], facts: list[Fact], pen: Pen) -> Conclusion:
    text = pen.labels(
        "con_since",
        region=place_name(*place, pen.labels),
        as_of=max(f"{fact.ends_on}" for fact in facts),
        list=pen.labels("pair_sep").join(_named(fact, pen) for fact in facts),
    )
    return Conclusion(text, pen.ledger.cite(fact.measure_id for fact in facts))


def _round(one: Round, pen: Pen) -> Conclusion:
    items = pen.labels("con_items", n=plain(one.items)) if one.items is not None else ""
    fed = pen.labels(f"con_{one.base_word}", n=plain(one.base)) + items
    name = round_name(one, pen.labels)
    if one.rectified is None:
        text = pen.labels("con_inspection_open", name=name, fed=fed)
    else:
        rate = one.recomputed_pct
        told = "" if rate is None else pen.labels("con_rate", pct=plain(rate))
        done = plain(one.rectified)
        text = pen.labels("con_inspection_full", name=name, fed=fed, done=done, rate=told)
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
    totals = list(stages.values())
    when, apart = _whens(totals, pen)
    told = {
        total.category: _value(total, pen) + own for total, own in zip(totals, apart, strict=True)
    }
    words = {word: told.get(code, pen.labels("unreported")) for code, word in STAGES}
    key = "con_visit_only" if len(stages) == 1 else "con_visit"
    return _sentence(key, place, totals, pen, when=when, **words)


def _money(totals: Sequence[Total], pen: Pen) -> list[Conclusion]:
    amounts = (total for total in plainest(totals) if total.unit == "元")
    largest = max(amounts, key=lambda total: total.value, default=None)
    if largest is None:
        return []
    place = (largest.region_name, largest.region_scope)
    when, _ = _whens([largest], pen)
    return [_sentence("con_money", place, [largest], pen, when=when, what=_named(largest, pen))]


def _programmes(material: Material, pen: Pen) -> list[Conclusion]:
    seen = Counter(one.name for one in material.sightings)
    names = [name for name, _ in seen.most_common()]
    if not names:
        return []
    several = len(shared_names(material.sightings))
    text = pen.labels(
        "con_programmes" if len(names) <= MOST_NAMED else "con_programmes_more",
        n=len(names),
        names=pen.labels.listed(names[:MOST_NAMED]),
        several=pen.labels("con_several", n=several) if several else "",
    )
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
    counts["computed"] = material.computed
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
