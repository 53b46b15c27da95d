"""Walks the clauses of a text and says who acts in each: named, urged, or carried on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from transforms.actors import acting, doers, teams
from transforms.actors.acting import FORMER_REACH
from transforms.actors.matches import Matches, outermost
from transforms.actors.named import MADE_UP, Named
from transforms.actors.stances import NOBODY, Stance, Subject
from transforms.actors.towns import TOWN, TOWN_ENDS, TOWN_REACH, ZONE_BEFORE
from transforms.document import Document
from transforms.mentions.bodies import body_of
from transforms.mentions.heads import BEARS
from transforms.mentions.homes import Home
from transforms.mentions.mentions import titled_places
from transforms.model import Mention, Span
from transforms.regions import NATION
from transforms.surnames import surnames

CLAUSE = re.compile("[^，,；;：:。！？!?\n]+")
RESUMING = "；;。！？!?\n"  # after these an urged organ no longer acts
# 黄某, 韦某某, not 县某局 or 如某企业: a person whose name the text itself withholds.
CASE_PERSON = re.compile(
    "[" + "".join(sorted(surnames()[0])) + "]某{1,2}[甲乙丙丁]?"
    "(?!某|[局单公村镇县市区乡街社厂部学企项地第供])"
)
SPEECH = re.compile("(?:说|表示|介绍|透露|指出|谈到|强调|告诉|坦言|称)(?:道)?$")
COUNTED = re.compile("共?[0-9]")
ACHIEVED = ("到位", "落实", "见效", "落地")
UNITS = re.compile("[0-9]{1,4}[余多]?[个家](?:企业|单位|部门|乡镇|镇街|村|社区|学校|医院)")
TAKES_PART = re.compile("参与|参加|配合|协同")  # 由县纪委监委牵头，县委组织部等参与
# 按照县委统一部署，本轮巡察派出…: whose plan it is sends them.
PLAN = re.compile("(?:的)?(?:统一|总体|工作)?(?:部署|安排)[，,][本此][轮次](?:巡|派出|共)")
# 纪委监督责任 is no deed of it, and a village that 存在问题 is what was looked at
NO_SUBJECT = re.compile("的|存在(?!于)|所辖|在内|(?:监督|主体|专责|领导)责任")
SHARED = re.compile("[^，,。；0-9]{0,8}[0-9]{1,6}[人名家个][，,]占")  # 干部3人，占51%
ARRIVED = re.compile("(?:进驻|入驻|到来|反馈|交办|移交)[^，,。；]{0,6}(?:以来|后|之后|期间)$")
# 经省委、省政府批准: who allowed it.
ALLOWED = re.compile("[^，,。；]{0,20}?(?:批准|同意|授权|审批|审定|研究决定|批复)[，,]?")
HANDED = re.compile("[交转移]由$")  # 交由纪委调查1人: to whom it was given
SITE = re.compile("(?:国家监委|监察部|监察局)?(?:网站|官网|公众号)")  # 中央纪委网站曝光
# 中央纪委网站12日发布数据显示: who tells, and nobody's doing.
SITE_TELLS = re.compile(
    "(?:网站|官网|公众号)(?:[0-9]{1,2}日|昨[日天]|今[日天]|近日|日前|此前|最新)?的?(?:上?公布|发布|刊发|披露)?了?(?:一[个组])?的?"
    "(?:消息|数据|统计|讯|报道|信息)"
)
LED = re.compile("的?(?:牵头|主导|组织|带领)下")  # 在水务部门牵头下: who leads acts
TOLD = re.compile("获悉|了解|介绍|统计|通报|消息|透露|公布|发布")
FORMER = re.compile("原|时任")
LOCATIVE = re.compile("(?:在|走进|来到|走访)$")
SHORT_NAME = 4  # characters by which a headline may name a community
SITE_REACH = 24  # characters after a name in which its site may tell
UNPLACED = ("公安", "检察", "司法", "审判", "税务", "海关")  # 公安机关: no organ of the article's
SYSTEM_REACH = 10  # characters after a name in which the 系统 of its trade stands
TITLE_REACH = 12  # the same for the title of its post
PARTNERS_REACH = 120  # characters over which organs may be joined to one actor


class SubjectReader:
    """Reads the stances of one document; costs one walk over its clauses, those up to `until`."""

    def __init__(
        self, document: Document, mentions: Iterable[Mention], home: Home, until: int | None = None
    ) -> None:
        self.text = document.text
        asked = (self.text, 0, len(self.text) if until is None else until)
        self.title, self.home = document.title, home
        titled = {place.code for place in titled_places(document, home)}
        # The headline's county is the one the article is about; of several, none is.
        self.own = {home.code, *titled} if len(titled) == 1 else {home.code}
        self.mentions = outermost(mentions)
        organs = {one.name for one in self.mentions if one.kind == "organ"}
        told = {name for name in organs if not name.startswith(UNPLACED)}
        # No organ but one bureau is told of: the article is about it.
        self.civil = len(told) == 1 and home.organ is None
        self.named = Named(self.text, self.mentions)
        self._clauses = [match.span() for match in CLAUSE.finditer(*asked)]
        self._units = Matches(_nameless(*asked))
        self._urges = Matches(acting.urge().finditer(*asked))
        self._doers = Matches(doers.ends().finditer(*asked))
        self._towns = Matches(TOWN_ENDS.finditer(*asked))
        self._titles = Matches(acting.title().finditer(*asked))
        words_of_actors = (self._units, self._urges, self._towns, self._doers)
        self._marks = sorted(
            (*self.named.starts, *(at for found in words_of_actors for at in found.starts))
        )
        self._stances = list(self._read())
        self._stance_starts = [stance.start for stance in self._stances]

    def clause_at(self, offset: int) -> Span:
        """Return the clause that holds `offset`, or the one before it."""
        index = bisect_right(self._clauses, (offset, len(self.text) + 1)) - 1
        return Span(*self._clauses[max(index, 0)]) if self._clauses else Span(0, 0)

    def stance_at(self, offset: int) -> Stance:
        """Return who acts at `offset`."""
        index = bisect_right(self._stance_starts, offset) - 1
        return self._stances[index] if index >= 0 else NOBODY

    def sender(self, stance: Stance) -> Stance:
        """Return who sent the teams that act from there on: the organ before their name."""
        mention = stance.actor.mention if stance.actor else None
        if mention is None:
            return self.stance_at(stance.start - 1)
        sent = Subject(mention.span, mention, mention.kind)
        return Stance(stance.start, sent, sent, stance.place)

    def _read(self) -> Iterator[Stance]:
        """Yield who acts from where on; a paragraph without a subject goes on with the last."""
        standing: Subject | None = None
        now = held = NOBODY
        marks, mark = (*self._marks, len(self.text)), 0
        for start, end in self._clauses:
            before = self.text[start - 1] if start else "\n"
            if before == "\n":
                now = held = Stance(start - 1, standing, standing)
                yield now
            elif before in "；;" and held.base and now.actor and now.actor.kind == "body":
                now = Stance(start - 1, held.base, held.base, now.place)  # 监测站已受理4件；…
                yield now
            elif now.actor is not now.base and (before in RESUMING or self._done(now, start)):
                now = Stance(start - 1, now.base, now.base, now.place)
                yield now
            while marks[mark] < start:
                mark += 1
            if marks[mark] >= end:
                continue  # no name and no word that makes an actor
            for change in self._changes(Span(start, end), now):
                now = change
                held = held if now.base and now.base.kind == "body" else now
                standing = now.base if now.base and self._stands(now.base) else standing
                yield now

    def _done(self, now: Stance, end: int) -> bool:
        """Say whether what a region was urged to ended with its clause: 督促全县…落实到位，."""
        urged = now.actor and now.actor.kind == "region"
        return bool(urged) and self.text.endswith(ACHIEVED, 0, end - 1)

    def _undated(self, clause: Span) -> Span:
        """Leave out the dateline that opens an article: 新华社北京7月29日电."""
        opens = self.text[clause.start - 1 : clause.start] in {"", "\n"}
        dated = acting.DATELINE.match(self.text, clause.start, clause.end) if opens else None
        return Span(dated.end(), clause.end) if dated else clause

    def _changes(self, clause: Span, now: Stance) -> Iterator[Stance]:
        """Yield the stances that a clause brings: its own subject, then those it urges."""
        clause = self._undated(clause)
        mention = self.named.first_in(clause.start, clause.end)
        led = self.text.endswith("牵头", 0, max(clause.start - 1, 0)) and now.actor is not None
        taking_part = led and TAKES_PART.search(self.text, clause.start, clause.end)
        beside = bool(taking_part) or teams.goes_on_list(self.text, clause)
        named = None if beside else self._named(mention, clause)
        told = mention is not None and SITE_TELLS.search(
            self.text, mention.span.end, min(clause.end, mention.span.end + SITE_REACH)
        )
        if told:
            named, beside, now = None, True, Stance(clause.start, None, None, now.place)
            yield now
        subject = named or (None if beside else self._nameless(clause) or self._doer(clause))
        place = self._locative(mention, clause)
        if subject:
            now = Stance(clause.start, subject, subject, place or now.place)
            yield now
        elif place:
            now = Stance(clause.start - 1, now.actor, now.base, place)
            yield now
        if self._urges.begin_in(clause.start, clause.end):
            for start, urged in self._urged(clause, now.base):
                yield Stance(start, urged, now.base, now.place)

    def _stands(self, subject: Subject) -> bool:
        """Say whether later paragraphs may go on with this subject: an organ of the article's."""
        mention = subject.mention
        if subject.kind in {"town", "body"} or (subject.kind == "group" and mention):
            name = subject.span.of(self.text)
            return name in self.title or (subject.kind != "town" and self._titled(name))
        if not mention or subject.kind not in {"region", "organ"}:
            return False
        own = body_of(mention.name) and not self.home.organ
        if not (subject.disciplines or own or self.civil):
            return False
        if mention.code is None and (mention.org_kind or "").startswith("organ_"):
            return True  # 县纪委监委 of a county that the article does not name
        if self.civil and self.own == {None} and mention.name[0] in "省市县区州旗":
            return True  # 市人社局 of a city that it does not name, and no other organ
        known = mention.code and (self.civil or mention.code == NATION)
        known = known or body_of(mention.name) is not None
        only = self.own == {None} and bool(known)
        return only or (mention.code is not None and mention.code in self.own)

    def _titled(self, name: str) -> bool:
        """Say whether the headline names a body in short: 某市某区|祥和社区, its last words."""
        return len(name) > SHORT_NAME and name[-SHORT_NAME:] in self.title

    def _named(self, first: Mention | None, clause: Span) -> Subject | None:
        """Return the name that opens the clause, after dates and connecting words."""
        if not first:
            return None
        before = self.text[clause.start : first.span.start]
        holds = first.kind == "region" or first.org_kind == "party_committee"
        if holds and SPEECH.search(self.text[clause.start : clause.end]):
            return self._speakers(clause)
        if acting.opens(before) or (first.kind == "organ" and self._acts(first, before, clause)):
            return self._phrase(first, clause)
        offices = (first.org_kind or "").startswith(("organ_", "government_dept"))
        zone = ZONE_BEFORE.search(before) if first.kind == "organ" and before else None
        if zone and acting.opens(before[: zone.start()]):
            return Subject(Span(clause.start + zone.start(), first.span.end), first, "organ")
        loose = acting.loose().search(before) if offices and before else None
        if loose and acting.opens(before[: loose.start()]):
            start = clause.start + loose.start()  # 相关|纪检监察组
            return Subject(Span(start, first.span.end), first, "group")
        return None

    def _speakers(self, clause: Span) -> Subject | None:
        """Take 县委常委、县纪委书记韦某介绍 for the discipline organ's word, another's for none."""
        named = self.named.within(clause.start, clause.end)
        own = (one for one in named if (one.org_kind or "").startswith("organ_"))
        organ = next(own, None)
        return Subject(organ.span, organ, "organ") if organ else None

    def _acts(self, organ: Mention, before: str, clause: Span) -> bool:
        """Say whether 由 or 被 makes it the actor, or 据…统计 the one whose figures follow."""
        if MADE_UP.match(self.text, organ.span.end, clause.end):
            return False  # 由监督检查室、派驻机构组成的督查组: its members
        told = before.endswith(acting.words("told_by")) and TOLD.search(
            self.text, organ.span.end, clause.end
        )
        if before.endswith("在"):
            return LED.match(self.text, organ.span.end) is not None
        if before.endswith("经") and ALLOWED.match(self.text, organ.span.end):
            return False
        if before.endswith(("按照", "根据")) and PLAN.match(self.text, organ.span.end):
            return True
        return bool(told) or (before.endswith(acting.words("agent")) and not HANDED.search(before))

    def _nameless(self, clause: Span) -> Subject | None:
        """Return 相关部门, 检查组 or 黄某 where they open the clause."""
        unit = self._units.first_in(clause)
        if unit and COUNTED.match(self.text, unit.end()):
            unit = None  # 问责党组织4个，党员干部84人: who were called to account
        kind = _kind(unit.group()) if unit else ""
        begins = unit.start() if unit else clause.start
        if unit and kind == "team":
            begins = teams.begin(self.text, clause.start, begins)
        before = self.text[clause.start : begins]
        if kind == "team" and ARRIVED.search(self.text, begins, clause.end):
            return None  # 中央督导组进驻以来，: since when
        made_up = kind == "team" and before.endswith(("组成的", "组建的"))  # 由县纪委监委…组成的
        if unit and (made_up or acting.opens(before)):
            return Subject(Span(begins, unit.end()), None, kind)
        if not self._towns.begin_in(clause.start, clause.end):
            return None
        opening = acting.opening().match(self.text, clause.start, clause.end)
        town = TOWN.match(self.text, opening.end(), clause.end) if opening else None
        if town and NO_SUBJECT.match(self.text, town.end()):
            return None
        return Subject(Span(*town.span()), None, "town") if town else None

    def _doer(self, clause: Span) -> Subject | None:
        """Return a body that no list names where it opens the clause and plainly acts."""
        if not self._doers.begin_in(clause.start, clause.end):
            return None
        name = doers.opening_with(self.text, clause)
        return Subject(name, None, "body") if name else None

    def _doer_at(self, start: int, end: int) -> Span | None:
        """Return the body that no list names and that begins there."""
        near = self._doers.begin_in(start, start + doers.LONGEST)
        return doers.after(self.text, start, end) if near else None

    def _phrase(self, mention: Mention, clause: Span) -> Subject | None:
        """Take in what belongs to the name: its people, its round of inspection, its partners."""
        stop = self._joined(mention, clause)
        if SHARED.match(self.text, stop):
            return None
        if named := self._sent(mention, stop, clause):
            return named
        people = self._people(mention, stop, clause)
        if people and SHARED.match(self.text, people.end):
            return None
        if people and SPEECH.search(self.text[people.end : clause.end].rstrip("”’ ")):
            people = None
        start = mention.span.start
        if people:
            former = FORMER.search(self.text, people.start, people.end)
            return Subject(Span(start, people.end), mention, "person" if former else "group")
        if NO_SUBJECT.match(self.text, stop):
            return None
        return Subject(Span(start, stop), mention, mention.kind)

    def _joined(self, mention: Mention, clause: Span) -> int:
        """Return where the organs joined to a name by 、or 和 end."""
        stop = mention.span.end
        limit = min(clause.end, stop + PARTNERS_REACH)
        while partner := self._partner(stop, limit):
            if mention.kind == "organ" and partner.kind == "region":
                break  # 区监委与全区28家部门: with whom it acts
            stop = partner.span.end
        return stop

    def _sent(self, mention: Mention, stop: int, clause: Span) -> Subject | None:
        """Take in a region's town, an organ's round of inspection, the team it sent."""
        start = mention.span.start
        if mention.kind == "region" and (body := self._doer_at(stop, clause.end)):
            return Subject(Span(start, body.end), mention, "group")
        if mention.kind == "region" and self._towns.begin_in(stop, stop + TOWN_REACH):
            town = TOWN.match(self.text, stop, clause.end)
            if town:
                return Subject(Span(start, town.end()), mention, "town")
        site = SITE.match(self.text, stop, clause.end)
        if around := site or teams.round_after(self.text, stop, clause.end):
            return Subject(Span(start, around.end()), mention, "organ")
        if self._units.begin_in(stop, stop + 2 * teams.TEAM_REACH):
            team = teams.after(self.text, stop, clause.end)
            if team:
                return Subject(Span(start, team.end()), mention, "team")
        if mention.org_kind in BEARS and (office := teams.office(self.text, stop, clause.end)):
            return Subject(Span(start, office.end()), mention, "organ")
        return None

    def _people(self, mention: Mention, stop: int, clause: Span) -> Span | None:
        """Return the people or the post right after an organ: 各级党政主要领导, 原副局长."""
        people = self.text[stop : stop + 1] in acting.group_begins()
        match = acting.group().match(self.text, stop, clause.end) if people else None
        if not match and self.text.find("统", stop, stop + SYSTEM_REACH) >= 0:
            match = acting.field_people().match(self.text, stop, clause.end)
        if not match and self._titles.begin_in(stop, stop + TITLE_REACH):
            match = acting.titled().match(self.text, stop, clause.end)
        # 省纪委通报时任副市长: what a discipline organ does to a post is no post of its own.
        reach = 2 if (mention.org_kind or "").startswith("organ_") else FORMER_REACH
        if not match and FORMER.search(self.text, stop, min(stop + reach, clause.end)):
            match = acting.former().match(self.text, stop, clause.end)
        return Span(*match.span()) if match else None

    def _partner(self, stop: int, end: int) -> Mention | None:
        """Return the organ joined to the subject by 、or 和."""
        if self.text[stop : stop + 1] not in acting.joint_begins():
            return None
        joined = acting.joint().match(self.text, stop, end)
        return self.named.at(joined.end()) if joined else None

    def _locative(self, first: Mention | None, clause: Span) -> str | None:
        """Return the code of the place in 在东兴市，, which holds till the paragraph ends."""
        if not first or first.kind != "region" or first.span.end != clause.end:
            return None
        return first.code if LOCATIVE.search(self.text[clause.start : first.span.start]) else None

    def _urged(self, clause: Span, base: Subject | None) -> Iterator[tuple[int, Subject]]:
        """Yield those whom the subject urges, each with the offset where its doing begins."""
        for match in self._urges.within(clause):
            if base and acting.opens(self.text[clause.start : match.start()]):
                yield clause.start, base  # 指导11家企业: who urges again acts again
            # 督促|各级民政部门: what may stand between may be of the name as well
            found = self.named.first_in(match.start() + 1, match.end() + 1)
            if found and found.org_kind != "organ_discipline":
                subject = self._phrase(found, clause)
                units = UNITS.match(self.text, found.span.end, clause.end)
                if subject and units and subject.kind == "region":
                    subject = Subject(Span(found.span.start, units.end()), found, "group")
                if subject and subject.span.end < clause.end:
                    yield subject.span.end, subject
            elif unnamed := acting.units().match(self.text, match.end(), clause.end):
                every = self.text[match.end() - 1] == "各"  # 推动|各责任单位
                yield (
                    unnamed.end(),
                    Subject(Span(match.end() - every, unnamed.end()), None, "group"),
                )
            elif name := self._doer_at(match.end(), clause.end):
                yield name.end, Subject(name, None, "body")


def _nameless(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Find the actors without a name of their own; persons only where 某 stands at all."""
    found = [
        match
        for match in acting.collective().finditer(text, start, end)
        if not text.startswith("织", match.end())  # 工作组|织领导
    ]
    if "某" in text:
        found += CASE_PERSON.finditer(text, start, end)
    return sorted(found, key=re.Match.start)


def _kind(name: str) -> str:
    if name == "组" or name.lstrip("各该本") in acting.words("team"):
        return "team"
    return "person" if "某" in name and name not in acting.words("collective") else "group"
