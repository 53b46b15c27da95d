"""Keep time expressions with the words that bound them: 截至, 自…起, 以来, 前, 比."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from transforms.model import Span, changed
from transforms.periods.days import Days, add_years
from transforms.periods.timepoints import Point
from transforms.periods.timescan import CLAUSE_MARKS, UNDATED, TimeScan
from transforms.periods.timethings import DUG_UP, of_given, of_object, of_things

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
# 下降至今年的28%: what it came to, no deadline
DEADLINE_BEFORE = re.compile(
    r"(?:力争|争取|(?<![升降增减加长高低少])[到至]|力争[到至]|争取[到至])[ ]?$"
)
ENDED = re.compile(r"(?:全部|顺利|圆满|全面)?(?:结束|收官|告一段落|闭幕)")
LIFE = re.compile(r"(?:出生|生(?![产活态])|参加工作|加入中国共产党|入党)")
# 3月19日，中央纪委公开通报6起案例 is the deed of that day, not the telling of another.
REPORTED = re.compile(
    r"[^。；\n]{0,16}?(?:记者|获悉|讯[（(， ]|电[ ，,]"
    r"|(?:通报|发布|公布)(?!(?:曝光|了)?(?:[0-9]{1,3}(?:名|人|位|件|例|批)"
    r"|[^，,：:。；\n称显指]{0,24}(?:[0-9一二三四五六七八九十][余多]?[起名]|典型|案例))))"
)

# 新华社北京7月29日电 中央纪委29日对…: the day of the deed is said again.
SAME_DAY = 40  # characters after a dateline in which its day may be said again

TO = re.compile("[至到]$")
FROM = ("自", "从")
EVENT_REACH = 30  # characters of an event between the ends of a range
ALONG = re.compile("随着$")
ROUND_OF = re.compile("度?的?(?:第[0-9一二三四五六七八九十]{1,3}|首)(?:批|轮|次|期|届)")


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
    if scan.before(TO, span.start, ends="至到") and _spans(scan, span, point):
        return True
    return _add_bounded(scan, span, point, point.days)


def _spans(scan: TimeScan, span: Span, point: Point) -> bool:
    """Join the ends of a range with an event between: 自2012年12月规定出台至今年7月."""
    last = scan.found[-1] if scan.found else None
    if last is None or last.period.start is None or point.days is None:
        return False
    led = scan.text.startswith(FROM, last.span.start) or scan.text.endswith(
        FROM, 0, last.span.start
    )
    between = scan.text[last.span.end : span.start]
    apart = len(between) > EVENT_REACH or not CLAUSE_MARKS.isdisjoint(between)
    if not led or apart or last.period.start > point.days[1]:
        return False
    scan.found.pop()
    days = (last.period.start, point.days[1])
    return scan.add(Span(last.span.start, span.end), days, grain="months")


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
    if of_object(scan, span, point.grain):
        return scan.add(span, days, role="object", grain=point.grain)
    role = "base" if LIFE.match(scan.text, span.end) else beside(scan, span)
    if role is None and point.grain == "day" and REPORTED.match(scan.text, span.end):
        if _said_again(scan, span, days[1]):
            return scan.add(span, days, grain="day")
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


def _said_again(scan: TimeScan, span: Span, day: date) -> bool:
    """Say whether the day of a dateline is said again as that of the deed: 29日电 中央纪委29日."""
    again = re.compile(f"(?<![0-9月]){day.day}日(?![0-9称说表介公消讯电从获晚透指]|上午公布)")
    return again.search(scan.text, span.end, span.end + SAME_DAY) is not None


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
        role=_role_since(scan, span),
        grain=point.grain,
        reason=None if scan.published else UNDATED,
    )


def _role_since(scan: TimeScan, span: Span) -> str:
    """Tell since when the things are that are looked into: 排查2021年以来的320件."""
    if of_given(scan, span):
        return "object"
    if not (scan.before(DUG_UP, span.start) or of_things(scan, span)):
        return "period"
    return "object" if scan.text.startswith("的", span.end) else "base"


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
    role = "object" if described else word
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
