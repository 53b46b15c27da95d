"""The first article and its kin: every quantity right, nothing from what is no quantity.

The first article itself is not ours to publish; its test runs only where the file lies beside the
checkout. The kin are articles of our own in the same style, lost opening quotes and all.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from transforms.reading import read_text

SHARED = Path(__file__).parents[2] / "shared" / "cases"
CATEGORIES = {
    "q01": "facility_added",
    "q03": "rule_made",
    "q05": "task_listed",
    "q06": "enterprise_visit",
    "q07": "dispute_mediated",
    "q08": "dispute_amount",
    "q09": "interest_subsidy",
    "q10": "issue_formalism_investigated",
    "q11": "interview_summoned",
    "q12": "rectify_duration",
    "q13": "talk_reminder",
    "q14": "removal_from_post",
    "q15": "admonition",
    "q16": "inspection_issue_fedback",
    "q17": "inspection_issue_fedback",
    "q18": "negative_list_item",
}
AGGREGATIONS = {
    "increment": {"increment"},
    "period_total": {"increment"},
    "cumulative": {"cumulative"},
    "state": {"stock", "increment"},
}
# The label names a hall or a whole region where the text names its office.
ACTORS = {"q01": "政务服务大厅", "q12": None, "q16": "区委", "q17": "区委", "q18": "西乡塘区"}

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")


@pytest.fixture(scope="module")
def gold():
    return json.loads((SHARED / "seed_gold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def reading(gold):
    return read_text(
        (SHARED / "seed.txt").read_text("utf-8"),
        title="西乡塘区监督服务齐发力 促政商关系“亲”上加“清”",
        source="南宁市西乡塘区纪委监委",
        published_at=datetime.fromisoformat(gold["meta"]["publication_datetime"]),
        site="gxjjw",
    )


@needs_shared
def test_every_quantity_is_read(gold, reading):
    found = {(m.figure.span.start, m.figure.span.end): m for m in reading.measures}
    wrong = []
    for label in gold["quantities"]:
        measure = found.get((label["start"], label["end"]))
        if label["measure"] is False:
            continue
        if measure is None:
            wrong.append((label["id"], "missed"))
            continue
        quantity = measure.figure.quantity
        got = (float(quantity.value), float(quantity.low), float(quantity.high), quantity.unit)
        if got != (label["value"], label["lower"], label["upper"], label["unit"]):
            wrong.append((label["id"], got))
        if measure.category != CATEGORIES[label["id"]]:
            wrong.append((label["id"], measure.category))
        if measure.aggregation not in AGGREGATIONS[label["cumulative"]]:
            wrong.append((label["id"], measure.aggregation))
        days = tuple(
            str(day) if day else None for day in (measure.period.start, measure.period.end)
        )
        if days != (label["period"]["from"], label["period"]["to"]):
            wrong.append((label["id"], days))
        if not measure.is_measure:
            wrong.append((label["id"], "is no measure"))
        actor = ACTORS.get(label["id"], label["actor"])
        if actor and actor not in f"{measure.actor} {measure.actor_organ}":
            wrong.append((label["id"], measure.actor, measure.actor_organ))
    assert not wrong


@needs_shared
def test_nothing_from_what_is_no_quantity(gold, reading):
    for label in gold["non_measures"]:
        held = [
            m.figure.span
            for m in reading.measures
            if m.is_measure
            and m.figure.span.start < label["end"]
            and label["start"] < m.figure.span.end
        ]
        assert not held, label


@needs_shared
def test_two_counts_of_one_population_are_linked(reading):
    by_surface = {m.figure.span.of(reading.article.text): m for m in reading.measures}
    coarse, fine = by_surface["8项"], by_surface["18个"]
    assert (coarse.relation, coarse.parent) == ("two_level", fine.figure.span.start)


KIN = (
    "江南区纪检监察机关聚焦关键少数”,部署头雁领航”主题活动,制定8项制度、8个带头从严”。"
    "2021年,城区各级各部门党政主要领导走访会员企业230余家。督促城区住建局受理调处涉企"
    "纠纷60多件,涉及财务标的2.3亿元;督促城区财政局落实贴息资金,累计为企业拨付财政贴息"
    "803.25万元。党的十九大以来,查处形式主义官僚主义问题 64 件。专项行动开展以来,该城区"
    "提醒谈话相关单位责任人17人,予以免职2人,诫勉5人。\n"
    "据悉,区委第五轮巡察向行政审批局反馈问题6项21个。"
)


def test_kin_of_the_first_article():
    reading = read_text(
        KIN, source="南宁市江南区纪委监委", published_at=datetime.fromisoformat("2022-03-01")
    )
    found = [
        (m.figure.span.of(KIN), m.category, m.aggregation) for m in reading.measures if m.is_measure
    ]
    assert found == [
        ("8项", "rule_made", "increment"),
        ("230余家", "enterprise_visit", "increment"),
        ("60多件", "dispute_mediated", "increment"),
        ("2.3亿元", "dispute_amount", "increment"),
        ("803.25万元", "interest_subsidy", "cumulative"),
        ("64 件", "issue_formalism_investigated", "cumulative"),
        ("17人", "talk_reminder", "cumulative"),
        ("2人", "removal_from_post", "cumulative"),
        ("5人", "admonition", "cumulative"),
        ("6项", "inspection_issue_fedback", "increment"),
        ("21个", "inspection_issue_fedback", "increment"),
    ]
    actors = {m.figure.span.of(KIN): m.actor_organ for m in reading.measures}
    assert actors["60多件"] == "江南区住建局"
    assert actors["803.25万元"] == "江南区财政局"
    assert {m.region for m in reading.measures if m.is_measure} == {"450105"}
