"""Knows the words that blur a number, and the bounds each of them leaves it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from transforms.figures.numerals import place
from transforms.lexicon import listed, rows

Bound = Callable[[Decimal, Decimal], Decimal]
FORMULAS: dict[str, Bound] = {
    "v": lambda value, _: value,
    "v-p": lambda value, step: value - step,
    "v+p": lambda value, step: value + step,
    "v-p/2": lambda value, step: value - step / 2,
    "v+p/2": lambda value, step: value + step / 2,
}
TEN = Decimal(10)


@dataclass(frozen=True, slots=True)
class Approximator:
    """A row of approx.tsv."""

    cue: str
    position: str
    code: str
    lower: str
    upper: str
    in_surface: bool
    separable: bool

    def bounds(self, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
        """Return the bounds of a value written with this cue; None where it leaves one open."""
        step = place(value)
        if self.code != "over" and abs(value) == step:
            step /= TEN  # 近百 is 90 to 100, 约1000 is 950 to 1050: a bare power says no more
        return self._bound(self.lower, value, step), self._bound(self.upper, value, step)

    @staticmethod
    def _bound(formula: str, value: Decimal, step: Decimal) -> Decimal | None:
        if not formula:
            return None
        return FORMULAS[formula](value, step) if formula in FORMULAS else Decimal(formula)


@cache
def cues(position: str) -> dict[str, Approximator]:
    """Return the approximators of one position by their cue."""
    return {
        row["cue"]: Approximator(
            cue=row["cue"],
            position=row["position"],
            code=row["code"],
            lower=row["lower"],
            upper=row["upper"],
            in_surface=row["in_surface"] != "0",
            separable=row["separable"] == "1",
        )
        for row in rows("approx.tsv")
        if row["position"] == position
    }


@cache
def pattern(position: str) -> str:
    """Return the alternation of the cues of one position with their guards, longest first."""
    found = [row for row in rows("approx.tsv") if row["position"] == position]
    found.sort(key=lambda row: len(row["cue"]), reverse=True)
    return "|".join(map(_guarded, found))


def _guarded(row: dict[str, str]) -> str:
    cue = re.escape(row["cue"])
    before = "".join(f"(?<!{word}{cue})" for word in listed(row["not_after"]))
    after = "|".join(listed(row["not_before"]))
    return cue + before + (f"(?!{after})" if after else "")
