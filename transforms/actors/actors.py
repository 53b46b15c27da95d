"""Tells whose doing a figure counts, who reports it, to whom it was done, and for which region.

The subject of the clause nearest before the predicate acts; a clause without one goes on with the
subject before it, a paragraph without one with the publisher's organ named last, else with the
publisher. 督促财政局拨付 makes 财政局 the actor and the subject the reporter; 问责 stays with the
subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms import regions
from transforms.actors.acting import words
from transforms.actors.stances import Stance, Subject
from transforms.actors.subjects import CASE_PERSON, SubjectReader
from transforms.document import Document
from transforms.making import quick
from transforms.mentions.bodies import body_of
from transforms.mentions.homes import Home, find_home
from transforms.model import Mention, Span

ALL_LEVELS = "all_levels"
TARGET_GIVEN = frozenset("向给对把将")
TARGET_AFTER = re.compile(
    "约谈|谈话|走访|慰问|帮扶|问责|通报|处分|巡察|巡视|诫勉|函询|警示|曝光|批评"
)
TARGET_ENDS = re.compile('[\\s“”"]*(?:等)?[共达了约近超逾仅]*$')
KINDS = re.compile("(?:类|等?问题|案件?|行为)[共计]?$")
SENT = re.compile("的?(?:共|先后)?(?:派出|派驻|组建|成立|设立)了?的?")
DIGIT = re.compile("[0-9]")
TARGET_REACH = 120  # characters before a figure in which its target may be named
CASE_REACH = 200  # characters before a figure in which 黄某 may have been named


@quick
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


class ActorReader:
    """The actors of one document; its clauses are walked when a figure is first asked for."""

    def __init__(
        self, document: Document, mentions: tuple[Mention, ...], until: int | None = None
    ) -> None:
        self.document = document
        self.text = document.text
        self.home: Home = find_home(document)
        self.subjects = SubjectReader(document, mentions, self.home, until)

    def at(self, figure: Span, predicate: Span | None) -> Actors:
        """Return the actors of the figure at that span, told by the predicate at that span."""
        clause = self.subjects.clause_at(figure.start)
        anchor = self._anchor(clause, figure, predicate)
        stance = self.subjects.stance_at(anchor)
        if stance.actor and stance.actor.span.holds(figure):
            stance = self.subjects.sender(stance)  # 8个督查组: whose they are
        verb = predicate.of(self.text) if predicate else ""
        actor = self._actor(stance, clause, anchor, figure.start, verb)
        if (actor and actor.kind == "person") or self._is_persons(verb, predicate, figure):
            return self._persons(actor, anchor)
        target = self._target(clause, figure, predicate)
        if actor is None:
            code, scope = self.home.code, "self"
            return Actors(self.home.organ, self.home.organ, None, None, target, code, scope)
        region, scope = self._region(actor, stance)
        reporter = self._reporter(actor, stance)
        span = self._sender(actor, figure)
        name, organ = span.of(self.text), self._organ(actor, verb)
        return Actors(name, organ, span, reporter, target, region, scope)

    def _sender(self, actor: Subject, figure: Span) -> Span:
        """Name the committee alone where its round sends: 市委|第四轮巡察派出的6个巡察组."""
        sent = SENT.match(self.text, actor.span.end, figure.start)
        sends = sent is not None and sent.end() == figure.start and actor.mention is not None
        return actor.mention.span if sends and actor.mention else actor.span

    def goes_on(self, frame: int, figure: int) -> bool:
        """Say whether a figure is still told of the organ of whom a time that ends at `frame` is.

        今年以来，某市纪委监委…, and a paragraph on 某县纪委监委…: what that county did has no time.
        """
        first, now = (self.subjects.stance_at(at).base for at in (frame + 1, figure))
        told, tells = first and first.mention, now and now.mention
        if not (told and tells) or None in {told.code, tells.code}:
            return True
        return told.code == tells.code and body_of(told.name) == body_of(tells.name)

    def _is_persons(self, verb: str, predicate: Span | None, figure: Span) -> bool:
        """Say whether persons did it themselves; 虚报类8起 counts what others found."""
        if predicate is None or not _is_one_of(verb, "person"):
            return False
        return not KINDS.search(self.text, predicate.end, max(predicate.end, figure.start))

    def _anchor(self, clause: Span, figure: Span, predicate: Span | None) -> int:
        """Look from the predicate within the figure's clause, else from the figure itself."""
        inside = predicate and clause.start <= predicate.start < figure.start
        return predicate.start if predicate and inside else figure.start

    def _actor(
        self, stance: Stance, clause: Span, anchor: int, figure: int, verb: str
    ) -> Subject | None:
        """Choose between the name in a list, the clause's subject and the sentence's."""
        actor, base = stance.actor, stance.base
        listed = self.subjects.named.listed(clause, anchor, figure)
        if listed and not (actor and actor.span.holds(listed.span)):
            return listed
        if actor and (one := self.subjects.named.respective(actor, clause, figure)):
            return one
        carried = actor and stance.start < clause.start and not actor.disciplines
        own = "sanction" if actor is base else "discipline"  # 市教育局…，查处机构103家
        if carried and _is_one_of(verb, own):
            alone = actor if self.home.organ is None else None  # no other organ is known
            return base if base and base.disciplines else alone
        return actor

    def _persons(self, actor: Subject | None, anchor: int) -> Actors:
        """Read the deeds of a case's person: 黄某 as printed, a full name not at all."""
        start = max(self.document.paragraph_at(anchor).start, anchor - CASE_REACH)
        people = list(CASE_PERSON.finditer(self.text, start, anchor))
        span = Span(*people[-1].span()) if people else None
        name = span.of(self.text) if span else None
        code = actor.mention.code if actor and actor.mention else None
        return Actors(name, None, span, None, None, code or self.home.code, "self")

    def _target(self, clause: Span, figure: Span, predicate: Span | None) -> str | None:
        """Return to whom it was done: 向X反馈, 对X开展, 约谈X 18人."""
        near = max(clause.start, figure.start - TARGET_REACH)
        for mention in self.subjects.named.within(near, figure.start):
            start = mention.span.start
            given = start > clause.start and self.text[start - 1] in TARGET_GIVEN
            if given and mention.scope != ALL_LEVELS:
                return mention.span.of(self.text)
        if not predicate or not near <= predicate.start < predicate.end <= figure.start:
            return None
        between = self.text[predicate.end : figure.start]
        if not TARGET_AFTER.search(predicate.of(self.text)) or DIGIT.search(between):
            return None
        return TARGET_ENDS.sub("", between).strip('“”"： :') or None

    def _reporter(self, actor: Subject, stance: Stance) -> str | None:
        """Return the organ that urged the actor: the sentence's subject, else the publisher."""
        if actor is not stance.actor or actor is stance.base:
            return None
        base = stance.base
        return self._organ(base, "") if base and base.disciplines else self.home.organ

    def _organ(self, subject: Subject, verb: str) -> str | None:
        """Name the organ behind a subject; a region's discipline work is its discipline organs'."""
        mention = subject.mention
        if mention is None:
            return self.home.organ if subject.kind == "team" else None
        if subject.kind == "region" and _is_discipline_work(verb):
            return f"{mention.name}纪检监察机关"
        return mention.name

    def _region(self, actor: Subject, stance: Stance) -> tuple[str | None, str]:
        mention = actor.mention
        if mention is None:
            base = stance.base.mention if stance.base else None
            return stance.place or (base.code if base else None) or self.home.code, "self"
        if mention.code is None:
            return self.home.code, mention.scope
        own = regions.level_of(mention.code) == "lv_county" or "本级" in actor.span.of(self.text)
        wide = actor.kind == "region" and not own
        return mention.code, ALL_LEVELS if wide else mention.scope


def _is_discipline_work(verb: str) -> bool:
    return _is_one_of(verb, "discipline") or not _is_one_of(verb, "civil")


@lru_cache(maxsize=4096)
def _is_one_of(verb: str, kind: str) -> bool:
    return any(word in verb for word in words(kind))
