"""Tells the story of a single case from a tally of work: figures of the first enter no total."""

from __future__ import annotations

import re
from functools import cache

from transforms.document import Document
from transforms.lexicon import rows
from transforms.model import Figure, Span

# 黄某、梁某某、覃某 did something: the sentence is about one person.
SOMEBODY = re.compile("(?<![一-龥])?[\u4e00-\u9fa5]某{1,2}(?![个些种一项家时地])")
# 张希渊违规收受礼品问题。 heads one of a list of cases.
HEADING = re.compile(
    r"[^。\n]{4,60}(?:违规|收受|贪污|受贿|挪用|套取|骗取|侵占|失职|履职|弄虚作假|搞|醉酒|醉驾|酒驾|赌博|吃空饷|形象工程|政绩工程|面子工程|大操大办|公车私用|截留|冒领)[^。\n]{2,60}问题。"
)
CASE_CODES = {
    "money": "case_money",
    "money_usd": "case_money",
    "money_hkd": "case_money",
    "times": "case_times",
    "count_time": "case_times",
    "person": "case_people",
    "goods": "case_goods",
    "doc": "case_goods",
    "facility": "case_goods",
    "count": "case_goods",
    "mass": "case_goods",
    "age": "party_years",
}
RATIOS = frozenset({"ratio", "ratio_change"})


def narratives(document: Document, sentences: tuple[Span, ...]) -> frozenset[int]:
    """Return the starts of those of `sentences` that tell a single case."""
    told: set[int] = set()
    by_paragraph: dict[int, list[tuple[Span, int]]] = {}
    for sentence in sentences:
        start = document.paragraph_at(sentence.start).start
        by_paragraph.setdefault(start, []).append((sentence, _weight(document.text, sentence)))
    for paragraph, weighed in by_paragraph.items():
        whole = document.paragraph_at(paragraph)
        case = _is_case(document.text, whole)
        told |= {span.start for span, weight in weighed if weight > 0 or (case and weight == 0)}
    return frozenset(told)


def case_code(figure: Figure, code: str) -> str:
    """Return the code of a figure told in a case: its trigger's, if of case_fact, or its unit's."""
    if code in case_codes():
        return code
    return CASE_CODES.get(figure.quantity.dimension or "", "case_fact")


@cache
def case_codes() -> frozenset[str]:
    """Return the codes under case_fact."""
    return frozenset(
        row["code"] for row in rows("taxonomy.tsv") if row["parent"] == "case_fact"
    ) | {"case_fact"}


def _weight(text: str, sentence: Span) -> int:
    """Above zero: one person's deeds; below: a tally of many; zero: nothing says which."""
    strong, weak, tally = _cues()
    tallied = tally.search(text, sentence.start, sentence.end)
    stories = len(set(strong.findall(text, sentence.start, sentence.end)))
    somebody = bool(SOMEBODY.search(text, sentence.start, sentence.end))
    if tallied:
        return 1 if stories > 1 and somebody else -1
    hints = bool(weak.search(text, sentence.start, sentence.end))
    return stories + somebody if stories or (somebody and hints) or somebody else 0


def _is_case(text: str, paragraph: Span) -> bool:
    """Say whether a paragraph opens as a case does, or tells the deeds of one person."""
    strong, _, tally = _cues()
    head = HEADING.match(text, paragraph.start, paragraph.end)
    if head and not tally.search(text, head.start(), head.end()):
        return True
    if tally.search(text, paragraph.start, paragraph.end):
        return False
    return len(set(strong.findall(text, paragraph.start, paragraph.end))) > 1


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words: dict[str, list[str]] = {"strong": [], "weak": [], "tally": []}
    for row in rows("cues.tsv"):
        if row["kind"] == "narrative":
            words[row["effect"]].append(row["cue"])
        elif row["kind"] == "tally" and row["effect"] == "strong":
            words["tally"].append(row["cue"])
    strong, weak, tally = (
        re.compile("|".join(map(re.escape, sorted(words[key], key=len, reverse=True))))
        for key in ("strong", "weak", "tally")
    )
    return strong, weak, tally
