"""Tells the story of a single case from a tally of work: figures of the first enter no total."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import islice

from transforms.document import Document
from transforms.lexicon import rows
from transforms.model import Figure, Span
from transforms.patterns import searchable
from transforms.surnames import surnames

# 黄某、梁某某、覃某 did something: the sentence is about one person; 驻某部, 如某供电企业 are none.
SURNAMED = "".join(sorted(surnames()[0]))
SOMEBODY = re.compile(
    f"[{SURNAMED}]某{{1,2}}"
    "(?![\u4e00-\u9fff]{0,2}等[0-9]|[个些种一项家时地某小部局县市镇乡村区省厅委处院校公企单街社厂学第人年月]|介绍|表示|告诉|坦言|感慨|指出|说)"
)
# 张希渊违规收受礼品问题。 heads one of a list of cases.
HEADING = re.compile(
    r"[^。\n]{4,90}(?:违规|收受|贪污|受贿|挪用|套取|骗取|侵占|失职|履职|弄虚作假|搞|醉酒|醉驾|酒驾|赌博|吃空饷|形象工程|政绩工程|面子工程|大操大办|公车私用|截留|冒领)[^。\n]{0,60}(?<![个件项条起类])问题。"
)
# In a notice of cases every paragraph that ends its first sentence so tells one.
LISTING = re.compile("通报[^，。]{0,40}(?:典型|案例|问题|案件)")
LISTED = re.compile(r"(?:[0-9]{1,2}[.．、])?[^。\n]{8,160}(?:问题|案)。")
# 县纪委通报3起公款吃请问题 opens such a notice where no headline does.
LEAD = re.compile(
    "通报(?:曝光)?了?[0-9一二两三四五六七八九十]{1,3}起[^，。\n]{0,60}(?:问题|案例|案件|典型)"
)
OPENS_WITHIN = 300  # characters of the text in which it does
# 二、县林业局公款宴请的问题 stands alone in the line above the case.
TITLED = re.compile(
    r"\n[ \u3000]*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．])[^。\n]{4,80}"
    r"(?:问题|案|案例|案件)[ \u3000]*\n\Z"
)
TITLE_REACH = 100
# 比如，某县县委书记王某盲目签订9.4亿元合同: an example tells a case, as far as it goes on.
EXAMPLE = re.compile('[“"]?(?:比如|例如|譬如|如(?![何果此下期实数]))')
# What an article says of the person whose case it tells: 王东锋因犯受贿罪, 陈家东非法收受.
CULPRIT = re.compile(
    "因犯|利用职务|先后收受|先后多次|非法收受|还存在其他严重违纪|受到党内|受到开除|受到政务|受到留党|"
    "受到撤销|被开除|在接受审查|任职期间"
)
NO_NAME = re.compile("[人员部元名个件起省市县区局委组院所司长记任的在和与于对了并]")
NAME_SIZES = (3, 2)
# 经查，黎某先后加油4次，县纪委监委对其立案: what was found tells the case, whoever acts then.
FINDING = re.compile(
    "(?:经查|经(?:初步)?(?:调查|核实|核查|初查|审理)[^，。]{0,6}|(?:法院)?审理查明)[，,：:]"
)
FINDER = re.compile(
    "(?:巡察组|纪委监委|纪检监察机关)[^，。；0-9]{0,8}?(?:发现|查实|查明|调查|核查|获悉|收到|接到|找到|查阅|调取)"
)
COUNTED = re.compile(
    "(?:问题|线索|[立办]案|共计?|累计|督促|推动)[^，。；0-9]{0,4}[0-9]|[0-9]个[^，。；]{0,12}问题"
)
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
    if not sentences:
        return frozenset()
    words = Words(document.text, document.paragraph_at(sentences[-1].start).end + 1)
    listing = bool(LISTING.search(document.title) or LEAD.search(document.text, 0, OPENS_WITHIN))
    by_paragraph: dict[int, list[tuple[Span, int]]] = {}
    for sentence in sentences:
        start = document.paragraph_at(sentence.start).start
        by_paragraph.setdefault(start, []).append((sentence, words.weight(sentence)))
    for paragraph, weighed in by_paragraph.items():
        whole = document.paragraph_at(paragraph)
        headed = words.is_headed(whole, listing=listing)
        told |= words.told(weighed, headed=headed, case=headed or words.open_case(whole))
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


class Words:
    """The words that tell a story from a tally, up to `until`; each is looked for once."""

    def __init__(self, text: str, until: int) -> None:
        self.text = text
        strong, tally = _cues()
        self.strong = [match.start() for match in strong.finditer(text, 0, until)]
        self.tally = [match.start() for match in tally.finditer(text, 0, until)]
        self.counted = [start for start in self.tally if text[start] != "全"]  # 全县 names a place
        named = SOMEBODY.finditer(text, 0, until) if "某" in text else ()
        self.somebody = [match.start() for match in named]
        self.persons = _persons(text)

    def weight(self, sentence: Span) -> int:
        """Above zero: one person's deeds; below: a tally of many; zero: nothing says which."""
        stories = self.stories(sentence)
        somebody = _any(self.somebody, sentence)
        if self.persons is not None and not somebody:
            somebody = bool(self.persons.search(self.text, sentence.start, sentence.end))
        if _any(self.tally, sentence):
            opens = somebody and FINDING.match(self.text, sentence.start)
            if opens or (stories > 1 and somebody) or (stories and self.finds(sentence)):
                return 1
            return -1
        return stories + somebody

    def finds(self, sentence: Span) -> bool:
        """巡察组发现，两名委员以培训名义领取800元: an organ that only finds out tells no tally."""
        if COUNTED.search(self.text, sentence.start, sentence.end):
            return False
        low, high = bisect_left(self.tally, sentence.start), bisect_left(self.tally, sentence.end)
        return all(FINDER.match(self.text, start) for start in self.tally[low:high])

    def stories(self, span: Span) -> int:
        """Count the different words of a story in a span."""
        low, high = bisect_left(self.strong, span.start), bisect_left(self.strong, span.end)
        if low == high:
            return 0
        return len(set(_cues()[0].findall(self.text, span.start, span.end)))

    def told(self, weighed: list[tuple[Span, int]], *, headed: bool, case: bool) -> set[int]:
        """Return the starts of the sentences of a paragraph that tell a case.

        Under its heading a place counts no tally (对全县医保资金…); an example goes on (比如，…).
        """
        found, example = set[int](), False
        for span, weighing in weighed:
            of_place = weighing < 0 and headed and not _any(self.counted, span)
            weight = 0 if of_place else weighing
            opens = weight > 0 and EXAMPLE.match(self.text, span.start) is not None
            example = weight >= 0 and (example or opens)
            if weight > 0 or ((case or example) and weight == 0):
                found.add(span.start)
        return found

    def is_headed(self, paragraph: Span, *, listing: bool) -> bool:
        """Say whether a paragraph opens as a case does."""
        if listing and self._is_titled(paragraph.start):
            return True
        if not listing and self.text.find("问题。", paragraph.start, paragraph.end) < 0:
            return False
        head = (LISTED if listing else HEADING).match(self.text, paragraph.start, paragraph.end)
        return head is not None and not _any(self.tally, Span(*head.span()))

    def open_case(self, paragraph: Span) -> bool:
        """Say whether a paragraph tells the deeds of one person and no tally."""
        if _any(self.tally, paragraph):
            return False
        named = self.persons is not None and self.persons.search(
            self.text, paragraph.start, paragraph.end
        )
        return bool(named) or self.stories(paragraph) > 1

    def _is_titled(self, start: int) -> bool:
        """Say whether the line above is the title of a case."""
        return TITLED.search(self.text, max(0, start - TITLE_REACH), start) is not None


def _any(starts: list[int], span: Span) -> bool:
    """Say whether any word that starts at `starts` stands in a span."""
    index = bisect_left(starts, span.start)
    return index < len(starts) and starts[index] < span.end


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the words of a story and those of a tally that decide alone."""
    words: dict[str, list[str]] = {"narrative": [], "tally": []}
    for row in rows("cues.tsv"):
        if row["kind"] in words and row["effect"] == "strong":
            words[row["kind"]].append(row["cue"])
    story, tally = (
        re.compile("|".join(map(_searched, sorted(words[kind], key=len, reverse=True))))
        for kind in ("narrative", "tally")
    )
    return story, tally


def _searched(cue: str) -> str:
    """Return the pattern of a cue: RE: marks one, all others are plain words."""
    pattern = cue.removeprefix("RE:")
    return searchable(pattern if pattern != cue else re.escape(cue))
