"""Runs many patterns over a text at the cost of a few: each is tried only where it can begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from string import digits
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")
ASSERTION = re.compile(r"\(\?(?:<[!=]|[!=])[^()]*\)")
QUANTIFIER = re.compile(r"[?*+]\??|\{[0-9,]+\}\??")
REPEATED = re.compile(r"\{1,([0-9]+)\}(?![?+])")  # once at least
TIMES = re.compile(r"\{([1-9])(?:,[0-9]+)?\}(?![?+])")
GUARD = re.compile(r"\(\?<[!=](?:\[[^\]]*\]|[^()\[\]|\\])*\)")  # a look behind without branches
CLASS = re.compile(r"\[(?:[^\]\^\-\\]|\\n)+\]")
LITERAL = re.compile(r"(?:[^()\[\]{}?*+.|^$\\]|\\[^A-Za-z0-9])(?![?*+{])")
WIDE = re.compile(r"\[\^|\[[^\]]*-|\\[A-Za-z]|\.")  # what stands for characters not written
LOOK = 2  # characters a pattern is known by


class Found(NamedTuple, Generic[Row]):
    """One match and the row whose pattern gave it."""

    start: int
    end: int
    row: Row


class PatternSet(Generic[Row]):
    """Patterns with a row each; the first row that matches at a place wins."""

    def __init__(self, patterns: Iterable[tuple[str, Row]]) -> None:
        known = [(starts(pattern), pattern, row) for pattern, row in patterns]
        self._by_start = {
            start: _Branches([(p, row) for begins, p, row in known if begins & {start, start[0]}])
            for start in frozenset[str]().union(*(begins for begins, _, _ in known))
        }
        longer = [start for start in self._by_start if len(start) == LOOK]
        first, second = (_any_of(start[place] for start in longer) for place in range(LOOK))
        single = _any_of(start for start in self._by_start if len(start) < LOOK)
        # One class in front: the search skips what no pattern can begin with.
        any_first = _any_of(start[0] for start in self._by_start)
        self._begins = re.compile(f"{any_first}(?:(?<={first})(?={second})|(?<={single}))")

    def find(self, text: str) -> Iterator[Found[Row]]:
        """Yield the matches from left to right, not overlapping."""
        end, known = 0, self._by_start.get
        for begin in self._begins.finditer(text):
            start = begin.start()
            branches = known(text[start : start + LOOK]) or known(text[start])
            if branches is None or start < end:
                continue
            match = branches.compiled.match(text, start)
            if match and match.lastindex:
                end = match.end()
                yield Found(start, end, branches.rows[match.lastindex - 1])


class _Branches(Generic[Row]):
    """The patterns that share a beginning, as one expression compiled when first needed."""

    def __init__(self, patterns: list[tuple[str, Row]]) -> None:
        self._patterns = [pattern for pattern, _ in patterns]
        self.rows = [row for _, row in patterns]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Each pattern a group: the last group that matched is the pattern's number."""
        return re.compile("|".join(f"({pattern})" for pattern in self._patterns))


def alternatives(phrases: Iterable[str]) -> str:
    """Return a regex alternation of literals, the longest first, as a tree of what they share.

    Each branch begins with a character of its own: a search passes over what none begins with.
    """
    tails: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases)):
        tails.setdefault(phrase[:1], []).append(phrase[1:])
    return "|".join(_tree(first, rest) for first, rest in tails.items() if first) + (
        "|" if "" in tails else ""
    )


def _tree(first: str, tails: list[str]) -> str:
    """Return one branch of the tree; what may end here is tried last."""
    if tails == [""]:
        return re.escape(first)
    inner = alternatives(tails)
    return f"{re.escape(first)}(?:{inner})" if len(tails) > 1 else re.escape(first + tails[0])


def searchable(pattern: str) -> str:
    """Return an equal pattern whose branches begin with a literal wherever that can be done.

    A search knows its first characters then and skips the rest: (?<!行)计划 → 计(?<!行计)划,
    (?:^|，)要求 → 要(?<=^要)求|，要求. Matches, spans and their order stay the same.
    """
    return "|".join(begun for branch in _branches(pattern) for begun in _begun(branch))


def _begun(branch: str) -> list[str]:
    """Return the branches of a branch, each with a literal in front, or the branch as it is."""
    guard = GUARD.match(branch)
    if guard or branch.startswith("^"):
        head, rest = (guard[0], branch[guard.end() :]) if guard else ("(?<=^)", branch[1:])
        return [_guarded(head, begun) for begun in _begun(rest)] if _simple(rest) else [branch]
    head, rest = _head(branch) if branch else ("", "")
    if rest[:1] == "?" and rest[1:2] not in {"", "?", "+"} and head != "\\":
        found = [*_begun(head + rest[1:]), *_begun(rest[1:])]  # “?四风 → “四风|四风
        return found if all(map(_simple, found)) else [branch]
    if head not in {"", "\\"} and (more := REPEATED.match(rest)):
        rest = f"{head}{{0,{int(more[1]) - 1}}}{rest[more.end() :]}"  # 某{1,2}等 → 某某{0,1}等
        branch = head + rest
    if QUANTIFIER.match(rest) or not branch or head == "\\":
        return [branch]
    if head.startswith("(?:"):
        found = [begun for inner in _branches(head[3:-1]) for begun in _begun(inner + rest)]
        return found if all(map(_simple, found)) else [branch]
    if CLASS.fullmatch(head) or head == "[0-9]":
        chars = digits if head == "[0-9]" else head[1:-1].replace("\\n", "\n")
        return [re.escape(char) + rest for char in chars]
    return [branch]


def noticeable(pattern: str) -> str:
    """Return a searchable pattern that holds of the same texts: where its match begins may differ.

    [0-9一二]{1,3}章 → 章(?<=[0-9一二]章): a search knows its first character and skips the rest.
    """
    return "|".join(begun for branch in _branches(pattern) for begun in _led(branch))


def _led(branch: str) -> list[str]:
    """Look behind for a class in front of literals; split any other branch as `searchable` does."""
    head, rest = _head(branch) if branch else ("", "")
    times = TIMES.match(rest)
    begun = _begun(rest[times.end() :] if times else rest)
    if head[:1] != "[" or not all(map(_simple, begun)) or (QUANTIFIER.match(rest) and not times):
        return _begun(branch)
    least = f"{{{times[1]}}}" if times and times[1] != "1" else ""
    return [_guarded(f"(?<={head}{least})", one) for one in begun]


def _guarded(guard: str, begun: str) -> str:
    """Put a look behind after the literal that it stood before."""
    first = LITERAL.match(begun)
    return f"{first[0]}{guard[:-1]}{first[0]}){begun[first.end() :]}" if first else guard + begun


def _simple(branch: str) -> bool:
    return all(LITERAL.match(begun) for begun in _begun(branch))


def written_in(pattern: str) -> frozenset[str]:
    """Return the characters that a pattern without ranges spells out: no match holds another."""
    plain = ASSERTION.sub("", pattern)
    if WIDE.search(plain):
        raise ValueError(f"more may match {pattern!r} than what it spells out")
    return frozenset(plain)


def starts(pattern: str, length: int = LOOK) -> frozenset[str]:
    """Return what a pattern of literals, classes, groups and quantifiers can begin with.

    The strings have `length` characters, fewer where the pattern may end or go on with anything.
    """
    plain = ASSERTION.sub("", pattern)
    return frozenset(start for branch in _branches(plain) for start in _starts(branch, length))


def _starts(branch: str, length: int) -> set[str]:
    if not branch or not length or branch.startswith("[^"):
        return {""}
    head, rest = _head(branch)
    quantifier = QUANTIFIER.match(rest)
    after = rest[quantifier.end() :] if quantifier else rest
    if head.startswith("("):
        firsts = set(starts(head.removeprefix("(").removeprefix("?:")[:-1], length))
    else:
        firsts = set(head[1:-1]) if head.startswith("[") else {head}
    found = set()
    for first in firsts:
        again = quantifier and quantifier.group()[0] in "*+{"
        tails = _starts(after, length - len(first)) if len(first) < length else {""}
        found |= {first + tail for tail in tails}
        if again and len(first) < length:
            found |= {first + more[: length - len(first)] for more in firsts}
    optional = quantifier and quantifier.group().startswith(("?", "*", "{0"))
    return found | _starts(after, length) if optional else found


def _head(branch: str) -> tuple[str, str]:
    """Split off the first group, class or character."""
    if branch[0] == "[":
        end = branch.index("]") + 1
    elif branch[0] == "(":
        end = _closing(branch) + 1
    else:
        end = 1
    return branch[:end], branch[end:]


def _branches(pattern: str) -> list[str]:
    """Split a pattern at its outermost bars."""
    found, depth, start = [], 0, 0
    for index, char in enumerate(pattern):
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            found.append(pattern[start:index])
            start = index + 1
    return [*found, pattern[start:]]


def _closing(branch: str) -> int:
    depth = 0
    for index, char in enumerate(branch):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return index
    return len(branch) - 1


def _any_of(characters: Iterable[str]) -> str:
    escaped = "".join(sorted({re.escape(character) for character in characters}))
    return f"[{escaped}]" if escaped else "(?!)"
