"""Finds where the name of a body of no division begins: a firm, a university, a hospital.

鞍钢 before 纪委 and 国家电网公司 before 党组 are such names; 落实 before 纪委 is none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transforms import lexicon
from transforms.mentions.levels import LEVEL_WORD
from transforms.mentions.places import high_names
from transforms.patterns import alternatives

# A name of free form begins after a mark, a function word, or the verb that governs it.
EDGE = re.compile(
    r"[^\u4e00-\u9fffA-Za-z0-9]|培训|暴露出?|发现|抽调|选派|邀请|背后|会同|联合(?!网络)|联动|督促|指导|推动|协调|责成|约谈|走访|要求|组织|帮助|支持|深入|查处|调研|聚焦|抽查|检查|进驻|移交|反馈|随后|同时"
    r"|包括|包含|涉及|例如|比如|协助|配合|根据|按照|履行|强化|加强|落实|压实|接受|报送|抄送|提请|发挥|协同|服从|会商|牵头"
    r"|其中|日前|近日|近期|以来|期间|去年|[由对向在从的及被将把让等至和与到据令使给]|(?<=[0-9一二三四五六七八九十今去当全上下本前近每连])[年月日]|时任|现任|原|所属|下属|名叫|担任|作为|进入|来自|调任|出任"
    "|[并以叫了曾]|来(?!水)|(?<!国)家"
)
REACH = 22  # characters before a head in which the name of its body may begin
SHORTEST = 2
OFFICES = ("厅", "局", "署", "院")  # 省教育厅 of 省教育厅党组
HEADS = frozenset({"organ_discipline", "organ_stationed", "party_committee", "organ_inspection"})
ENDS = ("organ_soe", "organ_university", "organ_discipline")  # by the kind of discipline organ
ORGAN = re.compile("(?:各级)?(?:纪委|纪检|党委|党组|监察专员办)[^，。]{0,12}$")
NATIONAL = frozenset({"中国", "国家", "中央"})
ZONE = re.compile(
    "(?:开发区|高新区|经开区|新区|新城|园区|工业区|度假区|保税区|示范区|合作区|试验区|风景区|景区|集聚区|城区|区)$"
)
SHORT_ZONE = (2, 4)  # characters of a zone's name without its 开发区
OPENING_MARKS = frozenset("，,。；;：:\n、")
LEVELS = frozenset("省市县区州旗盟镇乡级村")  # what stands before the organ of a division


def edge(text: str, low: int, end: int) -> int:
    """Return where a name of free form that ends at `end` can begin, not before `low`."""
    return max((match.end() for match in EDGE.finditer(text, low, end)), default=low)


def begin(text: str, low: int, end: int) -> int | None:
    """Return where the name of a body that ends at `end` begins, if one does."""
    if end <= low or text[end - 1] in LEVELS:
        return None
    start = edge(text, max(low, end - REACH), end)
    name = text[start:end]
    if own_kind(name):
        return start
    if len(name) < SHORTEST or is_common(name):
        return None
    if branded := _brand().search(name):
        return start + branded.start()
    return start if _kind(name) else None


def kind_of(name: str) -> str:
    """Return the kind of the discipline organ of the body of that name."""
    return own_kind(name) or _kind(name) or "organ_soe"


def own_kind(word: str) -> str | None:
    """Return the kind of the body that 学校, 公司 or 该院 stands for, None for another word."""
    return _own().get(word.lstrip("该我本"))


@lru_cache(maxsize=4096)
def body_of(organ: str) -> str | None:
    """Return the body whose organ bears that name: 鞍钢 of 鞍钢纪委; None of a division's organ."""
    name = ORGAN.sub("", organ)
    office = name != organ and name.endswith(OFFICES)
    return name if office or _kind(name) or _brand().match(name) else None


def branded(text: str, start: int, end: int) -> int | None:
    """Return where a name within [start, end) begins that a firm of the nation begins with."""
    match = _brand().search(text, start, end)
    return match.start() if match else None


def is_common(name: str) -> bool:
    """Say whether these words before 公司 or 纪委 make no name: 下属, 各二级."""
    return _none().match(name) is not None


def seated(text: str, start: int, end: int) -> int:
    """Begin a firm's name at the place it is named after, if it is: 曾担任|陕西粮农集团."""
    seats = NATIONAL | high_names()
    return next((at for at in range(start, end - 2) if text[at : at + 2] in seats), start)


def zone(text: str, start: int, end: int, *, short: bool) -> int:
    """Take 产业园区, 新城区 as a name, but 城区 before 产业园区 as the district.

    A work committee's zone may be named in short at the opening of a clause: ，临港纪工委.
    """
    name = text[start:end]
    if not ZONE.search(name):
        opens = text[start - 1 : start] in OPENING_MARKS
        fits = SHORT_ZONE[0] <= len(name) <= SHORT_ZONE[1]
        return start if short and opens and fits else end
    level = LEVEL_WORD.match(name)
    if level and level.end() < len(name):
        return start + level.end()
    return start if not level or name == "新城区" else end


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind of body_words.tsv."""
    return frozenset(
        word
        for row in lexicon.rows("body_words.tsv")
        if row["kind"] == kind
        for word in lexicon.listed(row["words"])
    )


@cache
def _own() -> dict[str, str]:
    return {word: kind for kind in ENDS for word in words(f"own_{kind}")}


@lru_cache(maxsize=4096)
def _kind(name: str) -> str | None:
    return next((kind for kind in ENDS if name.endswith(_ends(kind))), None)


@cache
def _ends(kind: str) -> tuple[str, ...]:
    return tuple(words(kind))


@cache
def _brand() -> re.Pattern[str]:
    return re.compile(alternatives(words("brand")))


@cache
def _none() -> re.Pattern[str]:
    return re.compile(alternatives(words("no")))
