"""Turns a category into another beside certain words: 解决问题 of enterprises, of inspections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.lexicon import rows
from transforms.measures.clauses import Place
from transforms.patterns import searchable

NOBODY = "uncategorised"  # whose rows tell those served, see serving
TURNS = 2  # times that a context may turn a code
LOOK_ON = 80  # characters after a figure that are searched
LOOK_BACK = 160  # characters of the sentence before a figure that are searched


@dataclass(frozen=True, slots=True)
class Switch:
    """A row of contexts.tsv: beside these words the code becomes another."""

    code: str
    where: str  # object | left | clause | sentence | onward | paragraph
    pattern: re.Pattern[str]
    absent: bool
    instead: str
    name: str

    def applies(self, text: str, place: Place, trigger: int, title: str) -> bool:
        """Say whether the context holds for this figure, named by the trigger at `trigger`."""
        start, end = place.clause.start, place.clause.end
        if self.where == "object":
            start, end = min(trigger, place.left.end), place.right.end
        elif self.where == "left":
            start, end = place.left.start, place.left.end
        elif self.where == "sentence":
            start = max(place.whole.start, place.figure.span.start - LOOK_BACK)
        elif self.where == "onward":
            end = min(place.whole.end, place.figure.span.end + LOOK_ON)
        elif self.where == "paragraph":
            low = max(0, place.figure.span.start - 240)
            start = max(low, text.rfind("\n", low, place.whole.start) + 1)
            if self.pattern.search(title):
                return not self.absent
        return bool(self.pattern.search(text, start, end)) != self.absent


@cache
def switches() -> dict[str, tuple[Switch, ...]]:
    """Read contexts.tsv by the code it turns."""
    found: dict[str, tuple[Switch, ...]] = {}
    for row in rows("contexts.tsv"):
        pattern, absent = row["pattern"].removeprefix("!"), row["pattern"].startswith("!")
        switch = Switch(
            row["code"],
            row["where"],
            re.compile(searchable(pattern)),
            absent,
            row["instead"],
            f"{row['where']}:{row['pattern']}",
        )
        found[row["code"]] = (*found.get(row["code"], ()), switch)
    return found


def turned(code: str, text: str, place: Place, trigger: int, title: str) -> tuple[str, str | None]:
    """Turn a code beside certain words, and once more: 扶贫问题 found, in an inspection."""
    names: list[str] = []
    for _ in range(TURNS):
        rows = switches().get(code, ())
        row = next((one for one in rows if one.applies(text, place, trigger, title)), None)
        if row is None or row.code == NOBODY:
            break  # what is left without a code is not served by chance
        code = row.instead
        names.append(row.name)
    return code, ", ".join(names) or None
