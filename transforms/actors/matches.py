"""Holds what was found in a text, to be asked for by where it begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from transforms.model import Mention, Span, changed


class Matches:
    """The matches of one pattern in a text, to be asked for by the span they begin in."""

    def __init__(self, matches: Iterable[re.Match[str]]) -> None:
        self._matches = list(matches)
        self.starts = [match.start() for match in self._matches]

    def begin_in(self, start: int, end: int) -> bool:
        """Say whether any match begins in [start, end)."""
        index = bisect_left(self.starts, start)
        return index < len(self.starts) and self.starts[index] < end

    def first_in(self, span: Span) -> re.Match[str] | None:
        """Return the first match that begins in the span, if it ends there as well."""
        index = bisect_left(self.starts, span.start)
        if index == len(self.starts) or self._matches[index].end() > span.end:
            return None
        return self._matches[index]

    def within(self, span: Span) -> Iterator[re.Match[str]]:
        """Yield the matches that begin and end in the span."""
        for index in range(bisect_left(self.starts, span.start), len(self.starts)):
            match = self._matches[index]
            if match.end() > span.end:
                break
            yield match


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Drop the mentions that lie within another; 广东省 and 韶关市 side by side are one place."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if before and mention.span.end <= before.span.end:
            continue
        found = mention
        if before and before.kind == "region" and before.span.end == mention.span.start:
            kept.pop()
            found = changed(mention, span=Span(before.span.start, mention.span.end))
        kept.append(found)
    return kept
