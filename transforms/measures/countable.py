"""Says whether a figure is a statistic that one would load into a table."""

from __future__ import annotations

import re
from functools import cache

from transforms.measures.aggregation import BOUNDS, RATIOS, Manner
from transforms.measures.categories import UNCATEGORISED, Choice
from transforms.measures.clauses import Place
from transforms.measures.cues import cue
from transforms.measures.serving import is_split
from transforms.patterns import ASSERTION, searchable

# Spans of time, ages, list sizes and ordinals are kept, and stay out of every total.
NOT_COUNTED = frozenset({"duration", "workday", "age", "kind", "ordinal", "level", None})
COUNTED_TIMES = frozenset({"rectify_duration", "approval_time", "approval_time_cut"})
# Statistics are printed in digits: 三名领导, 五个快递 that no word of work governs tell a story.
HAN = re.compile("[零〇一二两三四五六七八九十百千万亿几数]+")
# 三个级别, 四个方面 size a scheme; the length of a list that was drawn up is a count.
ABSTRACT = re.compile(
    "(?:重点|主要|关键|核心)?(?:(?:方面|层面|环节|步骤|体系|原则|领域|内容|类别|角度|节点|关口)"
    "(?![一-龥]{0,6}(?:问题|单位|项目))|级别|层级|层次|等次|档次|等级|维度|阶段|特点|特征)"
)
# 每3至5个乡镇设立1个协作区: a rule, whatever it counts; 每月走访12户 is work.
EACH = re.compile(r"每(?:平方米|公里|公斤|千克|小时|分钟|(?![年月周天日季])[一-龥])?\Z")
# 1200元一亩, 500元/人: a price, whatever it counts.
RATE = re.compile(
    "(?:[/／]|[一每])(?:亩|人|户|斤|公斤|吨|平方米|平米|度|天|月|年|台|套|个|餐|顿|盏|份|桌|间|晚|车|张|瓶|次(?!性))"
)
YEARLY = re.compile("每[年月天日季周](?:约|近|达)?$")  # 每月50元的津贴
PER = re.compile("每[0-9一二两三四五六七八九十百千万至到—-]{1,6}(?![年月周天日季])[一-龥]")
# 8个乡镇党委所辖的54个村: the first only says whose the second are.
OWNER = re.compile(
    r"[一-龥（）、]{1,14}(?:(?<![及和])所辖|(?<![及和])下辖|(?<![及和])所属|辖区内?)的?[0-9]|(?:村|社区|乡镇|镇|县|区|单位|部门)的[0-9]{1,4}[名人位]"
)
LISTED = 80  # characters a list of aspects may take
BEHIND = 40  # characters before a figure that tell its background
TOLD = 300  # characters of the sentence before a figure that do
ORGANS = re.compile(
    "(?:街镇|镇街|乡镇|街道|镇|乡)?(?:纪[（(]?工?[）)]?委|派[驻出](?:机构|组)|纪检监察(?:组|机构|组织))"
    "|(?:市州|市县|县区|县市区|省市|省份|省（市）|地市|乡镇|街道|部门|单位)[共已均]"
    "|[省市县区州份]{1,3}的?(?:各级)?纪检监察机关"
    "|[一-龥]{0,4}部门(?:横向|协作|协同|联动|联合|共同|参与|参加)"
)
OVER = re.compile(
    "的(?:[一-鿿]{0,4})(?:项目|企业|工程|合同|单位|村)[0-9]|的(?:线索|问题|案件)[，,](?:定为|列为|纳入|一律|由)"
)  # 过千万元的项目379个
SORTED = re.compile("的[，,]?[共有]{0,2}[0-9]{1,6}[件起人个宗]")  # 10万元到50万元的124件
SHARED_OUT = re.compile("每[个名组][^，。；]{1,10}负责")  # 每个协作区负责3至4个街道
FORMULA = re.compile("[一-鿿（）()]{1,12}[+＋][0-9]")  # 1个室+4个组
ASPECTS = ("主题", "板块", "时间节点", "阶段", "步骤", "层级", "方面", "领域", "环节", "维度")
WORKS = ("工作", "重点工作", "内容", "要素")
RULES = tuple("工作" + rule for rule in ("制度", "机制", "措施", "举措", "方案", "办法", "规范"))
ADDRESSED = re.compile("[你您咱俺]")
ENDING_SPEECH = frozenset("。，！？…")
MOST_SAID = 120  # characters on either side in which speech is quoted
JOINT = re.compile("[、和及与]")
# Words of a tally, in speech as elsewhere.
TALLIED = re.compile(searchable("截至|目前|以来|累计|[0-9]月|[率例]达?到?[为是]?$"))
CHANGED = "share_or_change"
AT_MOST = ("不超过", "不得超过", "不多于", "不能超过")
ALLOWED = re.compile("(?:不得?超过|不能超过|不多于)[0-9]{1,6}[一-龥]{1,3}[（(]$")
LACKS = re.compile("(?:只有|仅有|只剩|不足|住着|住有)[^，。；]{0,2}$")
UNPAID = re.compile(
    "[一-龥]{0,6}?(?:尚|仍|还|迟迟|一直)?[未没]有?(?:结清|支付|发放|兑现|到账|拿到|结算|付清)"
)
POINTING = ("这", "那", "前述", "针对", "连续", "一行")  # 一行4人
FOCUSED = ("聚焦", "围绕", "紧盯", "对照", "瞄准", "依据", "根据", "按照")
SHARED = re.compile("(?<!人口)占")
OF_PLACES = frozenset({"public_works", "facility_added", "household_benefited"})  # a place has them
LISTS = frozenset({"negative_list_item", "task_listed", "rule_made", "risk_point"})
# What closes a list whose size the figure then tells: 首问负责、限时办结、一次告知三项制度.
CLOSING = (*"”’》)）", "办理", "告知", "制度", "方面", "环节", "领域", "工程", "行动")


def counts(text: str, place: Place, choice: Choice, manner: Manner) -> bool:
    """Say whether the figure is a statistic that one would load into a table."""
    dimension = place.figure.quantity.dimension
    if manner.modality in {"required", "hypothetical"}:
        return False
    if _tells_no_work(text, place, choice) or _plight(text, place):
        return False
    if _refers(text, place, choice) or _each(text, place) or _bounds(text, place):
        return False
    if _chatted(text, place) or (choice.code == CHANGED and _of_firm(text, place)):
        return False
    if dimension in NOT_COUNTED:
        return choice.code in COUNTED_TIMES or (
            choice.code != UNCATEGORISED and dimension in {"kind", None}
        )
    return True


def _tells_no_work(text: str, place: Place, choice: Choice) -> bool:
    """Say whether what stands around tells no work, where no deed names the figure."""
    if choice.best is None:
        return any(rule(text, place) for rule in UNNAMED)
    if choice.predicate == "涉及" and _long_ago(text, place):
        return True
    if choice.best.sense.role != "noun":
        return False
    thing = choice.best.side == "right" and choice.code in OF_PLACES
    return _lacks(text, place) or (thing and _background(text, place))


def _refers(text: str, place: Place, choice: Choice) -> bool:
    """Tell what only sizes a scheme, introduces somebody or points back: 这21条措施."""
    start = place.figure.span.start
    if not _sizes_list(text, place, choice) and ABSTRACT.match(text, place.figure.span.end):
        return True
    each = text.find("每", max(0, start - 4), start) >= 0
    if text.endswith(POINTING, 0, start) or (each and EACH.search(text, max(0, start - 4), start)):
        return True
    if choice.code in LISTS and _focused(text, place):
        return True
    if _listed_aspects(text, place) or _among_works(text, place):
        return True
    if OWNER.match(text, place.figure.span.end) or is_split(text, place):
        return True
    return place.figure.number.of(text) == "一" and not _governed(choice)


def _focused(text: str, place: Place) -> bool:
    """聚焦11项任务, 聚焦甲、乙等11项任务: what the work is about, no list drawn up."""
    start = place.figure.span.start
    if text.endswith("等", 0, start):
        return text.startswith(FOCUSED, place.whole.start) or text.startswith(
            FOCUSED, place.clause.start
        )
    return text.endswith(FOCUSED, 0, start)


def _listed_aspects(text: str, place: Place) -> bool:
    """招工、供水和交通3个方面的问题: the number sizes the list before it, or a formula's part."""
    start = place.figure.span.start
    if text[start - 1 : start] in {"+", "＋"} or FORMULA.match(text, place.figure.span.end):
        return True
    if not text.startswith(ASPECTS, place.figure.span.end):
        return False
    if text.endswith(FOCUSED, 0, start):
        return True
    low = max(place.whole.start, place.figure.span.start - LISTED)
    joints = JOINT.findall(text, low, place.figure.span.start)
    sizes = {len(joints) + 1, joints.count("、") + 1}
    return bool(joints) and place.figure.quantity.value in sizes


def _among_works(text: str, place: Place) -> bool:
    """把甲与乙等4项工作结合起来: the number closes a list of works."""
    after = place.figure.span.end
    works = text.startswith(WORKS, after) and not text.startswith(RULES, after)
    return works and text.endswith("等", 0, place.figure.span.start)


def _sizes_list(text: str, place: Place, choice: Choice) -> bool:
    """负面清单包括…等9个方面 sizes the list that opened the clause; 梳理职责…等9个方面 does not."""
    if choice.code not in LISTS:
        return False
    opened = choice.best is not None and choice.best.side == "list"
    return opened or not text.endswith("等", 0, place.figure.span.start)


def corrects(text: str) -> bool:
    """Say whether a text holds words of a correction at all; few do."""
    return _correction().search(text) is not None


@cache
def _correction() -> re.Pattern[str]:
    """Match what both cues of a misprint match, whatever stands around it."""
    cues = (cue("misprint", "wrong", "before").pattern, cue("misprint", "wrong", "after").pattern)
    return re.compile(ASSERTION.sub("", "|".join(cues)))


def withdrawn(text: str, place: Place) -> bool:
    """原文“…326.5万元”，应为“…362.5万元”: the figure that a correction quotes as wrong is none."""
    span = place.figure.span
    after = text[span.end : min(place.sentence.end, span.end + 60)]
    before = text[max(place.clause.start, span.start - 30) : span.start]
    return bool(
        cue("misprint", "wrong", "before").search(after)
        or cue("misprint", "wrong", "after").search(before)
    )


def _governed(choice: Choice) -> bool:
    """问责一人 counts; 一名街道干部, 一家企业 only introduces somebody."""
    best = choice.best
    return best is not None and best.side == "left" and best.gap <= 1


def _told(text: str, place: Place) -> bool:
    """三名领导, 短短六百余字; 停工项目两个 closes a list of work and counts."""
    number = place.figure.number.of(text)
    return bool(HAN.fullmatch(number)) and bool(
        place.right.of(text).strip() or place.figure.quantity.unit == "字"
    )


def _sized(text: str, place: Place) -> bool:
    """Say whether the number only sizes a list just given: 甲、乙、丙三个镇分别…, 等9个领域."""
    before = text[max(place.clause.start, place.figure.span.start - 30) : place.figure.span.start]
    listed_before = before.count("、")
    value = place.figure.quantity.value
    if listed_before and value == listed_before + 1 and before.endswith(CLOSING):
        return True
    return before.endswith("等") or (listed_before > 0 and "分别" in place.right.of(text))


def _organs(text: str, place: Place) -> bool:
    """36个街镇纪（工）委走访…: how many organs act is no statistic of what they did."""
    return place.figure.quantity.unit == "部门" or bool(ORGANS.match(text, place.figure.span.end))


def _bounds(text: str, place: Place) -> bool:
    """资产规模在1000万元以上的12个村: a bound says which are meant."""
    quantity = place.figure.quantity
    bounded = quantity.approximator in BOUNDS and quantity.dimension not in RATIOS
    over = quantity.approximator == "over" and quantity.dimension == "money"
    described = text.startswith("的", place.figure.span.end)
    if quantity.dimension == "money" and SORTED.match(text, place.figure.span.end):
        return True
    return described and (bounded or (over and bool(OVER.match(text, place.figure.span.end))))


def _among(text: str, place: Place) -> bool:
    """2家中央企业中，…: what follows tells of some of them."""
    right = place.right.of(text)
    return right.endswith("中") and text.startswith(("，", ","), place.right.end)


def _spoken(text: str, place: Place) -> bool:
    """In quoted speech a bare number is a manner of speaking: 办事只跑一趟."""
    closed = text.find("”", place.figure.span.end, place.figure.span.end + 80)
    if closed < 0 or text[closed - 1] not in ENDING_SPEECH:
        return False
    low = max(0, place.figure.span.start - 200)
    low = max(text.rfind("\n", low, place.whole.start) + 1, low)
    opened = text.rfind("“", low, place.figure.span.start)
    if TALLIED.search(text, max(opened, low), place.figure.span.start):
        return False  # “截至目前，普及率达91.6%。”
    within = text[place.figure.span.end : closed]
    if "“" in within or "\n" in within:
        return False
    return text.rfind("”", low, place.figure.span.start) <= opened


def _chatted(text: str, place: Place) -> bool:
    """“陶叔，这是你们组的16600元，您核对一下。”: what people say to each other."""
    start, end = place.figure.span.start, place.figure.span.end
    low = max(0, start - MOST_SAID)
    low = max(text.rfind("\n", low, start) + 1, low)
    opened = text.rfind("“", low, start)
    if opened < 0 or text.rfind("”", low, start) > opened:
        return False
    closed = text.find("”", end, end + MOST_SAID)
    return closed > 0 and ADDRESSED.search(text, opened, closed) is not None


def _lacks(text: str, place: Place) -> bool:
    """小区充电桩只有250个, 还有16万元工资未结清: how little there is, and no work."""
    start, end = place.figure.span.start, place.figure.span.end
    if place.figure.quantity.dimension == "money" and UNPAID.match(text, end):
        return True
    if text.startswith(("不到", "不足"), start):
        return True  # 院内划有停车位不到20个
    return LACKS.search(text, max(place.clause.start, start - 8), start) is not None


def _plight(text: str, place: Place) -> bool:
    """3000亩农田面临灌溉难题: what was wrong before, whatever word stands beside it."""
    start = place.figure.span.start
    after = cue("background", "none", "any_after").match(text, place.figure.span.end)
    before = cue("background", "none", "any_before")
    low = max(place.clause.start, start - BEHIND)
    return after is not None or before.search(text, low, start) is not None


def _each(text: str, place: Place) -> bool:
    """每万人拥有12名, 每3个村配备1名: what stands to each of something is a norm; 每月50元 too."""
    low, start, end = place.clause.start, place.figure.span.start, place.figure.span.end
    money = place.figure.quantity.dimension == "money"
    if money and (RATE.match(text, end) or YEARLY.search(text, max(0, start - 4), start)):
        return True
    return bool(PER.search(text, low, start) or SHARED_OUT.search(text, low, start))


def _norm(text: str, place: Place) -> bool:
    """宴请不超过20桌, 不得超过200人（20桌）: what a rule allows, and no work."""
    start = place.figure.span.start
    low = max(place.whole.start, start - 16)
    return text.startswith(AT_MOST, start) or ALLOWED.search(text, low, start) is not None


def _of_firm(text: str, place: Place) -> bool:
    """企业利润下降近30%: how a firm fares is no deed of the organ."""
    start = place.figure.span.start
    firm = cue("background", "none", "firm")
    return firm.search(text, max(place.whole.start, start - BEHIND), start) is not None


def _background(text: str, place: Place) -> bool:
    """Prices, harvests, populations, history: told beside the work, and no part of it."""
    start, end = place.figure.span.start, place.figure.span.end
    if place.figure.quantity.dimension in RATIOS and SHARED.search(text, place.clause.start, start):
        return False  # 注册用户占全镇户籍人口数46.9%: a share of them
    before = cue("background", "none", "before")
    if before.search(text, max(place.whole.start, start - BEHIND), start):
        return True
    if cue("background", "none", "after").match(text, end):
        return True
    return _long_ago(text, place)


def _long_ago(text: str, place: Place) -> bool:
    """原来，三期工程涉及114户居民: history, told before the work begins."""
    start = place.figure.span.start
    low = max(place.whole.start, start - TOLD)
    return cue("background", "none", "sentence").search(text, low, start) is not None


# What makes no statistic of a figure that no trigger names.
UNNAMED = (_norm, _spoken, _sized, _told, _organs, _among, _background, _of_firm)
