"""Tells for whom, with whom or where a thing is done, where a figure counts those."""

from __future__ import annotations

import re

from transforms.measures.candidates import Candidate
from transforms.measures.clauses import Place
from transforms.measures.contexts import Switch, switches
from transforms.measures.weighing import PEOPLE, PLACED, Scale

SERVED = re.compile("(?:为|让|使|帮助|助力|协助|支持|服务)(?:[全该本]?[省市县区州镇乡村])?$")
AIM = re.compile("[一-龥]{0,4}?(?<![因认作成改称以])(?:为|让|使|困扰)[^，,。；;]{1,24}$")
REACHED_OUT = re.compile(
    "(?:在|对|向|给|督促|指导|推动|组织|要求|联合|带动|全?[省市县区州镇乡村街旗])"
    "(?:全?[省市县区州镇乡村街旗]|街道|辖区|所辖|辖区内|当地)?$"
)
HANDED = re.compile("(?:向|给)(?:全?[省市县区州镇乡村])?$")
URGED = re.compile("(?:为|帮助|助力|督促|推动|要求|指导|组织|责成)(?:全?[省市县区州镇乡村])?$")
WITHIN = re.compile("(?:在|组织|联合|会同|指导|[与同])(?:全?[省市县区州镇乡村]|辖区|所辖|辖区内)?$")
WENT = re.compile(
    "(?:到|赴|深入|走进|走遍|前往|奔赴|来到|下沉到?)(?:全?[省市县区州镇乡村]|辖区|所辖|辖区内)?的?$"
)
ACTING = re.compile(r"(?<![对将把给向为及中让使])\Z")
REACHED = re.compile("(?:对|向|到|赴|深入|走进|前往)[^，,；;。]{0,30}$")
VISITED = 34  # characters before a figure in which 对, 到, 深入 may stand
LED = 12  # characters before a figure: more than any of the words above which end at it
SPLIT = re.compile("(?<![部划区])分(?:成|为)?了?$")
PARTED = re.compile("(?!巡察|巡视)[一-龥]{0,6}?(?:组|小队|专班|批|梯队)(?!织|长|成)")
JOINS = re.compile("[一-龥（）()“”]{1,12}(?:和|及|与|以及|、|，)")
THINGS = re.compile(  # no one to be told
    "[一-龥]{0,6}(?:问题|线索|隐患|事项|意见|建议|诉求|短板|环节|漏洞|风险|堵点|"
    "票据|凭证|合同|账目|资料|文书)"
)
TOLD = re.compile("[向给](?:[^，。；、]{1,20}的)?$")  # 向巡察整改涉及的29个单位交办问题
HAD = frozenset({"public_works", "facility_added", "service_window", "integrity_site"})
DID = re.compile("[已均都]|全部|完成|达成|实现")
LEADS = {
    "for": SERVED,
    "in": WITHIN,
    "who": ACTING,
    "went": WENT,
    "at": REACHED_OUT,
    "to": HANDED,
}  # what stands before those a thing is done for or to


def served(scale: Scale, place: Place, joined: str | None) -> str | None:
    """为1.2万户市场主体减免…, 在13个乡镇推开: the code of those for whom or where a thing is done.

    `joined` is the code of those that 和 sets beside them, if any.
    """
    people = place.figure.quantity.dimension in PEOPLE
    for row in switches().get("uncategorised", ()):
        if people and row.instead == "coverage_place":
            continue  # 全村1386位村民: they are no place
        led = joined == row.instead or _is_led(scale, place, row)
        if led and row.pattern.match(scale.text, place.noun, place.clause.end):
            return row.instead
    return None


def have(scale: Scale, place: Place, best: Candidate, code: str) -> bool:
    """80个县已建成服务中心, 30个省份已完成目标任务: what places have done is no count of them."""
    placed = PLACED.match(scale.text, place.noun, place.right.end)
    if placed is None:
        return False
    done = DID.search(scale.text, placed.end(), best.hit.start) is not None
    return code in HAD or (done and best.sense.role == "noun")


def is_urged(text: str, place: Place) -> bool:
    """督促16个村整改, 为2056名农民工追回工资: who is urged is no count of the deed."""
    low = max(place.left.start, place.left.end - LED)
    return URGED.search(text, low, place.left.end) is not None


def is_told(text: str, place: Place) -> bool:
    """向38个乡镇反馈问题119个: the first figure is of those who were told."""
    if text.startswith("对", place.figure.span.start - 1):
        return THINGS.match(text, place.noun, place.right.end) is None
    return TOLD.search(text, place.left.start, place.left.end) is not None


def is_split(text: str, place: Place) -> bool:
    """分3个组走访, 分两路督查组: into how many those who act part is no deed of theirs."""
    start, end = place.figure.span.start, place.figure.span.end
    return SPLIT.search(text, max(place.clause.start, start - LED), start) is not None and (
        place.figure.quantity.unit == "路" or PARTED.match(text, end) is not None
    )


def is_visited(text: str, place: Place) -> bool:
    """到8个乡镇64个行政村开展检查37次: where a deed was done is counted by it as well."""
    low = max(place.clause.start, place.figure.span.start - VISITED)
    return REACHED.search(text, low, place.figure.span.start) is not None


def is_joined(text: str, place: Place) -> bool:
    """Say whether only a noun and 和 stand before the figure: 和70个部门."""
    return JOINS.fullmatch(text, place.left.start, place.left.end) is not None


def _is_led(scale: Scale, place: Place, row: Switch) -> bool:
    """Say whether the words before the figure are those that lead to such a place or person."""
    low = max(place.left.start, place.left.end - LED)
    if LEADS[row.where].search(scale.text, low, place.left.end):
        return True
    people = place.figure.quantity.dimension in PEOPLE
    return people and row.where == "for" and _is_aim(scale, place)


def _is_aim(scale: Scale, place: Place) -> bool:
    """为周边100栋楼房4200户居民提供…: those whom the clause is for, a few words on."""
    start, end = place.clause.start, place.figure.span.start
    return AIM.match(scale.text, start, end) is not None and not any(
        one.trigger.act for one in scale.between(start, end)
    )
