"""Read the time words of the lexicon, rolling spans, public holidays and seasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from transforms.model import Span
from transforms.periods import timegrammar
from transforms.periods.anchors import TimeWord, seasons, words
from transforms.periods.days import add_months, month_days, week_days, year_days
from transforms.periods.timeevents import begins_before, extends_point
from transforms.periods.timepoints import Context, Point, holiday_days, season_days, shifted
from transforms.periods.times import AHEAD, add_point, beside, read_same_period
from transforms.periods.timescan import UNDATED, TimeScan
from transforms.periods.timethings import DUG_UP, of_things

# 9月9日，市纪委通报近期查处的9起问题: the time is that of the cases, not of the telling.
FOUND_THEN = re.compile("(?:查处|查办|发生|发现|办理)的")
NOT_FREQUENT: Final = frozenset("日号般些批直致")  # 一月一日, 一季度一般公共预算
FESTIVE: Final = frozenset("节假生当今昨")  # 节日前后 is no 日前
EVES: Final = frozenset({"前夕", "节前", "之前", "前"})
ELAPSED = re.compile(r"(?:用时|历时|长达|达|用了|用|为期|耗时|时间|需要?|满|超过?|不到|不足)$")
GIVEN = re.compile("对$")
BEGUN_IN: Final = frozenset({"day", "month", "year"})
TO_NOW: Final = frozenset({"至今", "迄今"})  # 自2019年启动追逃工作至今
NEARING = re.compile(r"(?:在?到来|来临|将至|临近|将近|在即)")
FIRST_QUARTER_ENDS = 3


def read_word(scan: TimeScan, start: int) -> bool:
    """Read a fixed word of the lexicon: 今年以来, 近日, 截至目前, 上月, 去年同期."""
    match = timegrammar.word().match(scan.text, start)
    if not match:
        return False
    found, span = words()[match["word"]], Span(start, match.end("word"))
    if found.rule == "frequency":
        if scan.text[span.end : span.end + 1] in NOT_FREQUENT:
            return False
        scan.end = span.end
        return True
    if match["word"] == "日前" and scan.text[start - 1 : start] in FESTIVE and start:
        return False
    if match["word"].endswith("今") and scan.text[span.end : span.end + 1] in {"年", "天", "日"}:
        return False
    if match["weekend"]:
        span = Span(start, match.end())
    return _read_rule(scan, span, found, weekend=bool(match["weekend"]))


def _read_rule(scan: TimeScan, span: Span, found: TimeWord, *, weekend: bool) -> bool:
    if found.rule in UNCOUNTED:
        return UNCOUNTED[found.rule](scan, span)
    if scan.published is None:
        return scan.add_undated(span, "span")
    if found.rule == "same_period":
        return read_same_period(scan, span, found.shift, scan.published)
    if found.rule == "ytd":
        days = (date(scan.published.year, 1, 1), scan.published)
        return scan.add(span, days, cue="ytd", grain="months")
    return add_point(scan, span, _counted(found, scan.published, weekend=weekend))


def _read_vague(scan: TimeScan, span: Span) -> bool:
    role = "object" if FOUND_THEN.match(scan.text, span.end) else "period"
    return scan.add_until_now(span, "vague", "how long before publication is not said", role=role)


def _read_now(scan: TimeScan, span: Span) -> bool:
    begun = span.of(scan.text) in TO_NOW and begins_before(scan, BEGUN_IN)
    if begun and extends_point(scan, span.start, span.end):
        return True
    reason = None if scan.published else UNDATED
    until = (None, scan.published)
    return scan.add(span, until, cue="until", role="until", grain="day", reason=reason)


def _read_future(scan: TimeScan, span: Span) -> bool:
    first = scan.published + timedelta(days=1) if scan.published else None
    return scan.add(span, (first, None), cue="future", role="future", grain="vague")


def _counted(found: TimeWord, day: date, *, weekend: bool) -> Point:
    """Resolve 昨天, 上周(末), 上月: counted in days, weeks or months from the publication."""
    if found.rule == "week":
        monday, sunday = week_days(day, found.shift)
        return Point((monday + timedelta(days=5) if weekend else monday, sunday), "span")
    if found.rule == "day":
        on = day + timedelta(days=found.shift)
        return Point((on, on), "day")
    first = add_months(day.replace(day=1), found.shift)
    return Point(month_days(first.year, first.month), "month")


def _read_context_month(scan: TimeScan, span: Span) -> bool:
    """Read 当月: the month the text speaks of, not the month of publication."""
    spoken = (time for time in reversed(scan.found[-8:]) if time.grain == "month" and time.point)
    time = next(spoken, None)
    if time is None:
        return scan.add_until_now(span, "whole", "the month is not stated")
    return scan.add(span, (time.period.start, time.stated_end), grain="month")


def read_rolling(scan: TimeScan, start: int) -> bool:
    """Read 近三年, 三年来, 三年前, 三个月后, 未来两天."""
    match = timegrammar.rolling().match(scan.text, start)
    if not match:
        return False
    got, span = match.groupdict(), Span(*match.span())
    if got["n6"]:
        reason = "counted from an event without a date"
        return scan.add_until_now(span, "vague", reason, role="offset")
    key = next(key for key in "12345" if got[f"n{key}"])
    count, unit = got[f"n{key}"] or "", got[f"u{key}"] or ""
    if key == "1" and match[0][-1] not in "来里间" and _is_amount(scan, start, unit):
        return False
    if count in "几多数些":
        return key != "5" and scan.add_until_now(span, "vague", "how long is not said")
    if scan.published is None:
        return scan.add_undated(span, "span")
    return _add_rolled(scan, span, key, (count, unit))


def _is_amount(scan: TimeScan, start: int, unit: str) -> bool:
    """Tell 用时近三年 and 近3天 (how long) from 近三年 (when)."""
    return unit in {"天", "日"} or bool(scan.before(ELAPSED, start))


def _add_rolled(scan: TimeScan, span: Span, key: str, size: tuple[str, str]) -> bool:
    assert scan.published is not None
    ahead = 1 if key == "3" else -1
    edge = shifted(scan.published, *size, ahead)
    if edge is None:
        return False
    if size[1] == "年" and scan.text.startswith("半", span.end):  # 过去一年半
        edge = shifted(edge, "半", "年", ahead) or edge
        return scan.add(Span(span.start, span.end + 1), (edge, scan.published), cue="rolling")
    if key == "3":
        days = (scan.published + timedelta(days=1), edge)
        return scan.add(span, days, cue="future", role="future")
    if key == "5":
        return _add_ago(scan, span, edge, size[1])
    if _is_year_reported(scan, span, size):
        return scan.add(span, year_days(scan.published.year - 1), grain="year")
    dug_up = scan.before(DUG_UP, span.start) or of_things(scan, span)
    of_object = dug_up or scan.before(GIVEN, span.start, ends="对")
    role = "object" if of_object else "period"  # 清退近三年的收费: which they are
    return scan.add(span, (edge, scan.published), cue="rolling", role=role)


def _is_year_reported(scan: TimeScan, span: Span, size: tuple[str, str]) -> bool:
    """过去一年 told in the first quarter, when the year is summed up, is the year before."""
    assert scan.published is not None
    first_quarter = scan.published.month <= FIRST_QUARTER_ENDS
    return first_quarter and size in {("一", "年"), ("1", "年")} and "过去" in span.of(scan.text)


def _add_ago(scan: TimeScan, span: Span, edge: date, unit: str) -> bool:
    """Keep 三年前 as the whole year, 两个月前 as the month, else as the day."""
    role = beside(scan, span) or "clause"
    if unit == "年":
        return scan.add(span, year_days(edge.year), role=role, grain="year")
    if unit == "个月":
        return scan.add(span, month_days(edge.year, edge.month), role=role, grain="month")
    return scan.add(span, (edge, edge), role=role, grain="day")


def read_holiday(
    scan: TimeScan, at: int, year: int | None = None, start: int | None = None
) -> bool:
    """Read 春节期间, 元旦春节期间, 中秋国庆“两节”期间, with the year before it if there is one."""
    match = timegrammar.holiday().match(scan.text, at)
    if not match or not (match["tail"] or match["off"]):
        return False
    span = Span(at if start is None else start, match.end())
    if NEARING.match(scan.text, span.end):
        return scan.add(span, (None, None), cue="future", role="future", reason="still to come")
    eve = match["tail"] in EVES
    ahead = bool(scan.before(AHEAD, span.start, 9))
    context = Context(scan.published, None, ahead=ahead, deadline=eve)
    days = holiday_days(match["h1"], match["h2"], year, context)
    if days is None:
        reason = UNDATED if scan.published is None else "the calendar of that year is not known"
        return scan.add(span, (None, None), basis="unknown", reason=reason)
    if eve:
        end = min(days[0] - timedelta(days=1), scan.published or days[0])
        return scan.add(span, (None, end), basis="anchor", cue="until", role="until", grain="day")
    if match["tail"] in {"节后", "之后", "后", "以来"}:
        return scan.add(span, (days[0], scan.published), basis="anchor", cue="since")
    return scan.add(span, days, basis="anchor")


def read_season(scan: TimeScan, start: int) -> bool:
    """Read 汛期期间, 全国两会期间."""
    match = timegrammar.season().match(scan.text, start)
    if not match:
        return False
    span = Span(*match.span())
    days = season_days(seasons()[match["name"]], None, Context(scan.published))
    if days is None:
        return scan.add_undated(span, "span")
    return scan.add(span, days, basis="anchor")


UNCOUNTED: Final[dict[str, Callable[[TimeScan, Span], bool]]] = {
    "vague": _read_vague,
    "now": _read_now,
    "future": _read_future,
    "context_month": _read_context_month,
}
