"""The words of programmes: head nouns and their kinds, the verbs and marks that bound names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.lexicon import listed, rows
from transforms.patterns import alternatives

OPEN = '“‘「『"'
CLOSE = '”’」』"'
UNQUOTED = {ord(mark): None for mark in OPEN + CLOSE}
QUOTED = frozenset({"quoted", "after_quote"})
ORDER = "第(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[轮批次期]"  # of a check, not of its name
MARKS = frozenset("，,。；;：:！？!?.\n\r()（）《》…—●•【】[]>|")


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun of programme_heads.tsv.

    `form`: named (a name before it is enough) · quoted (needs a quote) ·
    after_quote (needs a quote that ends before it) · listed (a quote, or a list
    of its like) · counted (a quote, or a count: 59项任务清单) · strategy (a short name) · fixed (a
    name by itself) · titled (in 《》) · never (no programme).
    """

    word: str
    kind: str
    form: str


@cache
def heads() -> dict[str, Head]:
    """Return the head nouns by word."""
    return {
        row["head"]: Head(row["head"], row["kind"], row["form"])
        for row in rows("programme_heads.tsv")
    }


@cache
def used(use: str) -> frozenset[str]:
    """Return the words of programme_words.tsv of one use: launch, follow, lead or generic."""
    return frozenset(row["word"] for row in rows("programme_words.tsv") if row["use"] == use)


@cache
def known_names() -> dict[str, str]:
    """Return the national campaigns of anchors.tsv, which are names whatever stands before them."""
    return {
        phrase: row["code"]
        for row in rows("anchors.tsv")
        if row["kind"] == "campaign" and row["rule"] == "since_start"
        for phrase in listed(row["phrases"])
    }


@cache
def known_tuple() -> tuple[str, ...]:
    """Return the names of national campaigns, the longest first."""
    return tuple(sorted(known_names(), key=len, reverse=True))


@cache
def known_ending(word: str) -> bool:
    """Say whether the name of a national campaign may end where this head noun ends."""
    bare = word.translate(UNQUOTED)
    return any(name.endswith(bare) or bare.endswith(name) for name in known_tuple())


@cache
def plain_head() -> re.Pattern[str]:
    """Match the head nouns that may stand without a quote, and those that never are a programme."""
    chosen = {word for word, head in heads().items() if head.form not in QUOTED}
    return re.compile(alternatives(chosen))


@cache
def quoted_head() -> re.Pattern[str]:
    """Match any head noun: what may follow on a closing quote."""
    chosen = {word for word, head in heads().items() if head.form != "never"}
    # “我为群众办实事”监督工作 is what was done about it.
    return re.compile(f"(?!{alternatives(heads().keys() - chosen)})(?:{alternatives(chosen)})")


@cache
def head_lengths() -> tuple[int, ...]:
    """Return the lengths of head nouns, the longest first."""
    return tuple(sorted({len(word) for word in heads()}, reverse=True))


@cache
def _lengths_by_tail() -> dict[str, tuple[int, ...]]:
    """Return the lengths of head nouns by their last two characters, the longest first."""
    found: dict[str, set[int]] = {}
    for word in heads():
        found.setdefault(word[-2:], set()).add(len(word))
    return {tail: tuple(sorted(lengths, reverse=True)) for tail, lengths in found.items()}


def head_ending(text: str, end: int, *, never: bool = True) -> Head | None:
    """Return the longest head noun that ends at `end`, with or without those that never are one."""
    known = heads()
    for length in _lengths_by_tail().get(text[max(0, end - 2) : end], ()):
        head = known.get(text[max(0, end - length) : end])
        if head is not None and (never or head.form != "never"):
            return head
    return None


@cache
def bound(use: str) -> re.Pattern[str]:
    """Match the verbs a name begins after, and the words (`keep`) that hold their characters."""
    return re.compile(alternatives(set(used("keep") | used(use))))


@cache
def any_verb() -> re.Pattern[str]:
    """Match any verb that may stand before a name, and the words that hold their characters."""
    uses = ("keep", "launch", "follow", "create", "means")
    return re.compile(alternatives(frozenset[str]().union(*map(used, uses))))


@cache
def lead() -> re.Pattern[str]:
    """Match what a name does not begin with: 和, 全市, 2021年, 深入."""
    return re.compile(
        rf"(?!中[小央介国医药心])(?:20[0-9]{{2}}年度?|[0-9]{{1,2}}月份?|{ORDER}|{alternatives(set(used('lead')))})"
    )


@cache
def generic() -> re.Pattern[str]:
    """Match a run of words that do not make a name: 相关, 各类, 一系列, 3个."""
    count = "(?:[0-9]{1,4}|[一二三四五六七八九十两几多]{1,3})[个项次轮类名批张份]"
    return re.compile(
        rf"(?>(?:(?>{count}|[0-9]{{1,4}}|[{OPEN}{CLOSE} ]|{alternatives(set(used('generic')))}))*)"
    )


@cache
def verbal() -> re.Pattern[str]:
    """Match the verbs that show the words before a head noun to be a sentence, no name."""
    return re.compile(alternatives(set(used("verbal"))))


@cache
def shortening() -> re.Pattern[str]:
    """Match what points back to a programme named before: 该, 此次."""
    return re.compile(rf"(?:{alternatives(set(used('short')))})$")


@cache
def opening() -> re.Pattern[str]:
    """Match what may follow on a bare 专项行动 that points back: 开展以来, 聚焦."""
    return re.compile(alternatives(set(used("open"))))


@cache
def title() -> re.Pattern[str]:
    """Match a title in 《》 that ends as a rule, a list or a plan does."""
    ends = alternatives(set(used("rule")))
    return re.compile(
        rf"《(?P<name>[^《》\n]{{1,60}}?(?P<end>{ends}))(?:[(（][^《》()（）\n]{{1,16}}[)）])?[{CLOSE}]?》"
    )


@cache
def issuing() -> re.Pattern[str]:
    """Match the verb before a title that says the organ made it itself."""
    return re.compile(rf"(?:{alternatives(set(used('issue')))})了?[^，。；、\n《》]{{0,6}}$")


def last_verb(text: str, use: str) -> int:
    """Return where the last verb of that use ends in `text`, or -1."""
    end, verbs = -1, used(use)
    for match in bound(use).finditer(text):
        if match[0] in verbs:
            end = match.end()
    return end


def verb_at(text: str, at: int) -> re.Match[str] | None:
    """Match a verb at `at` that still stands before a name: 落实强首府战略."""
    match = bound("follow").match(text, at)
    return match if match and match[0] in used("follow") else None


def is_generic(core: str) -> bool:
    """Say whether nothing of a name is left once the words of everyday are taken out."""
    return generic().fullmatch(core) is not None
