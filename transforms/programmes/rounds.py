"""Find inspection rounds: 区委第七轮巡察, 十三届县委首轮巡察, and 二轮巡察 that follows on one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.model import Programme, Span
from transforms.periods.timegrammar import number

ROUND = re.compile(r"轮(?:常规|专项|机动|提级|交叉|集中|政治)?巡[察视]")
ORDINAL = re.compile(
    r"(?<![上新每本一该这下前])(?:第?(?P<no>(?<![0-9])[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"|(?P<first>首))$"
)
# 市委第三轮、第四轮常规巡察 names two rounds.
EARLIER = re.compile(
    r"第(?P<no>[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])轮[、和及与]$"
)
# 第十一、十二轮巡视 names two as well.
JOINED = re.compile(
    r"第(?P<no>[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])[、和及与至]$"
)
MOST_EARLIER = 4
BEFORE = re.compile(
    r"(?:(?:第)?(?P<term>[一二三四五六七八九十]{1,3})届)?"
    r"(?P<organ>中央|自治区党委|省委|市委|县委|区委|州委|盟委|旗委|工委|党委|党组)(?P<term2>[一二三四五六七八九十]{1,3}届)?$"
)
# 已开展6轮巡察, 完成三轮巡察 say how many there were, not which.
COUNTED = re.compile(r"(?:开展|完成|组织|实施|进行|推进|启动)(?:了|过)?$|[共已了]$|累计$|先后$")
# 第二期电视问政, 第3期“作风热线”: an issue of a programme on the air.
ISSUE = re.compile(
    "第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[期场][《“]?(?:电视问政|网络问政|问政节目|作风热线|阳光热线)[》”]?"
)
ON_AIR = "ck_media_programme"
KIND = "ck_inspection_round"


def find_rounds(text: str, committee: str | None = None) -> Iterator[Programme]:
    """Yield the inspection rounds of a text; `committee` is whose a round without an organ is."""
    organ, term = committee, None
    for match in ROUND.finditer(text):
        ordinal = ORDINAL.search(text, max(0, match.start() - 4), match.start())
        if ordinal is None or _is_count(text, ordinal):
            continue
        earlier = _earlier(text, ordinal.start())
        begin = earlier[-1].start() if earlier else ordinal.start()
        before = BEFORE.search(text, max(0, begin - 12), begin)
        if before:
            organ = before["organ"]
            term = before["term"] or (before["term2"] or "").removesuffix("届") or term
        for one in reversed(earlier):
            yield _round(text, one, match.end(), str(organ or ""), term)
        start = before.start() if before and not earlier else ordinal.start()
        named = text[start : match.end()] if (before and not earlier) or not organ else None
        yield Programme(
            Span(start, match.end()),
            named or _full_name(text[ordinal.start() : match.end()], str(organ), term),
            KIND,
            organ=organ,
            round_no=1 if ordinal["first"] else number(ordinal["no"]),
            term_no=number(term) if term else None,
        )


def _earlier(text: str, start: int) -> list[re.Match[str]]:
    """Return the rounds that 、 joins to the one at `start`, the nearest first."""
    found: list[re.Match[str]] = []
    while len(found) < MOST_EARLIER:
        match = EARLIER.search(text, max(0, start - 6), start) or (
            None if text.startswith("第", start) else JOINED.search(text, max(0, start - 5), start)
        )
        if match is None:
            break
        found.append(match)
        start = match.start()
    return found


def _round(text: str, ordinal: re.Match[str], end: int, organ: str, term: str | None) -> Programme:
    """Return 市委第三轮常规巡察 for the first of 市委第三轮、第四轮常规巡察."""
    last = text.rfind("轮", ordinal.end() - 1, end)
    which = ordinal.group()[:-1].removesuffix("轮")
    name = (f"{term}届" if term else "") + organ + which + text[last:end]
    return Programme(
        Span(ordinal.start(), ordinal.end() - 1),
        name,
        KIND,
        organ=organ or None,
        round_no=number(ordinal["no"]),
        term_no=number(term) if term else None,
    )


def find_issues(text: str) -> Iterator[Programme]:
    """Yield the numbered issues of programmes on the air."""
    for match in ISSUE.finditer(text):
        yield Programme(Span(*match.span()), match[0], ON_AIR)


def _is_count(text: str, ordinal: re.Match[str]) -> bool:
    printed = ordinal.group()
    if printed[0] in "首第":
        return False
    low = max(0, ordinal.start() - 5)
    return printed[0].isdigit() or bool(COUNTED.search(text[low : ordinal.start()]))


def _full_name(printed: str, organ: str, term: str | None) -> str:
    """Return 十三届县委第二轮巡察 for a 二轮巡察 that follows on that committee's first."""
    ordinal = printed if printed[0] in "首第" else "第" + printed
    return (f"{term}届" if term else "") + organ + ordinal
