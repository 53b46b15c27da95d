"""Find the head nouns of names: alone, joined to the next one, or some words after a quote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.making import quick
from transforms.patterns import alternatives
from transforms.programmes.words import (
    CLOSE,
    Head,
    head_ending,
    head_lengths,
    heads,
    plain_head,
    quoted_head,
    used,
)

QUOTE = re.compile(f"[{CLOSE}]")
DESCRIBED = frozenset({"ck_theme_activity", "ck_special_action", "ck_project", "ck_mechanism"})
GATHERED = frozenset({"ck_theme_activity", "ck_special_action", "ck_special_rectification"})
# 专项整治活动, 专项监督检查三年行动: what a named head may go on with.
TAIL = re.compile("(?:三年|百日|集中)?(?:攻坚)?(?:系列)?(?:活动|行动)(?!中心|安排|自觉|室|组)")
SPOKEN = frozenset("。！？!?；;…")  # 办好了。”区纪委监委的活动: a speech before, no name


@quick
@dataclass(frozen=True, slots=True)
class Found:
    """A head noun in the text."""

    start: int
    head: Head
    end: int


def head_nouns(text: str) -> list[Found]:
    """Return the head nouns: those that need no quote, and any beside or soon after a quote."""
    # 专项监督检查组 is a team, no check.
    known, found = heads(), dict[int, Head]()
    for match in plain_head().finditer(text):
        if not text.startswith("组", match.end()):
            found[match.start()] = known[match[0]]
    for mark in QUOTE.finditer(text):
        after = quoted_head().match(text, mark.end())
        if after:
            found[after.start()] = heads()[after[0]]
            _without_quoted(mark.start(), found)
        elif wider := _described(text, mark):
            found[mark.end()] = wider
        elif gathered := _gathered(text, mark):
            found[gathered.start] = gathered.head
        elif ending := head_ending(text, mark.start(), never=False):
            found[mark.start() - len(ending.word)] = ending
    return _joined(text, [_at(start, found[start]) for start in sorted(found)])


def _at(start: int, head: Head) -> Found:
    return Found(start, head, start + len(head.word))


def _without_quoted(close: int, found: dict[int, Head]) -> None:
    """Drop the head noun that ends a quote before another: “监督一点通”平台."""
    for length in head_lengths():
        start = close - length
        if start in found and start + len(found[start].word) == close:
            del found[start]


def _described(text: str, mark: re.Match[str]) -> Head | None:
    """Return 廉洁文化拜大年活动 after a quote: what sort of activity the quote names."""
    if text[mark.start() - 1] in SPOKEN:
        return None
    match = described().match(text, mark.end())
    if not match or match[0].endswith(never()):
        return None
    return Head(match[0], heads()[match["head"]].kind, "quoted")


def _gathered(text: str, mark: re.Match[str]) -> Found | None:
    """Return the head noun of “窗口办”“走流程”等活动."""
    if not text.startswith("等", mark.end()):
        return None
    after = quoted_head().match(text, mark.end() + 1)
    head = heads()[after[0]] if after else None
    return _at(mark.end() + 1, head) if head and head.kind in GATHERED else None


@cache
def described() -> re.Pattern[str]:
    """Match up to ten characters without a verb, and the head noun they describe."""
    nouns = {word for word, head in heads().items() if head.kind in DESCRIBED and _open(head)}
    apart = used("launch") | used("follow") | used("lead") - {"集中", "中"}
    apart |= set("为以于会都也讲") | {"专项", "整治", "治理", "问题", "突出"}
    stop = alternatives(apart)
    words = f"(?:(?!{stop})[\u4e00-\u9fff])"
    theme = "为主题(?:的|，?(?:集中|组织)?(?:开展|举办)(?:了|的)?)"
    return re.compile(
        f"(?:{theme}{words}{{1,16}}?|(?:主题)?{words}{{1,10}}?)(?P<head>{alternatives(nouns)})"
    )


def _open(head: Head) -> bool:
    return head.form in {"quoted", "listed"}


@cache
def never() -> tuple[str, ...]:
    """Return the words that end like a head noun and are none: 违法活动."""
    return tuple(word for word, head in heads().items() if head.form == "never")


def _joined(text: str, found: list[Found]) -> list[Found]:
    """Read 主题教育|实践活动 and 专项整治|活动 as one head noun each."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        touching = last and last.end == one.start and "never" not in {last.head.form, one.head.form}
        if last and touching:  # 安置工程|行动: the last one counts
            both = {last.head.form, one.head.form} == {"named"}
            whole = _at(last.start, _with(last.head, one.head.word, one.head.kind))
            joined[-1] = whole if both else one
        elif last is None or last.end <= one.start:
            joined.append(one)
        if joined[-1].head.form == "named" and (tail := TAIL.match(text, joined[-1].end)):
            last = joined[-1]
            joined[-1] = _at(last.start, _with(last.head, tail[0], last.head.kind))
    return joined


def _with(head: Head, word: str, kind: str) -> Head:
    return Head(head.word + word, kind, head.form)
