"""Says which units of the lexicon count the same kind of thing."""

from __future__ import annotations

from functools import cache

from transforms.lexicon import listed, rows

# Money, people, areas and spans of time are one measure whatever the unit; 起 and 件 are not.
FREE = frozenset({"money", "person", "area", "duration", "ratio", "length", "mass"})


@cache
def kindred() -> dict[str, frozenset[str]]:
    """Return for each unit those that may be printed for it beside a noun: 37处窗口 is 37个."""
    return {row["unit"]: frozenset(listed(row["others"])) for row in rows("kindred_units.tsv")}


@cache
def kinds() -> dict[str, tuple[str, str]]:
    """Return for each unit and alias its dimension and what it counts: 家 → (org, org)."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows("units.tsv"):
        kind = (row["dimension"], row["count_basis"])
        for name in (row["unit"], row["base_unit"], *listed(row["aliases"])):
            found.setdefault(name, kind)
    return found


def dimension_of(unit: str | None) -> str | None:
    """Return the dimension of a unit, None where the lexicon does not hold it."""
    return kinds().get(unit or "", (None, None))[0]


@cache
def fit(unit: str | None, wanted: frozenset[str], *, named: bool = False) -> int:
    """Grade a unit against those a code names: 2 named, 1 of the same kind, 0 another kind.

    `named` says that a noun tells what is counted: units that print the same thing will do.
    """
    if not wanted or unit is None:
        return 1
    # 美元 and 港元 are money, though never added to 元.
    if unit in wanted or (unit.endswith("元") and not wanted.isdisjoint(("元", "万元"))):
        return 2
    if len(unit) > 1 and unit.endswith("次") and unit[:-1] in wanted:
        return 1  # 检查单位45家次: the same thing, told by occasions
    if named and not wanted.isdisjoint(kindred().get(unit, ())):
        return 1
    return _same_kind(unit, wanted)


def _same_kind(unit: str, wanted: frozenset[str]) -> int:
    known, kind = kinds(), kinds().get(unit)
    if kind is None:
        return 0
    others = {known[name] for name in wanted if name in known}
    if kind in others or (kind[0] in FREE and any(kind[0] == other[0] for other in others)):
        return 2 if kind[0] in FREE else 1
    return 0
