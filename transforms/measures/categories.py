"""Names what each figure counts: the nearest fitting trigger wins, longest word first."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter

from transforms.lexicon import codes
from transforms.making import quick
from transforms.measures.beyond import (
    deeds,
    held_from,
    later_on,
    led,
    moved,
    past_bracket,
    through_people,
)
from transforms.measures.candidates import Candidate, without_topics
from transforms.measures.clauses import Place, is_money, unit_of
from transforms.measures.contexts import turned
from transforms.measures.continuing import continues, is_alike, opens_anew
from transforms.measures.serving import (
    have,
    is_joined,
    is_split,
    is_told,
    is_urged,
    is_visited,
    served,
)
from transforms.measures.shares import Shares
from transforms.measures.triggers import Hit, Sense
from transforms.measures.weighing import FOLLOWS, PEOPLE, TOWARDS, Scale
from transforms.measures.wholes import Counts, is_kind, is_part, is_rest, names_part
from transforms.model import Span

UNCATEGORISED, SHARE = "uncategorised", "share_or_change"
# Deeds that people do to others: a number of people before them is of those who went.
DONE_BY_PEOPLE = frozenset(
    {"screened", "household_visit", "enterprise_visit", "supervision_check", "enterprise_contact"}
    | {"supervision_site_visited", "data_compared"}
)
ADDRESSED = {
    "inspection_issue_fedback": "inspection_unit_covered",
    "supervision_feedback": "supervision_site_visited",
    "supervision_issue_found": "supervision_site_visited",
    "supervision_proposal": "coverage_place",
    "supervision_urge_notice": "coverage_place",
}
IN_PLACES = frozenset({"campaign_count", "activity_held"})  # 在40个村开展专项行动
# 6个村的路灯项目完工: the deed tells of what the places have, not of them.
OF_PLACES = re.compile("(?:行政|自然)?(?:省区|省份|省|村|社区|乡镇|街道|县|市|区)的")
AMONG = re.compile("[一-龥]{0,14}?中(?:尚|仍|还|只|仅|就|已|共|有)")
# 走访后得知，该小区共有3幢: the deed before is no deed on what was then learnt.
PERCEIVED = re.compile(
    "发现[，,：:]|(?:得知|获悉|看到|了解到|介绍|反映|表示|坦言|告诉|原来)[^。]{0,8}[，,：:]"
)
OFTEN = frozenset({"次", "批次", "轮次"})
NEXT = 4  # figures of a clause that are looked at
LOOK_BACK = 160  # how far back a list may take its predicate from
WEAK = 2  # the priority up to which a noun names its own figure alone
OF_PLACE = frozenset({"个", "家", "所", "处"})  # units in which places are counted
PART = "what is broken down"
KIND_OF = frozenset({"", "方面", "大类", "大方面", "个方面", "领域", "环节"})
KINDS = max(map(len, KIND_OF))
WHICH = re.compile("的[一-龥]{0,8}")  # 追回的28万元, 追缴的违纪款12万元: the deed says which
APART = 6  # characters from a figure at which a trigger gives way to doubt before a nearer one


@quick
@dataclass(frozen=True, slots=True)
class Choice:
    """What a figure counts, the trigger that said so, and what lost."""

    code: str
    best: Candidate | None
    predicate: str | None = None
    predicate_span: Span | None = None
    margin: float = 0.0
    losers: tuple[str, ...] = ()
    switched: str | None = None  # the context that turned the code into another

    @property
    def rule(self) -> str:
        """The winning rule's name."""
        rule = self.best.rule if self.best else "none"
        return f"{rule} ({self.switched})" if self.switched else rule


@dataclass
class Chooser:
    """Chooses the category of each figure of one document, in reading order."""

    text: str
    hits: tuple[Hit, ...]
    places: tuple[Place, ...]
    title: str = ""
    scale: Scale = field(init=False)
    shares: Shares = field(init=False)
    last: tuple[Place, Candidate | None] | None = None  # the figure before, and what named it
    last_code: str = UNCATEGORISED
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        self.scale = Scale(self.text, self.hits)
        self.shares = Shares(self.scale)
        self.counts = Counts(self.text)

    def choose(self, place: Place) -> Choice:
        """Weigh every trigger that may govern the figure."""
        choice = self._choose(place)
        self.last, self.last_code = (place, choice.best), choice.code
        self.shares.note(place, choice.best)
        parted = choice.best.side == "list" if choice.best else choice.switched == PART
        if (choice.best or parted) and choice.code != UNCATEGORISED:
            self.counts.note(place, choice.code, parted=parted)
        return choice

    def _choose(self, place: Place) -> Choice:
        if is_split(self.text, place):
            return Choice(UNCATEGORISED, None)
        found = self._touching(place) or self._own(place)
        named = [candidate for candidate in found if candidate.sense.code]
        if named and self.last:
            before = self.last[0]
            if is_kind(self.scale, place, before, self.last_code, named):
                return Choice(self.last_code, None, switched=PART)
        if named and self.last and is_part(self.scale, place, self.last[0], named):
            found = self._listed(place) or found
            named = [candidate for candidate in found if candidate.sense.code]
        elif is_rest(self.text, place, named):
            found = self.shares.of(place) or found
            named = [candidate for candidate in found if candidate.sense.code]
        urged = not named and self._is_urged(place)
        if not named and not urged:
            found += self.shares.of(place) or self._beyond(place)
            named = [candidate for candidate in found if candidate.sense.code]
        if not named and (whole := self.counts.broken_down(place)):
            return Choice(whole, None, switched=PART)
        if not named and not urged and not self._is_of_places(place) and self._continues(place):
            found += self._listed(place)
            named = [candidate for candidate in found if candidate.sense.code]
        if not named and not urged and (whole := self.counts.whole_of(place)):
            return Choice(whole, None, switched=PART)
        return self._named(place, named, found) if named else self._unnamed(place, found)

    def _touching(self, place: Place) -> list[Candidate]:
        """23件24人: what named the figure before names the one that touches it."""
        if self.last and self.last[1] and self._touches(place):
            return self.scale.weigh(place, self.last[1].hit, "list")
        return []

    def _touches(self, place: Place) -> bool:
        """4个方面27项: the kinds and the things of those kinds are counted by one deed."""
        if self.last is None:
            return False
        end, start = self.last[0].figure.span.end, place.figure.span.start
        return end == start or (start - end <= KINDS and self.text[end:start] in KIND_OF)

    def _own(self, place: Place) -> list[Candidate]:
        found: list[Candidate] = []
        if self.last and self._touches(place):  # 完善…等7类34项制度: one deed before both
            for hit in self.scale.between(self.last[0].left.start, self.last[0].left.end):
                found += self.scale.weigh(place, hit, "left")
        for hit in self.scale.between(place.left.start, place.left.end):
            if not names_part(self.scale, self.last, place, hit) and not self._is_spent(place, hit):
                found += self.scale.weigh(place, hit, "left")
        found += through_people(self.scale, place, self.last[0]) if self.last else []
        if place.row:
            for hit in self.scale.between(place.row.start, place.row.end):
                found += self.scale.weigh(place, hit, "left")
        start = place.right.start
        for hit in self.scale.begun(start, place.right.end):
            if hit.start - start > FOLLOWS:
                break
            if self._counts_times(place, hit) or not self._governs_next(place, hit):
                found += self.scale.weigh(place, hit, "right")
        return found

    def _counts_times(self, place: Place, hit: Hit) -> bool:
        """9次通报典型问题21起: how often a deed was done stands right before it."""
        often = place.figure.quantity.unit in OFTEN and hit.trigger.deed
        return often and hit.start - place.figure.span.end <= len("先后")

    def _is_spent(self, place: Place, hit: Hit) -> bool:
        """对5名干部予以诫勉、4名予以批评教育: a deed that follows one figure leads no other.

        Nor does one that says which: 将追回的28.6万元补贴发还群众. Both lead where no deed follows.
        """
        before = self.last[1] if self.last else None
        led = before is not None and before.hit is hit and before.side in {"right", "far"}
        if not led and not self._says_which(place, hit):
            return False
        after = self.scale.begun(place.right.start, place.right.end)
        return any(one.trigger.act and one.trigger.fitting(unit_of(place)) for one in after)

    def _says_which(self, place: Place, hit: Hit) -> bool:
        which = WHICH.fullmatch(self.text, hit.end, place.left.end)
        if which is None:
            return False
        return TOWARDS.search(self.text, place.left.start, hit.start) is not None

    def _beyond(self, place: Place) -> list[Candidate]:
        """对2个党组织、7名责任人予以问责; 7个项目中有3个未整改 tells of some of them."""
        found: list[Candidate] = []
        some = AMONG.match(self.text, place.noun, place.clause.end)
        if not some and not self._is_of_places(place):
            for hit in self.scale.between(place.figure.span.end, place.clause.end):
                if hit.trigger.act and not self._governs_next(place, hit):
                    found += deeds(self.scale, place, hit)
            found = found or past_bracket(self.scale, place) or later_on(self.scale, place)
        return found or moved(self.scale, place, self._later(place))

    def _is_of_places(self, place: Place) -> bool:
        return OF_PLACES.match(self.text, place.noun, place.right.end) is not None

    def _governs_next(self, place: Place, hit: Hit) -> bool:
        """督促7个部门修订制度15项: a deed with a figure after it counts that figure."""
        later = self._next_after(place, hit.end)
        if later is None or later.clause != place.clause or self._touches_next(place, later):
            return False
        deed, between = hit.trigger.deed, self.text[hit.end : later.figure.span.start]
        if not deed and not between and self._deeds_before(place, hit):
            return True  # 12个县共建成示范点186个: the noun is that of the figure it touches
        if self._is_counted(place, hit, later.figure.span.start):
            return False
        # 由8个工作日压缩到1个工作日: the deed moves the figure before it.
        moves = hit.trigger.word.endswith(("到", "至")) or between.startswith(("到", "至", "为"))
        return deed and not moves and "、" not in between and not is_visited(self.text, place)

    def _is_counted(self, place: Place, hit: Hit, end: int) -> bool:
        """3轮巡察共发现问题199条, 43个反馈问题已整改39个: a noun, with another deed after it."""
        noun = hit.start == place.noun and hit.trigger.verb != hit.trigger.word
        if hit.start <= place.right.start and hit.trigger.deed:
            fitting = hit.trigger.fitting(place.figure.quantity.unit)
            noun = noun or any(fit.noun for fit in fitting)
        return noun and any(one.trigger.act for one in self.scale.between(hit.end, end))

    def _next_after(self, place: Place, end: int, stop: int | None = None) -> Place | None:
        """Return the first of the next few figures that stands after `end`, before `stop`."""
        for later in self._later(place):
            if later.figure.span.start >= end:
                return later if stop is None or later.figure.span.start < stop else None
        return None

    def _later(self, place: Place) -> tuple[Place, ...]:
        return self.places[place.index + 1 : place.index + 1 + NEXT]

    def _deeds_before(self, place: Place, hit: Hit) -> bool:
        return any(one.trigger.act for one in self.scale.between(place.right.start, hit.start))

    def _touches_next(self, place: Place, later: Place) -> bool:
        return place.figure.span.end == later.figure.span.start

    def _listed(self, place: Place) -> list[Candidate]:
        """处分3人，其中科级干部2人: the nearest fitting predicate before the list."""
        held = held_from(self.scale, place) or 0
        low = max(self._begin(place), place.left.start - LOOK_BACK, held)
        index = bisect_left(self.scale.starts, place.left.start)
        while index and self.scale.starts[index - 1] >= low:
            index -= 1
            if PERCEIVED.search(self.text, self.hits[index].end, place.left.end):
                return []
            if names_part(self.scale, self.last, place, self.hits[index]):
                continue
            found = self.scale.weigh(place, self.hits[index], "list")
            if any(_names_list(candidate.sense) for candidate in found):
                return led(self.scale, place, self.last, self.hits[index], low) or found
        return []

    def _begin(self, place: Place) -> int:
        """Return where the list may begin: 其中，… goes on with the sentence before it."""
        start = place.whole.start
        if not self.text.startswith("其中", start):
            return start
        return self.text.rfind("\n", 0, start) + 1

    def _continues(self, place: Place) -> bool:
        """Say whether the clause goes on with the count before it."""
        own = self.scale.between(place.left.start, place.left.end)
        kind = self.text.endswith(("类", "问题"), 0, place.left.end)  # 其中虚报亩数类8起
        if not kind and any(hit.trigger.unknown for hit in own):
            return False  # 对70个村划分出重点类19个: a deed of its own, though no row knows it
        untold = self.last is not None and self.last[1] is None and self._is_near(place)
        return continues(self.text, place, untold=untold) or self._is_alike(place)

    def _is_near(self, place: Place) -> bool:
        """Say whether it shares its deed with the one before: 对33个县、21个县开展督查."""
        same = self.last is not None and self.last[0].clause == place.clause
        return self._touches(place) or (same and opens_anew(self.text, place))

    def _is_alike(self, place: Place) -> bool:
        """检查机构60家，处理机构40家: the same noun goes on where it has no deed."""
        own = self.scale.between(place.left.start, place.left.end)
        if self.last is None or any(hit.trigger.act for hit in own):
            return False
        units = {unit_of(self.last[0]), unit_of(place)}
        return is_alike(self.text, self.last[0], place) and (len(units) == 1 or units <= OF_PLACE)

    def _named(self, place: Place, named: list[Candidate], found: list[Candidate]) -> Choice:
        named = without_topics(named)
        named.sort(key=_by_score, reverse=True)
        best = named[0]
        others = [candidate for candidate in named if candidate.sense.code != best.sense.code]
        margin = best.score - others[0].score if others else 99.0
        if best.side == "list" and self.scale.between(place.left.start, place.left.end):
            margin = 0.0  # words of its own that fit no row: the list before may not be its
        if best.gap >= APART and any(0 <= one.gap < best.gap for one in others):
            margin = 0.0  # 举办课堂、技术培训2期: another reading stands nearer
        if best.carried:
            margin = 0.0  # 办结48件: the clause before may speak of something else
        code, switched = turned(best.sense.code, self.text, place, best.hit.start, self.title)
        if best.sense.priority <= WEAK and (summed := self._sum_of_last(place)):
            code, switched = summed, "the sum of what was counted before"
        if code in DONE_BY_PEOPLE and self._does_it(place, best):
            code, switched = "cadre_deployed", "who did it"
        if best.side in {"right", "far"} and code in ADDRESSED and is_told(self.text, place):
            code, switched = ADDRESSED[code], "to whom it was told"
        if best.side == "right" and code in IN_PLACES:
            code = self._served(place) if self._served(place) != UNCATEGORISED else code
        if best.side in {"right", "far"} and have(self.scale, place, best, code):
            code, switched = "coverage_place", "what places have is no count of them"
        if place.form and place.figure.quantity.dimension in PEOPLE:
            code, switched = place.form, "its place in the row of forms"
        predicate, span = self._predicate(best, found)
        losers = tuple(f"{one.sense.code} {one.rule} {one.score:.1f}" for one in others[:4])
        return Choice(code, best, predicate, span, margin, losers, switched)

    def _sum_of_last(self, place: Place) -> str | None:
        """发放贷款252笔，金额达6093万元: the bare word for a sum adds no deed of its own."""
        if self.last is None or self.last[1] is None or not is_money(place):
            return None
        before, code = self.last[0], self.last[1].sense.code
        same = before.whole.start == place.whole.start and not is_money(before)
        row = codes("category").get(code, {})
        return code if same and row.get("basis") == "money" else None

    def _does_it(self, place: Place, best: Candidate) -> bool:
        """138名第一书记入户核查: people before a deed on others do it; 对138名群众… they do not."""
        people = place.figure.quantity.dimension == "person" and best.side in {"right", "far"}
        return people and not is_visited(self.text, place)

    def _unnamed(self, place: Place, found: list[Candidate]) -> Choice:
        code = self._served(place)
        if code == UNCATEGORISED and place.figure.quantity.dimension == "ratio":
            code = SHARE  # 应还尽还率100%: of something, whatever of
        verbs = [one for one in found if one.side == "left" and one.sense.role != "noun"]
        if not verbs:
            return Choice(code, None)
        nearest = min(verbs, key=lambda one: one.gap)
        hit, word = nearest.hit, nearest.sense.word
        span = Span(hit.start, hit.start + len(word))
        return Choice(code, None, word, span)

    def _is_urged(self, place: Place) -> bool:
        urged = is_urged(self.text, place) and self._served(place) != UNCATEGORISED
        return urged or self._joins_served(place) is not None

    def _served(self, place: Place) -> str:
        return served(self.scale, place, self._joins_served(place)) or UNCATEGORISED

    def _joins_served(self, place: Place) -> str | None:
        """在40个乡镇和70个部门推开: what 和 sets beside those served is served as well."""
        if self.last is None or self.last[1] is not None or self.last_code == UNCATEGORISED:
            return None
        near = self.last[0].clause == place.clause
        return self.last_code if near and is_joined(self.text, place) else None

    def _predicate(self, best: Candidate, found: list[Candidate]) -> tuple[str, Span]:
        """Return the deed as printed; for the name of a thing, the verb that governs it."""
        hit = best.hit
        if best.sense.role == "noun":
            verb = hit.trigger.verb
            if verb != hit.trigger.word:
                return verb, Span(hit.start, hit.start + len(verb))
            governing = [
                one
                for one in found
                if one.sense.role in {"act", "verb"} and one.hit.end <= hit.start
            ]
            if governing and not best.sense.code.startswith(("form_", "four_")):
                hit = max(
                    governing, key=lambda one: (one.sense.code == best.sense.code, one.hit.start)
                ).hit
        printed = hit.trigger.verb
        return printed, Span(hit.start, hit.start + len(printed))


def _names_list(sense: Sense) -> bool:
    """推动解决诉求47条，尚有5条: the deed leads the list, a weak noun after it does not."""
    return bool(sense.code) and (sense.role != "noun" or sense.priority > WEAK)


_by_score = attrgetter("score")
