"""Finds where a noun phrase beside a figure begins and ends, by the words of object_words.tsv."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicon import listed, rows
from transforms.measures.clauses import Place
from transforms.model import Span
from transforms.patterns import alternatives, searchable, written_in

LEAD = re.compile(
    r"(?:[了着过的、，和及与并\s：:（(]|等(?![级待次候])|到(?![位期账户场会]))*(?:以及|中(?=涉及))?(?:方面(?=问题))?"
    r"(?:其中|包括|含)?(?:涉及)?(?:(?:各类|各种|一批|全部|相关的|其他)(?=[一-龥]{2}))?"
)
LONGEST = 40  # characters
ENDING = 14  # characters at its end that may be trimmed
MODIFIED = 6  # characters before a noun that may describe it where no verb stands before
REMARK = re.compile(r"（[一-龥、]{1,10}）")
NEXT_IN_LIST = re.compile(
    "、(?![一二两三四五六七八九十近约超])(?=[^0-9０-９、]{2,24}(?:、(?![0-9０-９一二两三四五六七八九十近约超])|$))"
)
DIGIT = re.compile("[0-9０-９]")
DATED = re.compile("[0-9][0-9]{0,3}[年月日]")
OPENED = re.compile("[“‘《（]")
QUOTED = re.compile("“[^“”]{0,30}”|‘[^‘’]{0,30}’|《[^《》]{0,40}》|（[^（）]{0,10}）")
PLACE_UNITS = frozenset({"家", "所", "家次"})
COUNTED_PEOPLE = frozenset({"person", "person_time"})
SPANS = frozenset({"duration", "workday", "age", "ordinal"})
SPAN_NAMES = re.compile("[一-龥]{0,20}(?:时限|时间|周期|期限|时长|工期)")
SINGLE = frozenset("县村镇乡市区省州人户路桥车房地楼井树牛羊酒烟菜店点街站馆班组")
JOINS = "、和与及"
DOCUMENTS = ("书", "函", "单", "表", "册", "片", "建议", "意见", "方案", "台账", "清单", "措施")
RELATIVE = re.compile("涉及|来自|存在|涉嫌|具有|没有|负有|未|由|被")  # 12件|涉及集体资金的案件
BARE = (*"对向给由与从至以", "晚上", "上午", "下午", "早上", "中午", "凌晨", "目前", "期间", "以来")
# 商品价格未注明等问题: what a clause tells is not the thing, its last noun is.
TOLD = re.compile("(?:未|没|不|缓慢|滞后|[一-龥]差)[^的]*等(?:方面)?(?=[一-龥]{2,8}$)")


@cache
def words(use: str) -> re.Pattern[str]:
    """Compile the words of object_words.tsv of one use; each branch begins with a literal."""
    patterns = []
    for row in rows("object_words.tsv"):
        if row["use"] != use:
            continue
        if row["words"].startswith("RE:"):
            patterns.append(row["words"].removeprefix("RE:"))
            continue
        before = f"(?<![{row['not_after']}])" if row["not_after"] else ""
        after = f"(?![{row['not_before']}])" if row["not_before"] else ""
        patterns.append(searchable(f"{before}(?:{alternatives(listed(row['words']))}){after}"))
    return re.compile("|".join(patterns))


@cache
def _ending(use: str) -> re.Pattern[str]:
    """Match words of a use at the end of a phrase, as many as stand there."""
    return re.compile(f"(?:{words(use).pattern})+$")


def tail_start(text: str, start: int, end: int) -> int:
    """Return where the words that only lead up to the number begin: 礼金|折合共计."""
    if text[end - 1 : end] not in _tail_ends():
        return end
    tail = _ending("tail").search(text, max(start, end - ENDING), end)
    return tail.start() if tail else end


@cache
def _tail_ends() -> frozenset[str]:
    """Return the characters that a tail can end with: a quick look before the long one."""
    return written_in(words("tail").pattern)


def after_number(text: str, start: int, end: int, place: Place) -> Span | None:
    """Return the noun phrase of the words that follow a number, up to `end` at most."""
    if start >= end:
        return None
    end = _listed_end(text, _first_stop(text, start, end), place.right.end)
    if dated := DIGIT.search(text, start, end):
        end = dated.start()  # 行政村及社区2014年以来的资金
    return phrase(text, start, _counted_end(text, start, end, place), place)


def _first_stop(text: str, start: int, end: int) -> int:
    """Return where the phrase ends: at a verb, a preposition or an adverb, not one in quotes."""
    quoted = _quoted(text, start, end)
    of = text.find("的", start, end) if RELATIVE.match(text, start, end) else -1
    start = max(start, of + 1)
    for use, low in (("stop", start), ("verb", start + 2)):
        for match in words(use).finditer(text, low, end):
            if not any(low < match.start() < high for low, high in quoted):
                end = match.start()
                break
    return end


def _listed_end(text: str, end: int, right: int) -> int:
    """Go on over 、: 形式主义、官僚主义典型问题; but not to the next figure, nor to a deed."""
    if end <= right:
        return end
    stop = right
    while stop < end and (match := NEXT_IN_LIST.match(text[:end], stop)):
        if words("verb").match(text, match.end()):
            break
        following = text.find("、", match.end(), end)
        stop = end if following < 0 else following
    return stop


def _counted_end(text: str, start: int, end: int, place: Place) -> int:
    """End at the people or the places where the unit counts such: 2家中央企业|的督察进驻工作."""
    dimension, unit = place.figure.quantity.dimension, place.figure.quantity.unit
    if dimension in COUNTED_PEOPLE:
        kind = words("person")
    elif unit == "户":
        kind = words("household")
    elif unit in PLACE_UNITS:
        kind = words("place")
    else:
        return end
    found = start
    for match in kind.finditer(text, start, end):
        if found > start and match.start() - found > MODIFIED and text[found] not in JOINS:
            break
        found = match.end()
    if found == start:
        return start if dimension in COUNTED_PEOPLE else end
    remark = REMARK.match(text, found, end)
    return remark.end() if remark else found


def opening(text: str, start: int, end: int) -> int:
    """Return where the phrase begins: after the last verb or adverb that no 的 makes its own."""
    quoted = _quoted(text, start, end)
    for match in words("verb").finditer(text, start, end):
        if not any(low < match.start() < high for low, high in quoted):
            start = match.end()
    front = words("front").match(text, start, end)
    return front.end() if front else start


def past_verb(text: str, start: int, end: int) -> int:
    """Pass over a verb that begins the phrase: 派出|督查组; the name of a paper may keep it."""
    verb = words("verb").match(text, start, end)
    if verb is None or verb.end() > end - 2 or text.endswith(DOCUMENTS, start, end):
        return start
    return verb.end()


def _quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where quotes and brackets stand: no word in them ends a phrase."""
    if OPENED.search(text, start, end) is None:
        return []
    return [match.span() for match in QUOTED.finditer(text, start, end)]


EDGES = frozenset("，。；、 的了")  # no thing begins with one of these


def phrase(text: str, start: int, end: int, place: Place) -> Span | None:
    """Trim a phrase to the noun phrase in it; None where it is none."""
    if start < end and not (RELATIVE.match(text, start, end) and "的" in text[start:end]):
        start = LEAD.match(text, start, end).end()  # type: ignore[union-attr]
    if text.find("等", start, end) >= 0 and (told := TOLD.search(text, start, end)):
        start = told.end()
    while start < end and text[start] in EDGES:
        start += 1
    close = _ending("close").search(text, max(start, end - ENDING), end) if start < end else None
    named = text[start : close.start() if close else max(start, end)]
    dimension = place.figure.quantity.dimension
    if _is_empty(named) or (dimension in COUNTED_PEOPLE and not words("person").search(named)):
        return None
    if dimension == "money" and words("person").fullmatch(named):
        return None  # 退还群众97万元: to whom
    size = len(named)
    if dimension in SPANS:
        span = SPAN_NAMES.match(named)
        size = span.end() if span else 0
    return Span(start, start + size) if size else None


def _is_empty(named: str) -> bool:
    """Say whether the words name nothing: a deed, a date, a place, half a bracket, a clause."""
    if named in SINGLE:
        return False
    if len(named) < len("问题") or words("empty").fullmatch(named) or words("prep").match(named):
        return True
    if words("verb").fullmatch(named):
        return True
    if named.endswith(BARE) or DATED.search(named):
        return True
    torn = named.count("“") != named.count("”") or named.count("（") != named.count("）")
    return torn or _is_clause(named)


def _is_clause(named: str) -> bool:
    """Say whether the head of a phrase, past 的 and 等, is a clause and no noun."""
    bare = QUOTED.sub("", named) if OPENED.search(named) else named
    head = max(bare.rfind("的"), bare.rfind("等")) + 1
    return words("clause").search(bare[head:]) is not None
