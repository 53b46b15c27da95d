"""Reads a written numeral, Arabic, Chinese or both at once, as a Decimal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

DIGITS = {char: index for index, char in enumerate("零一二三四五六七八九")} | {
    char: index for index, char in enumerate("〇壹贰叁肆伍陆柒捌玖")
}
DIGITS |= {"两": 2, "兩": 2, "俩": 2, "倆": 2, "貳": 2, "參": 3, "陸": 6, "幺": 1}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG = {
    "万": 10**4,
    "亿": 10**8,
    "兆": 10**12,
    "萬": 10**4,
    "億": 10**8,
}
VARIANTS = str.maketrans({"點": "点", "廿": "二十", "卅": "三十", "−": "-", "－": "-", "負": "负"})
LETTERS = str.maketrans("lIOo", "1100")  # what a scanner or a tired typist puts for 1 and 0
HALF = Decimal("0.5")
SIGNS = ("-", "负")
LONGEST = 16  # digits before the point; a longer run is an identifier, not a count
ARABIC = re.compile(r"[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?")
GROUPED = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?")
TOKEN = re.compile(r"[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?|.")
POSITIONAL = re.compile(f"[{''.join(DIGITS)}]{{2,}}")
POINTED = re.compile(f"([{''.join(DIGITS)}0-9]+)([十百千万亿萬億兆]*)")
PAIR = re.compile(
    r"(?<![一二两三四五六七八九])([一二两三四五六七八])([二两三四五六七八九])(?![一二两三四五六七八九点])"
)
VAGUE = re.compile("[几幾数數]([十百千万亿萬億]?)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says: one value, or only the bounds of it (几十, 七八个)."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    approximator: str | None = None


@lru_cache(maxsize=8192)
def read_numeral(surface: str) -> Numeral | None:
    """Read a numeral that may be vague: 十几 → 11–19, 数百 → 200–999, 七八十 → 70–80.

    None where the surface is not a numeral or is longer than any count.
    """
    text = _plain(surface)
    if text == "半":
        return Numeral(HALF, HALF, HALF)
    if VAGUE.search(text):
        if text[:1] in SIGNS:
            return None  # nobody owes 几
        return _between(_vague(text, 0), _vague(text, 1), "indefinite")
    pair = PAIR.search(text)
    if pair:
        first, second = DIGITS[pair[1]], DIGITS[pair[2]]
        if second == first + 1 or (first, second) == (3, 5):
            return _pair(text, pair)
    value = parse_number(text)
    return None if value is None else Numeral(value, value, value)


@lru_cache(maxsize=8192)
def parse_number(surface: str) -> Decimal | None:
    """Return the value of one exact numeral: 1.5亿, 3万2千, 一百零五, 二〇二〇; else None."""
    text = _plain(surface)
    if text[:1] in SIGNS:
        inner = parse_number(text[1:]) if text[1:2] not in SIGNS else None
        return None if inner is None else -inner
    if ARABIC.fullmatch(text):
        return _arabic(text)
    if POSITIONAL.fullmatch(text):
        return (
            Decimal("".join(str(DIGITS[char]) for char in text)) if len(text) <= LONGEST else None
        )
    if "分之" in text:
        return _fraction(text)
    if "点" in text:
        return _pointed(text)
    return _scaled(text)


def place(value: Decimal) -> Decimal:
    """Return the place of the last digit that is not zero: 870万 → 10万, 1.5 → 0.1."""
    if not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** int(exponent)


def _plain(surface: str) -> str:
    """Drop spaces and bring variant characters to one form."""
    return "".join(surface.split()).translate(VARIANTS)


def _arabic(text: str) -> Decimal | None:
    if ("," in text or "，" in text) and not GROUPED.fullmatch(text):
        return None
    digits = text.replace(",", "").replace("，", "")
    whole = digits.partition(".")[0]
    return Decimal(digits) if len(whole) <= LONGEST else None


def _fraction(text: str) -> Decimal | None:
    """Read 三分之二, and 三又二分之一 with its whole."""
    whole_part, _, rest = text.rpartition("又")
    below, _, above = rest.partition("分之")
    whole = parse_number(whole_part) if whole_part else Decimal(0)
    base, top = parse_number(below), parse_number(above)
    return None if not base or top is None or whole is None else whole + top / base


def _pointed(text: str) -> Decimal | None:
    """Read 九十八点六, and 一点五亿 where the scale stands behind the fraction."""
    left, _, right = text.partition("点")
    found = POINTED.fullmatch(right)
    whole = parse_number(left)
    if not found or whole is None:
        return None
    digits = "".join(str(DIGITS.get(char, char)) for char in found[1])
    value = whole + Decimal(f"0.{digits}")
    scale = _scaled("一" + found[2]) if found[2] else Decimal(1)
    return None if scale is None else value * scale


@dataclass(slots=True)
class _Sum:
    """The running sums of a scaled numeral: 总 + 节 + 当前 digit."""

    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    current: Decimal | None = None
    small: int = 10**9  # the last 十百千 of the section: they must descend
    big: int = 0
    last: int = 0  # the scale just before, for 三万五 = 35000
    broken: bool = False  # a fraction was scaled: nothing may follow (10.1万零100)


def _scaled(text: str) -> Decimal | None:
    """Read a numeral with 十百千万亿; None where its parts do not fit together."""
    sums = _Sum()
    tokens = TOKEN.findall(text)
    if not tokens:
        return None
    for token in tokens:
        if not _take(sums, token):
            return None
    return _finish(sums, tokens[-1])


def _take(sums: _Sum, token: str) -> bool:
    if token in ("零", "〇"):
        fits = sums.current is None
        sums.last = 0
        if fits and not (sums.total or sums.section):
            sums.current = None
        return fits and not sums.broken
    if token in SMALL:
        return _take_small(sums, SMALL[token])
    if token in BIG:
        return _take_big(sums, BIG[token])
    value = _arabic(token) if token[0].isascii() and token[0].isdigit() else None
    value = Decimal(DIGITS[token]) if token in DIGITS else value
    if value is None or sums.current is not None or sums.broken:
        return False
    sums.current = value
    return True


def _take_small(sums: _Sum, scale: int) -> bool:
    if scale >= sums.small:
        return False
    sums.section += (Decimal(1) if sums.current is None else sums.current) * scale
    sums.current, sums.small, sums.last = None, scale, scale
    return True


def _take_big(sums: _Sum, scale: int) -> bool:
    section = sums.section + (sums.current or 0)
    if section != section.to_integral_value() and sums.total:
        return False
    if sums.big and scale >= sums.big:
        sums.total = (sums.total + section) * scale
    elif section or not sums.total:
        sums.total += (section or Decimal(1)) * scale
    else:
        return False
    sums.broken = section != section.to_integral_value()
    sums.section, sums.current, sums.small = Decimal(0), None, 10**9
    sums.big, sums.last = scale, scale
    return True


def _finish(sums: _Sum, token: str) -> Decimal | None:
    rest = sums.current or Decimal(0)
    shorthand = sums.last > SMALL["十"] and rest and len(token) == 1  # 三万五, 一百二
    value = sums.total + sums.section + rest * (Decimal(sums.last) / 10 if shorthand else 1)
    return value if len(str(int(value))) <= LONGEST + 4 else None


def _vague(text: str, side: int) -> Decimal | None:
    """Put the least or the greatest digit for 几 and 数, and read the result."""

    def digit(found: re.Match[str]) -> str:
        scale = found[1]
        lowest = "二" if found.start() == 0 else "一"
        if side == 0:
            return lowest + scale
        tails = {"十": "九", "百": "九十九", "千": "九百九十九"}
        return "九" + scale + tails.get(scale, "")

    return parse_number(VAGUE.sub(digit, text))


def _pair(text: str, pair: re.Match[str]) -> Numeral | None:
    ends = (text[: pair.start()] + pair[n] + text[pair.end() :] for n in (1, 2))
    low, high = (parse_number(end) for end in ends)
    return _between(low, high, "range")


def _between(low: Decimal | None, high: Decimal | None, code: str) -> Numeral | None:
    return None if low is None or high is None else Numeral(None, low, high, code)
