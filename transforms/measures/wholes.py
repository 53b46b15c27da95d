"""Finds the count that a figure divides: 80件投诉中，涉及规划10件; 从职级看，…科级4件."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.measures.candidates import TOPICS, Candidate
from transforms.measures.clauses import Place, same_unit, unit_of
from transforms.measures.problems import ancestors
from transforms.measures.shares import DIVIDED, OF_PEOPLE, PEOPLE
from transforms.measures.triggers import Hit
from transforms.measures.weighing import BASIS, Scale

BREAKS_DOWN = re.compile(
    "(?:[^，。；\n]{2,8}[，,])?(?:从|按|按照)[^，。；\n]{2,28}(?:来?看|分析|划分|分类|分)[，,：:]"
)
SHARES_NEXT = re.compile("[，,]占(?:全部|总|所有|通报|问题总)")  # 共计50起，占全部问题的28.2%
LONGEST_NAME = 32  # characters that the name of a part may take
# 80件投诉中，涉及规划10件; 13个巡视点中已有11个: the sum, and then its parts.
OF_SUM = re.compile(
    "[^，。；\n]{0,14}?(?:(?:中|里)[，,]?[^，。；\n]{0,16}|(?:已|仍|还|尚|只|仅|就|竟)?有)"
)
THESE = re.compile("(?:这|上述|前述|以上)(?:批|些)?$")  # 在这883起问题中: the count before, again
FOREMOST = re.compile("最多|居首|位居|位列|排名|为首|次之|依次")
MERELY = re.compile(
    "(?:[^，。；\n]{1,12}?(?:为|有|达|占|共)|[^，。；\n]{1,6}"
    "|[^，。；\n]{1,16}(?:部门|单位|企业|机关|组织|人员|干部|系统|方面|领域|政府|党委|乡镇|街道))(?:约|近)?"
)
RANKED = re.compile("(?:[省部地厅局县处乡科]{1,2}级|[省市县区]管|一般)(?:领导|企业)?干部$")
REST = re.compile("[、，,]?(?:其[他它余]|另外)[一-龥]{0,6}")
AMONG = "其中"
OF_THING = 4  # the priority up to which a noun only names a thing: 机井, 管道
Named = tuple[Place, Candidate | None]  # a figure and what named it
NEAR = 2  # figures from one part to the next: its share may stand between

# What is found or taken up may be told by kind: the kind is no count of those punished for it.
FOUND = frozenset(
    {"supervision_issue_found", "inspection_issue_found", "inspection_issue_fedback"}
    | {"supervision_feedback", "clue_received", "clue_disposed", "petition_received", "case_filed"}
)


class Counted(NamedTuple):
    """The last figure of a unit that has a code."""

    code: str
    place: Place
    parted: bool  # it was itself a part of a count before


@dataclass
class Counts:
    """The last count of each unit in a document, which later figures may divide."""

    text: str
    last: dict[str | None, Counted] = field(default_factory=dict)

    def note(self, place: Place, code: str, *, parted: bool) -> None:
        """Remember a figure that has a code."""
        self.last[unit_of(place)] = Counted(code, place, parted)

    def whole_of(self, place: Place) -> str | None:
        """Return the code of the count that the figure divides, if it names a part of one."""
        counted = self.last.get(unit_of(place))
        if counted is None:
            return None
        apart = _of_people(place, counted) and breaks_down(self.text, place)
        return counted.code if apart or divides(self.text, place, counted) else None

    def broken_down(self, place: Place) -> str | None:
        """Return the code of the count that a paragraph breaks down or tells a share of."""
        counted = self.last.get(unit_of(place)) if unit_of(place) in DIVIDED else None
        return counted.code if counted and breaks_down(self.text, place) else None


def _of_people(place: Place, counted: Counted) -> bool:
    """Say whether those punished are counted, whom paragraphs break down too, after any list."""
    return unit_of(place) in PEOPLE and not OF_PEOPLE.isdisjoint(ancestors(counted.code))


def breaks_down(text: str, place: Place) -> bool:
    """从反映对象来看，…事业单位4件: the breakdown of what was counted a paragraph before."""
    start = text.rfind("\n", 0, place.whole.start) + 1
    apart = place.left.end - place.left.start > LONGEST_NAME or place.right.of(text).strip()
    if apart:
        return False
    heads = (start, place.whole.start)
    told = any(BREAKS_DOWN.match(text, head) for head in heads)
    return told or SHARES_NEXT.match(text, place.clause.end) is not None


def divides(text: str, place: Place, counted: Counted) -> bool:
    """Say whether the figure is a part of the count before, or that count told again."""
    before = counted.place
    low = text.rfind("\n", 0, place.whole.start) + 1
    words = text[place.left.start : place.left.end]
    if before.figure.span.start < low:
        return False
    if THESE.search(words):
        return True
    start = before.figure.span.end
    if before.whole.start == place.whole.start and OF_SUM.fullmatch(text, start, place.left.end):
        return True
    parted = counted.parted and place.index - before.index <= NEAR
    told = parted or FOREMOST.search(text, place.whole.start, place.figure.span.start)
    return bool(told) and MERELY.fullmatch(words) is not None


def is_kind(scale: Scale, place: Place, before: Place, code: str, named: list[Candidate]) -> bool:
    """发现领导弱化问题95个，群众身边腐败问题60个: a kind of what was found, not those punished.

    `code` is that of the figure before.
    """
    if code not in FOUND or before.whole.start != place.whole.start:
        return False
    nouns = all(one.sense.role == "noun" for one in named) and same_unit(before, place)
    kinds = any(one.sense.code.startswith(TOPICS) for one in named)
    weak = all(one.sense.priority <= 1 for one in named)
    deeds = scale.between(place.left.start, place.left.end)
    acts = any(hit.trigger.deed and not _is_wrong(scale, hit) for hit in deeds)
    return nouns and (kinds or weak) and not acts


def is_part(scale: Scale, place: Place, before: Place, named: list[Candidate]) -> bool:
    """反馈问题286个，其中党的领导弱化问题30个: a weak noun told before is a kind of those."""
    if before.whole.start != place.whole.start or not same_unit(before, place):
        return False
    if any(one.sense.priority > 1 for one in named):
        return False
    start = max(before.clause.start, before.left.start)
    told = scale.text.find(named[0].sense.word, start, before.right.end) >= 0
    deeds = scale.between(before.figure.span.end, place.left.end)
    return told and not any(hit.trigger.act and not _is_wrong(scale, hit) for hit in deeds)


def names_part(scale: Scale, last: Named | None, place: Place, hit: Hit) -> bool:
    """移送司法机关386人，其中涉及厅级干部15人: a part of those before, not others involved."""
    if not hit.trigger.word.startswith("涉及") or last is None:
        return False
    within = last[0].whole.start == place.whole.start and last[1] is not None
    other = last[1] is None or last[1].hit is not hit
    ranked = within and other and RANKED.search(scale.text, hit.end, place.left.end) is not None
    part = ranked or scale.text.endswith(AMONG, 0, hit.start)
    return part and same_unit(last[0], place)


def is_rest(text: str, place: Place, named: list[Candidate]) -> bool:
    """其他问题345件; 其中达标机井586眼: the noun of a part adds nothing to what was counted."""
    if not named or any(one.sense.role != "noun" for one in named):
        return False
    most = max(one.sense.priority for one in named)
    rest = most <= 1 and REST.fullmatch(text, place.left.start, place.left.end) is not None
    opened = text.rfind(AMONG, place.whole.start, place.left.end) >= 0
    return rest or (opened and most <= OF_THING)


def _is_wrong(scale: Scale, hit: Hit) -> bool:
    """违规发放津贴问题: what was done wrong says which, and is no deed."""
    return scale.text.endswith(BASIS, 0, hit.start)
