"""Grades how sure a reading is: 0.9 and above must be right in at least 97 rows of a hundred."""

from __future__ import annotations

from transforms.categories import Choice
from transforms.model import Measure

SIDES = {"left": 0.97, "right": 0.95, "list": 0.92, "far": 0.86}
# Where the text gives no date of its own, a reader may place the figure elsewhere.
BASIS = {"unknown": 0.05, "inherited": 0.02, "publication": 0.08}
ANAPHORA = ("该", "其", "本")
LONG_NAME = 12  # characters
CLOSE = 12  # characters between a trigger and its figure


def confidence_of(measure: Measure, choice: Choice) -> float:
    """Return a number from 0 to 1 for the whole row: category, period and aggregation."""
    grade = _category(choice)
    grade -= BASIS.get(measure.period.basis, 0.0) + _actor(measure)
    if measure.aggregation == "cumulative" and measure.period.start is None:
        grade -= 0.05
    if {"unit_inferred", "repaired"} & set(measure.flags):
        grade -= 0.15
    if measure.figure.quantity.value is None:
        grade -= 0.05
    if measure.modality not in {"achieved", "alleged"}:
        grade -= 0.08
    return round(min(max(grade, 0.05), 0.99), 2)


def _actor(measure: Measure) -> float:
    """Doubt who acts where nobody is named, a long phrase is, or only 该区 is."""
    if measure.actor is None:
        return 0.06
    vague = measure.actor.startswith(ANAPHORA) or len(measure.actor) > LONG_NAME
    return 0.08 if vague else 0.0


def _category(choice: Choice) -> float:
    best = choice.best
    if best is None:
        return 0.4
    grade = SIDES[best.side]
    grade -= 0.01 * max(0, best.gap - CLOSE)
    if best.fit < 2:  # noqa: PLR2004
        grade -= 0.08
    if best.sense.priority <= 4:  # noqa: PLR2004
        grade -= 0.12
    if choice.margin < 3:  # noqa: PLR2004
        grade -= 0.08
    return grade
