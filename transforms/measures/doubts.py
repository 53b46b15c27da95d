"""Lists the signs by which a reading that is right differs from one that is wrong.

A sign is a fact of how the reading came about, named in doubts.tsv: what stands between a trigger
and its figure, how the period was found, who acts. Whether it speaks for or against, and by how
much, is told by the points of the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter

from transforms.lexicon import rows
from transforms.measures.candidates import Candidate
from transforms.measures.categories import UNCATEGORISED, Choice
from transforms.measures.clauses import Place
from transforms.measures.evidence import Paragraph, actor_signs, period_signs, sum_signs
from transforms.measures.problems import ancestors
from transforms.measures.weighing import Scale
from transforms.model import Measure, Span

GUESSED = frozenset({"unit_inferred", "repaired"})
RATIOS = frozenset({"ratio", "ratio_change"})
ALLEGED = "alleged"
ACHIEVED = frozenset({"achieved", ALLEGED})
BEFORE = frozenset({"left", "list"})
WEAK = 4  # the priority up to which a trigger is a word of many uses
TELLING = range(9, 12)  # of a verb that needs no object, or of one with its own object
FITS_WELL = 2
PARTS = frozenset({"subset", "partition"})
NEAR, CLEAR = 3, 8  # by how much the best reading must lead the next
LIST_REACH = 15  # characters between a figure of a list and what named the list
# Words between and around triggers that say nothing of what is counted.
EMPTY = re.compile(
    r"其中|共计|累计|总计|合计|先后|目前|同时|分别|已经|并且|以来|截[至止]|通过|有关|相关|各[类项级]|全面|深入|及时|"
    r"严肃|进一步|主动|积极|依法|集中|统筹|近年来|今年|去年|上半年|"
    r"[共计总已均了的达到为各等并也还又在对将把被给向和与及、约近超逾余多其予以是有中内年月日0-9]"
)
SAYS_NOTHING = re.compile(f"(?>(?:(?>{EMPTY.pattern})|[^一-龥])*)")
BOUND = re.compile(r"[的左右以上下\s]*\Z")  # 3人以上, 20%左右: no noun follows


def signs_of(
    text: str,
    place: Place,
    choice: Choice,
    measure: Measure,
    scale: Scale,
    paragraph: Paragraph,
) -> tuple[str, ...]:
    """Return the signs that a reading shows, of what it counts, when, how and whose doing."""
    return (
        *_meaning(text, place, choice, measure, scale),
        *_family(choice, measure, paragraph.total),
        *_doubtful(measure),
        *period_signs(text, place, measure.period, paragraph),
        *sum_signs(text, place, measure),
        *actor_signs(text, place, measure, paragraph),
    )


def _meaning(
    text: str, place: Place, choice: Choice, measure: Measure, scale: Scale
) -> Iterator[str]:
    """Yield what tells how sure the word is that names what is counted."""
    best = choice.best
    if best is None:
        yield "unnamed" if measure.category == UNCATEGORISED else "by_its_problem"
        if choice.switched:
            yield "by_context"
        return
    yield f"side_{best.side}"
    if best.fit < FITS_WELL:
        yield "kindred_unit"
    if best.sense.priority <= WEAK:
        yield "weak_word"
    elif best.sense.priority in TELLING:
        yield "telling_word"
    if choice.margin < CLEAR:
        yield "rival_close" if choice.margin < NEAR else "rival"
    if choice.switched:
        yield "by_context"
    if best.side in BEFORE:
        yield from _before(text, place, best, measure, scale)
    else:
        yield from _after(text, place, best)


def _before(
    text: str, place: Place, best: Candidate, measure: Measure, scale: Scale
) -> Iterator[str]:
    """Yield what stands around a trigger before the figure."""
    left, hit = place.left, best.hit
    around = scale.between(left.start, left.end)
    known = [Span(one.start, one.end) for one in around]
    known += [span for span in (measure.actor_span, measure.period.span) if span]
    if _unread(text, left.start, min(hit.start, left.end), known):
        yield "unread_before"
    if best.side == "list":
        if left.start == left.end:
            yield "touching"
        if hit.end <= left.start - LIST_REACH:
            yield "list_far"
        return
    between = text[hit.end : left.end]
    thing = _last_object(text, place, best)
    near = thing is not None and not _says(text[thing.end : left.end])
    if _unread(text, hit.end, left.end, [*known, thing] if thing else known):
        yield "qualified" if near else "unread_between"
    if "、" in between or "和" in between:
        yield "list_between"
    if any(one.trigger.act and one.start < hit.start for one in around):
        yield "deed_before"
    after = text[place.noun : place.right.end]
    if not BOUND.match(after):
        pattern = best.sense.object
        yield "object_after" if pattern and pattern.search(after) else "noun_after"


def _after(text: str, place: Place, best: Candidate) -> Iterator[str]:
    """Yield what stands around a trigger that follows the figure."""
    if text.startswith("的", place.figure.span.start - 1):
        yield "said_which"
    if best.side == "right" and _says(text[best.hit.end : place.right.end]):
        yield "words_after"


def _last_object(text: str, place: Place, best: Candidate) -> Span | None:
    """Return where the object that the row names stands last before the figure."""
    pattern, found = best.sense.object, None
    if pattern is not None:
        for found in pattern.finditer(text, place.left.start, place.left.end):  # noqa: B007
            pass
    return Span(*found.span()) if found else None


def _unread(text: str, start: int, end: int, known: Iterable[Span]) -> bool:
    """Say whether words stand in [start, end) that are in no known span and say something."""
    near = [span for span in known if span.start < end and span.end > start]
    near.sort(key=_reading_order)
    for span in near:
        if _says(text[start : max(start, span.start)]):
            return True
        start = max(start, span.end)
    return _says(text[start:end])


_reading_order = attrgetter("start", "end")


def _says(words: str) -> bool:
    """Say whether anything is left of some words without those that say nothing."""
    return bool(words) and SAYS_NOTHING.fullmatch(words) is None


def _family(choice: Choice, measure: Measure, total: str | None) -> Iterator[str]:
    """Yield the family of a category that a word names, and how well it is known."""
    if not measure.is_measure:
        yield "no_statistic" if measure.modality != ALLEGED else "told_of_a_case"
        return
    if not choice.best:
        return
    family = ancestors(measure.category)[-1]
    yield f"of_{family}"
    if measure.category not in usual():
        yield "seldom_counted"
    if measure.relation in PARTS and total and ancestors(total)[-1] != family:
        yield "unlike_its_total"


@cache
def usual() -> frozenset[str]:
    """Return the codes that articles of the genre often count."""
    return frozenset(row["code"] for row in rows("usual_codes.tsv"))


def _doubtful(measure: Measure) -> Iterator[str]:
    """Yield what is doubtful in the number itself and in how it is meant."""
    quantity = measure.figure.quantity
    if quantity.dimension in RATIOS:
        yield "ratio"
    if quantity.value is None or not GUESSED.isdisjoint(measure.figure.flags):
        yield "guessed"
    if measure.modality not in ACHIEVED:
        yield "not_achieved"
