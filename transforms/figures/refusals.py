"""Says of an amount why it is no figure: an ordinal, a day, a number nobody asked for."""

from __future__ import annotations

import re

from transforms.figures import unitwords
from transforms.figures.amounts import BARE_SCALE, Amount
from transforms.figures.numerals import BIG
from transforms.figures.surroundings import before, blurred, near_money, noun_unit, suffix_at
from transforms.figures.unitwords import Unit

BARE_AFTER = re.compile(r"[，。；、）)！？：\s]|\Z|的|以上|以下|左右")
BARE_BEFORE = re.compile(
    r"[\u4e00-\u9fff](?<![第号字版图表件编话邮代路线热码年月日条款至近约是之“])\Z"
)
FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾貳參陸")  # 拾起, 陆地, 伍位: verbs, nouns and names
CLOCK = re.compile(
    r"(?:[早晚]上|[上中下]午|凌晨|清晨|傍晚|深夜|午夜|当晚|[早晚夜]|[点分]半?[至到—-])\Z"
)
DURATION_CUE = re.compile("[刑期时历期仅用延缓役处满]\\Z")


def refusal(text: str, amount: Amount) -> tuple[str, str] | None:
    """Return kind and rule of what the amount is instead; None where it is a figure."""
    unit = unitwords.units().get(amount.written.unit or "")
    if amount.unit is None:
        asked = (
            before(text, amount)[2] is not None
            or _bare(text, amount)
            or noun_unit(text, amount) is not None
        )
        return None if asked else ("no_unit", "bare_number")
    return _not_counted(text, amount, unit) if unit else None


def _not_counted(text: str, amount: Amount, unit: Unit) -> tuple[str, str] | None:
    """Refuse a number whose unit stands there and yet counts nothing."""
    written = amount.written
    if written.number in FORMAL and unit.dimension != "money":
        return "no_count", "formal_digit"
    if BARE_SCALE.fullmatch(written.number) and not blurred(text, amount):
        return "no_count", "bare_scale"
    if unit.dimension == "ordinal":
        return None if _levels(text, amount) else ("ordinal", "grade")
    if unit.arabic_only and written.han and len(written.number) == 1 and not written.half:
        return "no_unit", "han_before_noun"
    if written.unit in ("日", "月", "点") and amount.written is written:
        return _moment(text, amount)
    return _refused_one(text, amount, unit) if written.number == "一" else None


def _moment(text: str, amount: Amount) -> tuple[str, str] | None:
    """Refuse 3日 and 晚上8点; 3日内 is a span of time, 新建8点 counts points."""
    if amount.written.unit == "点":
        told = CLOCK.search(text, max(0, amount.start - 5), amount.start)
        return ("date", "clock") if told else None
    return None if _within(text, amount) else ("date", "day")


def _refused_one(text: str, amount: Amount, unit: Unit) -> tuple[str, str] | None:
    """Refuse 一种 and 一次; 一年 counts where a sentence or a term is told."""
    if amount.written.half or amount.written.middle or amount.code or unit.one:
        return None
    if amount.value != 1 or amount.start != amount.written.start or blurred(text, amount):
        return None
    if unit.dimension == "duration" and DURATION_CUE.search(
        text, max(0, amount.start - 1), amount.start
    ):
        return None
    return "indefinite", "one"


def _levels(text: str, amount: Amount) -> bool:
    """Tell 市、县两级 (levels are counted) from 二级巡视员."""
    ahead = text[max(0, amount.start - 1) : amount.start]
    return amount.written.unit == "级" and (
        amount.written.number == "两" or (ahead != "" and ahead in "县市乡村镇区省组")
    )


def _within(text: str, amount: Amount) -> bool:
    suffix = suffix_at(text, amount.end)
    return suffix is not None and suffix["cue"].endswith("内")


def _bare(text: str, amount: Amount) -> bool:
    """Say whether a number without unit is one that a verb asks for, as in 立案155."""
    written = amount.written
    if amount.value is None or not BARE_AFTER.match(text, amount.end):
        return False
    if written.han or written.scale:
        return any(char in written.number + written.scale for char in "万亿") and (
            near_money(text, amount.start)
        )
    if amount.value >= 10**7 and not any(char in written.number for char in BIG):
        return False
    return BARE_BEFORE.search(text, max(0, amount.start - 1), amount.start) is not None
