"""Finds the organs and regions a text names and says which ones are meant.

区纪委监委, 该局, 全区 and 城区司法局 are read by the publishing organ and by what was named before:
in an article of 西乡塘区 they are that district's, in one of 广西 全区 is the autonomous region.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from transforms import lexicon, regions
from transforms.document import Document
from transforms.homes import Home, find_home, is_national
from transforms.model import Mention, Span
from transforms.patterns import PatternSet
from transforms.places import Place, find_places

ALL_LEVELS = "all_levels"
# 社区, 园区, 辖区, 城市 … are words of their own: their last character is no level.
LEVEL = "自治区|城区|地区|(?<![社园辖小山景校库牧矿林厂片新发灾疫学街选战禁])区|(?<![城都])市|省|县|州|旗|盟"
SEVERAL = (
    "(?:全国|全省|全市|全县)?(?:各级|上下级|各地)|各县[（(]市、?区[）)]|各(?:县市区|市县|县区|县|区|市)"
    "|(?:自治区、|[省市县区州乡镇旗村][、和]?){1,3}[省市县区州乡镇旗村](?:[两三四五]级)?"
)
QUALIFIER = re.compile(
    rf"(?:中国共产党|中共|{SEVERAL}|全国|[全该我本原]?(?:{LEVEL})(?:本级|一级)?)$"
)
QUALIFIER_REACH = 10
WORD = re.compile(r"([全该我本原]?)(自治区|城区|地区|省|市|县|区|州|旗|盟)")
COREFERENCE = re.compile(
    "[全我本该](?<!应该)(?:自治区|城区|省|市|县|区|州|旗|盟)(?![域间块场面局委民营容价区级])"
    "|全国(?!人大|政协|两会|性|各族)|自治区(?![级域])|首府"
    "|城(?<![\u4e00-\u9fff]城)区(?=各|党|干部|纪|共|累计|范围|所有|全体)"
    "|该(?<!应该)(?:局|厅|委|办|中心|公司|集团|医院|院|镇|乡|街道|组|部门|单位)(?![长员])"
)
# A name of free form begins after a mark, a function word, or the verb that governs it.
EDGE = re.compile(
    r"[^\u4e00-\u9fffA-Za-z0-9]|会同|联合|联动|督促|指导|推动|协调|责成|约谈|走访|要求|组织|进驻|移交|反馈|随后|同时"
    r"|其中|日前|近日|[由对向在的及被将把让等至和与到据令使给年月日]"
)
NAME_REACH = 18
ZONE = re.compile(
    "(?:开发区|高新区|经开区|新区|园区|工业区|度假区|保税区|示范区|合作区|试验区|风景区|景区|城区|区)$"
)
CENTRAL = re.compile("中央|中共|国家|国务院|最高|党中央|总局")
# 派出4个巡察组: a number of organs names none of them.
COUNTED = re.compile("[0-9一二三四五六七八九十两几多余](?:个|家|支|名)(?:市|县|区|乡镇)?$")
COUNTED_REACH = 5
NOT_THE_ORGAN = re.compile("网站|网讯|网$|网[^络格上友]|杂志|报道|《|·")


@dataclass
class Memory:
    """What has been named so far, for 该县 and 该局 to point back to."""

    regions: list[Mention] = field(default_factory=list)
    organs: list[Mention] = field(default_factory=list)

    def region(self, suffix: str) -> str | None:
        """Return the code of the latest division whose name ends so: 区, 县, 市, 省."""
        named = (m.code for m in reversed(self.regions) if m.code and m.name.endswith(suffix))
        return next(named, None)

    def organ(self, word: str) -> Mention | None:
        """Return the latest organ whose name ends so: 局, 委, 公司."""
        return next((m for m in reversed(self.organs) if m.name.endswith(word)), None)


@dataclass(frozen=True, slots=True)
class Head:
    """The fixed part of an organ's name and its row of org_patterns.tsv."""

    start: int
    end: int
    row: dict[str, str]
    words: str


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
        self.national = is_national(document) and self.home.code is None
        self.places = find_places(self.text, self.on, self.home.code)
        self.by_end = {place.end: place for place in self.places}
        self.memory = Memory()

    def mentions(self) -> tuple[Mention, ...]:
        """Read places, organ heads and pointing words in the order they stand."""
        found: list[Mention] = []
        pointed: list[Mention] = []
        covered = 0  # the end of the organ before
        for item in self._events():
            if isinstance(item, Place):
                found += self._region_of(item)
            elif isinstance(item, Head):
                organ = self._organ(item, covered)
                found.append(organ)
                self.memory.organs.append(organ)
                covered = organ.span.end
            elif item.start() >= covered:
                pointed += self._pointed(item)
        # 城区 and 全市 as the first words of an organ's name are no mentions of their own.
        taken = {mention.span.start for mention in found}
        found += [mention for mention in pointed if mention.span.start not in taken]
        return tuple(sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)))

    def _events(self) -> Iterator[Place | Head | re.Match[str]]:
        starts = {place.start for place in self.places}
        words = [m for m in COREFERENCE.finditer(self.text) if m.start() not in starts]
        events: list[tuple[int, int, Place | Head | re.Match[str]]] = [
            *((place.start, 0, place) for place in self.places),
            *((head.start, 1, head) for head in find_heads(self.text)),
            *((match.start(), 2, match) for match in words),
        ]
        return (item for _, _, item in sorted(events, key=lambda event: event[:2]))

    def _region_of(self, place: Place) -> Iterable[Mention]:
        if not place.code:
            return
        name = regions.name_of(place.code, self.on) or place.name
        region = Mention(
            Span(place.start, place.end), "region", name, place.code, regions.level_of(place.code)
        )
        self.memory.regions.append(region)
        yield region

    def _pointed(self, match: re.Match[str]) -> Iterable[Mention]:
        word = match.group()
        span = Span(*match.span())
        if word[0] == "该" and not WORD.fullmatch(word):
            before = self.memory.organ(word[1:])
            if before:
                yield Mention(
                    span,
                    "organ",
                    before.name,
                    before.code,
                    before.level,
                    before.org_kind,
                    before.scope,
                )
            return
        code = self._code_of(word)
        if code or word[0] in "全该我本":
            name = (regions.name_of(code, self.on) if code else None) or word
            scope = ALL_LEVELS if word[0] == "全" else "self"
            yield Mention(
                span, "region", name, code, regions.level_of(code) if code else None, None, scope
            )

    def _code_of(self, word: str) -> str | None:
        """Return the division that 该区, 全市, 自治区 or 首府 means here, None if it is not said."""
        if word == "全国":
            return regions.NATION
        if word == "首府":
            return _capital(self.home.code)
        match = WORD.match(word)
        return self._level_code(match.group(1), match.group(2)) if match else None

    def _level_code(self, before: str, level: str) -> str | None:
        if before == "该":
            return self._latest(level) or self._own(level)
        return self._own(level, whole=before == "全") or self._latest(level)

    def _latest(self, level: str) -> str | None:
        return self.memory.region("区" if level == "城区" else level)

    def _own(self, level: str, *, whole: bool = False) -> str | None:
        """Return the publisher's own division of that level, or the one above it."""
        code = self.home.code
        if not code or code == regions.NATION:
            return None
        if level == "自治区":
            return regions.resolve("自治区", self.on, code)
        name = regions.name_of(code, self.on) or ""
        if name.endswith(level) or (
            level == "城区" and name.endswith("区") and len(code.rstrip("0")) > 4
        ):
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

    def _organ(self, head: Head, covered: int) -> Mention:
        kind, reach = head.row["kind"], head.row["reach"]
        if reach == "whole" or CENTRAL.match(head.words):
            return self._central(head, kind)
        start, printed = self._free_name(head, reach, covered)
        start, code, scope, words = self._qualified(start, covered)
        return self._named(head, Span(start, head.end), printed, code, scope, words)

    def _central(self, head: Head, kind: str) -> Mention:
        name = head.row["canonical"] or head.words
        return Mention(
            Span(head.start, head.end), "organ", name, regions.NATION, "lv_central", kind
        )

    def _free_name(self, head: Head, reach: str, covered: int) -> tuple[int, str]:
        """Reach left over a town's, a firm's or a zone's own name; returns where it begins."""
        low = max(covered, head.start - NAME_REACH)
        if reach in {"region", "whole"} or head.start in self.by_end:
            return head.start, ""
        window = self.text[low : head.start]
        start = low + max((match.end() for match in EDGE.finditer(window)), default=0)
        start = max((p.end for p in self.places if start < p.end <= head.start), default=start)
        if reach == "town":
            start = max(start, head.start - 4)
        elif reach in {"zone", "unit"}:
            start = self._zone_start(start, head.start)
        return start, self.text[start : head.start]

    def _zone_start(self, start: int, end: int) -> int:
        """Take 产业园区, 新城区 as a name, but 城区 before 产业园区 as the district."""
        name = self.text[start:end]
        if not ZONE.search(name):
            return end
        level = WORD.match(name)
        if level and level.end() < len(name):
            return start + level.end()
        return start if not level or name == "新城区" else end

    def _qualified(self, start: int, covered: int) -> tuple[int, str | None, str, str]:
        """Reach left over places, 区, 全市, 各级: the start, the division, the scope, the words."""
        code: str | None = None
        scope, words, end, placed = "self", "", start, False
        while start > covered:
            if place := self.by_end.get(start):
                code, start, placed = code or place.code, place.start, True
                continue
            window = self.text[max(covered, start - QUALIFIER_REACH) : start]
            match = QUALIFIER.search(window)
            if not match or (placed and not match.group().startswith("中")):
                break
            start -= len(match.group())
            scope, level = _scope_and_level(match.group(), scope)
            code = code or (self._code_of(level) if level else None)
        words = self.text[start:end]
        return start, code, scope, words

    def _named(
        self, head: Head, span: Span, printed: str, code: str | None, scope: str, words: str
    ) -> Mention:
        kind = head.row["kind"]
        if not words and code is None:
            code = self._default_code(kind)
        base = printed + (head.row["canonical"] or head.words)
        place = regions.name_of(code, self.on) if code and code != regions.NATION else None
        if code == regions.NATION:
            place = "全国"
        several = scope == ALL_LEVELS and not place
        name = (words if several or not place else place) + base
        level = _level_of(kind, head.row["reach"], printed, code)
        wide = ALL_LEVELS if ALL_LEVELS in {scope, head.row["scope"]} else "self"
        return Mention(span, "organ", name, code, level, kind, wide)

    def _default_code(self, kind: str) -> str | None:
        """An organ named without a place is the publisher's; 纪检监察机关 in a national paper all."""
        if self.home.code or not self.national:
            return self.home.code
        return regions.NATION if kind == "organ_discipline" else None


def find_heads(text: str) -> Iterator[Head]:
    """Yield the fixed parts of organ names, not overlapping."""
    for start, end, row in _heads().find(text):
        counted = COUNTED.search(text, max(0, start - COUNTED_REACH), start)
        if not counted and not NOT_THE_ORGAN.match(text, end, end + 3):
            yield Head(start, end, row, text[start:end])


@cache
def _heads() -> PatternSet[dict[str, str]]:
    return PatternSet((row["pattern"], row) for row in lexicon.rows("org_patterns.tsv"))


@cache
def _capital(code: str | None) -> str | None:
    """Return the seat of the autonomous region that holds `code`."""
    capitals = {
        province
        for row in lexicon.rows("place_words.tsv")
        if row["kind"] == "capital"
        for province in lexicon.listed(row["words"])
    }
    province = regions.province_of(code) if code else None
    return province[:2] + "0100" if province in capitals else None


def _scope_and_level(words: str, scope: str) -> tuple[str, str]:
    """Split 全市各级 into its scope and the word that tells the division."""
    level = WORD.match(words)
    if words == "全国" or words.startswith("全国"):
        return ALL_LEVELS, "全国"
    if words.startswith("全") or "级" in words or words.startswith("各") or "、" in words:
        several = ALL_LEVELS if not words.endswith(("本级", "一级")) else scope
        return several, level.group() if level else ""
    return scope, level.group() if level and level.end() == len(words) else ""


def _level_of(kind: str, reach: str, printed: str, code: str | None) -> str | None:
    if reach == "town" and printed:
        return "lv_village" if kind == "organ_village" else "lv_township"
    if reach == "zone" and printed:
        return "lv_zone"
    return regions.level_of(code) if code else None
