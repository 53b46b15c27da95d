"""A measure can be explained, and so can a number that became none."""

from __future__ import annotations

from datetime import date

from transforms.explain import explain, explain_at, marked, why_not
from transforms.reading import read_text

TEXT = (
    "2020年，青秀区纪委监委走访会员企业150余家。"
    "严格落实中央八项规定精神，按照桂纪发〔2021〕15号文件，约谈3人。"
)


def read():
    return read_text(TEXT, source="青秀区纪委监委", published_at=date(2021, 3, 29))


def test_marks_show_what_decided():
    explanation = explain(read(), read().measures[0])
    roles = {mark.role: mark.surface for mark in explanation.marks}
    assert roles["figure"] == "150余家"
    assert roles["predicate"] == "走访"
    assert roles["object"] == "会员企业"
    assert roles["actor"] == "青秀区纪委监委"
    assert roles["period"] == "2020年"
    assert explanation.rule.startswith("trigger:left:走访")
    assert all(TEXT[mark.start : mark.end] == mark.surface for mark in explanation.marks)


def test_marked_sentence_reads_on():
    sentence = marked(explain(read(), read().measures[0]), TEXT)
    assert "[predicate 走访][object 会员企业][figure 150余家]" in sentence


def test_explain_at_an_offset():
    assert explain_at(read(), TEXT.index("150")).measure.category == "enterprise_visit"
    assert explain_at(read(), 0) is None


def test_why_not_says_what_suppressed_a_number():
    (fate,) = why_not(read(), "八")
    assert fate.outcome == "suppressed"
    assert fate.suppression is not None
    (fate,) = why_not(TEXT, "3人")
    assert fate.outcome == "measure"
    assert fate.measure.category == "interview_summoned"
    assert why_not(TEXT, "99人") == ()
