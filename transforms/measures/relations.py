"""Links figures that are parts, shares, changes or restatements of another figure."""

from __future__ import annotations

import re

from transforms.measures.clauses import Place
from transforms.measures.cues import cue
from transforms.measures.links import Links
from transforms.measures.parts import find_parts
from transforms.measures.problems import ancestors
from transforms.model import Measure, changed

SUM = cue("relation", "total", "before")
SHARE = cue("relation", "share_of", "before")
UP_OR_DOWN = cue("relation", "change", "before")
AGAIN = cue("relation", "same_as", "after")
TIME_NAMED = re.compile("分别|同期|去年|上年|上月|总数|总量|数量|[一-龥]*(?:均|再|也|已)$")
LONGEST_RUN = 8  # figures that may touch or be joined by 、 in one row


def link(text: str, places: tuple[Place, ...], measures: list[Measure]) -> tuple[Measure, ...]:
    """Return the measures with parent, relation and what follows from them."""
    links = Links(text, places, measures)
    for index in range(len(measures)):
        _touching(links, index)
        _again(links, index)
        _ratios(links, index)
        _difference(links, index)
    for index in range(len(measures)):
        _sum(links, index)
    find_parts(links)
    _restated(links)
    return tuple(links.measures)


def _touching(links: Links, index: int) -> None:
    """8项18个 counts one thing at two grains; 23件24人 counts one act in two units."""
    if index == 0 or not _touch(links, index - 1, index):
        return
    if links.dimensions[index - 1] != links.dimensions[index]:
        links.flag(index - 1, "two_units")
        links.flag(index, "two_units")
        return
    last = index
    stop = min(index + LONGEST_RUN, len(links.measures)) - 1
    while last < stop and _touch(links, last, last + 1):
        last += 1
    coarse, fine = links.values[index - 1], links.values[last]
    if coarse is not None and fine is not None and coarse <= fine:
        links.put(index - 1, "two_level", last)
        links.flag(last, "two_level")


def _touch(links: Links, first: int, second: int) -> bool:
    between = links.between(first, second)
    return not between or between.isspace()


def _again(links: Links, index: int) -> None:
    """立案60件…；60件中涉及乡科级14件: the figure is named again to speak of its parts."""
    quantity = links.measures[index].figure.quantity
    if not AGAIN.match(links.text, links.measures[index].figure.span.end):
        return
    for earlier in range(index - 1, max(-1, index - 9), -1):
        other = links.measures[earlier].figure.quantity
        if (other.value, other.unit) == (quantity.value, quantity.unit) and other.value is not None:
            links.put(index, "same_as", earlier)
            _copy(links, index, earlier)
            _date(links, index, earlier)
            _parts_after(links, index, earlier)
            return


def _parts_after(links: Links, index: int, total: int) -> None:
    for part in range(index + 1, len(links.measures)):
        same = links.together(index, part)
        if same:
            _date(links, part, total)
        ratio = links.dimensions[part] in {"ratio", "ratio_change"}
        if same and (ratio or not links.measures[part].is_measure):
            continue  # 10万元以下的852件，占比83%；124件
        if not same or links.dimensions[part] != links.dimensions[index]:
            return
        links.join(part, total, links.measures[index].figure.span.start)
        if "list" in links.measures[part].rule or links.measures[part].category == "uncategorised":
            _copy(links, part, total)


def _copy(links: Links, index: int, model: int) -> None:
    """Take over what a figure counts from the one it restates or belongs to."""
    given = links.measures[model]
    links.measures[index] = changed(
        links.measures[index],
        category=given.category,
        predicate=given.predicate,
        predicate_span=given.predicate_span,
        problem=links.measures[index].problem or given.problem,
        is_measure=given.is_measure,
        rule=f"copied:{given.category}",
    )


def _date(links: Links, index: int, model: int) -> None:
    """Take over when it was counted, where no words of its own sentence say so."""
    if links.measures[index].period.basis in {"inherited", "publication", "unknown"}:
        period = links.measures[model].period
        links.measures[index] = changed(links.measures[index], period=period)


def _ratios(links: Links, index: int) -> None:
    """占总数的86.2% and 同比下降12% belong to the count before them; 分别占 to as many counts."""
    if links.dimensions[index] not in {"ratio", "ratio_change"}:
        return
    place = links.places[index]
    before = links.text[
        max(place.clause.start, place.figure.span.start - 48) : place.figure.span.start
    ]
    relation = (
        "share_of"
        if SHARE.search(before) and links.dimensions[index] == "ratio"
        else "change"
        if UP_OR_DOWN.search(before)
        else None
    )
    if relation is None and index and _shares_row(links, index):
        relation = links.measures[index - 1].relation
    if relation is None:
        return
    if relation == "change" and links.measures[index].aggregation == "rate":
        return  # 由80%提高到95%: a level, not a change
    if relation == "change" and _of_another(links, index):
        return
    row = _row_of_ratios(links, index)
    counts = [
        one
        for one in range(max(0, row[0] - 2 * LONGEST_RUN), row[0])
        if links.dimensions[one] not in {"ratio", "ratio_change"}
        and links.together(one, index)
        and links.measures[one].relation != "change"
    ]
    if len(row) > 1 and len(counts) >= len(row):
        counts = counts[-len(row) :]
        links.put(index, relation, counts[row.index(index)])
    elif counts and len(row) == 1:
        links.put(index, relation, counts[-1])


def _difference(links: Links, index: int) -> None:
    """处分152人，比去年同期增加12人: what a count grew by belongs to it."""
    measure = links.measures[index]
    if index == 0 or measure.aggregation != "change" or measure.relation is not None:
        return
    total = links.measures[index - 1]
    same = (total.category, total.figure.quantity.unit) == (
        measure.category,
        measure.figure.quantity.unit,
    )
    if same and total.aggregation != "change" and links.together(index - 1, index):
        links.put(index, "change", index - 1)


def _of_another(links: Links, index: int) -> bool:
    """信访量同比下降21.4%: a clause that names what changed does not speak of the count before."""
    place = links.places[index]
    own = links.text[place.left.start : place.left.end]
    cue_at = UP_OR_DOWN.search(own)
    named = own[: cue_at.start()].strip("，、 比较") if cue_at else ""
    return len(named) > 1 and not TIME_NAMED.search(named)


def _shares_row(links: Links, index: int) -> bool:
    before = links.measures[index - 1].relation
    return before in {"share_of", "change"} and links.between(index - 1, index) in {"、", "和"}


def _row_of_ratios(links: Links, index: int) -> list[int]:
    """Return the percentages joined by 、 and 和 with this one."""
    first = last = index
    low, high = max(0, index - LONGEST_RUN), min(index + LONGEST_RUN, len(links.measures)) - 1
    while first > low and _joined(links, first - 1, first):
        first -= 1
    while last < high and _joined(links, last, last + 1):
        last += 1
    return list(range(first, last + 1))


def _joined(links: Links, first: int, second: int) -> bool:
    same = links.dimensions[first] == links.dimensions[second]
    return same and links.between(first, second) in {"、", "和", "及", "以及"}


def _sum(links: Links, index: int) -> None:
    """减免420万元、返还1180万元，合计1600万元: the parts make up the total."""
    place, total = links.places[index], links.values[index]
    start = place.figure.span.start
    if total is None or not SUM.search(links.text, max(place.whole.start, start - 14), start):
        return
    left, parts = total, []
    for part in range(index - 1, max(-1, index - 3 * LONGEST_RUN), -1):
        value = links.values[part]
        same = links.together(part, index) and links.dimensions[part] == links.dimensions[index]
        if not same or value is None or value > left:
            break
        left -= value
        parts.append(part)
        if not left:
            break
    if not left and len(parts) > 1:
        for part in parts:
            links.put(part, "partition", index)
        _name_total(links, index, parts)


def _name_total(links: Links, index: int, parts: list[int]) -> None:
    """Name a total by what its parts have in common: 减免租金 and 退还保证金 → business."""
    chains = [ancestors(links.measures[part].category) for part in parts]
    shared = [code for code in chains[0] if all(code in chain for chain in chains)]
    category = shared[0] if shared else "uncategorised"
    links.measures[index] = changed(links.measures[index], category=category, rule="sum of parts")


def _restated(links: Links) -> None:
    """Link a count told twice in one article: it is one fact."""
    seen: dict[tuple[object, ...], int] = {}
    for index, measure in enumerate(links.measures):
        quantity = measure.figure.quantity
        if not measure.is_measure or quantity.value is None or quantity.value < 10:  # noqa: PLR2004
            continue
        key = (measure.category, quantity.value, quantity.unit, measure.rank, measure.polarity)
        first = seen.setdefault(key, index)
        other = links.measures[first]
        if first != index and measure.relation is None and _same_fact(measure, other):
            links.put(index, "same_as", first)


def _same_fact(measure: Measure, other: Measure) -> bool:
    if measure.category == "uncategorised":
        return False
    if (measure.problem or other.problem) != (other.problem or measure.problem):
        return False
    return measure.period.end == other.period.end and (
        measure.period.start == other.period.start
        or "publication" in {measure.period.basis, other.period.basis}
    )
