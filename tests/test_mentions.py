"""Organs and regions named in a text: sentences of our own."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import lexicon, regions
from transforms.document import Document
from transforms.mentions.heads import find_heads
from transforms.mentions.homes import find_home
from transforms.mentions.mentions import find_mentions
from transforms.patterns import PatternSet, starts

DISTRICT = "南宁市江南区纪委监委"
CITY = "玉林市纪委监委"
COUNTY = "广西灵川县纪委监委"
REGION = "广西壮族自治区纪委监委"
NATION = "中央纪委国家监委网站"


def mentions(text, source=DISTRICT, title=""):
    return find_mentions(Document(text, title, source, date(2022, 6, 30)))


ORGANS = [
    # (publisher, text, surface, canonical, code, kind, scope)
    (
        DISTRICT,
        "城区司法局受理案件",
        "城区司法局",
        "江南区司法局",
        "450105",
        "government_dept",
        "self",
    ),
    (
        DISTRICT,
        "反馈给行政审批局",
        "行政审批局",
        "江南区行政审批局",
        "450105",
        "government_dept",
        "self",
    ),
    (
        DISTRICT,
        "该城区行政审批局办结",
        "该城区行政审批局",
        "江南区行政审批局",
        "450105",
        "government_dept",
        "self",
    ),
    (
        DISTRICT,
        "区委第二巡察组进驻",
        "区委第二巡察组",
        "江南区委第二巡察组",
        "450105",
        "organ_inspection",
        "self",
    ),
    (
        DISTRICT,
        "自治区党委和市委部署",
        "自治区党委",
        "广西壮族自治区党委",
        "450000",
        "party_committee",
        "self",
    ),
    (DISTRICT, "自治区党委和市委部署", "市委", "南宁市委", "450100", "party_committee", "self"),
    (
        DISTRICT,
        "区建交委、区城运中心等部门",
        "区建交委",
        "江南区建交委",
        "450105",
        "government_dept",
        "self",
    ),
    (
        DISTRICT,
        "区建交委、区城运中心等部门",
        "区城运中心",
        "江南区城运中心",
        "450105",
        "government_dept",
        "self",
    ),
    (DISTRICT, "党中央决策部署", "党中央", "中共中央", "000000", "party_committee", "self"),
    (
        DISTRICT,
        "约谈城区产业园区管委会",
        "城区产业园区管委会",
        "江南区产业园区管委会",
        "450105",
        "government_dept",
        "self",
    ),
    (
        DISTRICT,
        "城区纪检监察机关通报",
        "城区纪检监察机关",
        "江南区纪检监察机关",
        "450105",
        "organ_discipline",
        "all_levels",
    ),
    (
        DISTRICT,
        "区人民检察院起诉",
        "区人民检察院",
        "江南区检察院",
        "450105",
        "judicial_organ",
        "self",
    ),
    (
        DISTRICT,
        "江西镇纪委走访",
        "江西镇纪委",
        "江南区江西镇纪委",
        "450105",
        "organ_township",
        "self",
    ),
    (
        DISTRICT,
        "南宁市江南区福建园街道纪工委走访",
        "南宁市江南区福建园街道纪工委",
        "江南区福建园街道纪工委",
        "450105",
        "organ_township",
        "self",
    ),
    (
        CITY,
        "市纪委监委派驻第三纪检监察组",
        "市纪委监委派驻第三纪检监察组",
        "玉林市纪委监委派驻第三纪检监察组",
        "450900",
        "organ_stationed",
        "self",
    ),
    (
        CITY,
        "市、县两级纪委监委检查",
        "市、县两级纪委监委",
        "玉林市纪检监察机关",
        "450900",
        "organ_discipline",
        "all_levels",
    ),
    (
        CITY,
        "全市各级纪检监察机关检查",
        "全市各级纪检监察机关",
        "玉林市纪检监察机关",
        "450900",
        "organ_discipline",
        "all_levels",
    ),
    (CITY, "陆川县教育局整改", "陆川县教育局", "陆川县教育局", "450922", "government_dept", "self"),
    (
        CITY,
        "陆川县开展检查，县纪委监委通报",
        "县纪委监委",
        "陆川县纪委监委",
        "450922",
        "organ_discipline",
        "self",
    ),
    (
        CITY,
        "玉林高新区纪工委约谈",
        "玉林高新区纪工委",
        "玉林市高新区纪工委",
        "450900",
        "organ_work_committee",
        "self",
    ),
    (
        COUNTY,
        "灵川县人民法院判决",
        "灵川县人民法院",
        "灵川县人民法院",
        "450323",
        "judicial_organ",
        "self",
    ),
    (
        COUNTY,
        "甘棠村党支部公开账目",
        "甘棠村党支部",
        "灵川县甘棠村党支部",
        "450323",
        "organ_village",
        "self",
    ),
    (
        COUNTY,
        "中国共产党灵川县纪律检查委员会印发",
        "中国共产党灵川县纪律检查委员会",
        "灵川县纪委",
        "450323",
        "organ_discipline",
        "self",
    ),
    (
        COUNTY,
        "灵川县监察委员会制发",
        "灵川县监察委员会",
        "灵川县纪委监委",
        "450323",
        "organ_discipline",
        "self",
    ),
    (
        REGION,
        "各级纪检监察机关严查",
        "各级纪检监察机关",
        "广西壮族自治区纪检监察机关",
        "450000",
        "organ_discipline",
        "all_levels",
    ),
    (
        REGION,
        "督促广西农垦集团有限公司纪委核查",
        "广西农垦集团有限公司纪委",
        "广西农垦集团有限公司纪委",
        "450000",
        "organ_soe",
        "self",
    ),
    (
        REGION,
        "会同桂林电子科技大学纪委检查",
        "桂林电子科技大学纪委",
        "桂林电子科技大学纪委",
        "450300",
        "organ_university",
        "self",
    ),
    (
        NATION,
        "各级纪检监察机关严查",
        "各级纪检监察机关",
        "全国纪检监察机关",
        "000000",
        "organ_discipline",
        "all_levels",
    ),
    (
        NATION,
        "中央纪委国家监委通报",
        "中央纪委国家监委",
        "中央纪委国家监委",
        "000000",
        "organ_discipline",
        "self",
    ),
    (
        NATION,
        "河北省张家口市崇礼区纪委监委走访",
        "河北省张家口市崇礼区纪委监委",
        "崇礼区纪委监委",
        "130709",
        "organ_discipline",
        "self",
    ),
    (
        NATION,
        "北京市纪委监委第六监督检查室",
        "北京市纪委监委第六监督检查室",
        "北京市纪委监委第六监督检查室",
        "110000",
        "organ_discipline",
        "self",
    ),
    (None, "鞍钢纪委立案12件", "鞍钢纪委", "鞍钢纪委", None, "organ_soe", "self"),
    (
        None,
        "督促中国石化纪检监察组",
        "中国石化纪检监察组",
        "中国石化纪检监察组",
        None,
        "organ_stationed",
        "self",
    ),
    (
        None,
        "国家电网公司党组开展巡视",
        "国家电网公司党组",
        "国家电网公司党组",
        None,
        "party_committee",
        "self",
    ),
    (None, "某医院纪委处分3人", "某医院纪委", "某医院纪委", None, "organ_discipline", "self"),
    (None, "市城投集团、省交投纪委走访", "省交投纪委", "省交投纪委", None, "organ_soe", "self"),
    (
        None,
        "东江师范大学纪委约谈",
        "东江师范大学纪委",
        "东江师范大学纪委",
        None,
        "organ_university",
        "self",
    ),
    (None, "落实纪委监督责任", "纪委", "纪委", None, "organ_discipline", "self"),
    (None, "下属公司纪委自查", "公司纪委", "公司纪委", None, "organ_soe", "self"),
    (
        COUNTY,
        "国网灵川县供电公司纪委走访",
        "国网灵川县供电公司纪委",
        "国网灵川县供电公司纪委",
        "450323",
        "organ_soe",
        "self",
    ),
    (None, "县纪委监委检查", "县纪委监委", "县纪委监委", None, "organ_discipline", "self"),
    (None, "新城区管委会列入名单", "新城区管委会", "新城区管委会", None, "government_dept", "self"),
]


@pytest.mark.parametrize(("source", "text", "surface", "name", "code", "kind", "scope"), ORGANS)
def test_organ(source, text, surface, name, code, kind, scope):
    found = {m.span.of(text): m for m in mentions(text, source) if m.kind == "organ"}
    assert surface in found, found
    organ = found[surface]
    assert (organ.name, organ.code, organ.org_kind, organ.scope) == (name, code, kind, scope)


COREFERENCES = [
    (DISTRICT, "全城区共上报问题", "全城区", "450105"),
    (DISTRICT, "该城区提醒谈话", "该城区", "450105"),
    (DISTRICT, "城区各级党组织", "城区", "450105"),
    (DISTRICT, "全市共立案", "全市", "450100"),
    (DISTRICT, "护航首府发展", "首府", "450100"),
    (REGION, "全区共立案", "全区", "450000"),
    (REGION, "平南县先行先试。该县立案", "该县", "450821"),
    (CITY, "博白县通报。兴业县启动整治，该县立案", "该县", "450924"),
    (REGION, "桂平市开展活动。\n该市立案", "该市", "450881"),
    (CITY, "北流市开展活动。\n该市立案", "该市", "450981"),
    (CITY, "玉林市部署，北流市开展活动。\n该市立案", "该市", "450900"),
    (COUNTY, "平乐县纪委监委开展活动。全县立案", "全县", "450330"),
    (COUNTY, "灵川县纪委监委、平乐县纪委监委开展活动。全县立案", "全县", "450323"),
    ("北京市朝阳区纪委监委", "全区共立案", "全区", "110105"),
    ("南宁市横州市纪委监委", "该市立案", "该市", "450181"),
    ("广西三江县纪委监委", "全县立案", "全县", "450226"),
    (NATION, "云南省陆良县试点。近日，该县推开", "该县", "530322"),
    (None, "保靖县迁陵镇走访。该县立案", "该县", "433125"),
    (None, "保靖县部署，凤凰县跟进。全县立案", "全县", "433123"),
    ("湖北省纪委监委", "曾都区部署。该区立案", "该区", "421303"),
    (NATION, "宁夏回族自治区纪委书记说，全区澄清", "全区", "640000"),
    (NATION, "福建全省推开。该省立案", "该省", "350000"),
    (None, "全国共立案", "全国", "000000"),
    (None, "全县共立案", "全县", None),
]


@pytest.mark.parametrize(("source", "text", "surface", "code"), COREFERENCES)
def test_region_that_a_word_points_to(source, text, surface, code):
    found = [m for m in mentions(text, source) if m.kind == "region" and m.span.of(text) == surface]
    assert [m.code for m in found] == [code]


def test_that_bureau_is_the_one_named_before():
    text = "检查组进驻区财政局和区民政局。经提醒，该局完善制度。"
    organ = [m for m in mentions(text) if m.span.of(text) == "该局"]
    assert [m.name for m in organ] == ["江南区民政局"]


NO_ORGANS = [
    "派出4个巡察组",
    "社区委托代办",
    "据中央纪委国家监委网站",
    "召开党委会",
    "政府采购目录",
    "区委派驻",
]


@pytest.mark.parametrize("text", NO_ORGANS)
def test_no_organ(text):
    assert not [m for m in mentions(text, None) if m.kind == "organ"]


HOMES = [
    ("检查发现问题。（南宁市西乡塘区纪委监委）", None, "", "450107", "byline"),
    ("（南宁市兴宁区纪委监委 黄某 韦某）", None, "", "450102", "byline"),
    ("检查发现问题。", "来源：柳州市纪委监委", "", "450200", "source"),
    ("上林县纪委监委立案3件。", "广西纪检监察网", "", "450125", "text"),
    ("立案3件。", "广西纪检监察网", "上林：清廉乡村", "450125", "title"),
    ("立案3件。", "广西纪检监察网", "", "450000", "site"),
    (
        "柳州市纪委监委立案；百色市纪委监委约谈；玉林市纪委监委走访。",
        "广西纪检监察网",
        "",
        "450000",
        "site",
    ),
    ("立案3件。", "中央纪委国家监委网站", "", None, "none"),
    ("全市立案3件。", "南宁市纪委监委网站", "", "450100", "site"),
    ("立案3件。", "广西壮族自治区纪委监委驻自治区教育厅纪检监察组", "", "450000", "source"),
    ("立案3件。", "来源：隆安县纪委监委 作者：韦某", "", "450123", "source"),
    ("立案3件。\n（通讯员 梁某 广西陆川县纪委监委）", None, "", "450922", "byline"),
    ("图为检查现场。（浙江省安吉县纪委监委供图）", None, "", None, "none"),
]


@pytest.mark.parametrize(("text", "source", "title", "code", "basis"), HOMES)
def test_home(text, source, title, code, basis):
    home = find_home(Document(text, title, source, date(2022, 6, 30)))
    assert (home.code, home.basis) == (code, basis)


def test_the_site_tells_the_province_where_nothing_else_does():
    home = find_home(Document("自治区纪委监委立案3件。", "", None, date(2022, 6, 30), "gxjjw"))
    assert (home.code, home.organ, home.basis) == ("450000", None, "site")


WORDS = st.sampled_from(
    [
        "南宁市",
        "江南区",
        "城区",
        "区",
        "全市",
        "该县",
        "纪委监委",
        "第三巡察组",
        "委",
        "街道",
        "镇",
        "纪工委",
        "、",
        "，",
        "。",
        "财政局",
        "管委会",
        "原",
        "届",
        "两级",
        "各级",
        "首府",
        "\n",
        "该局",
        "驻",
        "纪检监察组",
        "公司",
    ]
)


@given(st.lists(WORDS, max_size=40).map("".join))
def test_spans_codes_and_order_hold_on_any_text(text):
    found = mentions(text)
    assert list(found) == sorted(found, key=lambda m: (m.span.start, -m.span.end))
    for mention in found:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.kind in {"organ", "region"}
        assert mention.code is None or regions.name_of(mention.code)
        assert mention.scope in {"self", "all_levels"}
    organs = [m for m in found if m.kind == "organ"]
    assert all(a.span.end <= b.span.start for a, b in pairwise(organs))


def test_every_pattern_is_of_a_known_kind_and_begins_with_a_character():
    kinds = set(lexicon.codes("org_kind"))
    for row in lexicon.rows("org_patterns.tsv"):
        assert row["kind"] in kinds
        assert row["reach"] in {"whole", "region", "part", "unit", "name", "body", "town", "zone"}
        assert row["scope"] in {"self", "all_levels"}
        assert all(starts(row["pattern"]))


@pytest.mark.parametrize(
    "unit",
    [
        "区",
        "全市",
        "纪委",
        "南宁市",
        "该局",
        "第一",
        "驻",
        "镇纪委",
        "县、",
        "公司",
        "南宁市，该县",
        "区财政局该委",
        "第一集团公司该局，",
    ],
)
def test_long_repetitions_cost_little(unit):
    text = unit * (20_000 // len(unit))
    assert isinstance(mentions(text), tuple)
    assert sum(1 for _ in find_heads(text)) <= len(text)


STARTS = [
    ("纪委监?委", {"纪委"}),
    ("(?:市|区)委", {"市委", "区委"}),
    ("第[一二]{1,2}组", {"第一", "第二"}),
    ("驻[^，]{2,8}组", {"驻"}),
    ("(?<=区)委(?!托)", {"委"}),
    ("高?级法院", {"高级", "级法"}),
    ("(?:第[一二])?法院|监委", {"第一", "第二", "法院", "监委"}),
]


@pytest.mark.parametrize(("pattern", "expected"), STARTS)
def test_what_a_pattern_can_begin_with(pattern, expected):
    assert starts(pattern) == expected


def test_the_first_row_that_matches_wins():
    found = PatternSet([("纪委监委", 1), ("纪[委检]", 2), ("委[^员]", 3)]).find("纪委监委纪检委托")
    assert [(f.start, f.end, f.row) for f in found] == [(0, 4, 1), (4, 6, 2), (6, 8, 3)]


@pytest.mark.parametrize("row", lexicon.rows("org_patterns.tsv"), ids=lambda row: row["example"])
def test_every_pattern_is_reached_by_its_example(row):
    assert row in [head.row for head in find_heads(row["example"])]
