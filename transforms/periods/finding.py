"""Find the time expressions of a text and of a headline, resolved by the day of publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache

from transforms.document import Document
from transforms.periods import timegrammar
from transforms.periods.timeevents import read_event
from transforms.periods.timeranges import read_point
from transforms.periods.timescan import Time, TimeScan
from transforms.periods.timewords import read_holiday, read_rolling, read_season, read_word

Reader = Callable[[TimeScan, int], bool]
READERS: dict[str, Reader] = {
    "rolling": read_rolling,
    "word": read_word,
    "point": read_point,
    "holiday": read_holiday,
    "season": read_season,
    "event": read_event,
}
REVIEWED_BY = 4  # the month by which a year has been looked back on


def find_times(
    text: str, published: date | None, review: int | None = None, until: int | None = None
) -> tuple[Time, ...]:
    """Return the time expressions of `text` in reading order, resolved against `published`.

    `review` is the year the article looks back on: its months without a year are of that year.
    Those that begin from `until` on are left out.
    """
    scan = TimeScan(text, published, review)
    readers = _readers()
    for match in timegrammar.starts().finditer(text, 0, len(text) if until is None else until):
        start = match.start()
        if start < scan.end:
            continue
        for reader in readers[match[0]]:
            if reader(scan, start):
                break
    return tuple(scan.found)


@cache
def _readers() -> dict[str, tuple[Reader, ...]]:
    """Return the readers to try by the first character of an expression."""
    opening = timegrammar.openings()
    chars = set().union(*opening.values())
    return {
        char: tuple(reader for kind, reader in READERS.items() if char in opening[kind])
        for char in chars
    }


@lru_cache(maxsize=16)
def titled(title: str, published: date | None) -> tuple[Time, ...]:
    """Return the times that a headline gives."""
    return find_times(title, published)


def reviewed(document: Document) -> int | None:
    """Return the year that a headline of the next year's first months looks back on."""
    published = document.published_on
    if published is None or published.month > REVIEWED_BY:
        return None
    years = {
        time.period.start.year
        for time in titled(document.title, published)
        if time.grain == "year" and time.role == "period" and time.period.start
    }
    return published.year - 1 if years == {published.year - 1} else None
