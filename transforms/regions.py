"""Tells which division of GB/T 2260 a place name means on a day, and which divisions hold which.

The table gives years, not days: in the year of a change the old and the new name both stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from transforms import lexicon

NATION = "000000"
NATION_NAMES = frozenset({"全国", "国家", "中国", "中央", "全党"})
LEVELS = {"lv_central": 0, "lv_province": 1, "lv_city": 2, "lv_county": 3}
PEOPLES = (
    "各族 蒙古族 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 "
    "哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜 土族 "
    "达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 塔吉克 怒族 鄂温克族 保安族 裕固族 "
    "独龙族 普米族 蒙古 朝鲜".replace(" ", "|")
)
LONG_TYPES = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "新区",
    "地区",
    "林区",
    "特区",
    "族区",
)
PLAIN_TYPES = ("省", "市", "县", "区", "旗", "州", "盟")
TYPE = re.compile(rf"(?:{PEOPLES})*(?:{'|'.join((*LONG_TYPES[:-1], *PLAIN_TYPES))})$")
# 新城区, like 城区 and 南区, is an ordinary word too: it means a place only beside its parent.
COMMON_NOUNS = frozenset({"市郊区", "新城区", "老城区", "港口区"})
SHORTEST = 2
CITY = 4  # digits of a code that name the city
REMEMBERED_YEARS = 15
FORESEEN_YEARS = 2
LAST_YEAR = 2026  # the year of the newest row


@dataclass(frozen=True, slots=True)
class Division:
    """One name of one code: a county that becomes a city has two rows, one for each name."""

    code: str
    name: str
    level: str  # lv_central | lv_province | lv_city | lv_county
    parent: str | None  # the code of the division that holds it
    valid_from: int | None  # the first year the name stood; None for the nation
    valid_to: int | None  # the last year it stood; None while it stands
    successor: str | None  # the one code it passed to; None where it was split or still stands
    name_en: str = ""

    def stood(self, on: date | None) -> bool:
        """Say whether the name was in use on that day (today's names for None)."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from or 0) <= on.year <= (self.valid_to or on.year)


@cache
def rows() -> tuple[Division, ...]:
    """Every name of every division since 1980, by code and first year."""
    table = lexicon.table(
        "regions/divisions.tsv", "code", "name", "from", "to", "successors", "name_en"
    )
    codes = {row[0] for row in table}
    return tuple(_division(row, codes) for row in table)


@lru_cache(maxsize=4096)
def resolve(name: str, on: date | None = None, within: str | None = None) -> str | None:
    """Return the code that `name` means on that day, or None where it could be several.

    `name` may be full (西乡塘区), short (南宁, 上林), a path (南宁市西乡塘区) or, given `within`,
    自治区.
    `within` is the code of the publishing organ, or its first two or four digits: of several
    places with one name the one in its city, then in its province, is meant. A short county name
    is only known inside the province of `within`. An old name gives the code that holds on the day.
    """
    if name in NATION_NAMES:
        return NATION
    if name == "自治区":
        return _autonomous_region(within)
    return _resolve_plain(name, on, within) or _resolve_path(name, on, within)


@lru_cache(maxsize=4096)
def name_of(code: str, on: date | None = None) -> str | None:
    """Return the division's own name on that day (its last name for None), None if unknown."""
    known = _by_code().get(code)
    if not known:
        return None
    return next((row.name for row in reversed(known) if row.stood(on)), known[-1].name)


@lru_cache(maxsize=4096)
def english_name_of(code: str) -> str | None:
    """Return the English name of a division as it is called today, None if unknown."""
    known = _by_code().get(code)
    standing = known and next((row for row in reversed(known) if row.stood(None)), known[-1])
    return standing.name_en if standing else None


def full_name_of(code: str, on: date | None = None) -> str | None:
    """Return the name from the province down: 广西壮族自治区南宁市西乡塘区."""
    names = [name_of(step, on) for step in _upwards(code) if step != NATION or code == NATION]
    return "".join(name for name in reversed(names) if name) or None


@lru_cache(maxsize=8192)
def level_of(code: str) -> str:
    """Return the level that the digits of a code tell: lv_central down to lv_county."""
    if code == NATION:
        return "lv_central"
    if code.endswith("0000"):
        return "lv_province"
    return "lv_city" if code.endswith("00") else "lv_county"


def parent_of(code: str) -> str | None:
    """Return the code of the division that holds this one; None for the nation and the unknown."""
    known = _by_code().get(code)
    return known[-1].parent if known else None


def successor_of(code: str) -> str | None:
    """Return the one code this one passed to (450127 → 450181); None while it stands."""
    known = _by_code().get(code)
    return known[-1].successor if known else None


def province_of(code: str) -> str:
    """Return the code of the province: 450107 → 450000."""
    return code[:2] + "0000"


def holds(outer: str, inner: str) -> bool:
    """Say whether `inner` is `outer` or lies in it."""
    return outer == NATION or inner.startswith(_prefix(outer))


def is_common_noun(name: str) -> bool:
    """Say whether a district's name is an ordinary word too: 城区, 南区, 新城区."""
    return name in COMMON_NOUNS or (len(name) == SHORTEST and name.endswith("区"))


@cache
def full_names() -> dict[str, tuple[Division, ...]]:
    """Names with their type (横州市, 三江侗族自治县 and 三江县) and the rows they may mean."""
    found: dict[str, list[Division]] = {}
    for row in rows():
        for name in dict.fromkeys((row.name, *_clipped(row.name))):
            found.setdefault(name, []).append(row)
    return {name: tuple(divisions) for name, divisions in found.items()}


@cache
def short_names() -> dict[str, tuple[Division, ...]]:
    """Names without their type (广西, 南宁, 上林) and the rows they may mean."""
    found: dict[str, list[Division]] = {}
    for row in rows():
        short = row.name[: _type_start(row.name)]
        if len(short) >= SHORTEST and short != row.name:
            found.setdefault(short, []).append(row)
    return {name: tuple(divisions) for name, divisions in found.items()}


def _resolve_plain(name: str, on: date | None, within: str | None) -> str | None:
    full = full_names().get(name)
    if full and is_common_noun(name):
        city = _prefix(within)[:4] if within else ""
        full = tuple(
            row for row in full if len(city) == CITY and row.stood(on) and row.code.startswith(city)
        )
    return _choose(full, on, within) if full else _resolve_short(name, on, within)


def _resolve_short(name: str, on: date | None, within: str | None) -> str | None:
    known = short_names().get(name, ())
    for level in ("lv_province", "lv_city"):
        if chosen := _choose([row for row in known if row.level == level], on, within):
            return chosen
    near = [row for row in known if within and row.code[:2] == within[:2]]
    return _choose(near, on, within)


def _resolve_path(name: str, on: date | None, within: str | None) -> str | None:
    """Read 南宁市西乡塘区 or 广西南宁: the longest head that is a place, the rest inside it."""
    for cut in range(len(name) - SHORTEST, SHORTEST - 1, -1):
        head = _resolve_plain(name[:cut], on, within)
        rest = resolve(name[cut:], on, head) if head and head != NATION else None
        if head and rest and holds(head, rest):
            return rest
    return None


def _choose(known: Iterable[Division], on: date | None, within: str | None) -> str | None:
    known = tuple(known)
    standing = {row.code for row in known if row.stood(on)}
    remembered = standing | {_code_on(row, on) for row in known if _is_remembered(row, on)}
    for prefix in _rings(within):
        inside = {code for code in remembered if code.startswith(prefix)}
        if inside and prefix:
            if len({code[:4] for code in inside}) == 1:  # 曾都区 of 2000 and of 2009: that of today
                inside = inside & standing or inside
            return inside.pop() if len(inside) == 1 else None
    lasting = remembered if on else {_code_on(row, on) for row in known}
    everywhere = standing or lasting
    return everywhere.pop() if len(everywhere) == 1 else None


def _is_remembered(row: Division, on: date | None) -> bool:
    """Say whether people may use a name that does not stand: lately ended or soon to come.

    Near a place its old name lives on for some years; farther off the same name means another.
    """
    year = on.year if on else LAST_YEAR
    ended = row.valid_to is not None and 0 <= year - row.valid_to <= REMEMBERED_YEARS
    return ended or 0 < (row.valid_from or 0) - year <= FORESEEN_YEARS


def _code_on(row: Division, on: date | None) -> str:
    """Follow a name that no longer stands to the code that holds its place on that day."""
    seen = {row.code}
    while not row.stood(on) and row.successor and row.successor not in seen:
        if on and row.valid_to and on.year <= row.valid_to:
            break  # the name comes from a later year than the text: there is nothing to follow
        seen.add(row.successor)
        heirs = _by_code().get(row.successor)
        if not heirs:
            break
        row = heirs[-1]
    return row.code


def _rings(within: str | None) -> Iterable[str]:
    """Yield the prefixes of the publisher's code, its city, its province, then of everywhere."""
    if within and within != NATION:
        narrow = _prefix(within)
        yield from dict.fromkeys((narrow, narrow[:4], narrow[:2]))
    yield ""


def _prefix(code: str) -> str:
    if code == NATION:
        return ""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _autonomous_region(within: str | None) -> str | None:
    code = within[:2] + "0000" if within else NATION
    name = name_of(code) or ""
    return code if name.endswith("自治区") else None


def _upwards(code: str) -> Iterable[str]:
    step: str | None = code
    while step:
        yield step
        step = parent_of(step)


@cache
def _by_code() -> dict[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for row in rows():
        found.setdefault(row.code, []).append(row)
    return {code: tuple(divisions) for code, divisions in found.items()}


def _division(row: tuple[str, ...], codes: set[str]) -> Division:
    code, name, first, last, heirs, name_en = row
    return Division(
        code,
        name,
        level_of(code),
        _parent(code, codes),
        int(first) if first else None,
        int(last) if last else None,
        heirs if heirs and ";" not in heirs and heirs != code else None,
        name_en,
    )


def _parent(code: str, codes: set[str]) -> str | None:
    if code == NATION:
        return None
    for step in (code[:4] + "00", code[:2] + "0000"):
        if step in codes and step != code:
            return step
    return NATION


def _clipped(name: str) -> tuple[str, ...]:
    """Return the everyday form of a long name: 三江侗族自治县 → 三江县, 恩施…自治州 → 恩施州."""
    start = _type_start(name)
    return (name[:start] + name[-1],) if SHORTEST <= start < len(name) - 1 else ()


def _type_start(name: str) -> int:
    """Return where the type of a division begins in its name: 南宁|市, 三江|侗族自治县."""
    if name.endswith(LONG_TYPES):
        kind = TYPE.search(name)
        return kind.start() if kind else len(name)
    return len(name) - 1 if name.endswith(PLAIN_TYPES) else len(name)
