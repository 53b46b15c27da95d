"""Values a number with its unit: money in 元, shares in %, a list by the unit of its last."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.figures import approximators, unitwords
from transforms.figures.approximators import Approximator
from transforms.figures.numerals import LETTERS, parse_number, read_numeral
from transforms.figures.written import Written
from transforms.model import Span

BARE_SCALE = re.compile("[百千万亿萬億]+")
TENTHS = 10
LONGEST = 64  # characters; no count is written longer
SMALL_SHARE = Decimal("0.01")


class Amount(NamedTuple):
    """A number valued with its unit, before the words around it are heard."""

    start: int
    number_end: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    code: str | None
    unit: str | None
    dimension: str | None
    unit_span: Span | None
    written: Written
    flags: tuple[str, ...] = ()


def valued(written: Written) -> Amount | None:
    """Value what is written; None where the numeral cannot be read."""
    if len(written.number) > LONGEST:
        return _endless(written)
    if written.over is not None:
        return _fraction(written)
    quantity = _value(
        written.number, written.middle, written.scale, written.unit, written.tail, half=written.half
    )
    if quantity is None:
        return None
    value, low, high, code, flags = quantity
    name, dimension = _named(written)
    end = written.end
    if written.unit is None and not written.scale:
        end = written.number_end if not written.middle else written.end
    span = Span(written.unit_start, written.end) if written.unit else None
    bounds = (value, low, high, code)
    start = written.start
    return Amount(start, written.number_end, end, *bounds, name, dimension, span, written, flags)


def _named(written: Written) -> tuple[str | None, str | None]:
    """Return the unit a figure is given in and its dimension."""
    if written.unit is None:
        return None, None
    if written.currency:
        return currency_of(written.currency)
    if written.unit == "块" and written.han and re.search("[百千万]", written.number):
        return "元", "money"  # 三五百块 is money, 3块 are boards
    unit = unitwords.units().get(written.unit)
    return (unit.name, unit.dimension) if unit else (written.unit, None)


Valued = tuple[Decimal | None, Decimal | None, Decimal | None, str | None, tuple[str, ...]]


@lru_cache(maxsize=8192)
def _value(
    number: str, middle: str | None, scale: str, unit: str | None, tail: str | None, *, half: bool
) -> Valued | None:
    flags: tuple[str, ...] = ()
    plain = number.translate(LETTERS)
    if plain != number:
        flags = ("repaired",)
    numeral = read_numeral(plain)
    if numeral is None:
        return (None, None, None, None, ("out_of_range",)) if _too_long(plain) else None
    value, low, high, code = numeral.value, numeral.low, numeral.high, numeral.approximator
    factor = _scale(scale) * _unit_scale(unit, value)
    extra = Decimal("0.5") if half or tail == "半" else Decimal(0)
    if tail and tail != "半":
        extra = (parse_number(tail) or Decimal(0)) / 10
    value, low, high = (
        None if one is None else _tidy((one + extra) * factor) for one in (value, low, high)
    )
    if middle and value is not None:
        cue = approximators.cues("mid")[middle]
        low, high = cue.bounds(value)
        code = cue.code
    return value, low, high, code, flags


def _endless(written: Written) -> Amount | None:
    """Keep a run of digits no count can have, without a value; drop any other long run."""
    if not _too_long(written.number):
        return None
    short = valued(written._replace(number="1" * LONGEST))
    return short._replace(written=written) if short else None


def _too_long(number: str) -> bool:
    return re.fullmatch(r"[-−]?[0-9.,，]+[万亿千百]*", number) is not None


def _scale(scale: str) -> Decimal:
    return (parse_number("一" + scale) or Decimal(1)) if scale else Decimal(1)


def _unit_scale(unit: str | None, value: Decimal | None) -> Decimal:
    found = unitwords.units().get(unit or "")
    if found is None:
        return Decimal(1)
    if unit == "折" and value is not None and value > TENTHS:
        return Decimal(1)  # 75折 is 7.5 tenths
    return found.scale


def _tidy(value: Decimal) -> Decimal:
    """Drop zeros behind the point: 1.5亿 is 150000000, not 150000000.0."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _fraction(written: Written) -> Amount | None:
    """Read 三分之二 and 百分之五 as percentages."""
    base, top = parse_number(written.number), read_numeral(written.over or "")
    if not base or top is None:
        return None
    value, low, high = (
        None if one is None else _share(one, base) for one in (top.value, top.low, top.high)
    )
    return Amount(
        start=written.start,
        number_end=written.number_end,
        end=written.end,
        value=value,
        low=low,
        high=high,
        code=top.approximator,
        unit="%",
        dimension="ratio",
        unit_span=None,
        written=written._replace(unit="%", number=f"{written.number}分之{written.over}"),
    )


def _share(top: Decimal, base: Decimal) -> Decimal:
    exact = top / base * 100
    return _tidy(round(exact, 4) if abs(exact) > SMALL_SHARE else exact)


def fixed(found: re.Match[str]) -> Amount:
    """Read a word that is number and unit in one: 过半, 翻番."""
    cue = _fixed_cues()[found[0]]
    lower = Decimal(cue.lower)
    upper = Decimal(cue.upper) if cue.upper else None
    multiple = cue.position == "multiple"
    return Amount(
        start=found.start(),
        number_end=found.end(),
        end=found.end(),
        value=lower,
        low=lower,
        high=upper,
        code=None if cue.code == "exact" else cue.code,
        unit="倍" if multiple else "%",
        dimension="ratio",
        unit_span=None,
        written=Written(found.start(), found.end(), found.end(), found[0], unit="%"),
    )


def between(first: Amount, last: Amount) -> Amount:
    """Make one range of two amounts, or leave the first alone where they make none."""
    if first.unit is not None and first.unit != last.unit:
        return first
    low, high = first.low, last.high
    if low is None or high is None:
        return first
    if first.unit is None:
        low = _lifted(first, last)
    if low > high:
        return first
    return last._replace(
        start=first.start,
        value=None,
        low=low,
        high=high,
        code="range",
        written=last.written._replace(number=first.written.number + last.written.number),
    )


def _lifted(first: Amount, last: Amount) -> Decimal:
    """Lend the first end of a range the scale of the last: 3至5万元."""
    low = first.low or Decimal(0)
    unit = _unit_scale(last.written.unit, first.value)
    scale = re.search("[百千万亿佰仟萬億]+$", last.written.number)
    own = re.search("[百千万亿佰仟萬億]", first.written.number)
    whole = (last.high or Decimal(0)) / unit
    if scale and not BARE_SCALE.fullmatch(last.written.number):
        factor = _scale(scale[0] if not own else "".join(c for c in scale[0] if c in "万亿萬億"))
        big_own = own and any(char in "万亿萬億" for char in first.written.number)
        if not big_own and low < whole / factor:
            low *= factor
    return _tidy(low * unit)


def sharing(one: Amount, last: Amount) -> Amount:
    """Give a number of a list the unit and scale of its last: 12、7.5、3万元."""
    unit = _unit_scale(last.written.unit, one.value)
    scale = re.search("[百千万亿]+$", last.written.number)
    own = re.search("[百千万亿]", one.written.number)
    factor = unit * (_scale(scale[0]) if scale and not own else Decimal(1))
    value, low, high = (
        None if number is None else _tidy(number * factor)
        for number in (one.value, one.low, one.high)
    )
    return one._replace(
        value=value,
        low=low,
        high=high,
        unit=last.unit,
        dimension=last.dimension,
        written=one.written._replace(unit=last.written.unit),
        flags=(*one.flags, "unit_shared"),
    )


def currency_of(word: str) -> tuple[str, str]:
    """Return the unit and dimension of a word for money; 元 for 人民币 and ￥."""
    word = "美元" if word == "$" else word
    unit = unitwords.units().get(word)
    return (unit.name, unit.dimension) if unit else ("元", "money")


@cache
def _fixed_cues() -> dict[str, Approximator]:
    return approximators.cues("whole") | approximators.cues("multiple")


@cache
def whole() -> re.Pattern[str]:
    """Match the words that are number and unit in one."""
    return re.compile(approximators.pattern("whole") + "|" + approximators.pattern("multiple"))


@cache
def whole_begins() -> frozenset[str]:
    """Return the characters that `whole` begins with: a quick look before the long one."""
    return frozenset(word[0] for word in _fixed_cues())
