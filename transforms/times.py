"""Find every time expression of a text, and the days it stands for on the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from transforms import timegrammar
from transforms.anchors import TimeWord, seasons, words
from transforms.days import Days, add_months, add_years, month_days, week_days, year_days
from transforms.model import Period, Span
from transforms.timegrammar import number
from transforms.timepoints import (
    Context,
    Parts,
    Point,
    holiday_days,
    ordered,
    point_of,
    season_days,
    shifted,
)

UNDATED: Final = "no publication date"
CLAUSE_MARKS: Final = frozenset("，,。；;！!？?：:\n")
BEFORE_BASE = re.compile(r"(?:比|较|相比于?|同比|对比|比较)$")
AFTER_BASE = re.compile(r"(?:相比|持平|的[0-9.一二三四五六七八九十]{1,6}倍)")
COPULA = re.compile(
    r"(?:分别)?(?:仅|只)?(?:为|是|有|达)[ ]?(?:近|约|超)?[0-9一二三四五六七八九十百]"
)
UNTIL_BEFORE = re.compile(r"(?:截至|截止)(?:到|于|至)?[ ]?$")
SINCE_BEFORE = re.compile(r"(?:自从|自|从)[ ]?$")
SINCE_AFTER = re.compile(r"[ ]?(?:以来(?![信访电函])|至今|起至今|起(?![诉点来草到])|开始(?=[，,]))")
AGO_AFTER = re.compile(r"[ ]?(?:以前|之前|前(?![往来后三二两去期述])(?!十|半|[0-9]))")
AHEAD = re.compile(r"(?:将于|将在|拟于|拟在|定于|预计|计划|力争|争取|确保|将)[^，。；]{0,4}$")
DEADLINE_BEFORE = re.compile(r"(?:力争到|争取到|到|力争|至)[ ]?$")
REPORTED = re.compile(r"[^。；\n]{0,16}?(?:记者|获悉|通报|发布|公布|讯[（(， ]|电[ ，,])")
ELAPSED = re.compile(r"(?:用时|历时|长达|达|用了|用|为期|耗时|时间|需要?|满|超过?|不到|不足)$")
NOWADAYS = re.compile(r"今(?!年|天)|目前|现在|今天")


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: its period, how it may govern figures, and how fine it is.

    `role`: period (governs) · until (an end alone) · clause (a value given beside another) ·
    base (only compared with) · report (the day of the telling) · offset (三个月后) · future.
    """

    period: Period
    role: str
    grain: str  # year | years | half | quarter | months | month | day | span | vague
    stated_end: date | None = None  # before it was cut at the day of publication

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return self.period.span or Span(0, 0)

    @property
    def point(self) -> Point | None:
        """The days as stated, where both ends are known."""
        if self.period.start is None or self.stated_end is None:
            return None
        return Point((self.period.start, self.stated_end), self.grain)


class TimeScan:
    """One pass over a text; `found` grows in reading order, resolved against `published`."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published
        self.found: list[Time] = []
        self.end = 0  # where the last expression that was read ends

    def before(self, pattern: re.Pattern[str], start: int, reach: int = 6) -> re.Match[str] | None:
        """Match a pattern that ends in $ against the few characters before `start`."""
        return pattern.search(self.text, max(0, start - reach), start)

    def add(
        self,
        span: Span,
        days: tuple[date | None, date | None],
        *,
        basis: str = "explicit",
        cue: str = "whole",
        role: str = "period",
        grain: str = "span",
        reason: str | None = None,
    ) -> bool:
        """Keep an expression; one inside a book title (《2020年工作报告》) is passed over."""
        self.end = span.end
        if not self.in_title(span.start):
            first, last = days
            cut = last
            if self.published and first and last and first <= self.published < last:
                cut = self.published
            period = Period(first, cut, basis, span.of(self.text), span, cue, reason)
            self.found.append(Time(period, role, grain, last))
        return True

    def add_undated(self, span: Span, grain: str, role: str = "period") -> bool:
        """Keep an expression that only a day of publication could resolve."""
        return self.add(span, (None, None), basis="unknown", role=role, grain=grain, reason=UNDATED)

    def add_until_now(self, span: Span, cue: str, reason: str, role: str = "period") -> bool:
        """Keep an expression whose beginning nobody says: up to the day of publication."""
        return self.add(
            span,
            (None, self.published),
            basis="publication",
            cue=cue,
            role=role,
            grain="vague",
            reason=reason if self.published else UNDATED,
        )

    def in_title(self, start: int) -> bool:
        """Say whether `start` lies within 《…》."""
        low = max(0, start - 60)
        opened = self.text.rfind("《", low, start)
        closed = self.text.find("》", start, start + 60)
        return opened > self.text.rfind("》", low, start) and closed >= 0

    def clause_start(self, at: int, reach: int = 30) -> int:
        """Return where the words before `at` begin: after the last mark or expression."""
        low = max(0, at - reach, self.end)
        marks = (i for i in range(at - 1, low - 1, -1) if self.text[i] in CLAUSE_MARKS)
        return next(marks, low - 1) + 1

    def dated_before(self, start: int, barrier: str) -> Time | None:
        """Return the last expression of known days before `start`, not beyond a `barrier`."""
        for time in reversed(self.found[-8:]):
            if barrier and barrier in self.text[time.span.end : start]:
                return None
            if time.role not in {"base", "clause", "future"} and time.point:
                return time
        return None


def read_word(scan: TimeScan, start: int) -> bool:
    """Read a fixed word of the lexicon: 今年以来, 近日, 截至目前, 上月, 去年同期."""
    match = timegrammar.word().match(scan.text, start)
    if not match:
        return False
    found, span = words()[match["word"]], Span(start, match.end("word"))
    if found.rule == "frequency":
        if scan.text[span.end : span.end + 1] in {"日", "号"}:
            return False
        scan.end = span.end
        return True
    if match["weekend"]:
        span = Span(start, match.end())
    return _read_rule(scan, span, found, weekend=bool(match["weekend"]))


def _read_rule(scan: TimeScan, span: Span, found: TimeWord, *, weekend: bool) -> bool:
    if found.rule == "vague":
        return scan.add_until_now(span, "vague", "how long before publication is not said")
    if found.rule == "now":
        return scan.add(
            span,
            (None, scan.published),
            cue="until",
            role="until",
            grain="day",
            reason=None if scan.published else UNDATED,
        )
    if found.rule == "future":
        first = scan.published + timedelta(days=1) if scan.published else None
        return scan.add(span, (first, None), cue="future", role="future", grain="vague")
    if found.rule == "context_month":
        return _read_context_month(scan, span)
    if scan.published is None:
        return scan.add_undated(span, "span")
    if found.rule == "same_period":
        return _read_same_period(scan, span, found.shift, scan.published)
    if found.rule == "ytd":
        days = (date(scan.published.year, 1, 1), scan.published)
        return scan.add(span, days, cue="ytd", grain="months")
    return add_point(scan, span, _counted(found, scan.published, weekend=weekend))


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


def _read_same_period(scan: TimeScan, span: Span, shift: int, published: date) -> bool:
    """Read 去年同期: what the sentence's own period was a year before."""
    start, end = date(published.year, 1, 1), published
    before = scan.dated_before(span.start, "。")
    if before and before.period.start and before.period.end:
        start, end = before.period.start, before.period.end
    days = (add_years(start, shift), add_years(end, shift))
    return scan.add(span, days, role=_beside(scan, span) or "clause", grain="months")


def _read_context_month(scan: TimeScan, span: Span) -> bool:
    """Read 当月: the month the text speaks of, not the month of publication."""
    spoken = (time for time in reversed(scan.found[-8:]) if time.grain == "month" and time.point)
    time = next(spoken, None)
    if time is None:
        return scan.add_until_now(span, "whole", "the month is not stated")
    return scan.add(span, (time.period.start, time.stated_end), grain="month")


def _beside(scan: TimeScan, span: Span) -> str | None:
    """Return `base` for what is only compared with: 比去年, 与去年同期相比, 是去年同期的2倍."""
    compared = scan.before(BEFORE_BASE, span.start) or AFTER_BASE.match(scan.text, span.end)
    return "base" if compared else None


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
    edge = shifted(scan.published, *size, 1 if key == "3" else -1)
    if edge is None:
        return False
    if key == "3":
        days = (scan.published + timedelta(days=1), edge)
        return scan.add(span, days, cue="future", role="future")
    if key == "5":
        return _add_ago(scan, span, edge, size[1])
    return scan.add(span, (edge, scan.published), cue="rolling")


def _add_ago(scan: TimeScan, span: Span, edge: date, unit: str) -> bool:
    """Keep 三年前 as the whole year, 两个月前 as the month, else as the day."""
    role = _beside(scan, span) or "clause"
    if unit == "年":
        return scan.add(span, year_days(edge.year), role=role, grain="year")
    if unit == "个月":
        return scan.add(span, month_days(edge.year, edge.month), role=role, grain="month")
    return scan.add(span, (edge, edge), role=role, grain="day")


def read_point(scan: TimeScan, start: int) -> bool:
    """Read a point of time or a range of points, with the words around that bound it."""
    match = timegrammar.point().match(scan.text, start)
    if not match:
        return False
    got = match.groupdict()
    context = Context(
        scan.published, _followed(scan, start, got), bool(scan.before(AHEAD, start, 9))
    )
    point = point_of(got, context)
    if point is None:
        return False
    span = Span(*match.span())
    if (
        point.grain == "year"
        and point.days
        and read_holiday(scan, span.end, point.days[0].year, start)
    ):
        return True
    return _read_range(scan, span, point) or add_point(scan, span, point)


def _followed(scan: TimeScan, start: int, got: Parts) -> Point | None:
    """Return the point whose year a point without one takes.

    同年 and 次年 follow on any date before; a month or a day follows on a month or day of the
    paragraph (2019年8月接到举报，11月立案) or a year of its sentence; 上半年 on a year of the
    paragraph.
    """
    before = scan.dated_before(start, "" if got["ryear"] else "\n")
    if before is None or got["ryear"]:
        return before and before.point
    if before.grain in {"month", "day"} and before.period.cue == "whole":
        return before.point
    month = got["b_month"] or got["b_m1"]
    if before.grain == "year" and not (month and "。" in scan.text[before.span.end : start]):
        return before.point
    return None


def _read_range(scan: TimeScan, span: Span, first: Point) -> bool:
    """Read the second end of a range: 12月20日至1月10日, 3月5日至7日, 2018年至今."""
    dash = timegrammar.dash().match(scan.text, span.end)
    if not dash:
        return False
    now = NOWADAYS.match(scan.text, dash.end())
    if now:
        return add_since(scan, Span(span.start, now.end()), first)
    second = _second_end(scan, dash.end(), first)
    days = second and ordered(first, second[1])
    if second is None or days is None:
        return False
    prefix = scan.before(SINCE_BEFORE, span.start)
    start = prefix.start() if prefix else span.start
    grain = "span" if first.grain == "day" else "months"
    return add_point(scan, Span(start, second[0]), Point(days, grain, first.own_year))


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


def add_point(scan: TimeScan, span: Span, point: Point) -> bool:
    """Keep a point with the words around that bound it: 截至, 自…起, 以来, 前, 比."""
    if point.days is None:
        return scan.add_undated(span, point.grain)
    until = scan.before(UNTIL_BEFORE, span.start)
    if until:
        whole = Span(until.start(), span.end)
        return _joined(scan, whole, point) or add_until(scan, whole, point)
    if _joined(scan, span, point):
        return True
    since = SINCE_AFTER.match(scan.text, span.end)
    if since:
        return add_since(scan, Span(span.start, since.end()), point)
    ago = AGO_AFTER.match(scan.text, span.end)
    if ago:
        return _add_before(scan, Span(span.start, ago.end()), point)
    if scan.published and point.days[0] > scan.published:
        return scan.add(span, point.days, cue="future", role="future", grain=point.grain)
    if scan.before(DEADLINE_BEFORE, span.start) and point.grain != "day":
        return add_until(scan, span, point)
    return _add_plain(scan, span, point, point.days)


def _add_plain(scan: TimeScan, span: Span, point: Point, days: Days) -> bool:
    """Keep a point that bounds itself."""
    role = _beside(scan, span)
    if role is None and point.grain == "day" and REPORTED.match(scan.text, span.end):
        reason = "the day it was told, not done"
        until = (None, days[1])
        return scan.add(span, until, cue="until", role="report", grain="day", reason=reason)
    if role is None and _compares(scan, span, days):
        role = "clause"
    so_far = point.grain == "year" and scan.published and days[0] <= scan.published < days[1]
    cue = "ytd" if point.to_date or so_far else "whole"
    return scan.add(span, days, cue=cue, role=role or "period", grain=point.grain)


def _compares(scan: TimeScan, span: Span, days: Days) -> bool:
    """Say whether an earlier point gives a value beside the sentence's: 去年1-7月为1104件."""
    before = scan.found[-1].period.start if scan.found else None
    return bool(before and days[0] < before and COPULA.match(scan.text, span.end))


def add_since(scan: TimeScan, span: Span, point: Point) -> bool:
    """Keep 2018年以来, 自3月起, 2018年至今: from its first day to the day of publication."""
    prefix = scan.before(SINCE_BEFORE, span.start)
    start = prefix.start() if prefix else span.start
    return scan.add(
        Span(start, span.end),
        (point.days and point.days[0], scan.published),
        cue="since",
        grain=point.grain,
        reason=None if scan.published else UNDATED,
    )


def add_until(scan: TimeScan, span: Span, point: Point) -> bool:
    """Keep 截至10月底: up to its last day; where it begins the sentence may say."""
    end = point.days and point.days[1]
    return scan.add(span, (None, end), cue="until", role="until", grain=point.grain)


def _add_before(scan: TimeScan, span: Span, point: Point) -> bool:
    """Keep 6月底前, 2025年前: a deadline where it is still to come, else an end."""
    assert point.days is not None
    end = point.days[1]
    if point.grain == "day":
        end -= timedelta(days=1)
    coming = scan.published is None or end > scan.published
    word = "future" if coming else "until"
    return scan.add(span, (None, end), cue=word, role=word, grain=point.grain)


def _joined(scan: TimeScan, span: Span, point: Point) -> bool:
    """Give a …以来 the end that follows on it: 党的十九大以来至2020年底."""
    last = scan.found[-1] if scan.found else None
    if last is None or last.period.cue not in {"since", "ytd"} or point.days is None:
        return False
    if scan.text[last.span.end : span.start] not in {"", "至", "到"}:
        return False
    whole = Span(last.span.start, span.end)
    surface = whole.of(scan.text)
    period = replace(last.period, end=point.days[1], span=whole, surface=surface)
    scan.found[-1] = replace(last, period=period, stated_end=point.days[1])
    scan.end = span.end
    return True


def read_holiday(
    scan: TimeScan, at: int, year: int | None = None, start: int | None = None
) -> bool:
    """Read 春节期间, 元旦春节期间, 中秋国庆“两节”期间, with the year before it if there is one."""
    match = timegrammar.holiday().match(scan.text, at)
    if not match or not (match["tail"] or match["off"]):
        return False
    span = Span(at if start is None else start, match.end())
    context = Context(scan.published, None, bool(scan.before(AHEAD, span.start, 9)))
    days = holiday_days(match["h1"], match["h2"], year, context)
    if days is None:
        reason = UNDATED if scan.published is None else "the calendar of that year is not known"
        return scan.add(span, (None, None), basis="unknown", reason=reason)
    if match["tail"] in {"前夕", "节前", "之前", "前"}:
        end = days[0] - timedelta(days=1)
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
