"""Read 以来 and 期间 after an event: dated, a campaign the text dates, or of unknown day."""

from __future__ import annotations

import re
from datetime import date

from transforms.model import Span
from transforms.periods.anchors import Anchor, anchor_ending, last_characters, longest_phrase
from transforms.periods.timegrammar import CLOSE, OPEN
from transforms.periods.timepoints import Point, anchor_days
from transforms.periods.times import add_since
from transforms.periods.timescan import CLAUSE_MARKS, UNDATED, Time, TimeScan
from transforms.periods.timethings import of_things

SUFFIX = re.compile(r"(?P<since>以来(?![信访电函]))|(?P<during>期间|(?P<age>时期))")
PREFIX = re.compile(r"自从|自|从")
WITHIN = re.compile(r"(?:自从|自|从|在|于|对|是)")
LISTED = re.compile(r"[、等各]")
EVENT_REACH = 30
PARTY = re.compile(r"(?:党的|中国共产党)$")
CAMPAIGN = re.compile(
    r"行动|整治|治理|巡察|巡视|整顿|斗争|学习教育|主题教育|专项|攻坚|试点|活动|防控|换届"
)
NOUN = re.compile(
    r"专项[一-龥]{2}|集中整治|攻坚行动|行动|整治|治理|巡察|巡视|整顿|斗争|教育|活动|改革|试点"
)
TITLE = re.compile(r"《[^《》\n]{1,60}》")
NAMED = re.compile(r"《(?P<name>[^《》\n]{2,60})》")
FROM = ("自", "从")
FINE = frozenset({"day", "month"})
BEGUN = re.compile(r"启动|开展|部署|实施|成立|挂牌|印发|出台|打响|组建")


def read_event(scan: TimeScan, at: int) -> bool:
    """Read 以来 or 期间 at `at` together with the event before it."""
    match = SUFFIX.match(scan.text, at)
    if not match:
        return False
    since = bool(match["since"])
    # 自12月4日疫情以来: the day that is told goes before the known one.
    told = since and begins_before(scan) and extends_point(scan, at, match.end())
    if told or _read_anchor(scan, at, match.end(), since=since):
        return True
    if since and extends_point(scan, at, match.end()):
        return True
    if match["age"]:
        return False
    start = _event_start(scan, at)
    event = scan.text[start:at]
    if not since and (not CAMPAIGN.search(event) or LISTED.search(event)):
        return False
    return _read_unknown(scan, at, match.end())


def begins_before(scan: TimeScan, grains: frozenset[str] = FINE) -> bool:
    """Say whether the last time is a day or month led by 自 or 从."""
    if not scan.found or scan.found[-1].grain not in grains:
        return False
    start = scan.found[-1].span.start
    return scan.text.startswith(FROM, start) or scan.text.endswith(FROM, 0, start)


def extends_point(scan: TimeScan, at: int, end: int) -> bool:
    """Make a point of the clause into a …以来: 2018年1月监委挂牌成立以来."""
    last = scan.found[-1] if scan.found else None
    if last is None or last.role not in {"period", "report", "clause"} or last.period.start is None:
        return False
    gap = TITLE.sub("", scan.text[last.span.end : at])
    if len(gap) > EVENT_REACH or last.period.cue not in {"whole", "until", "ytd"}:
        return False
    if "、" in gap or not CLAUSE_MARKS.isdisjoint(gap):
        return False
    scan.found.pop()
    return add_since(scan, Span(last.span.start, end), last.point or Point(None, last.grain))


def _read_anchor(scan: TimeScan, at: int, end: int, *, since: bool) -> bool:
    """Read a dated event of the lexicon, with the quotes and 党的 around it."""
    stop = at
    while stop > 0 and scan.text[stop - 1] in CLOSE:
        stop -= 1
    found = _anchor_ending(scan.text, stop, scan.published)
    if found is None:
        return False
    start, anchor = found
    if anchor.scope == "guangxi" and "广西" not in scan.text:
        return False
    party = scan.before(PARTY, start)
    start = party.start() if party else start
    start -= bool(start and scan.text[start - 1] in OPEN)
    days = anchor_days(anchor, scan.published, since=since)
    reason = None if scan.published or not since else UNDATED
    cue = "since" if since else "whole"
    role = "object" if of_things(scan, Span(start, end)) else "period"
    return scan.add(Span(start, end), days, basis="anchor", cue=cue, role=role, reason=reason)


def _anchor_ending(text: str, stop: int, published: date | None) -> tuple[int, Anchor] | None:
    """Return the longest phrase of a dated event that ends at `stop`, quotes passed over."""
    if text[stop - 1 : stop] not in last_characters():
        return None
    low = max(0, stop - longest_phrase() - 8)
    kept = [at for at in range(low, stop) if text[at] not in OPEN and text[at] not in CLOSE]
    found = anchor_ending("".join(text[at] for at in kept), published)
    return (kept[-found[1]], found[0]) if found else None


def _read_unknown(scan: TimeScan, at: int, end: int) -> bool:
    """Read 专项行动开展以来: from the day the text gives for its start, else an unknown one."""
    start = _event_start(scan, at)
    prefix = PREFIX.match(scan.text, start)
    event = scan.text[prefix.end() if prefix else start : at]
    if not event.strip(OPEN + CLOSE + " "):
        return False
    begun = _stated_start(scan, event, start)
    reason = None if begun else "the text does not say when it began"
    if begun:
        reason = "the start is stated earlier in the text"
    return scan.add(
        Span(start, end), (begun, scan.published), basis="campaign", cue="since", reason=reason
    )


def _event_start(scan: TimeScan, at: int) -> int:
    """Return where the words of an event begin: at 自 or after 在 of its clause, else with it."""
    start = scan.clause_start(at)
    stop = scan.before_title(at)
    within = [match for match in WITHIN.finditer(scan.text, start, stop) if match.end() < at]
    if not within:
        return start
    return within[-1].start() if PREFIX.match(within[-1][0]) else within[-1].end()


def _stated_start(scan: TimeScan, event: str, at: int) -> date | None:
    """Return the day an earlier sentence gives for the start of this event."""
    named = NAMED.search(event)
    noun = named or NOUN.search(event)
    if noun is None:
        return None
    words = named["name"] if named else noun[0]
    for time in reversed(scan.found):
        if time.span.end < at and _tells_start(scan.text, time, words):
            return time.period.start
    return None


def _tells_start(text: str, time: Time, noun: str) -> bool:
    """Say whether a sentence gives a month or a day and then the start of that noun."""
    if time.grain not in {"month", "day", "quarter"} or time.role not in {"period", "report"}:
        return False
    tail = re.split(r"[。\n]", text[time.span.end : time.span.end + 80], maxsplit=1)[0]
    begun = BEGUN.search(tail)
    return bool(begun and noun in tail)
