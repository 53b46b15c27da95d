"""The ways to read a figure, what each is worth where it stands, and which give way to others."""

from __future__ import annotations

from typing import NamedTuple

from transforms.measures.triggers import Hit, Sense

TOPICS = ("issue_",)  # codes of what a case is about


class Candidate(NamedTuple):
    """One way to read a figure; the highest score wins."""

    sense: Sense
    hit: Hit
    score: float
    side: str  # left | right | list | far
    gap: int
    fit: int
    carried: bool = False  # its object stands in the clause before

    @property
    def rule(self) -> str:
        """Name the rule as `explain` prints it."""
        return f"trigger:{self.side}:{self.sense.key}"


def without_topics(found: list[Candidate]) -> list[Candidate]:
    """针对损害营商环境问题立案14件: the problem is what the deed at the figure is about."""
    deeds = [
        one for one in found if one.side == "left" and one.gap <= 1 and one.sense.role == "act"
    ]
    if not deeds:
        return found
    begun = min(one.hit.start for one in deeds)
    kept = [
        one
        for one in found
        if not (one.side == "left" and one.sense.role == "noun" and one.hit.end <= begun)
        or not one.sense.code.startswith(TOPICS)
    ]
    return kept or found


def without_carried(found: list[Candidate]) -> list[Candidate]:
    """协调解决52个 names a code by itself: an object from a clause before gives it no other."""
    plain = {one.sense.code for one in found if not one.sense.object_re and one.sense.role == "act"}
    if not plain:
        return found
    return [one for one in found if not one.carried or one.sense.code in plain]


def standing(side: str, gap: int) -> tuple[float, float]:
    """Return what a trigger loses and gains by where it stands."""
    if side == "left":
        return min(gap, 40) * 0.3, 5 if gap <= 1 else 0
    if side == "right":
        return gap * 0.5, 3 if gap == 0 else 0
    return 4, -gap * 0.1
