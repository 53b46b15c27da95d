# ruff: noqa: E501, DTZ001, ARG001 - sentences stand in one line; times are those of a clock in China
"""Loading, claims, corrections, parts and the doors of the warehouse."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from transforms.errors import BusyError, DiskError, SchemaError, WarehouseError
from warehouse import connection as opening
from warehouse.corrections import Correction, read_corrections
from warehouse.keeping import repair
from warehouse.parts import write_part
from warehouse.rows import Reader, civil
from warehouse.runs import Failure, Fetched
from warehouse.store import Warehouse

sys.path.insert(0, str(Path(__file__).parent))
from told import reading, said

ROOT = Path(__file__).parent.parent
Q1 = (date(2020, 1, 1), date(2020, 3, 31))
MARCH = (date(2020, 3, 1), date(2020, 3, 31))
READER = Reader("r", "1", "1")


def rows(warehouse, sql, *parameters):
    return warehouse.connection.execute(sql, list(parameters)).fetchall()


def facts(*readings, columns="category, value, low, high, sources, conflict"):
    with Warehouse(":memory:") as warehouse:
        warehouse.load(readings, run_id="r")
        assert warehouse.audit("error") == {}
        return rows(warehouse, f"SELECT {columns} FROM fact ORDER BY ALL")


# --- claims ---------------------------------------------------------------------------------------


def visit(number, on=date(2020, 4, 2), sentence="一季度，走访企业{%s家}。", **more):
    text = sentence % more.pop("told", 150)
    more = {"start": Q1[0], "end": Q1[1]} | more
    return reading(
        f"gxjjw/{number}",
        on,
        said(text, "enterprise_visit", more.pop("start"), more.pop("end"), **more),
    )


def test_a_repost_and_a_restatement_are_one_claim() -> None:
    assert facts(
        visit(1),
        visit(2, date(2020, 4, 9)),
        visit(3, date(2020, 6, 1), "今年以来工作扎实，一季度走访企业{%s家}。"),
    ) == [("enterprise_visit", 150, 150, 150, 3, False)]


def test_an_exact_figure_within_the_bounds_of_a_rough_one_is_the_same_claim_and_is_kept() -> None:
    rough = visit(1, low=150, high=160, approximator="over")
    assert facts(rough, visit(2, date(2020, 4, 9), told=156)) == [
        ("enterprise_visit", 156, 156, 156, 2, False)
    ]


def test_an_open_bound_takes_in_figures_up_to_its_last_place() -> None:
    over = visit(1, told=100, low=100, high=None)
    found = facts(over, visit(2, told=130), columns="value, low, high, sources, conflict")
    assert found == [(130, 130, 130, 2, False)]
    assert len(facts(over, visit(2, told=450))) == 1, (
        "450 contradicts 超100 as sources do, and is one claim in conflict"
    )


def test_sources_that_differ_are_one_claim_in_conflict_and_the_bounds_hold_both() -> None:
    assert facts(visit(1), visit(2, date(2020, 5, 1), told=170)) == [
        ("enterprise_visit", 170, 150, 170, 2, True)
    ]


def test_two_values_in_one_article_are_two_things() -> None:
    both = reading(
        "gxjjw/1",
        date(2020, 4, 2),
        said("一季度，走访商会会员企业{150家}。", "enterprise_visit", *Q1, object="会员企业"),
        said("走访外贸企业{80家}。", "enterprise_visit", *Q1, object="外贸企业"),
    )
    assert facts(both, columns="value, shared, conflict") == [(80, True, False), (150, True, False)]


def test_a_sum_of_two_values_of_one_article_is_not_called_complete() -> None:
    """Both count, since they may be told of two things; that none lies in the other nobody can vouch for."""
    both = reading(
        "gxjjw/1",
        date(2020, 4, 2),
        said("一季度走访企业{150家}，", "enterprise_visit", *Q1),
        said("走访个体工商户{80家}。", "enterprise_visit", *Q1),
    )
    sql = "SELECT value, shared, complete FROM summary_quarter"
    for told, wanted in (([both], (230, 2, False)), ([visit(2)], (150, 0, True))):
        with Warehouse(":memory:") as warehouse:
            warehouse.load(told, run_id="r")
            assert rows(warehouse, sql) == [wanted]


def test_small_numbers_of_different_things_do_not_merge_and_large_ones_do() -> None:
    def two(number, a, b):
        return reading(
            f"gxjjw/{number}",
            date(2020, 4, 2),
            said(f"一季度，走访企业{{{number}家}}。", "enterprise_visit", *Q1, object=a),
            said(f"一季度，走访了{{{number}家}}。", "enterprise_visit", *Q1, object=b),
        )

    assert len(facts(two(3, "企业", "商会"))) == 2
    assert len(facts(two(120, "企业", "会员企业"))) == 1
    assert len(facts(two(3, "企业", None))) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"start": MARCH[0], "end": MARCH[1]},
        {"region_scope": "all_levels"},
        {"region": "450103"},
        {"unit": "家次"},
        {"problem": "he_dining"},
        {"modality": "planned"},
        {"polarity": -1},
        {"actor_organ": "西乡塘区财政局", "told": 80},
    ],
)
def test_what_differs_in_period_scope_place_unit_kind_or_doer_never_merges(other) -> None:
    assert len(facts(visit(1), visit(2, **other))) == 2


@pytest.mark.parametrize(
    "organ",
    [
        "西乡塘区纪委监委",
        "南宁市西乡塘区纪委监委",
        "区纪委监委",
        "西乡塘区纪检监察机关",
        "全区纪检监察机关",
    ],
)
def test_the_discipline_organ_of_a_region_is_the_region(organ) -> None:
    assert facts(visit(1), visit(2, actor_organ=organ), columns="value, sources, subject") == [
        (150, 2, "")
    ]


def test_a_figure_told_again_without_its_organ_is_the_organs() -> None:
    first = visit(1, actor_organ="西乡塘区财政局", told=412)
    again = visit(2, date(2020, 7, 1), "继一季度走访企业{%s家}之后，再接再厉。", told=412)
    for order in ((first, again), (again, first)):
        with Warehouse(":memory:") as warehouse:
            for one in order:
                warehouse.load([one], run_id="r")
            assert rows(warehouse, "SELECT value, subject, sources FROM fact") == [
                (412, "西乡塘区财政局", 2)
            ]
            warehouse.load([replace(first, measures=())], run_id="r")
            assert rows(warehouse, "SELECT value, subject, sources FROM fact") == [(412, "", 1)]


def test_organs_add_up_but_not_beside_their_region() -> None:
    finance = visit(1, actor_organ="西乡塘区财政局", told=40)
    justice = visit(2, actor_organ="西乡塘区司法局", told=30)
    with loaded(finance, justice) as warehouse:
        assert rows(warehouse, "SELECT value, facts, complete FROM summary_quarter") == [
            (70, 2, True)
        ]
        warehouse.load([visit(3, told=100, actor_organ="西乡塘区")], run_id="r")
        assert rows(warehouse, "SELECT value, facts, complete FROM summary_quarter") == [
            (100, 1, True)
        ]
        assert warehouse.audit() == {}


@pytest.mark.parametrize("is_measure", [True, False])
@pytest.mark.parametrize("order", [1, -1])
def test_a_figure_that_a_later_text_calls_a_misprint_is_in_no_sum(is_measure, order) -> None:
    wrong = visit(1, told=326)
    notice = reading(
        "gxjjw/2",
        date(2020, 5, 1),
        said(
            "原文“一季度，走访企业{326家}”，",
            "enterprise_visit",
            *Q1,
            flags=("misprint",),
            is_measure=is_measure,
        ),
        said("应为“一季度，走访企业{362家}”。", "enterprise_visit", *Q1),
    )
    with Warehouse(":memory:") as warehouse:
        for one in (wrong, notice)[::order]:
            warehouse.load([one], run_id="r")
        assert rows(warehouse, "SELECT value, conflicts FROM summary_quarter") == [(362, 0)]
        assert warehouse.audit() == {}
        warehouse.load([replace(notice, measures=())], run_id="r")
        assert rows(warehouse, "SELECT value FROM summary_quarter") == [(326,)]


def test_a_township_organ_is_not_its_county() -> None:
    assert len(facts(visit(1), visit(2, actor_organ="上林县大丰镇纪委", told=80))) == 2


def test_a_headline_without_a_period_is_the_sentence_below_it() -> None:
    article = reading(
        "gxjjw/1",
        date(2020, 4, 2),
        said("西乡塘区走访企业{150家}\n", "enterprise_visit"),
        said("一季度，全区走访企业{150家}。", "enterprise_visit", *Q1),
    )
    assert facts(article, columns="value, period_start, statements") == [(150, Q1[0], 2)]


def test_a_sentence_printed_again_keeps_the_day_of_its_first_printing() -> None:
    told = "今年以来，全区各级党组织共走访企业{%s家}，解决困难问题。"
    first = visit(
        1, date(2020, 3, 30), told, start=date(2020, 1, 1), end=date(2020, 3, 30), aggregation="ytd"
    )
    again = visit(
        2, date(2020, 4, 2), told, start=date(2020, 1, 1), end=date(2020, 4, 2), aggregation="ytd"
    )
    assert facts(again, first, columns="value, period_end, sources, reposts") == [
        (150, date(2020, 3, 30), 1, 1)
    ]


def test_reprinted_in_the_new_year_it_still_speaks_of_the_old_one() -> None:
    told = "今年以来，全区各级党组织共走访企业{%s家}，解决困难问题。"
    first = visit(
        1,
        date(2020, 12, 30),
        told,
        start=date(2020, 1, 1),
        end=date(2020, 12, 30),
        aggregation="ytd",
    )
    again = visit(
        2, date(2021, 1, 4), told, start=date(2021, 1, 1), end=date(2021, 1, 4), aggregation="ytd"
    )
    assert facts(first, again, columns="value, period_start, sources, reposts") == [
        (150, date(2020, 1, 1), 1, 1)
    ]


def test_a_county_that_became_a_city_is_one_place() -> None:
    both = facts(
        visit(1, region="450127"), visit(2, region="450181"), columns="region, region_name, sources"
    )
    assert both == [("450181", "横州市", 2)]


def test_units_of_one_class_are_one_series_where_the_category_says_so() -> None:
    def told(number, unit):
        return reading(
            f"g/{number}",
            date(2020, 4, 2),
            said(
                f"一季度，查处违反中央八项规定精神问题{{8{unit}}}。",
                "issue_conduct_investigated",
                *Q1,
            ),
        )

    assert len(facts(told(1, "起"), told(2, "件"), told(3, "个"))) == 1
    assert len(facts(visit(1), visit(2, unit="户"))) == 2


def test_a_problem_that_the_category_says_already_makes_no_other_claim() -> None:
    def told(number, problem):
        return reading(
            f"g/{number}",
            date(2020, 4, 2),
            said(
                "一季度，查处违反中央八项规定精神问题{80起}。",
                "issue_conduct_investigated",
                *Q1,
                problem=problem,
            ),
        )

    assert facts(told(1, "conduct"), told(2, None), columns="problem, sources") == [(None, 2)]
    assert len(facts(told(1, "conduct"), told(2, "he_dining"))) == 2


def test_uncategorised_figures_merge_only_where_their_sentences_do() -> None:
    def odd(number, text):
        return reading(f"g/{number}", date(2020, 4, 2), said(text, "uncategorised", *Q1))

    assert (
        len(
            facts(
                odd(1, "一季度，种植了{150棵}树木花草若干。"),
                odd(2, "一季度，修剪了{150棵}树木花草若干。"),
            )
        )
        == 2
    )
    assert (
        len(
            facts(
                odd(1, "一季度，种植了{150棵}树木花草若干。"),
                odd(2, "一季度，种植了{150棵}树木花草若干。"),
            )
        )
        == 1
    )


def test_what_is_no_measure_states_no_claim() -> None:
    assert facts(visit(1, is_measure=False)) == []


# --- sums -----------------------------------------------------------------------------------------


def summary(warehouse, grain="quarter", columns="category, value, facts, standing, complete"):
    return rows(warehouse, f"SELECT {columns} FROM summary_{grain} ORDER BY ALL")


def loaded(*readings):
    warehouse = Warehouse(":memory:")
    warehouse.load(readings, run_id="r")
    return warehouse


def test_a_part_is_never_added_to_its_whole() -> None:
    article = reading(
        "g/1",
        date(2020, 4, 2),
        said("一季度，处分{20人}，", "person_sanctioned", *Q1),
        said(
            "其中乡科级{5人}，",
            "person_sanctioned",
            *Q1,
            rank="rank_township",
            parent=0,
            relation="partition",
        ),
        said(
            "其他{15人}，",
            "person_sanctioned",
            *Q1,
            rank="rank_other",
            parent=0,
            relation="partition",
        ),
        said("党纪处分{12人}，", "person_sanctioned_party", *Q1, parent=0, relation="overlap"),
        said(
            "其中女性{3人}。", "person_sanctioned", *Q1, object="女性", parent=0, relation="subset"
        ),
    )
    with loaded(article) as warehouse:
        assert summary(warehouse, columns="category, rank, standing, value") == [
            ("person_sanctioned", "rank_other", "part", 15),
            ("person_sanctioned", "rank_township", "part", 5),
            ("person_sanctioned", None, "whole", 20),
            ("person_sanctioned_party", None, "part", 12),
        ]
        assert rows(warehouse, "SELECT sum(value) FROM addable") == [(20,)]


def test_a_share_under_a_category_of_its_own_is_added_up_there() -> None:
    article = reading(
        "g/1",
        date(2020, 4, 2),
        said("一季度，运用四种形态处理{20人次}，", "four_forms_total", *Q1),
        said("第一种形态{15人次}，", "form_1", *Q1, parent=0, relation="partition"),
        said("第二种形态{5人次}。", "form_2", *Q1, parent=0, relation="partition"),
    )
    with loaded(article) as warehouse:
        sql = "SELECT category, sum(value) FROM addable GROUP BY 1 ORDER BY 1"
        assert rows(warehouse, sql) == [("form_1", 15), ("form_2", 5), ("four_forms_total", 20)]


def test_a_rank_told_elsewhere_is_not_added_where_the_total_is_told() -> None:
    total = reading("g/1", date(2020, 4, 2), said("一季度，处分{20人}。", "person_sanctioned", *Q1))
    rank = reading(
        "g/2",
        date(2020, 4, 3),
        said("一季度，处分乡科级{5人}。", "person_sanctioned", *Q1, rank="rank_township"),
    )
    with loaded(total, rank) as warehouse:
        assert rows(
            warehouse, "SELECT sum(value) FROM addable WHERE category = 'person_sanctioned'"
        ) == [(20,)]


def test_a_quarter_and_its_months_are_not_added() -> None:
    month = reading(
        "g/1", date(2020, 4, 1), said("3月，走访企业{50家}。", "enterprise_visit", *MARCH)
    )
    with loaded(month, visit(2)) as warehouse:
        assert summary(warehouse, columns="value, facts") == [(150, 1)]
        assert summary(warehouse, "month", columns="value") == [(50,)]
        reasons = rows(
            warehouse, "SELECT grain, reason FROM outside_bucket WHERE value = 50 ORDER BY 1"
        )
        assert reasons == [("half_year", "covered"), ("quarter", "covered"), ("year", "covered")]


def test_the_rest_of_a_quarter_follows_from_its_total_and_a_month() -> None:
    early = reading(
        "g/1",
        date(2020, 3, 1),
        said("1至2月，走访企业{90家}。", "enterprise_visit", date(2020, 1, 1), date(2020, 2, 29)),
    )
    with loaded(early, visit(2)) as warehouse:
        assert summary(warehouse, "month", "period, value, derived") == [("2020-03", 60, 1)]


def test_running_totals_become_increments_and_a_fall_is_marked() -> None:
    year = date(2023, 1, 1)

    def total(number, value, end):
        return reading(
            f"g/{number}",
            end + timedelta(days=9),
            said(
                f"今年以来，查处{{{value}起}}问题。",
                "issue_conduct_investigated",
                year,
                end,
                aggregation="ytd",
                region="000000",
                region_scope="all_levels",
            ),
        )

    ends = [date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30)]
    with loaded(
        *(total(n, v, e) for n, (v, e) in enumerate(zip((100, 250, 240), ends, strict=True)))
    ) as warehouse:
        steps = rows(
            warehouse,
            "SELECT step, period_end, value, fault FROM ytd_increment ORDER BY period_end",
        )
        assert steps == [
            ("first", ends[0], 100, None),
            ("difference", ends[1], 150, None),
            ("difference", ends[2], -10, "fall"),
        ]
        found = summary(warehouse, columns="period, value, conflicts, complete")
        assert found == [("2023Q1", 100, 0, True), ("2023Q2", 150, 1, False)]
        assert sorted(row[1] for row in warehouse.audit()["claims_do_not_contradict"]) == [
            "g/1#7",
            "g/2#7",
        ]


def test_bounds_are_carried_through_a_difference() -> None:
    def total(number, value, end, low, high):
        return reading(
            f"g/{number}",
            end,
            said(
                f"今年以来，走访企业{{{value}家}}。",
                "enterprise_visit",
                date(2020, 1, 1),
                end,
                aggregation="ytd",
                low=low,
                high=high,
            ),
        )

    with loaded(
        total(1, 150, Q1[1], 150, 160), total(2, 300, date(2020, 6, 30), 300, 310)
    ) as warehouse:
        found = summary(warehouse, columns="period, value, low, high")
        assert found == [("2020Q1", 150, 150, 160), ("2020Q2", 150, 140, 160)]


def test_nothing_is_differenced_across_a_change_of_definition() -> None:
    def total(number, value, end):
        return reading(
            f"g/{number}",
            date(2020, 1, 20),
            said(
                f"1至{end.month}月，查处{{{value}起}}问题。",
                "issue_conduct_investigated",
                date(2019, 1, 1),
                end,
                aggregation="ytd",
                region="000000",
            ),
        )

    with loaded(total(1, 900, date(2019, 11, 30)), total(2, 1100, date(2019, 12, 31))) as warehouse:
        assert rows(warehouse, "SELECT fault FROM ytd_increment WHERE step = 'difference'") == [
            ("definition_change",)
        ]
        assert summary(warehouse, "month", "period") == []
        assert summary(warehouse, "year", "period, value") == [("2019", 1100)]


def test_totals_since_an_anchor_are_subtracted_over_years() -> None:
    def total(number, value, end):
        return reading(
            f"g/{number}",
            end,
            said(
                f"十九大以来，走访企业{{{value}家}}。",
                "enterprise_visit",
                date(2017, 10, 24),
                end,
                aggregation="cumulative",
            ),
        )

    late, early = total(2, 700, date(2020, 12, 31)), total(1, 400, date(2019, 12, 31))
    for order in ((early, late), (late, early)):
        with Warehouse(":memory:") as warehouse:
            for one in order:
                warehouse.load([one], run_id="r")
            assert summary(warehouse, "year", "period, value, derived, complete") == [
                ("2020", 300, 1, True)
            ]


def test_self_and_all_levels_stand_apart_and_roll_up_beside_each_other() -> None:
    city = visit(1, region="450100", region_scope="all_levels", told=500)
    own = visit(2, region="450100", told=100)
    one, two = visit(3, region="450107", told=150), visit(4, region="450103", told=50)
    with loaded(city, own, one, two) as warehouse:
        assert summary(warehouse, columns="region, region_scope, value")[:2] == [
            ("450100", "all_levels", 500),
            ("450100", "self", 100),
        ]
        sql = "SELECT own_self, below_self, rollup_self, told_below, all_levels, comparison FROM region_rollup WHERE region = '450100' AND grain = 'quarter'"
        assert rows(warehouse, sql) == [(100, 200, 300, 2, 500, "parts are fewer")]


def test_a_category_stands_beside_the_sum_of_those_under_it() -> None:
    article = reading(
        "g/1",
        date(2020, 4, 2),
        said("一季度，查处违反中央八项规定精神问题{10起}，", "issue_conduct_investigated", *Q1),
        said(
            "其中形式主义{4起}，",
            "issue_formalism_investigated",
            *Q1,
            parent=0,
            relation="partition",
        ),
        said("享乐主义{6起}。", "issue_hedonism_investigated", *Q1, parent=0, relation="partition"),
    )
    with loaded(article) as warehouse:
        sql = "SELECT category, told, sum_under, at_least FROM category_rollup WHERE grain = 'quarter' ORDER BY 1"
        assert rows(warehouse, sql) == [
            ("issue_conduct_investigated", 10, 10, 10),
            ("issue_investigated", None, 10, 10),
        ]


def test_stocks_are_taken_by_the_latest_and_in_no_sum() -> None:
    def stock(number, value, end):
        return reading(
            f"g/{number}",
            end,
            said(
                f"全区有监测点{{{value}个}}。",
                "monitor_point",
                None,
                end,
                basis="explicit",
                aggregation="stock",
            ),
        )

    with loaded(stock(1, 30, date(2020, 3, 1)), stock(2, 45, date(2020, 11, 1))) as warehouse:
        assert rows(warehouse, "SELECT period, value FROM stock_latest") == [("2020", 45)]
        assert summary(warehouse, "year") == []


@pytest.mark.parametrize(
    "modality", ["planned", "required", "alleged", "hypothetical", "negative", "ongoing"]
)
def test_only_what_was_done_is_summed(modality) -> None:
    with loaded(visit(1, modality=modality)) as warehouse:
        assert summary(warehouse) == []
        assert rows(warehouse, "SELECT count(*) FROM fact") == [(1,)]


def test_areas_are_converted_to_one_unit() -> None:
    def land(number, value, unit, month):
        return reading(
            f"g/{number}",
            date(2020, 12, 1),
            said(
                f"盘活土地{{{value}{unit}}}。",
                "land_supplied",
                date(2020, month, 1),
                date(2020, month, 28),
            ),
        )

    with loaded(land(1, 3, "亩", 1), land(2, 1, "公顷", 2)) as warehouse:
        assert summary(warehouse, "year", "unit, value") == [("平方米", Decimal("12000.0001"))]


# --- loading --------------------------------------------------------------------------------------


def everything(warehouse):
    tables = ("article", "measure", "claim", "programme_mention", "failure")
    return [rows(warehouse, f"SELECT * FROM {table} ORDER BY ALL") for table in tables]


def test_loading_twice_changes_nothing() -> None:
    with Warehouse(":memory:") as warehouse:
        first = warehouse.load([visit(1), visit(2)], run_id="r1")
        before = everything(warehouse)
        second = warehouse.load([visit(1), visit(2)], run_id="r2")
        assert (first.articles, second.articles, second.skipped) == (2, 0, 2)
        assert everything(warehouse) == before


def test_a_newer_reading_replaces_the_whole_article() -> None:
    with Warehouse(":memory:") as warehouse:
        warehouse.load([visit(1)], run_id="r1")
        warehouse.load([replace(visit(1), measures=())], run_id="r2")
        assert rows(warehouse, "SELECT count(*) FROM measure") == [(0,)]
        assert rows(warehouse, "SELECT count(*) FROM claim") == [(0,)]
        assert rows(warehouse, "SELECT run_before, change FROM change") == [("r1", "lost")]


def test_of_two_readings_of_one_article_the_last_counts() -> None:
    with loaded(visit(1, told=1), visit(1, told=2)) as warehouse:
        assert rows(warehouse, "SELECT value FROM measure") == [(2,)]


def test_diff_lists_rows_gained_lost_and_changed() -> None:
    with Warehouse(":memory:") as warehouse:
        warehouse.load([visit(1), visit(2, told=7)], run_id="r1")
        later = reading(
            "gxjjw/1", date(2020, 4, 2), said("一季度，走访企业{150家}。", "demand_collected", *Q1)
        )
        warehouse.load([later, visit(2, told=7)], run_id="r2")
        assert warehouse.diff("r1", "r2") == [
            ("gxjjw/1#8", "changed", "category", "enterprise_visit", "demand_collected")
        ]


def test_failures_keep_their_cause_until_the_page_is_read() -> None:
    url = "http://example.cn/gxjjw/1"
    with Warehouse(":memory:") as warehouse:
        warehouse.record_failures([Failure(url, "page", "LayoutError", "no title")], run_id="r")
        warehouse.record_failures([Failure(url, "page", "NotAnArticleError")], run_id="r")
        assert rows(warehouse, "SELECT cause FROM failure") == [("NotAnArticleError",)]
        warehouse.load([visit(1)], run_id="r")
        assert rows(warehouse, "SELECT * FROM failure") == []


def test_a_run_is_written_down_with_its_counts() -> None:
    with Warehouse(":memory:") as warehouse:
        warehouse.begin_run("r", kind="ingest", started_at=datetime(2020, 1, 1, 16, tzinfo=UTC))
        warehouse.load([visit(1), visit(2)], run_id="r")
        warehouse.record_snapshots(
            [Fetched("http://x", "ok", "aa", fetched_at=datetime(2020, 1, 1))], run_id="r"
        )
        warehouse.finish_run("r", status="done")
        assert rows(
            warehouse, "SELECT kind, status, started_at, articles, measures, skipped FROM run"
        ) == [("ingest", "done", datetime(2020, 1, 2), 2, 2, 0)]


def test_times_are_those_of_a_clock_in_china() -> None:
    assert civil(datetime(2021, 3, 31, 16, 30, tzinfo=UTC)) == datetime(2021, 4, 1, 0, 30)
    assert civil(datetime(2021, 3, 31, 16, 30)) == datetime(2021, 3, 31, 16, 30)
    aware = visit(1)
    moment = datetime(2021, 3, 31, 16, tzinfo=UTC)
    with loaded(replace(aware, article=replace(aware.article, published_at=moment))) as warehouse:
        assert rows(warehouse, "SELECT published_on FROM article") == [(date(2021, 4, 1),)]


def test_hostile_text_is_stored_as_text() -> None:
    evil = "x'); DROP TABLE measure; --\u202e=HYPERLINK(1)𠀀"
    article = reading(
        "g/1",
        date(2020, 4, 2),
        said("一季度，走访企业{150家}。", "enterprise_visit", *Q1, object=evil),
        source=evil,
        text_after=evil,
    )
    with loaded(article) as warehouse:
        assert rows(
            warehouse,
            "SELECT object, source, text[-3:] FROM fact JOIN article USING (article_id, source)",
        )[0][:2] == (evil, evil)
        assert warehouse.audit() == {}


# --- suppressing and correcting -------------------------------------------------------------------


def test_a_withdrawn_article_is_in_no_fact_and_comes_back() -> None:
    with loaded(
        visit(1), visit(2, date(2020, 4, 9)), visit(3, told=170, region="450103")
    ) as warehouse:
        before = everything(warehouse)
        assert (
            warehouse.suppress(
                [("gxjjw/2", "撤稿", date(2021, 1, 1)), ("gxjjw/3", "撤稿", date(2021, 1, 1))]
            )
            == 2
        )
        assert rows(warehouse, "SELECT value, sources FROM fact") == [(150, 1)]
        assert warehouse.audit() == {}
        warehouse.load([visit(3, told=171, region="450103")], run_id="r")
        assert rows(warehouse, "SELECT count(*) FROM fact") == [(1,)]
        warehouse.load([visit(3, told=170, region="450103")], run_id="r")
        assert warehouse.suppress([]) == 2
        assert everything(warehouse) == before


FIX = Correction("gxjjw/1", "走访企业150家", "value", "105", "笔误，原件为105", "2021-02-01", "150")


def test_a_correction_is_applied_seen_and_taken_back() -> None:
    with loaded(visit(1, low=None, high=None)) as warehouse:
        before = everything(warehouse)
        assert warehouse.correct([FIX]) == {"gxjjw/1"}
        assert rows(warehouse, "SELECT value, flags FROM fact") == [(105, ["corrected:value"])]
        assert rows(warehouse, "SELECT extracted, corrected FROM correction_applied") == [
            ("150.000000", "105")
        ]
        warehouse.load([visit(1, low=None, high=None)], run_id="again")
        warehouse.load([visit(1, low=None, high=None, object="企业")], run_id="other words")
        assert rows(warehouse, "SELECT value FROM fact") == [(105,)]
        warehouse.load([visit(1, low=None, high=None)], run_id="r")
        warehouse.correct([])
        assert everything(warehouse) == before


def test_the_bounds_of_an_exact_number_go_with_its_value() -> None:
    bounds = "SELECT value, low, high FROM fact"
    with loaded(visit(1, low=150, high=150)) as warehouse:
        before = everything(warehouse)
        warehouse.correct([FIX])
        assert rows(warehouse, bounds) == [(105, 105, 105)]
        assert warehouse.audit() == {}
        warehouse.correct([])
        assert everything(warehouse) == before
    with loaded(visit(1, low=150, high=None)) as warehouse:  # 150余家
        warehouse.correct([FIX])
        assert rows(warehouse, "SELECT value, low FROM measure") == [(105, 150)]
        assert list(warehouse.audit()) == ["bounds_hold_the_value"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (replace(FIX, quoted="走访商会"), "fits 0 measures"),
        (replace(FIX, expectation="151"), "value is 150 today, not 151"),
    ],
)
def test_a_correction_that_no_longer_fits_fails_loudly_and_changes_nothing(row, problem) -> None:
    with loaded(visit(1)) as warehouse:
        before = everything(warehouse)
        with pytest.raises(WarehouseError, match=problem):
            warehouse.correct([row])
        assert everything(warehouse) == before
        assert rows(warehouse, "FROM correction") == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("a\tb\tsurface\t1\twhy\t2020-01-01\t2", "no field 'surface'"),
        ("a\tb\tvalue\tx\twhy\t2020-01-01\t2", "cannot be read"),
        ("a\tb\tvalue\t1\t\t2020-01-01\t2", "needs a reason"),
        ("a\tb\tvalue\t1\twhy\tyesterday\t2", "cannot be read"),
        ("a\tb\tvalue", "3 cells"),
    ],
)
def test_a_bad_row_of_corrections_is_refused(tmp_path, line, problem) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_text(
        "article\tquoted\tfield\tvalue\treason\tdate\texpectation\n# a remark\n" + line + "\n",
        "utf-8",
    )
    with pytest.raises(WarehouseError, match=problem):
        read_corrections(path)


# --- parts ----------------------------------------------------------------------------------------


def test_parts_load_as_readings_do_and_are_the_same_bytes_whoever_writes_them(tmp_path) -> None:
    readings = [
        visit(n, told=100 + n, region=r) for n, r in ((1, "450107"), (2, "450103"), (3, "450107"))
    ]
    part = write_part(readings, tmp_path, READER)
    again = write_part(readings, tmp_path / "other.parquet", READER)
    assert (part.articles, part.measures) == (3, 3)
    assert part.sha256 == again.sha256 == hashlib.sha256(part.path.read_bytes()).hexdigest()
    with Warehouse(":memory:") as one, Warehouse(":memory:") as other:
        loaded = one.load_parts([part.path], run_id="r")
        assert loaded.articles == 3
        assert one.load_parts([part.path], run_id="r2").articles == 0
        other.load(readings, run_id="r")
        sql = "SELECT * EXCLUDE (run_id) FROM measure ORDER BY measure_id"
        assert rows(one, sql) == rows(other, sql)
        assert rows(one, "FROM claim ORDER BY ALL") == rows(other, "FROM claim ORDER BY ALL")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [part.path.name, "other.parquet"]
    )


def test_an_article_in_two_parts_counts_as_the_later_part_tells(tmp_path) -> None:
    old = write_part([visit(1, told=1)], tmp_path / "a.parquet", READER).path
    new = write_part([visit(1, told=2)], tmp_path / "b.parquet", READER).path
    with Warehouse(":memory:") as warehouse:
        warehouse.load_parts([old, new], run_id="r")
        assert rows(warehouse, "SELECT value FROM measure") == [(2,)]


def test_a_later_part_that_tells_nothing_leaves_nothing_of_the_earlier_one(tmp_path) -> None:
    silent = replace(visit(1, told=1), measures=())
    parts = [
        write_part([visit(1, told=1), visit(2, told=5)], tmp_path / "a.parquet", READER).path,
        write_part([silent], tmp_path / "b.parquet", READER).path,
    ]
    with Warehouse(":memory:") as warehouse:
        warehouse.load_parts(parts, run_id="r")
        assert rows(warehouse, "SELECT value FROM measure") == [(5,)]
        assert rows(warehouse, "SELECT count(*) FROM article") == [(2,)]


def test_a_torn_part_is_refused_and_nothing_is_loaded(tmp_path) -> None:
    part = write_part([visit(1)], tmp_path / "a.parquet", READER).path
    part.write_bytes(part.read_bytes()[:-40])
    with Warehouse(":memory:") as warehouse, pytest.raises(WarehouseError, match=r"a\.parquet"):
        warehouse.load_parts([part], run_id="r")


# --- doors ----------------------------------------------------------------------------------------


def test_a_transaction_makes_no_tables() -> None:
    """DuckDB 2.0.0 spoils its memory where temporary tables are made inside one."""
    for path in (ROOT / "warehouse/writing").glob("*.sql"):
        statements = [
            line for line in path.read_text("utf-8").splitlines() if not line.startswith("--")
        ]
        assert not [line for line in statements if "CREATE" in line or "DROP" in line]


def test_a_second_writer_is_told_who_holds_the_database(tmp_path) -> None:
    path = tmp_path / "q.duckdb"
    with (
        Warehouse(path),
        pytest.raises(BusyError, match=rf"q\.duckdb.*process {os.getpid()}") as caught,
    ):
        Warehouse(path)
    assert caught.value.exit_code == 75
    Warehouse(path).__exit__(None, None, None)


def test_a_reader_in_another_process_is_told_who_holds_it(tmp_path) -> None:
    path = tmp_path / "q.duckdb"
    code = f"from warehouse.store import Warehouse\ntry:\n Warehouse({str(path)!r}, read_only=True)\nexcept Exception as e:\n print(type(e).__name__, e)"
    with Warehouse(path):
        found = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        )
    assert f"BusyError q.duckdb is held by process {os.getpid()}" in found.stdout
    assert found.stdout.count("\n") == 1


def test_there_is_no_database_to_read(tmp_path) -> None:
    with pytest.raises(WarehouseError, match="there is no database"):
        Warehouse(tmp_path / "none.duckdb", read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_schema_is_refused_and_left_alone(tmp_path, read_only) -> None:
    path = tmp_path / "q.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.connection.execute("INSERT INTO migration VALUES ('9999_future.sql', '')")
    with pytest.raises(SchemaError, match="newer schema 9999_future") as caught:
        Warehouse(path, read_only=read_only)
    assert caught.value.exit_code == 78


def test_no_database_file_is_no_database(tmp_path) -> None:
    path = tmp_path / "q.duckdb"
    path.write_bytes(b"this is no database, but long enough to be looked at" * 200)
    with pytest.raises(WarehouseError, match="cannot open") as caught:
        Warehouse(path)
    assert "\n" not in str(caught.value)


def test_a_failed_migration_leaves_nothing(tmp_path, monkeypatch) -> None:
    (tmp_path / "0001_bad.sql").write_text(
        "CREATE TABLE a (i INTEGER); CREATE TABLE a (i INTEGER);"
    )
    kept = opening.sql_files
    monkeypatch.setattr(
        opening,
        "sql_files",
        lambda folder: [tmp_path / "0001_bad.sql"] if folder == "migrations" else kept(folder),
    )
    with pytest.raises(duckdb.CatalogException):
        Warehouse(tmp_path / "x.duckdb")
    with duckdb.connect(str(tmp_path / "x.duckdb")) as db:
        assert db.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("migration",)]


def test_files_can_be_read_by_older_tools(tmp_path) -> None:
    with Warehouse(tmp_path / "q.duckdb") as warehouse:
        [(tags,)] = rows(warehouse, "SELECT tags FROM duckdb_databases() WHERE database_name = 'q'")
    assert tags["storage_version"].startswith("v1.5.0")


def test_every_table_view_and_column_says_what_it_holds(tmp_path) -> None:
    with Warehouse(tmp_path / "q.duckdb") as warehouse:
        silent = rows(
            warehouse,
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND coalesce(comment, '') = ''",
        )
        silent += rows(
            warehouse, "SELECT table_name FROM duckdb_tables() WHERE coalesce(comment, '') = ''"
        )
        silent += rows(
            warehouse,
            "SELECT view_name FROM duckdb_views() WHERE NOT internal AND coalesce(comment, '') = ''",
        )
    assert silent == []


def test_the_big_tables_have_no_keys() -> None:
    with Warehouse(":memory:") as warehouse:
        assert (
            rows(
                warehouse,
                "SELECT table_name FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')",
            )
            == []
        )
        assert rows(warehouse, "SELECT index_name FROM duckdb_indexes()") == []


# --- crashes --------------------------------------------------------------------------------------

LOADER = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from datetime import date
from told import reading, said
from warehouse.store import Warehouse
from warehouse import loading
loading.BATCH = 10
def readings():
    for n in range(120):
        month = n % 12 + 1
        yield reading(f"g/{{n}}", date(2021, 1, 9), said(f"{{month}}月，走访企业{{{{{{n % 50 + 1}}家}}}}。", "enterprise_visit",
            date(2020, month, 1), date(2020, month, 28), region=("450107", "450103")[n % 2]))
with Warehouse(sys.argv[1]) as warehouse:
    print("open", flush=True)
    warehouse.load(readings(), run_id="r")
"""


def kill_until_done(path, kills, seed, counts):
    code = LOADER.format(root=str(ROOT), tests=str(ROOT / "tests"))
    dice, patience = random.Random(seed), 1.0
    for _ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE
        ) as child:
            child.stdout.readline()
            time.sleep(dice.uniform(0, 0.9) * patience)
            patience = patience * 1.5 if counts[-1] == counts[0] else patience
            over = child.poll() is not None
            child.send_signal(signal.SIGKILL)
        if over and len(counts) > 1:
            break
        if over:  # too late for a kill at all: once more
            path.unlink()
            patience /= 2
            continue
        with Warehouse(path) as warehouse:
            assert warehouse.audit("error") == {}
            [(articles, told)] = rows(
                warehouse,
                "SELECT (SELECT count(*) FROM article), coalesce((SELECT sum(articles - replaced) FROM load), 0)",
            )
            assert articles == told >= counts[-1]
            counts.append(articles)
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True)


def check_kills(tmp_path, kills, seed, counts=None):
    """Kill a load many times, then once not; put down how many articles stood after each kill."""
    counts = [] if counts is None else counts
    counts.append(0)
    kill_until_done(tmp_path / "killed.duckdb", kills, seed, counts)
    code = LOADER.format(root=str(ROOT), tests=str(ROOT / "tests"))
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "whole.duckdb")],
        check=True,
        capture_output=True,
    )
    for table in ("article", "measure", "claim", "summary"):
        killed, whole = (
            exported(tmp_path / f"{name}.duckdb", table) for name in ("killed", "whole")
        )
        assert killed == whole, table
    assert len(set(counts)) > 1, "no kill fell into the load"


def exported(path: Path, table: str) -> bytes:
    """Return the bytes of the export of a table."""
    target = path.with_suffix(f".{table}.csv")
    with Warehouse(path, read_only=True) as warehouse:
        warehouse.export(table, target)
    return target.read_bytes()


def test_loads_that_are_killed_lose_and_double_nothing(tmp_path) -> None:
    check_kills(tmp_path, 8, seed=1)


@pytest.mark.faults
def test_loads_that_are_killed_often_lose_and_double_nothing(tmp_path) -> None:
    check_kills(tmp_path, 40, seed=2)


FULL_DISK = """
import resource, sys
sys.path[:0] = [{root!r}, {tests!r}]
from datetime import date
from told import reading, said
from transforms.errors import QinqingError
from warehouse import loading
from warehouse.store import Warehouse
loading.BATCH = 50
noise = "".join(map(chr, range(0x4E00, 0x9000)))
with Warehouse(sys.argv[1]) as warehouse:
    resource.setrlimit(resource.RLIMIT_FSIZE, (6 * 2**20, 6 * 2**20))
    try:
        warehouse.load((reading(f"g/{{n}}", date(2021, 1, 9), said(f"1月，走访企业{{{{{{n}}家}}}}。", "enterprise_visit",
            date(2020, 1, 1), date(2020, 1, 31)), text_after=noise[n:] + noise[:n]) for n in range(1, 400)), run_id="r")
    except QinqingError as error:
        print(error)
        sys.exit(error.exit_code)
"""


def test_a_full_disk_loses_no_batch_and_ends_with_one_line(tmp_path) -> None:
    code = FULL_DISK.format(root=str(ROOT), tests=str(ROOT / "tests"))
    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "q.duckdb")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (74, "")
    assert found.stdout.startswith("nothing was written: ")
    assert found.stdout.count("\n") == 1
    with Warehouse(tmp_path / "q.duckdb") as warehouse:
        [(articles, told)] = rows(
            warehouse, "SELECT (SELECT count(*) FROM article), (SELECT sum(articles) FROM load)"
        )
        assert 0 < articles == told < 399
        assert warehouse.audit("error") == {}


def spoil_log(path: Path) -> Path:
    """Leave a write-ahead log behind, as a kill does, with one bit of it turned."""
    code = f"import sys, os; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\nfrom test_warehouse import visit, Warehouse\nw = Warehouse({str(path)!r})\nw.connection.execute('CHECKPOINT')\nw.load([visit(1)], run_id='r')\nos._exit(0)"
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "DUCKDB_NO_CHECKPOINT": "1"}
    )
    log = path.with_name(path.name + ".wal")
    body = bytearray(log.read_bytes())
    body[len(body) // 2] ^= 4
    log.write_bytes(body)
    return log


def test_a_damaged_log_is_said_set_aside_and_loaded_again(tmp_path) -> None:
    path = tmp_path / "q.duckdb"
    log = spoil_log(path)
    with pytest.raises(DiskError, match="doctor --repair") as caught:
        Warehouse(path)
    assert "\n" not in str(caught.value)
    assert repair(path) == log.with_name(log.name + ".damaged")
    assert repair(path) is None
    with Warehouse(path) as warehouse:
        warehouse.load([visit(1)], run_id="r")
        assert rows(warehouse, "SELECT value FROM fact") == [(150,)]


def test_readers_keep_a_published_copy_while_a_writer_writes(tmp_path) -> None:
    path, copy = tmp_path / "q.duckdb", tmp_path / "current.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.load([visit(1)], run_id="r")
        warehouse.publish(copy)
        with Warehouse(copy, read_only=True) as reader:
            warehouse.load([visit(2, told=80, region="450103")], run_id="r")
            warehouse.publish(copy)
            assert rows(reader, "SELECT count(*) FROM fact") == [(1,)]
    with Warehouse(copy, read_only=True) as reader:
        assert rows(reader, "SELECT count(*) FROM fact") == [(2,)]
    assert sorted(item.name for item in tmp_path.iterdir()) == [
        "current.duckdb",
        "q.duckdb",
        "q.duckdb.lock",
    ]


def test_eight_loads_at_once_have_one_writer(tmp_path) -> None:
    code = LOADER.format(root=str(ROOT), tests=str(ROOT / "tests")).replace(
        "with Warehouse",
        "try:\n  w = Warehouse(sys.argv[1])\nexcept Exception as e:\n  print(e); sys.exit(e.exit_code)\nwith w as warehouse:\n  warehouse.load(readings(), run_id='r')\nsys.exit(0)\nwith Warehouse",
        1,
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "q.duckdb")], stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    outcomes = sorted((child.wait(), child.communicate()[0]) for child in children)
    assert {code for code, _ in outcomes} <= {0, 75}
    assert outcomes[0][0] == 0
    assert all(b"process" in said for code, said in outcomes if code == 75)
    with Warehouse(tmp_path / "q.duckdb", read_only=True) as warehouse:
        assert rows(warehouse, "SELECT count(*) FROM article") == [(120,)]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_the_zone_of_the_machine_changes_nothing(tmp_path, zone) -> None:
    code = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\nfrom test_totals import *\nw = World(5)\nx = Warehouse(':memory:'); x.load(w.readings[:150], run_id='r')\nprint(hash(str(x.connection.execute('SELECT * FROM summary_quarter ORDER BY ALL').fetchall())))"
    env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": "0"}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
    ).stdout
    env["TZ"] = "Pacific/Kiritimati"
    assert (
        found
        == subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
        ).stdout
    )
