"""Weighs what a trigger may mean for a figure: its words, how near it is, what stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from transforms.measures import asides, settings
from transforms.measures.candidates import Candidate, standing, without_carried
from transforms.measures.clauses import Place
from transforms.measures.triggers import Hit, Sense

# Words between a verb and its figure that say nothing: 立案共计5件, 受理的各类信访件.
FILLER = re.compile(r"[共计总已均了的达到为各类有关相应等其中\s“”》\"约近超逾、和及以及]*")
PASSIVE = tuple(word + end for word in "被所受" for end in ("", "到"))
# 对3个乡镇开展群众身边腐败问题专项巡察: places are counted by no problem.
UNPLACED = frozenset({"issue_investigated", "issue_grassroots_investigated"})
PAPERS = frozenset(
    {"supervision_proposal", "inspection_suggestion", "supervision_urge_notice"}
    | {"office_space_cleared", "official_vehicle_cleared", "publicity_material"}
    | {"typical_case_notified"}
)
TEAMS = frozenset({"supervision_team", "inspection_team", "station_set"})
NOT_EVERYWHERE = UNPLACED | PAPERS | TEAMS
WHOSE = re.compile("后|的|期满|人员|干部|党员|对象|公职人员")
TOWARDS = re.compile("[对向将把](?![象标照])")
SLACK = ("不力", "不到位", "不彻底", "不实", "不严", "缓慢", "滞后", "较慢", "较差", "落后")
STATE = re.compile("[一-龥]{0,4}(?:情况|成效|效果|质量)")  # what of a deed another looks at
GROUPING = ("组织", "组建", "组成")
DONE = re.compile("[^0-9，。；]{0,40}?(?:进行|予以|给予|作出)了?")
OVER = ("期满", "影响期")  # 4名处分期满的干部
OFFICE = re.compile(
    "厅(?![局级长])|局(?![级限部面长])|署(?![名长])|室(?![内外主])|部(?![分署门级委长])"
)
BASIS = ("根据", "依据", "违规", "违法", "违纪")  # 根据移交线索处分73人, 因违规配备公车被处理
GROUNDS = re.compile("(?:根据|依据)[^，。；]{0,8}$")
SQUAD = ("专班", "工作专班")  # 问责专班: a body is named for the deed
PLACED = re.compile(
    "(?:行政|自然)?(?:[省市县区]直|省区市|省份|省|村|社区|乡镇|镇|街道|县|市|区|单位|部门|学校|企业|医院)"
)
DATED = re.compile("于(?:[0-9]{4}年|上世纪|[一二两三四五六七八九十]{1,3}年前)")
OWN_OBJECT = re.compile("(?:开展|进行)(?=[一-龥]{2,6}$)")
AFTER = frozenset({"right", "far"})
DENIED = ("未", "没", "没有", "未能", "不能", "无法", "难以", "不得")
LONG_TITLE = 60  # characters of a title before a deed within it
NEEDED = ("需", "需要", "亟需", "亟待", "有待", "急需", "应当", "应该")
OF_WHOM = ("的", "人员", "对象")
# 某县纪委监委走访36家: the place in an organ's name is no place visited.
ORGAN = re.compile("纪|监|委|政府|[一-龥]{1,4}局")
# A verb that only says that a deed is done: the deed itself follows, 对3家单位开展巡察.
CHANGE, LEVELS = "share_or_change", ("至", "到", "为")  # 满意度提升至97%: a level, and no change
LIGHT = settings.words("light")
PEOPLE = frozenset({"person", "person_time", "household", "household_time"})
NAMES_ON = ("项目", "工程", "领域", "设施")
JOINED = re.compile('(?:典型)?(?:案例)?[”’"）)]{0,2}(?:和|与|及|以及)')
JOINED_NOUN = 4  # 22个问题及30个村级党组织: how near its figure the noun before 及 stands
NAMED_NEXT = 8  # how far after a figure the noun stands that 和 sets beside another
OBJECT_FITS = 8.0  # what a trigger gains whose object is there
OBJECT_LEADS = 4.0
OBJECT_CARRIED = 2.0  # 收到线索2.3万件，正在核查5000件: the clause before named it
CARRIED_FROM = 60  # characters before a clause in which it may have named it
EMBEDDED = 14.0  # what a trigger loses that stands within the object
FOLLOWS = 14  # how far after a figure its noun may stand


class Closing(NamedTuple):
    """The noun that ends a list of names: 责任追究、问责等5项|制度."""

    noun: str
    one_of: bool  # the word stands within the list, and does not open it

    def bars(self, sense: Sense) -> bool:
        """Say whether what the row counts is not the noun: 选取供水、村官等10个|领域 are no 村."""
        return (self.one_of or bool(sense.object_re)) and sense.apart(self.noun)


class Scale:
    """The triggers of one document, to be weighed against its figures."""

    def __init__(self, text: str, hits: tuple[Hit, ...]) -> None:
        self.text = text
        self.hits = hits
        self.starts = [hit.start for hit in hits]
        self._lacking: dict[tuple[int, int], bool] = {}  # by figure and trigger

    def between(self, start: int, end: int) -> tuple[Hit, ...]:
        """Return the triggers that lie in [start, end)."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if low < high and self.hits[high - 1].end > end:
            high -= 1
        return self.hits[low:high]

    def begun(self, start: int, end: int) -> tuple[Hit, ...]:
        """Return the triggers that begin in [start, end): no 、 within one ends it."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return self.hits[low:high]

    def weigh(self, place: Place, hit: Hit, side: str) -> list[Candidate]:
        """Return a candidate for each sense of a trigger that may name the figure."""
        fitting = hit.trigger.fitting(place.figure.quantity.unit)
        if not fitting or self._is_void(place, hit, side):
            return []
        gap, embedded = self._gap(place, hit, side), self._embedded(place, hit, side)
        loss, bonus = standing(side, gap)
        around: dict[int, str] = {}  # the words beside the trigger, by the length of the trigger
        found: list[Candidate] = []
        bare = self._stands_bare(place, hit, side, around)
        left = side == "left"
        towards = left and TOWARDS.search(self.text, hit.end, place.left.end) is not None
        closing = self._closing(place, hit) if left else None
        carried = False
        follows = left and not bare and self._may_lead(place, hit)
        for sense, grade, weight, noun, asks, size in fitting:
            if sense.code in NOT_EVERYWHERE and (
                (towards and sense.code in TEAMS) or self._is_apart(place, sense, gap, side)
            ):
                continue  # 组成督查组对63个单位…: the team is the one that acts
            gain = 0.0
            if asks:
                if bare or (side == "list" and asides.is_other_kind(self.text, place, sense)):
                    continue
                words = around.get(size)
                if words is None:
                    words = around[size] = self._around(place, hit, side, sense.word)
                gain = self._object_fits(place, hit, sense, words, follows=follows)
                if not gain:
                    continue
                carried = carried or gain == OBJECT_CARRIED
            if closing is not None and closing.bars(sense):
                continue
            # A noun that acts names nothing: 联合暗访组对35家单位….
            apart = embedded or (towards and noun and not asks)
            levels = sense.code == CHANGE and self.text.startswith(LEVELS, hit.start + size)
            score = weight - loss + bonus + 2 * grade + gain - EMBEDDED * (apart + levels)
            found.append(Candidate(sense, hit, score, side, gap, grade, gain == OBJECT_CARRIED))
        return without_carried(found) if carried else found

    def _is_apart(self, place: Place, sense: Sense, gap: int, side: str) -> bool:
        """Say whether the word cannot count the figure where it stands."""
        if sense.code in TEAMS:  # 检查组抽查42个: a team before a deed does it
            placed = PLACED.match(self.text, place.noun)  # 组成小组下沉16个县
            apart = sense.role == "noun" or placed is not None
            return apart and gap > 0 and side in {"left", "list"}
        side = "far" if sense.code in PAPERS and side == "list" else side
        return side in AFTER and PLACED.match(self.text, place.noun) is not None

    def _embedded(self, place: Place, hit: Hit, side: str) -> bool:
        """Say whether the word is part of the object: 追回被套取资金, 清退违规收取的费用."""
        if self.text.endswith(BASIS, 0, hit.start) or self._grounds(place, hit, side):
            return True
        if self.text.startswith(asides.TEAM, hit.end) and not self.text.startswith(
            GROUPING, hit.end
        ):
            return True  # 线索处置组、督导考评组3个组; 走访服务组对101家
        if side in AFTER and self._within_title(place.figure.span.end, hit, place.clause.end):
            return True
        if side == "far" and STATE.match(self.text, hit.end) and self._acts_after(place, hit):
            return True  # 对17个镇专项整治工作开展情况进行督查
        if side == "right":
            return self._in_right_noun(place, hit)
        return side == "left" and self._in_left_noun(place, hit)

    def _precedes_deed(self, place: Place, hit: Hit) -> bool:
        """对5起问责事例进行通报: what stands before 进行 says which, the deed stands after it."""
        if not TOWARDS.search(self.text, place.clause.start, place.figure.span.start):
            return False
        done = DONE.match(self.text, hit.end, place.clause.end)
        return done is not None and self._acts_after_done(done.end(), place.clause.end)

    def _acts_after_done(self, start: int, end: int) -> bool:
        return any(one.trigger.act and not one.trigger.unknown for one in self.between(start, end))

    def _in_right_noun(self, place: Place, hit: Hit) -> bool:
        named_on = asides.says_whose(self.text, hit) or self.text.startswith(NAMES_ON, hit.end)
        return (named_on and self._acts_after(place, hit)) or self._says_whom(hit)

    def _says_whom(self, hit: Hit) -> bool:
        """对36名受处分人员开展回访, 150名新提拔干部参加: the word says which people."""
        text = self.text
        new = text[hit.start - 1] == "新" and text[hit.start - 2] != "重"  # 重新提拔 is a deed
        newly = new or text.startswith(OVER, hit.end)
        return newly or (text[hit.start - 1] in "受被所" and bool(WHOSE.match(text, hit.end)))

    def _in_left_noun(self, place: Place, hit: Hit) -> bool:
        text = self.text
        passive = text.endswith(PASSIVE, max(place.left.start, hit.start - 2), hit.start)
        newly = text[hit.start - 1] == "新" and text.startswith("的", hit.end)  # 新提拔的52名
        title = self._within_title(place.left.start, hit, place.left.end)
        if passive or newly or title:
            return True
        if asides.tells(text, place, hit):
            return False
        if asides.is_aside(text, place, hit, self.between):
            return True
        if place.left.start > place.clause.start and JOINED.fullmatch(
            text, hit.end, place.left.end
        ):
            # 1轮巡视“回头看”和1轮专项巡视: the noun before 和 is the first figure's.
            return self._names_next(place) or hit.start - place.left.start <= JOINED_NOUN
        # 停发死亡人员津贴, 回访受处分人员: the word says which people.
        return text.startswith(OF_WHOM, hit.end) and hit.end + 2 < place.left.end

    def _is_void(self, place: Place, hit: Hit, side: str) -> bool:
        """Say whether the word tells of no deed at all where it stands."""
        denied = side in AFTER and (self._is_denied(place, hit) or self._precedes_deed(place, hit))
        if denied or (hit.trigger.act and DATED.match(self.text, hit.end)):
            return True  # 该路修建于2015年，长50余米: a year, and no deed
        people = place.figure.quantity.dimension in PEOPLE or self._acts_after(place, hit)
        whom = side in AFTER and self._says_whom(hit)
        if whom and (people or self.text.startswith("人员中", hit.end)):
            return True  # 35名受处分干部得到提拔, 14个市被问责人员中: the word says which people
        listed = side == "list" and (self._is_looked_at(hit) or self._is_source(hit))
        if listed or self._is_noun(hit) or self._is_nil(hit) or asides.bears(self.text, place, hit):
            return True
        if side == "left" and asides.leads_on(self.text, place, hit, self.between):
            return True
        named = self.text.startswith(SQUAD, hit.end) and not self.text.startswith(GROUPING, hit.end)
        if side == "left" and hit.trigger.act and self._names_title(hit, place.left.end):
            return True
        return named or (side != "list" and (self._is_slack(hit) or self._is_needed(hit)))

    def _grounds(self, place: Place, hit: Hit, side: str) -> bool:
        """依据巡察移交线索立案96人: on what ground, where the deed follows."""
        if side != "left" or not GROUNDS.search(self.text, place.left.start, hit.start):
            return False
        return any(one.trigger.act for one in self.between(hit.end, place.left.end))

    def _is_noun(self, hit: Hit) -> bool:
        """教育厅, 监督检查室: an office, and no deed; 61个|组织予以澄清: nor is what is counted."""
        counted = self.text[hit.start - 1] in "个家" and hit.trigger.word.startswith("组织")
        return counted or OFFICE.match(self.text, hit.end) is not None

    def _is_looked_at(self, hit: Hit) -> bool:
        """将整改情况纳入考核，有5个单位被扣分: the deed is looked at, and not counted."""
        return self.text.startswith("情况", hit.end)

    def _is_nil(self, hit: Hit) -> bool:
        """对“零查处”的20个乡镇进行约谈: what was not done at all says which."""
        return self.text[hit.start - 1] == "零"

    def _is_source(self, hit: Hit) -> bool:
        """经核查，该站供12个村用水: how it was learnt is no deed on what was learnt."""
        learnt = self.text[hit.start - 1] == "经" and self.text[hit.end : hit.end + 1] in {
            "，",
            ",",
        }
        return learnt and hit.start > 0

    def _names_title(self, hit: Hit, end: int) -> bool:
        """印发《关于管网改造的通知》等文件20余份: a deed within a title, save its last word."""
        closed = self.text.find("》", hit.end, end)
        inside = closed > hit.end and self.text.find("《", hit.end, closed) < 0
        return inside and self.text.rfind("《", max(0, hit.start - LONG_TITLE), hit.start) >= 0

    def _is_needed(self, hit: Hit) -> bool:
        """摸排出需要整治的土坯房5219户: what is yet to be done says which, and is not counted."""
        return self.text.startswith("的", hit.end) and self.text.endswith(NEEDED, 0, hit.start)

    def _is_slack(self, hit: Hit) -> bool:
        """对整改不力的5家单位进行约谈: what they did badly says which, and is not counted."""
        return self.text.startswith(SLACK, hit.end) or hit.trigger.word.endswith(SLACK)

    def _within_title(self, start: int, hit: Hit, end: int) -> bool:
        """制发《检查问题反馈单》3份: what stands within a title is named by its last word."""
        closed = self.text.find("》", hit.end, end)
        return closed > hit.end and self.text.rfind("《", start, hit.start) >= 0

    def _is_denied(self, place: Place, hit: Hit) -> bool:
        """20名农民工未领到工资: people to whom it was not done are no count of the deed."""
        people = place.figure.quantity.dimension in PEOPLE and hit.trigger.act
        return people and self.text.endswith(DENIED, place.figure.span.end, hit.start)

    def _acts_after(self, place: Place, hit: Hit) -> bool:
        """230个农田建设项目开展排查: a deed within a name has another after it."""
        return any(one.trigger.act for one in self.between(hit.end, place.clause.end))

    def _names_next(self, place: Place) -> bool:
        """Say whether a noun that fits the figure stands right after it."""
        near = min(place.right.end, place.right.start + NAMED_NEXT)
        unit = place.figure.quantity.unit
        return any(hit.trigger.fitting(unit) for hit in self.between(place.right.start, near))

    def _closing(self, place: Place, hit: Hit) -> Closing | None:
        """Return what ends the list before the figure: 责任追究等5项|制度."""
        if not self.text.endswith("等", 0, place.left.end):
            return None
        noun = self.text[place.noun : place.right.end]
        first = next(iter(self.between(place.left.start, place.left.end)), hit)
        one_of = hit is not first or self._closes_list(place, hit)
        return Closing(noun, one_of=one_of) if noun else None

    def _closes_list(self, place: Place, hit: Hit) -> bool:
        """设计、监理、拨付和验收等27个要素: the last word before 等, with words like it before."""
        alone = hit.end + 1 == place.left.end and self.text[hit.start - 1] in "和及与、"
        return alone and self.text.find("、", place.left.start, hit.start) >= 0

    def _gap(self, place: Place, hit: Hit, side: str) -> int:
        if side in {"right", "far"}:
            return hit.start - place.figure.span.end
        if hit.end == place.left.end:
            return 0
        filler = FILLER.match(self.text, hit.end, place.left.end)
        return place.left.end - (filler.end() if filler else hit.end)

    def _stands_bare(self, place: Place, hit: Hit, side: str, around: dict[int, str]) -> bool:
        """Say at once whether no object that any row of the trigger names is anywhere near."""
        things = hit.trigger.things
        if things is None or place.zipped:
            return False
        word, objects = things
        beside = around[len(word)] = self._around(place, hit, side, word)
        if objects.search(beside):
            return False
        return side != "left" or not self._leads(place, hit, objects, whole=True)

    def _leads(self, place: Place, hit: Hit, pattern: re.Pattern[str], *, whole: bool) -> float:
        """Return what an object is worth that leads the clause or was named just before it."""
        if place.clause.start < hit.start:
            for led in pattern.finditer(self.text, place.clause.start, hit.start):
                if not ORGAN.match(self.text, led.end()):
                    return OBJECT_LEADS
        if not whole or not self._lacks_object(place, hit):
            return 0.0  # 移送司法机关2人 takes no 线索 from the clause before for 移送
        start = place.whole.start
        if self.text.startswith("其中", start):  # the sentence goes on with the one before
            start = self.text.rfind("\n", 0, start) + 1
        low = max(start, place.clause.start - CARRIED_FROM)
        return OBJECT_CARRIED if pattern.search(self.text, low, place.clause.start) else 0.0

    def _lacks_object(self, place: Place, hit: Hit) -> bool:
        """Say whether neither side of the figure names what is counted; found once for all rows."""
        key = (place.index, hit.start)
        lacks = self._lacking.get(key)
        if lacks is None:
            lacks = self._lacking[key] = self._finds_no_object(place, hit)
        return lacks

    def _finds_no_object(self, place: Place, hit: Hit) -> bool:
        """办结48件: neither side of the figure names what is counted, so a clause before did."""
        if place.right.of(self.text).strip():
            return False
        before = self.between(place.left.start, hit.start)
        if any(one.trigger.act and one.end < hit.start for one in before):
            return False  # 转交责任单位办理47条: who handles them is told, the deed is 转交
        return FILLER.fullmatch(self.text, hit.end, place.left.end) is not None

    def _around(self, place: Place, hit: Hit, side: str, word: str) -> str:
        """Return the words beside a trigger; its own must not count as its object: 意见反馈."""
        if place.zipped:
            own = (place.left, place.row) if place.row else (place.left,)
            beside = [
                self.text[span.start : span.end].replace(word, "\x1f")
                for span in (*own, place.right)
            ]
            return "\x1f".join(beside)
        start, end = hit.start, min(place.right.end, place.figure.span.end + FOLLOWS)
        if side in {"right", "far"}:
            start = place.left.start
        if side == "right":
            end = max(end, min(place.right.end, hit.end + FOLLOWS))
        told = OWN_OBJECT.search(self.text, place.figure.span.end, hit.start)
        if side in AFTER and told:  # 49个单位开展问题自查: 问题 is what they looked for
            return f"{self.text[start : told.start()]}\x1f"
        if side == "far":  # 对18家供销、粮储单位开展专项巡察: the object follows the deed
            within = hit.start < place.clause.end  # 将结余301.1万元，退还给学生: in the next clause
            end = min(place.clause.end if within else place.sentence.end, hit.end + FOLLOWS)
        people = place.figure.quantity.dimension in PEOPLE  # 24名干部走访企业: they do it
        if side in {"right", "far"} and not people and not word.startswith(LIGHT):
            end = hit.start + len(word)  # 对49项问题制定措施: what follows the deed is not counted
        after = self.text[hit.start + len(word) : end]
        return f"{self.text[start : hit.start]}\x1f{after}"

    def _may_lead(self, place: Place, hit: Hit) -> bool:
        """Say whether its object may lead the clause, or stand before the clause."""
        if place.zipped or not hit.trigger.things:
            return False
        return place.clause.start < hit.start or self._lacks_object(place, hit)

    def _object_fits(
        self, place: Place, hit: Hit, sense: Sense, words: str, *, follows: bool
    ) -> float:
        """Return what a trigger gains whose object is beside it, less where the object leads."""
        pattern = sense.object
        if pattern is None or pattern.search(words):
            return OBJECT_FITS
        # 企业开办时间由5个工作日压缩至1个工作日: the object may lead the clause.
        if not follows:
            return 0.0
        return self._leads(place, hit, pattern, whole=sense.word == hit.trigger.word)
