"""Reads one number with its unit, as written, at a place in the text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.figures import approximators, unitwords

SP = "[ \t]{0,4}"
HAN_DIGITS = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖貳參陸"
HAN_NUMERALS = HAN_DIGITS + "十百千万亿拾佰仟萬億兩廿卅兆几幾"
# (?>(?:…)*), not (?:…)*+: before Python 3.11.5 a possessive group fails where it may go back.
# A letter between digits is a slip of the hand (2O人); a comma parts groups of exactly three.
# ￥20，300美元 are two amounts: a full-width comma behind a currency sign only parts.
FULL_COMMA = "".join(f"(?<![￥¥$][0-9]{{{n}}})" for n in (1, 2, 3)) + "，"
# 补助1 200万元: a blank parts groups of exactly three as well, behind a word.
GAP = "|".join(f"(?<=[\u4e00-\u9fff][0-9]{{{n}}})" for n in (1, 2, 3))
ATOM = (
    r"(?:(?<![A-Za-z])[lI](?=[0-9]))?[0-9][0-9OolI]*+"
    rf"(?>(?:(?:,|{FULL_COMMA})[0-9]{{3}}(?![0-9])"
    rf"|(?:{GAP})[ \u00a0][0-9]{{3}}(?>(?:[ \u00a0][0-9]{{3}})*)(?![0-9 ]))*)(?>(?:\.[0-9]++)?)"
)
RUN = (
    rf"(?>(?:[{HAN_DIGITS}十万亿拾佰仟萬億兩廿卅几幾]|兆(?!瓦)|[数數](?=[十百千万亿])"
    rf"|千(?![克米瓦卡])|百(?![ \t]{{0,4}}分)|(?<![{HAN_NUMERALS}0-9])[百佰](?=[ \t]{{0,4}}分)"
    # print sets blanks into a numeral only beside its scales: 七 十 万
    r"|(?<=[十百千万亿])[ \t]{1,4}(?=[一二三四五六七八九])|[ \t]{1,4}(?=[十百千万亿](?!分)))+)"
    rf"(?>(?:{SP}[点點]{SP}(?=[{HAN_DIGITS}0-9])(?:[{HAN_DIGITS}]++|[0-9]++)[十百千万亿]*+)?)"
)
SIGN = (
    r"(?>(?:(?<![0-9A-Za-z\u4e00-\u9fff)）%\-—])[-−－](?=[0-9])"
    rf"|(?<![减減增担擔欠])[负負](?=[0-9{HAN_NUMERALS}]))?)"  # 减负5600万元 is no minus
)
HALVED = "半(?=[天年日成]|个月|个多月|小时|个小时|学期)|[数數](?=[余多]?[名家个户起件位条])"
NUMBER = rf"{SIGN}(?:{ATOM}|{RUN}|{HALVED})(?>(?:{SP}(?=[百千万亿萬億]){RUN}|{ATOM}|{RUN}){{0,8}})"
# The same where no blank stands at its beginning, in half the size: what is matched at each lead.
LEADING = rf"{SIGN}(?:(?![ \t])(?>(?:{ATOM}|(?:{SP}(?=[百千万亿萬億])|){RUN}){{1,9}})|{HALVED})"
PARTED = re.compile(f"{SP}分{SP}之{SP}")
BEFORE_OVER = frozenset("分 \t")
LETTER = re.compile(f"{SP}[A-Za-z]")
ARABIC = re.compile("[0-9]")
GE_UNITS = "月|小时|钟头|星期|工作日|百分点|季度|学期|年度"
# 负 is a sign only before a number, 过 a figure only in 过半: 负责 and 通过 are no place to look.
LEAD = re.compile(
    rf"[0-9lI{HAN_NUMERALS}数數半翻过负負−－-](?<!过(?!半))(?<![负負](?![0-9{HAN_NUMERALS}]))(?<![减減增担擔欠][负負])"
)


class Written(NamedTuple):
    """The parts of a figure by their offsets, before they are valued."""

    start: int
    number_end: int
    end: int
    number: str
    middle: str | None = None  # 余, 多, 来 between number and scale or unit
    scale: str = ""  # a scale behind an approximator: 387余万
    unit: str | None = None
    unit_start: int = 0
    tail: str | None = None  # 半 of 两年半 and 三成半, 五 of 四成五
    half: bool = False  # 一个半月
    over: str | None = None  # the numerator of 三分之二
    currency: str | None = None  # 30万元港币

    @property
    def han(self) -> bool:
        """Say whether the number is written without Arabic digits."""
        return ARABIC.search(self.number) is None


def written_at(text: str, offset: int) -> Written | None:
    """Return the number that starts at `offset` with its unit, None where none starts."""
    found = _figure().match(text, offset)
    if found is None:
        return None
    number, number_end = found[1], found.end(1)
    number = number if number.isalnum() else "".join(number.split())
    if text[number_end : number_end + 1] in BEFORE_OVER and (over := _over(text, number_end)):
        end = over.end()
        return Written(offset, end, end, number, unit_start=end, over=over[0])
    if found.end() == number_end:
        return Written(offset, number_end, number_end, number, unit_start=number_end)
    ge, tail, currency = found.group("ge", "tail", "currency")
    unit, unit_start = _unit(found)
    middle, ge_middle, bare_middle = found.group("middle", "ge_middle", "bare_middle")
    scale, ge_scale, bare_scale = found.group("scale", "ge_scale", "bare_scale")
    return Written(
        offset,
        number_end,
        found.end(),
        number,
        middle or ge_middle or bare_middle or _more(ge),
        scale or ge_scale or bare_scale or "",
        unit,
        unit_start,
        (tail.strip() or None) if tail else None,
        ge == "半",
        None,
        currency,
    )


def number_at(text: str, offset: int) -> re.Match[str] | None:
    """Return the number alone that starts at `offset`, blanks before a scale and all."""
    return _number().match(text, offset)


@cache
def _number() -> re.Pattern[str]:
    return re.compile(NUMBER)


def _over(text: str, end: int) -> re.Match[str] | None:
    """Return the numerator of a fraction whose denominator ends there: 三|分之二."""
    parted = PARTED.match(text, end)
    over = number_at(text, parted.end()) if parted else None
    return None if over is None or LETTER.match(text, over.end()) else over


def _unit(found: re.Match[str]) -> tuple[str | None, int]:
    """Return the unit as one writes it, without blanks, and where it starts."""
    unit, ge_money, ge_unit, units = found.group("unit", "ge_money", "ge_unit", "units")
    if unit:
        return (unit if unit.isalnum() else "".join(unit.split())), found.start("unit")
    if units:
        return units + "次", found.start("units")
    if ge_unit:
        return "个" + ge_unit, found.start("ge_unit")
    if ge_money:
        return ge_money, found.start("ge_money")
    return None, found.end()


def _more(word: str | None) -> str | None:
    """Return 多 of 两个多月; 半 is no approximator."""
    return word if word != "半" else None


@cache
def _figure() -> re.Pattern[str]:
    middle = approximators.pattern("mid")
    units = unitwords.pattern()
    return re.compile(
        rf"({LEADING})(?:"
        rf"{SP}个(?P<ge>半|{middle})(?P<ge_unit>{GE_UNITS})"
        rf"|{SP}个(?P<ge_middle>{middle})?(?P<ge_scale>[万亿]{{1,2}})"
        rf"(?P<ge_money>元|{unitwords.currencies()})?"
        rf"|(?:{SP}(?P<middle>{middle})(?:{SP}(?P<scale>[百千万亿萬億]{{1,2}})(?![克瓦]))?)?"
        rf"{SP}(?:(?P<units>[件人起户家批场条])[（(]次[）)]|{unitwords.COUNTED}(?P<unit>{units}))"
        rf"(?:(?<=[元圆])(?:整(?![改治个体顿合修])|正(?![是在当确])))?"
        rf"(?:(?<=[元圆])(?P<currency>{unitwords.currencies()}))?"
        rf"(?P<tail>半(?![年天个数])|(?<=成){SP}[一二三四五六七八九])?"
        rf"|{SP}(?P<bare_middle>{middle})(?:{SP}(?P<bare_scale>[百千万亿萬億]{{1,2}})(?![克瓦]))?"
        r")?"
    )
