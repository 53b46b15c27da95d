"""Number the sentences that stand behind each mark of the report, as footnotes are numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

PER_MARK = 10  # a mark leads to this many sentences at most; the explorer has the rest


@dataclass(frozen=True, slots=True)
class Citation:
    """The footnotes of one mark; `total` counts those beyond the page as well."""

    notes: tuple[int, ...]
    total: int


@dataclass(slots=True)
class Ledger:
    """Gives each measure its footnote number at first mention."""

    numbers: dict[str, int] = field(default_factory=dict)
    _firsts: dict[str, None] = field(default_factory=dict)

    def cite(self, measure_ids: Iterable[str]) -> Citation | None:
        """Return the footnotes of a mark; None when nothing stands behind it."""
        ids = tuple(dict.fromkeys(measure_ids))
        if not ids:
            return None
        self._firsts.setdefault(ids[0])
        notes = tuple(self._number(one) for one in ids[:PER_MARK])
        return Citation(notes, len(ids))

    def by_need(self) -> tuple[str, ...]:
        """Return the measures cited; those a mark would be left bare without come first."""
        return tuple(dict.fromkeys((*self._firsts, *self.numbers)))

    def _number(self, measure_id: str) -> int:
        return self.numbers.setdefault(measure_id, len(self.numbers) + 1)


class Mute(Ledger):
    """Gives no footnotes: a chart on its own has no sentences to lead to."""

    def cite(self, measure_ids: Iterable[str]) -> Citation | None:
        """Return None for every mark."""
        del measure_ids
        return None
