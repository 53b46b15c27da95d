"""Finds the words that say what a figure counts: the predicates and nouns of the lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from transforms.lexicon import codes, listed, rows
from transforms.model import Span

Bucket = tuple[tuple[str, tuple["Sense", ...]], ...]  # triggers and their senses
# A taxonomy trigger has no priority of its own: the longer the word, the surer.
TAXONOMY_PRIORITY = {2: 5, 3: 6}
LONG_WORD = 8
QUOTES = re.compile("[“”\"'‘’]")
# What may stand between a verb and its noun inside one trigger: 查处|形式主义官僚主义问题.
NOUN_TAIL = re.compile(
    ".*(?:问题|线索|企业|资金|制度|人员|干部|单位|措施|诉求|困难|难题|案件|举报|纠纷|清单|事项|群众|意见|"
    "主体|商户|来电|违建|耕地|租金|合同|会|讲|短信|警示教育|监督检查|调研|建议|贴息|标的|材料|时限|项目|土地|书|损失|机制|组织|窗口|保证金|账款|培训|座谈会|资料|精神|保护伞)"
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One row of a lexicon: this word, beside such an object and such a unit, means this code."""

    word: str
    code: str
    units: frozenset[str]
    role: str  # act | noun | result | neg | verb
    priority: int
    object_re: re.Pattern[str] | None = None

    @property
    def key(self) -> str:
        """Name the row as a person would look it up."""
        shown = f"{self.word}+{self.object_re.pattern}" if self.object_re else self.word
        return f"{shown}→{self.code or '?'}"


@dataclass(frozen=True)
class Hit:
    """A trigger where the text holds it, with what it may mean, longest word first."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    @cached_property
    def act(self) -> bool:
        """Say whether it can be a deed and not just the name of a thing."""
        return any(sense.role != "noun" for sense in self.senses)


def find_hits(text: str, spans: Iterable[Span]) -> tuple[Hit, ...]:
    """Return the triggers within `spans`, longest first, not overlapping; linear in length.

    Pass the stretches between figures: a trigger never holds a figure.
    """
    heads, found = _heads(), []
    for span in spans:
        end = span.start
        for begin in _begins().finditer(text, span.start, span.end):
            position = begin.start()
            words = heads.get(text[position : position + 2]) if position >= end else None
            hit = _hit_at(text, position, span.end, words) if words else None
            if hit:
                found.append(hit)
                end = hit.end
    return tuple(found)


def verb_of(word: str) -> str:
    """Return the deed within a trigger: 受理调处涉企案件 → 受理调处, 提醒谈话 → 提醒谈话."""
    return _verbs_split().get(word, word)


@cache
def senses_by_word() -> dict[str, tuple[Sense, ...]]:
    """Read every trigger of predicates.tsv and taxonomy.tsv with the rows that hold it."""
    words: dict[str, list[Sense]] = {}
    for sense in (*_predicate_senses(), *_taxonomy_senses()):
        for form in _forms(sense.word):
            words.setdefault(form, []).append(sense)
    return {word: tuple(senses) for word, senses in words.items()}


def _hit_at(text: str, position: int, stop: int, words: Bucket) -> Hit | None:
    senses: tuple[Sense, ...] = ()
    end = position
    for word, known in words:
        if text.startswith(word, position, stop):
            end = end if senses else position + len(word)
            senses += known
            if word.endswith("率"):  # 办结率 is no 办结
                break
    return Hit(position, end, senses) if senses else None


@cache
def _heads() -> dict[str, Bucket]:
    """Bucket the triggers by their first two characters, the longest first, with their senses."""
    heads: dict[str, list[tuple[str, tuple[Sense, ...]]]] = {}
    for word, senses in sorted(senses_by_word().items(), key=_length, reverse=True):
        heads.setdefault(word[:2], []).append((word, senses))
    return {head: tuple(words) for head, words in heads.items()}


def _length(row: tuple[str, tuple[Sense, ...]]) -> int:
    return len(row[0])


@cache
def _begins() -> re.Pattern[str]:
    """Match where a trigger may begin: two characters of which many are ruled out at once."""
    first, second = ("".join(sorted({head[at] for head in _heads()})) for at in (0, 1))
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")


def _predicate_senses() -> Iterable[Sense]:
    for row in rows("predicates.tsv"):
        if row["role"] in {"agg", "rel", "modal"} or len(row["predicate"]) < 2:  # noqa: PLR2004
            continue
        pattern = re.compile(row["object_re"]) if row["object_re"] else None
        units = frozenset(listed(row["units"]))
        yield Sense(
            row["predicate"], row["code"], units, row["role"], int(row["priority"] or 0), pattern
        )


def _taxonomy_senses() -> Iterable[Sense]:
    for code, row in codes("category").items():
        units = frozenset(listed(row["units"]))
        for word in listed(row["triggers"]):
            if len(word) > 1:
                priority = TAXONOMY_PRIORITY.get(len(word), LONG_WORD)
                yield Sense(word, code, units, "noun", priority)


def _forms(word: str) -> set[str]:
    """Return the forms in which a trigger is printed: without quotes, with one, without 、."""
    forms = {word, QUOTES.sub("", word)}
    if "“" in word:
        forms.add(word.replace("“", ""))
    return forms | {form.replace("、", "") for form in forms}


@cache
def _verbs_split() -> dict[str, str]:
    """Split each trigger that is a chain of known verbs and a noun, once, when first asked."""
    verbs = {row["predicate"] for row in rows("predicates.tsv") if row["role"] in {"act", "verb"}}
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
