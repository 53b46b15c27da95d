"""Facts of our own making for the tests of the report: a quarter, five places, a hostile page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transforms.buckets import parse_period
from warehouse.report.facts import (
    Cell,
    Fact,
    Material,
    Pair,
    Quality,
    Round,
    Sentence,
    Sighting,
    Silence,
)

QUARTER = parse_period("2020Q4")
HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>"
PLACES = {
    "450100": "南宁市",
    "450107": "西乡塘区",
    "450102": "兴宁区",
    "450105": "江南区",
    "450200": "柳州市",
}
_BASE = Fact(
    measure_id="",
    region="450107",
    region_name="西乡塘区",
    region_scope="self",
    category="talk_reminder",
    unit="人",
    value=29,
    low=29,
    high=29,
    surface="29人",
    aggregation="increment",
    modality="achieved",
    polarity=1,
    relation=None,
    period_start=date(2020, 10, 1),
    period_end=date(2020, 12, 31),
    period_basis="explicit",
    ends_on=date(2020, 12, 31),
    programme=None,
    confidence=0.95,
    statements=1,
    standing="inside",
    addable=True,
)


def fact(measure_id: str, **changes: object) -> Fact:
    """Return an addable fact of the quarter with some fields changed."""
    made = replace(_BASE, measure_id=measure_id, **changes)
    return replace(made, region_name=PLACES.get(made.region or "", ""))


def _increments() -> list[Fact]:
    rows = [
        ("450107", "talk_reminder", "人", 29), ("450107", "admonition", "人", 7),
        ("450107", "removal_from_post", "人", 3), ("450107", "interview_summoned", "人", 18),
        ("450102", "talk_reminder", "人", 12), ("450102", "party_warning", "人", 5),
        ("450102", "gov_demerit", "人", 2), ("450105", "circulated_criticism", "人", 9),
        ("450105", "judicial_transfer", "人", 1), ("450200", "criticism_education", "人次", 41),
        ("450200", "party_expelled", "人", 4), ("450100", "form_1", "人次", 640),
        ("450100", "form_2", "人次", 210), ("450100", "form_3", "人次", 36),
        ("450100", "form_4", "人次", 28), ("450107", "demand_collected", "条", 96),
        ("450107", "demand_resolved", "条", 81), ("450102", "enterprise_visit", "家", 64),
        ("450100", "issue_conduct_investigated", "起", 97),
        ("450105", "subsidy_paid", "元", 2_310_000),
        ("450102", "fund_redeemed", "元", 12_600_000), ("450107", "meeting_held", "次", 6),
    ]  # fmt: skip
    made = []
    for at, (region, category, unit, value) in enumerate(rows):
        month = 10 + at % 3
        made.append(
            fact(
                f"a/{at % 7}#{at}",
                region=region,
                category=category,
                unit=unit,
                value=value,
                low=value,
                high=value,
                surface=f"{value}{unit}",
                ends_on=date(2020, month, 28),
                period_start=date(2020, month, 1),
                period_end=date(2020, month, 28),
                region_scope="all_levels" if region == "450100" else "self",
            )
        )
    visit = {"category": "enterprise_visit", "unit": "家", "surface": "150余家"}
    about = {"category": "dispute_amount", "unit": "元", "surface": "1.5亿元"}
    return [
        *made,
        fact("a/1#200", value=150, low=150, high=160, statements=3, **visit),
        fact("a/2#300", value=150_000_000, low=145_000_000, high=155_000_000, **about),
    ]


def _others() -> list[Fact]:
    off = {"addable": False}
    since = date(2020, 4, 1)
    return [
        fact("b/3#1", **off, standing="spanning", aggregation="cumulative", period_start=since,
             period_basis="campaign", category="talk_reminder", value=61, low=61, high=61,
             surface="61人"),
        fact("b/3#2", **off, standing="undated", aggregation="cumulative", period_start=None,
             period_basis="publication", category="interest_subsidy", unit="元", value=6_911_100,
             low=6_911_050, high=6_911_150, surface="691.11万元"),
        fact("b/3#3", **off, aggregation="rate", category="inspection_rectify_rate", unit="%",
             value=98.5, low=98.45, high=98.55, surface="98.5%", region="450102"),
        fact("b/3#4", **off, modality="planned", category="enterprise_visit", unit="家", value=200,
             low=200, high=None, surface="200家以上"),
        fact("b/3#5", **off, relation="subset", category="person_sanctioned", value=2,
             surface="2人",
             low=2, high=2, region="450105"),
        fact("b/3#6", **off, category="uncategorised", unit="个", value=11, low=11, high=11,
             surface="11个", region=None),
    ]  # fmt: skip


FACTS = (*_increments(), *_others())


def material() -> Material:
    """Return everything a report of the quarter is made of."""
    return Material(FACTS, _sightings(), _rounds(), _pairs(), _silences(), _cells(), _quality())


def empty() -> Material:
    """Return the material of a period nothing is known of."""
    return Material((), (), (), (), (), (), Quality(0, 0, 0, 0, 0, 0, 0, None))


def _sightings() -> tuple[Sighting, ...]:
    rows = [
        ("“亲清护航”专项行动", "西乡塘区", 10, 9), ("“亲清护航”专项行动", "兴宁区", 11, 3),
        ("“亲清护航”专项行动", "西乡塘区", 12, 20),
        ("“强作风、优环境、促发展”专项行动", "西乡塘区", 11, 18),
        ("“书记引航担使命”主题活动", "江南区", 12, 2), ("“一月一监督”常态化督查", "柳州市", 10, 28),
    ]  # fmt: skip
    kind = "ck_special_action"
    codes = {place: code for code, place in PLACES.items()}
    return tuple(
        Sighting(name, kind, codes[place], place, date(2020, month, day), f"a/{at}", f"a/{at}@{at}")
        for at, (name, place, month, day) in enumerate(rows)
    )


def _rounds() -> tuple[Round, ...]:
    return (
        Round(
            "西乡塘区", 7, "行政审批局", 8, "fed_back", 18, None, None, None, False, ("a/1#200",)
        ),
        Round(
            "兴宁区", 6, "", 120, "found", None, 112, 98.5, 93.33, True, ("a/0#0", "a/0#7", "b/3#3")
        ),
    )


def _pairs() -> tuple[Pair, ...]:
    first, second = date(2020, 10, 31), date(2020, 11, 30)
    return (
        Pair("falling", "江南区", "case_filed", "件", 48, first, "a/0#0", 41, second, "a/1#1"),
        Pair(
            "jump",
            "柳州市",
            "subsidy_paid",
            "元",
            230_000,
            first,
            "a/2#2",
            2_300_000,
            second,
            "a/3#3",
        ),
    )


def _silences() -> tuple[Silence, ...]:
    return (Silence("柳州市", date(2020, 10, 28), 64, ("a/2#9",)),)


def _cells() -> tuple[Cell, ...]:
    found: dict[tuple[str, str], list[str]] = {}
    for one in FACTS:
        found.setdefault((one.region_name, f"{one.ends_on:%Y-%m}"), []).append(one.measure_id)
    return tuple(Cell(place, month, len(ids), tuple(ids)) for (place, month), ids in found.items())


def _quality() -> Quality:
    return Quality(128, 31, 2, 412, len(FACTS), 20, 1, 0.95)


def lookup(measure_ids: object) -> list[Sentence]:
    """Return a sentence for every measure asked for; the first article's title is hostile."""
    known = {one.measure_id: one for one in FACTS}
    return [_sentence(known[one]) if one in known else _naming(one) for one in measure_ids]


def _naming(mention_id: str) -> Sentence:
    """Return the sentence of a programme's mention: it has a name and no value."""
    name = {one.mention_id: one.name for one in _sightings()}[mention_id]
    return replace(
        _sentence(rows_of("a/1#200")),
        measure_id=mention_id,
        category="ck_special_action",
        surface=name,
        quote=f"开展{name}。",
        offset=2,
        value=None,
        aggregation="",
        period_basis="",
        confidence=None,
    )


def rows_of(measure_id: str) -> Fact:
    """Return one fact by its id."""
    return next(one for one in FACTS if one.measure_id == measure_id)


def _sentence(one: Fact) -> Sentence:
    article = one.measure_id.split("#")[0]
    place, figure = one.region_name, one.surface
    quote = f"今年第四季度以来,{place}紧盯政商交往,完成{figure},推动形成亲清政商关系。"
    return Sentence(
        measure_id=one.measure_id,
        article_id=article,
        category=one.category,
        region_name=one.region_name,
        surface=one.surface,
        quote=quote,
        offset=quote.index(one.surface),
        value=one.value,
        low=one.low,
        high=one.high,
        unit=one.unit,
        aggregation=one.aggregation,
        modality=one.modality,
        period_start=one.period_start,
        period_end=one.period_end,
        period_basis=one.period_basis,
        period_surface="第四季度",
        actor="西乡塘区纪委监委",
        confidence=one.confidence,
        title=HOSTILE if article == "a/0" else f"西乡塘区:监督护航 优化营商环境({article})",
        source="南宁市西乡塘区纪委监委",
        site="gxjjw",
        published_on=date(2020, 12, 30),
        url="javascript:alert(1)" if article == "a/0" else f"http://example.org/{article}.shtml",
        sha256="0" * 64,
    )
