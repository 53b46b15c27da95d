"""Keep time expressions with the words that bound them: 截至, 自…起, 以来, 前, 比."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from transforms.making import quick
from transforms.model import Period, Span, changed
from transforms.periods.days import Days, add_years
from transforms.periods.timepoints import Point

LOOKED_BACK = 64  # times looked back upon for the period that a report tells of
A_MONTH = 27  # days and more
PASSED_OVER: Final = frozenset(
    {"base", "object", "clause", "future"}
)  # roles that date nothing after them
LOOSE: Final = frozenset({"span", "months", "vague"})
UNDATED: Final = "no publication date"
CLAUSE_MARKS: Final = frozenset("，,。；;！!？?：:\n")
TITLE_REACH = 60  # characters of a title before 以来
CHANGED_AFTER = re.compile(r"(?:有所|明显|大幅)?(?:减少|增加|下降|上升|增长|多|少)")
JOINED_BEFORE = re.compile(r"[与和同跟]$")
BEFORE_BASE = re.compile(r"(?:比|较|相比于?|同比|对比|比较)$")
AFTER_BASE = re.compile(
    r"(?:相比|持平|相同|相当|相近|基本一致|的[0-9.一二三四五六七八九十]{1,6}倍)"
)
COPULA = re.compile(
    r"(?:分别)?(?:仅|只)?(?:为|是|有|达)[ ]?(?:近|约|超)?[0-9一二三四五六七八九十百]"
)
OPENING: Final = "，,。；;：:\n \u3000"
UNTIL_BEFORE = re.compile(r"(?:(?:截至|截止)(?:到|于|至)?|(?:^|[，,。；;：:\n \u3000])至)[ ]?$")
SINCE_BEFORE = re.compile(r"(?:自从|自|从)[ ]?$")
SINCE_AFTER = re.compile(
    r"[ ]?(?:以来(?![信访电函])|来(?=[，,])|至今|起至今|起(?![诉点来草到])|开始(?=[，,]))"
)
BEGUN_AFTER = re.compile(r"[ ]?开始(?![的日])")  # 从11月下旬开始对10个县督导
AGO_AFTER = re.compile(r"[ ]?(?:以前|之前|前(?![往来后三二两去期述])(?!十|半|[0-9]))")
AHEAD = re.compile(r"(?:将于|将在|拟于|拟在|定于|预计|计划|力争|争取|确保|将)[^，。；]{0,4}$")
DEADLINE_BEFORE = re.compile(r"(?:力争到|争取到|到|力争|至)[ ]?$")
ENDED = re.compile(r"(?:全部|顺利|圆满|全面)?(?:结束|收官|告一段落|闭幕)")
LIFE = re.compile(r"(?:出生|生(?![产活态])|参加工作|加入中国共产党|入党)")
# 3月19日，中央纪委公开通报6起案例 is the deed of that day, not the telling of another.
REPORTED = re.compile(
    r"[^。；\n]{0,16}?(?:记者|获悉|讯[（(， ]|电[ ，,]"
    r"|(?:通报|发布|公布)(?!(?:曝光|了)?[^，,：:。；\n称显指]{0,24}(?:[0-9一二三四五六七八九十][余多]?[起名]|典型|案例)))"
)

# 核查2022年度30户, 开展2022年度…的再核查: the year of what is looked into, not of the looking.
CHECKING = (
    "调取|提取|导出|抓取|核查|复核|审核|审计|检查|抽查|回访|比对|查阅|调阅|清查|评估|听取|审议"
)
LOOKED_INTO = re.compile(f"(?:{CHECKING})了?$")
# 起底2021年以来…: from when on the things are, not the looking.
DUG_UP = re.compile(
    f"(?:起底|倒查|回溯|清退|退还|清缴|补发|排查|摸排|梳理|筛查|清理|检视|复查|{CHECKING})(?:出?了|出)?$"
)
TAKEN_UP = re.compile("(?:开展|对|组织|启动|进行|完成)了?$")
THEN_CHECKED = re.compile(
    f"度?[^，,。；;\n]{{1,30}}?(?:的|进行|开展)(?:再|全面|专项)?(?:{CHECKING}|核实)"
)

# 对全镇2019年度确定的12户进行走访: which are meant, not when they were called on.
GIVEN_IN = re.compile("对[^，,。；;：:\n]{0,8}$")
THEN_DONE = re.compile("度?[^，,。；;\n]{1,60}?的[^，,。；;\n]{1,40}?(?:进行|开展|予以|给予)")
ALONG = re.compile("随着$")
ROUND_OF = re.compile("度?的?(?:第[0-9一二三四五六七八九十]{1,3}|首)(?:批|轮|次|期|届)")
PLAIN: Final = frozenset({"year", "half", "quarter", "months", "month"})


@quick
@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: its period, how it may govern figures, and how fine it is.

    `role`: period (governs) · until (an end alone) · clause (a value given beside another) ·
    base (only compared with) · object (the year of what is looked into) ·
    report (the day of the telling) · offset (三个月后) · future.
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
    def dated(self) -> bool:
        """Say whether both ends are known."""
        return self.period.start is not None and self.stated_end is not None

    @property
    def point(self) -> Point | None:
        """The days as stated, where both ends are known."""
        if self.period.start is None or self.stated_end is None:
            return None
        return Point((self.period.start, self.stated_end), self.grain)


def dates(time: Time) -> bool:
    """Say whether a time tells when something was done."""
    return time.role in {"period", "until"}


def within(time: Time, frame: Time) -> bool:
    """Say whether a time lies within another: 3月, or 截至6月底, within 今年以来."""
    period, whole = time.period, frame.period
    if time.role == "until":
        return period.end is None or whole.start is None or period.end >= whole.start
    if period.start is None or period.end is None or whole.start is None or whole.end is None:
        return False
    return whole.start <= period.start and period.end <= whole.end


def refines(time: Time, frame: Time) -> bool:
    """Say whether a time tells how far a frame goes: 今年以来 … 1至4月, no mere 1月."""
    whole = time is frame or time.grain not in {"month", "day"}
    return whole and time.role == "period" and time.period.start == frame.period.start


class TimeScan:
    """One pass over a text; `found` grows in reading order, resolved against `published`."""

    def __init__(self, text: str, published: date | None, review: int | None = None) -> None:
        self.text = text
        self.published = published
        self.review = review  # the year the headline looks back on
        self.found: list[Time] = []
        self.end = 0  # where the last expression that was read ends
        self.titles = "《" in text

    def before(
        self, pattern: re.Pattern[str], start: int, reach: int = 6, *, ends: str = ""
    ) -> re.Match[str] | None:
        """Match a pattern that ends in $ against the few characters before `start`.

        `ends` holds the characters it can end with, where they are few: a quick look first.
        """
        if ends and self.text[start - 1 : start] not in ends:
            return None
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
        if not (self.titles and self.in_title(span.start)):
            first, last = days
            cut = last
            if self.published and first and last and first <= self.published < last:
                cut = self.published
            if self.published and first and first > self.published:
                cue = role = "future"
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
        at = self.before_title(at)  # the marks of a title are no clause's
        low = max(0, at - reach, self.end if self.end <= at else 0)
        marks = (i for i in range(at - 1, low - 1, -1) if self.text[i] in CLAUSE_MARKS)
        return next(marks, low - 1) + 1

    def before_title(self, at: int) -> int:
        """Return where the 《…》 that ends at `at` opens, or `at` itself."""
        if self.text[at - 1 : at] != "》":
            return at
        opened = self.text.rfind("《", max(0, at - TITLE_REACH), at)
        return opened if opened >= 0 else at

    def dated_before(self, start: int, barrier: str, *, points: bool = False) -> Time | None:
        """Return the last expression of known days before `start`, not beyond a `barrier`.

        `points` leaves out spans that only end by publication: 党的十八大以来, 近三年.
        """
        for time in reversed(self.found[-8:]):
            if barrier in self.text[time.span.end : start]:
                return None
            loose = points and (time.grain in LOOSE or time.period.cue == "since")
            if time.role not in PASSED_OVER and time.dated and not loose:
                return time
        return None

    def reported_before(self, start: int) -> Time | None:
        """Return the last reporting period before `start`: some months of one year, as 1至7月."""
        for time in reversed(self.found[-LOOKED_BACK:]):
            own, told = time.period, time.role not in PASSED_OVER and time.dated
            if told and own.start and own.end and own.start.year == own.end.year:
                months = own.start.day == 1 and (own.end - own.start).days >= A_MONTH
                return time if months and time.span.end <= start else None
        return None


def read_same_period(scan: TimeScan, span: Span, shift: int, published: date) -> bool:
    """Read 去年同期: what the sentence's own period was a year before."""
    start, end = date(published.year, 1, 1), published
    before = scan.dated_before(span.start, "。") or scan.reported_before(span.start)
    if before and before.period.start and before.period.end:
        start, end = before.period.start, before.period.end
    days = (add_years(start, shift), add_years(end, shift))
    return scan.add(span, days, role=beside(scan, span) or "clause", grain="months")


def beside(scan: TimeScan, span: Span) -> str | None:
    """Return `base` for what is only compared with: 比去年, 与去年同期相比, 是去年同期的2倍."""
    if scan.before(BEFORE_BASE, span.start, ends="比较于\n"):
        return "base"
    joined = scan.before(JOINED_BEFORE, span.start, ends="与和同跟")
    if joined and CHANGED_AFTER.match(scan.text, span.end):
        return "base"  # 与去年同期减少1次
    return "base" if AFTER_BASE.match(scan.text, span.end) else None


def add_point(scan: TimeScan, span: Span, point: Point) -> bool:
    """Keep a point with the words around that bound it: 截至, 自…起, 以来, 前, 比."""
    if point.days is None:
        return scan.add_undated(span, point.grain)
    until = scan.before(UNTIL_BEFORE, span.start, ends="至止到于 \n")
    if until:
        span = Span(until.end() - len(until[0].lstrip(OPENING)), span.end)
    if _joined(scan, span, point):
        return True
    if until:
        return add_until(scan, span, point)
    return _add_bounded(scan, span, point, point.days)


def _add_bounded(scan: TimeScan, span: Span, point: Point, days: Days) -> bool:
    """Keep a point as the words after it bound it, or as a day still to come."""
    since = SINCE_AFTER.match(scan.text, span.end)
    if since is None and scan.before(SINCE_BEFORE, span.start, ends="从自 \n"):
        since = BEGUN_AFTER.match(scan.text, span.end)
    if since:
        return add_since(scan, Span(span.start, since.end()), point)
    if ago := AGO_AFTER.match(scan.text, span.end):
        return _add_before(scan, Span(span.start, ago.end()), point)
    if scan.published and days[0] > scan.published:
        return scan.add(span, days, grain=point.grain)
    if ENDED.match(scan.text, span.end):
        return add_until(scan, span, point)
    if scan.before(DEADLINE_BEFORE, span.start, ends="到争至 \n") and point.grain != "day":
        return add_until(scan, span, point)
    return _add_plain(scan, span, point, days)


def _add_plain(scan: TimeScan, span: Span, point: Point, days: Days) -> bool:
    """Keep a point that bounds itself."""
    if _of_object(scan, span, point.grain):
        return scan.add(span, days, role="object", grain=point.grain)
    role = "base" if LIFE.match(scan.text, span.end) else beside(scan, span)
    if role is None and point.grain == "day" and REPORTED.match(scan.text, span.end):
        reason = "the day it was told, not done"
        until = (None, days[1])
        return scan.add(span, until, cue="until", role="report", grain="day", reason=reason)
    if role is None and (_compares(scan, span, days) or _sets_scene(scan, span, point.grain)):
        role = "clause"
    so_far = point.grain == "year" and scan.published and days[0] <= scan.published < days[1]
    cue = "ytd" if point.to_date or so_far else "whole"
    return scan.add(span, days, cue=cue, role=role or "period", grain=point.grain)


def _sets_scene(scan: TimeScan, span: Span, grain: str) -> bool:
    """Say whether a time is by the way: 随着6月中旬降雨增多, 今年第一批督察已结束."""
    numbered = grain == "year" and ROUND_OF.match(scan.text, span.end)
    return bool(numbered) or scan.before(ALONG, span.start, ends="着") is not None


def _of_object(scan: TimeScan, span: Span, grain: str) -> bool:
    """Say whether a time belongs to what is looked into: 核查2022年度的补贴."""
    if grain in PLAIN and scan.before(GIVEN_IN, span.start, 10):
        return THEN_DONE.match(scan.text, span.end) is not None
    if grain != "year":
        return False
    if scan.before(LOOKED_INTO, span.start):
        return True
    taken = scan.before(TAKEN_UP, span.start)
    return bool(taken and THEN_CHECKED.match(scan.text, span.end))


def _compares(scan: TimeScan, span: Span, days: Days) -> bool:
    """Say whether an earlier point gives a value beside the sentence's: 去年1-7月为1104件."""
    before = scan.found[-1].period.start if scan.found else None
    return bool(before and days[0] < before and COPULA.match(scan.text, span.end))


def add_since(scan: TimeScan, span: Span, point: Point) -> bool:
    """Keep 2018年以来, 自3月起, 2018年至今: from its first day to the day of publication."""
    start = point.days and point.days[0]
    if start and scan.published and start > scan.published:
        return scan.add(span, (start, None), grain=point.grain)
    return scan.add(
        with_from(scan, span),
        (start, scan.published),
        cue="since",
        role="base" if scan.before(DUG_UP, span.start) else "period",
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
    bare = scan.text[span.start : span.end].rstrip(" 以之前")
    end = point.days[1] if bare[-1] in "底末初旬" else point.days[0] - timedelta(days=1)
    coming = scan.published is None or end > scan.published
    word = "future" if coming else "until"
    described = scan.text.startswith("的", span.end)  # 2019年以前的6705户: which are meant
    role = "base" if described else word
    return scan.add(span, (None, end), cue=word, role=role, grain=point.grain)


def _joined(scan: TimeScan, span: Span, point: Point) -> bool:
    """Give a …以来 the end that follows on it: 党的十九大以来至2020年底."""
    last = scan.found[-1] if scan.found else None
    if last is None or last.period.cue not in {"since", "ytd"} or point.days is None:
        return False
    if scan.text[last.span.end : span.start] not in {"", "至", "到"}:
        return False
    whole = Span(last.span.start, span.end)
    surface = whole.of(scan.text)
    if last.period.start and last.period.start > point.days[1]:
        return False
    period = changed(last.period, end=point.days[1], span=whole, surface=surface)
    scan.found[-1] = changed(last, period=period, stated_end=point.days[1])
    scan.end = span.end
    return True


def with_from(scan: TimeScan, span: Span) -> Span:
    """Take in the 从 or 自 before a range."""
    prefix = scan.before(SINCE_BEFORE, span.start, ends="从自 \n")
    return Span(prefix.start(), span.end) if prefix else span
