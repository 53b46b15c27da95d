"""Who wrote an article: names in the headline, in its first line, or in brackets at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.surnames import surnames

NAMES = r"[\u4e00-\u9fff·]{2,12}(?:[ 、，,][\u4e00-\u9fff·]{2,12}){0,7}"
ROLE = (
    r"(?:本刊|本报|本网|新华社|人民日报)?(?:特约|实习|见习)?"
    r"(?:记者|通讯员|评论员|撰稿人?|作者|撰文|文字)"
)
CREDIT_LINE = re.compile(rf"{ROLE}\s?[:：/|︱丨]?\s?({NAMES})")
CREDIT_TAIL = re.compile(rf"\s{ROLE}\s?[:：]?\s?({NAMES})$")
PUBLISHER = (
    r"[\u4e00-\u9fff“”]{0,24}(?:网站|网|报|报社|社|杂志|电视台|纪委监委|纪委|监委|"
    r"纪检监察组|纪检监察工委|记者|通讯员|评论员)"
)
FIRST_LINE = re.compile(rf"[（(]?{PUBLISHER}[ ，,]({NAMES})[）)]?")
LAST_BRACKET = re.compile(r"[（(]([^（()）]{2,60})[）)]\s?$")
ORGAN = re.compile(
    r"(?:纪委|监委|纪检监察[\u4e00-\u9fff]{0,6}|[巡察视]{2}[办组]|派驻[\u4e00-\u9fff]{0,12}组|"
    r"网站?|日报|晚报|报社?|通讯社|新华社|杂志社?|电视台|委员会|办公室|党委|宣传部)$"
)
SUFFIX = re.compile(r"(?:摄影报道|报道|整理|供稿|撰稿|\s文|\s综合)$")
LABEL = re.compile(rf"^(?:(?:{ROLE}|供稿|来稿)\s?[:：/|]?|(?:文|综合)\s?[:：/|])\s?")
CAPTION = re.compile(r"[摄图]$")
SPLIT = re.compile(r"[ 、，,；;|/]+")
WORD = range(2, 5)  # characters of a name: two to four
TRANSCRIBED = range(2, 17)  # 阿不都·热合曼


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline of an article, its second line, and a name that was printed with it."""

    title: str
    subtitle: str | None = None
    author: str | None = None


def headline_of(lines: Sequence[str]) -> Headline:
    """Join the lines of a heading with spaces; names at its end are the author's."""
    kept, author = list(lines), None
    while len(kept) > 1 and (found := _credit(kept[-1])):
        author = found
        kept.pop()
    title = " ".join(kept)
    tail = CREDIT_TAIL.search(title)
    if tail and _are_names(tail[1]):
        title, author = title[: tail.start()].strip(), author or tail[1]
    dashed = [line for line in kept[1:] if line.startswith(("—", "--", "－"))]
    return Headline(title, " ".join(dashed) or None, author)


def byline_of(lines: Sequence[str]) -> str | None:
    """Return the author a body names in its first lines or in brackets at its end.

    A person's names where there are any, else the organ that signs.
    """
    for line in lines[:3]:
        found = FIRST_LINE.fullmatch(line)
        names = SUFFIX.sub("", found[1]) if found else ""
        if names and all(map(_may_be_name, SPLIT.split(names))):
            return names
    brackets = (LAST_BRACKET.search(line) for line in reversed(lines[-3:]))
    signed = (_signature(found[1]) for found in brackets if found and not CAPTION.search(found[1]))
    return next(filter(None, signed), None)


def _credit(line: str) -> str | None:
    """Return the names if the line holds nothing else."""
    found = CREDIT_LINE.fullmatch(line)
    names = found[1] if found else line
    return names if _are_names(names) else None


def _signature(words: str) -> str | None:
    """Read what stands in the last brackets: an organ, names, or both."""
    words = SUFFIX.sub("", LABEL.sub("", words.strip()))
    pieces = [bare for piece in SPLIT.split(words) if (bare := LABEL.sub("", piece))]
    signed = bool(pieces) and ORGAN.search(pieces[0]) is not None
    names: list[str] = []
    while pieces[signed:] and (_is_name(pieces[-1]) or (signed and _may_be_name(pieces[-1]))):
        names.insert(0, pieces.pop())
    if pieces and not ORGAN.search(pieces[-1]):
        return None
    return " ".join(names) or (" ".join(pieces) or None)


def _are_names(words: str) -> bool:
    return all(_is_name(piece) for piece in SPLIT.split(words) if piece)


def _may_be_name(word: str) -> bool:
    """Say whether a word beside the name of an organ may be a person's, whatever the surname."""
    return "·" in word or (len(word) in WORD and not ORGAN.search(word))


def _is_name(word: str) -> bool:
    """Say whether a word looks like a person's name: a known surname, two to four characters."""
    if "·" in word:
        return len(word) in TRANSCRIBED
    single, double = surnames()
    if word[:2] in double:
        return len(word) in WORD[1:]
    return word[:1] in single and len(word) in WORD[:2]
