"""Read written points of time and ranges of them: 2020年3月, 1-7月, 12月20日至1月10日."""

from __future__ import annotations

import re
from datetime import date

from transforms.model import Span
from transforms.periods import timegrammar
from transforms.periods.timepoints import Context, Parts, Point, ordered, point_of
from transforms.periods.times import (
    AGO_AFTER,
    AHEAD,
    SINCE_AFTER,
    add_point,
    add_since,
    read_same_period,
    with_from,
)
from transforms.periods.timescan import TimeScan
from transforms.periods.timewords import read_holiday

NEXT_YEAR = re.compile(r"[、和与](?P<year>20[0-9]{2})年度?(?![0-9上下前第底初末])(?=两年|[^、0-9])")
NOWADAYS = re.compile(r"今(?!年|天)|目前|现在|今天")


def read_point(scan: TimeScan, start: int) -> bool:
    """Read a point of time or a range of points, with the words around that bound it."""
    match = timegrammar.point().match(scan.text, start)
    if not match:
        return False
    got = match.groupdict()
    point = point_of(got, _context(scan, start, match.end(), got))
    if point is None:
        return False
    span = Span(*match.span())
    if point.grain == "year" and point.days and _read_same_of(scan, span, point.days[0].year):
        return True
    if (
        point.grain == "year"
        and point.days
        and read_holiday(scan, span.end, point.days[0].year, start)
    ):
        return True
    if point.grain == "years":
        span = with_from(scan, span)
    return _read_range(scan, span, point) or add_point(scan, span, point)


def _context(scan: TimeScan, start: int, end: int, got: Parts) -> Context:
    """Gather what the point is read against; where a year is said, no words around tell it."""
    followed = _followed(scan, start, got)
    if (followed and followed.days) or got["year"] or got["y1"] or got["iy"]:
        return Context(scan.published, followed)
    return Context(
        scan.published,
        followed,
        review=scan.review,
        ahead=bool(scan.before(AHEAD, start, 9)),
        deadline=bool(AGO_AFTER.match(scan.text, end)),
        since=bool(SINCE_AFTER.match(scan.text, end)),
    )


def _read_same_of(scan: TimeScan, span: Span, year: int) -> bool:
    """Read 2022年同期: what the sentence's own period was in that year."""
    if scan.published is None or not scan.text.startswith("同期", span.end):
        return False
    before = scan.dated_before(span.start, "。")
    own = before.point.days[0].year if before and before.point and before.point.days else None
    shift = year - (own or scan.published.year)
    return read_same_period(scan, Span(span.start, span.end + 2), shift, scan.published)


def _followed(scan: TimeScan, start: int, got: Parts) -> Point | None:
    """Return the point whose year a point without one takes.

    同年 and 次年 follow on any date before; a month or a day follows on a month or day of the
    paragraph (2019年8月接到举报，11月立案) or a year of its sentence; 上半年 on a year of the
    paragraph.
    """
    before = scan.dated_before(start, "\n", points=True)
    if before is None:
        return None
    if got["ryear"]:
        return before.point
    if before.grain in {"month", "day"} and before.period.cue == "whole":
        return before.point
    apart = "。" in scan.text[before.span.end : start]
    if before.grain in {"half", "quarter"} and not apart:
        return before.point
    month = got["b_month"] or got["b_m1"]
    if before.grain == "year" and not (month and apart):
        return before.point
    return None


def _read_range(scan: TimeScan, span: Span, first: Point) -> bool:
    """Read the second end of a range: 12月20日至1月10日, 2018年至今, 2024年、2025年."""
    dash = timegrammar.dash().match(scan.text, span.end)
    if not dash:
        return first.grain == "year" and _read_next_year(scan, span, first)
    now = NOWADAYS.match(scan.text, dash.end())
    if now:
        return add_since(scan, Span(span.start, now.end()), first)
    second = _second_end(scan, dash.end(), first)
    days = second and ordered(first, second[1])
    if second is None or days is None:
        return False
    grain = "span" if first.grain == "day" else "months"
    whole = with_from(scan, Span(span.start, second[0]))
    return add_point(scan, whole, Point(days, grain, first.own_year))


def _read_next_year(scan: TimeScan, span: Span, first: Point) -> bool:
    """Read 2024年、2025年 as both years: the second must follow on the first."""
    second = NEXT_YEAR.match(scan.text, span.end)
    if second is None or first.days is None or int(second["year"]) != first.days[0].year + 1:
        return False
    days = (first.days[0], date(int(second["year"]), 12, 31))
    return add_point(scan, Span(span.start, second.end()), Point(days, "years", first.own_year))


def _second_end(scan: TimeScan, at: int, first: Point) -> tuple[int, Point] | None:
    """Return the end and the point of the second half of a range."""
    day = timegrammar.day_only().match(scan.text, at)
    if day and first.grain == "day" and first.days:
        got: Parts = dict.fromkeys(timegrammar.point().groupindex)
        got |= {
            "year": str(first.days[0].year),
            "month": str(first.days[0].month),
            "day": day["day"],
        }
        point = point_of(got, Context(scan.published))
        return (day.end(), point) if point else None
    other = timegrammar.point().match(scan.text, at)
    if not other:
        return None
    point = point_of(other.groupdict(), Context(scan.published, first if first.own_year else None))
    return (other.end(), point) if point else None
