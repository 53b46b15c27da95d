"""Whatever was loaded, replaced and withdrawn: the tables are those of one load of what is left."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from tests.test_totals import tables
from tests.told import reading, said
from transforms.model import Reading
from warehouse.store import Warehouse

ARTICLES = 24
STEPS = 8
TOLD = (
    ("issue_conduct_investigated", "起", "查处问题"),
    ("enterprise_visit", "家", "走访企业"),
    ("person_sanctioned", "人", "处分"),
)
ORGANS = (None, None, "西乡塘区纪委监委", "西乡塘区教育局", "南宁市税务局")


def period(dice: random.Random) -> tuple[date, date, str]:
    """Return a month, a quarter, a running total, a total since an anchor or a single day."""
    year, month = dice.choice((2019, 2020)), dice.randint(1, 12)
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return dice.choice(
        (
            (first, last, "increment"),
            (date(year, 1, 1), last, "ytd"),
            (date(2017, 10, 24), last, "cumulative"),
            (date(year, 1, 1), date(year, 12, 31), "increment"),
            (last, last, "stock"),
        )
    )


def sentence(dice: random.Random) -> tuple:
    """Return one sentence with a figure, in any of the ways that the telling of claims knows."""
    category, unit, doing = dice.choice(TOLD)
    start, end, aggregation = period(dice)
    value = dice.choice((3, 12, 12, 40, 150, 150))
    more = {
        "region": dice.choice(("450107", "450107", "450100", None)),
        "region_scope": dice.choice(("self", "self", "all_levels")),
        "actor_organ": dice.choice(ORGANS),
        "aggregation": aggregation,
        "object": dice.choice((None, None, "民营企业")),
        "confidence": dice.choice((0.7, 0.9)),
    }
    if dice.random() < 0.15:
        more |= {"low": value, "high": dice.choice((value + 10, None))}
    if dice.random() < 0.05:
        more |= {"flags": ("misprint",)}
    if dice.random() < 0.1:
        more |= {"is_measure": False}
    if dice.random() < 0.3:
        start = end = None
    told = f"有关方面今年以来一共{doing}{{{value}{unit}}}，推动工作取得实效。"
    return said(told, category, start, end, **more)


def article(number: int, dice: random.Random) -> Reading:
    """Return a reading of article `number`; one in three says what another article said before."""
    words = random.Random(dice.randint(1, 8)) if dice.random() < 0.35 else dice
    sentences = [sentence(words) for _ in range(words.randint(1, 5))]
    if len(sentences) > 2 and words.random() < 0.4:
        sentences[1][4].update(parent=0, relation=words.choice(("subset", "partition")))
    on = date(2021, 1, 1) + timedelta(days=dice.randint(0, 150))
    return reading(f"site/{number:03d}", on, *sentences)


@pytest.mark.parametrize("seed", range(6))
def test_increments_leave_what_one_load_would(seed: int) -> None:
    dice = random.Random(seed)
    stands: dict[int, Reading] = {}
    withdrawn: list[int] = []
    with Warehouse(":memory:") as warehouse, Warehouse(":memory:") as whole:
        for _ in range(STEPS):
            changed = {
                n: article(n, dice) for n in dice.sample(range(ARTICLES), dice.randint(1, 6))
            }
            stands |= changed
            warehouse.load(changed.values(), run_id="r")
            if dice.random() < 0.3:
                withdrawn = dice.sample(sorted(stands), dice.randint(0, min(4, len(stands))))
                warehouse.suppress(rows(withdrawn))
        whole.suppress(rows(withdrawn))
        whole.load(stands.values(), run_id="r")
        assert tables(warehouse) == tables(whole)
        assert warehouse.audit("error") == {}


def rows(numbers: list[int]) -> list[tuple[str, str, date]]:
    return [(f"site/{number:03d}", "withdrawn", date(2021, 1, 1)) for number in numbers]
