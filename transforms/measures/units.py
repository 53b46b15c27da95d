"""Says which units of the lexicon count the same kind of thing."""

from __future__ import annotations

from functools import cache

from transforms.lexicon import listed, rows

# Money, people, areas and spans of time are one measure whatever the unit; 起 and 件 are not.
FREE = frozenset({"money", "person", "area", "duration", "ratio", "length", "mass"})
# Units that print the same thing: beside a noun that names it, 37处服务窗口 is 37个.
KINDRED = {
    unit: frozenset(others.split())
    for unit, others in (
        ("个", "家 处 所 座 件 起 项 条 份 支 张 本 册 部 台 套 例 宗 间 块 幅"),
        ("家", "所 户"),
        ("所", "家 处 个"),
        ("处", "家 所 座 个 条"),
        ("座", "处 个"),
        ("户", "家"),
        ("支", "个"),
        ("批", "批次"),
        ("批次", "次 场 场次 批"),
        ("件", "起 宗 条 项 份"),
        ("起", "件 宗 例"),
        ("例", "起 件"),
        ("宗", "起 件 份"),
        ("条", "项 件 个 份"),
        ("项", "条 件 个"),
        ("份", "件 张 册 本 封 期 篇 条"),
        *((unit, "份 张 册 本 条 部 幅 封 篇") for unit in ("张", "册", "本", "封", "篇", "幅", "块", "则", "部")),
        *((unit, "场 次 期 场次 批次 班 堂 节 轮") for unit in ("期", "场", "次", "场次", "班", "堂", "节", "轮", "轮次")),
    )
}


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
    known, kind = kinds(), kinds().get(unit)
    if named and not wanted.isdisjoint(KINDRED.get(unit, ())):
        return 1
    if kind is None:
        return 0
    others = {known[name] for name in wanted if name in known}
    if kind in others or (kind[0] in FREE and any(kind[0] == other[0] for other in others)):
        return 2 if kind[0] in FREE else 1
    return 0
