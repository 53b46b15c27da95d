"""Takes for no statistic what only paints the place: no deed is done to it, no tally counts it."""

from __future__ import annotations

import re

from transforms.document import Document
from transforms.measures.aggregation import RATIOS
from transforms.measures.categories import UNCATEGORISED
from transforms.measures.settings import either, words
from transforms.model import Measure, changed
from transforms.patterns import searchable

# What work counts even where no row names the deed: 起, 件; and words that hand a thing to a deed.
WORKED_ON = frozenset(words("worked_on"))
HANDLED = re.compile(searchable(either("handled")))
# What people do for themselves, and what befalls them, is no work even where no row names it.
UNWORKED = frozenset(words("unworked"))
CUTS = words("cut")  # what was cut has codes of its own: 压减文件33份, 压缩审批时限60%
CHANGED = "change"  # the relation of 同比增长5.6% to what has grown
GOES_ON = re.compile("[一-龥]{0,8}[，,、]共?计?(?:总?人口|村?民|常住|农户)?")
LIKE_IT = re.compile("[一-龥]{0,8}[，,、](?!有)[一-龥]{0,8}")  # 有加工厂8家，合作社3家
REACH = 400  # characters of the sentence before a figure that are searched


def is_rise(measure: Measure) -> bool:
    """比上年同期少21件: a rise or fall is no count of the deed itself."""
    return measure.aggregation == CHANGED and not measure.category.startswith(CUTS)


def without_scenery(document: Document, measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Take for no statistic a bare number where no work is told: 8瓶白酒喝空了."""
    bare = [place for place, one in enumerate(measures) if _is_bare(one)]
    if not bare:
        return measures
    working = {
        document.paragraph_at(one.figure.span.start).start
        for one in measures
        if one.category != UNCATEGORISED and one.is_measure
    }
    found = list(measures)
    for place in bare:
        one = found[place]
        if document.paragraph_at(one.figure.span.start).start in working:
            continue
        if (working and not _acts_here(document, one)) or _is_scenery(document.text, one):
            found[place] = changed(one, is_measure=False)
    for place in bare:
        if place and _goes_on(document.text, found[place - 1], found[place]):
            found[place] = changed(found[place], is_measure=False)
    return tuple(found)


def _goes_on(text: str, before: Measure, one: Measure) -> bool:
    """全村共3个村民组，278户，1105口人: what follows scenery with no word of its own paints on."""
    painted = not before.is_measure and before.category == UNCATEGORISED
    if not painted or before.sentence.start != one.sentence.start:
        return False
    alike = before.figure.quantity.unit == one.figure.quantity.unit
    words = LIKE_IT if alike else GOES_ON
    return words.fullmatch(text, before.figure.span.end, one.figure.span.start) is not None


def _is_scenery(text: str, one: Measure) -> bool:
    """一条190米的小路: a thing that no deed is done to, no tally counts and no organ handles."""
    low, start = one.sentence.start, one.figure.span.start
    printed = one.actor_span is not None and low <= one.actor_span.start < start
    organ = one.actor_organ if printed else None
    if (organ and not organ.endswith("公司")) or one.figure.quantity.unit in WORKED_ON:
        return False
    return HANDLED.search(text, max(low, start - REACH), start) is None


def _is_bare(measure: Measure) -> bool:
    return (
        measure.category == UNCATEGORISED
        and (measure.predicate is None or measure.predicate in UNWORKED)
        and measure.figure.quantity.dimension not in RATIOS
    )


def _acts_here(document: Document, one: Measure) -> bool:
    """Say whether the actor is printed in the figure's own paragraph, and not carried on."""
    start = document.paragraph_at(one.figure.span.start).start
    return one.actor_span is not None and one.actor_span.start >= start


def of_statistics(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Take for no statistic the change of what is none: 生产总值达186亿元，同比增长5.6%."""
    none = {one.figure.span.start for one in measures if not one.is_measure}
    if not none:
        return measures
    return tuple(
        changed(one, is_measure=False) if one.relation == CHANGED and one.parent in none else one
        for one in measures
    )
