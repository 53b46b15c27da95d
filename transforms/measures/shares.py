"""Keeps the count that bare names of parts divide: 投诉80件，市直部门37件、县区32件."""

from __future__ import annotations

import re

from transforms.measures.candidates import Candidate
from transforms.measures.clauses import Place, same_unit, unit_of
from transforms.measures.problems import ancestors
from transforms.measures.triggers import Trigger
from transforms.measures.weighing import Scale

DIVIDED = frozenset({"起", "件", "件次", "例"})
PEOPLE = frozenset({"人", "人次"})
ABOUT = ("涉及", "反映", "属于")  # what a share is about is no deed done to it
UNDIVIDED = frozenset({"money", "ratio", "ratio_change", "duration", "workday", "age", None})
OF_PEOPLE = frozenset({"casework", "accountability"})  # whose counts of people are divided so
# 其中涉及规划, 县（市、区）, 法院、房产各: a bare name and no deed.
NAME = re.compile(
    r"[、和及与并\s（()）“”]*(?:其中|中|另有|还有|包括|含|属于|来自|涉及|反映|有|为)*"
    r"[一-龥（）()“”、]{0,16}?(?:各|共|为|有|是|占|数|分别|方面|领域|类|系统|的)*"
)
# 在89件典型案件中，公车私用案件有15件: what follows is some of them.
AMONG = re.compile("[^，。；0-9]{1,20}中[，,]?[^，。；0-9]{0,24}")
REMARK = re.compile(r"\s*(?:$|[（(])")


class Shares:
    """The last count of cases or people, and of each other unit, that figures may divide."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.totals: dict[str, tuple[Place, Candidate]] = {}
        self.sentences: dict[str, int] = {}  # where the sentence starts that goes on dividing one

    def of(self, place: Place) -> list[Candidate]:
        """Return what the divided count was named by, where the figure is a share of it."""
        key = _key(place)
        total, best = self.totals.get(key, (None, None))
        if total is None or best is None or not self._divides(total, place):
            return []
        if unit_of(place) in PEOPLE and not self._of_people(best):
            return []
        if key and not self._opened(total, place):
            return []
        self.sentences[key] = place.whole.start
        return self.scale.weigh(place, best.hit, "list")

    def note(self, place: Place, best: Candidate | None) -> None:
        """Remember a named count; a share of one is none to be divided again."""
        if best is None or place.figure.quantity.dimension in UNDIVIDED:
            return
        key = _key(place)
        before = self.totals.get(key)
        if before is None or best.hit is not before[1].hit:
            self.totals[key], self.sentences[key] = (place, best), place.whole.start

    def _opened(self, total: Place, place: Place) -> bool:
        """户, 份, 眼 are divided by what 其中 opens alone."""
        return self.scale.text.find("其中", total.figure.span.end, place.left.end) >= 0

    def _divides(self, total: Place, place: Place) -> bool:
        if not same_unit(total, place) or not self._goes_on(place):
            return False
        whole, share = total.figure.quantity.value, place.figure.quantity.value
        if whole is None or share is None or share >= whole:
            return False
        return self._among(total, place) or self._is_bare(place)

    def _goes_on(self, place: Place) -> bool:
        text, start = self.scale.text, place.whole.start
        return start == self.sentences.get(_key(place)) or text.startswith("其中", start)

    def _among(self, total: Place, place: Place) -> bool:
        between = AMONG.fullmatch(self.scale.text, total.figure.span.end, place.left.end)
        return between is not None and not self._acts(place)

    def _is_bare(self, place: Place) -> bool:
        text = self.scale.text
        if not REMARK.match(text, place.right.start, place.right.end):
            return False
        named = NAME.fullmatch(text, place.left.start, place.left.end)
        return named is not None and not self._acts(place)

    def _acts(self, place: Place) -> bool:
        """Say whether a deed that counts such stands before it; 教育 names a bureau as well."""
        acts = self.scale.between(place.left.start, place.left.end)
        return any(hit.trigger.act and _counts(hit.trigger, place) for hit in acts)

    def _of_people(self, best: Candidate) -> bool:
        return not OF_PEOPLE.isdisjoint(ancestors(best.sense.code))


def _key(place: Place) -> str:
    """Return under what a count is remembered: the last of cases or people, else of its unit."""
    unit = unit_of(place) or ""
    return "" if unit in DIVIDED | PEOPLE else unit


def _counts(trigger: Trigger, place: Place) -> bool:
    """Say whether the word may count the figure: 户, 份, 眼 by a row that gives them a code."""
    fits = trigger.fitting(unit_of(place))
    known = not _key(place) or any(fit.sense.code for fit in fits)
    return bool(fits) and known and trigger.word not in ABOUT
