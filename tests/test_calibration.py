"""What a confidence promises: of unseen rows at 0.9 and above at least 97 % are right."""

from __future__ import annotations

from functools import cache

import pytest

from tests.calibration import fit
from tests.gold_scores import passages, read
from transforms.lexicon import rows
from transforms.measures.confidence import PARTS, barring, confidence_of, points, weighed

ENOUGH = 60  # rows of a grade that its share can be told of


@cache
def held_out() -> tuple[tuple[fit.Row, float], ...]:
    """Each unseen row with the grade that the points of the other labellers give it."""
    told = fit.held_out(fit.readings())
    whole = fit.scale(told)
    return tuple((row, fit.graded(row, odds, whole)) for row, odds in told)


def share(grades: list[tuple[fit.Row, float]]) -> float:
    return sum(bool(row.whole) for row, _ in grades) / len(grades)


def sure() -> list[tuple[fit.Row, float]]:
    return [one for one in held_out() if one[1] >= fit.SURE]


def test_what_is_sure_is_right() -> None:
    assert len(sure()) >= 0.1 * len(held_out())
    assert share(sure()) >= 0.97
    _, least, _ = fit.interval([row for row, _ in sure()])
    assert least >= 0.95


def test_what_is_sure_is_right_by_passages() -> None:
    passages: dict[tuple[str, str], list[bool]] = {}
    for row, _ in sure():
        passages.setdefault(row.cluster, []).append(bool(row.whole))
    assert len(passages) >= 60
    assert sum(sum(one) / len(one) for one in passages.values()) / len(passages) >= 0.96


def test_what_is_sure_is_right_for_who_labelled_without_seeing_the_reader() -> None:
    judged = [one for one in sure() if one[0].labeller == "judge"]
    assert len(judged) >= 40
    assert share(judged) >= 0.97


@pytest.mark.parametrize("low", [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
def test_a_grade_is_the_share_of_right_rows(low: float) -> None:
    grades = [one for one in held_out() if low <= one[1] < low + 0.1]
    if len(grades) >= ENOUGH:
        told = sum(grade for _, grade in grades) / len(grades)
        assert share(grades) == pytest.approx(told, abs=0.12)


def test_the_points_are_those_that_the_readings_teach() -> None:
    for part, learned in fit.learn(fit.readings()).items():
        for sign, worth in points()[part].items():
            assert worth == pytest.approx(learned.get(sign, 0.0), abs=0.6), (part, sign)


def test_every_sign_is_shown_by_a_reading_of_the_gold_passages() -> None:
    named = {row["sign"] for row in rows("doubts.tsv") if row["part"] in PARTS} - {"start"}
    shown = {sign for passage in passages() for one in read(passage).measures for sign in one.signs}
    assert named <= shown | {"guessed", "cue_window"}, sorted(named - shown)


def test_a_doubt_makes_a_reading_less_sure() -> None:
    plain = ("side_left", "of_casework", "basis_explicit", "cue_ytd")
    assert confidence_of(plain) > confidence_of((*plain, "weak_word"))
    assert confidence_of(plain) > confidence_of((*plain, "noun_after", "rival_close"))
    assert {one.sign for one in weighed(plain)} <= set(plain)


def test_what_is_not_told_outright_is_not_sure() -> None:
    plain = ("side_left", "of_casework", "basis_explicit", "cue_ytd", "actor_whole")
    assert confidence_of(plain) >= 0.9
    for sign in barring():
        assert confidence_of((*plain, sign)) < 0.9, sign


def test_a_period_or_an_actor_that_many_rows_share_weighs_as_one() -> None:
    def row(who: str, *, right: bool) -> fit.Row:
        parts = dict.fromkeys(PARTS) | {"actor": right}
        return fit.Row("a-1", "0", "0", who, None, parts, ("actor_place",))

    one = [row("0", right=False), row("1", right=True)] * 20
    many = [*one, *[row("0", right=False)] * 200]
    assert fit.learn(many)["actor"] == pytest.approx(fit.learn(one)["actor"])


def test_the_file_of_readings_holds_no_prose() -> None:
    text = fit.READINGS.read_text("utf-8")
    assert not any("\u4e00" <= char <= "\u9fff" for char in text)
