"""Says what each figure means: what is counted, who did it, when, and how it adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.actors import ActorReader
from transforms.aggregation import (
    CHANGE,
    RATIOS,
    SHARE,
    Manner,
    aggregation_of,
    manner_of,
)
from transforms.categories import UNCATEGORISED, Choice, Chooser
from transforms.clauses import Place, places
from transforms.confidence import confidence_of
from transforms.document import Document
from transforms.lexicon import codes, listed
from transforms.model import Figure, Measure, Programme, Span
from transforms.narrative import case_code, case_codes, narratives
from transforms.objects import object_of
from transforms.periods import PeriodReader
from transforms.problems import ancestors, problem_in, ranks_in
from transforms.relations import link
from transforms.triggers import find_hits
from transforms.units import dimension_of
from transforms.zips import zipped

# Spans of time, ages, list sizes and ordinals are kept, and stay out of every total.
NOT_COUNTED = frozenset({"duration", "workday", "age", "kind", "ordinal", "level", None})
COUNTED_TIMES = frozenset({"rectify_duration", "approval_time", "approval_time_cut"})
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
FOLLOWING = frozenset({"person_handled", "person_sanctioned", "accountability_pursued"})
CASE_UNITS = frozenset({"起", "件", "个", "例"})
BESIDE = re.compile(r"[\s的正副现任原]{0,4}")
CLOSING = tuple("”’》)）") + ("办理", "告知", "制度", "方面", "环节", "领域", "工程", "行动")
NEARBY = 300  # characters back to the cases that a bare 查处 goes on telling
RANKED = frozenset({"person", "count", "person_time"})


@dataclass(frozen=True)
class Scene:
    """The readers of one document."""

    document: Document
    periods: PeriodReader
    actors: ActorReader
    told: frozenset[int]  # starts of the sentences that tell a single case


def find_measures(
    document: Document,
    figures: Sequence[Figure],
    periods: PeriodReader,
    actors: ActorReader,
    programmes: Sequence[Programme] = (),
) -> tuple[Measure, ...]:
    """Return one measure for every figure, in reading order; none is dropped."""
    found = places(document, tuple(figures))
    sentences = tuple(dict.fromkeys(place.whole for place in found))
    hits = find_hits(document.text, _between(sentences, found))
    found = zipped(document.text, hits, found)
    scene = Scene(document, periods, actors, narratives(document, sentences))
    chooser = Chooser(document.text, hits, found, document.title)
    measures: list[Measure] = []
    for place in found:
        measures.append(_measure(scene, place, chooser.choose(place), measures))
    linked = link(document.text, found, measures)
    return tuple(
        _with_programme(measure, place, programmes)
        for measure, place in zip(linked, found, strict=True)
    )


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


def _measure(scene: Scene, place: Place, choice: Choice, before: list[Measure]) -> Measure:
    text = scene.document.text
    paragraph = scene.document.paragraph_at(place.figure.span.start).start
    manner = manner_of(text, place, choice, paragraph)
    told = place.whole.start in scene.told or choice.code in case_codes()
    if told:
        manner = Manner("alleged", manner.polarity, manner.cue)
        choice = replace(choice, code=case_code(place.figure, choice.code))
    start = place.figure.span.start
    period = scene.periods.period_at(start, done=manner.modality not in {"planned", "required"})
    actors = scene.actors.at(place.figure.span, choice.predicate_span)
    thing = object_of(text, place, choice)
    ranks = _rank(text, place) if place.figure.quantity.dimension in RANKED else None
    previous = before[-1] if before and before[-1].sentence == place.sentence else None
    choice = _as_ratio(text, place, choice, previous)
    problem, code = (None, choice.code) if told else _problem(scene.document, place, choice, before)
    choice = replace(choice, code=code)
    figure = _with_unit(place.figure, code)
    measure = Measure(
        figure=figure,
        sentence=place.sentence,
        category=code,
        period=period,
        problem=problem,
        rank=ranks,
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
        is_measure=not told and _counts(text, place, choice, manner),
        aggregation=aggregation_of(text, place, choice, period, manner),
        modality=manner.modality,
        polarity=manner.polarity,
        rule=choice.rule,
        flags=figure.flags,
        candidates=choice.losers,
    )
    return replace(measure, confidence=confidence_of(measure, choice))


def _with_unit(figure: Figure, code: str) -> Figure:
    """谈话函询412: a bare number is counted in the usual unit of its category, and says so."""
    usual = listed(codes("category").get(code, {}).get("units", ""))
    if figure.quantity.unit is not None or not usual:
        return figure
    quantity = replace(figure.quantity, unit=usual[0], dimension=dimension_of(usual[0]))
    flags = tuple(dict.fromkeys((*figure.flags, "unit_inferred")))
    return replace(figure, quantity=quantity, flags=flags)


def _as_ratio(text: str, place: Place, choice: Choice, previous: Measure | None) -> Choice:
    """Call a percentage that no trigger names a share or a change where the words say so."""
    if choice.code != UNCATEGORISED or place.figure.quantity.dimension not in RATIOS:
        return choice
    before = text[max(place.clause.start, place.figure.span.start - 60) : place.figure.span.start]
    share = SHARE.search(before) or text.startswith("的", place.right.start)
    follows = previous is not None and previous.category == "share_or_change"
    if share or CHANGE.search(before) or follows:
        return replace(choice, code="share_or_change")
    return choice


def _counts(text: str, place: Place, choice: Choice, manner: Manner) -> bool:
    """Say whether the figure is a statistic that one would load into a table."""
    dimension = place.figure.quantity.dimension
    if manner.modality in {"required", "hypothetical"}:
        return False
    if choice.code == UNCATEGORISED and (_spoken(text, place) or _sized(text, place)):
        return False
    if place.figure.number.of(text) == "一" and not _governed(place, choice):
        return False
    if dimension in NOT_COUNTED:
        return choice.code in COUNTED_TIMES or (
            choice.code != UNCATEGORISED and dimension in {"kind", None}
        )
    return True


def _governed(place: Place, choice: Choice) -> bool:
    """问责一人 counts; 一名街道干部, 一家企业 only introduces somebody."""
    best = choice.best
    return best is not None and best.side == "left" and best.gap <= 1


def _sized(text: str, place: Place) -> bool:
    """Say whether the number only sizes a list just given: 甲、乙、丙三个镇分别…, 等9个领域."""
    before = text[max(place.clause.start, place.figure.span.start - 30) : place.figure.span.start]
    listed_before = before.count("、")
    value = place.figure.quantity.value
    if listed_before and value == listed_before + 1 and before.endswith(CLOSING):
        return True
    return before.endswith("等") or (listed_before > 0 and "分别" in place.right.of(text))


def _spoken(text: str, place: Place) -> bool:
    """In quoted speech a bare number is a manner of speaking: 办事只跑一趟."""
    low = max(text.rfind("\n", 0, place.whole.start) + 1, place.figure.span.start - 200)
    opened = text.rfind("“", low, place.figure.span.start)
    closed = text.find("”", place.figure.span.end, place.figure.span.end + 80)
    ends = text[closed - 1 : closed] in {"。", "，", "！", "？", "…"} if closed > 0 else False
    return ends and text.rfind("”", low, place.figure.span.start) <= opened


def _rank(text: str, place: Place) -> str | None:
    """Return the rank named beside the figure: 省部级干部7人, 69名地厅级干部."""
    near = ranks_in(text, max(place.left.start, place.left.end - 30), place.left.end)
    if near and "、" not in text[near[-1][1].end : place.left.end]:
        return near[-1][0]
    after = ranks_in(text, place.right.start, min(place.right.end, place.right.start + 10))
    if after and BESIDE.fullmatch(text, place.right.start, after[0][1].start):
        return after[0][0]
    return None


def _problem(
    document: Document, place: Place, choice: Choice, before: list[Measure]
) -> tuple[str | None, str]:
    """Find the problem in the figure's words, else in its sentence; people follow the cases."""
    code, text = choice.code, document.text
    chain = ancestors(code)
    if code == UNCATEGORISED and place.figure.quantity.unit in CASE_UNITS:
        return _case_of_problem(text, place)
    if not PROBLEM_ROOTS.intersection(chain):
        return None, code
    previous = before[-1] if before and before[-1].sentence == place.sentence else None
    if FOLLOWING.intersection(chain):
        own = problem_in(text, place.left.start, place.left.end)
        if own is None and previous and previous.problem:
            return previous.problem, code
        return (own[0] if own else None), code
    found = problem_in(text, place.left.start, place.left.end)
    if found is None and not place.zipped:
        found = problem_in(text, place.clause.start, place.left.end) or problem_in(
            text, place.right.start, place.right.end
        )
        if found is None and "issue_investigated" in chain:
            found = problem_in(text, max(place.whole.start, place.left.end - 160), place.left.end)
    problem = found[0] if found else None
    if problem is None and code == "issue_investigated":
        problem = _problem_told(document, place, before)
    return problem, _of_problem(code, problem)


def _problem_told(document: Document, place: Place, before: list[Measure]) -> str | None:
    """The problem of a bare 查处 is that of the headline, or of the cases told just before."""
    titled = problem_in(document.title, 0, len(document.title))
    if titled and "conduct" in ancestors(titled[0], "problem"):
        return "conduct"
    for measure in reversed(before[-12:]):
        if place.figure.span.start - measure.figure.span.end > NEARBY:
            return None
        if "issue_investigated" in ancestors(measure.category):
            chain = ancestors(measure.category)
            return "conduct" if "issue_conduct_investigated" in chain else None
    return None


def _case_of_problem(text: str, place: Place) -> tuple[str | None, str]:
    """Read 其中，违规吃喝问题12起 by its problem: the list needs no verb."""
    found = problem_in(text, place.left.start, place.left.end)
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


def _with_programme(measure: Measure, place: Place, programmes: Sequence[Programme]) -> Measure:
    """Give a figure the programme last named before it in its sentence."""
    named = [
        one
        for one in programmes
        if place.whole.start <= one.span.start and one.span.end <= measure.figure.span.start
    ]
    return replace(measure, programme=named[-1].name) if named else measure
