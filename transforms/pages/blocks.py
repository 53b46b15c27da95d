"""Markup to lines: inline tags join, block tags and `<br>` break, cells of a row get tabs.

A figure cut by `<span>` stays whole, two paragraphs never run together, and the cells of one row of
a table stay on one line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString, Tag

BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "ucapcontent",
        "founder-content",
    }
)
SKIPPED = frozenset(
    {
        "applet",
        "audio",
        "button",
        "canvas",
        "head",
        "iframe",
        "input",
        "map",
        "math",
        "noscript",
        "object",
        "rp",
        "rt",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    }
)
# Of these only their tree tells what a reader sees: rows of cells, and what is no markup inside.
NOT_PLAIN = SKIPPED | {"tr", "xmp", "noembed", "noframes", "plaintext"}
TAG = re.compile(r"<(/?[a-z][a-z0-9:_-]*(?=>)|!--[\s\S]*?(?:--(?=>)|\Z))>?")
EMPTY = frozenset({"br", "hr"})  # of the tags that break lines, those without an end tag
SPACES = re.compile(r"\s+")  # Unicode white space: U+3000, U+00A0 and line ends of the source too
CELL_LIMIT = 300  # characters; a longer cell is layout, not data
SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
SUBSCRIPT = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as a reader sees it, and how many of its characters are links."""

    text: str
    linked: int = 0


@dataclass(frozen=True, slots=True)
class _End:
    """Where a tag ends, on the stack of what is still to be read."""

    name: str


class _Writer:
    """Collects inline text and cuts it into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._linked = self._links = self._pre = 0
        self._scripts: list[dict[int, int]] = []

    def open(self, name: str) -> None:
        if name in BLOCKS:
            self.break_line()
        self._links += name == "a"
        self._pre += name == "pre"
        if name in {"sup", "sub"}:
            self._scripts.append(SUPERSCRIPT if name == "sup" else SUBSCRIPT)

    def close(self, name: str) -> None:
        if name in BLOCKS:
            self.break_line()
        self._links -= name == "a"
        self._pre -= name == "pre"
        if name in {"sup", "sub"} and self._scripts:
            self._scripts.pop()

    def write(self, text: str) -> None:
        if self._scripts:  # 100m<sup>2</sup> is not 100m2
            text = text.translate(self._scripts[-1])
        if self._links:
            self._linked += len(text.strip())
        first, *others = text.split("\n") if self._pre else (text,)
        self._parts.append(first)
        for part in others:
            self.break_line()
            self._parts.append(part)

    def break_line(self) -> None:
        if self._parts:
            self.write_line(tidy("".join(self._parts)))
            self._parts.clear()

    def write_line(self, text: str) -> None:
        if text:
            self.lines.append(Line(text, min(self._linked, len(text))))
        self._linked = 0


def tidy(text: str) -> str:
    """Turn every run of white space into one space and strip the ends."""
    return SPACES.sub(" ", text).strip()


def read_lines(markup: str) -> tuple[Line, ...]:
    """Read a fragment of well-formed markup; lines that are empty are left out."""
    pieces = TAG.split(markup)
    return _plain_lines(pieces) if _is_plain(pieces) else tree_lines(markup)


def tree_lines(markup: str) -> tuple[Line, ...]:
    """Read any fragment by its tree: tables, and whatever hides its text."""
    return _lines_of(BeautifulSoup(markup, "html.parser").contents)


def _is_plain(pieces: list[str]) -> bool:
    """Say whether markup, cut into text and tags, reads the same without its tree."""
    if not NOT_PLAIN.isdisjoint(pieces[1::2]):
        return False
    return not any("<" in text for text in pieces[::2])


def _plain_lines(pieces: list[str]) -> tuple[Line, ...]:
    """Read paragraphs and inline tags, most of all fragments, in a tenth of the time of a tree."""
    writer = _Writer()
    for text, tag in zip(pieces[::2], (*pieces[1::2], "!"), strict=True):
        if text:
            writer.write(html.unescape(text) if "&" in text else text)
        if tag[0] == "/":
            writer.close(tag[1:])
        elif tag[0] != "!":
            writer.open(tag)
            if tag in EMPTY:
                writer.close(tag)
    writer.break_line()
    return tuple(writer.lines)


def _lines_of(nodes: Iterable[object]) -> tuple[Line, ...]:
    writer = _Writer()
    waiting: list[object] = [*nodes][::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            waiting.extend(_enter(node, writer))
        elif isinstance(node, _End):
            writer.close(node.name)
        elif type(node) is NavigableString:  # not its kinds: comments, scripts, styles
            writer.write(node)
    writer.break_line()
    return tuple(writer.lines)


def _enter(tag: Tag, writer: _Writer) -> list[object]:
    """Open a tag; return what of it is still to be read, last first."""
    if tag.name in SKIPPED:
        return []
    writer.open(tag.name)
    if tag.name == "tr" and (row := _data_row(tag)) is not None:
        writer.write_line(row)
        return []
    return [_End(tag.name), *reversed(tag.contents)]


def _data_row(row: Tag) -> str | None:
    """Return a row's cells joined by tabs; None where the row only lays out the page."""
    cells = row.find_all(["td", "th"], recursive=False)
    if len(cells) < 2 or row.find("table"):  # noqa: PLR2004 - one cell is no row
        return None
    texts = [tidy(" ".join(line.text for line in _lines_of(cell.contents))) for cell in cells]
    if any(len(text) > CELL_LIMIT for text in texts):
        return None
    return "\t".join(texts).rstrip("\t") if any(texts) else ""
