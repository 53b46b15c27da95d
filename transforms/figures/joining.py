"""Puts together what is one figure: 四年六个月, 123元1角, 3至5人, 500元以上2000元以下."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from transforms.figures import masks
from transforms.figures.amounts import Amount, between, valued
from transforms.figures.numerals import parse_number
from transforms.figures.written import LEAD, SP, number_at, written_at

INFIX = re.compile(
    rf"{SP}(?:（含）|\(含\))?(?:[至到–～~〜－]|—{{1,2}}|-{{1,2}}){SP}(?=[0-9{'一二两三四五六七八九十几百千'}])"
)
PART = re.compile("[零又]?")
COINS = {"角": Decimal("0.1"), "毛": Decimal("0.1"), "分": Decimal("0.01"), "分钱": Decimal("0.01")}
COIN = re.compile("[角毛]|分钱?(?!钟)")
COMPOUND = {
    ("年", "月"): 12,
    ("小时", "分钟"): 60,
    ("天", "小时"): 24,
}


def joined(text: str, amount: Amount) -> Amount:
    """Put together what is one figure: 四年六个月, 123元1角, 3至5人, 500元以上2000元以下."""
    if amount.unit == "元" or amount.written.unit == "块":
        amount = _coins(text, amount)
    elif amount.dimension == "duration" and amount.unit in ("年", "小时", "天"):
        amount = _compound(text, amount)
    return _range(text, amount)


def _coins(text: str, amount: Amount) -> Amount:
    while (written := number_at(text, amount.end)) and (coin := COIN.match(text, written.end())):
        number = parse_number(written[0])
        if number is None or amount.value is None:
            break
        value = amount.value + number * COINS[coin[0]]
        amount = amount._replace(
            value=value,
            low=value,
            high=value,
            end=coin.end(),
            unit="元",
            dimension="money",
            written=amount.written._replace(unit="元"),
        )
    return amount


def _compound(text: str, amount: Amount) -> Amount:
    joint = PART.match(text, amount.end)
    following = _plain_at(text, joint.end() if joint else amount.end)
    if following is None or amount.value is None or following.value is None:
        return amount
    factor = COMPOUND.get((amount.unit or "", following.unit or ""))
    if factor is None:
        return amount
    value = amount.value * factor + following.value
    return following._replace(start=amount.start, value=value, low=value, high=value)


def _plain_at(text: str, offset: int) -> Amount | None:
    if not LEAD.match(text, offset) or masks.at_number(text, offset):
        return None
    written = written_at(text, offset)
    return valued(written) if written else None


def _range(text: str, amount: Amount) -> Amount:
    infix = INFIX.match(text, amount.end)
    above = None if infix or not amount.unit else _above().match(text, amount.end)
    found = infix or above
    if not found:
        return amount
    following = _plain_at(text, found.end())
    if following is None or following.unit is None:
        return amount
    if above:
        below = _below().match(text, following.end)
        if not below and above[0][-1] not in "满足":
            return amount
        following = following._replace(end=below.end() if below else following.end)
    return between(amount, following)


@cache
def _above() -> re.Pattern[str]:
    return re.compile(rf"{SP}(?:（含）)?以上(?:、|但?不[满足])?(?=[0-9一二两三四五六七八九十])")


@cache
def _below() -> re.Pattern[str]:
    return re.compile(f"{SP}(?:（含）)?以[下内]")
