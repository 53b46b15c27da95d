"""Find named campaigns, actions, lists, mechanisms and inspection rounds, lost quotes restored."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.document import Document
from transforms.model import Mention, Programme, Span, changed
from transforms.programmes.names import Named, named, opening_of
from transforms.programmes.rounds import find_issues, find_rounds
from transforms.programmes.words import (
    CLOSE,
    MARKS,
    Head,
    head_lengths,
    head_tails,
    heads,
    is_generic,
    issuing,
    opening,
    plain_head,
    quoted_head,
    shortening,
    title,
    used,
    verbal,
)

QUOTE = re.compile(f"[{CLOSE}]")
COUNTED = re.compile(f"[0-9](?<![0-9][0-9])[0-9]{{0,2}}[个项条大][一-龥]{{1,8}}(?=[{CLOSE}])")
STOP = re.compile(r"[。\n]")
TITLE = re.compile(r"《[^《》\n]{1,80}》")
# What follows on 集中整治 as a noun; before anything else it is a verb: 集中整治形式主义.
NOUN_NEXT = frozenset("中以工行期成的和与及暨取启开作有方领等将为推结阶进已覆后“”‘’、") | MARKS
COUNT = re.compile(r"[0-9]{1,3}[个项条]")
LISTED = re.compile(r"[一-龥]{2}工程")
CITED_BEFORE = re.compile(r"(?:对标|根据|按照|贯彻|落实|学习|对|向|把|将|给)$")
CITED_AFTER = re.compile(
    r"[、和及与]|(?:的)?(?:部署|要求|精神|决策|安排|反馈|会议|全会|关于|主要负责人)"
)
BARE_CORE = 4  # an unquoted name of fewer characters needs a verb before it
SHORT_NAME = 2
STRATEGY = 6
LONGEST = 40
TITLE_KINDS = {"清单": "ck_list", "方案": "ck_plan", "计划": "ck_plan", "机制": "ck_mechanism"}
# 4轮常规巡察、1轮专项巡察: how many there were is no name.
KINDS = ("类", "型", "式")  # “空壳类”信息平台: a kind of things is no name
HOW_MANY = re.compile("[和与及对]?[0-9]{1,4}(?:余|多)?(?:轮|次|场|期|批|个|家|名)(?!必|带头|严禁)")
JOINED = re.compile("[\u4e00-\u9fff][+＋]|——")  # 随机抽查+专项检查 are ways of checking


@dataclass(frozen=True, slots=True)
class Found:
    """A head noun in the text."""

    start: int
    head: Head

    @property
    def end(self) -> int:
        """Where the head noun ends."""
        return self.start + len(self.head.word)


def find_programmes(document: Document, mentions: Sequence[Mention]) -> tuple[Programme, ...]:
    """Return the programmes an article names, in reading order.

    Later short mentions (该专项行动) come with `short` and the full name; a project of a campaign
    (强责工程) has the campaign's name as `parent`. `organ` is the last organ named before it.
    """
    text = document.text
    organs = [mention for mention in mentions if mention.kind == "organ"]
    found = [
        *_by_head(text),
        *_counted(text),
        *_titles(text),
        *find_rounds(text, _committee(document)),
        *find_issues(text),
    ]
    apart = _apart(sorted(found, key=lambda p: (p.span.start, -p.span.end)))
    apart = [_without_organ(text, one, organs) for one in apart if not _is_organs(one, organs)]
    resolved = _with_parents(text, _resolved(apart))
    acting = Acting(text, organs)
    return tuple(acting.given(programme) for programme in resolved)


def _by_head(text: str) -> Iterator[Programme]:
    """Yield the programmes told by a head noun; a bare one that points back has no name yet."""
    floor = 0
    titles = [match.span() for match in TITLE.finditer(text)]
    for found in _heads(text):
        if found.start < floor or (found.head.form != "titled" and _inside(titles, found.start)):
            continue
        floor_before, floor = floor, found.end
        if found.head.form == "never":
            continue
        name = named(text, found.start, found.head, floor_before)
        if _is_name(text, found, name):
            floor = max(found.end, name.end)
            yield _programme(text, found, name)
        elif _points_back(text, found, name):
            span = Span(found.start, found.end)
            yield Programme(span, found.head.word, found.head.kind, short=True)
        elif text[found.end : found.end + 1] in CLOSE:
            floor = floor_before  # “廉政教育月”活动: the quote is still the name of what follows


def _inside(titles: list[tuple[int, int]], at: int) -> bool:
    """Say whether `at` lies inside 《…》, where a head noun is a part of the title."""
    index = bisect_right(titles, (at, at)) - 1
    return index >= 0 and at < titles[index][1]


def _programme(text: str, found: Found, name: Named) -> Programme:
    if found.head.form == "titled":
        span = Span(found.start - 1, found.end + 1)
        return Programme(span, span.of(text), found.head.kind)
    return Programme(Span(name.start, name.end), name.name, found.head.kind)


def _heads(text: str) -> list[Found]:
    """Return the head nouns: those that need no quote, and any beside a closing quote."""
    # 专项监督检查组 is a team, no check.
    plain = (m for m in plain_head().finditer(text) if not text.startswith("组", m.end()))
    found = {match.start(): heads()[match[0]] for match in plain}
    for mark in QUOTE.finditer(text):
        after = quoted_head().match(text, mark.end())
        if after:
            found[after.start()] = heads()[after[0]]
        else:
            found |= _head_ending(text, mark.start())
    return [Found(start, found[start]) for start in sorted(found)]


def _head_ending(text: str, stop: int) -> dict[int, Head]:
    if text[stop - 2 : stop] not in head_tails():
        return {}
    for length in head_lengths():
        head = heads().get(text[max(0, stop - length) : stop])
        if head and head.form != "never":
            return {stop - length: head}
    return {}


def _is_name(text: str, found: Found, name: Named) -> bool:
    """Say whether what stands before a head noun makes it the name of a programme."""
    form, core = found.head.form, name.core
    if form in {"fixed", "titled"}:
        return len(core) <= LONGEST and (form == "fixed" or _in_brackets(text, found))
    if form == "counted" and not name.quoted:
        return bool(COUNT.fullmatch(core))
    if len(core) > LONGEST or verbal().search(core) or HOW_MANY.match(core):
        return False
    if (
        is_generic(core)
        or core in used("short")
        or core.rstrip(CLOSE).endswith(KINDS)
        or (JOINED.search(core) and not (name.quoted and found.head.kind == "ck_mechanism"))
    ):
        return False
    if form == "named":
        least = SHORT_NAME if name.quoted or name.bounded else BARE_CORE
        return len(core) >= least and not _is_verb(text, found, name)
    return core not in used("concept") and _fits(text, found, name)


def _fits(text: str, found: Found, name: Named) -> bool:
    """Say whether a common head noun stands as its form asks: quoted, listed, a short strategy."""
    if found.head.form == "after_quote" and text[found.start - 1 : found.start] not in set(CLOSE):
        return False
    if name.quoted:
        return len(name.core) >= SHORT_NAME
    if found.head.form == "listed":
        return _in_list(text, found, name.core)
    short = SHORT_NAME <= len(name.core) <= STRATEGY
    return found.head.form == "strategy" and name.bounded and short


def _in_brackets(text: str, found: Found) -> bool:
    return text[found.start - 1 : found.start] == "《" and text.startswith("》", found.end)


def _is_verb(text: str, found: Found, name: Named) -> bool:
    """Tell 集中整治形式主义 (what is done) from 突出问题集中整治 (what it is called)."""
    if name.quoted or found.head.kind != "ck_special_rectification":
        return False
    return text[found.end : found.end + 1] not in NOUN_NEXT and found.end < len(text)


def _in_list(text: str, found: Found, core: str) -> bool:
    """Say whether 强责工程 stands in a list of its like."""
    if len(core) != SHORT_NAME:
        return False
    before = text[found.start - 3 : found.start - 2] == "、" and text[: found.start - 3].endswith(
        "工程"
    )
    after = text[found.end : found.end + 1] == "、" and LISTED.match(text, found.end + 1)
    return bool(before or after)


def _points_back(text: str, found: Found, name: Named) -> bool:
    """Say whether a head noun without a name stands for a programme named before."""
    if found.head.form != "named" or name.core.strip("该此次本这一项个轮上述其"):
        return False
    low = max(0, found.start - 3)
    if shortening().search(text, low, found.start):
        return True
    if found.head.kind == "ck_party_education":
        return True
    begins = found.start == 0 or text[found.start - 1] in MARKS
    return begins and bool(opening().match(text, found.end))


def _counted(text: str) -> Iterator[Programme]:
    """Yield “10个带头从严”: a quoted count that an organ made, with no head noun."""
    for counted in COUNTED.finditer(text):
        opened = opening_of(text, counted.end())
        begin = counted.start()
        if opened >= 0 and opened != begin - 1:
            continue
        begin -= opened >= 0
        if text[begin - 1 : begin] == "、" or _launched(text, begin):
            yield Programme(Span(begin, counted.end() + 1), f"“{counted[0]}”", "ck_rule")


def _launched(text: str, at: int) -> bool:
    return any(text[max(0, at - size) : at] in used("launch") for size in (2, 3, 4))


def _titles(text: str) -> Iterator[Programme]:
    """Yield 《…办法》 that the organ made itself: 出台《…》, and what follows on it with 、."""
    last = -1
    for match in title().finditer(text):
        own = issuing().search(text, max(0, match.start() - 14), match.start())
        follows = last >= 0 and text[last : match.start()] in {"", "、", "和", "及", "以及", "与"}
        if (own or follows) and not match["name"].startswith(("中国共产党", "中华人民共和国")):
            last = match.end()
            ends = (kind for end, kind in TITLE_KINDS.items() if match["end"].endswith(end))
            yield Programme(Span(*match.span()), match[0], next(ends, "ck_rule"))


def _committee(document: Document) -> str | None:
    """Return the party committee of the publishing organ: 区委 for 南宁市西乡塘区纪委监委."""
    source = re.search(r"(自治区|省|市|县|区|州|旗)(?:纪委|纪检)", document.source or "")
    if source is None:
        return None
    return "自治区党委" if source[1] == "自治区" else source[1] + "委"


def _apart(found: list[Programme]) -> list[Programme]:
    """Leave out what overlaps an earlier, longer one."""
    kept: list[Programme] = []
    for programme in found:
        if not kept or programme.span.start >= kept[-1].span.end:
            kept.append(programme)
    return kept


def _is_organs(programme: Programme, organs: list[Mention]) -> bool:
    """Say whether nothing but an organ stands before the head noun: 纪委监委专项监督."""
    index = bisect_right(organs, programme.span.start, key=lambda organ: organ.span.start) - 1
    end = organs[index].span.end if index >= 0 else 0
    name = programme.name[end - programme.span.start :] if end > programme.span.start else ""
    return bool(name) and not programme.short and name in heads()


def _without_organ(text: str, programme: Programme, organs: list[Mention]) -> Programme:
    """Begin a name after the organ that runs the programme, if one stands at its start."""
    if programme.short or programme.round_no is not None or programme.name[:1] in "“《‘":
        return programme
    index = bisect_right(organs, programme.span.start, key=lambda organ: organ.span.start) - 1
    for organ in organs[max(index, 0) : index + 2]:
        if organ.span.start <= programme.span.start < organ.span.end < programme.span.end - 5:
            span = Span(organ.span.end, programme.span.end)
            return changed(programme, span=span, name=span.of(text))
    return programme


def _resolved(found: list[Programme]) -> Iterator[Programme]:
    """Give short mentions the name of the last programme of their kind; drop those without one."""
    named_before: list[Programme] = []
    for programme in found:
        if not programme.short:
            named_before.append(programme)
            yield programme
        elif meant := _meant(programme, named_before):
            yield changed(programme, name=meant.name)


def _meant(short: Programme, before: list[Programme]) -> Programme | None:
    """Return the last programme that ends in the same words, else the last of the kind."""
    alike = (p for p in reversed(before) if p.name.rstrip(CLOSE).endswith(short.name))
    kind = (p for p in reversed(before) if p.kind == short.kind)
    return next(alike, None) or next(kind, None)


def _with_parents(text: str, found: Iterator[Programme]) -> Iterator[Programme]:
    """Link projects to the campaign their sentence names before them, there and later on."""
    campaign: Programme | None = None
    parents: dict[str, str] = {}
    for programme in found:
        core = programme.name.strip("“”‘’")
        if programme.kind == "ck_special_action" and not programme.short:
            campaign = programme
        near = campaign and not STOP.search(text, campaign.span.end, programme.span.start)
        if programme.kind == "ck_project" and campaign and near:
            parents.setdefault(core, campaign.name)
        parent = parents.get(core) if programme.kind == "ck_project" else None
        yield changed(programme, parent=parent) if parent else programme


class Acting:
    """The organs of a text that do something, to be asked for by what stands after them."""

    def __init__(self, text: str, organs: list[Mention]) -> None:
        self.text = text
        self.organs = [organ for organ in organs if _acts(text, organ.span)]
        self.starts = [organ.span.start for organ in self.organs]

    def given(self, programme: Programme) -> Programme:
        """Name the organ last mentioned before it in its paragraph."""
        index = bisect_right(self.starts, programme.span.start) - 1
        if index < 0:
            return programme
        organ = self.organs[index]
        if self.text.find("\n", organ.span.end, programme.span.start) >= 0:
            return programme
        return changed(programme, organ=programme.organ or organ.name, region=organ.code)


def _acts(text: str, organ: Span) -> bool:
    """Say whether an organ does something, and is not told or cited: 对标市委部署要求."""
    cited = CITED_BEFORE.search(text, max(0, organ.start - 4), organ.start)
    return not cited and not CITED_AFTER.match(text, organ.end)
