"""Holds the matches of one pattern in a text, to be asked for by where they begin."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from transforms.model import Span


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
