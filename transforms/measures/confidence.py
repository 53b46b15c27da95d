"""Says how sure a reading is: the share of such readings that were wholly right on unseen prose.

Each sign of doubts.tsv has points, and ten points halve or double the odds that a part of the row
is right: what is counted, when, how it adds up, whose doing it is. The four parts multiply. What
comes out likelier right than wrong is told with caution, for the points themselves are learned
from some thousand readings: of the rows at 0.9 and above at least 97 in a hundred are right. Those
rest on what is told outright: a sign that bars (another body named, a second time) keeps a row
below 0.9, however much speaks for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.lexicon import rows

PARTS = ("category", "period", "aggregation", "actor")
POINT = math.log(2) / 10  # in log-odds
SURE, NEVER = 0.99, 0.01
BARRED = 0.89  # the most that a row is told with whose evidence is not direct


@lru_cache(maxsize=8192)
def confidence_of(signs: tuple[str, ...]) -> float:
    """Return a number from 0 to 1 for the whole row, rounded down: 0.9 is no 0.895."""
    right = math.prod(_odds(part, signs) for part in PARTS)
    right = min(max(right, 1e-6), 1 - 1e-6)
    whole = points()["whole"]
    odds = math.log(right / (1 - right)) * whole["slope"] / 10 + whole["start"] * POINT
    direct = barring().isdisjoint(signs)
    if direct:
        odds += whole["direct"] * POINT
    if odds > 0:
        odds *= whole["caution"] / 10
    most = SURE if direct else BARRED
    return math.floor(100 * min(max(1 / (1 + math.exp(-odds)), NEVER), most)) / 100


class Doubt(NamedTuple):
    """A row of doubts.tsv that a reading shows; above zero it speaks for the reading."""

    part: str  # of the row
    sign: str
    points: float
    note: str
    bars: bool  # no row that shows it is told at 0.9 or above


def weighed(signs: Iterable[str]) -> tuple[Doubt, ...]:
    """Return what speaks for a reading and against it, part by part."""
    shown = frozenset(signs)
    told = (row for row in rows("doubts.tsv") if row["sign"] in shown and row["part"] in PARTS)
    found = (
        Doubt(row["part"], row["sign"], float(row["points"]), row["note"], bool(row["bars"]))
        for row in told
    )
    return tuple(one for one in found if one.points or one.bars)


def _odds(part: str, signs: Iterable[str]) -> float:
    """Return the chance that one part of the row is right."""
    table = points()[part]
    total = table["start"] + sum(table.get(sign, 0.0) for sign in signs)
    return 1 / (1 + math.exp(-total * POINT))


@cache
def points() -> dict[str, dict[str, float]]:
    """Read doubts.tsv: the points of each sign by the part of the row they speak of."""
    table: dict[str, dict[str, float]] = {part: {} for part in (*PARTS, "whole")}
    for row in rows("doubts.tsv"):
        table[row["part"]][row["sign"]] = float(row["points"])
    return table


@cache
def barring() -> frozenset[str]:
    """Read doubts.tsv: the signs that keep a row below 0.9."""
    return frozenset(row["sign"] for row in rows("doubts.tsv") if row["bars"])
