"""Notices of single cases: known by their headline, kept as an outcome, never with a name."""

from __future__ import annotations

from datetime import date

import pytest

from transforms.reading import read_text

ON = date(2023, 6, 1)


def notice(title: str, text: str, source: str = "广西纪检监察网"):
    reading = read_text(text, title=title, source=source, published_at=ON)
    assert reading.article.kind == "case_notice"
    (found,) = reading.case_notices
    return found


@pytest.mark.parametrize(
    ("title", "text", "stage", "sanctions", "organ", "region"),
    [
        (
            "某集团原董事长李某被双开",
            (
                "经自治区党委批准，自治区纪委监委对某集团有限公司原党委书记、董事长李某严重违纪违法问题进行了"
                "立案审查调查。决定给予李某开除党籍处分；由自治区监委给予其开除公职处分；将其涉嫌犯罪问题移送"
                "检察机关依法审查起诉。"
            ),
            "expelled",
            {"party_expelled", "gov_dismissed", "judicial_transfer"},
            "广西壮族自治区纪委监委",
            "450000",
        ),
        (
            "某局副局长韦某接受审查调查",
            "某局副局长韦某涉嫌严重违纪违法，目前正接受南宁市纪委监委纪律审查和监察调查。",
            "investigated",
            set(),
            "南宁市纪委监委",
            "450100",
        ),
        (
            "覃某受贿案一审宣判",
            "2023年5月12日，柳州市中级人民法院公开宣判覃某受贿案，判处有期徒刑十二年，并处罚金一百万元。",
            "sentenced",
            {"judicial_sentenced"},
            "柳州市中级人民法院",
            "450200",
        ),
        (
            "某镇党委书记陆某受到党内严重警告处分",
            "横州市纪委监委给予某镇党委书记陆某党内严重警告、政务记大过处分。",
            "sanctioned",
            {"party_serious_warning", "gov_major_demerit"},
            "横州市纪委监委",
            "450181",
        ),
    ],
)
def test_outcome(title, text, stage, sanctions, organ, region):
    found = notice(title, text)
    assert (found.stage, set(found.sanctions)) == (stage, sanctions)
    assert (found.organ, found.region, found.decided_on) == (organ, region, ON)


def test_no_name_is_kept():
    found = notice("某县原县委书记黄某某被提起公诉", "日前，黄某某（正处级）涉嫌受贿一案提起公诉。")
    assert "黄" not in repr(found)
    assert found.level == "rank_county"


def test_figures_of_a_notice_enter_no_total():
    text = "经查，李某非法收受财物300万元。市纪委监委给予其开除党籍处分。"
    reading = read_text(text, title="李某被开除党籍", published_at=ON)
    assert reading.measures
    assert all(not m.is_measure and m.modality == "alleged" for m in reading.measures)


@pytest.mark.parametrize(
    "title",
    [
        "通报5起违反中央八项规定精神典型问题",
        "上半年全区处分1200人",
        "监督护航营商环境",
        "警钟|贪欲之害",
    ],
)
def test_reports_are_no_notices(title):
    reading = read_text("近日，查处问题5起。", title=title, published_at=ON)
    assert reading.article.kind == "report"
    assert reading.case_notices == ()
