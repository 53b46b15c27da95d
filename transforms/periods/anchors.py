"""The time words of anchors.tsv: congresses, laws, campaigns, plans, holidays, relative words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from transforms.errors import LexiconError
from transforms.lexicon import listed, rows
from transforms.periods.days import Days

DATED = {"since_start", "since_end"}
# What may stand between a name and 以来: 党的二十大召开以来, 党史学习教育开展以来.
HAPPENED = (
    "胜利召开", "隆重召开", "召开", "闭幕", "开幕", "开展", "启动", "实施", "施行", "部署", "出台",
    "颁布", "印发", "成立", "发生", "打响",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anchor:
    """An event with known days; 以来 counts from its first day, or from its last (`since_end`)."""

    code: str
    start: date
    end: date | None
    since_end: bool
    scope: str

    @property
    def since(self) -> date:
        """The day from which 以来 counts."""
        return self.end if self.since_end and self.end else self.start


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A fixed time word and the rule that resolves it: ytd, year:-1, vague or now."""

    code: str
    rule: str
    shift: int


@cache
def anchors() -> dict[str, tuple[Anchor, ...]]:
    """Return the dated events by phrase, the earliest first; several may share a phrase."""
    found: dict[str, list[Anchor]] = defaultdict(list)
    for row in rows("anchors.tsv"):
        if row["rule"] in DATED:
            for phrase in listed(row["phrases"]):
                found[phrase].append(_anchor(row))
    return {phrase: tuple(sorted(group, key=_start)) for phrase, group in found.items()}


@cache
def holidays() -> dict[str, tuple[Days, ...]]:
    """Return the days off of each public holiday by name, the earliest first."""
    found: dict[str, list[Days]] = defaultdict(list)
    for row in rows("anchors.tsv"):
        if row["rule"] == "holiday":
            anchor = _anchor(row)
            for phrase in listed(row["phrases"]):
                found[phrase].append((anchor.start, anchor.end or anchor.start))
    return {phrase: tuple(sorted(days)) for phrase, days in found.items()}


@cache
def seasons() -> dict[str, tuple[str, str]]:
    """Return the month-days (MM-DD) at which the seasons of work begin and end, by phrase."""
    return {
        phrase: (row["start"], row["end"])
        for row in rows("anchors.tsv")
        if row["rule"] == "season"
        for phrase in listed(row["phrases"])
    }


@cache
def words() -> dict[str, TimeWord]:
    """Return the fixed time words by phrase."""
    fixed = DATED | {"holiday", "season", "grammar", "event", "joint"}
    return {
        phrase: TimeWord(row["code"], *_rule(row["rule"]))
        for row in rows("anchors.tsv")
        if row["rule"] not in fixed
        for phrase in listed(row["phrases"])
    }


def named_anchor(phrase: str, published: date | None) -> Anchor | None:
    """Return the latest event of that name that had begun by the day of publication.

    Where nothing of that name had begun yet, or no day is known and the name is shared, None.
    """
    group = anchors().get(phrase, ())
    if published is None:
        return group[0] if len(group) == 1 else None
    return next((anchor for anchor in reversed(group) if anchor.start <= published), None)


@cache
def _by_last_character() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for phrase in anchors():
        found[phrase[-1]].append(phrase)
    return {char: tuple(sorted(group, key=len, reverse=True)) for char, group in found.items()}


@cache
def last_characters() -> frozenset[str]:
    """Return the characters that the words of a dated event may end with."""
    return frozenset(_by_last_character()) | {verb[-1] for verb in HAPPENED}


@cache
def longest_phrase() -> int:
    """Return the length of the longest phrase of a dated event: how far to look back."""
    return max(map(len, anchors()))


def anchor_ending(text: str, published: date | None) -> tuple[Anchor, int] | None:
    """Return the event whose phrase `text` ends with, and the length of the words that name it.

    A verb may stand between the phrase and what follows: 党的二十大召开|以来.
    """
    verb = next((verb for verb in HAPPENED if text.endswith(verb)), "")
    for words_read in (text, text.removesuffix(verb)) if verb else (text,):
        for phrase in _by_last_character().get(words_read[-1:], ()):
            if words_read.endswith(phrase) and (anchor := named_anchor(phrase, published)):
                return anchor, len(phrase) + len(text) - len(words_read)
    return None


def _rule(text: str) -> tuple[str, int]:
    name, _, shift = text.partition(":")
    return name, int(shift or 0)


def _anchor(row: dict[str, str]) -> Anchor:
    try:
        start = date.fromisoformat(row["start"])
        end = date.fromisoformat(row["end"]) if row["end"] else None
    except ValueError as error:
        raise LexiconError(f"anchors.tsv, row {row['code']}: {error}") from error
    return Anchor(row["code"], start, end, row["rule"] == "since_end", row["scope"])


def _start(anchor: Anchor) -> date:
    return anchor.start
