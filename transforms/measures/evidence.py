"""Lists the signs of how well a row's actor and period are told: where, how whole, beside what.

Such an error is made once and stands in every row of its paragraph: what tells of it is how a name
begins and ends, who and what time else is named near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transforms.actors.acting import any_of
from transforms.document import Document
from transforms.measures.clauses import Place
from transforms.measures.settings import either, words
from transforms.model import Measure, Period, Span
from transforms.periods.periods import FRAMED

PERIOD_REACH = 80  # characters between a time and a figure it dates
MONTH = range(25, 40)  # days
BEGUN = frozenset({"since", "ytd"})  # 今年以来，…。截至目前: the end was told in another sentence
NEAR = 120  # characters that are searched for another body or another time
STAFF, OWN, POINTING = words("staff"), words("own"), words("pointing")
ROUNDS, PLACES, DISCIPLINE = words("round"), words("place"), words("discipline")
# 问责专班, 扶贫部门: the name goes on, whatever deed it begins with.
NAMED_ON = re.compile(f"(?:{either('work')}){{1,2}}(?:{either('team')})")
MARK = r"[\s，,：:、；;。（(“\"「《]"
GIVEN = "".join(words("given"))  # what makes a body no subject
JOINED = re.compile(either("joint"))
COUNTED_UP = re.compile(f"(?:{either('counted_up')})")
EARLIER = "同期"  # 上年同期: whose months are those of another count
# 本报北京5月23日电, 网站23日发布消息: a day of telling dates no figure.
AHEAD = re.compile(f"(?:{either('time')})(?![^，,]{{0,16}}(?:{either('telling')}))")


class Paragraph(NamedTuple):
    """What the figures around a figure have in common, or not."""

    start: int
    actors: int  # how many different ones act in it
    periods: int
    total: str | None = None  # the category of the figure that this one is a part of


def paragraphs_of(document: Document, measures: Sequence[Measure]) -> list[Paragraph]:
    """Return the paragraph of each measure."""
    starts = [document.paragraph_at(one.figure.span.start).start for one in measures]
    codes = {one.figure.span.start: one.category for one in measures}
    actors: dict[int, set[str | None]] = {start: set() for start in starts}
    periods: dict[int, set[object]] = {start: set() for start in starts}
    for start, one in zip(starts, measures, strict=True):
        actors[start].add(one.actor)
        periods[start].add((one.period.start, one.period.end))
    return [
        Paragraph(start, len(actors[start]), len(periods[start]), codes.get(one.parent or -1))
        for start, one in zip(starts, measures, strict=True)
    ]


def period_signs(text: str, place: Place, period: Period, paragraph: Paragraph) -> Iterator[str]:
    """Yield how the period was found and what bounds it."""
    yield f"basis_{period.basis}"
    if period.cue:
        yield f"cue_{period.cue}"
    if period.reason == FRAMED:
        yield "framed"
    elif period.reason and period.basis not in {"publication", "unknown"}:
        yield "begun_before" if period.cue in BEGUN else "period_reasoned"
    if "以来" in (period.surface or ""):
        yield "since"
    if EARLIER in (period.surface or ""):
        yield "compared"
    if period.start and period.end and (period.end - period.start).days in MONTH:
        yield "one_month"
    if paragraph.periods > 1:
        yield "periods_differ"
    if period.span:
        yield from _time(text, place, period.span, paragraph)


def _time(text: str, place: Place, span: Span, paragraph: Paragraph) -> Iterator[str]:
    """Yield where the time stands that dates a figure."""
    if place.figure.span.start - span.end > PERIOD_REACH:
        yield "period_far"
    if span.start < paragraph.start:
        yield "period_earlier"
    elif span.start >= place.clause.start:
        yield "period_beside"
    start = max(place.whole.start, span.start - NEAR)
    if AHEAD.search(text, start, max(start, span.start)):
        yield "time_ahead"


def sum_signs(text: str, place: Place, measure: Measure) -> Iterator[str]:
    """Yield how the figure adds up: 全市共立案8件, with no time told, may run from any day."""
    yield f"aggregation_{measure.aggregation}"
    timeless = measure.aggregation == "increment" and measure.period.basis == "publication"
    if timeless and COUNTED_UP.search(text, place.whole.start, place.figure.span.start):
        yield "counted_up"


def actor_signs(text: str, place: Place, measure: Measure, paragraph: Paragraph) -> Iterator[str]:
    """Yield where the actor is named, of what kind the name is and whether it is whole."""
    actor, span = measure.actor, measure.actor_span
    if actor is None or span is None:
        yield "nobody" if actor is None else "publisher"
        return
    if span.start < place.whole.start:
        yield "actor_before" if span.start >= paragraph.start else "actor_earlier"
    yield _kind(actor)
    if JOINED.search(actor):
        yield "actor_joint"
    if not follows().match(text, span.end) or NAMED_ON.match(text, span.end):
        yield "name_goes_on"
    if span.start and _is_word(text[span.start - 1]):
        yield "name_led"
    start = max(span.end, place.whole.start - 1, place.figure.span.start - NEAR)
    if another().search(text, start, place.figure.span.start):
        yield "another_acts"
    if paragraph.actors > 1:
        yield "actors_differ"


def _kind(actor: str) -> str:
    """Return of what kind a name is."""
    if actor.startswith(OWN):
        return "actor_whole"
    if actor.startswith(POINTING):
        return "actor_pointed"
    if actor.endswith(ROUNDS):
        return "actor_round"
    if actor.endswith(STAFF):
        return "actor_people"
    if actor.endswith(DISCIPLINE):
        return "actor_discipline"
    return "actor_place" if actor.endswith(PLACES) else "actor_body"


def _is_word(char: str) -> bool:
    """Say whether a character is part of a word, and of no time."""
    return "一" <= char <= "龥" and char not in "年月日来末初时"


@cache
def follows() -> re.Pattern[str]:
    """Match what may follow a whole name: a mark, a time, what somebody does."""
    return re.compile(f"{MARK}|[0-9]{{1,4}}[年月日]|[0-9]|$|(?:{any_of('does')})")


@cache
def another() -> re.Pattern[str]:
    """Match a body that opens a clause and does something: 四个督导组累计走访, 书记信箱共收到."""
    alone = f"[共已累先均]|{any_of('does_alone')}"
    return re.compile(
        f"[，,。；;：:\\n”）)][^，,。；;：:\\n{GIVEN}]{{0,12}}?(?:{any_of('body')})(?={alone})"
    )
