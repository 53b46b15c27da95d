"""Hears the words around an amount: approximators, currencies, and per what it is told."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from transforms.figures import approximators, unitwords
from transforms.figures.amounts import BARE_SCALE, Amount
from transforms.figures.approximators import Approximator
from transforms.figures.written import SP
from transforms.lexicon import rows
from transforms.patterns import alternatives

MONEY_NEAR = re.compile(r"[^，。；：、\n]{0,14}\Z")
FEW = 10  # 三干部 is no count, 300干部 is
SEPARATE = re.compile(r"(?:至少|最少|最多|至多)(?!的)[^，。；：、\n0-9]{1,6}\Z")
PER = re.compile(
    "每一?个?(人|户|天|日|月|年|周|次|亩|家|村|名|位|季度|小时|平方米|吨|斤|公斤|件|份|场|期|轮"
    "|半年|学期|车|瓶|桌|顿|台|套|头|股|票|星期|工作日)|([人户日月年村亩])均"
)
PER_TAIL = re.compile("/(人|户|天|日|月|年|亩|斤|公斤|吨|平方米|平米|次|小时|件|套|辆|股)")


def before(
    text: str, amount: Amount, floor: int = 0
) -> tuple[int, Approximator | None, str | None]:
    """Walk left over approximators and currencies; the nearest approximator is the one.

    `floor` is where the figure before ended: its 人民币 is not ours.
    """
    start = amount.start
    near: Approximator | None = None
    currency: str | None = None
    if text[start - 1 : start] not in prefix_ends():  # nothing stands before most numbers
        return start, _separate(text, start), None
    scale = bool(BARE_SCALE.fullmatch(amount.written.number)) or amount.written.unit is None
    for _ in range(4):
        if text[start - 1 : start] not in prefix_ends():
            break
        found = prefix_pattern(scale=scale).search(text, max(0, start - 6), start)
        if not found or found.start() < floor:
            break
        cue = prefix_cues().get(found["cue"] or "")
        if found["currency"]:
            if amount.unit not in (None, "元"):
                break
            currency = found["currency"]
            if text[found.start() - 1 : found.start()] == "合":
                break  # 折合人民币 is the verb's own
        near = near or cue
        if cue and not cue.in_surface:
            break
        start = found.start()
    if near is None:
        near = _separate(text, amount.start)
    return start, near, currency


def after(text: str, amount: Amount) -> tuple[int, Approximator | None]:
    """Return where the figure ends and the approximator behind it: 90%以上, 3天内."""
    found = suffix_at(text, amount.end)
    if not found:
        return amount.end, None
    cue = approximators.cues("suffix")[found["cue"]]
    timed = amount.dimension in ("duration", "workday")
    if (cue.cue == "内" and not timed) or (cue.cue == "多" and not timed and amount.unit != "倍"):
        return amount.end, None
    return found.end(), cue


def per_what(text: str, start: int, end: int) -> str | None:
    """Return what the figure is told per: 每人每月 → 人·月, 元/亩 → 亩."""
    tail = PER_TAIL.match(text, end) if text.startswith("/", end) else None
    if tail:
        return tail[1]
    low = max(0, start - 20)
    if text.rfind("每", low, start) < 0 and text.rfind("均", low, start) < 0:
        return None
    low = max(low, *(text.rfind(mark, low, start) for mark in "，。；：\n"))
    words: list[str] = []
    last = -1
    for found in PER.finditer(text, low, start):
        words = words if found.start() == last else []
        words.append(found[1] or found[2])
        last = found.end()
    return "·".join(words) or None


def _separate(text: str, start: int) -> Approximator | None:
    """Hear 至少 before a verb: 至少开展2次."""
    found = SEPARATE.search(text, max(0, start - 8), start)
    return prefix_cues().get(found[0][:2]) if found else None


def blurred(text: str, amount: Amount) -> bool:
    """Say whether an approximator stands at the amount: 百余, 近百, 上百, 亿元以上."""
    if amount.written.middle or amount.code or after(text, amount)[1]:
        return True
    found = prefix_pattern(scale=True).search(text, max(0, amount.start - 5), amount.start)
    return found is not None and found["currency"] is None


def near_money(text: str, start: int) -> bool:
    """Say whether the clause speaks of money before `start`: 争取资金3个多亿."""
    clause = MONEY_NEAR.search(text, max(0, start - 14), start)
    return bool(clause and _money_words().search(clause[0]))


def noun_unit(text: str, amount: Amount) -> str | None:
    """Return the unit of the noun a number counts with no classifier: 3.2万余群众 → 人."""
    if amount.value is None or amount.value < FEW:
        return None
    found = _nouns().match(text, amount.end)
    return _noun_units()[found[0]] if found else None


def bounded(
    cue: Approximator, value: Decimal, low: Decimal | None, high: Decimal | None, code: str | None
) -> tuple[Decimal | None, Decimal | None]:
    """Bound a value by a cue before or behind it; 约150余家 keeps what 余 says."""
    if code is not None:
        return low, high
    return cue.bounds(value)


@cache
def prefix_pattern(*, scale: bool) -> re.Pattern[str]:
    """Match what may stand directly before a number: approximators, currencies, 各."""
    cues = approximators.pattern("prefix")
    if scale:
        cues += "|" + approximators.pattern("scale_prefix")
    return re.compile(
        rf"(?:(?P<cue>{cues})|(?<![0-9])(?P<currency>{unitwords.currencies()}|[￥¥$])|各)"
        r"[ \t]{0,2}\Z"
    )


@cache
def prefix_cues() -> dict[str, Approximator]:
    """Return the approximators that stand before a number."""
    return approximators.cues("scale_prefix") | approximators.cues("prefix")


@cache
def prefix_ends() -> frozenset[str]:
    """Return the characters that what `prefix_pattern` matches ends with: a quick look first."""
    words = (*prefix_cues(), *unitwords.currencies().split("|"), *"各￥¥$ \t")
    return frozenset(word[-1] for word in words)


def suffix_at(text: str, offset: int) -> re.Match[str] | None:
    """Match the approximator behind a figure that ends at `offset`, if there is one."""
    if text[offset : offset + 1] not in _suffix_begins():
        return None
    return suffix_pattern().match(text, offset)


@cache
def _suffix_begins() -> frozenset[str]:
    return frozenset(cue[0] for cue in approximators.cues("suffix")) | frozenset(" \t（(")


@cache
def suffix_pattern() -> re.Pattern[str]:
    """Match the approximators that stand behind a figure."""
    return re.compile(rf"{SP}(?:（含(?:本数)?）|\(含\))?(?P<cue>{approximators.pattern('suffix')})")


@cache
def _noun_units() -> dict[str, str]:
    return {row["noun"]: row["unit"] for row in rows("counted_nouns.tsv")}


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(alternatives(_noun_units()))


@cache
def _money_words() -> re.Pattern[str]:
    return re.compile(alternatives(row["word"] for row in rows("money_words.tsv")))
