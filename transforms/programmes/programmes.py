"""Find named campaigns, actions, lists, mechanisms and inspection rounds, lost quotes restored."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from transforms.document import Document
from transforms.model import Mention, Programme, Span, changed
from transforms.programmes.headnouns import Found, head_nouns
from transforms.programmes.judging import is_name, is_sure, points_back
from transforms.programmes.names import Named, named, opening_of
from transforms.programmes.rounds import find_issues, find_rounds
from transforms.programmes.words import (
    CLOSE,
    UNQUOTED,
    head_ending,
    heads,
    is_generic,
    issuing,
    title,
    used,
)

COUNTED = re.compile(f"[0-9](?<![0-9][0-9])[0-9]{{0,2}}[个项条大][一-龥]{{1,8}}(?=[{CLOSE}])")
POINTED = re.compile(
    "[该此本这](?:(?<=该)项?|(?<!该)次)(?P<head>行动|活动|工程)(?!组|室|中心|计划|方案|[轨路])"
)
TOLD_REACH, MOST_SHORTS = 4000, 8  # characters and short mentions in which a name comes again
GATHERED = re.compile("等(?:[0-9]{1,3}[个项场次])?$")  # “护航”“清风”等10场专项行动
SHORT_TITLE = 4
NATION = ("中国共产党", "中华人民共和国")  # what the rules of the Party and the state begin with
STOP = re.compile(r"[。\n]")
TITLE = re.compile(r"《[^《》\n]{1,80}》")
CITED_BEFORE = re.compile(r"(?:对标|根据|按照|贯彻|落实|学习|对|向|把|将|给)$")
CITED_AFTER = re.compile(
    r"[、和及与]|(?:的)?(?:部署|要求|精神|决策|安排|反馈|会议|全会|关于|主要负责人)"
)
TITLE_KINDS = {
    "清单": "ck_list",
    "方案": "ck_plan",
    "计划": "ck_plan",
    "规划": "ck_plan",
    "机制": "ck_mechanism",
}


def find_programmes(document: Document, mentions: Sequence[Mention]) -> tuple[Programme, ...]:
    """Return the programmes an article names, in reading order.

    Later short mentions (该专项行动) come with `short` and the full name; a project of a campaign
    (强责工程) has the campaign's name as `parent`. `organ` is the last organ named before it.
    """
    text = document.text
    found = [
        *_by_head(document),
        *_pointed(text),
        *_counted(text),
        *_titles(text),
        *find_rounds(text, _committee(document)),
        *find_issues(text),
    ]
    apart = _named_whole(text, _apart(sorted(found, key=_in_order)), mentions)
    apart = [one for one in apart if one.short or not _is_bare(one.name)]
    resolved = _with_parents(text, _resolved(_as_elsewhere(text, apart)))
    acting = Acting(text, [mention for mention in mentions if mention.kind == "organ"])
    return tuple(acting.given(programme) for programme in resolved)


def _in_order(programme: Programme) -> tuple[int, bool, int]:
    """Order by place; of two at one place a round of inspection first, then the longer one."""
    return programme.span.start, programme.round_no is None, -programme.span.end


def _by_head(document: Document) -> Iterator[Programme]:
    """Yield the programmes told by a head noun; a bare one that points back has no name yet."""
    found = list(_read(document.text))
    shorts = [programme for programme, _ in found if programme.short]
    for programme, sure in found:
        if sure or _told_again(document, programme, shorts):
            yield programme


def _read(text: str) -> Iterator[tuple[Programme, bool]]:
    """Yield what may be a programme, and whether it is one without more being said of it."""
    floor = 0
    titles = [match.span() for match in TITLE.finditer(text)]
    for found in head_nouns(text):
        if found.start < floor or (found.head.form != "titled" and _inside(titles, found.start)):
            continue
        if found.head.form == "never":
            continue  # it may be a part of a name: 工程建设领域突出问题专项治理
        floor_before, floor = floor, found.end
        name = named(text, found.start, found.head, floor_before)
        if is_name(text, found, name):
            floor = max(found.end, name.end)
            yield _programme(text, found, name), is_sure(text, found, name)
        elif points_back(text, found, name):
            span = Span(found.start, found.end)
            yield Programme(span, found.head.word, found.head.kind, short=True), True
        elif text[found.end : found.end + 1] in CLOSE:
            floor = floor_before  # “廉政教育月”活动: the quote is still the name of what follows
        yield from ((one, True) for one in _listed(text, found, floor_before))


def _listed(text: str, found: Found, floor: int) -> Iterator[Programme]:
    """Yield the names that 等 gathers before a head noun: “护航”“清风”等专项行动."""
    gathered = GATHERED.search(text, max(floor, found.start - 8), found.start)
    if gathered is None:
        return
    end = gathered.start()
    while text[end - 1] in CLOSE and end > floor:
        opened = opening_of(text, end - 1)
        core = text[opened + 1 : end - 1]
        if opened < floor or is_generic(core) or core in used("concept"):
            break
        yield Programme(Span(opened, end), text[opened:end] + found.head.word, found.head.kind)
        end = opened - (text[opened - 1 : opened] in {"、", "和"})


def _told_again(document: Document, programme: Programme, shorts: list[Programme]) -> bool:
    """Say whether an article comes back to a name: in its headline, in full, or by 该专项检查."""
    name, span, text = programme.name, programme.span, document.text
    before = text.find(name, max(0, span.start - TOLD_REACH), span.start)
    after = text.find(name, span.end, span.end + TOLD_REACH)
    if before >= 0 or after >= 0 or name in document.title:
        return True
    first = bisect_right(shorts, span.end, key=lambda one: one.span.start)
    return any(name.endswith(one.name) for one in shorts[first : first + MOST_SHORTS])


def _inside(titles: list[tuple[int, int]], at: int) -> bool:
    """Say whether `at` lies inside 《…》, where a head noun is a part of the title."""
    index = bisect_right(titles, (at, at)) - 1
    return index >= 0 and at < titles[index][1]


def _programme(text: str, found: Found, name: Named) -> Programme:
    if found.head.form == "titled":
        span = Span(found.start - 1, found.end + 1)
        return Programme(span, span.of(text), found.head.kind)
    return Programme(Span(name.start, name.end), name.name, found.head.kind)


def _as_elsewhere(text: str, found: list[Programme]) -> list[Programme]:
    """Write ‘月月说事’活动 of speech and a bare 点题整治 as the text does in quotes elsewhere."""
    quoted = [one for one in found if text.startswith("“", one.span.start)]
    marked = {one.name.translate(UNQUOTED): one.name for one in quoted if one.name[:1] == "“"}
    if not marked:
        return found
    again = (marked.get(one.name.translate(UNQUOTED), one.name) for one in found)
    return [
        one if one.name == name else changed(one, name=name)
        for one, name in zip(found, again, strict=True)
    ]


def _pointed(text: str) -> Iterator[Programme]:
    """Yield 此次行动, 该活动: common nouns that point back to a name which ends in them."""
    for match in POINTED.finditer(text):
        span = Span(*match.span("head"))
        yield Programme(span, match["head"], heads()[match["head"]].kind, short=True)


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
    for printed in TITLE.finditer(text):
        own = issuing().search(text, max(0, printed.start() - 14), printed.start())
        follows = last >= 0 and text[last : printed.start()] in {"", "、", "和", "及", "以及", "与"}
        if not own and not follows:
            continue
        last = printed.end()
        match = title().fullmatch(printed[0])
        if match and not _is_common(match) and not match["name"].startswith(NATION):
            ends = (kind for end, kind in TITLE_KINDS.items() if match["end"].endswith(end))
            yield Programme(Span(*printed.span()), printed[0], next(ends, "ck_rule"))


def _is_common(title: re.Match[str]) -> bool:
    """Say whether a title is the common noun of its sort: 《工作指引》, 《实施方案》."""
    core = title["name"].removesuffix(title["end"])
    return len(core) <= SHORT_TITLE and is_generic(core)


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


def _named_whole(text: str, found: list[Programme], mentions: Sequence[Mention]) -> list[Programme]:
    """Begin each name after the organ before it; drop those of which nothing else is left."""
    starts = [one.span.start for one in mentions]
    organs = [one for one in mentions if one.kind == "organ"]
    organ_starts = [one.span.start for one in organs]
    whole: list[Programme] = []
    for programme in found:
        start = programme.span.start
        index = bisect_right(organ_starts, start) - 1
        if index < 0 or not _is_organs(programme, organs[index].span.end - start):
            last = bisect_right(starts, start) - 1
            near = mentions[max(last - 1, 0) : last + 2]
            whole.append(_without_organ(text, programme, near))
    return whole


def _is_organs(programme: Programme, length: int) -> bool:
    """Say whether an organ of such a length leaves but the head noun: 纪委监委|专项监督."""
    return length > 0 and not programme.short and programme.name[length:] in heads()


def _is_bare(name: str) -> bool:
    """Say whether nothing is left of a name without its organ: 区教育局|联合专项整治."""
    head = head_ending(name, len(name))
    return head is not None and head.form == "named" and is_generic(name.removesuffix(head.word))


def _without_organ(text: str, programme: Programme, near: Sequence[Mention]) -> Programme:
    """Begin a name after the organ or the place that runs the programme, if one opens it."""
    if programme.short or programme.round_no is not None or programme.name[:1] in "“《‘":
        return programme
    start = programme.span.start
    for one in near:
        if one.span.start <= start < one.span.end < programme.span.end - 5:
            start = one.span.end
    if start == programme.span.start:
        return programme
    span = Span(start, programme.span.end)
    return changed(programme, span=span, name=span.of(text))


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
    common = heads()[short.name].form != "named" if short.name in heads() else False
    kind = (p for p in reversed(before) if p.kind == short.kind and not common)
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
