"""Turn the facts of a period into the report's charts, each mark with the sentences behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from transforms.buckets import Bucket
from warehouse.report import charts
from warehouse.report.charts import Dot, Mark, Row, Strip
from warehouse.report.citing import Ledger
from warehouse.report.facts import Cell, Fact, Round, Sighting
from warehouse.report.labels import Labels, lineage, subject_of
from warehouse.report.material import columns
from warehouse.report.numbers import amount, plain, span
from warehouse.report.tables import Total, behind, plainest, uppermost

FORMS = (
    "interview_summoned",
    "first_form_measure",
    "organizational_measure",
    "party_discipline",
    "gov_sanction",
    "accountability_pursued",
)
JUDICIAL = ("judicial_transfer", "judicial_arrested", "judicial_sentenced")
FOUR_FORMS = ("form_1", "form_2", "form_3", "form_4")
STAGES = (
    ("enterprise_visit", "visited"),
    ("demand_collected", "collected"),
    ("demand_resolved", "resolved"),
)
MOST_ROWS = 16  # rows of a chart; those beyond are counted beneath it
MOST_BARS = 24  # of the chart of amounts
MOST_SEGMENTS = 10  # of one stacked bar; the smallest of more are drawn as one


@dataclass(frozen=True, slots=True)
class Pen:
    """What all that is drawn or written needs: the words, the footnotes, the report's period."""

    labels: Labels
    ledger: Ledger
    bucket: Bucket | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a chart's legend."""

    word: str
    colour: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, its legend and how many rows it had no room for; empty where nothing is told."""

    svg: str = ""
    keys: tuple[Key, ...] = ()
    more: int = 0


def forms(parts: Sequence[Total], pen: Pen) -> Drawing:
    """Draw what was done to whom: a stacked bar a region, coloured by group of forms."""
    kept = [total for total in uppermost(parts) if form_of(total.category)]
    keys = [form for form in (*FORMS, "judicial") if any(form_of(t.category) == form for t in kept)]
    colours = dict(zip(keys, charts.KINDS, strict=False))
    ordered = sorted(kept, key=lambda t: keys.index(form_of(t.category) or ""))
    legend = tuple(Key(pen.labels(f"g_{key}"), colours[key]) for key in keys)
    return _stacked(_by_region(ordered, pen, colours), pen.labels("s_forms"), legend)


def form_of(category: str) -> str | None:
    """Return the group of forms a category belongs to; None for the four forms and the rest."""
    line = lineage(category)
    if line[0] in JUDICIAL:
        return "judicial"
    return next((form for form in FORMS if form in line), None)


def four_forms(parts: Sequence[Total], pen: Pen) -> Drawing:
    """Draw the four forms, which partition their total."""
    kept = [total for total in plainest(parts) if total.category in FOUR_FORMS]
    colours = dict(zip(FOUR_FORMS, charts.RAMP[1:], strict=False))
    legend = tuple(Key(pen.labels.category(code), colours[code]) for code in FOUR_FORMS)
    rows = [_with_total(row, pen) for row in _by_region(kept, pen, colours)]
    return _stacked(rows, pen.labels("s_four"), legend)


def _with_total(row: Row, pen: Pen) -> Row:
    """Write the sum beside a bar whose segments partition it."""
    if len(row.marks) < len(FOUR_FORMS):
        return row
    total = sum(mark.value for mark in row.marks)
    return replace(row, note=amount(total, "人次", pen.labels))


def _stacked(rows: Sequence[Row], title: str, keys: tuple[Key, ...]) -> Drawing:
    if not rows:
        return Drawing()
    return Drawing(charts.stacked_bars(rows[:MOST_ROWS], title), keys, _beyond(rows))


def _beyond(rows: Sequence[object]) -> int:
    return max(len(rows) - MOST_ROWS, 0)


def _by_region(totals: Iterable[Total], pen: Pen, colours: dict[str, str]) -> list[Row]:
    rows: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for total in totals:
        colour = colours[form_of(total.category) or total.category]
        place = (total.region_name, total.region_scope)
        rows[place].append(_mark(total, pen, plain(total.value), colour))
    made = [Row(place_name(*place, pen.labels), _few(marks, pen)) for place, marks in rows.items()]
    return sorted(made, key=lambda row: -sum(mark.value for mark in row.marks))


def _few(marks: list[Mark], pen: Pen) -> tuple[Mark, ...]:
    """Draw the smallest of too many segments as one, which says how many it stands for."""
    ranked = sorted(marks, key=lambda mark: -mark.value)
    kept, rest = set(ranked[:MOST_SEGMENTS]), ranked[MOST_SEGMENTS:]
    if not rest:
        return tuple(marks)
    name = pen.labels("other_segments", n=len(rest))
    merged = replace(
        rest[0], value=sum(m.value for m in rest), text="", name=name, colour=charts.REST
    )
    return (*(mark for mark in marks if mark in kept), merged)


def _mark(total: Total, pen: Pen, text: str, colour: str, *, hollow: bool = False) -> Mark:
    value = amount(total.value, total.unit, pen.labels)
    place = place_name(total.region_name, total.region_scope, pen.labels)
    return Mark(
        value=float(total.value),
        text=text,
        name=f"{place} {pen.labels.indicator(total.category, total.problem, total.rank)} {value}",
        colour=colour,
        citation=pen.ledger.cite(behind(total.facts)),
        low=None if total.low is None else float(total.low),
        high=None if total.high is None else float(total.high),
        hollow=hollow,
        region=total.region_name,
        subject=subject_of(total.category),
    )


def place_name(region_name: str, scope: str, labels: Labels) -> str:
    """Name a region; one counted with all its lower levels says so."""
    name = region_name or labels("no_region")
    return labels("place_all", name=name) if scope == "all_levels" else name


def heat(cells: Iterable[Cell], bucket: Bucket, pen: Pen) -> Drawing:
    """Draw how many figures each region has for each month, by the end of their periods."""
    months = [month.name for month in columns(bucket)]
    found: dict[str, dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        found[cell.region_name or pen.labels("no_region")][cell.month] = cell
    ranked = sorted(found, key=lambda region: -sum(c.figures for c in found[region].values()))
    rows = [
        Row(region, tuple(_heat(region, month, found[region].get(month), pen) for month in months))
        for region in ranked[:MOST_ROWS]
    ]
    if not rows:
        return Drawing()
    years = {month[:4] for month in months}
    heads = [month[5:] if len(years) == 1 else month[2:] for month in months]
    drawn = charts.heatmap(heads, rows, pen.labels("s_heat"))
    return Drawing(drawn, more=_beyond(ranked))


def _heat(region: str, month: str, cell: Cell | None, pen: Pen) -> Mark:
    if cell is None:
        return Mark(0, "", "")
    name = f"{region} {month} · {cell.figures}"
    citation = pen.ledger.cite(cell.measure_ids)
    return Mark(cell.figures, str(cell.figures), name, citation=citation, region=region)


def inspections(rounds: Sequence[Round], pen: Pen) -> Drawing:
    """Draw each round as a dumbbell from what was rectified to what was fed back."""
    rows = [_round(one, pen) for one in rounds[:MOST_ROWS]]
    if not rows:
        return Drawing()
    return Drawing(charts.dumbbells(rows, pen.labels("s_inspection")), more=_beyond(rounds))


def round_name(one: Round, labels: Labels) -> str:
    """Name a round by its region, its number and the body inspected, as far as they are known."""
    number = labels("round", n=one.round_no) if one.round_no else ""
    return " ".join(word for word in (one.region_name, number, one.target) if word)


def _round(one: Round, pen: Pen) -> Row:
    fed, done = _end(one, one.base_word, pen), _end(one, "rectified", pen)
    note = pen.labels("items", n=plain(one.items)) if one.items is not None else ""
    return Row(round_name(one, pen.labels), (fed, done), note)


def _end(one: Round, which: str, pen: Pen) -> Mark:
    value = one.rectified if which == "rectified" else one.base
    shown = pen.labels("unreported") if value is None else plain(value)
    text = f"{pen.labels(which)} {shown}"
    return Mark(
        value=float(value or 0),
        text=text,
        name=f"{round_name(one, pen.labels)} {text}",
        colour=charts.WARM if which == "rectified" else charts.ACCENT,
        citation=pen.ledger.cite(one.measure_ids) if value is not None else None,
        hollow=value is None,
        region=one.region_name,
        subject="inspection",
    )


def programmes(sightings: Sequence[Sighting], bucket: Bucket, pen: Pen) -> Drawing:
    """Draw each named programme as the days its articles came out."""
    strips: dict[str, list[Dot]] = defaultdict(list)
    for one in sorted(sightings, key=lambda sighting: sighting.published_on):
        name = f"{one.name} · {one.region_name} · {one.published_on}"
        cited = pen.ledger.cite([one.mention_id])
        strips[one.name].append(Dot(one.published_on, name, cited, one.region_name))
    ranked = sorted(strips.items(), key=lambda item: (-len(item[1]), item[1][0].on, item[0]))
    rows = [Strip(name, tuple(dots)) for name, dots in ranked[:MOST_ROWS]]
    title = pen.labels("s_programmes")
    if not rows:
        return Drawing()
    drawn = charts.timeline(rows, bucket.start, bucket.end, title)
    return Drawing(drawn, more=_beyond(ranked))


def funnel(totals: Sequence[Total], pen: Pen) -> Drawing:
    """Draw visited, collected, resolved for each region that reports one of them."""
    stages = {code for code, _ in STAGES}
    found: dict[tuple[str, str], list[Total]] = defaultdict(list)
    for total in plainest(totals):
        if total.category in stages:
            found[(total.region_name, total.region_scope)].append(total)
    rows = [
        Row(place_name(*place, pen.labels), _stages(these, pen)) for place, these in found.items()
    ]
    if not rows:
        return Drawing()
    names = [pen.labels(word) for _, word in STAGES]
    drawn = charts.funnels(names, rows[:MOST_ROWS], pen.labels("s_funnel"))
    return Drawing(drawn, more=_beyond(rows))


def _stages(totals: Sequence[Total], pen: Pen) -> tuple[Mark, ...]:
    return tuple(_stage(code, word, totals, pen) for code, word in STAGES)


def _stage(code: str, word: str, totals: Sequence[Total], pen: Pen) -> Mark:
    these = [total for total in totals if total.category == code]
    colour = charts.RAMP[4 - [stage for stage, _ in STAGES].index(code)]
    if not these:
        text = pen.labels("unreported")
        name = f"{pen.labels(word)} {text}"
        return Mark(0, text, name, hollow=True, region=totals[0].region_name, subject="business")
    values = pen.labels.listed([amount(one.value, one.unit, pen.labels) for one in these])
    ids = [fact.measure_id for one in these for fact in one.facts]
    place = place_name(totals[0].region_name, totals[0].region_scope, pen.labels)
    name = f"{place} {pen.labels(word)} {values}"
    cited = pen.ledger.cite(ids)
    return Mark(1, values, name, colour, cited, region=totals[0].region_name, subject="business")


def money(totals: Sequence[Total], facts: Sequence[Fact], pen: Pen) -> Drawing:
    """Draw amounts in yuan by region: the period's increments solid, cumulative ones hollow."""
    rows: dict[str, list[Mark]] = defaultdict(list)
    for total in plainest(totals):
        if total.unit == "元":
            category = pen.labels.category(total.category)
            text = f"{amount(total.value, '元', pen.labels)} {category}"
            place = place_name(total.region_name, total.region_scope, pen.labels)
            rows[place].append(_mark(total, pen, text, charts.ACCENT))
    for fact in facts:
        if fact.unit == "元" and fact.aggregation == "cumulative" and fact.value:
            place = place_name(fact.region_name, fact.region_scope, pen.labels)
            rows[place].append(_as_of(fact, pen))
    made = [Row(place, tuple(marks)) for place, marks in rows.items()]
    if not made:
        return Drawing()
    kept = _first(made)
    drawn = charts.ranked_bars(kept, pen.labels("s_money"))
    return Drawing(drawn, more=len(made) - len(kept))


def _first(rows: Sequence[Row]) -> list[Row]:
    """Keep whole rows until the chart has as many bars as it can show."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: -max(mark.value for mark in row.marks)):
        if sum(len(one.marks) for one in kept) + len(row.marks) <= MOST_BARS or not kept:
            kept.append(row)
    return kept


def _as_of(fact: Fact, pen: Pen) -> Mark:
    value = amount(fact.value, fact.unit, pen.labels)
    when = span(fact.period_start, fact.period_end, pen.labels)
    category = pen.labels.category(fact.category)
    bounded = fact.low is not None and fact.high is not None
    return Mark(
        value=float(fact.value or 0),
        text=f"{value} {category} ({pen.labels.code('n', fact.aggregation)})",
        name=f"{fact.region_name} {category} {value} {when}",
        citation=pen.ledger.cite(behind([fact])),
        low=float(fact.low or 0) if bounded else None,
        high=float(fact.high or 0) if bounded else None,
        hollow=True,
        region=fact.region_name,
        subject=subject_of(fact.category),
    )
