"""The grammar of written time: regexes of points, ranges, rolling spans and holidays."""

from __future__ import annotations

import re
from functools import cache

from transforms.patterns import alternatives
from transforms.periods.anchors import holidays, seasons, words

CHINESE = "〇零○一二三四五六七八九"
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
N2 = r"(?:[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
SMALL = "(?:[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
YEAR4 = rf"(?:[12][0-9]{{3}}|[一二][{CHINESE}]{{3}})"
DASH = r"[ ]?(?:至|到|[-—–－~～]{1,2})[ ]?"
AFTER_DIGITS = "年月日天周星季个小分工至到、./ —–－~～-"  # what stands after the digits of a time
YEAR_RULES = frozenset({"year", "context_year"})
OPEN, CLOSE = "“\"‘'「『", "”\"’'」』"
SPANS = r"(?P<u{0}>年|个季度|个多月|个月|个星期|星期|周|天|日)"

_MONTHS = (
    rf"(?P<m1>{N2})[ ]?(?:月份?)?(?:{DASH}|(?<=[0-9])、)(?P<m2>{N2})[ ]?月份?(?![ ]?{N2}[日号])"
)
_MONTH = (
    rf"(?P<month>{N2})[ ]?月份?(?:[ ]?(?P<day>{N2})[ ]?[日号]|(?!三))"
    r"(?P<third>[上中下]旬|底|末|初)?"
)
_QUARTER = (
    r"(?:第?(?P<q1>[一二三1-3])[-—–~～至到]第?(?P<q2>[二三四2-4])个?季度"
    r"|第?(?P<quarter>[一二三四1-4])个?季度|(?P<first>首)个?季度?(?![次个])"
    r"|[前头](?P<quarters>[二两三23])个?季度)[末底]?"
)
_PART = (
    rf"(?:(?P<half>[上下])半年|{_QUARTER}|[前头](?P<firstm>{N2}|两)个?月|{_MONTHS}|{_MONTH}"
    r"|(?P<whole>全年)|(?P<place>年底|年末|(?<=年)岁末|(?<!岁末)年初))"
)


def number(text: str) -> int:
    """Read a small numeral: 12, 十二, 三十一, 两, 二〇二〇; 半 is not one."""
    if text.isascii():
        return int(text)
    if "十" not in text:
        return int("".join(str(DIGITS[char]) for char in text))
    tens, _, ones = text.partition("十")
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)


def relative_years() -> str:
    """Return an alternation of 今年, 去年, 同年 … as the lexicon lists them."""
    return alternatives({p for p, w in words().items() if w.rule in YEAR_RULES})


@cache
def point() -> re.Pattern[str]:
    """Match one point of time: a year, a part of a year, or both (去年5月, 2020年第三季度末)."""
    short = rf"[0-9]{{2}}|[〇零][{CHINESE}]"
    year = (
        rf"(?:(?<![0-9.〔\[])(?P<year>{YEAR4})[ ]?年度?"
        rf"|(?P<ryear>{relative_years()})(?!级|龄|代|轻)"
        r"|(?<![0-9.第])(?:(?<![一-龥])|(?<=[至到于从自在]))"
        rf"(?P<yy>{short})[ ]?年(?=[ ]?{N2}[ ]?月)"
        rf"|(?<![0-9.第])(?P<yy0>0[0-9]|[〇零][{CHINESE}])[ ]?年)"
    )
    years = rf"(?<![0-9.])(?P<y1>{YEAR4})[ ]?年?{DASH}(?P<y2>{YEAR4})[ ]?年度?(?![ ]?{N2}月)"
    iso = (
        r"(?<![0-9A-Za-z/._])(?P<iy>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<im>[0-9]{1,2})"
        r"(?P=sep)(?P<id>[0-9]{1,2})(?![0-9/]|\.[0-9])"
    )
    part = rf"(?<![0-9.每逐个第数几{CHINESE}十])(?:{_PART})"
    named = re.sub(r"\?P<(\w+)>", r"?P<b_\1>", part)
    after = re.sub(r"\(\?<![^)]*\)", "", _PART)
    return re.compile(
        rf"{years}|{iso}|{year}(?:[ 的]{{0,2}}(?:{after})|(?P<edge>年?[初底末]))?|{named}"
    )


@cache
def bare_parts() -> tuple[tuple[str, str], ...]:
    """Return the groups of `point` that hold a part of a year not named, and the part's name."""
    names = (name for name in point().groupindex if name.startswith("b_"))
    return tuple((name, name.removeprefix("b_")) for name in names)


@cache
def day_only() -> re.Pattern[str]:
    """Match the second end of a range that repeats no month: 3月5日至7日."""
    return re.compile(rf"(?P<day>{N2})[ ]?[日号]")


@cache
def dash() -> re.Pattern[str]:
    """Match what joins the two ends of a range."""
    return re.compile(DASH)


@cache
def rolling() -> re.Pattern[str]:
    """Match spans that roll with the publication: 近三年, 三年来, 三年前, 三个月后, 未来两天."""
    n = rf"(?P<n{{0}}>[1-9][0-9]?|{SMALL}|半|几|多|数|些)[ ]?"
    span = n + SPANS
    recent = rf"(?:近|过去|最近|这)的?[ ]?{span.format(1)}(?:多|间)?(?:以来|来|里|间)?"
    weeks = r"个星期|星期|周|天"
    last = rf"(?:上|(?<![一-龥])前(?!.{{1,4}}个月))[ ]?{n.format(2)}(?P<u2>个月|{weeks})(?![前后])"
    ahead = rf"(?:未来|今后|接下来的?|(?<![一-龥])后)[ ]?{span.format(3)}"
    since = rf"{span.format(4)}多?(?:以来|来(?![访信电函自源到往]))"
    ago = rf"{span.format(5)}多?[之以]?前"
    later = rf"{n.format(6)}(?:年|个月|个?星期|周|天|日|个?小时|分钟|个工作日)[之以]?后"
    counted = rf"(?<![0-9.第两{CHINESE}十百千万])(?:{last}|{ahead}|{since}|{ago}|{later})"
    return re.compile(rf"{recent}|{counted}")


@cache
def holiday() -> re.Pattern[str]:
    """Match a public holiday or a pair of them with the word that makes it a time."""
    names = alternatives(set(holidays()) | {"两节", "双节"})
    mark = rf"[{OPEN}{CLOSE}]?"
    return re.compile(
        rf"{mark}(?P<h1>{names}){mark}(?:[、和及与至暨·]?{mark}(?P<h2>{names}){mark})?"
        rf"(?P<off>(?:{mark}(?:两节|双节|假期|假日|节日|节假日|小长假|长假|黄金周|佳节){mark}){{0,2}})"
        r"(?P<tail>期间|前后|前夕|节前|节后|之前|之后|以来|前|后)?"
    )


@cache
def season() -> re.Pattern[str]:
    """Match a season of work with 期间."""
    return re.compile(rf"(?P<name>{alternatives(set(seasons()))})(?:期间|以来)")


@cache
def word() -> re.Pattern[str]:
    """Match the fixed time words that are no year word."""
    chosen = {p for p, w in words().items() if w.rule not in YEAR_RULES}
    return re.compile(rf"(?P<word>{alternatives(chosen)})(?P<weekend>末)?")


@cache
def openings() -> dict[str, frozenset[str]]:
    """Return the characters that may open each kind of expression."""
    small = set("0123456789十两") | set(CHINESE)
    years = {p for p, w in words().items() if w.rule in YEAR_RULES}
    return {
        "rolling": frozenset(small | set("近过最这上前未今接后半几多数")),
        "word": frozenset(p[0] for p in words() if p not in years),
        "point": frozenset(small | {p[0] for p in years} | set("第首前头上下全年")),
        "holiday": frozenset({p[0] for p in holidays()} | set("两双") | set(OPEN)),
        "season": frozenset(p[0] for p in seasons()),
        "event": frozenset("以期时"),
    }


@cache
def starts() -> re.Pattern[str]:
    """Match where a time may begin: one character that may open one, before one that may follow."""
    names = [
        *words(),
        *holidays(),
        *seasons(),
        "以来",
        "期间",
        "全年",
        "年底",
        "年末",
        "年初",
        "两节",
    ]
    following = {name[1] for name in names} | {name[0] for name in holidays()} | set(CHINESE)
    following |= set("0123456789十百季半年月周星天日个去的 -—–－~～至到几数多些两节")
    opening = frozenset().union(*openings().values())
    # Every expression that begins with a digit begins with the first of its run, of four at most.
    digits = f"(?<=[0-9])(?<![0-9][0-9])(?=[0-9]{{0,3}}[{AFTER_DIGITS}])"
    return re.compile(f"[{_class(opening)}](?:(?<![0-9])(?=[{_class(following)}])|{digits})")


def _class(chars: set[str] | frozenset[str]) -> str:
    return re.escape("".join(sorted(chars)))
