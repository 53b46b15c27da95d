"""Holds the links between the measures of a document while they are being found."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from transforms.measures import units
from transforms.measures.clauses import Place
from transforms.model import Measure, Quantity, changed

COUNTS = frozenset({"count", "kind", "doc", "facility", "org", "times"})


@dataclass
class Links:
    """What has been found so far, by index of the measure."""

    text: str
    places: tuple[Place, ...]
    measures: list[Measure]
    groups: dict[tuple[int, int, str], list[int]] = field(default_factory=dict)
    values: list[Decimal | None] = field(init=False)
    dimensions: list[str | None] = field(init=False)  # 家, 个 and 件 of things are one

    def __post_init__(self) -> None:
        quantities = [measure.figure.quantity for measure in self.measures]
        self.values = [quantity.value for quantity in quantities]
        self.dimensions = [_dimension(quantity) for quantity in quantities]

    def put(self, index: int, relation: str, parent: int | None, *flags: str) -> None:
        """Link a measure to its parent by index; the first link stays."""
        measure = self.measures[index]
        if measure.relation is not None:
            return
        start = None if parent is None else self.measures[parent].figure.span.start
        self.measures[index] = changed(
            measure, relation=relation, parent=start, flags=(*measure.flags, *flags)
        )

    def flag(self, index: int, word: str) -> None:
        """Mark a measure."""
        measure = self.measures[index]
        self.measures[index] = changed(measure, flags=(*measure.flags, word))

    def join(self, index: int, total: int, mark: int) -> None:
        """Make a figure a part of a total, in the group of those under the same mark."""
        self.put(index, "subset", total)
        kind = "rank" if self.measures[index].rank else "other"
        self.groups.setdefault((total, mark, kind), []).append(index)

    def together(self, first: int, second: int) -> bool:
        """Say whether two measures stand in one sentence, 。to 。, whatever ； is in it."""
        return self.places[first].whole.start == self.places[second].whole.start

    def between(self, first: int, second: int) -> str:
        """Return the text between two figures."""
        start, end = self.places[first].figure.span.end, self.places[second].figure.span.start
        return self.text[start:end]


def _dimension(quantity: Quantity) -> str | None:
    dimension = quantity.dimension or units.dimension_of(quantity.unit)
    return "count" if dimension in COUNTS else dimension
