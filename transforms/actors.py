"""Tells whose doing a figure counts, who reports it, to whom it was done, and for which region.

The subject of the clause nearest before the predicate acts; a clause without one goes on with the
subject before it, a sentence without one with the last sentence's, a paragraph with the publisher.
督促财政局拨付 makes 财政局 the actor and the subject the reporter; 问责 stays with the subject.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from transforms import lexicon, regions
from transforms.document import Document
from transforms.homes import Home, find_home
from transforms.model import Mention, Span

CLAUSE = re.compile("[^，,；;：:。！？!?\n]+")
SENTENCE_END = re.compile("[。！？!?\n]")
NUMBER = "0-9〇零一二三四五六七八九十两几"
TIME = f'(?:[{NUMBER}]{{1,4}}(?:年度?|月份?|日|号|时|季度|月底|年底|月初|个月|周年|届)?|第|至|到|—|-|~|、|底|初|末|[“”‘’"（(《》）) ])'
JOIN = re.compile("[、和与及以]|以及|等")
ROUND = re.compile(
    f"(?:[{NUMBER}]{{1,3}}届)?(?:第[{NUMBER}]{{1,3}}|首|本|[{NUMBER}])?轮?(?:常规|专项|提级|交叉)?(?:巡察|巡视)组?(?!整改|反馈|办|工作领导|利剑)"
)
CASE_PERSON = re.compile("[\u4e00-\u9fff]{1,2}某{1,2}(?:某|[甲乙丙丁])?")
TARGET_GIVEN = re.compile("(?:向|给|对|把|将)$")
TARGET_AFTER = re.compile(
    "(?:约谈|谈话|走访|慰问|帮扶|问责|通报|处分|巡察|巡视|诫勉|函询|警示|曝光|批评)"
)
TARGET_ENDS = re.compile(r"[\s“”\"]*(?:等)?[共达了约近超逾仅]*$")
FIGURE_BETWEEN = re.compile("[0-9]")
_FORMER = re.compile("原|时任")
ALL_LEVELS = "all_levels"
LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Actors:
    """Who stands behind a figure; the names as printed, save `actor_organ` and `reporter`."""

    actor: str | None  # whose doing is counted
    actor_organ: str | None  # canonical name of the organ behind the actor
    actor_span: Span | None  # where the actor is printed; None where it is the publisher
    reporter: str | None  # canonical name of the organ that urges or tells it
    target: str | None  # to whom it was done
    region: str | None  # GB/T 2260 of the actor, else of the publisher
    region_scope: str  # self | all_levels


NOBODY = Actors(None, None, None, None, None, None, "self")


@dataclass(frozen=True, slots=True)
class Subject:
    """A phrase that can act, with the organ or region it belongs to."""

    span: Span
    mention: Mention | None
    kind: str  # organ | region | group | team

    @property
    def disciplines(self) -> bool:
        """Say whether discipline work can be its own: a discipline organ, a committee, a region."""
        if self.kind == "region" or self.mention is None:
            return self.kind in {"region", "team"}
        kind = self.mention.org_kind or ""
        return self.kind != "group" and (kind.startswith("organ_") or kind == "party_committee")


@dataclass(frozen=True, slots=True)
class Stance:
    """From `start` on, this subject acts; `base` is the sentence's own subject, which may urge it."""

    start: int
    clause: Span
    actor: Subject | None
    base: Subject | None
    fresh: bool  # the clause names its own subject


class ActorReader:
    """The actors of one document; a paragraph is read when a figure in it is first asked for."""

    def __init__(self, document: Document, mentions: tuple[Mention, ...]) -> None:
        self.document = document
        self.text = document.text
        self.home: Home = find_home(document)
        self.mentions = _outermost(mentions)
        self._starts = [mention.span.start for mention in self.mentions]
        self._paragraphs: dict[int, list[Stance]] = {}

    def at(self, figure: Span, predicate: Span | None) -> Actors:
        """Return the actors of the figure at that span with the predicate at that span, if known."""
        anchor = self._anchor(figure, predicate)
        stance = self._stance(anchor)
        verb = predicate.of(self.text) if predicate else ""
        actor, base = (stance.actor, stance.base) if stance else (None, None)
        if stance and actor and not stance.fresh and _is_discipline(verb) and not actor.disciplines:
            actor = base if base and base.disciplines else None
        if (actor and actor.kind == "person") or _is_persons(verb):
            return self._persons(actor, anchor)
        target = self._target(stance, figure, predicate)
        return self._named(actor, base, verb, target)

    def _anchor(self, figure: Span, predicate: Span | None) -> int:
        if predicate and self.document.sentence_at(predicate.start).holds(predicate):
            same = self.document.sentence_at(figure.start) == self.document.sentence_at(
                predicate.start
            )
            return min(predicate.start, figure.start) if same else figure.start
        return figure.start

    def _stance(self, anchor: int) -> Stance | None:
        paragraph = self.document.paragraph_at(anchor)
        stances = self._paragraphs.get(paragraph.start)
        if stances is None:
            stances = self._paragraphs[paragraph.start] = list(self._read(paragraph))
        index = bisect_right(stances, anchor, key=lambda stance: stance.start) - 1
        return stances[index] if index >= 0 else None

    def _read(self, paragraph: Span) -> Iterator[Stance]:
        """Walk the clauses of a paragraph and yield who acts from where on."""
        base: Subject | None = None
        actor: Subject | None = None
        for match in CLAUSE.finditer(self.text, paragraph.start, paragraph.end):
            clause = Span(*match.span())
            if self.text[max(match.start() - 1, 0)] in "；;。！？!?\n":
                actor = base
            subject = self._subject(clause)
            if subject:
                base = actor = subject
            yield Stance(clause.start, clause, actor, base, fresh=subject is not None)
            for start, urged in self._urged(clause):
                actor = urged
                yield Stance(start, clause, urged, base, fresh=True)

    def _subject(self, clause: Span) -> Subject | None:
        """Return the phrase that opens the clause, after dates and connecting words."""
        first = self._mention_from(clause.start, clause.end)
        if first:
            before = self.text[clause.start : first.span.start]
            if _opens(before) or (first.kind == "organ" and before.endswith(_words("agent"))):
                return self._phrase(first, clause)
        return self._unnamed(clause)

    def _mention_from(self, start: int, end: int) -> Mention | None:
        index = bisect_right(self._starts, start - 1)
        found = self.mentions[index] if index < len(self.mentions) else None
        return found if found and found.span.start < end else None

    def _phrase(self, mention: Mention, clause: Span) -> Subject | None:
        """Take in what belongs to the name: its people, its round of inspection, its partners."""
        stop = mention.span.end
        while partner := self._partner(stop, clause.end):
            stop = partner.span.end
        span = Span(mention.span.start, stop)
        if around := ROUND.match(self.text, stop, clause.end):
            return Subject(Span(span.start, around.end()), mention, "organ")
        if group := _group().match(self.text, stop, clause.end):
            return Subject(Span(span.start, group.end()), mention, "group")
        if person := _titled().match(self.text, stop, clause.end):
            kind = "person" if _FORMER.search(person.group()) else "group"
            return Subject(Span(span.start, person.end()), mention, kind)
        if self.text.startswith("的", stop):
            return None
        return Subject(span, mention, mention.kind)

    def _partner(self, stop: int, end: int) -> Mention | None:
        """Return the organ joined to the subject by 、, 和, 会同 or 联合."""
        joined = _joint().match(self.text, stop, end)
        found = self._mention_from(joined.end(), end) if joined else None
        return found if joined and found and found.span.start == joined.end() else None

    def _unnamed(self, clause: Span) -> Subject | None:
        match = _collective().match(self.text, clause.start, clause.end)
        if not match:
            return None
        kind = "team" if match.lastgroup == "team" else "group"
        return Subject(Span(*match.span(match.lastgroup or 0)), None, kind)

    def _urged(self, clause: Span) -> Iterator[tuple[int, Subject]]:
        for match in _urge().finditer(self.text, clause.start, clause.end):
            found = self._mention_from(match.end(), clause.end)
            if found and found.span.start == match.end() and found.org_kind != "organ_discipline":
                subject = self._phrase(found, clause)
                if subject and subject.span.end < clause.end:
                    yield subject.span.end, subject
            elif unnamed := _unnamed_units().match(self.text, match.end(), clause.end):
                yield unnamed.end(), Subject(Span(*unnamed.span()), None, "group")

    def _persons(self, actor: Subject | None, anchor: int) -> Actors:
        """Read the deeds of a case's person: 黄某 as printed, a full name not at all."""
        start = max(self.document.sentence_at(anchor).start, anchor - LOOK_BACK)
        people = list(CASE_PERSON.finditer(self.text, start, anchor))
        span = Span(*people[-1].span()) if people else None
        mention = actor.mention if actor else None
        return replace(
            NOBODY,
            actor=span.of(self.text) if span else None,
            actor_span=span,
            region=mention.code if mention else self.home.code,
        )

    def _target(self, stance: Stance | None, figure: Span, predicate: Span | None) -> str | None:
        """Return to whom it was done: 向X反馈, 对X开展, 约谈X 18人."""
        if not stance:
            return None
        given = self._given_target(stance.clause, figure)
        if given or not predicate or predicate.end > figure.start:
            return given
        between = self.text[predicate.end : figure.start]
        if not TARGET_AFTER.search(predicate.of(self.text)) or FIGURE_BETWEEN.search(between):
            return None
        named = between[: TARGET_ENDS.search(between).start()]  # type: ignore[union-attr]
        return named.strip('“”"： :') or None

    def _given_target(self, clause: Span, figure: Span) -> str | None:
        index = bisect_right(self._starts, clause.start - 1)
        for mention in self.mentions[index:]:
            if mention.span.start >= figure.start:
                break
            if TARGET_GIVEN.search(
                self.text, max(clause.start, mention.span.start - 1), mention.span.start
            ):
                return mention.span.of(self.text)
        return None

    def _named(
        self, actor: Subject | None, base: Subject | None, verb: str, target: str | None
    ) -> Actors:
        organ = self._organ(actor, verb)
        reporter = None
        if actor is not base and actor is not None:
            reporter = self._organ(base, "") if base and base.disciplines else self.home.organ
        if actor is None:
            return Actors(
                self.home.organ, self.home.organ, None, None, target, self.home.code, "self"
            )
        region, scope = self._region(actor, base)
        return Actors(actor.span.of(self.text), organ, actor.span, reporter, target, region, scope)

    def _organ(self, subject: Subject | None, verb: str) -> str | None:
        if subject is None:
            return self.home.organ
        mention = subject.mention
        if mention is None:
            return self.home.organ if subject.kind == "team" else None
        if mention.kind == "region" and subject.kind == "region":
            disciplines = not verb or _is_discipline(verb)
            return f"{mention.name}纪检监察机关" if disciplines else mention.name
        return mention.name

    def _region(self, actor: Subject, base: Subject | None) -> tuple[str | None, str]:
        mention = actor.mention or (base.mention if base else None)
        if mention is None or mention.code is None:
            scope = mention.scope if mention else "self"
            return self.home.code, scope
        scope = mention.scope
        wide = actor.kind == "region" and regions.level_of(mention.code) != "lv_county"
        return mention.code, ALL_LEVELS if wide else scope


def _outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Drop the mentions that lie within another; 广东省 and 韶关市 side by side are one place."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if before and mention.span.end <= before.span.end:
            continue
        if before and before.kind == "region" and before.span.end == mention.span.start:
            kept.pop()
            mention = replace(mention, span=Span(before.span.start, mention.span.end))
        kept.append(mention)
    return kept


def _opens(before: str) -> bool:
    """Say whether these words may stand between a clause's start and its subject."""
    if not before or _opening().fullmatch(before):
        return True
    return before.endswith(_words("adverbial"))


def _is_persons(verb: str) -> bool:
    return any(word in verb for word in _words("person"))


def _is_discipline(verb: str) -> bool:
    return any(word in verb for word in _words("discipline"))


@cache
def _words(kind: str) -> tuple[str, ...]:
    found = (
        word
        for row in lexicon.rows("actor_cues.tsv")
        if row["kind"] == kind
        for word in lexicon.listed(row["words"])
    )
    return tuple(sorted(found, key=len, reverse=True))


def _any(kind: str) -> str:
    return "|".join(map(re.escape, _words(kind)))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(f"(?:{_any('opening')}|{TIME}){{0,12}}")


@cache
def _group() -> re.Pattern[str]:
    return re.compile(f"(?:{_any('group_before')}){{0,4}}(?:{_any('group')})")


@cache
def _titled() -> re.Pattern[str]:
    """A post after an organ: its holder acts, or, with 原 or 时任, is the person of a case."""
    titles = _any("title")
    part = "党组|党委|党工委|党总支|党支部|政府|常务|机关|[\u4e00-\u9fff]{1,8}[局处室办科部司队]"
    former = f"[^，。；：、\n]{{0,24}}?(?:原|时任)[^，。；：、\n]{{0,8}}?(?:{titles})"
    return re.compile(f"(?:{part})?副?(?:{titles})|{former}")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(f"[、和与及]|以及|(?:{_any('co')})")


@cache
def _urge() -> re.Pattern[str]:
    return re.compile(f"(?:{_any('urge')})(?:辖区|有关|属地|所在|并)?")


@cache
def _collective() -> re.Pattern[str]:
    opening = f"(?:{_any('opening')}|{TIME}){{0,12}}?"
    return re.compile(f"{opening}(?:(?P<group>{_any('collective')})|(?P<team>{_any('team')}))")


@cache
def _unnamed_units() -> re.Pattern[str]:
    listing = "[\u4e00-\u9fff、]{1,24}?等(?:相关|有关|职能|多个)?(?:部门|单位)"
    return re.compile(f"{_any('collective')}|{listing}")
