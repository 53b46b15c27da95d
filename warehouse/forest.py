"""Join days by what was done between them, and read off what follows for other days.

Days are counted from 1970, values in millionths, so that all sums are whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

FAR = 10**24  # where a bound is open


class Edge(NamedTuple):
    """All that is told of one period, added up; a tuple, since a load makes millions of them."""

    start: int
    stop: int
    value: int
    low: int
    high: int | None
    claims: tuple[int, ...]  # none: follows from others
    path: tuple[int, ...]  # the claims it follows from
    sure: bool = True
    here: bool = True
    era: int = 0
    fault: str | None = None  # fall | definition_change
    subject: str = ""

    @property
    def width(self) -> int:
        """How far the bounds lie apart; very far where one is open."""
        return FAR if self.high is None else self.high - self.low


class Forest:
    """The days joined by the surest edges, with no way round; what closes a ring is compared."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self._tree: dict[int, list[int]] = {}  # the days joined to a day; one list for all of them
        self._joined: dict[int, list[tuple[int, Edge, int]]] = {}
        self._told: set[tuple[int, int]] = set()
        self.contradicted: set[int] = set()
        for edge in sorted(edges, key=_surest):
            self._join(edge)

    def path(self, start: int, stop: int) -> Edge | None:
        """Return what follows for [start, stop), or None if the two days are not joined."""
        days = self._tree.get(start)
        if days is None or self._tree.get(stop) is not days:
            return None
        return _followed(start, stop, self._walk(start, stop))

    def joins(self, start: int, stop: int) -> bool:
        """Say whether one edge of the forest runs from day to day."""
        return (start, stop) in self._told

    def _join(self, edge: Edge) -> None:
        start, stop = edge.start, edge.stop
        follows = self.path(start, stop)
        if follows is not None:
            if not _agree(edge, follows):
                self.contradicted |= {*edge.claims, *follows.path}
            return
        self._grow(start, stop)
        self._told.add((start, stop))
        self._joined.setdefault(start, []).append((stop, edge, 1))
        self._joined.setdefault(stop, []).append((start, edge, -1))

    def _grow(self, start: int, stop: int) -> None:
        """Make one tree of two: the days of the smaller are put to those of the larger."""
        tree = self._tree
        small, large = sorted((tree.get(start) or [start], tree.get(stop) or [stop]), key=len)
        large += small
        for day in small:
            tree[day] = large
        tree[start] = tree[stop] = large

    def _walk(self, start: int, stop: int) -> list[tuple[Edge, int]]:
        came: dict[int, tuple[int, Edge, int]] = {}
        todo = [start]
        while stop not in came:
            day = todo.pop()
            for far, edge, sign in self._joined[day]:
                if far not in came and far != start:
                    came[far] = (day, edge, sign)
                    todo.append(far)
        steps: list[tuple[Edge, int]] = []
        while stop != start:
            stop, edge, sign = came[stop]
            steps.append((edge, sign))
        return steps[::-1]


def _surest(edge: Edge) -> tuple[bool, int, int]:
    return not edge.sure, edge.width, edge.stop - edge.start


def _followed(start: int, stop: int, steps: list[tuple[Edge, int]]) -> Edge:
    """Go along edges or against them; bounds are carried."""
    value, low, sure = 0, 0, True
    path: tuple[int, ...] = ()
    high: int | None = 0
    for edge, sign in steps:
        if sign > 0:
            value, low, gained = value + edge.value, low + edge.low, edge.high
        else:
            value, low = value - edge.value, low - (FAR if edge.high is None else edge.high)
            gained = -edge.low
        high = None if high is None or gained is None else high + gained
        path += edge.path
        sure = sure and edge.sure
    fault = "fall" if value < 0 else None
    bound = low if fault else max(low, 0)
    era = steps[0][0].era
    return Edge(start, stop, value, bound, high, (), path, sure, era=era, fault=fault)


def _agree(one: Edge, other: Edge) -> bool:
    below = other.high is None or one.low <= other.high
    return below and (one.high is None or other.low <= one.high)
