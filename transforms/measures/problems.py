"""Names the kind of problem and the rank of the people that a figure counts."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicon import codes, listed
from transforms.measures.triggers import QUOTES
from transforms.model import Span


def problem_in(text: str, start: int, end: int) -> tuple[str, Span] | None:
    """Return the last problem named in [start, end), the longest of those that end there."""
    last = None
    for last in _pattern("problem").finditer(text, start, end):  # noqa: B007
        pass
    return (_words("problem")[last.group()], Span(*last.span())) if last else None


def ranks_in(text: str, start: int, end: int) -> tuple[tuple[str, Span], ...]:
    """Return every rank named in [start, end) in order: 省部级干部, 村（社区）干部."""
    ranked = _pattern("rank")
    if not ranked.search(text, start, end):
        return ()
    words = _words("rank")
    return tuple(
        (words[match.group()], Span(*match.span())) for match in ranked.finditer(text, start, end)
    )


@cache
def ancestors(code: str | None, dim: str = "category") -> tuple[str, ...]:
    """Return a code and those above it, the nearest first."""
    table, chain = codes(dim), []
    while code in table and code not in chain:
        chain.append(code)
        code = table[code]["parent"]
    return tuple(chain)


@cache
def _words(dim: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for code, row in codes(dim).items():
        for word in listed(row["triggers"]):
            for form in {
                word,
                QUOTES.sub("", word),
                word.replace("、", ""),
                word.replace("(", "（").replace(")", "）"),
            }:
                words.setdefault(form, code)
    return words


@cache
def _pattern(dim: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_words(dim), key=len, reverse=True))))
