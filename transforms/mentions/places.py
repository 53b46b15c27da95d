"""Finds the names of divisions that a text spells out, not the words that only look so.

A full name (西乡塘区) counts wherever its code is certain. A short one (南宁, 广西) counts where
a word can begin; a short county name (上林) only beside its parent, before an organ, or as a
headline's first word, and only in the publisher's own province.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from transforms import lexicon, regions
from transforms.making import quick

LAST = re.compile("[省市县区旗州盟]")
HAN = re.compile("[\u4e00-\u9fff]")
# A place stands as the subject of a headline: 上林：…, 上林 “清廉乡村”…
HEADLINE_TAIL = re.compile("[：:|｜丨]")
JOINING = "和县"  # the one name that may as well be a joining word and a level
ORGAN_TAIL = re.compile("纪委|监委|市委|县委|区委|州委|旗委|党委|纪检")


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """A division's name in a text; `code` is None where several divisions bear the name."""

    start: int
    end: int
    code: str | None
    name: str  # as printed


def find_places(text: str, on: date | None, within: str | None) -> tuple[Place, ...]:
    """Return the names in reading order, not overlapping; a name after its parent lies in it."""
    spans = sorted({*_full_spans(text), *_short_spans(text, within)}, key=_leftmost_longest)
    found: list[Place] = []
    end = 0
    for start, stop in spans:
        if start < end:
            continue
        before = found[-1] if found and found[-1].end == start else None
        place = _place(text, start, stop, on, before.code if before else None, within)
        if place:
            found.append(place)
            end = stop
    return tuple(found)


@lru_cache(maxsize=4096)
def _is_ambiguous(name: str, on: date | None) -> bool:
    """Say whether a name is some place's though not sure which: kept, without a code."""
    stands = any(row.stood(on) for row in regions.full_names()[name])
    return stands and not regions.is_common_noun(name)


def _leftmost_longest(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


def _place(
    text: str, start: int, end: int, on: date | None, parent: str | None, within: str | None
) -> Place | None:
    name = text[start:end]
    full = name in regions.full_names()
    if not (full or parent or _stands_alone(text, start, end, name)):
        return None
    code = regions.resolve(name, on, parent or within)
    if parent and code and not regions.holds(parent, code):
        code = regions.resolve(name, on, within) if full else None
    if code is None and not (full and _is_ambiguous(name, on)):
        return None
    return Place(start, end, code, name)


def _full_spans(text: str) -> list[tuple[int, int]]:
    lengths, names, found = _lengths(), regions.full_names(), []
    for match in LAST.finditer(text):
        end = match.end()
        for length in lengths.get(text[end - 2 : end], ()):
            start = end - length
            if start >= 0 and text[start:end] in names:
                if _begins_a_word(text, start) and text[end : end + 1] not in _words("not_end"):
                    found.append((start, end))
                break
    return found


def _short_spans(text: str, within: str | None) -> list[tuple[int, int]]:
    leads, names = _short_pattern(within[:2] if within else "")
    found = []
    for match in leads.finditer(text):
        start = match.start()
        for length in (4, 3, 2):
            if text[start : start + length] in names:
                found.append((start, start + length))
                break
    return found


def _begins_a_word(text: str, start: int) -> bool:
    """Say whether no other place's name runs over `start`: 云南|山区 holds no 南山区."""
    before = text[max(start - 1, 0) : start]
    if text.startswith(JOINING, start) and HAN.match(before):  # 县总工会|和县人民医院
        return before in _words("before") or before in "省市"
    straddling = text[max(start - 1, 0) : start + 1]
    if straddling not in high_names():
        return True
    return text[max(start - 2, 0) : start] in high_names()


def _stands_alone(text: str, start: int, end: int, name: str) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 4]
    begins = before in _words("before") or not HAN.match(before)
    if ORGAN_TAIL.match(after):  # 秦汉|新城纪委 is a zone's, no 新城区's
        return begins or name in high_names()
    if name in _words("common") or name not in high_names():
        return not before.strip() and bool(HEADLINE_TAIL.match(after))
    if after.startswith(_tails()):
        return False
    return begins or not HAN.match(after)


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the full names by their last two characters, longest first."""
    found: dict[str, set[int]] = {}
    for name in regions.full_names():
        found.setdefault(name[-2:], set()).add(len(name))
    return {ending: tuple(sorted(lengths, reverse=True)) for ending, lengths in found.items()}


@cache
def _short_pattern(province: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """Where a short name may begin: its first character, then one of the second characters."""
    names = high_names() | {
        name
        for name, known in regions.short_names().items()
        if province and any(row.code[:2] == province for row in known)
    }
    first = "".join(sorted({name[0] for name in names}))
    second = "".join(sorted({name[1] for name in names}))
    return re.compile(f"[{first}](?=[{second}])"), frozenset(names)


@cache
def high_names() -> frozenset[str]:
    """Short names of provinces and cities that stand today."""
    return frozenset(
        name
        for name, known in regions.short_names().items()
        if any(row.level in {"lv_province", "lv_city"} and row.stood(None) for row in known)
    )


@cache
def _words(kind: str) -> frozenset[str]:
    words = [
        word
        for row in lexicon.rows("place_words.tsv")
        if row["kind"] == kind
        for word in lexicon.listed(row["words"])
    ]
    return frozenset("".join(words)) if kind == "before" else frozenset(words)


@cache
def _tails() -> tuple[str, ...]:
    return tuple(_words("tail"))
