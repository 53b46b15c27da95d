"""Figures: what is found, what it is worth, and what is left alone."""

import itertools
import re
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.document import fold
from transforms.figures import unitwords
from transforms.figures.figures import find_figures, scan
from transforms.lexicon import listed, rows

# text → surface, value, low, high, unit; an empty string stands for None
FOUND = [
    ("走访会员企业150余家，", "150余家", "150", "150", "160", "家"),
    ("问题 97 件。", "97 件", "97", "97", "97", "件"),
    ("拨付691.11万元，", "691.11万元", "6911100", "6911100", "6911100", "元"),
    ("收受2389万余元，", "2389万余元", "23890000", "23890000", "23900000", "元"),
    ("共870余万元，", "870余万元", "8700000", "8700000", "8800000", "元"),
    ("惠及近16万人，", "近16万人", "160000", "150000", "160000", "人"),
    ("惠及近百人，", "近百人", "100", "90", "100", "人"),
    ("占比近六成，", "近六成", "60", "50", "60", "%"),
    ("清理约140亩，", "约140亩", "140", "135", "145", "亩"),
    ("节约50万元，", "50万元", "500000", "500000", "500000", "元"),
    ("满意率90%以上，", "90%以上", "90", "90", "", "%"),
    ("最多不超过3天，", "最多不超过3天", "3", "", "3", "天"),
    ("至少开展2次检查", "2次", "2", "2", "", "次"),
    ("抽调3至5人，", "3至5人", "", "3", "5", "人"),
    ("处3至5万元罚款", "3至5万元", "", "30000", "50000", "元"),
    ("500元以上2000元以下罚款", "500元以上2000元以下", "", "500", "2000", "元"),
    ("有期徒刑四年六个月，", "四年六个月", "54", "54", "54", "月"),
    ("需要一个半月，", "一个半月", "1.5", "1.5", "1.5", "月"),
    ("用时两个多月，", "两个多月", "2", "2", "3", "月"),
    ("时长2小时30分钟，", "2小时30分钟", "150", "150", "150", "分钟"),
    ("123元1角1分", "123元1角1分", "123.11", "123.11", "123.11", "元"),
    ("罚金人民币三十万元。", "人民币三十万元", "300000", "300000", "300000", "元"),
    ("折合人民币30万元。", "30万元", "300000", "300000", "300000", "元"),
    ("港币30万元", "港币30万元", "300000", "300000", "300000", "港元"),
    ("3.6万美元", "3.6万美元", "36000", "36000", "36000", "美元"),
    ("争取资金3个多亿，", "3个多亿", "300000000", "300000000", "400000000", "元"),
    ("百分之九十八点六", "百分之九十八点六", "98.6", "98.6", "98.6", "%"),
    ("三分之二的村", "三分之二", "66.6667", "66.6667", "66.6667", "%"),
    ("由3.2‰降", "3.2‰", "0.32", "0.32", "0.32", "%"),
    ("提高两个百分点。", "两个百分点", "2", "2", "2", "百分点"),
    ("产值翻一番。", "翻一番", "2", "2", "2", "倍"),
    ("十几个问题", "十几个", "", "11", "19", "个"),
    ("上百名群众", "上百名", "100", "100", "", "人"),
    ("举报87件（次）", "87件（次）", "87", "87", "87", "件次"),
    ("各1人。", "各1人", "1", "1", "1", "人"),
    ("问责2O人", "2O人", "20", "20", "20", "人"),
    ("制度1，236.5亩", "1，236.5亩", "1236.5", "1236.5", "1236.5", "亩"),
    ("處分幹部12萬戶", "12萬戶", "120000", "120000", "120000", "户"),
    ("5人为厅级", "5人", "5", "5", "5", "人"),
    ("自收到之日起60日内报送", "60日内", "60", "", "60", "天"),
]
NOTHING = [
    "2021年5月31日",
    "2019—2020年",
    "1-7月",
    "三至五月",
    "一季度",
    "上半年",
    "三年来",
    "近三年",
    "二〇二〇年以来",
    "第七轮巡察",
    "第二巡察组",
    "2号车间",
    "十三届县委",
    "二十届三中全会",
    "党的十九大",
    "中央纪委六次全会",
    "桂纪发〔2021〕15号",
    "第二十三条第（二）款",
    "12388举报电话",
    "电话0771-3380000",
    "http://a.cn/20210329/1.html",
    "“1+3+N”模式",
    "1∶12",
    "3∶0通过",
    "08:30",
    "黄一涵 韦三妹",
    "安吉万达广场",
    "10个带头从严”",
    "“八个必须”",
    "一月一调度",
    "一企一策",
    "一批问题",
    "一系列制度",
    "一个问题",
    "一次检查",
    "多名干部",
    "多次强调",
    "二级巡视员",
    "《关于5项制度的通知》",
    "1.责任清单\n2、任务表",
    "（一）总则",
    "5G网络",
    "90后干部",
    "建党100周年",
    "3·15晚会",
    "9·11",
    "零事故",
    "一把手",
    "三令五申",
    "百姓",
    "小明拾起石子",
    "ISBN 978-7-5174",
]
ADVERSARIAL = {
    "digits": "1" * 100_000,
    "one": "一" * 100_000,
    "scales": "万" * 100_000,
    "vague": "几" * 100_000,
    "more": "余" * 100_000,
    "trigger": "提醒谈话" * 25_000,
    "rare": "龘𠀀" * 50_000,
    "quotes": "“" * 100_000,
    "titles": "《" * 100_000,
    "groups": "1," + "111," * 25_000,
    "points": "1." * 50_000,
    "lists": "1、" * 50_000,
    "blanks": " " * 100_000,
    "fractions": "百分之" * 33_333,
    "marks": "3个到位”" * 20_000,
}


def bound(text):
    return Decimal(text) if text else None


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case[1])
def test_finds_and_values(case):
    text, surface, value, low, high, unit = case
    text = fold(text)
    (figure,) = find_figures(text)
    quantity = figure.quantity
    assert figure.span.of(text) == fold(surface)
    assert (quantity.value, quantity.low, quantity.high) == (bound(value), bound(low), bound(high))
    assert quantity.unit == unit


@pytest.mark.parametrize("text", NOTHING)
def test_leaves_alone_what_counts_nothing(text):
    figures, suppressions = scan(fold(text))
    assert figures == ()
    assert suppressions or not re.search("[0-9]", text)


def test_a_list_shares_the_unit_of_its_last():
    figures = find_figures("分别清退资金12、7.5、3万元。")
    assert [one.quantity.value for one in figures] == [120000, 75000, 30000]
    assert ["unit_shared" in one.flags for one in figures] == [True, True, False]


def test_a_number_a_verb_asks_for_has_no_unit_and_says_so():
    figures = find_figures("全年谈话函询412，立案155，处分149。")
    assert [one.quantity.value for one in figures] == [412, 155, 149]
    assert all(one.quantity.unit is None and "unit_missing" in one.flags for one in figures)


def test_a_comma_between_clauses_parts_figures():
    assert [one.quantity.value for one in find_figures("立案5起,12人受处理,3,000元")] == [
        5,
        12,
        3000,
    ]


def test_of_figures_that_touch_without_end_the_first_are_read_and_the_others_are_told():
    text = "查处" + "3人" * 5_000
    figures, suppressions = scan(text)
    assert [figure.span.end for figure in figures] == list(range(4, 104, 2))
    assert len(suppressions) == 4_950
    assert {one.rule for one in suppressions} == {"endless_run"}


def test_an_endless_number_has_no_value():
    (figure,) = find_figures("共" + "1" * 400 + "人")
    assert figure.quantity.value is None
    assert "out_of_range" in figure.flags


@pytest.mark.parametrize("text", ["共①②人", "共٣人", "共3²人", "共Ⅳ人"])
def test_other_digits_are_never_a_wrong_number(text):
    assert all(one.quantity.value == 3 for one in find_figures(text) if one.quantity.unit == "人")
    assert "12" not in str([one.quantity.value for one in find_figures(text)])


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每亩多收0.8元", "亩"),
        ("每人每月少发50元", "人·月"),
        ("人均退还312.6元", "人"),
        ("平均每天走访20户", "天"),
        ("补偿300元/亩", "亩"),
        ("共查处3起", None),
    ],
)
def test_a_rate_is_told_per_something(text, per):
    assert find_figures(text)[0].per == per


def test_a_change_of_levels_is_no_range():
    surfaces = [one.span.of(t) for t in ["由5个工作日压缩至2个工作日"] for one in find_figures(t)]
    assert surfaces == ["5个工作日", "2个工作日"]


# Units that are read beside certain words alone, see the test after this one.
NEEDY = ("日", "月", "分之", "大", "分钱", "路", "个点")


@pytest.mark.parametrize("row", rows("units.tsv"), ids=lambda row: row["unit"])
def test_each_unit_is_read_in_each_form(row):
    for form in (row["unit"], *listed(row["aliases"])):
        if row["dimension"] == "ordinal" or form in NEEDY:
            continue
        (figure,) = find_figures(f"共12{form}，")
        assert figure.quantity.dimension is not None
        assert figure.span.end == len(f"共12{form}")
        assert figure.quantity.unit == row["canonical"] or form in ("条烟", "道关", "两")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("8路督导组", "路"),
        ("上升5.6个点", "百分点"),
        ("3大工程", "大"),
        ("市、县两级纪委", "级"),
        ("60日内", "天"),
    ],
)
def test_units_that_need_their_surroundings(text, unit):
    assert find_figures(text)[0].quantity.unit == unit


@pytest.mark.parametrize("row", rows("approx.tsv"), ids=lambda row: row["cue"])
def test_each_approximator_is_heard_in_its_example(row):
    if row["position"] == "infix":
        assert find_figures(row["example"])[0].quantity.approximator == "range"
        return
    example = row["example"] if "个" not in row["example"] else f"共{row['example']}问题"
    figure = find_figures(example)[0]
    assert (figure.quantity.approximator or "exact") == row["code"]


@pytest.mark.parametrize(
    "row",
    [row for row in rows("idioms.tsv") if not row["idiom"].startswith("RE:")],
    ids=lambda row: row["idiom"],
)
def test_each_idiom_is_no_figure_and_hides_none(row):
    figures, suppressions = scan(f"推进{row['idiom']}，查处12件。")
    assert [one.quantity.value for one in figures] == [12]
    assert row["idiom"] in {one.rule for one in suppressions} or any(
        one.span.start <= 2 < one.span.end + len(row["idiom"]) for one in suppressions
    )


@pytest.mark.parametrize(
    "row",
    [row for row in rows("idioms.tsv") if row["idiom"].startswith("RE:")],
    ids=lambda row: row["note"],
)
def test_each_pattern_is_reached_by_its_example(row):
    figures, suppressions = scan(row["note"])
    assert figures == ()
    assert row["idiom"] in {one.rule for one in suppressions}


@pytest.mark.parametrize("row", rows("counted_nouns.tsv"), ids=lambda row: row["noun"])
def test_a_noun_without_classifier_is_counted(row):
    (figure,) = find_figures(row["note"])
    assert (figure.quantity.value, figure.quantity.unit) == (32000, row["unit"])
    assert "unit_inferred" in figure.flags


@pytest.mark.parametrize("row", rows("money_words.tsv"), ids=lambda row: row["word"])
def test_a_word_for_money_lends_yuan(row):
    (figure,) = find_figures(f"{row['word']}共800来万。")
    assert (figure.quantity.value, figure.quantity.unit) == (8_000_000, "元")


def test_no_two_units_share_a_form():
    seen = [form for row in rows("units.tsv") for form in unitwords.forms(row)]
    assert len(seen) == len(set(seen))


PIECES = st.sampled_from(
    [
        "共",
        "查处",
        "，",
        "。",
        "、",
        "“",
        "”",
        "第",
        "近",
        "约",
        "余",
        "多",
        "至",
        "以上",
        " ",
        "人",
        "件",
        "万元",
        "个月",
        "年",
        "月",
        "日",
        "%",
        "一",
        "两",
        "十",
        "百",
        "万",
        "亿",
        "半",
        "几",
        "成",
        "分之",
        "3",
        "12",
        "0",
        "1.5",
        "2,000",
        "2021",
        "\n",
        "（",
        "）",
        "每",
        "人民币",
        "元",
        "角",
        "个",
        "-",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_spans_hold_their_numbers_in_order(text):
    figures = find_figures(text)
    for one in figures:
        assert one.span.holds(one.number)
        assert one.number.of(text).strip()
        low, high = one.quantity.low, one.quantity.high
        assert low is None or high is None or low <= high
    for one, following in itertools.pairwise(figures):
        assert one.span.end <= following.span.start


@given(
    st.integers(2, 9_999_999),
    st.sampled_from(["人", "件", "家", "起", "个", "人次", "件次", "万元", "亩", "%"]),
    st.sampled_from(["", " ", "  "]),
)
def test_what_is_written_is_read_back(number, unit, gap):
    written = f"{number}{gap}{unit}"
    (figure,) = find_figures(f"全市共有{written}，同比增长。")
    factor = 10_000 if unit == "万元" else 1
    assert figure.quantity.value == number * factor
    assert figure.quantity.unit == unit.removeprefix("万")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_without_error(text):
    for one in find_figures(text):
        assert 0 <= one.span.start < one.span.end <= len(text)


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_hostile_text_takes_linear_time(name):
    text = ADVERSARIAL[name]
    scan(text[:1000])
    started = time.process_time()
    scan(text)
    assert time.process_time() - started < 6


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("发放补助1 200万元。", (12000000, 12000000, "元")),
        ("退还资金12 345 678元。", (12345678, 12345678, "元")),
        ("比上年增加一倍多。", (1, 2, "倍")),
        ("用时三年多。", (3, 4, "年")),
        ("走访企业三五家。", (3, 5, "家")),
        ("受教育党员2.3万余人次。", (23000, 24000, "人次")),
        ("追回资金3万2千余元。", (32000, 33000, "元")),
        ("处分干部廿一人。", (21, 21, "人")),
    ],
)
def test_odd_forms(text, bounds):
    (figure,) = find_figures(text)
    quantity = figure.quantity
    assert (quantity.low, quantity.high, quantity.unit) == bounds


@pytest.mark.parametrize("text", ["干群比1比3。", "以5比2的票数通过。", "从晚上8点到11点。"])
def test_odds_and_hours_are_no_figures(text):
    assert find_figures(text) == ()


def test_a_blank_joins_groups_of_three_only():
    assert [one.quantity.value for one in find_figures("查处2 9人")][-1] is None
    assert 2021200 not in [one.quantity.value for one in find_figures("2021 200人")]
