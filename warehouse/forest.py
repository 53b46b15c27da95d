"""Join days by what was done between them, and read off what follows for other days.

Days are counted from 1970, values in millionths, so that all sums are whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
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
        self._parent: dict[int, int] = {}
        self._joined: dict[int, list[tuple[int, Edge, int]]] = {}
        self._told: set[tuple[int, int]] = set()
        self.contradicted: set[int] = set()
        for edge in sorted(edges, key=_surest):
            self._join(edge)

    def path(self, start: int, stop: int) -> Edge | None:
        """Return what follows for [start, stop), or None if the two days are not joined."""
        if (
            start not in self._joined
            or stop not in self._joined
            or self._root(start) != self._root(stop)
        ):
            return None
        steps = self._walk(start, stop)
        follows = reduce(_then, steps, Edge(start, start, 0, 0, 0, (), ()))
        fault = "fall" if follows.value < 0 else None
        return Edge(
            start,
            stop,
            follows.value,
            max(follows.low, 0) if fault is None else follows.low,
            follows.high,
            (),
            follows.path,
            follows.sure,
            era=steps[0][0].era,
            fault=fault,
        )

    def joins(self, start: int, stop: int) -> bool:
        """Say whether one edge of the forest runs from day to day."""
        return (start, stop) in self._told

    def _join(self, edge: Edge) -> None:
        one, other = self._root(edge.start), self._root(edge.stop)
        if one == other:
            follows = self.path(edge.start, edge.stop)
            if follows is not None and not _agree(edge, follows):
                self.contradicted |= {*edge.claims, *follows.path}
            return
        self._parent[one] = other
        self._told.add((edge.start, edge.stop))
        self._joined.setdefault(edge.start, []).append((edge.stop, edge, 1))
        self._joined.setdefault(edge.stop, []).append((edge.start, edge, -1))

    def _root(self, day: int) -> int:
        while (up := self._parent.get(day, day)) != day:
            self._parent[day] = day = self._parent.get(up, up)
        return day

    def _walk(self, start: int, stop: int) -> list[tuple[Edge, int]]:
        came: dict[int, tuple[int, Edge, int]] = {}
        todo = [start]
        while stop not in came:
            day = todo.pop()
            for far, edge, sign in self._joined[day]:
                if far not in came and far != start:
                    came[far] = (day, edge, sign)
                    todo.append(far)
        steps = []
        while stop != start:
            stop, edge, sign = came[stop]
            steps.append((edge, sign))
        return steps[::-1]


def _surest(edge: Edge) -> tuple[bool, int, int]:
    return not edge.sure, edge.width, edge.stop - edge.start


def _then(so_far: Edge, step: tuple[Edge, int]) -> Edge:
    """Go one edge further, along it or against it; bounds are carried."""
    edge, sign = step
    against = FAR if edge.high is None else edge.high
    gained = edge.high if sign > 0 else -edge.low
    return Edge(
        so_far.start,
        edge.stop if sign > 0 else edge.start,
        so_far.value + sign * edge.value,
        so_far.low + (edge.low if sign > 0 else -against),
        None if gained is None or so_far.high is None else so_far.high + gained,
        (),
        so_far.path + edge.path,
        so_far.sure and edge.sure,
    )


def _agree(one: Edge, other: Edge) -> bool:
    below = other.high is None or one.low <= other.high
    return below and (one.high is None or other.low <= one.high)
