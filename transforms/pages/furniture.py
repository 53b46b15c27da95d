"""The lines of a body without what surrounds it: share bars, pagers, neighbours, credits.

What is furniture is a row of page_furniture.tsv; 责任编辑 and a 来源 at the foot are credits:
they leave the text and are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from transforms.lexicon import rows
from transforms.pages.blocks import Line
from transforms.pages.headers import Header, label_roles, read_header

LONGEST = 100  # characters: furniture is short
LONG_LINE = 60  # characters: a line that is text
FOOT = 8  # lines at the end where credits stand
CREDIT_ROLES = frozenset({"source", "author", "editor", "review"})
OPENING = "（(【[ "
NOTHING = Header()
PUNCTUATION = re.compile(r"[。！？；]")


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of an article and what its credits at the foot say."""

    lines: tuple[str, ...]
    credits: Header = NOTHING

    @property
    def text(self) -> str:
        """The paragraphs, joined by line ends."""
        return "\n".join(self.lines)


def body_of(lines: Sequence[Line], title: str = "") -> Body:
    """Take furniture, credits and a repeated headline out of the lines of a body."""
    lines = lines[: _end(lines)]
    kept: list[str] = []
    credits_: list[str] = []
    for index, line in enumerate(lines):
        at_edge = index < 2 or index >= len(lines) - FOOT  # noqa: PLR2004 - the first two lines
        if at_edge and _is_credit(line):
            credits_.append(line.text)
        elif not _is_furniture(line) and not (index < 3 and _same(line.text, title)):  # noqa: PLR2004
            kept.append(line.text)
    return Body(tuple(kept), read_header("  ".join(credits_)))


def _end(lines: Sequence[Line]) -> int:
    """Return where the tail begins: recommendations, neighbours, the site's footer."""
    for index, line in enumerate(lines):
        in_half = index * 2 >= len(lines)
        if in_half and _short(line) and _pattern("tail").fullmatch(line.text):
            rest = lines[index + 1 :]
            if not any(_is_text(other) for other in rest):
                return index
    end = len(lines)
    while end and _is_link(lines[end - 1]):
        end -= 1
    # What the links stood under: 相关链接：
    under = 0 < end < len(lines) and _pattern("tail").fullmatch(lines[end - 1].text)
    return end - 1 if under else end


def _is_credit(line: Line) -> bool:
    """Say whether a line holds labelled values alone: （责任编辑：周一禾 审核：吴二）."""
    text = line.text.lstrip(OPENING).removeprefix("本文")
    if not _short(line) or PUNCTUATION.search(text):
        return False
    roles = label_roles(text)
    return bool(roles) and (roles[0] in CREDIT_ROLES or len(roles) > 1)


def is_furniture(text: str) -> bool:
    """Say whether a line of text is one that every page of a site carries."""
    patterns = (_pattern("line"), _pattern("tail"))
    return len(text) <= LONGEST and any(pattern.fullmatch(text) for pattern in patterns)


def _is_furniture(line: Line) -> bool:
    return _short(line) and bool(_pattern("line").fullmatch(line.text))


def _is_link(line: Line) -> bool:
    """Say whether a line is a link to elsewhere; an attachment belongs to the article."""
    mostly = line.linked * 5 > len(line.text) * 3
    attached = line.text.startswith("附件")
    return mostly and _short(line) and not attached and not PUNCTUATION.search(line.text)


def _short(line: Line) -> bool:
    return len(line.text) <= LONGEST


def _is_text(line: Line) -> bool:
    mostly_linked = line.linked * 3 > len(line.text)
    return len(line.text) > LONG_LINE and bool(PUNCTUATION.search(line.text)) and not mostly_linked


def _same(text: str, title: str) -> bool:
    return bool(title) and text.replace(" ", "") == title.replace(" ", "")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    patterns = (row["pattern"] for row in rows("page_furniture.tsv") if row["kind"] == kind)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
