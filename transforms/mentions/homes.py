"""Tells which organ published an article, and with it what 全区, 城区 or 区纪委监委 means there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from transforms import regions
from transforms.document import Document
from transforms.mentions.places import Place, find_places
from transforms.model import Span

DISCIPLINE = re.compile(
    "纪委[省市县区州旗盟]监委|纪委监察委|纪委监委|纪委、监委|纪检监察|纪律检查委员会|监察委员会|纪委|监委"
)
STATIONED = re.compile("[^，。；：（）\n]{2,6}驻[^，。；：（）\n]{1,16}?纪检监察组")
BRACKETED = re.compile("[（(]([^（）()\n]{3,60})[）)]")
CAPTION = re.compile("供图|供[ ）)]|供$|摄影|[ ）)]摄|摄[ ）)]|摄$|图为")
NATIONAL = re.compile("中央纪委|国家监委|中国纪检监察|全国")
BYLINE_REACH = 400  # characters at either end of the text where a byline may stand
NAME_REACH = 24  # characters before an organ's head that may spell its place
ENOUGH = 8  # discipline organs looked at in the text
SEVERAL = 2  # further places beside the first that make a round-up
LEAD = 400  # characters in which an article names the organ it is about
MOST = 200  # the same in a national paper, where many places have their say


@dataclass(frozen=True, slots=True)
class Home:
    """The publishing organ: its division, its name, and which words told it."""

    code: str | None  # None where the article does not say
    organ: str | None  # canonical; None where only the region is known
    basis: str  # byline | source | title | text | site | none

    @property
    def level(self) -> str | None:
        """lv_* of its division."""
        return regions.level_of(self.code) if self.code else None


@lru_cache(maxsize=16)
def find_home(document: Document) -> Home:
    """Read the publisher from the byline, the source, the headline, or the organs in the text."""
    on = document.published_on
    frame = _frame(document, on)
    for basis, words in _signatures(document):
        if named := _named(words, on, frame):
            return Home(*named, basis)
    told = _from_text(document, on, frame) or (_only_place(document, on) if frame is None else None)
    return told or Home(frame, None, "site" if frame else "none")


def is_national(document: Document) -> bool:
    """Say whether the article stands on a site or in a paper of the national organs."""
    return bool(NATIONAL.search(document.source or "")) or document.site in {"ccdi", "zgjjjc"}


def _signatures(document: Document) -> Iterable[tuple[str, str]]:
    text = document.text
    for match in reversed(list(BRACKETED.finditer(text, max(0, len(text) - BYLINE_REACH)))):
        if not CAPTION.search(match.group(1)):
            yield "byline", match.group(1)
    for match in BRACKETED.finditer(text, 0, BYLINE_REACH):
        at_line_start = match.start() == 0 or text[match.start() - 1] == "\n"
        if at_line_start and not CAPTION.search(match.group(1)):
            yield "byline", match.group(1)
    if document.source:
        yield "source", document.source


def _frame(document: Document, on: date | None) -> str | None:
    """Return the division that the site's name tells: 广西纪检监察网 → 450000."""
    places = _places_of(document.source or "", on)
    return places[-1].code if places else _region_of_site(document.site)


@lru_cache(maxsize=1024)
def _places_of(source: str, on: date | None) -> tuple[Place, ...]:
    """Return the places that a source names: the articles of a day share a few."""
    return find_places(source, on, None)


@cache
def _region_of_site(name: str | None) -> str | None:
    if not name:
        return None
    from transforms.sites import all_sites  # noqa: PLC0415 - loads an HTML parser; texts need none

    site = all_sites().get(name)
    return site.region if site and site.region != regions.NATION else None


@lru_cache(maxsize=1024)
def _named(words: str, on: date | None, frame: str | None) -> tuple[str, str] | None:
    """Read 南宁市西乡塘区纪委监委 out of a byline."""
    match = DISCIPLINE.search(words)
    if not match or words.startswith(("网", "报", "杂志"), match.end()):
        return None
    code = _place_before(words, match.start(), on, frame)
    if not code and words.endswith("自治区", 0, match.start()):
        code = regions.resolve("自治区", on, frame)
    if not code or "网" in words[match.end() : match.end() + 6]:
        return None
    stationed = STATIONED.match(words, match.start())
    head = stationed.group() if stationed else _head(match.group())
    return code, f"{regions.name_of(code, on)}{head}"


def _head(words: str) -> str:
    return "纪检监察机关" if words == "纪检监察" else "纪委监委"


def _place_before(words: str, end: int, on: date | None, frame: str | None) -> str | None:
    start = max(0, end - NAME_REACH)
    places = find_places(words[start : end + 2], on, frame)
    last = places[-1] if places else None
    return last.code if last and start + last.end == end else None


def _from_text(document: Document, on: date | None, frame: str | None) -> Home | None:
    """Take the headline's place if the text's organs agree, else the one alone or first."""
    named = _organs_named(document, on, frame)
    titled = [place.code for place in find_places(document.title, on, frame) if place.code]
    title = titled[-1] if titled and all(regions.holds(c, titled[-1]) for c in titled) else None
    agreeing = [code for code in named if title and (code == title or regions.holds(title, code))]
    if title and (title in named or (not agreeing and not is_national(document))):
        return _home_of(title, on, "title", organ=title in named)
    if agreeing and len(set(agreeing)) == 1 and not is_national(document):
        return _home_of(agreeing[0], on, "text", organ=True)
    if named and frame and _is_roundup(named):
        return Home(frame, None, "site")
    if named and (not is_national(document) or _is_alone(named, document)):
        return _home_of(named[0], on, "text", organ=True)
    return _home_of(title, on, "title", organ=False) if title else None


def _only_place(document: Document, on: date | None) -> Home | None:
    """Take the one county that a text names at all, where nobody says who publishes it."""
    places = find_places(document.text, on, None) if not document.source else ()
    told = (place for place in places if not _captions_picture(document, place.start))
    codes = {place.code for place in told if place.code}
    outer = {code for code in codes for one in codes if code != one and regions.holds(code, one)}
    inner = codes - outer
    return Home(inner.pop(), None, "text") if len(inner) == 1 else None


def _home_of(code: str, on: date | None, basis: str, *, organ: bool) -> Home:
    return Home(code, f"{regions.name_of(code, on)}纪委监委" if organ else None, basis)


def _is_roundup(named: list[str]) -> bool:
    """Say whether an article tells of several places alike, as a site's own round-up does."""
    return len({code for code in named if not regions.holds(named[0], code)}) >= SEVERAL


def _is_alone(named: list[str], document: Document) -> bool:
    """Say whether a national paper's article is one organ's: named at once, again, and no other."""
    if len(set(named)) > 1 or len(named) == 1:
        return False
    lead = document.text[:LEAD]
    return bool(_organs_named(Document(lead, published_on=document.published_on), None, None))


def _captions_picture(document: Document, offset: int) -> bool:
    return _is_caption(document, document.paragraph_at(offset))


@lru_cache(maxsize=64)  # a paragraph that names many places is asked about at each
def _is_caption(document: Document, paragraph: Span) -> bool:
    return bool(CAPTION.search(paragraph.of(document.text)))


def _organs_named(document: Document, on: date | None, frame: str | None) -> list[str]:
    found = []
    for count, match in enumerate(DISCIPLINE.finditer(document.text)):
        if count == (MOST if is_national(document) else ENOUGH):
            break
        code = _place_before(document.text, match.start(), on, frame)
        if code and not _captions_picture(document, match.start()):
            found.append(code)
    return found
