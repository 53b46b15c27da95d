"""Says how a figure adds up, and whether it tells of work done, planned, demanded or denied."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.categories import Choice
from transforms.clauses import Place
from transforms.lexicon import codes
from transforms.model import Period

RUNNING = re.compile("累计|总计达|历年|迄今")
STOCK = re.compile("现有|目前有|在册|现存|下辖|现辖|拥有|辖有|存量|余额")
SHARE = re.compile("占|的比例|比重|其中有")
CHANGE = re.compile(
    "同比|环比|较上年|比上年|较去年|比去年|较上月|比上月|相比|增长|下降|上升|减少|提高|提升|降低|增加|增幅|降幅|"
    "压缩|压减|缩短|提速|翻番|翻一番|下滑|回落|同期的|去年的|上年的"
)
ADDED = re.compile("增|设|建|聘|选聘|招募|开辟|打造|评选|命名|创建|成立|开展|配备")
LISTS = frozenset({"task_listed", "negative_list_item"})
LEVEL = re.compile(
    "(?:增长|下降|上升|减少|提高|提升|降低|增加|压缩|压减|缩短|升|降|减|增)(?:到|至|为)(?:[^，,]{0,4})$"
)
MOVED = re.compile(
    "(?:大幅|逐步)?(?:压缩|压减|减少|减|降低|下降|降|增加|增|提高|提升|上升|升|缩短)(?:到|至|为)"
)
PLANNED = re.compile(
    "(?<![模虚比])拟(?![任人定提态])|(?<![行动年划])计划(?![》”书生])|力争|争取到|预计|预期|有望|目标(?:是|为)|到20[0-9]{2}年(?!底?,?，?已)"
)
WILL = re.compile("(?<![即必势])将(?!近)|将(?:于|在)")
NEXT_STEP = re.compile("下一步|下一阶段|接下来|明年")
REQUIRED = re.compile(
    "(?:^|[，,。；委组局院门县市区省部室定])要求|应当|必须|须(?!知)|不得|严禁|原则上|规定(?=每|，|,)|确保|每[^，,。]{1,8}(?:不少于|至少|不低于|不得少于|不超过)|"
    "力求|处[0-9]+元以上"
)
COMPARED = re.compile(
    "(?:同比|环比|较上年|比上年|较去年|比去年|增加了|减少了|上升了|下降了|同期多|同期少)[^，,]{0,6}$"
)
RULED = re.compile(
    "要求[，,:：]|要(?:达到|在[0-9]|做到)|规定(?:每|凡|对)|明确规定|(?:的|者)，?(?:即|一律|处)[^，。]{0,8}$"
)
ONGOING = re.compile("正在|在办|推进中|审理中|办理中|有序推进")
SUPPOSED = re.compile("如果|假如|倘若|譬如说")
DENIED = re.compile("(?:尚未|还未|未能|未按期|未|没有|不)[^，,。0-9]{0,2}$")
OF_YEAR = re.compile("月|季度|半年|年")
NONE_FOUND = re.compile("未发现|没有发现|未发生|没有发生|未出现|无一|零$")
EACH = re.compile("每(?:年|半年|季|月|周|个|次|名|人|位)")
BY_YEAR = re.compile("到20[0-9]{2}年(?:底|末)?[，,](?!已|全市已|共)")
BOUNDS = frozenset({"at_least", "at_most"})
RATIOS = frozenset({"ratio", "ratio_change"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How a figure is meant, apart from what it counts."""

    modality: str
    polarity: int = 1
    cue: str | None = None


def manner_of(text: str, place: Place, choice: Choice, paragraph: int) -> Manner:
    """Tell work done from plans, demands, denials and things still going on."""
    quantity = place.figure.quantity
    before = text[max(place.clause.start, place.figure.span.start - 60) : place.figure.span.start]
    sentence = text[place.sentence.start : place.figure.span.start]
    if quantity.value == 0 and quantity.unit != "%":
        return Manner("negative", 1, "zero")
    if denied := _denied(text, choice):
        return Manner("negative", -1, denied)
    if required := REQUIRED.search(before) or RULED.search(sentence) or _at_each(place, sentence):
        return Manner("required", 1, required.group())
    if planned := PLANNED.search(before) or BY_YEAR.search(sentence) or _will(text, place, choice):
        return Manner("planned", 1, planned.group())
    told = text[max(paragraph, place.figure.span.start - 300) : place.sentence.start] + sentence
    if later := NEXT_STEP.search(told):
        return Manner("planned", 1, later.group())
    if supposed := SUPPOSED.search(before):
        return Manner("hypothetical", 1, supposed.group())
    if ongoing := ONGOING.search(before) or ONGOING.match(text, place.right.start):
        return Manner("ongoing", 1, ongoing.group())
    return Manner("achieved")


def aggregation_of(text: str, place: Place, choice: Choice, period: Period, manner: Manner) -> str:
    """Return increment, cumulative, ytd, stock, rate, change or threshold."""
    figure = place.figure
    before = text[max(place.clause.start, place.left.start - 12) : figure.span.start]
    if manner.modality == "required":
        return "threshold"
    if figure.quantity.dimension in RATIOS or figure.quantity.unit in {"倍", "折"}:
        return _ratio(before, figure.quantity.dimension)
    if figure.per:
        return "rate"
    if _is_level(text, place, before):
        return "stock"
    if _is_change(before, choice):
        return "change"
    row = codes("category").get(choice.code, {})
    latest = row.get("additive") == "latest" and not _acted(choice)
    if STOCK.search(before) or latest or row.get("basis") == "duration":
        return "stock"
    if manner.modality == "planned":
        return "increment"
    return _over_time(text[place.sentence.start : figure.span.start], period)


def _ratio(before: str, dimension: str | None) -> str:
    if SHARE.search(before) and not CHANGE.search(before):
        return "rate"
    if dimension == "ratio_change":
        return "change"
    changed = CHANGE.search(before)
    return "change" if changed and not LEVEL.search(before) else "rate"


def _acted(choice: Choice) -> bool:
    """聘请24名监督员 adds to a stock; 现有 and the length of a list tell it."""
    if choice.code in LISTS or choice.best is None:
        return False
    return choice.best.sense.role != "noun" or bool(ADDED.search(choice.predicate or ""))


def _is_level(text: str, place: Place, before: str) -> bool:
    """由5个工作日压缩至1个工作日: both figures are states, not counts of work."""
    if LEVEL.search(before):
        return True
    return bool(re.search("[由从][^，,]{0,12}$", before) and MOVED.match(text, place.right.start))


def _is_change(before: str, choice: Choice) -> bool:
    """同比增加12件 is a change; 追缴…, 压缩审批时限 with a code of its own are not."""
    if choice.code != "share_or_change":
        return bool(
            re.search(
                "(?:同比|环比|较上年|比上年|较去年|比去年)[^，,]{0,3}(?:增|减|上升|下降|提高|降)",
                before,
            )
        )
    return not LEVEL.search(before)


def _over_time(sentence: str, period: Period) -> str:
    running = RUNNING.search(sentence)
    if period.cue == "ytd" or _from_new_year(period):
        return "ytd"
    if running or period.cue in {"since", "as_of", "until"} or period.basis == "campaign":
        return "cumulative"
    return "increment"


def _from_new_year(period: Period) -> bool:
    """From 1 January to the end of a later month of the year: reports tell it as a running total."""
    start, end = period.start, period.end
    if start is None or end is None or (start.month, start.day) != (1, 1) or end.year != start.year:
        return False
    return (
        end.month > 1
        and (end.month, end.day) != (12, 31)
        and bool(OF_YEAR.search(period.surface or ""))
    )


def _denied(text: str, choice: Choice) -> str | None:
    span = choice.predicate_span
    if span is None:
        return None
    if choice.best and choice.best.sense.role == "neg":
        return choice.best.sense.word
    match = DENIED.search(text, max(0, span.start - 6), span.start)
    return match.group() if match else None


def _at_each(place: Place, sentence: str) -> re.Match[str] | None:
    """每季度不少于2次: a floor for each of something is a demand."""
    if place.figure.quantity.approximator not in BOUNDS:
        return None
    return EACH.search(sentence)


def _will(text: str, place: Place, choice: Choice) -> re.Match[str] | None:
    """将走访20家 is a plan; 将5人移送, 将线索移交 is a deed: there the verb follows the thing."""
    span = choice.predicate_span
    if span is None or span.start > place.figure.span.start:
        return None
    return WILL.search(text, max(place.clause.start, span.start - 8), span.start)
