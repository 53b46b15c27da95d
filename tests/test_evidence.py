"""Signs of how well a row's actor and period are told, on sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest

from transforms.measures.evidence import another
from transforms.reading import read_text

DAY = date(2024, 11, 20)


def signs(text: str, surface: str) -> set[str]:
    reading = read_text(text, published_at=DAY, source="某市纪委监委")
    (one,) = (m for m in reading.measures if m.figure.span.of(reading.article.text) == surface)
    return set(one.signs)


@pytest.mark.parametrize(
    ("text", "surface", "sign"),
    [
        ("今年以来，宾阳县纪委监委立案5件。", "5件", "actor_discipline"),
        ("今年以来，宾阳县立案5件。", "5件", "actor_place"),
        ("今年以来，全县立案5件。", "5件", "actor_whole"),
        ("今年以来，县委第三轮巡察共发现问题19个。", "19个", "actor_round"),
        ("今年以来，宾阳县医疗保障稽核人共走访企业8家。", "8家", "name_goes_on"),
        ("宾阳县纪委监委加强监督。\n今年以来，立案5件。", "5件", "actor_earlier"),
        ("今年以来，宾阳县纪委监委立案5件，横州市纪委监委立案3件。", "5件", "actors_differ"),
        ("今年以来，宾阳县纪委监委和县财政局共查找风险点5个。", "5个", "actor_joint"),
    ],
)
def test_what_a_name_shows(text: str, surface: str, sign: str) -> None:
    assert sign in signs(text, surface)


def test_a_tally_without_a_time_may_run_from_any_day() -> None:
    assert "counted_up" in signs("全县共立案5件。", "5件")
    assert "counted_up" not in signs("全县立案5件。", "5件")
    assert "counted_up" not in signs("2023年，全县共立案5件。", "5件")


@pytest.mark.parametrize("deed", ["共立案5件", "先后立案5件", "坚决查处，立案5件", "已立案5件"])
def test_a_name_that_a_deed_follows_is_whole(deed: str) -> None:
    assert "name_goes_on" not in signs(f"今年以来，宾阳县纪委监委{deed}。", "5件")


@pytest.mark.parametrize(
    ("words", "acts"),
    [
        ("。今年以来，四个督导组累计走访企业", True),
        ("，阳光信箱共收到举报", True),
        ("，会同相关部门走访企业", False),
        ("，移送司法机关处理", False),
        ("，深入企业开展走访", False),
    ],
)
def test_another_body_before_the_deed(words: str, *, acts: bool) -> None:
    assert bool(another().search(words)) is acts


@pytest.mark.parametrize(
    ("text", "surface", "sign"),
    [
        ("在2022年试点的基础上，2023年全市查处问题9个。", "9个", "time_ahead"),
        ("2023年，全市立案5件。2022年，全市立案3件。", "5件", "periods_differ"),
        ("截至目前，全市已完成2022年度30户农户补贴发放。", "30户", "period_beside"),
        ("今年以来，全市查处问题9个，比上年同期8个有所增加。", "8个", "compared"),
    ],
)
def test_what_a_time_shows(text: str, surface: str, sign: str) -> None:
    assert sign in signs(text, surface)


def test_a_part_that_another_family_counts_than_its_total() -> None:
    text = "今年以来，全县共走访企业42家，其中检查点位21家。"
    assert "unlike_its_total" in signs(text, "21家")
