"""Says how a figure adds up, and whether it tells of work done, planned, demanded or denied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.lexicon import codes
from transforms.making import quick
from transforms.measures.categories import Choice
from transforms.measures.clauses import Place
from transforms.measures.cues import cue
from transforms.model import Period
from transforms.patterns import searchable, starts

SHARE = cue("aggregation", "share", "clause")
CHANGE = cue("aggregation", "ag_change", "clause")
COMPARED = cue("aggregation", "ag_change", "compared")
LEVEL = cue("aggregation", "ag_stock", "level")
MOVED = cue("aggregation", "ag_stock", "moved")
STOCK = cue("aggregation", "ag_stock", "clause")
RUNNING = cue("aggregation", "ag_cumulative", "sentence")
REQUIRED = cue("modality", "mo_required", "clause")
RULED = cue("modality", "mo_required", "sentence")
PLANNED = cue("modality", "mo_planned", "clause")
BY_YEAR = cue("modality", "mo_planned", "sentence")
NEXT_STEP = cue("modality", "mo_planned", "paragraph")
WILL = cue("modality", "mo_planned", "predicate")
ONGOING = cue("modality", "mo_ongoing", "clause")
SUPPOSED = cue("modality", "mo_hypothetical", "clause")
DENIED = cue("modality", "mo_negative", "predicate")
# What tells of anything but work done holds one of these; few sentences do.
# A row that looks from the clause's opening on would be tried at every character: as a gate, the
# words it looks for are enough, and they let a search skip.
OPENING = re.compile(r"\(\?:\^\|\[[^\]]*\]\)(?:\(\?![^()]*\))?\[\^[^\]]*\]\{0,[0-9]+\}")
ANY = re.compile(
    searchable(
        OPENING.sub(
            "",
            "|".join(
                pattern.pattern
                for pattern in (REQUIRED, RULED, PLANNED, BY_YEAR, WILL, ONGOING, SUPPOSED)
            ),
        )
        + "|每"
    )
)
# Deeds that add to a standing number, and lists whose length is a state however it came about.
ADDED = re.compile("[增设建聘选]|招募|开辟|打造|评选|命名|成立|开展|配备|培育")
SET_UP = re.compile(
    "(?:建设|建成|打造|创建|增设|设立|新建|聘请|培育|命名|建立|布设|组建|选聘|聘任|开设)(?!有|[一-龥]{0,6}以来)"
)
LISTS = frozenset({"task_listed", "negative_list_item"})
FROM = re.compile("[由从][^，,]{0,12}$")
UP_TO = re.compile("[截至止到]|目前|现在|如今|以来")
OF_YEAR = re.compile("月|季度|半年|年")
DISPOSED = re.compile("划分|分成|分为|纳入|列入|列为|移交|移送|转交|交办|退还|返还|上缴")
EACH = re.compile("每(?:年|半年|季|月|周|个|次|名|人|位)")
BOUNDS = frozenset({"at_least", "at_most"})
RATIOS = frozenset({"ratio", "ratio_change"})
REACHING = ("至", "到")
BEFORE = 60  # characters of the clause before a figure that are searched
TOLD = 300  # characters of the paragraph before a figure that are searched


@quick
@dataclass(frozen=True, slots=True)
class Manner:
    """How a figure is meant, apart from what it counts."""

    modality: str
    polarity: int = 1
    cue: str | None = None


def tells_plans(text: str) -> bool:
    """Say whether a text can hold words of a next step at all; few do."""
    return any(word in text for word in _next_step_begins())


@cache
def _next_step_begins() -> frozenset[str]:
    return starts(NEXT_STEP.pattern)


def manner_of(text: str, place: Place, choice: Choice, told_from: int) -> Manner:
    """Tell work done from plans, demands, denials and things still going on.

    `told_from` is where what was told before begins that may speak of a next step.
    """
    quantity, start = place.figure.quantity, place.figure.span.start
    if quantity.value == 0 and quantity.unit != "%":
        return Manner("negative", 1, "zero")
    if denied := _denied(text, choice):
        return Manner("negative", -1, denied)
    sentence = text[max(place.sentence.start, start - TOLD) : start]
    told = text[max(told_from, start - TOLD) : start]
    right = text[place.right.start : place.right.end]
    if not (ANY.search(sentence) or NEXT_STEP.search(told) or ONGOING.search(right)):
        return Manner("achieved")
    before = text[max(place.clause.start, start - BEFORE) : start]
    for modality, found in (
        ("required", REQUIRED.search(before) or RULED.search(sentence) or _floor(place, sentence)),
        ("planned", PLANNED.search(before) or BY_YEAR.search(sentence)),
        ("planned", _will(text, place, choice) or NEXT_STEP.search(told)),
        ("hypothetical", SUPPOSED.search(before)),
        ("ongoing", ONGOING.search(before + right)),
    ):
        if found:
            return Manner(modality, 1, found.group())
    return Manner("achieved")


def aggregation_of(text: str, place: Place, choice: Choice, period: Period, manner: Manner) -> str:
    """Return increment, cumulative, ytd, stock, rate, change or threshold."""
    figure = place.figure
    before = text[max(place.clause.start, place.left.start - 12) : figure.span.start]
    if manner.modality == "required":
        return "threshold"
    if figure.quantity.dimension in RATIOS or figure.quantity.unit in {"倍", "折"}:
        return _ratio(before, figure.quantity.dimension)
    if figure.per and not COMPARED.search(before):
        return "rate"
    if _is_state(text, place, choice, before):
        return "stock"
    # 累计…，其中2021年拨付3600万元: what was said before the figure's own date is not its.
    own = period.span.start if period.span and period.span.start < figure.span.start else 0
    start = max(place.sentence.start, figure.span.start - TOLD, own)
    sentence = text[start : figure.span.start]
    over_time = "increment" if manner.modality == "planned" else _over_time(sentence, period)
    return "change" if _is_change(before, choice) else over_time


def _ratio(before: str, dimension: str | None) -> str:
    if SHARE.search(before) and not CHANGE.search(before):
        return "rate"
    if dimension == "ratio_change":
        return "change"
    changed = CHANGE.search(before)
    return "change" if changed and not LEVEL.search(before) else "rate"


def _is_state(text: str, place: Place, choice: Choice, before: str) -> bool:
    """Tell a standing number, a length of time, or both ends of 由5个工作日压缩至1个工作日."""
    if LEVEL.search(before) or STOCK.search(before):
        return True
    if FROM.search(before) and MOVED.match(text, place.right.start):
        return True
    row = codes("category").get(choice.code, {})
    latest = row.get("additive") == "latest" and not _acted(text, place, choice)
    return latest or row.get("basis") == "duration"


def _acted(text: str, place: Place, choice: Choice) -> bool:
    """Say whether a deed added to a stock: 聘请24名监督员, not the length of a list."""
    if choice.code in LISTS or choice.best is None:
        return False
    if choice.best.sense.role != "noun" or ADDED.search(choice.predicate or ""):
        return True
    return SET_UP.search(text, place.left.start, place.clause.end) is not None


def _is_change(before: str, choice: Choice) -> bool:
    """同比增加12件 is a change; 追缴…, 压缩审批时限 with a code of its own are not."""
    if choice.code != "share_or_change":
        return bool(COMPARED.search(before)) and not before.endswith("的")
    return not LEVEL.search(before)


def _over_time(sentence: str, period: Period) -> str:
    if (period.cue == "ytd" and not _whole_year(period)) or _from_new_year(period):
        return "ytd"
    surface = period.surface or ""
    since = period.cue in {"since", "as_of"} or (period.cue == "until" and UP_TO.search(surface))
    running = RUNNING.search(sentence) or (since and not surface.endswith("期间"))
    since_start = period.basis == "campaign" and not surface.endswith("期间")
    return "cumulative" if running or since_start else "increment"


def _from_new_year(period: Period) -> bool:
    """From 1 January to the end of a later month of the year: reports tell a running total."""
    start, end = period.start, period.end
    if start is None or end is None or period.basis == "campaign":
        return False
    if (start.month, start.day) != (1, 1) or end.year != start.year:
        return False
    whole = end.month == 1 or (end.month, end.day) == (12, 31)
    surface = period.surface or ""
    return not whole and not surface.endswith("年初") and bool(OF_YEAR.search(surface))


def _whole_year(period: Period) -> bool:
    """2017年1月至12月 is a year, not a running total."""
    start, end = period.start, period.end
    if start is None or end is None or start.year != end.year or period.span is None:
        return False
    is_year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return is_year and "12月" in (period.surface or "")


def _denied(text: str, choice: Choice) -> str | None:
    span = choice.predicate_span
    if span is None:
        return None
    if choice.best and choice.best.sense.role == "neg":
        return choice.best.sense.word
    match = DENIED.search(text, max(0, span.start - 6), span.start)
    return match.group() if match else None


def _floor(place: Place, sentence: str) -> re.Match[str] | None:
    """每季度不少于2次: a floor for each of something is a demand."""
    return EACH.search(sentence) if place.figure.quantity.approximator in BOUNDS else None


def _will(text: str, place: Place, choice: Choice) -> re.Match[str] | None:
    """将走访20家 is a plan; 将5人移送, 将线索移交 is a deed: there the verb follows the thing."""
    span = choice.predicate_span
    if span is None or span.start > place.figure.span.start:
        return None
    if text.startswith(REACHING, span.end - 1):
        return None  # 将时限压缩至5个工作日: what it was brought to is done
    if DISPOSED.search(choice.predicate or "") and text[span.start - 1] != "将":
        return None  # 将全县划分为4个协作区
    if text.startswith("的", span.end):
        return None  # 将发现的192条线索移送: they have been found
    return WILL.search(text, max(place.clause.start, span.start - 8), span.start)
