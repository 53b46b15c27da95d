"""Finds the organs and regions a text names and says which ones are meant.

区纪委监委, 该局, 全区 and 城区司法局 are read by the publishing organ and by what was named before:
in an article of 西乡塘区 they are that district's, in one of 广西 全区 is the autonomous region.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from transforms import regions
from transforms.document import Document
from transforms.making import quick
from transforms.mentions import bodies
from transforms.mentions.heads import UNLISTED_ROW, Head, belongs, find_heads, is_central
from transforms.mentions.homes import Home, find_home, is_national
from transforms.mentions.levels import ALL_LEVELS, LEVEL_WORD, QUALIFIER, capital, scope_and_level
from transforms.mentions.memory import TITLE, Memory
from transforms.mentions.places import Place, find_places
from transforms.model import Mention, Span, changed

QUALIFIER_REACH = 10
QUALIFIER_ENDS = frozenset("产党共级地区）)县市州国省旗盟本乡镇村原届")
NAMELESS = {"party_committee", "enterprise"}  # 党委, 集团 alone are no one's name
# The class in front lets the search skip what no branch can begin with.
COREFERENCE = re.compile(
    "[全我本该自首城省市县区州学医公集]"
    "(?=[自城省市县区州旗盟国治府本、和乡镇街村局厅委办中公集企医院大学校银行厂街组部单司团])(?:"
    "(?<=[全我本该])(?<!应该)(?:自治区|城区|省|市|县|区|州|旗|盟)(?![域间块场局委民区级性]|[省市县州旗][委纪政])"
    "|(?<=全)(?:[镇乡](?![村镇])|街道)|(?<=全)国(?!人大|政协|两会|性|各族)|(?<=自)治区(?![级域])|(?<=首)府"
    "|(?<=城)(?<![主心老新旧县副古各母市]城)区(?![内里外的街道域学居绿路]|主[干城])"
    "|(?<=[省市县区州])(?:本级|(?:[、和]?[省市县区州乡镇村]){1,3}[两三四]级)"
    "|(?<=该)(?<!应该)(?:局|厅|委|办|中心|公司|集团|企业|医院|院|大学|学院|校|银行|行(?!业|为|动|政|程)|厂|大队|支队|总队|中队|站|协会|商会|镇|乡|街道|组"
    "|部门|单位)(?![长员])"
    "|(?<=[我本])(?:局|委(?![托员以派办培会])|厅|院|校|办(?![事公理法学])|公司|集团)(?![长员内部])"
    # 学校 or 公司 that opens a clause is the one named before.
    "|(?<![\u4e00-\u9fff0-9“].)(?:(?<=学)校|(?<=医)院|(?<=公)司|(?<=集)团)"
    "(?![名的员工师生法章各纪党内、]))"
)
NAME_REACH = 18
MOST_ORGANS = 8  # organs of a paragraph looked back at
MOST_TOWN = 4  # characters of a town's name that no place before it bounds


@quick
@dataclass(frozen=True, slots=True)
class Qualified:
    """The words before an organ's head that tell its division."""

    start: int
    words: str
    code: str | None
    scope: str
    said: bool  # a place or a level was named, even if its code is not known


@lru_cache(maxsize=16)
def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Return the organs and regions in reading order; a region may lie within an organ's span."""
    return Scan(document).mentions()


class Scan:
    """One pass over one document, from left to right."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.on = document.published_on
        self.home: Home = find_home(document)
        self.national = is_national(document) and self.home.basis not in {"byline", "title"}
        self.places = find_places(self.text, self.on, self.home.code)
        self.by_end = {place.end: place for place in self.places}
        self.memory = Memory()
        for place in titled_places(document, self.home):
            self._remember(place)
        self.position = 0  # of the item being read

    def _remember(self, titled: Place) -> None:
        """Let 县委 mean the headline's county where the text names none before."""
        name = regions.name_of(titled.code, self.on) if titled.code else None
        self.memory.add_region(
            Mention(Span(TITLE, TITLE), "region", name or titled.name, titled.code)
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Read places, organ heads and pointing words in the order they stand."""
        found: list[Mention] = []
        pointed: list[Mention] = []
        covered = placed = 0  # the end of the organ and of the place before
        for at, _, item in self._events():
            self.position = at
            if isinstance(item, Place):
                found += self._region_of(item)
                placed = item.end
            elif isinstance(item, Head):
                organ = self._organ(item, covered)
                if organ:
                    covered = item.end
                    self.memory.add_organ(organ)
            elif at >= max(covered, placed):
                pointed += self._pointed(item)
        # 城区 and 全市 as the first words of an organ's name are no mentions of their own.
        found += self.memory.organs
        taken = {mention.span.start for mention in found}
        found += [
            mention
            for mention in pointed
            if mention.span.start not in taken
            and not (mention.kind == "organ" and self._in_organ(mention))
        ]
        return tuple(sorted(found, key=_leftmost_longest))

    def _in_organ(self, pointed: Mention) -> bool:
        """Say whether 该局 turned out to be a part of an organ's name."""
        if pointed.kind != "organ":
            return False
        at, organs = pointed.span.start, self.memory.organs
        index = bisect_right(organs, at, key=lambda organ: organ.span.start) - 1
        return index >= 0 and at < organs[index].span.end

    def _events(self) -> list[tuple[int, int, Place | Head | re.Match[str]]]:
        """Return places, heads and pointing words by where they stand, in that order."""
        starts = {place.start for place in self.places}
        events: list[tuple[int, int, Place | Head | re.Match[str]]] = [
            (place.start, 0, place) for place in self.places
        ]
        events += [(head.start, 1, head) for head in find_heads(self.text)]
        for match in COREFERENCE.finditer(self.text):
            if (start := match.start()) not in starts:
                events.append((start, 2, match))
        events.sort(key=itemgetter(0, 1))
        return events

    def _region_of(self, place: Place) -> Iterable[Mention]:
        if not place.code:
            return
        name = regions.name_of(place.code, self.on) or place.name
        region = Mention(
            Span(place.start, place.end), "region", name, place.code, regions.level_of(place.code)
        )
        self.memory.add_region(region)
        yield region

    def _pointed(self, match: re.Match[str]) -> Iterable[Mention]:
        word = match.group()
        span = Span(*match.span())
        if bodies.own_kind(word) and word[0] not in "该我本":
            before = self.memory.organ(word)
            yield from (changed(before, span=span),) if before else ()
            return
        if word[0] in "该我本" and not LEVEL_WORD.fullmatch(word):
            before = self.memory.organ(word[1:])
            yield changed(before, span=span) if before else Mention(span, "organ", word)
            return
        code = self._code_of(word)
        if code or word[0] in "全该我本" or "级" in word:
            name = (regions.name_of(code, self.on) if code else None) or word
            several = word[0] == "全" or ("级" in word and not word.endswith("本级"))
            scope = ALL_LEVELS if several else "self"
            yield Mention(
                span, "region", name, code, regions.level_of(code) if code else None, None, scope
            )

    def _code_of(self, word: str) -> str | None:
        """Return the division that 该区, 全市 or 首府 means here, None if it is not said."""
        if word == "全国":
            return regions.NATION
        if word == "首府":
            return capital(self.home.code)
        match = LEVEL_WORD.match(word)
        return self._level_code(match.group(1), match.group(2)) if match else None

    def _level_code(self, before: str, level: str) -> str | None:
        if before == "该":
            near, own = self._latest(level, near=True), self._own(level)
            return near or (own if self._is_named(own) else None) or self._latest(level) or own
        acting = self._acting(level) if before == "全" else None
        found = acting or self._own(level, whole=before == "全") or self._latest(level)
        return found or (self._latest("自治区") if (before, level) == ("全", "区") else None)

    def _acting(self, level: str) -> str | None:
        """Return the division of another organ acting in this paragraph: 全县 after 庆安县纪委.

        Where the paragraph has named the publisher's own division or organ, 全县 stays its own.
        """
        since = self.text.rfind("\n", 0, self.position) + 1
        named = [organ for organ in self.memory.organs[-MOST_ORGANS:] if organ.span.start >= since]
        codes = [organ.code for organ in named if organ.org_kind == "organ_discipline"]
        if not codes or self._own(level, whole=True) in codes or self.home.code in codes:
            return None
        name = regions.name_of(codes[-1], self.on) if codes[-1] else None
        return codes[-1] if name and name.endswith(level) else None

    def _is_named(self, code: str | None) -> bool:
        """Say whether the text itself names that division, for 该市 to point to."""
        return code in self.memory.codes

    def _latest(self, level: str, *, near: bool = False) -> str | None:
        since = self.text.rfind("\n", 0, self.position) + 1 if near else TITLE
        return self.memory.region(level, since)

    def _own(self, level: str, *, whole: bool = False) -> str | None:
        """Return the publisher's own division of that level, or the one above it."""
        code = self.home.code
        if not code or code == regions.NATION:
            return None
        if level == "自治区":
            return regions.resolve("自治区", self.on, code)
        name = regions.name_of(code, self.on) or ""
        district = level == "城区" and name.endswith("区") and not name.endswith("自治区")
        if district or name.endswith(level):
            return code
        return self._above(code, level, whole=whole)

    def _above(self, code: str, level: str, *, whole: bool) -> str | None:
        parent = regions.parent_of(code)
        while parent and parent != regions.NATION:
            name = regions.name_of(parent, self.on) or ""
            if name.endswith(level) and (level != "区" or whole):
                return parent
            parent = regions.parent_of(parent)
        return None

    def _organ(self, head: Head, covered: int) -> Mention | None:
        """Read the whole name around a head; None for a 党委 that the text leaves nameless."""
        if head.reach == "whole" or is_central(head.words):
            span = Span(head.start, head.end)
            return Mention(span, "organ", head.canonical, regions.NATION, "lv_central", head.kind)
        if head.reach == "town" and self.text[head.start - 1 : head.start] == "该":
            return self._town_again(head)
        before = self.memory.organs[-1] if self.memory.organs else None
        if before and before.span.end == head.start and belongs(before, head):
            return self._part(self.memory.organs.pop(), head)
        if body := self._body(head, covered):
            return body
        start, printed = self._free_name(head, covered)
        qualified = self._qualified(start, covered)
        again = qualified.words.startswith(("该", "本"))  # 该县县委
        named = qualified.said or qualified.scope == ALL_LEVELS or printed or again
        nameless = head.kind in NAMELESS or head.row is UNLISTED_ROW or head.reach == "body"
        if nameless and not named:
            return self._same_again(head)
        return self._named(head, qualified, printed)

    def _town_again(self, head: Head) -> Mention | None:
        """Read 该乡纪委 as the organ of the town whose organ was named last."""
        told = (one for one in reversed(self.memory.organs) if one.level == "lv_township")
        before = next((one for one in told if head.words[0] in one.name), None)
        if before is None:  # the headline's town, or one told without its organ
            span = Span(head.start - 1, head.end)
            name, code = "该" + head.words, self.home.code
            return Mention(span, "organ", name, code, "lv_township", head.kind)
        town = before.name[: before.name.rfind(head.words[0])]
        span, name = Span(head.start - 1, head.end), town + head.words
        return changed(before, span=span, name=name, org_kind=head.kind)

    def _body(self, head: Head, covered: int) -> Mention | None:
        """Read the organ of a firm, a university, a hospital: 鞍钢纪委, 国家电网公司党组."""
        divided = head.reach not in {"region", "part", "unit"} or head.start in self.by_end
        if divided or head.kind not in bodies.HEADS:
            return None
        start = bodies.begin(self.text, covered, head.start)
        if start is None:
            return None
        name = self.text[start : head.start]
        found = self._qualified(start, covered)
        within = (place.code for place in self.places if start <= place.start < head.start)
        code = found.code or next(within, None) or self._default_code(head.kind, "self")
        kind = bodies.kind_of(name) if head.kind == "organ_discipline" else head.kind
        whole = self._again(name) or found.words + name
        return Mention(Span(found.start, head.end), "organ", whole + head.words, code, None, kind)

    def _again(self, name: str) -> str | None:
        """Return the body named before that 学校, 公司 or 该院 before 纪委 points back to."""
        if not bodies.own_kind(name):
            return None
        before = self.memory.organ(name)
        return before.name if before else None

    def _same_again(self, head: Head) -> Mention | None:
        """Read a bare 党工委 that opens a clause as the one named in full before."""
        before = self.memory.organ(head.words) if head.kind == "party_committee" else None
        if before is None or self.text[head.start - 1 : head.start] not in bodies.OPENING_MARKS:
            return None
        return changed(before, span=Span(head.start, head.end))

    def _part(self, whole: Mention, head: Head) -> Mention:
        """Read an office or a party group right after its organ: 市纪委监委|第六监督检查室."""
        span = Span(whole.span.start, head.end)
        return changed(whole, span=span, name=whole.name + head.words, org_kind=head.kind)

    def _free_name(self, head: Head, covered: int) -> tuple[int, str]:
        """Reach left over a town's, a firm's or a zone's own name; returns where it begins."""
        if head.reach in {"region", "part"} or head.start in self.by_end:
            return head.start, ""
        start = bodies.edge(self.text, max(covered, head.start - NAME_REACH), head.start)
        firm = head.reach in {"name", "body"}
        if firm and (branded := bodies.branded(self.text, start, head.start)) is not None:
            return branded, self.text[branded : head.start]
        if firm and bodies.is_common(self.text[start : head.start]):
            return head.start, ""
        placed = max((p.end for p in self.places if start < p.end < head.start), default=0)
        if placed:
            start = placed
        elif firm:
            start = bodies.seated(self.text, start, head.start)
        elif head.reach == "town" and start < head.start - MOST_TOWN:
            return head.start, ""
        if head.reach in {"zone", "unit"}:
            short = head.kind == "organ_work_committee"
            start = bodies.zone(self.text, start, head.start, short=short)
        return start, self.text[start : head.start]

    def _qualified(self, start: int, covered: int) -> Qualified:
        """Reach left over places, 区, 全市, 各级, and say which division they tell."""
        code: str | None = None
        scope, said, end, placed = "self", False, start, False
        while start > covered:
            if place := self.by_end.get(start - self._repeated(start, covered)):
                code, start, placed, said = code or place.code, place.start, True, True
                continue
            if self.text[start - 1] not in QUALIFIER_ENDS:
                break
            match = QUALIFIER.search(self.text[max(covered, start - QUALIFIER_REACH) : start])
            if not match or (placed and not match.group().startswith("中")):
                break
            start -= len(match.group())
            scope, level = scope_and_level(match.group(), scope)
            said = said or bool(level)
            code = code or (self._code_of(level) if level else None)
        return Qualified(start, self.text[start:end], code, scope, said)

    def _repeated(self, end: int, covered: int) -> int:
        """Count the characters that repeat the level of a place: 达州市|本级, 灵川县|县."""
        if self.text.endswith(("本级", "一级"), covered, end):
            return 2
        return int(end - covered > 1 and self.text[end - 1] == self.text[end - 2])

    def _named(self, head: Head, found: Qualified, printed: str) -> Mention:
        scope = ALL_LEVELS if ALL_LEVELS in {found.scope, head.row["scope"]} else "self"
        code = found.code if found.said else self._default_code(head.kind, scope)
        own_name = head.reach in {"name", "body"}
        place = regions.name_of(code, self.on) if code and not own_name else None
        words = self._head_words(head, scope, place)
        name = (place or found.words) + printed + words
        level = _level_of(head, printed, code)
        return Mention(Span(found.start, head.end), "organ", name, code, level, head.kind, scope)

    def _head_words(self, head: Head, scope: str, place: str | None) -> str:
        """Name the organs of a division at all levels alike: 市县两级纪委监委 → 纪检监察机关."""
        wide = scope == ALL_LEVELS and place and head.kind == "organ_discipline"
        return "纪检监察机关" if wide else head.canonical

    def _default_code(self, kind: str, scope: str) -> str | None:
        """Give an organ named without a place the publisher's, 各级纪检监察机关 the nation's."""
        if self.national and kind == "organ_discipline" and scope == ALL_LEVELS:
            return regions.NATION
        return None if self.national else self.home.code


@lru_cache(maxsize=16)
def titled_places(document: Document, home: Home) -> tuple[Place, ...]:
    """Return the divisions below the publisher's own that the headline names."""
    own = home.code
    return tuple(
        place
        for place in find_places(document.title, document.published_on, own)
        if place.code and own and place.code != own and regions.holds(own, place.code)
    )


def _leftmost_longest(mention: Mention) -> tuple[int, int]:
    return mention.span.start, -mention.span.end


def _level_of(head: Head, printed: str, code: str | None) -> str | None:
    if head.reach == "town" and printed:
        return "lv_village" if head.kind == "organ_village" else "lv_township"
    if head.reach == "zone" and printed:
        return "lv_zone"
    return regions.level_of(code) if code else None
