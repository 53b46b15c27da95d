"""Finds the words that say what a figure counts: the predicates and nouns of the lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import NamedTuple

from transforms.lexicon import codes, listed, predicates
from transforms.measures.units import fit
from transforms.model import Span
from transforms.patterns import searchable

Head = tuple[str, dict[str, tuple[str, ...]]]  # the trigger of two characters, the longer ones
# A taxonomy trigger has no priority of its own: the longer the word, the surer.
TAXONOMY_PRIORITY = {2: 5, 3: 6}
LONG_WORD = 8
SHOWN = 24  # characters of the objects of a row that its name holds
QUOTES = re.compile("[“”\"'‘’]")
# What may stand between a verb and its noun inside one trigger: 查处|形式主义官僚主义问题.
# 办结率 is no 办结, 巡察组 no 巡察, 联系点 no 联系: the word they close is a noun of its own.
WHOLE = frozenset("率组点员函书站室卡表")
# 实地走访, 严肃查处: what a verb means after a word of manner it means without it as well.
MANNER = re.compile(
    "(?:开展|进行|督导|督查|延伸|暗访|实地|集中|深入|严肃|从严|从快|及时|联合|现场|全面|逐一|重点|累计|"
    "已经?|共计?|先后|统一|主动|协助|"
    "依法|坚决|快速|随机|滚动|交叉|突击|持续|专项|综合|有效|成功|当场|限期|督促|推动)(?=..)"
)
NOUN_TAIL = re.compile(
    ".*(?:问题|线索|企业|资金|制度|人员|干部|单位|措施|诉求|困难|难题|案件|举报|纠纷|清单|事项|群众|意见|"
    "主体|商户|来电|违建|耕地|租金|合同|会|讲|短信|警示教育|监督检查|调研|建议|贴息|标的|材料|时限|项目|土地|书|损失|机制|组织|窗口|保证金|账款|培训|座谈会|资料|精神|保护伞)"
)


@dataclass(frozen=True)
class Sense:
    """One row of a lexicon: this word, beside such an object and such a unit, means this code."""

    word: str
    code: str
    units: frozenset[str]
    role: str  # act | noun | result | neg | verb | name
    priority: int
    object_re: str = ""

    @cached_property
    def key(self) -> str:
        """Name the row as a person would look it up."""
        things = self.object_re
        things = f"{things[:SHOWN]}…" if len(things) > SHOWN else things
        shown = f"{self.word}+{things}" if things else self.word
        return f"{shown}→{self.code or '?'}"

    @property
    def named(self) -> bool:
        """Say whether a noun tells what is counted, the row's own or its object."""
        return self.role == "noun" or bool(self.object_re)

    def apart(self, noun: str) -> bool:
        """Say whether its object is not in the noun that a list of names ends with."""
        return self.object is None or not self.object.search(noun)

    @cached_property
    def weight(self) -> float:
        """What the row counts for before anyone looks where it stands."""
        return self.priority * 2 + len(self.word) * 1.2

    @cached_property
    def object(self) -> re.Pattern[str] | None:
        """What must stand beside the word, compiled when first asked: most rows never are."""
        return re.compile(searchable(self.object_re)) if self.object_re else None


class Trigger:
    """A word of the lexicons with all it may mean: its own senses, then those of its beginnings."""

    def __init__(self, word: str, senses: tuple[Sense, ...]) -> None:
        self.word = word
        self.senses = senses  # longest word first
        self._fitting: dict[str | None, tuple[Fit, ...]] = {}

    @cached_property
    def act(self) -> bool:
        """Say whether it can be a deed and not just the name of a thing."""
        return any(sense.role != "noun" for sense in self.senses)

    @cached_property
    def deed(self) -> bool:
        """Say whether the whole word is a deed, or opens with one: 查处|形式主义问题."""
        longest = (sense for sense in self.senses if len(sense.word) >= len(self.word))
        opens = bool(self.senses) and self.verb != self.word
        return opens or any(one.role != "noun" for one in longest)

    @cached_property
    def done(self) -> frozenset[str]:
        """The codes that it means as a deed in one unit at least: 约谈 of people, and of firms."""
        return frozenset(sense.code for sense in self.senses if sense.role == "act")

    @cached_property
    def unknown(self) -> bool:
        """Say whether it is a deed that no row gives a code: 划分."""
        verbs = [sense.role == "verb" and not sense.code for sense in self.senses]
        return bool(verbs) and all(verbs)

    @cached_property
    def verb(self) -> str:
        """The deed within the word: 受理调处涉企案件 → 受理调处, 提醒谈话 → 提醒谈话."""
        return _verbs_split().get(self.word, self.word)

    @cached_property
    def things(self) -> tuple[str, re.Pattern[str]] | None:
        """What must stand beside it for any row that names an object; and their shortest word."""
        named = [sense for sense in self.senses if sense.object_re]
        if not named:
            return None
        objects = dict.fromkeys(searchable(sense.object_re) for sense in named)
        return min((sense.word for sense in named), key=len), re.compile("|".join(objects))

    def fitting(self, unit: str | None) -> tuple[Fit, ...]:
        """Return the senses that count in such a unit, each with how well it fits."""
        found = self._fitting.get(unit)
        if found is None:
            graded = ((sense, fit(unit, sense.units, named=sense.named)) for sense in self.senses)
            found = self._fitting[unit] = tuple(_fit(*one) for one in graded if one[1])
        return found


class Fit(NamedTuple):
    """A sense that counts in some unit, with what is asked of it at each figure."""

    sense: Sense
    grade: int
    weight: float
    noun: bool
    asks: bool  # for an object beside it
    size: int  # of its word


def _fit(sense: Sense, grade: int) -> Fit:
    noun, asks = sense.role == "noun", bool(sense.object_re)
    return Fit(sense, grade, sense.weight, noun, asks, len(sense.word))


class Hit(NamedTuple):
    """A trigger where the text holds it."""

    start: int
    end: int
    trigger: Trigger


def find_hits(text: str, spans: Iterable[Span]) -> tuple[Hit, ...]:
    """Return the triggers within `spans`, longest first, not overlapping; linear in length.

    Pass the stretches between figures: a trigger never holds a figure.
    """
    heads, begins, found = _heads(), _begins(), list[Hit]()
    for span in spans:
        end, stop = span.start, span.end
        for begin in begins.finditer(text, end, stop):
            start = begin.start()
            head = heads.get(text[start : start + 2]) if start >= end else None
            if head is None:
                continue
            short, longer = head
            longest = longer.get(text[start + 2 : start + 3])
            word = _longest(text, start, stop, longest) or short if longest else short
            if word:
                end = start + len(word)
                if text.startswith("费", end) and not text.startswith("费用", end):
                    continue  # 安装|费, 维修|费: the name of a sum, and no deed
                found.append(Hit(start, end, _trigger(word)))
    return tuple(found)


def _longest(text: str, start: int, stop: int, words: tuple[str, ...]) -> str:
    """Return the first of some triggers that stands there, "" where none does."""
    for word in words:
        if text.startswith(word, start, stop):
            return word
    return ""


@cache
def senses_by_word() -> dict[str, tuple[Sense, ...]]:
    """Read every trigger of predicates.tsv and taxonomy.tsv with the rows that hold it."""
    words: dict[str, list[Sense]] = {}
    for sense in (*_predicate_senses(), *_taxonomy_senses()):
        for form in _forms(sense.word):
            words.setdefault(form, []).append(sense)
    return {word: tuple(senses) for word, senses in words.items()}


@cache
def _trigger(word: str) -> Trigger:
    """Gather what a word may mean: every trigger it begins with stands where it does."""
    senses: tuple[Sense, ...] = ()
    for size in range(len(word), 1, -1):
        known = senses_by_word().get(word[:size], ())
        if any(sense.role == "name" for sense in known):
            break  # 处分|期满, 支付|保证金: the whole is a name, and no deed
        senses += known
        if known and word[size - 1] in WHOLE and not word.endswith("人员", 0, size):
            break
    return Trigger(word, senses + _without_manner(word, senses))


def _without_manner(word: str, senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """Return what the verb means that follows a word of manner: 实地|走访.

    With an object, always; without one, in the units that the whole word is not counted in.
    """
    manner = MANNER.match(word)
    plain = senses_by_word().get(word[manner.end() :], ()) if manner else ()
    told = frozenset[str]().union(*(sense.units for sense in senses if not sense.object_re))
    other = (
        (sense, sense.units if sense.object_re else sense.units - told)
        for sense in plain
        if sense.object_re or sense.role == "act"
    )
    return tuple(replace(sense, units=units) for sense, units in other if units or sense.object_re)


@cache
def _heads() -> dict[str, Head]:
    """Bucket the triggers by their first two characters, then by the third, the longest first."""
    short: dict[str, str] = {}
    longer: dict[str, dict[str, list[str]]] = {}
    for word in sorted(senses_by_word(), key=len, reverse=True):
        thirds = longer.setdefault(word[:2], {})
        if word[2:]:
            thirds.setdefault(word[2], []).append(word)
        else:
            short[word] = word
    return {
        head: (short.get(head, ""), {third: tuple(words) for third, words in thirds.items()})
        for head, thirds in longer.items()
    }


@cache
def _begins() -> re.Pattern[str]:
    """Match where a trigger may begin: two characters of which many are ruled out at once."""
    first, second = ("".join(sorted({word[at] for word in senses_by_word()})) for at in (0, 1))
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")


def _predicate_senses() -> Iterable[Sense]:
    for row in predicates():
        if row["role"] in {"agg", "rel", "modal"} or len(row["predicate"]) < 2:  # noqa: PLR2004
            continue
        units = frozenset(listed(row["units"]))
        priority = int(row["priority"] or 0)
        yield Sense(row["predicate"], row["code"], units, row["role"], priority, row["object_re"])


def _taxonomy_senses() -> Iterable[Sense]:
    for code, row in codes("category").items():
        units = frozenset(listed(row["units"]))
        for word in listed(row["triggers"]):
            if len(word) > 1:
                priority = TAXONOMY_PRIORITY.get(len(word), LONG_WORD)
                yield Sense(word, code, units, "noun", priority)


def _forms(word: str) -> set[str]:
    """Return the forms in which a trigger is printed: without quotes, with one, without 、."""
    if word.isalnum():
        return {word}
    forms = {word, QUOTES.sub("", word)}
    if "“" in word:
        forms.add(word.replace("“", ""))
    return forms | {form.replace("、", "") for form in forms}


@cache
def _verbs_split() -> dict[str, str]:
    """Split each trigger that is a chain of known verbs and a noun, once, when first asked."""
    verbs = {row["predicate"] for row in predicates() if row["role"] in {"act", "verb"}}
    split = {}
    for word in senses_by_word():
        end = 0
        while longest := max(
            (size for size in range(2, len(word) - end) if word[end : end + size] in verbs),
            default=0,
        ):
            end += longest
        if 0 < end < len(word) and NOUN_TAIL.fullmatch(word[end:]):
            split[word] = word[:end]
    return split
