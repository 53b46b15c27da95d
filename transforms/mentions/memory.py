"""Remembers what has been named so far, for 该县, 该局 and 该乡纪委 to point back to."""

from __future__ import annotations

from functools import lru_cache

from transforms.mentions import bodies
from transforms.model import Mention, changed

TITLE = -1  # stands before all offsets of the text


class Memory:
    """What has been named so far, for 该县 and 该局 to point back to; asking costs no search."""

    def __init__(self) -> None:
        self.organs: list[Mention] = []
        self._organ_by_end: dict[str, Mention] = {}
        self._body_by_kind: dict[str, Mention] = {}
        self._region_by_type: dict[str, Mention] = {}
        self.codes: set[str | None] = set()  # of the divisions named in the text itself

    def add_organ(self, organ: Mention) -> None:
        """Remember an organ."""
        self.organs.append(organ)
        self.codes.add(organ.code)
        self._organ_by_end[organ.name[-1]] = organ
        if name := bodies.body_of(organ.name):
            self._body_by_kind[bodies.kind_of(name)] = changed(organ, name=name)

    def add_region(self, region: Mention) -> None:
        """Remember a division."""
        self._region_by_type[_type_of(region.name)] = region
        if region.span.start > TITLE:
            self.codes.add(region.code)

    def region(self, level: str, since: int) -> str | None:
        """Return the code of the latest division of that type from `since` on: 区, 县, 市."""
        found = self._region_by_type.get("区" if level == "城区" else level)
        return found.code if found and found.span.start >= since else None

    def organ(self, word: str) -> Mention | None:
        """Return the latest organ whose name ends so: 局, 委, 公司."""
        base = word.lstrip("该我本")
        body = self._body_by_kind.get(bodies.own_kind(base) or "")
        if body and (len(base) > 1 or base == "校" or body.name.endswith(base)):
            return body
        found = self._organ_by_end.get(word[-1])
        return found if found and found.name.endswith(base) else None


@lru_cache(maxsize=4096)
def _type_of(name: str) -> str:
    return next((long for long in ("自治区", "地区") if name.endswith(long)), name[-1])
