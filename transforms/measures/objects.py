"""Cuts out the thing counted, as printed: 会员企业, 相关单位责任人; None where none is named."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicon import listed, rows
from transforms.measures.categories import Choice
from transforms.measures.clauses import Place
from transforms.model import Span
from transforms.patterns import alternatives, searchable

LEAD = re.compile(
    r"(?:[了着过的、，和及与并\s：:（(]|等(?![级待次候])|到(?![位期账户场会]))*(?:以及|中(?=涉及))?(?:方面(?=问题))?(?:其中|包括|含)?(?:涉及)?(?:(?:各类|各种|一批|全部|相关的|其他)(?=[一-龥]{2}))?"
)
TAIL = re.compile(
    r"(?:共计|合计|总计|累计|共|折合|人民币|价值|金额为|总额|数量|人数|总数|增至|升至|降至|增加|减少|增长|下降|上升|"
    r"同比|环比|占比|扩大?[至到]?|达到|(?<!直)达|办理|核查|先后|(?<=[一-龥][一-龥])[由从]|(?<![行作])为|约|近|超过|超|逾|计|各|分别|仅|至|到|是|有|就|已|则|多达|高达|不少于|至少|最多|"
    r"了|[、，,\s（(:：])+$"
)
CLOSE = re.compile(
    r"(?:[的了过着和与及或并、\s（(等共]|(?<![高初其集])中|(?<![公邻故])里|(?<![党会团治济层体])组织|直达|"
    r"的[一-龥]{0,2}(?:巡视|巡察|检查|督察|监督|走访|调研|审计)|（[未不含其][^）]*）)+$"
)
LONGEST = 40  # characters
ENDING = 14  # characters at its end that may be trimmed
PLAIN = 16  # characters of a phrase that nothing joins
MARKED = re.compile("[的等和、及]")
MODIFIED = 6  # characters before a noun that may describe it where no verb stands before
REMARK = re.compile(r"（[一-龥、]{1,10}）")
NEXT_IN_LIST = re.compile(
    "、(?![一二两三四五六七八九十近约超])(?=[^0-9０-９、]{2,24}(?:、(?![0-9０-９一二两三四五六七八九十近约超])|$))"
)
DIGIT = re.compile("[0-9０-９]")
DATED = re.compile("[0-9]{1,4}[年月日]")
OPENED = re.compile("[“‘《（]")
QUOTED = re.compile("“[^“”]{0,30}”|‘[^‘’]{0,30}’|《[^《》]{0,40}》|（[^（）]{0,10}）")
MARKS = re.compile("其中|包括|、")
# Who may be counted in 人, 名, 人次.
PEOPLE = re.compile(
    "农民工|干部|党员|[一-龥]员|[一-龥]人(?![口均次员])|[学患作记笔责贡牵]者|[校院部所县镇处科局市组队站社班团行]长|[村居农市渔灾牧公股选]民|"
    "[教老学师律厨]师|师生|[学考新毕实]生|[职员民技劳矿]工|专家|企业家|群众|领导|一把手|骨干|代表|同志|对象|书记|主任|"
    "[商客用个贫农住]户|医护|[民交巡刑]警|官兵|嫌犯|儿童|妇女|青年|家长|家属|老板|主播|网红|考生|主席|委员|法人|"
    "市民|导游|乘客|业主|会计|出纳|保安"
)
HOUSEHOLDS = re.compile("[一-龥]户(?!口|籍|主)|群众|家庭|主体|企业")
# What 家, 所 and 个 may count: there the phrase ends at 的, 情况.
PLACES = re.compile(
    "企业|公司|单位|部门|机构|学校|高校|院校|医院|银行|党组织|社区|乡镇|街道|商户|门店|酒店|饭店|景区|"
    "[村县市区省州局](?![属级直管委办政内外辖域])"
)
PLACE_UNITS = frozenset({"家", "所", "家次"})
ORGANS = re.compile(
    "(?:机关|部门|监委|纪委|法院|检察院|公安局?|责任单位)$"
)  # 移交公安机关19条: to whom
# Kinds of places are things counted, their names are not: 其中街镇12个, 永年区16个.
KINDS = re.compile(
    "[省市县区街乡镇村州]{1,4}|[一-龥、]*(?:示范|试点|重点|贫困|先进|园|开发|小|社|景|库|片|牧|城|行政|自然|老旧|乡)"
    "[县区市镇乡村]"
)
WHERE = re.compile("[省市县区州镇乡旗]$|系统$|全[国省市县区州镇乡村]$")
COUNTED_PEOPLE = frozenset({"person", "person_time"})
OF_PLACES = frozenset({"家", "所", "个", "处"})
SPANS = frozenset({"duration", "workday", "age", "ordinal"})
SPAN_NAMES = re.compile("[一-龥]{0,20}(?:时限|时间|周期|期限|时长|工期)")
EMPTY = re.compile(
    "(?:正在|到位|其中|其余|其他|占?|累计|先后|短短|局部|分成|上述|这|那|该|同比|环比|[上下去今本前后][半一]?年?|之一|以上|要|但|"
    "新增建设|改造提升|建设|提升|升高?|降低?|下达|改造|完成|处理|处置|整改|查处|处分|立案(?:审查调查)?|限期整改|立行立改|完成整改|反映|转交|.*同期|责令整改|组织处理|批评教育|占.*|每.*|.*相比)"
)
SINGLE = frozenset("县村镇乡市区省州人户路桥车房地楼井树牛羊酒烟菜店点街站馆班组")
# What no noun phrase that only stands before a number holds: it is a clause.
CLAUSE = re.compile(
    "[了着过就又也没很才](?![解员过手])|占(?![用地道有])|不(?!良|动产|正之风|稳定|合格|规范|合理)|依次|先后|列入|上门|以来|可以|只能|不能|都是|[一-龥]某"
)
PARTS = re.compile("点(?![赞击对评穴名])|组(?![织建成])|[站员室]")
JOINS = "、和与及"
DOCUMENTS = ("书", "函", "单", "表", "册", "片", "建议", "意见", "方案", "台账", "清单", "措施")
RELATIVE = re.compile("涉及|来自|存在|涉嫌|具有|没有|负有|未|由|被")  # 12件|涉及集体资金的案件
BARE = re.compile("[对向给由与从至以]$|(?:晚上|上午|下午|早上|中午|凌晨|目前|期间|以来)$")
# 商品价格未注明等问题: what a clause tells is not the thing, its last noun is.
TOLD = re.compile("(?:未|没|不|缓慢|滞后|[一-龥]差)[^的]*等(?:方面)?(?=[一-龥]{2,8}$)")


def object_of(text: str, place: Place, choice: Choice) -> Span | None:
    """Return the span of the object: between verb and figure, or after the figure."""
    before = _before(text, place, choice)
    governed = before is not None and _governs(text, place, choice)
    attributive = text.endswith(("的", "等", "内"), place.left.start, place.left.end)
    if before and governed and not attributive and not WHERE.search(before.of(text)):
        return before
    after = _after(text, place, choice)
    if after or (governed and not attributive):
        return after or (None if before and WHERE.search(before.of(text)) else before)
    return before


def _deed_of(text: str, choice: Choice) -> Span | None:
    """Return where the deed stands; 检查 of 检查点 is a part of a name."""
    span = choice.predicate_span
    return None if span is None or PARTS.match(text, span.end) else span


def _governs(text: str, place: Place, choice: Choice) -> bool:
    """Say whether the deed stands before the figure in its own words."""
    span, best = _deed_of(text, choice), choice.best
    if place.zipped:
        return True
    if span is None or (best is not None and (best.side == "right" or best.sense.role == "noun")):
        return False
    return place.left.start <= span.start < place.left.end


def _after(text: str, place: Place, choice: Choice) -> Span | None:
    """Return the noun phrase that follows the figure: 59项|任务清单."""
    if place.zipped:
        return None
    start = place.noun
    while start < place.right.end and text[start] in "的 \u3000":
        start += 1
    span, end = _deed_of(text, choice), min(place.clause.end, start + LONGEST)
    if span and start <= span.start < end and choice.best and choice.best.sense.role != "noun":
        end = span.start
    if span and span.start == start and _words("verb").fullmatch(text, start, span.end):
        return None  # 12.4万元|退还群众: a deed follows
    end = _listed_end(text, _first_stop(text, start, end), place.right.end)
    if dated := DIGIT.search(text, start, end):
        end = dated.start()  # 行政村及社区2014年以来的资金
    end = _counted_end(text, start, end, place)
    return _phrase(text, start, end, place)


def _first_stop(text: str, start: int, end: int) -> int:
    """Return where the phrase ends: at a verb, a preposition or an adverb, not one in quotes."""
    quoted = _quoted(text, start, end)
    of = text.find("的", start, end) if RELATIVE.match(text, start, end) else -1
    start = max(start, of + 1)
    for use, low in (("stop", start), ("verb", start + 2)):
        for match in _words(use).finditer(text, low, end):
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
        if _words("verb").match(text, match.end()):
            break
        following = text.find("、", match.end(), end)
        stop = end if following < 0 else following
    return stop


def _counted_end(text: str, start: int, end: int, place: Place) -> int:
    """End at the people or the places where the unit counts such: 2家中央企业|的督察进驻工作."""
    dimension, unit = place.figure.quantity.dimension, place.figure.quantity.unit
    if dimension in COUNTED_PEOPLE:
        kind = PEOPLE
    elif unit == "户":
        kind = HOUSEHOLDS
    elif unit in PLACE_UNITS:
        kind = PLACES
    else:
        return end
    found = start
    for match in kind.finditer(text, start, end):
        if found > start and match.start() - found > MODIFIED and text[found] not in JOINS:
            break
        found = match.end()
    if found == start:
        return start if kind is PEOPLE else end
    remark = REMARK.match(text, found, end)
    return remark.end() if remark else found


def _before(text: str, place: Place, choice: Choice) -> Span | None:
    """Return the noun phrase that the figure follows: 走访|会员企业|150余家."""
    left, span = place.left, _deed_of(text, choice)
    if text.endswith("的", left.start, left.end):
        return None
    tail = TAIL.search(text, max(left.start, left.end - ENDING), left.end)
    end = tail.start() if tail else left.end
    if span and _is_deed(choice) and left.start <= span.start and span.end == end:
        return _in_deed(text, span, place)
    start = max(_start(text, place, choice, end), end - LONGEST)
    found = _phrase(text, _past_verb(text, start, end), end, place)
    if "先后" in text[end : left.end]:
        found = found if _governs(text, place, choice) else None  # 某某先后19次: who, and not what
    of_places = place.figure.quantity.unit in OF_PLACES
    if found and not of_places and ORGANS.search(found.of(text)):
        return None
    if found is None or _governs(text, place, choice):
        return found
    words = found.of(text)  # 北京市5起: where, and not what; a long stretch is a clause
    clause = len(words) > PLAIN and not MARKED.search(words)
    named = WHERE.search(words) and not KINDS.fullmatch(words)
    return None if clause or named else found


def _quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where quotes and brackets stand: no word in them ends a phrase."""
    if OPENED.search(text, start, end) is None:
        return []
    return [match.span() for match in QUOTED.finditer(text, start, end)]


def _past_verb(text: str, start: int, end: int) -> int:
    """Pass over a verb that begins the phrase: 派出|督查组; the name of a paper may keep it."""
    verb = _words("verb").match(text, start, end)
    if verb is None or verb.end() > end - 2 or text.endswith(DOCUMENTS, start, end):
        return start
    return verb.end()


def _start(text: str, place: Place, choice: Choice, end: int) -> int:
    """Return where the phrase before a figure begins: after its deed, else before its noun."""
    left, best, span = place.left.start, choice.best, _deed_of(text, choice)
    start = span.end if span and left <= span.start < end and _is_deed(choice) else left
    if span and start == span.end and text.endswith("问题", start, end):
        # 违规收送名贵特产问题: the deed is the wrong, and not what was done about it.
        wrong = text.rfind("违规", max(left, span.start - 2), span.end)
        start = start if wrong < 0 else wrong
    if best is None or best.sense.role != "noun" or not left <= best.hit.start < end:
        return _opening(text, start, end - 1)
    if _is_named_whole(text, place, choice):
        return _opening(text, left, best.hit.start)
    if span and span.end == best.hit.end <= end - 2:  # 处理|违纪违法村干部: a deed after all
        return _opening(text, span.end, end - 1)
    opened = _opening(text, start, best.hit.start)
    return best.hit.start if opened == left and best.hit.start - left > MODIFIED else opened


def _is_deed(choice: Choice) -> bool:
    """Say whether the predicate is a deed apart from the noun that names the figure."""
    best, span = choice.best, choice.predicate_span
    if best is None or best.sense.role != "noun" or span is None:
        return True
    return span.end < best.hit.end


def _in_deed(text: str, deed: Span, place: Place) -> Span | None:
    """发放|问卷, 惠及|农户: the words of the deed hold the thing."""
    verb = _words("verb").search(text, deed.start, deed.end)
    if verb is None or _words("verb").fullmatch(text, verb.end(), deed.end):
        return None
    return _phrase(text, verb.end(), deed.end, place)


def _is_named_whole(text: str, place: Place, choice: Choice) -> bool:
    """下达|整改通知书: after a verb the word is a name, whatever verb it begins with."""
    hit = choice.best.hit if choice.best else None
    if hit is None or not hit.trigger.word.endswith(DOCUMENTS):
        return False
    return _words("verb").search(text, place.left.start, hit.start) is not None


def _opening(text: str, start: int, end: int) -> int:
    """Return where the phrase begins: after the last verb or adverb that no 的 makes its own."""
    quoted = _quoted(text, start, end)
    for match in _words("verb").finditer(text, start, end):
        if not any(low < match.start() < high for low, high in quoted):
            start = match.end()
    front = _words("front").match(text, start, end)
    return front.end() if front else start


def _phrase(text: str, start: int, end: int, place: Place) -> Span | None:
    """Trim a phrase to the noun phrase in it; None where it is none."""
    if start < end and not (RELATIVE.match(text, start, end) and "的" in text[start:end]):
        start = LEAD.match(text, start, end).end()  # type: ignore[union-attr]
    if text.find("等", start, end) >= 0 and (told := TOLD.search(text, start, end)):
        start = told.end()
    close = CLOSE.search(text, max(start, end - ENDING), end) if start < end else None
    words = text[start : close.start() if close else max(start, end)]
    dimension = place.figure.quantity.dimension
    if _is_empty(words) or (dimension in COUNTED_PEOPLE and not PEOPLE.search(words)):
        return None
    if dimension == "money" and PEOPLE.fullmatch(words):
        return None  # 退还群众97万元: to whom
    size = len(words)
    if dimension in SPANS:
        named = SPAN_NAMES.match(words)
        size = named.end() if named else 0
    return Span(start, start + size) if size else None


def _is_empty(words: str) -> bool:
    """Say whether the words name nothing: a deed, a date, a place, half a bracket, a clause."""
    if words in SINGLE:
        return False
    if len(words) < len("问题") or EMPTY.fullmatch(words) or _words("prep").match(words):
        return True
    if _words("verb").fullmatch(words):
        return True
    if DATED.search(words) or BARE.search(words):
        return True
    torn = any(words.count(opened) != words.count(closed) for opened, closed in ("“”", "（）"))
    return torn or _is_clause(words)


def _is_clause(words: str) -> bool:
    """Say whether the head of a phrase, past 的 and 等, is a clause and no noun."""
    head = re.split("[的等]", QUOTED.sub("", words))[-1]
    return CLAUSE.search(head) is not None


@cache
def _words(use: str) -> re.Pattern[str]:
    """Compile the words of object_words.tsv of one use; each branch begins with a literal."""
    patterns = []
    for row in rows("object_words.tsv"):
        if row["use"] == use:
            before = f"(?<![{row['not_after']}])" if row["not_after"] else ""
            after = f"(?![{row['not_before']}])" if row["not_before"] else ""
            patterns.append(f"{before}(?:{alternatives(listed(row['words']))}){after}")
    return re.compile("|".join(map(searchable, patterns)))
