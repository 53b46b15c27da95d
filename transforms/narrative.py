"""Tells the story of a single case from a tally of work: figures of the first enter no total."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from transforms.bylines import surnames
from transforms.document import Document
from transforms.lexicon import rows
from transforms.model import Figure, Span

# 黄某、梁某某、覃某 did something: the sentence is about one person; 驻某部, 如某供电企业 are none.
SURNAMED = "".join(sorted(surnames()[0]))
SOMEBODY = re.compile(
    f"[{SURNAMED}]某{{1,2}}(?![个些种一项家时地某部局县市镇乡村区省厅委处院校公企单街社厂学第人年月])"
)
# 张希渊违规收受礼品问题。 heads one of a list of cases.
HEADING = re.compile(
    r"[^。\n]{4,90}(?:违规|收受|贪污|受贿|挪用|套取|骗取|侵占|失职|履职|弄虚作假|搞|醉酒|醉驾|酒驾|赌博|吃空饷|形象工程|政绩工程|面子工程|大操大办|公车私用|截留|冒领)[^。\n]{0,60}问题。"
)
# In a notice of cases every paragraph that ends its first sentence so tells one.
LISTING = re.compile("通报[^，。]{0,40}(?:典型|案例|问题|案件)")
LISTED = re.compile(r"(?:[0-9]{1,2}[.．、])?[^。\n]{8,160}(?:问题|案)。")
# What an article says of the person whose case it tells: 王东锋因犯受贿罪, 陈家东非法收受.
CULPRIT = re.compile(
    "因犯|利用职务|先后收受|先后多次|非法收受|还存在其他严重违纪|受到党内|受到开除|受到政务|受到留党|"
    "受到撤销|被开除|在接受审查|任职期间"
)
NO_NAME = re.compile("[人员部元名个件起省市县区局委组院所司长记任的在和与于对了并]")
NAME_SIZES = (3, 2)
MOST_TOLD = 200  # mentions of a deed looked at: no article tells of more
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
    persons = _persons(document.text)
    listing = bool(LISTING.search(document.title))
    by_paragraph: dict[int, list[tuple[Span, int]]] = {}
    for sentence in sentences:
        start = document.paragraph_at(sentence.start).start
        by_paragraph.setdefault(start, []).append(
            (sentence, _weight(document.text, sentence, persons))
        )
    for paragraph, weighed in by_paragraph.items():
        whole = document.paragraph_at(paragraph)
        case = _is_case(document.text, whole, listing=listing)
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


def _persons(text: str) -> re.Pattern[str] | None:
    """Match the names of those whose cases the article tells; None where it tells none."""
    single, seen = surnames()[0], dict[str, bool]()
    for match in islice(CULPRIT.finditer(text), MOST_TOLD):
        for size in NAME_SIZES:
            name = text[max(0, match.start() - size) : match.start()]
            if name not in seen:
                told = len(name) == size and name[:1] in single and not NO_NAME.search(name[1:])
                seen[name] = told and text.count(name) > 1
            if seen[name]:
                break
    names = sorted(name for name, told in seen.items() if told)
    return re.compile("(?:" + "|".join(map(re.escape, names)) + ")(?!案)") if names else None


def _weight(text: str, sentence: Span, persons: re.Pattern[str] | None) -> int:
    """Above zero: one person's deeds; below: a tally of many; zero: nothing says which."""
    strong, weak, tally = _cues()
    tallied = tally.search(text, sentence.start, sentence.end)
    stories = len(set(strong.findall(text, sentence.start, sentence.end)))
    somebody = bool(SOMEBODY.search(text, sentence.start, sentence.end))
    if persons is not None and not somebody:
        somebody = bool(persons.search(text, sentence.start, sentence.end))
    if tallied:
        return 1 if stories > 1 and somebody else -1
    hints = bool(weak.search(text, sentence.start, sentence.end))
    return stories + somebody if stories or (somebody and hints) or somebody else 0


def _is_case(text: str, paragraph: Span, *, listing: bool) -> bool:
    """Say whether a paragraph opens as a case does, or tells the deeds of one person."""
    strong, _, tally = _cues()
    opening = LISTED if listing else HEADING
    head = opening.match(text, paragraph.start, paragraph.end)
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
