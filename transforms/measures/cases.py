"""Recognises the notice of one case (X严重违纪违法被开除党籍) and keeps its outcome, no name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from transforms import regions
from transforms.document import Document
from transforms.lexicon import codes, listed
from transforms.measures.problems import ranks_in
from transforms.model import CaseNotice, Mention, Span

HEADLINE = re.compile(
    "严重违纪违法被|严重违纪被|严重违法被|接受(?:中央纪委国家监委|[^，。]{0,12})?(?:纪律审查和监察调查|纪律审查|监察调查|"
    "审查调查)|被(?:开除党籍|双开|“双开”|提起公诉|逮捕|“?双开”?)|涉嫌[^，。]{2,14}(?:罪)?(?:一案)?被(?:提起公诉|逮捕|公诉)|"
    "(?:受贿|贪污|行贿|滥用职权)[^，。]{0,8}案?一审(?:开庭|宣判|公开宣判)|一审被判|被决定逮捕|"
    "受到(?:党内|政务|撤销|留党|开除)[^，。]{0,16}处分"
)
OPENING = re.compile(
    "(?:涉嫌严重违纪违法|涉嫌严重违纪|涉嫌严重违法|涉嫌职务犯罪)[^。]{0,40}?(?:正在接受|接受)[^。]{0,30}(?:审查|调查)|"
    "严重违纪违法问题进行了立案审查调查|因涉嫌[^。]{2,30}罪[^。]{0,40}(?:提起公诉|决定逮捕)"
)
MANY = re.compile(
    "通报|典型|情况|[0-9一二三四五六七八九十]起|全国|全省|全市|今年以来|上半年|季度|观察|评论|综述"
)
STAGES = (
    ("sentenced", re.compile("一审(?:公开)?宣判|一审被判|判处有期徒刑|判处死刑|终审")),
    ("prosecuted", re.compile("提起公诉|被公诉|决定逮捕|被逮捕|开庭审理")),
    ("expelled", re.compile("开除党籍|开除公职|双开")),
    ("sanctioned", re.compile("给予[^。]{0,14}处分|受到[^。]{0,14}处分|政务撤职|留党察看")),
    ("investigated", re.compile("接受[^。]{0,30}(?:审查|调查)")),
)
# The organ that decides stands before 对…立案审查调查 or after 接受.
ORGAN_BEFORE = re.compile("对[^。]{2,80}立案审查调查")
LEVELS = re.compile("(?:正|副)?(省部|厅局|地厅|厅|县处|处|乡科|科)级|中管干部")
SHORT_LEVELS = {
    "省部": "rank_provincial",
    "厅局": "rank_prefectural",
    "地厅": "rank_prefectural",
    "厅": "rank_prefectural",
    "县处": "rank_county",
    "处": "rank_county",
    "乡科": "rank_township",
    "科": "rank_township",
}


def kind_of(document: Document) -> str:
    """Return case_notice for the notice of one case, else report."""
    title, lead = document.title, document.text[:600]
    if title:
        if MANY.search(title):
            return "report"
        return "case_notice" if HEADLINE.search(title) else "report"
    first = document.text.strip().split("\n", 1)[0][:80]
    if MANY.search(first):
        return "report"
    if HEADLINE.search(first) and len(first) < 60:  # noqa: PLR2004
        return "case_notice"
    return "case_notice" if OPENING.search(lead) and len(document.text) < 3000 else "report"  # noqa: PLR2004


def find_case_notices(document: Document, mentions: Sequence[Mention]) -> tuple[CaseNotice, ...]:
    """Return the outcome of the notice: stage, sanctions, organ, level, region, day."""
    text = f"{document.title}\n{document.text}" if document.title else document.text
    stage = next((name for name, pattern in STAGES if pattern.search(text)), "investigated")
    span = Span(0, len(document.text))
    organ = _organ(document, mentions, court=stage == "sentenced")
    return (
        CaseNotice(
            span=span,
            stage=stage,
            sanctions=_sanctions(text) if stage != "investigated" else (),
            organ=organ.name if organ else _publisher(document),
            level=_level(document),
            region=_region(document, organ),
            decided_on=_decided_on(document),
        ),
    )


def _sanctions(text: str) -> tuple[str, ...]:
    """Return the code of every sanction named, in order; 被开除党籍和公职 is two."""
    joined = re.sub("开除党籍(?:和|、)(?:开除)?公职", "开除党籍、开除公职", text)
    found = [_sanction_words()[match.group()] for match in _sanction_pattern().finditer(joined)]
    if STAGES[0][1].search(text):
        found.append("judicial_sentenced")
    return tuple(dict.fromkeys(found))


@cache
def _sanction_words() -> dict[str, str]:
    wanted = {"party_discipline", "gov_sanction", "coercive_measure", "accountability"}
    words: dict[str, str] = {}
    for code, row in codes("category").items():
        if row["parent"] in wanted and code != "party_and_post_expelled":
            if row["parent"] == "accountability" and code not in {
                "judicial_transfer",
                "judicial_arrested",
            }:
                continue
            words |= dict.fromkeys(listed(row["triggers"]), code)
    return words


@cache
def _sanction_pattern() -> re.Pattern[str]:
    words = sorted(_sanction_words(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _publisher(document: Document) -> str | None:
    """Return the source where it is an organ; a website or a paper decides no case."""
    source = document.source or ""
    return source if re.search("(?:纪委|监委|纪检监察组|纪工委)$", source) else None


def _organ(document: Document, mentions: Sequence[Mention], *, court: bool) -> Mention | None:
    """Return the organ named first that investigated, decided or announced; or the court."""
    wanted = "judicial_organ" if court else "organ_"
    organs = [
        one for one in mentions if one.kind == "organ" and (one.org_kind or "").startswith(wanted)
    ]
    before = ORGAN_BEFORE.search(document.text)
    if before:
        near = [one for one in organs if one.span.end <= before.start() + 2]
        if near:
            return near[-1]
    return organs[0] if organs else None


def _level(document: Document) -> str | None:
    text = f"{document.title}\n{document.text}"
    match = LEVELS.search(text)
    if match:
        return SHORT_LEVELS.get(match.group(1) or "", "rank_provincial")
    ranks = ranks_in(text, 0, len(text))
    return ranks[0][0] if ranks else None


def _region(document: Document, organ: Mention | None) -> str | None:
    if organ and organ.code:
        return organ.code
    return (
        regions.resolve(document.source, document.published_on, None) if document.source else None
    )


def _decided_on(document: Document) -> date | None:
    """Return the day of the notice; the decision's own day is not printed in it."""
    return document.published_on
