"""Says where a word is told by the way: as the means, in a list, as what another deed tells."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.measures.clauses import Place
from transforms.measures.triggers import Hit, Sense

Between = Callable[[int, int], tuple[Hit, ...]]  # the triggers of a stretch

URGING = ("督促", "推动", "要求", "指导", "责成", "协调")
FOR_THEM = re.compile("(?<![成作定列因认分])[为给](?:全?[省市县区州镇乡村])?$")
TEAM = ("组", "专班", "小组", "工作组", "工作专班", "工作小组", "领导小组", "工作领导小组")
# 通过走访、约谈等方式整改60个: what was done on the way to the deed.
BY_MEANS = re.compile("通过|采取|采用|运用|借助|利用|依托|以")
MEANS = re.compile("[^，。；]{0,24}(?:方式|方法|形式|途径|渠道|手段|办法|措施|举措|做法|模式)")
# 解决水质、设施维护等群众反映问题32个: the last word of one of a list of names.
ONE_OF = re.compile("(?=[、等和及])[^，。；]{0,60}?等[^，。；、]{2,20}$")
HAS = re.compile("(?:就|已|只|仅|共|总共)?(?:有|达到?|为|是|共计)")
COPULA = re.compile(f"的[一-龥]{{1,8}}?{HAS.pattern}$")
# 通报了涉及“四风”问题的130名干部: what they did says which, where another deed leads.
SAYS_WHICH = ("涉及", "存在", "参与", "违反", "违规")
HELD = re.compile("[对将把](?![象标照])")
REACH = 14  # characters from such a word to its 的
MEANWHILE = re.compile(
    "(?:过程)?中(?!心|介|小|层|标|央|药)|(?:之)?后(?!续|勤|备|台)|时(?!限|间|效|长)|期间"
)

BEARS = re.compile("(?:承担|负责|参与|享受|拥有|实施)[^，。；]{0,14}$")
OWN_KIND = re.compile(
    r"[、，,及和与\s]*(?!其中|包括|含|涉及)(?![^，。；]*(?:查处|查办|查纠|立案|发现|处理|通报))"
    "[^，。；]{2,24}(?:问题|案件|案)"
)
# 巡察共发现, 督查累计查出: what was done when it was found.
OCCASION = re.compile(
    "[共已还又累计总一]{1,4}(?:发现|查出|排查出|摸排出|收到|收集|受理|反馈|移交|指出)"
)


def is_aside(text: str, place: Place, hit: Hit, between: Between) -> bool:
    """Say whether a word before the figure is a means, one of a list or what another deed tells."""
    return (
        _is_means(text, place, hit, between)
        or _is_one_of(text, place, hit, between)
        or _is_told(text, place, hit, between)
        or _remarked(text, place, hit, between)
        or _says_which(text, place, hit, between)
    )


def tells(text: str, place: Place, hit: Hit) -> bool:
    """协调解决|的问题有67个: what was done to them says what they are."""
    return COPULA.match(text, hit.end, place.left.end) is not None


def bears(text: str, place: Place, hit: Hit) -> bool:
    """9个承担帮扶任务的单位: what they bear says which."""
    return text.startswith("的", hit.end) and bool(BEARS.search(text, place.noun, hit.start))


def is_other_kind(text: str, place: Place, sense: Sense) -> bool:
    """查处吃拿卡要问题11起、庸懒散问题47起: the second kind is not what the first is called."""
    if not sense.code.startswith("issue_") or sense.object is None:
        return False
    own = OWN_KIND.fullmatch(text, place.left.start, place.left.end)
    return own is not None and sense.object.search(own.group()) is None


def leads_on(text: str, place: Place, hit: Hit, between: Between) -> bool:
    """Say whether a word before the figure only leads to the deed that counts it."""
    return (
        OCCASION.match(text, hit.end, place.left.end) is not None
        or (hit.trigger.word.endswith("完成") and text.startswith("对", hit.end))
        or is_circumstance(text, place, hit, between)
    )


def is_circumstance(text: str, place: Place, hit: Hit, between: Between) -> bool:
    """督查中发现的32个问题: what was done when the deed was done; 督促部门为86家企业减税."""
    if hit.trigger.word.startswith(URGING) and FOR_THEM.search(text, hit.end, place.left.end):
        return True
    if hit.trigger.word.startswith("违规") and HELD.search(text, place.clause.start, hit.start):
        return True  # 把违规收取的12万元，退还群众: which money
    if not MEANWHILE.match(text, hit.end, place.left.end):
        return False
    return any(one.trigger.act for one in between(hit.end, place.left.end))


def _is_means(text: str, place: Place, hit: Hit, between: Between) -> bool:
    """通过重新规划、维修等措施整改60个: how it was done, where the deed follows."""
    means = MEANS.match(text, hit.end, place.left.end)
    if means is None or not BY_MEANS.search(text, place.left.start, hit.start):
        return False
    return any(one.trigger.act for one in between(means.end(), place.left.end))


def _is_told(text: str, place: Place, hit: Hit, between: Between) -> bool:
    """协调解决的|问题|有67个: the noun that another deed tells of."""
    if text[hit.start - 1] != "的" or not HAS.fullmatch(text, hit.end, place.left.end):
        return False
    before = between(place.left.start, hit.start - 1)
    return bool(before) and before[-1].end == hit.start - 1 and before[-1].trigger.act


def _is_one_of(text: str, place: Place, hit: Hit, between: Between) -> bool:
    """解决水质、设施维护等问题32个: what closes a name of a list that a deed opens."""
    if not ONE_OF.match(text, hit.end, place.left.end):
        return False
    deeds = (one.end for one in between(place.left.start, hit.start) if one.trigger.act)
    deed = next(deeds, None)
    return deed is not None and text.find("、", deed, hit.end) >= 0


def says_whose(text: str, hit: Hit) -> bool:
    """100名参与旅游的干部受到处理: words after a number that say which ones, up to 的."""
    return hit.trigger.word.startswith(SAYS_WHICH) and text.find("的", hit.end, hit.end + REACH) > 0


def _says_which(text: str, place: Place, hit: Hit, between: Between) -> bool:
    """对“零查处”的20个乡镇约谈, 通报了涉及“四风”的130名干部: words that say which ones."""
    if text.startswith("”的", hit.end):
        return True
    which = text[place.left.end - 1] == "的" and hit.trigger.word.startswith(SAYS_WHICH)
    which = which or hit.trigger.word.startswith("违规")  # 清退违规发放津补贴12万元
    return which and any(one.trigger.act for one in between(place.left.start, hit.start))


def _remarked(text: str, place: Place, hit: Hit, between: Between) -> bool:
    """开除公职（解除劳动合同）3人: what a remark adds stands back for the word before it."""
    opened = max(text.rfind(mark, place.left.start, hit.start) for mark in "（(")
    closed = opened >= 0 and text[place.left.end - 1] in "）)"
    return closed and bool(between(place.left.start, opened))
