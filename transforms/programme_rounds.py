"""Find inspection rounds: 区委第七轮巡察, 十三届县委首轮巡察, and 二轮巡察 that follows on one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.model import Programme, Span
from transforms.timegrammar import number

ROUND = re.compile(
    r"(?:第?(?P<no>[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])|(?P<first>首))轮"
    r"(?:常规|专项|机动|提级|交叉|集中|政治)?巡[察视]"
)
BEFORE = re.compile(
    r"(?:(?:第)?(?P<term>[一二三四五六七八九十]{1,3})届)?"
    r"(?P<organ>中央|自治区党委|省委|市委|县委|区委|州委|盟委|旗委|工委|党委|党组)(?P<term2>[一二三四五六七八九十]{1,3}届)?$"
)
KIND = "ck_inspection_round"


def find_rounds(text: str, committee: str | None = None) -> Iterator[Programme]:
    """Yield the inspection rounds of a text; `committee` is whose a round without an organ is."""
    organ, term = committee, None
    for match in ROUND.finditer(text):
        before = BEFORE.search(text, max(0, match.start() - 12), match.start())
        if before:
            organ = before["organ"]
            written = before["term"] or (before["term2"] or "").removesuffix("届")
            term = written or term
        start = before.start() if before else match.start()
        yield _round(text, Span(start, match.end()), match, (organ, term), printed=bool(before))


def _round(
    text: str,
    span: Span,
    match: re.Match[str],
    whose: tuple[str | None, str | None],
    *,
    printed: bool,
) -> Programme:
    organ, term = whose
    name = span.of(text)
    if not printed and organ:
        ordinal = match[0] if match["first"] or match[0].startswith("第") else "第" + match[0]
        name = (f"{term}届" if term else "") + organ + ordinal
    return Programme(
        span,
        name,
        KIND,
        organ=organ,
        round_no=1 if match["first"] else number(match["no"]),
        term_no=number(term) if term else None,
    )
