"""Place names to dated codes of GB/T 2260."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import regions
from transforms.mentions.places import find_places

IN_2019, IN_2021, IN_2022 = date(2019, 6, 1), date(2021, 3, 29), date(2022, 4, 13)

RESOLVED = [
    ("西乡塘区", None, None, "450107"),
    ("南宁", None, None, "450100"),
    ("广西", None, None, "450000"),
    ("广西壮族自治区", None, None, "450000"),
    ("全国", None, None, "000000"),
    ("自治区", None, "450107", "450000"),
    ("自治区", None, "4501", "450000"),
    ("自治区", None, "430000", None),
    ("自治区", None, None, None),
    ("上林", None, "450000", "450125"),
    ("上林", None, "430000", None),  # a short county name is known in its own province alone
    ("上林", None, None, None),
    ("南宁市西乡塘区", None, None, "450107"),
    ("广西南宁市兴宁区", None, None, "450102"),
    ("北京市朝阳区", None, None, "110105"),
    ("三江县", None, None, "450226"),  # 三江侗族自治县
    ("恩施州", None, None, "422800"),
    ("吉林", None, None, "220000"),
    ("吉林市", None, None, "220200"),
    ("仙桃市", None, None, "429004"),
    # one name, several places: the publisher's, else none
    ("鼓楼区", None, None, None),
    ("鼓楼区", None, "350100", "350102"),
    ("鼓楼区", None, "320300", "320302"),
    ("朝阳区", None, "220100", "220104"),
    ("白云区", IN_2021, "440000", "440111"),
    # common nouns are places beside their parent only
    ("城区", IN_2021, "450107", None),
    ("城区", IN_2021, "440000", None),
    ("城区", IN_2021, "441500", "441502"),
    ("汕尾市城区", IN_2021, None, "441502"),
    ("新城区", IN_2021, "450107", None),
    ("南区", IN_2021, "450107", None),
    # names change
    ("横县", IN_2019, None, "450127"),
    ("横县", IN_2022, None, "450181"),
    ("横州市", IN_2022, None, "450181"),
    ("横州市", date(2020, 12, 1), None, "450181"),
    ("横州市", date(2010, 1, 1), None, None),
    ("天城区", IN_2022, None, None),  # a district of 1993 to 1998
    ("武鸣县", date(2010, 1, 1), None, "450122"),
    ("武鸣县", IN_2022, None, "450110"),
    ("襄樊市", IN_2022, None, "420600"),
    ("安吉", IN_2021, "450107", None),
    ("安吉县", IN_2021, "450107", "330523"),
    ("无此县", None, None, None),
    ("", None, None, None),
]


@pytest.mark.parametrize(("name", "on", "within", "code"), RESOLVED)
def test_resolve(name, on, within, code):
    assert regions.resolve(name, on, within) == code


def test_names_of_a_code_change_with_the_day():
    assert regions.name_of("450103", date(2000, 1, 1)) == "新城区"
    assert regions.name_of("450103", IN_2021) == "青秀区"
    assert regions.name_of("450103") == "青秀区"
    assert regions.name_of("999999") is None
    assert regions.full_name_of("450107") == "广西壮族自治区南宁市西乡塘区"
    assert regions.full_name_of("110105") == "北京市朝阳区"
    assert regions.full_name_of("000000") == "全国"


def test_successors_and_parents():
    assert regions.successor_of("450127") == "450181"
    assert regions.successor_of("450122") == "450110"
    assert regions.successor_of("450107") is None
    assert regions.successor_of("450121") is None  # 邕宁县 was split among five
    assert regions.parent_of("450107") == "450100"
    assert regions.parent_of("110105") == "110000"
    assert regions.parent_of("429004") == "420000"
    assert regions.parent_of("450000") == "000000"
    assert regions.parent_of("000000") is None


def test_every_row_holds_together():
    codes = {row.code for row in regions.rows()}
    for row in regions.rows():
        assert row.level == regions.level_of(row.code)
        assert row.parent is None or row.parent in codes
        assert row.successor is None or row.successor in codes
        assert row.valid_to is None or (row.valid_from or 0) <= row.valid_to


@given(st.sampled_from(regions.rows()), st.sampled_from(regions.rows()))
def test_within_decides_between_namesakes(row, publisher):
    code = regions.resolve(row.name, IN_2022, publisher.code)
    namesakes = {other.code for other in regions.full_names()[row.name] if other.stood(IN_2022)}
    near = {other for other in namesakes if other[:2] == publisher.code[:2]}
    if code and near and publisher.code != regions.NATION:
        assert code[:2] == publisher.code[:2]


FOUND = [
    ("云南山区群众", None, [("云南", "530000")]),
    ("湖南宁乡市", None, [("湖南", "430000"), ("宁乡市", "430182")]),
    (
        "福建省福州市鼓楼区",
        None,
        [("福建省", "350000"), ("福州市", "350100"), ("鼓楼区", "350102")],
    ),
    ("各自贡献力量、推广安全生产、隆重庆祝", "510000", []),
    ("加大理论学习，造福建设者", "530000", []),
    ("安吉万达广场、江南公园、鼓楼社区和新城区管委会", "450107", []),
    ("南宁路的南宁大厦", None, []),
    ("上林：清廉乡村添底气", "450000", [("上林", "450125")]),
    ("上林：清廉乡村添底气", None, []),
    ("乐业安居，资源整合", "450000", []),
    ("南宁市场监管局", None, [("南宁", "450100")]),
]


@pytest.mark.parametrize(("text", "within", "expected"), FOUND)
def test_places_in_a_text(text, within, expected):
    places = find_places(text, IN_2022, within)
    assert [(place.name, place.code) for place in places if place.code] == expected
    assert all(text[place.start : place.end] == place.name for place in places)


def test_import_reads_no_table():
    script = "import transforms.regions as r; assert r.rows.cache_info().currsize == 0"
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("000000", "China"),
        ("150000", "Inner Mongolia"),
        ("450000", "Guangxi"),
        ("610000", "Shaanxi"),
        ("140000", "Shanxi"),
        ("810000", "Hong Kong"),
        ("450107", "Xixiangtang District"),
        ("450181", "Hengzhou"),
        ("450127", "Heng County"),
        ("450226", "Sanjiang Dong Autonomous County"),
        ("450225", "Rongshui Miao Autonomous County"),  # 水 here is no people
        ("451031", "Longlin Multi-ethnic Autonomous County"),
        ("341500", "Lu'an"),
        ("141100", "Lüliang"),
        ("440113", "Panyu District"),
        ("150524", "Hure Banner"),
        ("999999", None),
    ],
)
def test_a_division_has_an_english_name(code: str, name: str | None) -> None:
    assert regions.english_name_of(code) == name


def test_every_row_is_named_in_latin_letters() -> None:
    import re

    strange = [
        row for row in regions.rows() if not re.fullmatch("[A-Z][A-Za-zü', -]+", row.name_en)
    ]
    assert strange == []
