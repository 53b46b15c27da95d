"""Learns the points of transforms/lexicon/doubts.tsv from readings of unseen prose.

`python -m tests.calibration.fit` prints how sure the rows of each labeller would have been told by
points learned from the others' rows, and how many were right; with `--write` it renews the points,
counts and shares in doubts.tsv. `first_readings.tsv` holds one line a figure of prose read before
anybody had mended a rule or added a word on it, no prose: the batch (labeller-number), the passage,
which of the passage's periods and actors was read, whether the whole row and each part of it was
right (1, 0, or - where the label leaves it open) and the signs of the reading.

Rows of a passage are no independent witnesses. A period or an actor that stands in many rows of a
passage was read once, so together they weigh as one; grades are told with each passage as one.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from transforms.measures.confidence import BARRED, PARTS, POINT, barring

READINGS = Path(__file__).parent / "first_readings.tsv"
DOUBTS = Path(__file__).parents[2] / "transforms" / "lexicon" / "doubts.tsv"
RIDGE = 2.0  # pulls the points of a sign that few rows show towards nothing
LEAST = 10  # rows that must show a sign before it has points
# The share of right rows at 0.9 and above, a little over what is promised, and the same share with
# every passage as one: a wrong row among few weighs more there.
WANTED, WANTED_OF_PASSAGES = 0.98, 0.97
SURE = 0.9

Points = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Row:
    """One figure as it was read before any mending."""

    batch: str  # labeller-number
    passage: str  # number in the batch
    when: str  # number of the period in the passage
    who: str  # number of the actor in the passage
    whole: bool | None  # None: not all of the row was labelled
    parts: dict[str, bool | None]
    signs: tuple[str, ...]

    @property
    def labeller(self) -> str:
        """Who labelled the row."""
        return self.batch.partition("-")[0]

    @property
    def cluster(self) -> tuple[str, str]:
        """The passage, the unit of what is independent."""
        return self.batch, self.passage

    def decision(self, part: str) -> tuple[str, ...]:
        """Return what was read once for all rows that share it."""
        if part == "category":
            return ()
        return (*self.cluster, self.who if part == "actor" else self.when)


def readings() -> list[Row]:
    """Read first_readings.tsv."""
    found = []
    for line in READINGS.read_text("utf-8").splitlines()[1:]:
        batch, passage, when, who, whole, *parts, signs = line.split("\t")
        told = dict(zip(PARTS, map(_told, parts), strict=True))
        found.append(Row(batch, passage, when, who, _told(whole), told, tuple(signs.split())))
    return found


def _told(cell: str) -> bool | None:
    return None if cell == "-" else cell == "1"


def candidates() -> dict[str, list[str]]:
    """Return the signs that doubts.tsv lets speak of each part of a row."""
    found: dict[str, list[str]] = {part: [] for part in PARTS}
    for row in _table():
        if row[0] in found and row[1] != "start":
            found[row[0]].append(row[1])
    return found


def learn(rows: Sequence[Row]) -> Points:
    """Fit the points of every part by logistic regression with a ridge."""
    return {part: _fit(_examples(rows, part), signs) for part, signs in candidates().items()}


def _examples(rows: Sequence[Row], part: str) -> list[tuple[frozenset[str], bool, float]]:
    """Return what teaches a part; rows that share a period or an actor weigh as one."""
    told = [(row, right) for row in rows if (right := row.parts[part]) is not None]
    shared = Counter(row.decision(part) for row, _ in told)
    return [
        (frozenset(row.signs), right, 1 / shared[key] if (key := row.decision(part)) else 1.0)
        for row, right in told
    ]


def _fit(
    examples: Sequence[tuple[frozenset[str], bool, float]], signs: Sequence[str]
) -> dict[str, float]:
    seen = [sign for sign in signs if sum(sign in one for one, _, _ in examples) >= LEAST]
    place = {sign: index for index, sign in enumerate(seen)}
    start = len(seen)
    data = [
        ([place[sign] for sign in one if sign in place] + [start], right, weight)
        for one, right, weight in examples
    ]
    weights = [0.0] * start + [1.0]
    ridge = [RIDGE] * start + [0.01]
    for _ in range(40):
        step = _step(data, weights, ridge)
        largest = max(map(abs, step))
        shrink = min(1.0, 1.0 / largest) if largest else 1.0
        weights = [one + shrink * by for one, by in zip(weights, step, strict=True)]
        if largest < 1e-5:
            break
    named = {sign: weights[index] / POINT for sign, index in place.items()}
    return {"start": weights[start] / POINT} | named


def _step(
    data: Sequence[tuple[list[int], bool, float]], weights: list[float], ridge: list[float]
) -> list[float]:
    """Return Newton's step of the penalised likelihood."""
    size = len(weights)
    slope = [-by * one for by, one in zip(ridge, weights, strict=True)]
    bend = [[ridge[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
    for shown, right, weight in data:
        chance = _chance(sum(weights[i] for i in shown))
        miss, spread = weight * (right - chance), weight * chance * (1 - chance)
        for i in shown:
            slope[i] += miss
            for j in shown:
                bend[i][j] += spread
    return _solve(bend, slope)


def _solve(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """Solve a linear system by elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, wanted, strict=True)]
    size = len(rows)
    for column in range(size):
        best = max(range(column, size), key=lambda i: abs(rows[i][column]))
        rows[column], rows[best] = rows[best], rows[column]
        for below in range(column + 1, size):
            factor = rows[below][column] / rows[column][column]
            if factor:
                rows[below] = [
                    a - factor * b for a, b in zip(rows[below], rows[column], strict=True)
                ]
    found = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * found[j] for j in range(i + 1, size))
        found[i] = (rows[i][size] - known) / rows[i][i]
    return found


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


def product(points: Points, signs: Iterable[str]) -> float:
    """Return the log-odds of the chance that all parts of a row are right."""
    shown = tuple(signs)
    chance = math.prod(
        _chance(POINT * (one["start"] + sum(one.get(sign, 0.0) for sign in shown)))
        for one in points.values()
    )
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def held_out(rows: Sequence[Row]) -> list[tuple[Row, float]]:
    """Return each row that was labelled whole with the log-odds that others' rows give it."""
    found = []
    for labeller in sorted({row.labeller for row in rows if row.whole is not None}):
        points = learn([row for row in rows if row.labeller != labeller])
        found += [
            (row, product(points, row.signs))
            for row in rows
            if row.labeller == labeller and row.whole is not None
        ]
    return found


def scale(told: Sequence[tuple[Row, float]]) -> dict[str, float]:
    """Fit what turns the product of the parts into the share of right rows, and the caution."""
    sizes = Counter(row.cluster for row, _ in told)
    data = [
        (1 / sizes[row.cluster], bool(row.whole), (odds, 1.0, float(not is_barred(row))))
        for row, odds in told
    ]
    slope, start, direct = _fit_scale(data)
    honest = sorted(
        ((slope * odds + start + direct, row) for row, odds in told if not is_barred(row)),
        key=_surest,
    )
    return {
        "slope": slope * 10,
        "start": start / POINT,
        "direct": direct / POINT,
        "caution": 10 * _caution(honest),
    }


def _fit_scale(data: Sequence[tuple[float, bool, tuple[float, ...]]]) -> list[float]:
    """Fit the weights of the product, of every row and of one that no sign bars."""
    weights = [1.0, 0.0, 0.0]
    for _ in range(60):
        bend = [[1e-6 if i == j else 0.0 for j in range(3)] for i in range(3)]
        miss = [0.0, 0.0, 0.0]
        for weight, right, shown in data:
            chance = _chance(sum(one * by for one, by in zip(weights, shown, strict=True)))
            spread = weight * chance * (1 - chance)
            for i, one in enumerate(shown):
                miss[i] += weight * (right - chance) * one
                for j, other in enumerate(shown):
                    bend[i][j] += spread * one * other
        weights = [one + by for one, by in zip(weights, _solve(bend, miss), strict=True)]
    return weights


def is_barred(row: Row) -> bool:
    """Say whether a row shows a sign that keeps it from being sure."""
    return not barring().isdisjoint(row.signs)


def _surest(one: tuple[float, Row]) -> float:
    return -one[0]


def _caution(honest: Sequence[tuple[float, Row]]) -> float:
    """Return by what to cut log-odds so that 0.9 is where the wanted share is still right.

    It is to be right by rows and by passages, so that no long passage of right rows hides others.
    """
    edge, right = honest[0][0], 0
    passages: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    share = 0.0  # the sum of the shares of the passages
    for count, (odds, row) in enumerate(honest, 1):
        right += bool(row.whole)
        one = passages[row.cluster]
        share -= one[0] / max(1, one[1])
        one[0], one[1] = one[0] + bool(row.whole), one[1] + 1
        share += one[0] / one[1]
        if right >= WANTED * count and share >= WANTED_OF_PASSAGES * len(passages):
            edge = odds
    return min(1.0, math.log(SURE / (1 - SURE)) / edge)


def graded(row: Row, odds: float, whole: dict[str, float]) -> float:
    """Return the confidence that a row is told with."""
    odds = odds * whole["slope"] / 10 + whole["start"] * POINT
    odds += 0.0 if is_barred(row) else whole["direct"] * POINT
    told = math.floor(100 * _chance(odds * whole["caution"] / 10 if odds > 0 else odds)) / 100
    return min(told, BARRED) if is_barred(row) else told


def interval(rows: Sequence[Row]) -> tuple[float, float, float]:
    """Return the share of right rows and its 95 % interval, the passage as the unit."""
    share = sum(bool(row.whole) for row in rows) / len(rows)
    off: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        off[row.cluster] += bool(row.whole) - share
    reach = 1.96 * math.sqrt(sum(one * one for one in off.values())) / len(rows)
    return share, max(0.0, share - reach), min(1.0, share + reach)


def report(told: Sequence[tuple[Row, float]], whole: dict[str, float]) -> list[str]:
    """Say how many were right at each grade, and how many of the right ones are sure."""
    grades = [(row, graded(row, odds, whole)) for row, odds in told]
    lines = ["grade       rows passages  right  interval"]
    for low in (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0):
        some = [row for row, grade in grades if low <= grade < low + 0.1 or grade == low == 1]
        if some:
            share, least, most = interval(some)
            passages = len({row.cluster for row in some})
            lines.append(
                f"{low:.1f}-{low + 0.1:.1f} {len(some):9d} {passages:8d} {share:6.1%}"
                f"  {least:.1%}-{most:.1%}"
            )
    return [*lines, "", *_by_labeller(grades)]


def _by_labeller(grades: Sequence[tuple[Row, float]]) -> list[str]:
    groups: dict[str, list[tuple[Row, float]]] = defaultdict(list)
    for row, grade in grades:
        for name in (row.labeller, "all"):
            groups[name].append((row, grade))
    lines = ["labeller   rows right  sure passages  of them right  of the right sure"]
    for name, some in groups.items():
        sure = [row for row, grade in some if grade >= SURE]
        right = sum(bool(row.whole) for row, _ in some)
        good = sum(bool(row.whole) for row in sure)
        lines.append(
            f"{name:9s} {len(some):5d} {right / len(some):5.0%} {len(sure):5d} "
            f"{len({row.cluster for row in sure}):8d} {good / max(1, len(sure)):14.1%} "
            f"{good / max(1, right):18.1%}"
        )
    return lines


def _table() -> list[list[str]]:
    return [line.split("\t") for line in DOUBTS.read_text("utf-8").splitlines()[1:]]


def _write(rows: Sequence[Row], points: Points, whole: dict[str, float]) -> None:
    header = DOUBTS.read_text("utf-8").splitlines()[0]
    lines = [header]
    for part, sign, _, _, _, *words in _table():
        worth = whole[sign] if part == "whole" else points[part].get(sign, 0.0)
        shown = [
            row.parts[part]
            for row in rows
            if part != "whole" and sign in row.signs and row.parts[part] is not None
        ]
        right = f"{sum(map(bool, shown)) / len(shown):.2f}" if shown else ""
        told = f"{worth:.1f}" if part == "whole" else f"{worth:+.0f}"
        lines.append("\t".join((part, sign, told, str(len(shown) or ""), right, *words)))
    DOUBTS.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    rows = readings()
    told = held_out(rows)
    whole = scale(told)
    print("\n".join(report(told, whole)))
    if "--write" in sys.argv:
        _write(rows, learn(rows), whole)


if __name__ == "__main__":
    main()
