"""Turn the parts of a written point of time into days: years, halves, quarters, months, days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from transforms.making import quick
from transforms.periods.anchors import Anchor, holidays, words
from transforms.periods.days import (
    Days,
    add_months,
    add_years,
    day_or_none,
    month_days,
    months_days,
)
from transforms.periods.timegrammar import bare_parts, number

Parts = dict[str, str | None]
THIRDS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "初": (1, 10),
    "底": (21, 31),
    "末": (21, 31),
}
EDGES = {"初": (1, 3), "底": (10, 12), "末": (10, 12)}
CENTURY, TURN = 100, 50
EVE = 30  # days before a holiday that 节前 may mean
SOON = 5  # days before a holiday on which 清明节期间 already speaks of it
JOINT = (("元旦", "春节"), ("中秋", "国庆"))


@quick
@dataclass(frozen=True, slots=True)
class Point:
    """Days that words stand for; `days` is None where they need a day of publication."""

    days: Days | None
    grain: str  # year | half | quarter | months | month | day
    own_year: bool = True  # the words say the year
    to_date: bool = False  # counts from 1 January on: 前三季度, 1-7月


MONTHLY = frozenset({"month", "months", "quarter", "half"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a point without a year is read against."""

    published: date | None
    before: Point | None = None  # the point it follows on
    ahead: bool = False  # 将于, 力争: the next such point, not the last
    deadline: bool = (
        False  # 年底前: of the year of publication; 春节前: before the next one if near
    )
    review: int | None = None  # the year a headline looks back on: its months are of that year
    since: bool = False  # 下半年以来: it has begun, and need not be over


def point_of(got: Parts, context: Context) -> Point | None:
    """Return the point that the groups of `timegrammar.point` name; None if no calendar has it."""
    if got["y1"] and got["y2"]:
        return _years(number(got["y1"]), number(got["y2"]))
    if got["iy"]:
        on = day_or_none(int(got["iy"]), int(got["im"] or 0), int(got["id"] or 0))
        return Point((on, on), "day") if on else None
    stated = got["year"] or got["yy"] or got["yy0"] or got["ryear"]
    if not stated:
        return _yearless({part: got[name] for name, part in bare_parts() if got[name]}, context)
    year = _relative_year(stated, context) if got["ryear"] else _full_year(number(stated))
    if year is None:
        return Point(None, "year")
    return _in_year(year, got)


def ordered(first: Point, last: Point) -> Days | None:
    """Return the days from one point to another; a first point without a year lies before."""
    if first.days is None or last.days is None:
        return None
    start, end = first.days[0], last.days[1]
    if start > end and not last.own_year:
        end = add_years(end, 1)
    if start > end or not first.own_year:
        start = start.replace(year=end.year) if (start.month, start.day) != (2, 29) else start
        start = start if start <= end else add_years(start, -1)
    return (start, end) if start <= end else None


def shifted(day: date, count: str, unit: str, sign: int) -> date | None:
    """Return the day that lies `count` units before (sign -1) or after `day`."""
    unit, amount = unit.replace("多", ""), 1 if count == "半" else number(count)
    if unit in {"年", "个月", "个季度"}:
        months = amount * {"年": 12, "个月": 1, "个季度": 3}[unit]
        if count == "半":
            months = {"年": 6}.get(unit, 0)
        days = 15 if unit == "个月" and count == "半" else 0
        if abs(months) >= 12 * (day.year - 1):
            return None
        return add_months(day, sign * months) + sign * timedelta(days=days)
    return day + sign * timedelta(days=amount * (1 if unit in {"天", "日"} else 7))


def holiday_days(first: str, second: str | None, year: int | None, context: Context) -> Days | None:
    """Return the days of a holiday or of a pair of them; None where the calendar is not known."""
    if first in {"两节", "双节"}:
        return _nearest([_pair(*pair, year) for pair in JOINT], context)
    if second and not _same_holiday(first, second):
        return _nearest([_pair(first, second, year)], context)
    return _nearest([_of_year(holidays()[first], year)], context)


def season_days(bounds: tuple[str, str], year: int | None, context: Context) -> Days | None:
    """Return the latest such season that had begun by the day of publication."""
    if year is None and context.published is None:
        return None
    last = year or (context.published or date.min).year
    start, end = (date.fromisoformat(f"{last}-{bound}") for bound in bounds)
    if year is None and context.published and start > context.published:
        start, end = add_years(start, -1), add_years(end, -1)
    return start, end


def anchor_days(anchor: Anchor, published: date | None, *, since: bool) -> tuple[date, date | None]:
    """Return what 以来 or 期间 after an anchor stands for."""
    return (anchor.since, published) if since else (anchor.start, anchor.end or published)


def _years(first: int, last: int) -> Point | None:
    return Point((date(first, 1, 1), date(last, 12, 31)), "years") if first < last else None


def _full_year(year: int) -> int:
    """Read 08年 as 2008 and 95年 as 1995; a year of four digits is itself."""
    if year >= CENTURY:
        return year
    return year + (2000 if year < TURN else 1900)


def _relative_year(word: str, context: Context) -> int | None:
    found = words()[word]
    if found.rule == "year":
        return context.published.year + found.shift if context.published else None
    if context.before and context.before.days:
        return context.before.days[0].year + found.shift
    return None  # 提起当年: no year is in sight


def _in_year(year: int, got: Parts) -> Point | None:
    days, grain = _days_in(year, got)
    if days is None:
        return None
    return Point(days, grain, to_date=_to_date(got))


def _to_date(got: Parts) -> bool:
    first = got.get("m1") or got.get("q1")
    return bool(got.get("quarters") or got.get("firstm") or first in {"1", "一", "01"})


def _days_in(year: int, got: Parts) -> tuple[Days | None, str]:
    """Return the days of a part of `year` and its grain; None where there are no such days."""
    if got.get("month"):
        return _month_or_day(year, got)
    if got.get("firstm") or got.get("m1"):
        return _month_range(year, got), "months"
    first, last, grain = _season(got)
    return months_days(year, first, last), grain


def _season(got: Parts) -> tuple[int, int, str]:
    """Return the first and the last month of a half, a quarter, an edge or a whole year."""
    if half := got.get("half"):
        return (1, 6, "half") if half == "上" else (7, 12, "half")
    if quarter := got.get("quarter") or (got.get("first") and "1"):
        return number(quarter) * 3 - 2, number(quarter) * 3, "quarter"
    if got.get("q1"):
        return number(got["q1"] or "") * 3 - 2, number(got["q2"] or "") * 3, "months"
    if quarters := got.get("quarters"):
        return 1, number(quarters) * 3, "months"
    if edge := (got.get("edge") or got.get("place") or "")[-1:]:
        return *EDGES[edge], "quarter"
    return 1, 12, "year"


def _month_range(year: int, got: Parts) -> Days | None:
    first, last = number(got.get("m1") or "1"), number(got.get("m2") or got.get("firstm") or "0")
    return months_days(year, first, last) if 1 <= first <= last <= 12 else None  # noqa: PLR2004


def _month_or_day(year: int, got: Parts) -> tuple[Days | None, str]:
    month = number(got.get("month") or "0")
    if not 1 <= month <= 12:  # noqa: PLR2004
        return None, "month"
    if got.get("day"):
        on = day_or_none(year, month, number(got["day"] or "0"))
        return ((on, on) if on else None), "day"
    days = month_days(year, month)
    if third := got.get("third"):
        low, high = THIRDS[third]
        return (date(year, month, low), date(year, month, min(high, days[1].day))), "month"
    return days, "month"


def _yearless(got: Parts, context: Context) -> Point | None:
    """Resolve 3月, 上半年, 全年: after the point before, else the latest not after publication."""
    probe, grain = _days_in(2000, got)
    if probe is None:
        return None
    published, before = context.published, context.before
    if before and before.days:
        year = _following_year(before, probe, grain, published)
    elif context.review and grain in MONTHLY and not context.ahead:
        year = context.review
    elif published is None:
        return Point(None, grain, own_year=False)
    else:
        year = _nearest_year(probe, grain, published, context)
    days = _days_in(year, got)[0]
    return Point(days, grain, own_year=False, to_date=_to_date(got)) if days else None


def _following_year(before: Point, probe: Days, grain: str, published: date | None) -> int:
    """Return the year of the point before, or the next if the months went round since."""
    assert before.days is not None
    year = before.days[0].year
    rolled = before.grain in {"month", "day"} and probe[0].month < before.days[0].month
    if rolled and grain in {"month", "day"} and published:
        later = date(year + 1, probe[0].month, 1)
        return year + 1 if later <= published else year
    return year


def _nearest_year(probe: Days, grain: str, published: date, context: Context) -> int:
    """Return the year that puts the end's month (or day) at or before the day of publication."""
    edge = probe[0] if grain in {"day", "month"} or context.since else probe[1].replace(day=1)
    gone = (edge.month, edge.day) <= (published.month, published.day)
    if context.deadline:
        return published.year
    if context.ahead:
        done = (probe[1].month, probe[1].day) < (published.month, published.day)
        return published.year + 1 if done else published.year
    return published.year if gone else published.year - 1


def _nearest(choices: list[tuple[Days, ...]], context: Context) -> Days | None:
    """Return the latest days that had begun by publication, or the next ones where `ahead`."""
    days = sorted(days for group in choices for days in group)
    if context.published is None:
        return days[0] if len(days) == 1 else None
    past = [found for found in days if found[0] <= context.published]
    coming = [found for found in days if found[0] > context.published]
    near = coming and context.deadline and (coming[0][0] - context.published).days <= EVE
    soon = coming and (coming[0][0] - context.published).days <= SOON
    if coming and (context.ahead or near or soon):
        return coming[0]
    if len(days) == 1:
        return days[0]
    return past[-1] if past else None


def _of_year(group: tuple[Days, ...], year: int | None) -> tuple[Days, ...]:
    return tuple(days for days in group if year is None or days[1].year == year)


def _same_holiday(first: str, second: str) -> bool:
    return holidays()[first] == holidays().get(second)


def _pair(first: str, second: str, year: int | None) -> tuple[Days, ...]:
    """Return the days from the first holiday to the end of the second of the same season."""
    if second not in holidays() or first not in holidays():
        return ()
    pairs: list[Days] = []
    for start, end in holidays()[first]:
        later = [days for days in holidays()[second] if 0 <= (days[1] - start).days < 120]  # noqa: PLR2004
        if later and (year is None or later[0][1].year == year):
            pairs.append((start, max(end, later[0][1])))
    return tuple(pairs)
