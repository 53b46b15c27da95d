"""Finds the numbers that count nothing: idioms, names, ordinals, dates, codes, enumerators."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import cache

from transforms.lexicon import rows
from transforms.model import Span, Suppression
from transforms.patterns import starts

BLANK = "\x00"  # stands for a masked character: no pattern takes it
HAN = "\u4e00-\u9fff"
NUMERALS = "0-9零〇一二两三四五六七八九十百千万亿几数"
SMALL_HAN = "[一二三四五六七八九十]"
COUNT = r"(?:[0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,7})"
TO = "(?:至|到|—{1,2}|[-–~～、和及])"
YEAR = "(?:19|20)[0-9]{2}"
HAN_YEAR = "[一二][零〇一二三四五六七八九]{3}"

# Rules that start at the number itself. An empty group at the end names kind and rule, so that
# each branch starts with what it takes and the matcher can turn it down at the first character.
AT_DIGIT = (
    rf"{YEAR}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?![0-9])(?P<date__iso>)",
    rf"{YEAR} ?年?{TO}{YEAR} ?(?:学年度?|年度?)(?P<date__years>)",
    rf"{YEAR}[-—–~～至/]{{1,2}}[0-9]{{2,4}} ?(?:学年度?|年度?)(?P<date__school_years>)",
    rf"{YEAR} ?(?:年(?!产|薪|租|收)|学年)(?P<date__year>)",
    r"[0-9]{2}年(?=[0-9]{1,2}月)(?P<date__short_year>)",
    (
        rf"[0-9]{{1,2}}(?:{TO}[0-9]{{1,2}}){{0,5}} ?(?:月(?![均息])份?"
        rf"(?: ?[0-9]{{1,2}}(?:{TO}[0-9]{{1,2}}){{0,5}} ?[日号])?(?P<date__month>)"
        r"|日(?!内|以内|之内|[元圆币]|均)(?P<date__day>))"
    ),
    rf"[0-9]{{2}}(?:、[0-9]{{2}}){{0,3}}(?:年代|后(?![{HAN}]{{0,2}}[0-9]))(?P<date__age>)",
    r"(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?::[0-5][0-9])?(?![0-9])(?P<clock__time>)",
    r"[0-9]{1,6}(?:\.[0-9]{1,4})?[:：∶][0-9]{1,6}(?:\.[0-9]{1,4})?(?P<code__ratio>)",
    r"[0-9]{1,4}比[0-9]{1,4}(?![0-9.个名人件起家年月万亿%])(?P<code__to>)",
    r"[0-9]{1,6}(?:[+＋×xX*][0-9A-Za-z]{1,6}){1,6}(?P<code__formula>)",
    r"[0-9]{1,2}[·•‧・][0-9]{1,2}(?![0-9%万亿元])(?P<code__day_dot>)",
    (
        r"(?:1[3-9][0-9]{9}(?![0-9])|0[0-9]{2,3}[-—－][0-9]{7,8}|[48]00-[0-9]{3,4}-?[0-9]{3,4}"
        r"|[0-9]{3,4}-[0-9]{7,8})(?P<code__phone>)"
    ),
    (
        r"[0-9]{1,9}(?!kg|ml|mg|m[²³2]|km)[A-Za-z][0-9A-Za-z\-]{0,40}(?![0-9A-Za-z])(?<![lIOo])"
        r"(?P<code__letters>)"
    ),
    (
        r"[0-9]{1,2}(?:(?<=[\n ].)|(?<=[\n ]..)|(?<![\s\S]..)|(?<![\s\S].))[、.．)）](?![0-9])"
        r"(?P<enumerator__line>)"
    ),
    r"[0-9]{1,2}(?:(?<=[：:；。）)].)|(?<=[：:；。）)]..))[.．](?=[^0-9\s])(?P<enumerator__point>)",
)
AT_HAN = (
    rf"{HAN_YEAR} ?(?:年(?!产|薪|租|收)|学年)(?P<date__han_year>)",
    (
        rf"{SMALL_HAN}{{1,3}}(?:日(?!内|以内|之内|[元圆币])(?P<date__han_day>)"
        r"|次(?:全会|全体会议|代表大会|党代会|集体学习)(?P<event__session>))"
    ),
    (
        rf"{SMALL_HAN}{{1,2}}(?:{TO}{SMALL_HAN}{{1,2}}){{0,4}}月(?!均)"
        rf"(?:份|{SMALL_HAN}{{1,3}}[日号])?(?P<date__han_month>)"
    ),
    r"半(?<=[上下]半)[年月场](?P<date__half>)",
    rf"(?:十[一三四五六七八九]|二十[一二三四五]?)大(?![{HAN}]{{1,3}}案)(?P<event__congress>)",
    rf"{SMALL_HAN}{{1,3}}轮(?=巡[视察])(?<![了展成织共行后].轮)(?P<ordinal__round>)",
    r"[一二三四五六七八九十]{1,3}[、.．](?:(?<=\n..)|(?<=\n...)|(?<![\s\S]..))(?P<enumerator__han>)",
    rf"{SMALL_HAN}(?<![^，。；：、！？\s”）)].)[要是则](?P<enumerator__word>)",
    r"[一二三四五六七八九](?<=其.)(?=[是，、：])(?P<enumerator__among>)",
    r"一(?P<twice>.)(?P=twice)(?P<plural__again>)",
    rf"一[{HAN}]{{1,2}}一[{HAN}](?P<slogan__one_one>)",
)
AT_EITHER = (
    rf"[一二三四1-4](?:{TO}[一二三四1-4]){{0,3}}季度(?P<date__quarter>)",
    rf"[一二三四五六七八九十0-9]{{1,2}}个一(?![个批半]|[{HAN}]{{0,2}}元)(?P<slogan__some_one>)",
    (
        rf"{COUNT}(?:号(?!召)(?P<ordinal__dated>)|届(?!满)(?P<ordinal__term>)"
        r"|周年(?P<ordinal__anniversary>)|世纪(?P<date__century>)"
        r"|[余多]?年(?:以?来|前|后|间)(?P<time__elapsed>)"
        rf"|[点时](?:半|许|整|钟|{COUNT}[分刻]|(?={TO}{COUNT}[点时]))(?P<clock__hour>))"
    ),
)
# Rules told by the character before the number.
DI = re.compile(rf"{COUNT}万?(?:{TO}第?{COUNT}){{0,4}}")
ROLLING = re.compile(rf"{COUNT}[余多]?年(?![级龄产度]|行动)")
HOUR = re.compile("[0-9]{1,2}[点时](?:[0-9]{1,2}分|半|许|多)?")
# 整合APP12个: these are things that are counted, G72 and B2 are names.
LETTERED = re.compile(
    r"(?<!APP)(?<!App)(?<!KTV)(?<!LED)(?<!ATM)(?<!AED)(?<!PPT)[0-9][0-9A-Za-z.\-]{0,40}"
)
BEFORE: dict[str, tuple[re.Pattern[str], str, str]] = (
    dict.fromkeys("第", (DI, "ordinal", "di"))
    | dict.fromkeys("近去来后前这", (ROLLING, "time", "rolling"))
    | dict.fromkeys("午晨晚日天夜", (HOUR, "clock", "hour"))
    | dict.fromkeys(string.ascii_letters, (LETTERED, "code", "letters"))
)
TOLD_BEFORE = frozenset(BEFORE) | {" "}
# Rules that start at a mark or a literal: no group with branches may stand in front.
AT_MARK = (
    (r"https?://[^\s，。；）】》”]{1,400}", "code", "url"),
    (r"www\.[^\s，。；）】》”]{1,400}", "code", "url"),
    (r"《[^》\n]{1,60}》", "title", "book_title"),
    (rf"〔{YEAR}〕第?[0-9]{{0,5}}号?", "document", "number"),
    (rf"（{YEAR}）(?:[^，。；（\n]{{0,12}}[0-9]{{1,6}}号)?", "document", "year"),
    (rf"（(?:{SMALL_HAN}{{1,3}}|[0-9]{{1,2}})）", "enumerator", "bracket"),
    (rf"\((?:{SMALL_HAN}{{1,3}}|[0-9]{{1,2}})\)", "enumerator", "bracket"),
    (r"ISBN[ :：]?[0-9Xx\-]{1,20}", "code", "book_number"),
    (r"附件[:：][^\n]{0,80}", "furniture", "attachment"),
    *(
        (rf"{visit}(?:次数|量|数)[:：][ ]?[0-9]{{1,9}}次?", "furniture", "counter")
        for visit in ("浏览", "点击", "阅读", "访问")
    ),
    (r"附件[0-9一二三四五六七八九十]{1,2}", "furniture", "attachment"),
)
QUOTED = re.compile("“[^”“\n，。；！？]{1,14}”")
NUMBER_WITHIN = re.compile("[0-9零〇一二两三四五六七八九十百千万亿双半]")
# “走访企业61家” quotes a statement; “最多跑1次”, “10个带头” are names.
FIGURE_WITHIN = re.compile(
    r"[0-9](?:%|[万亿]?元|余|多)|百分之|[0-9]{2}(?:家|人|名|户|件|起|人次|件次|场)”"
)
HALF_QUOTED = re.compile(
    r"(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?:个|项|条|大|张|步|道|本|类|种|件|必)"
    r"[^，。；、“”《》！？\n0-9]{1,8}”"
)


def suppress(text: str) -> tuple[Suppression, ...]:
    """Return the idioms, titles and quoted names that hold numbers, in order."""
    return tuple(_marked(text))


def masked(text: str, suppressions: tuple[Suppression, ...]) -> str:
    """Return the text with the spans blanked out; every offset stays what it was."""
    if not suppressions:
        return text
    pieces: list[str] = []
    last = 0
    for found in suppressions:
        span = found.span
        pieces += (text[last : span.start], BLANK * (span.end - span.start))
        last = span.end
    return "".join((*pieces, text[last:]))


def at_number(text: str, offset: int) -> Suppression | None:
    """Say whether the number that starts at `offset` is none that counts, and by which rule."""
    if text[offset - 1 : offset] in TOLD_BEFORE and (told := _by_the_word_before(text, offset)):
        return told
    pattern = _at_digit() if "0" <= text[offset] <= "9" else _at_han()
    found = pattern.match(text, offset)
    if found is None:
        return _half_quoted(text, offset)
    kind, _, rule = (found.lastgroup or "").partition("__")
    if kind == "row":
        row = _number_rows()[int(rule)]
        kind, rule = row["kind"], row["idiom"]
    return Suppression(Span(*found.span()), kind, rule)


def _by_the_word_before(text: str, offset: int) -> Suppression | None:
    before = text[offset - 1 : offset] if offset else ""
    if before == " ":
        before = "第" if text[offset - 2 : offset - 1] == "第" else ""
    rule = BEFORE.get(before)
    found = rule[0].match(text, offset) if rule else None
    return Suppression(Span(*found.span()), rule[1], rule[2]) if rule and found else None


def _half_quoted(text: str, offset: int) -> Suppression | None:
    """Take the number of a name whose opening quote was lost: 10个带头从严”."""
    if text.find("”", offset, offset + 16) < 0:
        return None
    found = HALF_QUOTED.match(text, offset)
    if not found:
        return None
    opened = text.rfind("“", max(0, offset - 200), offset)
    if opened > text.rfind("”", max(0, offset - 200), offset):
        return None
    return Suppression(Span(*found.span()), "name", "half_quoted")


def _marked(text: str) -> Iterator[Suppression]:
    kinds = _mark_rules()
    for found in _at_mark().finditer(text):
        group = found.lastgroup
        if group == "quoted":
            if _names(found[0]):
                yield Suppression(Span(*found.span()), "name", "quoted")
        elif group is None:
            idiom = found[0]
            yield Suppression(Span(*found.span()), _idioms()[idiom], idiom)
        else:
            yield Suppression(Span(*found.span()), *kinds[group])


def _names(quoted: str) -> bool:
    """Say whether a quotation is a name with a number in it rather than a figure in quotes."""
    return bool(NUMBER_WITHIN.search(quoted)) and not FIGURE_WITHIN.search(quoted)


@cache
def _idioms() -> dict[str, str]:
    return {
        row["idiom"]: row["kind"]
        for row in rows("idioms.tsv")
        if not row["idiom"].startswith("RE:")
    }


@cache
def _number_rows() -> tuple[dict[str, str], ...]:
    """Return the patterns of the lexicon; each starts at its number."""
    return tuple(row for row in rows("idioms.tsv") if row["idiom"].startswith("RE:"))


@cache
def _at_digit() -> re.Pattern[str]:
    return _at_number(AT_DIGIT, digit=True)


@cache
def _at_han() -> re.Pattern[str]:
    return _at_number(AT_HAN, digit=False)


def _at_number(own: tuple[str, ...], *, digit: bool) -> re.Pattern[str]:
    """Join what may begin with a digit, or with a numeral of characters."""
    patterns = ((n, row["idiom"].removeprefix("RE:")) for n, row in enumerate(_number_rows()))
    lexical = (f"{one}(?P<row__{n}>)" for n, one in patterns if _may_begin(one, digit=digit))
    return re.compile("|".join((*lexical, *own, *AT_EITHER)))


def _may_begin(pattern: str, *, digit: bool) -> bool:
    return any(not char or char.isdigit() == digit for char in starts(pattern, 1))


@cache
def _mark_rules() -> dict[str, tuple[str, str]]:
    return {f"mark_{n}": (kind, rule) for n, (_, kind, rule) in enumerate(AT_MARK)}


@cache
def _at_mark() -> re.Pattern[str]:
    """Every branch starts with a literal: the search then skips by a set of first characters."""
    marks = [f"(?:{pattern})(?P<mark_{n}>)" for n, (pattern, _, _) in enumerate(AT_MARK)]
    quoted = f"{QUOTED.pattern}(?P<quoted>)"
    return re.compile("|".join((*_branches(_idioms()), *marks, quoted)))


def _branches(words: dict[str, str]) -> list[str]:
    """Return one branch a first character, longest word first; none begins within a numeral."""
    heads: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        heads.setdefault(word[0], []).append(word[1:])
    return [_branch(head, tails) for head, tails in heads.items()]


def _branch(head: str, tails: list[str]) -> str:
    first = re.escape(head)
    guard = f"(?<![{NUMERALS}]{first})" if re.match(f"[{NUMERALS}]", head) else ""
    return f"{first}{guard}(?:{'|'.join(re.escape(tail) for tail in tails)})"
