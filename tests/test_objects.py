"""The thing counted is a noun phrase a reader would accept, or none."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.lexicon import listed, rows
from transforms.reading import read_text


def things(text: str) -> list[str | None]:
    reading = read_text(text, published_at=date(2024, 6, 1))
    return [measure.object for measure in reading.measures]


@pytest.mark.parametrize(
    "row", rows("object_words.tsv"), ids=lambda row: row["use"] + row["words"][:12]
)
def test_every_row_is_reached(row):
    pattern, example = row["words"].removeprefix("RE:"), row["example"]
    if pattern == row["words"]:
        assert any(word in example for word in listed(pattern))
    else:
        assert re.search(pattern.replace("$", ""), example)
    assert things(row["example"])[0] == (row["object"] or None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # After a verb, up to the number; after the unit, up to what is no noun any more.
        ("走访会员企业150余家。", ["会员企业"]),
        (
            "通报了6起加重基层负担的形式主义、官僚主义典型问题。",
            ["加重基层负担的形式主义、官僚主义典型问题"],
        ),
        ("下发监督提醒书和整改通知书3份。", ["监督提醒书和整改通知书"]),
        ("提出整改建议11条。", ["整改建议"]),
        ("抽查25个县（市、区）卫生院。", ["县（市、区）卫生院"]),
        ("收集“码上举报”线索41条。", ["“码上举报”线索"]),
        ("立案查处3件涉及集体资金的案件。", ["涉及集体资金的案件"]),
        # What the unit counts ends the phrase: people, places.
        ("公开通报了某市6名领导干部严重违反中央八项规定精神问题。", ["领导干部"]),
        ("完成对2家市属企业的巡察进驻工作。", ["市属企业"]),
        ("推动7个小区安装充电桩17个。", ["小区", "充电桩"]),
        # A fronted object loses its 将 and 把.
        ("把截留资金12.4万元退还群众。", ["截留资金"]),
        # The deed, where, when, and how much are no things.
        ("批评教育帮助和处理48人，党纪政务处分35人。", [None, None]),
        ("占总数的66%，同比下降7%。", [None, None]),
        ("其中，甲县5起、乙县3起。", [None, None]),
        ("判处有期徒刑十年三个月。", [None]),
        ("审批时限压缩至3个工作日。", ["审批时限"]),
        ("到会仅3天就走访企业12家。", [None, "企业"]),
        # Kinds of places are counted, their names are not.
        ("覆盖党组织21家，其中街镇12个、国企9家。", ["党组织", "街镇", "国企"]),
        ("发现问题25个，其中甲江区16个、乙江县9个。", ["问题", None, None]),
        ("对全县96个行政村及社区2019年以后的账目开展抽查。", ["行政村及社区"]),
        # Somebody or an organ that is told or does it is no thing.
        ("移交公安机关19条，退还群众97万元。", [None, None]),
        ("某某先后19次收受礼品。", [None]),
        ("拆除后对24个防疫检查点、13家企业开展检查。", ["防疫检查点", "企业"]),
        # Before 等 stands what is told of the thing, not the thing.
        ("发现台账未更新、价格未公示等问题14个。", ["问题"]),
    ],
)
def test_object(text, expected):
    assert things(text) == expected


WORDS = st.sampled_from(
    [
        "，",
        "、",
        "；",
        "。",
        "的",
        "了",
        "和",
        "（",
        "）",
        "“",
        "”",
        "将",
        "对",
        "被",
        "在",
        "查处",
        "走访",
        "问题",
        "企业",
        "干部",
        "其中",
        "占",
        "等",
        "方面",
        "12件",
        "3家",
        "2.5万元",
        "5名",
        "近百户",
        "7%",
        "整改通知书",
        "农村集体经济",
        "形式主义、官僚主义",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(WORDS, max_size=24).map("".join))
def test_an_object_is_a_stretch_of_words_beside_its_figure(text):
    for measure in read_text(text, published_at=date(2024, 6, 1)).measures:
        if measure.object_span is None:
            continue
        figure, thing = measure.figure.span, measure.object_span
        assert measure.object == thing.of(text)
        assert thing.end <= figure.start or figure.end <= thing.start
        assert 0 < len(measure.object) <= 80
        assert measure.object == measure.object.strip("，。；、 的了")
        assert measure.object.count("“") == measure.object.count("”")
