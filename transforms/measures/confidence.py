"""Grades how sure a reading is: 0.9 and above must be right in at least 97 rows of a hundred.

A grade starts from where the trigger stands beside its figure (SIDES) and loses for each sign that
went with errors in labelled prose: a noun with words between it and the figure, what stands after
the figure, levels and shares, a near runner-up, a code turned by its context, a date that the text
does not give, nobody named who acted.
"""

from __future__ import annotations

from functools import lru_cache

from transforms.measures.aggregation import Manner
from transforms.measures.categories import Choice
from transforms.measures.weighing import Candidate
from transforms.model import Figure, Period
from transforms.periods.periods import FRAMED

SIDES = {"left": 0.97, "right": 0.92, "list": 0.92, "far": 0.86}
# Where the text gives no date of its own, a reader may place the figure elsewhere.
BASIS = {"unknown": 0.05, "inherited": 0.02, "publication": 0.08}
GUESSED = frozenset({"unit_inferred", "repaired"})
ANAPHORA = ("该", "其", "本")
LONG_NAME = 12  # characters
SHORT_WORD, WEAK = 2, 5  # a trigger of two characters and little weight has many senses
CLOSE = 12  # characters between a trigger and its figure
BESIDE, FARTHER = 4, 0.02  # each character more than four between them is two in a hundred
FARTHEST = 0.12  # 对10起违反八项规定精神典型问题进行通报: the thing itself stands between
NEAR, CLEAR = 3, 8  # by how much the best reading must lead the next
ROLLED, DRAWN = 0.15, 0.08  # 七年来: from which day is seldom told; a date drawn from elsewhere
NO_ACTOR = 0.08
NOUN_APART = 0.10  # 派驻纪检监察组的海量…6家: the noun may only describe
# 覆盖率达100%, 现有12个: when a level holds and whether it adds up is told less well than a deed.
LEVELS = {"rate": 0.08, "stock": 0.08, "change": 0.04}


def confidence_of(
    choice: Choice,
    period: Period,
    manner: Manner,
    aggregation: str,
    actor: str | None,
    figure: Figure,
) -> float:
    """Return a number from 0 to 1 for the whole row: category, period, actor and aggregation."""
    grade = _category(choice) - BASIS.get(period.basis, 0.0) - _actor(actor)
    grade -= LEVELS.get(aggregation, 0.0)
    if period.cue == "rolling" or period.reason == FRAMED:
        grade -= ROLLED if period.cue == "rolling" else DRAWN
    if aggregation == "cumulative" and period.start is None:
        grade -= 0.05
    if not GUESSED.isdisjoint(figure.flags):
        grade -= 0.15
    if figure.quantity.value is None:
        grade -= 0.05
    if manner.modality not in {"achieved", "alleged"}:
        grade -= 0.08
    return _rounded(min(max(grade, 0.05), 0.99))


@lru_cache(maxsize=4096)
def _rounded(grade: float) -> float:
    """Round to two places; the same few grades come again, and rounding spells a number out."""
    return round(grade, 2)


def _actor(actor: str | None) -> float:
    """Doubt who acts where nobody is named, a long phrase is, or only 该区 is."""
    if actor is None:
        return NO_ACTOR
    return 0.08 if actor.startswith(ANAPHORA) or len(actor) > LONG_NAME else 0.0


def _is_loose(best: Candidate) -> bool:
    """清退各类保证金5260万元: a short verb that names no object, and words it does not know."""
    if best.sense.object_re or best.sense.role == "noun" or best.side != "left":
        return False
    short = len(best.sense.word) <= SHORT_WORD and best.sense.priority <= WEAK
    return short or 1 < best.gap <= CLOSE


def _category(choice: Choice) -> float:
    best = choice.best
    if best is None:
        return 0.4
    grade = SIDES[best.side]
    grade -= min(FARTHER * max(0, best.gap - BESIDE), FARTHEST)
    if best.fit < 2:  # noqa: PLR2004
        grade -= 0.08
    if best.sense.priority <= 4:  # noqa: PLR2004
        grade -= 0.12
    elif _is_loose(best):
        grade -= 0.08
    elif best.sense.role == "noun" and best.gap:
        grade -= NOUN_APART
    if choice.margin < CLEAR:
        grade -= 0.08 if choice.margin < NEAR else 0.04
    return grade - (0.05 if choice.switched else 0.0)
