"""Finds the fixed parts of organ names (纪委监委, 司法局) that org_patterns.tsv lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from transforms import lexicon
from transforms.making import quick
from transforms.model import Mention
from transforms.patterns import PatternSet

# 派出4个巡察组: a number of organs names none of them.
COUNTED = re.compile("[0-9一二三四五六七八九十两几多余数](?:个|家|支|名|批|套)(?:市|县|区|乡镇)?$")
COUNTED_REACH = 5
COUNTERS = frozenset("个家支名批套市县区镇")  # the last character of what COUNTED finds
NOT_THE_ORGAN = re.compile("网站|网讯|网$|网[^络格上友]|杂志|报道|《|·")
NOT_REACH = 3
# 区建交委, 市轨道中心: a bureau that no row lists, right after its level and before what follows
# a name; 新格局, 开局 and 为中心 are none.
UNLISTED = re.compile(
    "[省市县区州旗](?<![社园辖小山景校库]区)(?<![城都]市)(?!城[中区市镇])"
    "(?P<head>(?:(?![纪委党办局政府法检察院公安人民别域间块场心级以中为已共曾均将])[\u4e00-\u9fff]){2,6}?"
    "(?:(?<![大新格布破结全开棋困僵战定变])局|中心|委|办))"
    "(?=[、，。；：）等和与及或会联负主随立及已对将把在向为按根结针通组])"
)
# 县林长制办公室, 市防汛抗旱指挥部: a long head needs nothing after it.
OFFICE = re.compile(
    "[省市县区州旗](?<![社园辖小山景校库]区)(?<![城都]市)"
    "(?P<head>(?:(?![纪委党办局政府法检察院公安人民别域间块场心级以中为已共曾均将])"
    "[\u4e00-\u9fff]){2,10}?(?:办公室|领导小组|指挥部)(?![副主的]|成员))"
)
CENTRAL = re.compile("中央|中共|国家|国务院|最高|党中央|.{0,12}总局$")
BEARS = frozenset({"government_dept", "public_institution", "enterprise"})  # have organs of own
UNLISTED_ROW = {"kind": "government_dept", "reach": "region", "canonical": "", "scope": "self"}


@quick
@dataclass(frozen=True, slots=True)
class Head:
    """The fixed part of an organ's name with its row of org_patterns.tsv."""

    start: int
    end: int
    row: dict[str, str]
    words: str

    @property
    def kind(self) -> str:
        """org_kind of taxonomy.tsv."""
        return self.row["kind"]

    @property
    def reach(self) -> str:
        """How the name goes on to the left: whole, region, unit, part, name, body, town or zone."""
        return self.row["reach"]

    @property
    def canonical(self) -> str:
        """The head as every article should have written it."""
        return self.row["canonical"] or self.words


def find_heads(text: str) -> Iterator[Head]:
    """Yield the heads from left to right, not overlapping."""
    listed = list(_listed(text))
    candidates = [
        Head(*found.span("head"), UNLISTED_ROW, found["head"])
        for pattern in (UNLISTED, OFFICE)
        for found in pattern.finditer(text)
    ]
    if not candidates:
        return iter(listed)
    taken = {place for head in listed for place in (head.start, head.end - 1)}
    unlisted = [one for one in candidates if taken.isdisjoint(range(one.start, one.end))]
    return iter(sorted((*listed, *unlisted), key=_start) if unlisted else listed)


def _start(head: Head) -> int:
    return head.start


def _listed(text: str) -> Iterator[Head]:
    for start, end, row in _heads().find(text):
        named = row["kind"] == "organ_township" or not _is_counted(text, start)  # 12个|乡镇纪委
        if named and not NOT_THE_ORGAN.match(text, end, end + NOT_REACH):
            yield Head(start, end, row, text[start:end])


def _is_counted(text: str, start: int) -> bool:
    if text[start - 1 : start] not in COUNTERS:
        return False
    return bool(COUNTED.search(text, max(0, start - COUNTED_REACH), start))


@cache
def _heads() -> PatternSet[dict[str, str]]:
    return PatternSet((row["pattern"], row) for row in lexicon.rows("org_patterns.tsv"))


def belongs(whole: Mention, head: Head) -> bool:
    """Say whether an office right after an organ is that organ's: 省国资委|纪检监察机构."""
    own = whole.org_kind in BEARS and head.kind in {"organ_discipline", "organ_stationed"}
    sent = whole.org_kind == "organ_discipline" and head.kind == "organ_stationed"
    return own or sent or head.reach in {"part", "unit"}


@lru_cache(maxsize=4096)
def is_central(words: str) -> bool:
    """Say whether an organ's head is the nation's whatever stands before it: 国务院, 最高检."""
    return CENTRAL.match(words) is not None
