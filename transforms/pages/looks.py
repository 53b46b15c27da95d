"""Where headline, header zone and body stand on a page of a site nobody has described.

The body is the container whose lines read like sentences and are not links; the headline is the
heading that `<title>` repeats, or the last one above the date; the header zone lies between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.document import without_invisible
from transforms.lexicon import rows
from transforms.pages.blocks import BLOCKS, SKIPPED, tidy
from transforms.pages.dom import longest
from transforms.pages.furniture import is_furniture
from transforms.pages.headers import DATE, label_roles
from transforms.pages.locating import (
    BREADCRUMB,
    Located,
    bare,
    column_of_text,
    read_clean,
    script_source,
)
from transforms.pages.metas import TITLES, first, metas_of, page_title

CONTAINERS = frozenset(
    {
        "article",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "form",
        "li",
        "main",
        "ol",
        "section",
        "table",
        "tbody",
        "td",
        "tr",
        "ul",
        "ucapcontent",
        "founder-content",
    }
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TITLE_NAME = re.compile(
    r"(?<![a-z])(?:\w{0,12}tit(?:le)?[0-9]{0,2}|headline|biaoti|bt[0-9]?)(?![a-z])", re.IGNORECASE
)
SIDE_NAME = re.compile(
    r"comment|recommend|relat|footer|copyright|share|nav(?![a-z])|menu|crumb|sidebar|rank|tuijian|"
    r"xgxw|pinglun|disclaimer|pag(?:e_?bar|ination)",
    re.IGNORECASE,
)
PUNCTUATION = re.compile(r"[，。！？；：、,!?;]")
SENTENCE_END = re.compile(r"[。！？；]")
WRITTEN_SOURCE = r"""var\s{1,4}(?:laiyuan|docsource)\s{0,4}=\s{0,4}["']([^"']{2,40})["']"""
NOT_A_TITLE = re.compile(r"^(?:来源|发布|发表|时间|日期|当前位置|您)")
DECAY = 0.62  # what a container gets of the weight of a line two levels down
ANCESTORS = 4
LINE_CAP = 400  # characters: one endless line is not four paragraphs
SIDE_WEIGHT = 0.25
MOST = 0.6  # of the text of the container that reads most like an article
LEAST_SCORE = 30.0  # a sentence
FOOT_LINES = 6
FORM_LINES = 12  # of the form above a document: index number, issuer, days
LONGEST_LABEL = 120  # characters of a line of labels
ZONE_LINES = 20
ZONE_CHARACTERS = 600
LONGEST_HEADING = 8  # lines
NEAR = 14  # lines between headline and body


@dataclass(slots=True)
class _Line:
    """A line of the page, the containers that hold it, and the heading it belongs to."""

    text: str
    linked: int
    path: tuple[int, ...]
    heading: int
    aside: bool


@dataclass(slots=True)
class _Walk:
    """The state of one pass over the page; containers are numbered in the order of the page."""

    lines: list[_Line] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    path: tuple[int, ...] = ()
    heading: int = 0
    aside: bool = False

    def break_line(self) -> None:
        text = tidy(without_invisible("".join(self.parts))[0]) if self.parts else ""
        if text:
            linked = min(self.linked, len(text))
            self.lines.append(_Line(text, linked, self.path, self.heading, self.aside))
        self.parts.clear()
        self.linked = 0


@dataclass(frozen=True, slots=True)
class _Leave:
    """The state to return to when an element ends."""

    block: bool
    link: bool
    path: tuple[int, ...]
    heading: int
    aside: bool


def locate_by_looks(page: LexborHTMLParser) -> Located | None:
    """Find the parts of an article; None where nothing on the page reads like one."""
    if page.root is None:
        return None
    walk = _walk(page.root)
    best = _best_container(walk.lines)
    if best is None:
        return None
    best = _marked_container(page, walk, best)
    body_at = [index for index, line in enumerate(walk.lines) if best in line.path]
    title = _title(walk.lines, body_at[0], page)
    zone = _zone(walk.lines, body_at[0], title)
    body, removed = read_clean(walk.nodes[best])
    if not any(SENTENCE_END.search(line.text) for line in body):
        return None
    return Located(
        title=title.lines,
        header=zone,
        body=body,
        column=_column(walk.lines[: body_at[0]]),
        removed=removed,
        images=len(walk.nodes[best].css("img")),
        script_source=script_source(page, WRITTEN_SOURCE),
        foot=_foot(walk.lines[body_at[-1] + 1 :]),
    )


def zone_between(page: LexborHTMLParser, title: Sequence[str], body: Sequence[str]) -> str:
    """Return what stands between a headline and a body that a layout has found."""
    if page.root is None or not title or not body:
        return ""
    lines = _walk(page.root).lines
    starts = (index for index, line in enumerate(lines) if line.text == body[0])
    body_at = next(starts, None)
    above = [line.text for line in lines[:body_at]]
    if body_at is None or title[-1] not in above:
        return ""
    return _zone(lines, body_at, _Title((), len(above) - 1 - above[::-1].index(title[-1])))


def _walk(root: LexborNode) -> _Walk:
    walk = _Walk()
    waiting: list[LexborNode | _Leave] = [root]
    while waiting:
        step = waiting.pop()
        if isinstance(step, _Leave):
            _leave(walk, step)
        elif step.is_text_node:
            _write(walk, step.text_content or "")
        elif step.is_element_node and step.tag not in SKIPPED:
            waiting.append(_enter(walk, step))
            waiting.extend(reversed(list(step.iter(include_text=True))))
    walk.break_line()
    return walk


def _write(walk: _Walk, text: str) -> None:
    walk.parts.append(text)
    if walk.links:
        walk.linked += len(text.strip())


def _enter(walk: _Walk, node: LexborNode) -> _Leave:
    tag = node.tag or ""
    boxed = tag == "span" and bool(node.id)  # <span id="lblContent">, as ASP.NET writes its boxes
    names = _names(node) if boxed or tag in BLOCKS else ""
    titled = bool(names and TITLE_NAME.search(names))
    leave = _Leave(
        tag in BLOCKS or (boxed and titled), tag == "a", walk.path, walk.heading, walk.aside
    )
    if leave.block:
        walk.break_line()
    walk.links += leave.link
    if tag in CONTAINERS or boxed:
        walk.path = (*walk.path[-24:], len(walk.nodes))  # its number is its place in `nodes`
        walk.aside = walk.aside or bool(names and SIDE_NAME.search(names))
    if tag in HEADINGS or (titled and tag not in {"body", "table"}):
        walk.heading = len(walk.nodes) + 1
    walk.nodes.append(node)
    return leave


def _leave(walk: _Walk, leave: _Leave) -> None:
    if leave.block:
        walk.break_line()
    walk.links -= leave.link
    walk.path, walk.heading, walk.aside = leave.path, leave.heading, leave.aside


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:200].strip()


def _best_container(lines: Sequence[_Line]) -> int | None:
    """Return the number of the container whose lines weigh most, links taken off."""
    weights: dict[int, float] = {}
    lengths: dict[int, int] = {}
    links: dict[int, int] = {}
    for line in lines:
        weight = _weight(line)
        for level, container in enumerate(reversed(line.path[-ANCESTORS - 1 :])):
            lengths[container] = lengths.get(container, 0) + len(line.text)
            links[container] = links.get(container, 0) + line.linked
            if weight and level < ANCESTORS:
                weights[container] = weights.get(container, 0.0) + weight * DECAY**level
    scored = {key: value * (1 - links[key] / lengths[key]) for key, value in weights.items()}
    best = max(scored, key=lambda key: scored[key], default=None)
    return best if best is not None and scored[best] >= LEAST_SCORE else None


def _marked_container(page: LexborHTMLParser, walk: _Walk, best: int) -> int:
    """Prefer the element that a known content system marks as the body, if it holds the text."""
    marked = longest(page.css(",".join(row["selector"] for row in rows("page_bodies.tsv"))))
    if marked is None:
        return best
    places = {node.mem_id: place for place, node in enumerate(walk.nodes)}
    place = places.get(marked.mem_id, best)
    inside = sum(len(line.text) for line in walk.lines if place in line.path)
    whole = sum(len(line.text) for line in walk.lines if best in line.path)
    return place if inside >= MOST * whole else best


def _weight(line: _Line) -> float:
    """Weigh a line: long ones with punctuation read like an article, links do not."""
    length = len(line.text)
    if line.linked * 2 > length or is_furniture(line.text) or _is_label(line.text):
        return 0.0
    marks = len(PUNCTUATION.findall(line.text[:LINE_CAP]))
    if length < 10 or (not marks and length < 25):  # noqa: PLR2004 - a label, a button
        weight = length * 0.15
    else:
        weight = min(length, LINE_CAP) * (1.0 if marks else 0.4) + marks * 4
    return weight * (1 - line.linked / length) * (SIDE_WEIGHT if line.aside else 1.0)


def _is_label(text: str) -> bool:
    """Say whether a line tells the date or the source of an article rather than a part of it."""
    return len(text) <= LONGEST_LABEL and not {"date", "source"}.isdisjoint(label_roles(text))


@dataclass(frozen=True, slots=True)
class _Title:
    """The lines of a headline and where the last of them stands among the lines of the page."""

    lines: tuple[str, ...]
    at: int | None = None


def _title(lines: Sequence[_Line], body_at: int, page: LexborHTMLParser) -> _Title:
    """Choose the headline; the meta tags and `<title>` serve where no heading does."""
    window = page_title(page)
    groups = [group for group in _groups(lines) if group[0] <= body_at + 6]
    repeated = [group for group in groups if _repeats(_joined(lines, group), window)]
    above = [group for group in groups if _may_be_title(lines, group, body_at)]
    if chosen := max(repeated, key=lambda group: len(_joined(lines, group)), default=None):
        return _Title(tuple(lines[index].text for index in chosen), chosen[-1])
    if above:
        return _Title(tuple(lines[index].text for index in above[-1]), above[-1][-1])
    return _title_from_head(lines, body_at, window, first(metas_of(page), TITLES))


def _title_from_head(
    lines: Sequence[_Line], body_at: int, window: str, declared: str | None
) -> _Title:
    for index in range(body_at, max(-1, body_at - NEAR), -1):  # a plain line that <title> repeats
        if 5 <= len(bare(lines[index].text)) <= 100 and _repeats(lines[index].text, window):  # noqa: PLR2004
            return _Title((lines[index].text,), index)
    if declared:
        return _Title((declared,))
    piece = re.split(r"[_|｜]|--+|——+|\s-\s|-(?=[\u4e00-\u9fff]{2,16}$)", window)[0].strip()
    return _Title((piece,) if piece else ())


def _groups(lines: Sequence[_Line]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.heading and len(group := groups.setdefault(line.heading, [])) < LONGEST_HEADING:
            group.append(index)
    return list(groups.values())


def _may_be_title(lines: Sequence[_Line], group: list[int], body_at: int) -> bool:
    text = _joined(lines, group)
    near = group[-1] < body_at and body_at - group[-1] <= NEAR
    linked = sum(lines[index].linked for index in group) * 2 > len(text)
    plain = not DATE.search(text) and not NOT_A_TITLE.match(text) and not linked
    return near and plain and 6 <= len(bare(text)) <= 90 and not lines[group[0]].aside  # noqa: PLR2004


def _joined(lines: Sequence[_Line], group: list[int]) -> str:
    return " ".join(lines[index].text for index in group)


def _repeats(text: str, window: str) -> bool:
    """Say whether `<title>` repeats a heading, or most of it."""
    short, whole = bare(text), bare(window)
    if not 4 <= len(short) <= 120 or not whole:  # noqa: PLR2004 - no headline is shorter or longer
        return False
    return short in whole or (whole in short and len(short) < 1.6 * len(whole))


def _zone(lines: Sequence[_Line], body_at: int, title: _Title) -> str:
    """Return what stands between headline and body; where they touch, what is around them."""
    at = title.at if title.at is not None else max(0, body_at - 8)
    zone = lines[at + 1 : body_at] if at < body_at else lines[at + 1 : at + 6]
    if not any(DATE.search(line.text) for line in zone):
        zone = [
            *lines[max(0, body_at - FORM_LINES) : body_at],
            *zone,
            *lines[body_at : body_at + 2],
        ]
        zone = [line for line in zone if len(line.text) < 120 and not line.aside]  # noqa: PLR2004
    return "  ".join(line.text for line in zone[:ZONE_LINES])[:ZONE_CHARACTERS]


def _foot(lines: Sequence[_Line]) -> str:
    plain = [line.text for line in lines[:FOOT_LINES] if line.linked * 2 <= len(line.text)]
    return "  ".join(plain)[:ZONE_CHARACTERS]


def _column(lines: Sequence[_Line]) -> str | None:
    for line in lines:
        if BREADCRUMB.match(line.text):
            return column_of_text(line.text)
    return None
