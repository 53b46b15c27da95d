"""Find where the name of a programme begins: at its quote, after its verb, or after a mark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.making import quick
from transforms.programmes.words import (
    CLOSE,
    MARKS,
    OPEN,
    UNQUOTED,
    Head,
    head_ending,
    is_generic,
    known_ending,
    known_tuple,
    last_verb,
    lead,
    verb_at,
)

PAIR = re.compile("[一-龥]{2,8}(?<![局委组部院会办])、[一-龥]{4,12}")  # two things dealt with alike
NUMBERED = re.compile("[一二三四五六七八九十]{1,3}")
PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『"}
WITHIN = re.compile(
    "(?<=“)[^“”]{1,32}(?=”)|(?<=‘)[^‘’]{1,32}(?=’)|(?<=「)[^「」]{1,32}(?=」)"
    "|(?<=[”’][（(])[^（）()]{1,16}(?=[）)])"
)
OPENED = re.compile("[“‘「”’]")  # a quick look before the long one
GLOSS = re.compile("(?<=[”’])[（(][^（）()，。\n]{1,16}[）)]$")
REACH = 44  # the longest name looked for before a head noun
QUOTED_REACH = 32
NO_PREFIX = MARKS | set(CLOSE) | {"、"}
# Greedy: what ends with the last quote or full stop, with the last mark of a stretch.
UP_TO_QUOTE = re.compile(f"[\\s\\S]*[{OPEN}{CLOSE}。\\n]")
UP_TO_MARK = re.compile(f"[\\s\\S]*[{re.escape(''.join(sorted(MARKS)))}]")
CLAUSE = re.compile("不|未|没有|缓慢|滞后|到位")
JOINS = frozenset("和与及")
PREFIXED = frozenset({"回头看", "大起底"})  # their name stands before the quote
PREFIX, LONG_PREFIX = 8, 20  # characters before a short quote that belong to its name
SHORT_CORE = 3  # “三进”: too short a quote to be the whole name


@quick
@dataclass(frozen=True, slots=True)
class Named:
    """A name found: where it stands, how it is to be written, and what precedes its head noun."""

    start: int
    end: int
    name: str
    core: str
    quoted: bool
    bounded: bool  # a verb or a quote says where it begins


def named(text: str, at: int, head: Head, floor: int) -> Named:
    """Return the name whose head noun stands at `at`; it begins not before `floor`."""
    end = at + len(head.word)
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    if before and before in CLOSE and at - 1 >= floor:
        return _quote_before(text, at, end, floor)
    if after and after in CLOSE:
        return _quote_after(text, at, end, floor)
    return _unquoted(text, at, end, floor)


def opening_of(text: str, close: int) -> int:
    """Return where the quote that closes at `close` opens, or -1 where its mark was lost."""
    mark, low = text[close : close + 1], max(0, close - QUOTED_REACH)
    if mark in PAIRS:  # “荣辱与‘贡’筑清廉家风”: marks of another sort may stand within
        opened = text.rfind(PAIRS[mark], low, close)
        broken = (text.rfind(one, low, close) for one in (mark, "。", "\n"))
        if opened >= 0 and opened > max(broken):
            return opened
    last = UP_TO_QUOTE.match(text, low, close)
    return last.end() - 1 if last and text[last.end() - 1] in OPEN else -1


def left_of(text: str, stop: int, floor: int, *, lost: bool = False) -> tuple[int, bool]:
    """Return where a name that ends at `stop` begins, and whether a verb says so.

    With a lost quote a name crosses 、 only between slogans of one length (强作风、优环境、促发展);
    without quotes it crosses 、 where a verb stands before (聚焦形式主义、官僚主义专项整治).
    """
    low = max(floor, stop - REACH)
    mark = UP_TO_MARK.match(text, low, stop)
    if mark and text[mark.end() - 1] in "）)" and (gloss := GLOSS.search(text, low, mark.end())):
        mark = UP_TO_MARK.match(text, low, gloss.start())  # “三资”（资金、资产、资源）领域
    low = mark.end() if mark else low
    piece = text[low:stop]
    if OPENED.search(piece):
        piece = WITHIN.sub(_blank, piece)  # no name begins within a quote
    begin, bounded = _slogans(piece) if lost else _phrase(piece)
    begin = _past_lead(piece, begin)
    return low + begin, bounded


def _blank(quoted: re.Match[str]) -> str:
    return "＿" * len(quoted[0])


def _phrase(piece: str) -> tuple[int, bool]:
    comma = piece.rfind("、")
    verb = _verb(piece[comma + 1 :])
    if verb >= 0 or NUMBERED.fullmatch(piece, 0, comma):
        return comma + 1 + max(verb, 0), True  # 一、低保专项治理: a heading
    if comma < 0 or comma == len(piece) - 1:
        return comma + 1, False
    verb = _verb(piece[:comma])
    told = verb >= 0 and CLAUSE.search(piece, verb, comma)  # …备案不及时、农村建房专项整治
    if verb >= 0 and not told and not _ends_programme(piece[:comma]):
        return verb, True
    if verb < 0 and PAIR.fullmatch(piece) and not CLAUSE.search(piece):
        return 0, False  # ，办公用房、个人住房清退专项活动
    return comma + 1, False


def _slogans(piece: str) -> tuple[int, bool]:
    """Take in the slogans of one length before the last one, which may end in a verb: 促落实."""
    comma = piece.rfind("、")
    verb = _verb(piece[comma + 1 :])
    if verb >= 0 and not (comma > 0 and comma + 1 + verb == len(piece)):
        return comma + 1 + verb, True
    begin, size = comma + 1, len(piece) - comma - 1
    while comma > 0:
        left = piece.rfind("、", 0, comma)
        words = piece[left + 1 : comma]
        verb = max(_verb(words), 0)
        if len(words) - verb != size:
            break
        begin, comma = left + 1 + verb, left
        if verb:
            return begin, True
    return begin, False


def _verb(words: str) -> int:
    """Return where the name begins in a piece without 、: after a launching verb, or a weaker."""
    verb = last_verb(words, "launch")
    weaker = last_verb(words[max(verb, 0) :], "hard" if verb >= 0 else "follow")
    verb = max(verb, 0) + weaker if weaker >= 0 else verb
    cut = words.rfind("的", max(verb, 0)) + 1
    return cut or verb


def _past_lead(piece: str, begin: int) -> int:
    while match := lead().match(piece, begin) or verb_at(piece, begin):
        if match[0] == "利用" and piece.endswith("问题"):
            break  # 利用征订教辅谋利等问题: what is dealt with
        begin = match.end()
    return begin


def _ends_programme(words: str) -> bool:
    bare = words.rstrip(CLOSE)
    return len(bare) < len(words) or head_ending(bare, len(bare)) is not None


def _quote_before(text: str, at: int, end: int, floor: int) -> Named:
    """Read “书记引航担使命”主题活动, whether its opening mark is there or was lost."""
    close = at - 1
    opened = opening_of(text, close)
    if 0 <= opened < floor:
        return _unquoted(text, at, end, floor)
    if opened < 0:
        start, bounded = left_of(text, close, floor, lost=True)
        core = text[start:close]
        return Named(start, end, "“" + text[start:end], core, quoted=True, bounded=bounded)
    core = text[opened + 1 : close]
    start = opened = _first_of_several(text, opened, floor)
    if len(core) <= SHORT_CORE and opened > floor and text[opened - 1] not in NO_PREFIX:
        prefix, bounded = left_of(text, opened, floor)
        joined = text[opened - 1] in JOINS  # “室组地”联动和“下沉式”监督 are two
        near = opened - prefix <= (LONG_PREFIX if core == "回头看" else PREFIX)
        if bounded and not joined and near and not is_generic(text[prefix:opened]):
            start, core = prefix, text[prefix:close]
    if start > floor and PAIRS.get(text[end : end + 1]) == text[start - 1 : start]:
        start, end = start - 1, end + 1  # “‘廉润初心’青廉行动”: a quote within the name's own
    return Named(start, end, text[start:end], core, quoted=True, bounded=True)


def _first_of_several(text: str, opened: int, floor: int) -> int:
    """Return where the first of adjoining quotes opens: “小官贪腐”“微腐败”专项整治."""
    while opened > floor and text[opened - 1] in CLOSE:
        before = opening_of(text, opened - 1)
        if before < floor:
            break
        opened = before
    return opened


def _quote_after(text: str, at: int, end: int, floor: int) -> Named:
    """Read “护航工程”, 护航工程” and 巡察整改“回头看”."""
    opened = opening_of(text, end)
    if 0 <= opened < floor:
        return _unquoted(text, at, end, floor)
    if opened == at - 1 and opened >= 0:
        if text[at:end] not in PREFIXED:
            return Named(opened, end + 1, text[opened : end + 1], text[at:end], True, True)  # noqa: FBT003
        start, bounded = left_of(text, opened, floor)
        return Named(
            start, end + 1, text[start : end + 1], text[start:opened], quoted=True, bounded=bounded
        )
    if opened >= 0:
        core = text[opened + 1 : at]
        if not any(mark in core for mark in "，；：,、的") and last_verb(core, "launch") < 0:
            return Named(opened, end + 1, text[opened : end + 1], core, quoted=True, bounded=True)
        return _unquoted(text, at, end, opened + 1)
    start, bounded = left_of(text, at, floor, lost=True)
    core = text[start:at]
    name = (
        f"{core}“{text[at:end]}”" if text[at:end] == "回头看" and core else f"“{text[start:end]}”"
    )
    return Named(start, end + 1, name, core, quoted=True, bounded=bounded)


def _unquoted(text: str, at: int, end: int, floor: int) -> Named:
    """Read 乡村振兴领域不正之风和腐败问题专项整治."""
    known = _known(text, text[at:end], end, floor)
    if known >= 0:
        return Named(known, end, text[known:end], text[known:at], quoted=True, bounded=True)
    start, bounded = left_of(text, at, floor)
    core = text[start:at]
    opened = any(mark in core for mark in "“‘")
    if opened and not any(mark in core for mark in "”’"):
        start = max(core.rfind("“"), core.rfind("‘")) + 1 + start
        start += _past_lead(text[start:at], 0)
        core = text[start:at]
    lost = "”" in core and "“" not in core
    name = ("“" if lost else "") + text[start:end]
    return Named(start, end, name, core, quoted=False, bounded=bounded)


def _known(text: str, word: str, end: int, floor: int) -> int:
    """Return where the name of a national campaign that ends at `end` begins, or -1."""
    if not known_ending(word):
        return -1
    tail = text[max(floor, end - 36) : end]
    bare = tail.translate(UNQUOTED)
    if not bare.endswith(known_tuple()):
        return -1
    left, index = len(next(name for name in known_tuple() if bare.endswith(name))), len(tail)
    while left:
        index -= 1
        left -= tail[index] not in OPEN + CLOSE
    if index and tail[index - 1] in OPEN:
        index -= 1
    return end - len(tail) + index
