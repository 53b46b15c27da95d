"""Tells a clause that goes on with the count before it from one that tells a deed of its own."""

from __future__ import annotations

import re

from transforms.measures.clauses import Place

# A clause of this shape continues the count before it: its words name a part, not a deed.
CONTINUED = re.compile(
    r"[、和及与并\s（(“”]*(?:(?:其中|包括|含|包含|涉及|另有|另外|还有|分别|为|是|有|达|共|共计|合计|总计|各|"
    r"具体为|即|现任|原任|的|上述|去年|同期|上月|较|比|增加|减少|同比|仅|就有)[、和及\s:]*)*"
    r"(?P<noun>.{0,24}?)(?:分别|为|是|有|达|共|各|占|数|数量|:|\s)*"
)
# 清单包括…等9个方面: the size of a list goes on the verb that opened it.
IN_TURN = re.compile("依次(?:为|是)")  # 其余依次为青海42人、福建30人
LIST_SIZE = re.compile("方面|情形|类|种")
RISES = re.compile("(?:增|升|降|减|扩大|提高)[加长]?[至到为]$")  # 集体收入5万元以上的村增至77个
# 3月接到1870件，到10月已降至495件: the same count, at a later time.
SINCE_THEN = re.compile(
    "(?:到|至|目前|如今)?[0-9年月日底末初]{0,8}(?:已|又|再|则)?(?:增|减|下|上|回)?[加少降升落](?:至|到|为)"
    "(?:[0-9年月日份底末初]{1,8}的)?|从[0-9年月日份底末初]{1,8}的"
)
HAS = re.compile("(?:一?共|总共|现|原)有")
NEW_CLAUSE = re.compile("[对向在将把从由因经让使据]|为(?![0-9]|$)|深入|走进|前往|进驻|下沉|赴")
HEAD = 2  # characters of the noun that two figures in a row may share
# The part named may be people of a rank or kind, or a kind of problem or case.
PART_NAME = re.compile(
    '(?:干部|责任人|人员|党员|成员|负责人|主任|书记|一把手[”"]?|群众|其[他它]|领导|班子|同志|公职人员|村民|职工|教师|医生|'
    "男性?|女性?|以上|以下|级|问题|案件|线索|举报|类|纪律|行为|的|市|县|区|州|盟|旗|镇|乡|街道|村|局|厅|委|院|校|公司|集团|(?:中央|省级?|市级?|县级?|区级?|自治区|本级|自筹|社会|配套|财政)资金)$"
)

PLACE_ENDS = re.compile(
    "(?:机构|单位|部门|企业|学校|医院|村屯|村|社区|乡镇|街道|镇街|场所|商户|门店|站点|网点|小区|工地|窗口|食堂|"
    "超市|药店|餐馆|酒店|景区|市场|点位|卡点|家庭)(?:[（(][^（()）]{1,8}[）)])?$"
)
PLACE = re.compile(f"[一-龥]{{0,6}}{PLACE_ENDS.pattern[:-1]}")
# 其中乡科级干部13人，企业4人: where those come from.
OF_PEOPLE = frozenset({"企业", "国有企业", "事业单位", "机关", "农村", "基层单位"})


def opens_anew(text: str, place: Place) -> bool:
    """Say whether the clause of a figure begins with a word that opens a deed: 对, 深入."""
    return NEW_CLAUSE.match(text, place.clause.start) is not None


def continues(text: str, place: Place, *, untold: bool) -> bool:
    """Say whether the figure's own words only name a part: 其中科级2人, 5人为省部级干部.

    `untold` says that it touches a figure which nothing names.
    """
    words = text[place.left.start : place.left.end]
    if place.left.start > place.clause.start:  # 5人为省部级干部、5人为厅局级干部
        words = words.rsplit("、", 1)[-1]
    listed = words.endswith("等") and LIST_SIZE.match(text, place.noun)
    if listed or IN_TURN.search(words):
        return True
    if SINCE_THEN.fullmatch(words):
        return True
    match = CONTINUED.fullmatch(words)
    if (
        not match
        or RISES.search(words)
        or NEW_CLAUSE.match(words)
        or untold
        or _opens(text, place, words)
        or _has(text, place, words)
    ):
        return False
    if place.bracket or place.left.start > place.clause.start or words != match["noun"]:
        return True
    noun, people = match["noun"], place.figure.quantity.unit in {"人", "件", "件次"}
    return bool(PART_NAME.search(noun)) or len(noun) <= 1 or (people and noun in OF_PEOPLE)


def _opens(text: str, place: Place, words: str) -> bool:
    """Say whether the figure opens its clause and a noun that is no part follows it."""
    opens = not words and place.left.start == place.clause.start and not place.bracket
    right = place.right.of(text)
    return opens and bool(right) and not PART_NAME.search(right)


def _has(text: str, place: Place, words: str) -> bool:
    """Say whether the clause tells what there is: 共有3幢商住楼 is no part of what was done."""
    right = place.right.of(text)
    return HAS.fullmatch(words) is not None and bool(right) and not PART_NAME.search(right)


def is_alike(text: str, before: Place, place: Place) -> bool:
    """招标项目69个，…邀请招标项目4个: the same head noun in the same sentence goes on."""
    if before.whole.start != place.whole.start:
        return False
    if text.endswith("等", 0, place.left.end) and text.endswith("等", 0, before.left.end):
        return place.right.of(text) == before.right.of(text) != ""  # 甲等8个重点村，乙等6个重点村
    if _are_places(text, before, place):
        return True
    head = text[max(place.left.start, place.left.end - HEAD) : place.left.end]
    return len(head) == HEAD and head.isalpha() and text.endswith(head, 0, before.left.end)


def _are_places(text: str, before: Place, place: Place) -> bool:
    """督查部门36个，医疗机构3个，村屯182个: each clause names another kind of place."""
    gap = text[before.figure.span.end : place.left.start]
    named = PLACE.fullmatch(text, place.left.start, place.left.end)
    return (
        gap in {"，", ",", "、", "；"}
        and named is not None
        and PLACE_ENDS.search(text, before.left.start, before.left.end) is not None
    )
