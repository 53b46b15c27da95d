"""Finds the numbers that count nothing: idioms, names, ordinals, dates, codes, enumerators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from transforms.lexicon import rows
from transforms.model import Span, Suppression

BLANK = "\x00"  # stands for a masked character: no pattern takes it
HAN = "\u4e00-\u9fff"
NUMERALS = "0-9零〇一二两三四五六七八九十百千万亿几数"
SMALL_HAN = "[一二三四五六七八九十]"
COUNT = r"(?:[0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,7})"
TO = "(?:至|到|—{1,2}|[-–~～、和及])"
YEAR = "(?:19|20)[0-9]{2}"
HAN_YEAR = "[一二][零〇一二三四五六七八九]{3}"

# Rules that start at the number itself; what stands before it is told by a lookbehind. The first
# group that fits names the rule; `kind` is the part before the double underscore.
AT_NUMBER = (
    rf"(?P<date__iso>{YEAR}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?![0-9]))",
    rf"(?P<date__years>{YEAR} ?年?{TO}{YEAR} ?(?:学年度?|年度?)|{YEAR}[-—–~～至/]{{1,2}}[0-9]{{2,4}} ?(?:学年度?|年度?))",
    rf"(?P<date__year>(?:{YEAR}|{HAN_YEAR}) ?(?:年(?!产|薪|租|收)|学年))",
    r"(?P<date__short_year>[0-9]{2}年(?=[0-9]{1,2}月))",
    rf"(?P<date__month>[0-9]{{1,2}}(?:{TO}[0-9]{{1,2}}){{0,5}} ?月(?![均息])份?(?: ?[0-9]{{1,2}}(?:{TO}[0-9]{{1,2}}){{0,5}} ?[日号])?)",
    rf"(?P<date__han_month>{SMALL_HAN}{{1,2}}(?:{TO}{SMALL_HAN}{{1,2}}){{0,4}}月(?!均)(?:份|{SMALL_HAN}{{1,3}}[日号])?)",
    rf"(?P<date__day>[0-9]{{1,2}}(?:{TO}[0-9]{{1,2}}){{0,5}} ?日(?!内|以内|之内|元|币|均)|{SMALL_HAN}{{1,3}}日(?!内|以内|之内|元|币))",
    rf"(?P<date__quarter>[一二三四1-4](?:{TO}[一二三四1-4]){{0,3}}季度)",
    r"(?P<date__half>(?<=[上下])半[年月场])",
    rf"(?P<date__age>[0-9]{{2}}(?:、[0-9]{{2}}){{0,3}}(?:年代|后(?![{HAN}]{{0,2}}[0-9]))|(?:[0-9]{{2}}|{SMALL_HAN}{{1,3}})世纪)",
    rf"(?P<time__rolling>(?:(?<=近)|(?<=去)|(?<=来)|(?<=后)|(?<=前)|(?<=这)){COUNT}[余多]?年(?![级龄产度]|行动))",
    rf"(?P<time__elapsed>{COUNT}[余多]?年(?:以?来|前|后|间))",
    r"(?P<clock__time>(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?::[0-5][0-9])?(?![0-9]))",
    rf"(?P<clock__hour>{COUNT}[点时](?:半|许|整|钟|{COUNT}分|{COUNT}刻)|(?:(?<=[上下中]午)|(?<=凌晨)|(?<=[晚早]上)|(?<=[当每][晚日天]))[0-9]{{1,2}}[点时])",
    rf"(?P<ordinal__dated>{COUNT}号(?!召))",
    rf"(?P<ordinal__di>(?:(?<=第)|(?<=第 )){COUNT}(?:{TO}第?{COUNT}){{0,4}})",
    rf"(?P<ordinal__term>{COUNT}届(?!满))",
    rf"(?P<event__congress>(?:十[一二三四五六七八九]|二十[一二三四五]?)大(?![{HAN}]{{1,3}}案))",
    rf"(?P<event__session>{SMALL_HAN}{{1,3}}次(?:全会|全体会议|代表大会|党代会|集体学习))",
    rf"(?P<ordinal__round>(?<!了)(?<!展)(?<!成)(?<!织)(?<!共)(?<!行)(?<!后){SMALL_HAN}{{1,3}}轮(?=巡[视察]))",
    rf"(?P<ordinal__anniversary>{COUNT}周年)",
    r"(?P<code__formula>[0-9]{1,6}(?:[+＋×xX*][0-9A-Za-z]{1,6}){1,6})",
    r"(?P<code__ratio>[0-9]{1,6}(?:\.[0-9]{1,4})?[:：∶][0-9]{1,6}(?:\.[0-9]{1,4})?)",
    r"(?P<code__day_dot>[0-9]{1,2}[·•‧・][0-9]{1,2}(?![0-9%万亿元]))",
    r"(?P<code__phone>1[3-9][0-9]{9}(?![0-9])|0[0-9]{2,3}[-—－][0-9]{7,8}|[48]00-[0-9]{3,4}-?[0-9]{3,4}|[0-9]{3,4}-[0-9]{7,8})",
    r"(?P<code__letters>(?<=[A-Za-z])[0-9][0-9A-Za-z.\-]{0,40}|[0-9]{1,9}(?!kg|ml|mg|m2|km)[A-Za-z][0-9A-Za-z\-]{0,40}(?![0-9A-Za-z])(?<![lIOo]))",
    r"(?P<enumerator__line>(?:(?<=\n)|(?<=\n )|(?<![\s\S]))(?:[0-9]{1,2}[、.．)）](?![0-9])|[一二三四五六七八九十]{1,3}[、.．]))",
    r"(?P<enumerator__point>(?<=[ ：:；。）)])[0-9]{1,2}[.．](?=[^0-9\s]))",
    rf"(?P<enumerator__word>(?<![^，。；：、！？\s”）)]){SMALL_HAN}[要是则]|(?<=其){SMALL_HAN}(?=[是，、：]))",
    r"(?P<plural__again>一(?P<twice>.)(?P=twice))",
    rf"(?P<slogan__one_one>一[{HAN}]{{1,2}}一[{HAN}])",
    rf"(?P<slogan__some_one>[一二三四五六七八九十0-9]{{1,2}}个一(?![个批半]|[{HAN}]{{0,2}}元))",
)
# Rules that start at a mark or a literal.
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
    (r"附件[0-9一二三四五六七八九十]{1,2}", "furniture", "attachment"),
)
QUOTED = re.compile("“[^”“\n，。；！？]{1,14}”")
NUMBER_WITHIN = re.compile("[0-9零〇一二两三四五六七八九十百千万亿双半]")
FIGURE_WITHIN = re.compile(r"[0-9](?:%|[万亿]?元|余|多)|百分之")
HALF_QUOTED = re.compile(
    r"(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?:个|项|条|大|张|步|道|本|类|种|件|必)"
    r"[^，。；、“”《》！？\n0-9]{1,8}”"
)


def suppress(text: str) -> tuple[Suppression, ...]:
    """Return the idioms, titles, quoted names and other marked spans that hold numbers, in order."""
    return tuple(_marked(text))


def masked(text: str, suppressions: tuple[Suppression, ...]) -> str:
    """Return the text with the spans blanked out; every offset stays what it was."""
    if not suppressions:
        return text
    pieces, last = [], 0
    for found in suppressions:
        span = found.span
        pieces += (text[last : span.start], BLANK * (span.end - span.start))
        last = span.end
    return "".join((*pieces, text[last:]))


def at_number(text: str, offset: int) -> Suppression | None:
    """Say whether the number that starts at `offset` is none that counts, and by which rule."""
    found = _at_number().match(text, offset)
    if found is None:
        return _half_quoted(text, offset)
    kind, _, rule = (found.lastgroup or "").partition("__")
    if kind == "row":
        row = _number_rows()[int(rule)]
        kind, rule = row["kind"], row["idiom"]
    return Suppression(Span(*found.span()), kind, rule)


def _half_quoted(text: str, offset: int) -> Suppression | None:
    """Take the number of a name whose opening quote was lost: 10个带头从严”."""
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
def _at_number() -> re.Pattern[str]:
    lexical = (f"(?P<row__{n}>{row['idiom'][3:]})" for n, row in enumerate(_number_rows()))
    return re.compile("|".join((*lexical, *AT_NUMBER)))


@cache
def _mark_rules() -> dict[str, tuple[str, str]]:
    return {f"mark_{n}": (kind, rule) for n, (_, kind, rule) in enumerate(AT_MARK)}


@cache
def _at_mark() -> re.Pattern[str]:
    """Every branch starts with a literal: the search then skips by a set of first characters."""
    marks = [f"(?P<mark_{n}>{pattern})" for n, (pattern, _, _) in enumerate(AT_MARK)]
    quoted = f"(?P<quoted>{QUOTED.pattern})"
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
