"""From text to reading: raw offsets, bad input, coherence, and a case notice."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.model import Article
from transforms.reading import read_article, read_text

PHRASES = """
    查处 问题 提醒谈话 其中 分别为 人 起 件 万元 近 余 8项18个 占 % 同比下降 截至 2021年
    今年以来 一季度 （ ） ， 。 ； 、 “ ” 区纪委监委 党的十九大以来 走访企业 150余家 该区
    60件中 合计 三 百 亿 将 拟 １２ 1,234 未 第七轮巡察 四风
"""
WORDS = st.sampled_from(PHRASES.split()) | st.sampled_from(
    ["\n", "\t", "\u200b", "\ud800", "\x00", " "]
)
MIXED = st.lists(WORDS | st.text(max_size=4), max_size=40).map("".join)


@given(MIXED)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_span_quotes_it(text):
    reading = read_text(text, published_at=date(2021, 3, 29), source="青秀区纪委监委")
    starts = {measure.figure.span.start for measure in reading.measures}
    for measure in reading.measures:
        span = measure.figure.span
        assert 0 <= span.start < span.end <= len(text)
        assert measure.sentence.start <= span.start
        assert measure.object is None or measure.object_span is not None
        assert measure.parent is None or measure.parent in starts
        assert 0 <= measure.confidence <= 1
    assert reading.article.text == text


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_reading_twice_gives_the_same(text):
    assert read_text(text).measures == read_text(text).measures


def test_invisible_characters_do_not_move_spans():
    text = "督促整改问题 3\u200b5\u200b个，\ufeff完善制度18项。"
    reading = read_text(text, published_at=date(2021, 10, 18))
    surfaces = [measure.figure.span.of(text) for measure in reading.measures]
    assert surfaces == ["3\u200b5\u200b个", "18项"]
    assert [int(m.figure.quantity.value) for m in reading.measures] == [35, 18]
    assert reading.measures[1].predicate_span.of(text) == reading.measures[1].predicate


def test_parents_are_led_back_with_the_spans():
    text = "\ufeff\u200b处理25人，其中科级干部3人。"
    whole, part = read_text(text).measures
    assert part.parent == whole.figure.span.start == text.index("25人")


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\x00", "\ud800", "。", "提醒谈话", "查處問題5起。"]
)
def test_poor_text_is_no_error(text):
    read_text(text)


def test_traditional_characters_keep_the_number():
    (measure,) = read_text("查處問題5起。").measures
    assert measure.figure.quantity.value == 5


def test_without_a_day_of_publication_relative_periods_are_unknown_not_guessed():
    (measure,) = read_text("今年以来，全县共查处形式主义问题5起。").measures
    assert measure.period.start is None
    assert measure.category == "issue_formalism_investigated"


def test_a_moment_is_taken_as_shanghai():
    given_day = read_text("查处5起。", published_at=date(2021, 3, 29)).article.published_at
    assert given_day.isoformat() == "2021-03-29T00:00:00+08:00"
    utc = datetime(2021, 3, 28, 20, tzinfo=UTC)
    assert read_text("查处5起。", published_at=utc).article.published_at == utc


def test_case_notice_keeps_the_outcome_without_the_name():
    article = Article(
        article_id="x/1", site=None, url=None, title="某市原副市长韦某某被开除党籍和公职",
        published_at=datetime(2023, 5, 10, 9, tzinfo=UTC), source="广西壮族自治区纪委监委网站",
        author=None, column=None,
        text="日前，自治区纪委监委对某市原副市长韦某某严重违纪违法问题"
        "进行了立案审查调查。"
        "经查，韦某某收受礼金，非法收受财物300万元。决定给予韦某某开除党籍处分；由自治区监委给予其开除公职处分；将其涉嫌犯罪问题移送"
        "检察机关依法审查起诉。",
    )  # fmt: skip
    reading = read_article(article)
    (notice,) = reading.case_notices
    assert reading.article.kind == "case_notice"
    assert notice.stage == "expelled"
    assert set(notice.sanctions) == {"party_expelled", "gov_dismissed", "judicial_transfer"}
    assert "韦" not in repr(notice)
    assert all(not m.is_measure and m.modality == "alleged" for m in reading.measures)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("覃某接受纪律审查和监察调查", "case_notice"),
        ("某公司原总经理黄某严重违纪违法被“双开”", "case_notice"),
        ("某县通报5起违反中央八项规定精神典型问题", "report"),
        ("上半年全区处分1200人", "report"),
        ("青秀区：监督护航营商环境", "report"),
    ],
)
def test_kind_of_article_by_its_headline(title, kind):
    assert read_text("近日，有关情况如下。", title=title).article.kind == kind


REPEATED = """
    1月 1、 3人、 查处3起、 其中3个， 南宁市 南宁市纪委监委、 该局 专项行动 “专项行动” （ 《 2020年
    今年以来， 督促财政局 1.5万元， 分别为3人 问题整改完毕 第七轮巡察 占3%， 每月3次，
    黄某 要求 同比增加
"""


@pytest.mark.parametrize("unit", REPEATED.split())
def test_what_is_repeated_costs_by_its_length(unit):
    """Four times the text takes some four times as long; sixteen times would be the square."""

    def cost(length: int) -> float:
        text = (unit * length)[:length]
        times = []
        for _ in range(2):
            began = time.process_time()
            read_text(text, published_at=date(2021, 3, 29))
            times.append(time.process_time() - began)
        return min(times)

    cost(500)
    assert cost(16_000) < max(0.2, 9 * cost(4_000))


def test_what_follows_the_last_figure_dates_and_names_nobody() -> None:
    told = "2020年3月，南宁市西乡塘区纪委监委走访企业150家。"
    more = f"{told}\n2019年以来，柳州市纪委监委深入开展监督，黄某受到处分。"
    short, long = (read_text(text, published_at=date(2021, 3, 29)) for text in (told, more))
    assert long.measures == short.measures
    assert len(long.mentions) > len(short.mentions)


def test_a_text_without_a_figure_has_no_measures() -> None:
    reading = read_text("2020年，南宁市西乡塘区纪委监委开展“清风行动”专项整治。")
    assert reading.measures == ()
    assert reading.mentions
    assert reading.programmes
