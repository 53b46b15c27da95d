"""Say of what period a figure speaks: by its clause, its sentence, its paragraph, the title."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from functools import cached_property

from transforms.document import Document
from transforms.model import Period, changed
from transforms.periods.finding import find_times, reviewed, titled
from transforms.periods.timescan import (
    CLAUSE_MARKS,
    UNDATED,
    Time,
    dates,
    refines,
    within,
)

STOP = re.compile(r"[。！？!?\n]")
MOST = 64  # times looked back at: no sentence of an article has more
CLAUSE_REACH, SENTENCE_REACH = 80, 400  # characters between a time and what it governs
FALLEN = re.compile("(?:出现|发生|分布|集中|产生|形成)[在于]$")
FALLEN_REACH = 20
TIMES = re.compile("[0-9.]{1,8}倍")
QUOTE = re.compile("[“”]")
PARTED = re.compile("[；;]")
LEAD = 8  # characters that may stand before the time a sentence opens with: 据统计，
CUMULATIVE = "累计"
FRAMED = "an earlier paragraph opens with it"
FRAMES = frozenset({"year", "half", "quarter", "months", "month", "span"})
LOOSE_TIME = re.compile("[年岁月][末底初尾]")  # 年末岁尾 sets a scene
OPEN_ENDED = ("以来", "年来", "至今")  # a span that what is counted 截至目前 goes on with
ELAPSED = re.compile(r"(?:用了|用时|历时|仅用)(?P<days>[0-9]{1,3})天")
# 从查处问题类型看，…: a paragraph that sorts what the one before it counted.
GOES_ON = re.compile("从[^，,。；\n]{2,20}(?:来)?看[，,]")
MOST_SORTED = 6  # such paragraphs in a row
COUNTED = re.compile(r"[^。！？!?\n]{0,200}?[0-9]")
STOCK = re.compile("共有|现有|拥有|保有|在册|在岗")
AFTERWARDS = re.compile(r"曝光|举报|反映|随后|立即|迅速|后[，,]")


class PeriodReader:
    """The times of one document, and the period that governs each place in it."""

    def __init__(
        self,
        document: Document,
        goes_on: Callable[[int, int], bool] | None = None,
        until: int | None = None,
    ) -> None:
        self.document = document
        self.goes_on = goes_on  # says whether a figure is still told of whom a frame is
        self.found = find_times(document.text, document.published_on, reviewed(document), until)
        self.starts = [time.span.start for time in self.found]
        self.stops = [match.start() for match in STOP.finditer(document.text)]

    @cached_property
    def times(self) -> tuple[Period, ...]:
        """Every time expression of the text, resolved, in reading order."""
        return tuple(time.period for time in self.found)

    @cached_property
    def titled(self) -> Time | None:
        """The time the headline gives, if it gives one."""
        times = titled(self.document.title, self.document.published_on)
        return next((time for time in times if time.role in {"period", "until"}), None)

    def period_at(self, offset: int, *, done: bool = True) -> Period:
        """Return the period of a figure at `offset`; `done` says that it is told as done.

        What is done ends by the day of publication; what is planned ends as stated.
        """
        first = self.sentence_start(offset)
        if done and (fallen := self.fallen(offset)) is not None:
            return fallen.period
        time = self.governing(first, offset, done=done)
        if time is not None:
            period = self.bounded(time, first, offset, done=done)
            return _inherited(period) if self.passed_on(time, first, offset) else period
        if (told := self.following(offset)) is not None and done:
            return told.period
        time = self.inherited(first, done=done)
        if time is not None:
            begins = self.sentence_start(time.span.start)
            return _inherited(self.bounded(time, begins, offset, done=done))
        return self.beyond(offset, done=done)

    def beyond(self, offset: int, *, done: bool) -> Period:
        """Return the period of a figure that its own paragraph does not date."""
        frame = self.framed(offset) if done else None
        if frame is not None:
            return _framed(frame.period)
        if self.titled is not None and done:
            return _inherited(changed(self.titled.period, span=None))
        return self.fallback(done=done)

    def following(self, offset: int) -> Time | None:
        """Return the day that a clause states after its figure: 30名干部于3月5日进驻."""
        index = bisect_right(self.starts, offset)
        time = self.found[index] if index < len(self.found) else None
        text = self.document.text
        if time is None or time.role != "period" or time.grain not in {"day", "span"}:
            return None
        between = text[offset : time.span.start]
        return time if between.endswith("于") and CLAUSE_MARKS.isdisjoint(between) else None

    def fallen(self, offset: int) -> Time | None:
        """Return the time that a clause says its figure falls in: 另有11笔出现在去年下半年."""
        index = bisect_right(self.starts, offset)
        time = self.found[index] if index < len(self.found) else None
        if time is None or time.role != "period" or time.span.start - offset > FALLEN_REACH:
            return None
        between = self.document.text[offset : time.span.start]
        return time if FALLEN.search(between) and CLAUSE_MARKS.isdisjoint(between) else None

    def sentence_start(self, offset: int) -> int:
        """Return where the sentence that holds `offset` begins; ；does not end one."""
        index = bisect_left(self.stops, offset)
        return self.stops[index - 1] + 1 if index else 0

    def governing(self, first: int, offset: int, *, done: bool) -> Time | None:
        """Return the nearest time from `first` on and before `offset` that may govern a figure."""
        fallback = None
        for time in reversed(self.between(first, offset)):
            if self.may_govern(time, offset, done=done):
                if time.role != "offset":
                    return time
                fallback = fallback or time
        return fallback

    def passed_on(self, time: Time, first: int, offset: int) -> bool:
        """Say whether a time within one part of a sentence reaches a figure in a later part.

        2020年，立案12件；处分8人: what opens the sentence governs it all.
        """
        text, start = self.document.text, time.period.span.start if time.period.span else first
        opens = len(text[first:start].strip()) <= LEAD
        return not opens and PARTED.search(text, start, offset) is not None

    def between(self, first: int, last: int) -> tuple[Time, ...]:
        """Return the times that begin from `first` to `last`: the nearest, where they are many."""
        low, high = bisect_left(self.starts, first), bisect_right(self.starts, last)
        return self.found[max(low, high - MOST) : high]

    def may_govern(self, time: Time, offset: int, *, done: bool) -> bool:
        """Say whether a time's role lets it govern a figure at `offset`."""
        if time.role == "base":  # 比上年同期847件少297件: the first is the count of that time
            times_it = TIMES.match(self.document.text, offset)  # 是2013年的8.3倍 is a count of now
            return self.document.text[time.span.end : offset] in {"", "的"} and not times_it
        if time.role == "object" or (time.role == "future" and done):
            return False
        if time.period.basis == "unknown" and self.document.published_on:
            return False  # 当年 with no year in sight dates nothing
        if time.role == "clause":
            near = offset - time.span.end < CLAUSE_REACH
            return near and CLAUSE_MARKS.isdisjoint(self.document.text[time.span.end : offset])
        return True

    def inherited(self, first: int, *, done: bool) -> Time | None:
        """Return the time an earlier sentence of the paragraph gives; a span before a mere day.

        What somebody is quoted as saying dates nothing outside the quote.
        """
        start = self.document.text.rfind("\n", 0, first) + 1
        for _ in range(MOST_SORTED):
            if not start or not GOES_ON.match(self.document.text, start):
                break
            start = self.document.text.rfind("\n", 0, max(start - 1, 0)) + 1
        roles = {"period", "until", "report"} if done else {"period", "until", "future"}
        told = (time for time in reversed(self.between(start, first - 1)) if time.role in roles)
        times = [time for time in told if not self.quoted(time, first)]
        spans = (time for time in times if time.grain != "day" or time.role == "until")
        return next(spans, times[0] if times else None)

    def quoted(self, time: Time, first: int) -> bool:
        """Say whether a time stands in speech that ends before the sentence at `first`."""
        mark = QUOTE.search(self.document.text, time.span.end, first)
        if mark is None or mark[0] == "“":
            return False
        return self.document.text[mark.start() - 1] in "。！？!?，,…"

    def bounded(self, time: Time, first: int, offset: int, *, done: bool) -> Period:
        """Return a time's period, cut by a 截至 or begun by a 以来 of the same sentence."""
        stated = not done or _is_scheduled(time)
        period = changed(time.period, end=time.stated_end) if stated else time.period
        others = self.between(first, offset)
        if time.role == "until":
            if STOCK.search(self.document.text, time.span.end, offset):
                return period  # 截至8月底，共有停车场114个: what there is has no beginning
            begun = self.begun(period, others)
            return begun if begun.start or not done else self.begun_before(period, first)
        if time.grain == "day" and time.role == "period":
            return self.windowed(period, offset)
        if period.cue in {"ytd", "since", "rolling"} or time.role == "period":
            period = _cut(period, self.unparted(others, time))
        return self.cumulated(period, time, offset)

    def unparted(self, others: tuple[Time, ...], time: Time) -> tuple[Time, ...]:
        """Return those that no ；parts from a time: 截止10月，…；2023年，… are two reports."""
        text, start = self.document.text, time.span.start
        return tuple(one for one in others if not PARTED.search(text, one.span.end, start))

    def begun(self, period: Period, others: tuple[Time, ...]) -> Period:
        """Give an end the beginning that a time before it in the sentence states."""
        for time in reversed(others):
            start = time.period.start
            if time.role == "period" and start and (period.end is None or start <= period.end):
                if time.stated_end and period.end and time.stated_end < period.end:
                    break
                return changed(period, start=start, cue=time.period.cue, basis=time.period.basis)
        return period

    def begun_before(self, period: Period, first: int) -> Period:
        """Begin 截至目前 with the 今年以来 of a sentence before it in the paragraph."""
        start = self.document.text.rfind("\n", 0, first) + 1
        for time in reversed(self.between(start, first - 1)):
            told = time.period
            start_told = told.start if (told.surface or "").endswith(OPEN_ENDED) else None
            early = start_told and (period.end is None or start_told <= period.end)
            if not early and self.of_year(time, period):
                start_told, early = told.start, True
            if early and not self.quoted(time, first):
                return changed(period, start=start_told, cue=told.cue, basis="inherited")
        frame = self.framed(first)
        if frame and self.of_year(frame, period):
            return _framed(changed(period, start=frame.period.start))
        if frame and frame.period.start and (frame.period.surface or "").endswith(OPEN_ENDED):
            told = frame.period
            if period.end is None or frame.period.start <= period.end:
                return _framed(changed(period, start=told.start, cue=told.cue))
        return period

    def of_year(self, time: Time, period: Period) -> bool:
        """Say whether a whole year told before holds that end: 2023年，…。至12月31日，."""
        start, end = time.period.start, period.end
        whole = time.grain == "year" and time.role == "period" and start is not None
        return bool(whole and start and end and start.year == end.year)

    def framed(self, offset: int) -> Time | None:
        """Return the time that an earlier paragraph opens with and no other time contradicts.

        今年以来，某县纪委监委… and, a paragraph on, 立案12件: one report, told in paragraphs.
        """
        end = self.document.text.rfind("\n", 0, offset) + 1
        frame = self.frame
        if frame is None or frame.span.start >= end or self.spoken < offset or self.strayed < end:
            return None
        if self.goes_on and not self.goes_on(frame.span.end, offset):
            return None
        return self.refining[bisect_left(self.refining, end, key=_start) - 1]

    @cached_property
    def frame(self) -> Time | None:
        """The first time that opens a paragraph and stands apart."""
        return next((time for time in self.found if dates(time) and self.opens(time)), None)

    @cached_property
    def strayed(self) -> int:
        """Where the first time stands that the frame does not hold; past the text if none."""
        assert self.frame is not None
        strays = (one for one in self.found if dates(one) and not within(one, self.frame))
        return next((time.span.start for time in strays), len(self.document.text))

    @cached_property
    def spoken(self) -> int:
        """Where the speech ends that the frame stands in; past the text where it is in none."""
        assert self.frame is not None
        text = self.document.text
        mark = QUOTE.search(text, self.frame.span.end)
        return mark.start() if mark and self.quoted(self.frame, mark.end()) else len(text)

    @cached_property
    def refining(self) -> tuple[Time, ...]:
        """The frame, and the times that tell how far it goes, in reading order."""
        assert self.frame is not None
        return tuple(time for time in self.found if refines(time, self.frame))

    def opens(self, time: Time) -> bool:
        """Say whether a span of time opens its paragraph and stands apart, as 今年以来，does."""
        apart = self.document.text[time.span.end : time.span.end + 1] in {"，", ","}
        start = self.document.text.rfind("\n", 0, time.span.start) + 1
        near = len(self.document.text[start : time.span.start].strip()) <= LEAD
        firm = time.grain in FRAMES and not LOOSE_TIME.search(time.period.surface or "")
        if time.grain == "month" and firm:  # 今年1月，巡察组进驻某社区。: when a story began
            firm = COUNTED.match(self.document.text, time.span.end) is not None
        return apart and near and firm and time.period.start is not None

    def windowed(self, period: Period, offset: int) -> Period:
        """Give what follows on an event of one day the end its sentence states, or publication."""
        text = self.document.text
        assert period.span is not None
        between = text[period.span.end : min(offset, period.span.end + SENTENCE_REACH)]
        if not AFTERWARDS.search(between) or period.start is None:
            return period
        index = bisect_left(self.stops, offset)
        stop = self.stops[index] if index < len(self.stops) else len(text)
        elapsed = ELAPSED.search(text, period.span.end, stop)
        if elapsed:
            done = date.fromordinal(period.start.toordinal() + int(elapsed["days"]))
            return changed(period, end=done, cue="window", reason="the event and the days it took")
        end = self.document.published_on
        return changed(period, end=end, cue="window", reason="after an event, by publication")

    def cumulated(self, period: Period, time: Time, offset: int) -> Period:
        """Open the start of a running total told beside a month: 3月新增7件，累计52件."""
        text = self.document.text
        if time.grain not in {"month", "day"}:
            return period
        clause = max(text.rfind(mark, time.span.end, offset) for mark in "，,；;。\n")
        if clause < 0:
            return period
        if period.cue != "whole" or CUMULATIVE not in text[clause:offset]:
            return period
        reason = "a running total whose beginning is not stated"
        return changed(period, start=None, cue="until", reason=reason)

    def fallback(self, *, done: bool) -> Period:
        """Return the period of a figure that no words date."""
        published = self.document.published_on
        if not done:
            return Period(None, None, "unknown", reason="planned without a date")
        if published is None:
            return Period(None, None, "unknown", reason=UNDATED)
        return Period(None, published, "publication", reason="no words say when")


def _start(time: Time) -> int:
    return time.span.start


def _framed(period: Period) -> Period:
    return changed(period, basis="inherited", reason=FRAMED)


def _inherited(period: Period) -> Period:
    return changed(period, basis="inherited") if period.basis != "unknown" else period


def _is_scheduled(time: Time) -> bool:
    """从6月9日至8月23日开展巡察, told on the first day: days to come are on a schedule."""
    end, told = time.stated_end, time.period.end
    days = (time.period.surface or "").endswith("日") and time.period.start != end
    return days and end is not None and told is not None and end > told


def _cut(period: Period, others: tuple[Time, ...]) -> Period:
    """End a period at a 截至 that stands before it in the sentence."""
    if period.start is None or period.end is None:
        return period
    ends = (time.period.end for time in others if time.role == "until" and time.period.end)
    end = next((end for end in ends if period.start <= end < period.end), None)
    return changed(period, end=end) if end else period
