"""Tell which claims of one series and year count in which bucket, and what their differences imply.

A claim says how much was done from one day to another: an edge between two days. What was done in
a month, quarter, half-year or year is known if its first day and the day after it are joined by
edges, whichever way they run: 1–6月 less 1–3月 is the second quarter. Days are counted from 1970,
values in millionths, so that all sums are whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from warehouse.forest import FAR, Edge, Forest

EPOCH = date(1970, 1, 1)
# Of a month, a quarter, a half-year and a year: a grain is a bit, in this order.
MONTHS = (1, 3, 6, 12)


class Told(NamedTuple):
    """One claim: `value` of something from day `start` up to and without day `stop`."""

    claim: int
    subject: str  # the organ that did it; "" for the region at large
    start: int
    stop: int
    value: int
    low: int
    high: int | None  # None is open
    sure: bool = True  # no source contradicts it
    here: bool = True  # ends in the year of the cell; else it only serves to be subtracted
    era: int = 0  # how many changes of definition lie behind it


@dataclass
class Verdict:
    """What counts where: the grains of each claim, what follows, the claims in doubt.

    Grains are bits put together. `derived` holds an edge, its grains, and whether it lies between
    two consecutive cut-offs.
    """

    grains: dict[int, int] = field(default_factory=dict)
    derived: list[tuple[Edge, int, bool]] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What one organ, or the region at large, tells in a year, and what follows from it."""

    edges: list[Edge]
    implied: dict[tuple[int, int], Edge]
    consecutive: set[tuple[int, int]]

    def usable(self) -> list[Edge]:
        """Return the edges of this year that may count in a bucket."""
        stated = [edge for edge in self.edges if edge.here]
        return stated + [edge for edge in self.implied.values() if edge.fault is None]


def judge(claims: Sequence[Told]) -> Verdict:
    """Weigh the claims of a series that end in one year, and earlier cut-offs of longer totals."""
    verdict = Verdict()
    tellers: defaultdict[str, list[Told]] = defaultdict(list)
    for claim in claims:
        tellers[claim.subject].append(claim)
    weighed = [_weigh(told, verdict.doubtful) for told in tellers.values()]
    chosen = _chosen([edge for one in weighed for edge in one.usable()])
    for one in weighed:
        for edge in one.edges:
            if edge.here:
                grains = chosen.get(id(edge), 0)
                for number in edge.claims:
                    verdict.grains[number] = grains
        verdict.derived += [
            (edge, chosen.get(id(edge), 0), key in one.consecutive)
            for key, edge in one.implied.items()
            if key in one.consecutive or id(edge) in chosen
        ]
    return verdict


def _weigh(claims: Sequence[Told], doubtful: set[int]) -> _Weighed:
    edges = _periods(claims)
    doubtful |= _parts_beyond_their_whole(edges)
    implied: dict[tuple[int, int], Edge] = {}
    for era in sorted({edge.era for edge in edges}):
        forest = Forest(edge for edge in edges if edge.era == era)
        doubtful |= forest.contradicted
        _add_implied(implied, edges, forest)
    increments = list(_increments(edges))
    for edge in increments:
        implied.setdefault((edge.start, edge.stop), edge)
    subject = claims[0].subject
    named = {
        key: edge._replace(subject=subject) if subject else edge for key, edge in implied.items()
    }
    return _Weighed(edges, named, {(edge.start, edge.stop) for edge in increments})


@cache
def buckets(year: int) -> tuple[tuple[int, int, int], ...]:
    """Return grain, first day and the day after the last of each bucket of a year."""
    return tuple(
        (1 << place, _day(year, first), _day(year, first + months))
        for place, months in enumerate(MONTHS)
        for first in range(0, 12, months)
    )


def to_date(day: int) -> date:
    """Return the civil date of a day counted from 1970."""
    return EPOCH + timedelta(days=day)


@cache
def _year(day: int) -> int:
    return to_date(day).year


@cache
def _day(year: int, months: int) -> int:
    return (date(year + months // 12, months % 12 + 1, 1) - EPOCH).days


def _periods(claims: Iterable[Told]) -> list[Edge]:
    groups: defaultdict[tuple[int, int, int], list[Told]] = defaultdict(list)
    for claim in claims:
        groups[claim.start, claim.stop, claim.era].append(claim)
    return [_added(key, group) for key, group in sorted(groups.items())]


def _added(key: tuple[int, int, int], group: list[Told]) -> Edge:
    start, stop, era = key
    if len(group) == 1:
        [told] = group
        only = (told.claim,)
        return Edge(
            start,
            stop,
            told.value,
            told.low,
            told.high,
            only,
            only,
            told.sure,
            told.here,
            era,
            subject=told.subject,
        )
    ids = tuple(told.claim for told in group)
    highs = [told.high for told in group if told.high is not None]
    return Edge(
        start,
        stop,
        sum(told.value for told in group),
        sum(told.low for told in group),
        sum(highs) if len(highs) == len(group) else None,
        ids,
        ids,
        all(told.sure for told in group),
        group[0].here,
        era,
        subject=group[0].subject,
    )


def _parts_beyond_their_whole(edges: list[Edge]) -> set[int]:
    """Doubt a period that holds more than one around it, and that one.

    Both are in doubt. So a total never falls.
    """
    found: set[int] = set()
    for outer in edges:
        start, stop, high, era = outer.start, outer.stop, outer.high, outer.era
        if high is not None:
            for inner in edges:
                if (
                    inner.low > high
                    and start <= inner.start
                    and inner.stop <= stop
                    and inner.era == era
                ):
                    found |= {*inner.claims, *outer.claims}
    return found


def _add_implied(implied: dict[tuple[int, int], Edge], edges: list[Edge], forest: Forest) -> None:
    """Add what follows for each bucket both of whose ends are known days."""
    days = {day for edge in edges for day in (edge.start, edge.stop)}
    for year in {_year(edge.stop - 1) for edge in edges if edge.here}:
        for _, start, stop in buckets(year):
            if start in days and stop in days and not forest.joins(start, stop):
                follows = forest.path(start, stop)
                if follows is not None:
                    implied.setdefault((start, stop), follows)


def _increments(edges: list[Edge]) -> Iterator[Edge]:
    """Yield the differences between consecutive cut-offs of totals that run from one day."""
    totals: defaultdict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        totals[edge.start].append(edge)
    for cutoffs in totals.values():
        for before, after in pairwise(sorted(cutoffs, key=_stop)) if len(cutoffs) > 1 else ():
            if after.here and after.stop > before.stop:
                yield _difference(before, after)


def _difference(before: Edge, after: Edge) -> Edge:
    value = after.value - before.value
    fault = "definition_change" if before.era != after.era else "fall" if value < 0 else None
    low = after.low - (FAR if before.high is None else before.high)
    return Edge(
        before.stop,
        after.stop,
        value,
        low if fault else max(low, 0),
        None if after.high is None else after.high - before.low,
        (),
        before.path + after.path,
        before.sure and after.sure,
        era=after.era,
        fault=fault,
    )


def _chosen(edges: list[Edge]) -> dict[int, int]:
    """For each bucket take the periods in it that fill most of its days and do not overlap.

    Gives the grains by the id() of the edge.
    """
    inside: defaultdict[tuple[int, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        for bucket in _holding(edge.start, edge.stop):
            inside[bucket].append(edge)
    once = _fullest if len({edge.subject for edge in edges}) == 1 else _told_once
    found: dict[int, int] = {}
    for (grain, _), held in inside.items():
        for edge in held if len(held) == 1 else once(held):
            key = id(edge)
            found[key] = found.get(key, 0) | grain
    return found


def _told_once(edges: list[Edge]) -> list[Edge]:
    """Let organs stand beside each other, but not beside the region at large for the same days."""
    if len({edge.subject for edge in edges}) == 1:
        return _fullest(edges)
    tellers: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        tellers[edge.subject].append(edge)
    region = _fullest(tellers.pop("", []))
    organs = [edge for held in tellers.values() for edge in _fullest(held)]
    first, second = (region, organs) if _days(region) >= _days(organs) else (organs, region)
    return first + [edge for edge in second if not any(_overlap(edge, other) for other in first)]


def _days(edges: list[Edge]) -> int:
    """Count the days that the edges cover together."""
    covered, reach = 0, 0
    for edge in sorted(edges, key=lambda edge: edge.start):
        covered += max(0, edge.stop - max(reach, edge.start))
        reach = max(reach, edge.stop)
    return covered


def _overlap(one: Edge, other: Edge) -> bool:
    return one.start < other.stop and other.start < one.stop


@cache
def _holding(start: int, stop: int) -> tuple[tuple[int, int], ...]:
    """Return grain and first day of each bucket that holds [start, stop)."""
    return tuple(
        (grain, first)
        for grain, first, end in buckets(to_date(stop - 1).year)
        if first <= start and stop <= end
    )


Score = tuple[int, int, int, int, int]
NOTHING: Score = (0, 0, 0, 0, 0)
Chain = tuple[Edge, "Chain"] | None  # an edge and those taken before it


def _fullest(edges: list[Edge]) -> list[Edge]:
    """Most days first, then the surest.

    The narrowest bounds, told rather than implied, the fewest.
    """
    if len(edges) <= 1:
        return edges
    first, stop = min(map(_start, edges)), max(map(_stop, edges))
    whole = [edge for edge in edges if edge.start == first and edge.stop == stop]
    surest = max(whole, key=_surest, default=None)
    if surest and (len(whole) == len(edges) or _none_surer(surest)):
        return [surest]
    in_order = sorted(edges, key=_stop_and_start)
    if all(before.stop <= edge.start for before, edge in pairwise(in_order)):
        return in_order
    return _most_days(in_order)


def _most_days(edges: list[Edge]) -> list[Edge]:
    best: list[tuple[Score, Chain]] = [(NOTHING, None)]
    for index, edge in enumerate(edges):
        before = index
        while before and edges[before - 1].stop > edge.start:
            before -= 1
        (days, doubts, width, implied, count), taken = best[before]
        with_it = (
            days + edge.stop - edge.start,
            doubts - (not edge.sure),
            width - edge.width,
            implied - (not edge.claims),
            count - 1,
        )
        best.append((with_it, (edge, taken)) if with_it > best[-1][0] else best[-1])
    return list(_links(best[-1][1]))


def _links(chain: Chain) -> Iterator[Edge]:
    while chain:
        edge, chain = chain
        yield edge


def _surest(edge: Edge) -> tuple[bool, int, bool]:
    return edge.sure, -edge.width, bool(edge.claims)


def _none_surer(edge: Edge) -> bool:
    return edge.sure and edge.low == edge.high and bool(edge.claims)


_start, _stop, _stop_and_start = (
    attrgetter("start"),
    attrgetter("stop"),
    attrgetter("stop", "start"),
)
