"""Holds the time expressions found in a text, and the pass over it that finds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from transforms.making import quick
from transforms.model import Period, Span
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
