"""Says what each figure means: what is counted, who did it, when, and how it adds up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from transforms.actors.actors import ActorReader
from transforms.document import Document
from transforms.lexicon import codes, listed
from transforms.measures.aggregation import (
    CHANGE,
    MOVED,
    RATIOS,
    SHARE,
    Manner,
    aggregation_of,
    manner_of,
    tells_plans,
)
from transforms.measures.categories import UNCATEGORISED, Choice, Chooser
from transforms.measures.clauses import Place, places
from transforms.measures.confidence import confidence_of
from transforms.measures.countable import corrects, counts, withdrawn
from transforms.measures.doubts import signs_of
from transforms.measures.evidence import Paragraph, paragraphs_of
from transforms.measures.forms import formed
from transforms.measures.narrative import case_code, case_codes, narratives
from transforms.measures.objects import object_of
from transforms.measures.problems import ancestors, problem_in, ranks_in
from transforms.measures.relations import link
from transforms.measures.scenery import is_rise, of_statistics, without_scenery
from transforms.measures.tables import tabled
from transforms.measures.triggers import find_hits
from transforms.measures.units import dimension_of
from transforms.measures.zips import zipped
from transforms.model import Figure, Measure, Programme, Span, changed
from transforms.periods.periods import PeriodReader

PROBLEM_ROOTS = frozenset(
    {
        "issue_investigated",
        "person_handled",
        "person_sanctioned",
        "case_filed",
        "clue_received",
        "clue_disposed",
        "clue_transferred",
        "typical_case_notified",
        "supervision_issue_found",
        "inspection_issue_found",
        "supervision_issue_rectified",
        "accountability_pursued",
    }
)
INSPECTED = "inspection_"
MORE_OR_LESS = "share_or_change"
OPEN_CODES = frozenset({UNCATEGORISED, MORE_OR_LESS})
FOLLOWING = frozenset({"person_handled", "person_sanctioned", "accountability_pursued"})
OF_CASES = frozenset({"起", "例", "批", "批次", "期", "次", "个", "件"})  # notified, in a story too
CASE_UNITS = frozenset({"起", "件", "个", "例"})
BESIDE = re.compile(r"[\s的正副现任原为是系属]{0,4}")
# …两类问题最多，分别为8642起和7488起: the problems stand a clause before.
SHARED_OUT = re.compile("[，,、和及与\\s]{0,2}(?:(?:分别|各|一?共)?(?:涉及)?[为是有达计]{0,2})")
LISTED_BEFORE = 60  # characters before 分别 that name what is shared out
NEARBY = 300  # characters back to the cases that a bare 查处 goes on telling
RANKED = frozenset({"person", "count", "person_time"})


@dataclass(frozen=True)
class Scene:
    """The readers of one document."""

    document: Document
    periods: PeriodReader
    actors: ActorReader
    told: frozenset[int]  # starts of the sentences that tell a single case
    programmes: Sequence[Programme]  # in reading order
    corrects: bool  # whether it may quote a figure as wrong
    plans: bool  # whether it may speak of a next step

    @cached_property
    def starts(self) -> list[int]:
        """Where the programmes are named."""
        return [one.span.start for one in self.programmes]


def find_measures(
    document: Document,
    figures: Sequence[Figure],
    periods: PeriodReader,
    actors: ActorReader,
    programmes: Sequence[Programme] = (),
) -> tuple[Measure, ...]:
    """Return one measure for every figure, in reading order; none is dropped."""
    if not figures:
        return ()
    found = places(document, tuple(figures))
    sentences = tuple(dict.fromkeys(place.whole for place in found))
    found = tabled(document.text, found)
    hits = find_hits(document.text, _stretches(sentences, found))
    found = zipped(document.text, hits, formed(document.text, found))
    scene = Scene(
        document,
        periods,
        actors,
        narratives(document, sentences),
        sorted(programmes, key=_start),
        corrects(document.text),
        tells_plans(document.text),
    )
    chooser = Chooser(document.text, hits, found, document.title)
    choices = [chooser.choose(place) for place in found]
    measures: list[Measure] = []
    for place, choice in zip(found, choices, strict=True):
        measures.append(_measure(scene, place, choice, measures))
    told = of_statistics(without_scenery(document, link(document.text, found, measures)))
    near = paragraphs_of(document, told)
    return tuple(map(partial(_graded, chooser), found, choices, told, near))


def _graded(
    chooser: Chooser, place: Place, choice: Choice, measure: Measure, paragraph: Paragraph
) -> Measure:
    """Say how sure a reading is, once all of it is known.

    比上年同期少21件: a rise or fall that no deed of its own names is no count of the deed.
    """
    if is_rise(measure):
        measure = changed(measure, category=MORE_OR_LESS)
    signs = signs_of(chooser.text, place, choice, measure, chooser.scale, paragraph)
    return changed(measure, confidence=confidence_of(signs), signs=signs)


def _stretches(sentences: Sequence[Span], found: Sequence[Place]) -> list[Span]:
    """Return the stretches between figures and the headings of tables, in reading order."""
    between, cells = list(_between(sentences, found)), list(_cells(found))
    return sorted({*between, *cells}) if cells else between


def _between(sentences: Sequence[Span], found: Sequence[Place]) -> Iterator[Span]:
    """Yield the stretches of the sentences that no figure covers."""
    figures = iter(found)
    figure = next(figures, None)
    for sentence in sentences:
        start = sentence.start
        while figure and figure.figure.span.start < sentence.end:
            yield Span(start, figure.figure.span.start)
            start = figure.figure.span.end
            figure = next(figures, None)
        yield Span(start, sentence.end)


def _cells(found: Sequence[Place]) -> Iterator[Span]:
    """Yield the headings of tables: they stand in lines without a figure."""
    yield from (place.left for place in found if place.row)


def _measure(scene: Scene, place: Place, choice: Choice, before: list[Measure]) -> Measure:
    text = scene.document.text
    manner, told = _told_how(scene, place, choice)
    period = scene.periods.period_at(
        place.figure.span.start, done=manner.modality not in {"planned", "required"}
    )
    actors = scene.actors.at(place.figure.span, choice.predicate_span)
    if choice.code.startswith(INSPECTED) and actors.actor_span is None:
        actors = changed(actors, actor=None, actor_organ=None)  # a committee's, not the publisher's
    thing = object_of(text, place, choice)
    problem, code = _problem_of(scene, place, choice, before, told=told)
    if code != choice.code:
        choice = changed(choice, code=code)
    aggregation = aggregation_of(text, place, choice, period, manner)
    figure = _with_unit(place.figure, code)
    wrong = scene.corrects and withdrawn(text, place)
    return Measure(
        figure=figure,
        sentence=place.sentence,
        category=code,
        period=period,
        problem=problem,
        rank=_rank(text, place) if place.figure.quantity.dimension in RANKED else None,
        predicate=choice.predicate,
        predicate_span=choice.predicate_span,
        object=thing.of(text) if thing else None,
        object_span=thing,
        actor=actors.actor,
        actor_organ=actors.actor_organ,
        actor_span=actors.actor_span,
        reporter=actors.reporter,
        target=actors.target,
        region=actors.region,
        region_scope=actors.region_scope,
        is_measure=not (told or wrong) and counts(text, place, choice, manner),
        aggregation=aggregation,
        modality=manner.modality,
        polarity=manner.polarity,
        programme=_programme(scene, place),
        rule=choice.rule,
        flags=(*figure.flags, "misprint") if wrong else figure.flags,
        candidates=choice.losers,
    )


def _told_how(scene: Scene, place: Place, choice: Choice) -> tuple[Manner, bool]:
    """Say how the figure is meant, and whether it tells a case, which has codes of its own."""
    start = place.figure.span.start
    told_from = scene.document.paragraph_at(start).start if scene.plans else start
    manner = manner_of(scene.document.text, place, choice, told_from)
    tells = choice.code == "typical_case_notified" and place.figure.quantity.unit in OF_CASES
    told = place.whole.start in scene.told and not tells
    if not told and choice.code not in case_codes():
        return manner, False
    return Manner("alleged", manner.polarity, manner.cue), True


def _problem_of(
    scene: Scene, place: Place, choice: Choice, before: list[Measure], *, told: bool
) -> tuple[str | None, str]:
    """Return the problem and what the category's code becomes beside it; a case has its own."""
    if told:
        return None, case_code(place.figure, choice.code)
    code = _as_ratio(scene.document.text, place, choice.code, before)
    return _problem(scene.document, place, code, before)


def _with_unit(figure: Figure, code: str) -> Figure:
    """谈话函询412: a bare number is counted in the usual unit of its category, and says so."""
    if figure.quantity.unit is not None:
        return figure
    usual = listed(codes("category").get(code, {}).get("units", ""))
    if not usual:
        return figure
    quantity = changed(figure.quantity, unit=usual[0], dimension=dimension_of(usual[0]))
    flags = tuple(dict.fromkeys((*figure.flags, "unit_inferred")))
    return changed(figure, quantity=quantity, flags=flags)


def _as_ratio(text: str, place: Place, code: str, told: list[Measure]) -> str:
    """Call a percentage or a 倍 that no trigger names a share or a change where words say so."""
    times = place.figure.quantity.unit == "倍"
    if code not in OPEN_CODES or not (times or place.figure.quantity.dimension in RATIOS):
        return code
    previous = told[-1] if told and told[-1].sentence == place.sentence else None
    if previous and previous.category not in OPEN_CODES and MOVED.match(text, place.left.start):
        return previous.category  # 满意度从82%提升至93%: one rate, two ends
    if code != UNCATEGORISED:
        return code
    before = text[max(place.clause.start, place.figure.span.start - 60) : place.figure.span.start]
    of_it = before.endswith("的") if times else text.startswith("的", place.right.start)
    share = SHARE.search(before) or of_it  # 是2013年的8.3倍, 3%的党员
    follows = previous is not None and previous.category == "share_or_change"
    if share or CHANGE.search(before) or follows:
        return "share_or_change"
    return code


def _rank(text: str, place: Place) -> str | None:
    """Return the rank named beside the figure: 省部级干部7人, 69名地厅级干部."""
    if place.row:
        named = ranks_in(text, place.row.start, place.row.end)
        return named[0][0] if named else None
    near = ranks_in(text, max(place.left.start, place.left.end - 30), place.left.end)
    if near and "、" not in text[near[-1][1].end : place.left.end]:
        return near[-1][0]
    after = ranks_in(text, place.right.start, min(place.right.end, place.right.start + 10))
    if after and BESIDE.fullmatch(text, place.right.start, after[0][1].start):
        return after[0][0]
    return None


def _problem(
    document: Document, place: Place, code: str, before: list[Measure]
) -> tuple[str | None, str]:
    """Find the problem in the figure's words, else in its sentence; people follow the cases."""
    text, chain = document.text, ancestors(code)
    if code == UNCATEGORISED and place.figure.quantity.unit in CASE_UNITS:
        return _case_of_problem(text, place)
    if not PROBLEM_ROOTS.intersection(chain):
        return None, code
    previous = before[-1] if before and before[-1].sentence == place.sentence else None
    if FOLLOWING.intersection(chain):
        named = place.row or place.left
        own = problem_in(text, named.start, named.end)
        if own is None and previous and previous.problem:
            return previous.problem, code
        return (own[0] if own else None), code
    named = place.row or place.left
    found = problem_in(text, named.start, named.end)
    if found is None and not place.zipped:
        found = problem_in(text, place.clause.start, place.left.end) or problem_in(
            text, place.right.start, place.clause.end
        )
        if found is None and "issue_investigated" in chain:
            found = problem_in(text, max(place.whole.start, place.left.end - 160), place.left.end)
    problem = found[0] if found else None
    if problem is None and code == "issue_investigated":
        problem = _problem_told(document, place, before)
    return problem, _of_problem(code, problem)


def _problem_told(document: Document, place: Place, before: list[Measure]) -> str | None:
    """Take the problem of a bare 查处 from the headline, or the cases told just before."""
    titled = problem_in(document.title, 0, len(document.title))
    if titled and "conduct" in ancestors(titled[0], "problem"):
        return "conduct"
    kinds: list[str] = []
    paragraph = document.paragraph_at(place.figure.span.start).start
    for measure in reversed(before[-12:]):
        chain = ancestors(measure.category)
        if place.figure.span.start - measure.figure.span.end > NEARBY:
            break
        if "issue_conduct_investigated" in chain or _of_conduct(measure.problem):
            here = measure.figure.span.start >= paragraph
            kinds.append((here and measure.problem) or "conduct")
        elif "issue_investigated" in chain:
            break
    if len(set(kinds)) == 1:  # one kind alone was told of: the count goes on with it
        return kinds[0]
    return "conduct" if kinds else None


def _of_conduct(problem: str | None) -> bool:
    return problem is not None and "conduct" in ancestors(problem, "problem")


def _case_of_problem(text: str, place: Place) -> tuple[str | None, str]:
    """Read 其中，违规吃喝问题12起 by its problem: the list needs no verb."""
    found = problem_in(text, place.left.start, place.left.end)
    if found is None and SHARED_OUT.fullmatch(text, place.left.start, place.left.end):
        start = max(place.whole.start, place.left.start - LISTED_BEFORE)
        found = problem_in(text, start, place.left.start)
    if found is None or "conduct" not in ancestors(found[0], "problem"):
        return None, UNCATEGORISED
    return found[0], _of_problem("issue_investigated", found[0])


def _of_problem(code: str, problem: str | None) -> str:
    """Turn the general code into that of its problem: 形式主义 → issue_formalism_investigated."""
    if code != "issue_investigated" or problem is None:
        return code
    for above in ancestors(problem, "problem"):
        note = codes("problem")[above].get("note", "")
        if note.startswith("→"):
            return note.removeprefix("→").split(";")[0]
    return code


def _programme(scene: Scene, place: Place) -> str | None:
    """Return the programme last named before a figure in its sentence."""
    starts, figure = scene.starts, place.figure.span.start
    index = bisect_left(starts, figure) - 1
    while index >= 0 and starts[index] >= place.whole.start:
        if scene.programmes[index].span.end <= figure:
            return scene.programmes[index].name
        index -= 1
    return None


def _start(programme: Programme) -> int:
    return programme.span.start
