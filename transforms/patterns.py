"""Runs many patterns over a text at the cost of a few: each is tried only where it can begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")
ASSERTION = re.compile(r"\(\?(?:<[!=]|[!=])[^()]*\)")
CLOSERS = "?*{"


class Found(NamedTuple, Generic[Row]):
    """One match and the row whose pattern gave it."""

    start: int
    end: int
    row: Row


class PatternSet(Generic[Row]):
    """Patterns with a row each; the first row that matches at a place wins."""

    def __init__(self, patterns: Iterable[tuple[str, Row]]) -> None:
        by_lead: dict[str, list[tuple[str, Row]]] = {}
        for pattern, row in patterns:
            for lead in leads(pattern):
                by_lead.setdefault(lead, []).append((pattern, row))
        self._by_lead = {lead: _Branches(rows) for lead, rows in by_lead.items()}
        self._begins = re.compile(f"[{''.join(sorted(map(re.escape, by_lead)))}]")

    def find(self, text: str) -> Iterator[Found[Row]]:
        """Yield the matches from left to right, not overlapping; empty matches are none."""
        end = 0
        for begin in self._begins.finditer(text):
            start = begin.start()
            if start < end:
                continue
            found = self._by_lead[text[start]].match(text, start)
            if found:
                end = found.end
                yield found


class _Branches(Generic[Row]):
    """The patterns that share a first character, as one expression compiled when first needed."""

    def __init__(self, patterns: list[tuple[str, Row]]) -> None:
        self._patterns = patterns
        self._compiled: re.Pattern[str] | None = None

    def match(self, text: str, start: int) -> Found[Row] | None:
        if self._compiled is None:
            self._compiled = re.compile("|".join(f"({pattern})" for pattern, _ in self._patterns))
        match = self._compiled.match(text, start)
        if not match or match.end() == start or not match.lastindex:
            return None
        return Found(start, match.end(), self._patterns[match.lastindex - 1][1])


def leads(pattern: str) -> frozenset[str]:
    """Return the characters a pattern of literals, groups, classes and `?` can begin with."""
    found: set[str] = set()
    for branch in _branches(ASSERTION.sub("", pattern)):
        found |= _first(branch)
    return frozenset(found)


def _first(branch: str) -> set[str]:
    if not branch:
        return set()
    head, rest = _head(branch)
    if head.startswith("("):
        found = set(leads(head[3:-1] if head.startswith("(?:") else head[1:-1]))
    else:
        found = set(head[1:-1]) if head.startswith("[") else {head}
    optional = rest[:1] in {"?", "*"} or rest.startswith("{0")
    return found | _first(rest[1:].lstrip(CLOSERS)) if optional else found


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
