"""Holds who can act, and who acts from where on: the nouns of the walk over a text's clauses."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.making import quick
from transforms.model import Mention, Span


@quick
@dataclass(frozen=True, slots=True)
class Subject:
    """A phrase that can act, with the organ or region it belongs to."""

    span: Span
    mention: Mention | None
    kind: str  # organ | region | town | group | body | team | person

    @property
    def disciplines(self) -> bool:
        """Say whether discipline work can be its own: a discipline organ, a committee, a region."""
        if self.kind in {"region", "team"} or self.mention is None:
            return self.kind in {"region", "team", "town"}
        kind = self.mention.org_kind or ""
        own = self.kind == "organ" and kind == "party_committee"
        return own or (self.kind in {"organ", "group"} and kind.startswith("organ_"))


@quick
@dataclass(frozen=True, slots=True)
class Stance:
    """From `start` on this subject acts; `base` is the sentence's own, which may urge it."""

    start: int
    actor: Subject | None
    base: Subject | None
    place: str | None = None  # the code of the place that 在东兴市， set before


NOBODY = Stance(-1, None, None)
