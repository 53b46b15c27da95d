"""Links parts to their totals: 其中, brackets, levels, forms, figures that sum to a total."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal

from transforms.measures.clauses import Place
from transforms.measures.cues import cue
from transforms.measures.links import Links
from transforms.measures.problems import ancestors
from transforms.model import Measure, changed

MARK = cue("relation", "re_subset", "mark")
SHARED = re.compile("^[，,]?占")
SEMICOLON = re.compile("[；;]")
SUMMED = frozenset({"four_forms_total", "person_sanctioned"})
OVERLAPPING = frozenset({"person_sanctioned_party", "person_sanctioned_gov"})
# The people of a code to the left hold those of the codes to the right.
HOLDS = {
    "person_handled": (
        "person_sanctioned",
        "organizational_measure",
        "accountability",
        "judicial_transfer",
    ),
    "person_sanctioned": ("party_discipline", "gov_sanction", "judicial_transfer"),
    "accountability_pursued": ("accountability", "person_sanctioned"),
    "case_filed": ("case_filed_person",),
}
FARTHEST = 60  # measures back, at most, that a part may look for its total
MARK_REACH = 400  # characters after 其中 in which its parts may stand
LOOK_BACK = 8  # measures of earlier sentences in which 其中 may find its total
UNCOUNTED = frozenset({"duration", "workday", "age", "ratio", "ratio_change", None})
ROUNDED = 10000
LEAST = 5  # a smaller total may be a sum by chance


def find_parts(links: Links) -> None:
    """Link every figure that is a part of another, then say of which sort the parts are."""
    _marked(links)
    _typed(links)
    _runs(links)


def _marked(links: Links) -> None:
    marks = [match.start() for match in MARK.finditer(links.text)]
    for index, place in enumerate(links.places):
        if links.measures[index].relation is not None:
            continue
        mark = _mark_before(links, place, marks)
        if mark is not None:
            total = _total_for(links, index, mark)
            if total is not None and _within(links, index, total, mark):
                links.join(index, total, mark)
                _counts_as(links, index, total)
                continue
        _named_part(links, index)


def _counts_as(links: Links, index: int, total: int) -> None:
    """Let a part count what its total does where its code came from a figure too small for it."""
    part, whole = links.measures[index], links.measures[total]
    passed = [
        other
        for other in range(total + 1, index)
        if links.measures[other].category == part.category
        and links.measures[other].relation is None
        and _exceeds(links, index, other)
    ]
    if "list" in part.rule and part.category != whole.category and passed:
        links.measures[index] = changed(
            part,
            category=whole.category,
            predicate=whole.predicate,
            predicate_span=whole.predicate_span,
            rule=f"part of:{whole.category}",
        )


def _mark_before(links: Links, place: Place, marks: list[int]) -> int | None:
    """Return where the last 其中, 包括, 含 or opening bracket that governs the figure stands."""
    text, start = links.text, place.figure.span.start
    low = max(place.whole.start, start - MARK_REACH)
    index = bisect_left(marks, start) - 1
    last = marks[index] if index >= 0 and marks[index] >= low else -1
    if place.bracket:
        return max(last, text.rfind("（", low, start), text.rfind("(", low, start))
    if last < 0:
        return None
    opened = max(text.rfind("（", low, last), text.rfind("(", low, last))
    ended = opened >= 0 and _closed(text, last, start) and not _closed(text, opened, last)
    return None if ended else last


def _closed(text: str, start: int, end: int) -> bool:
    return text.find("）", start, end) >= 0 or text.find(")", start, end) >= 0


def _total_for(links: Links, index: int, mark: int) -> int | None:
    """Find the figure before the mark of which this is a part: here, or in a sentence before.

    The nearest of the same kind; nearer ones that count another thing stand back for it.
    """
    seen, nearest = 0, None
    for total in range(index - 1, max(-1, index - FARTHEST), -1):
        measure = links.measures[total]
        if measure.figure.span.start > mark or not _comparable(links, total, index):
            continue
        if _exceeds(links, index, total):
            continue  # 处理102人，移送2人，其中县处级8人: no part of the 2
        here = links.together(total, index)
        if not here and nearest is not None:
            break
        if _holds(measure.category, links.measures[index].category) and (
            here or measure.relation is None
        ):
            return total
        nearest = total if here and nearest is None else nearest
        seen += not here
        if seen > LOOK_BACK:
            break
    return nearest


def _comparable(links: Links, total: int, part: int) -> bool:
    """Say whether a part is counted as its total is, or is a kind of it."""
    raw = {links.measures[one].figure.quantity.dimension for one in (total, part)}
    if links.dimensions[total] == links.dimensions[part]:
        return raw != {"org", "doc"}  # 20家 are no part of 21条
    if not {links.dimensions[total], links.dimensions[part]} <= {"count", "count_time"}:
        return False
    return links.measures[total].category in ancestors(links.measures[part].category)[1:]


def _within(links: Links, index: int, total: int, mark: int) -> bool:
    """Say whether the figure stands under the mark: in 其中科级41件，给予处分271人 one does not."""
    measure, place = links.measures[index], links.places[index]
    first = _is_first(links, index, mark)
    if _own_time(measure, links.measures[total]) or _exceeds(links, index, total):
        return False
    if first or place.bracket or measure.rank:
        return True
    if _parallel(links, index, total):
        return True
    if not _under(links, index - 1, total):
        return False
    parted = SEMICOLON.search(links.text, mark, place.figure.span.start) is not None
    if parted and not _of_series(measure):
        return _one_of_shares(links, index, total)
    goes_on = "list" in measure.rule or links.between(index - 1, index).startswith("、")
    return goes_on or _holds(links.measures[total].category, measure.category)


def _one_of_shares(links: Links, index: int, total: int) -> bool:
    """Say whether a part beyond a semicolon has its share of the total as the part before has."""
    start = links.measures[total].figure.span.start
    before = (one for one in range(index - 1, total, -1) if links.measures[one].parent == start)
    same = links.measures[index].category == links.measures[total].category
    return same and _has_share(links, index) and _has_share(links, next(before, total))


def _has_share(links: Links, index: int) -> bool:
    """来信17件，占18%；来访20件，占21%: what has its own share of the total is one of its parts."""
    if index + 1 >= len(links.measures) or links.dimensions[index + 1] != "ratio":
        return False
    return SHARED.search(links.between(index, index + 1)) is not None


def _parallel(links: Links, index: int, total: int) -> bool:
    """查处37起，处理58人。其中查处冷硬横推2起，处理3人: the parts keep the totals' order."""
    before, whole = links.measures[index - 1], links.measures[total]
    if (
        before.relation != "subset"
        or total == 0
        or whole.category != links.measures[index].category
    ):
        return False
    leads = links.measures[total - 1].figure.span.start == before.parent
    return leads and links.together(total - 1, total)


def _of_series(measure: Measure) -> bool:
    """Say whether a figure is one of a series that ；parts: forms, kinds of problem."""
    if measure.category.startswith(("form_", "issue_")):
        return True
    return "conduct" in ancestors(measure.problem, "problem")


def _exceeds(links: Links, part: int, total: int) -> bool:
    value, whole = links.values[part], links.values[total]
    return value is not None and whole is not None and value > whole


def _is_first(links: Links, index: int, mark: int) -> bool:
    """Say whether no other count stands between the mark and the figure."""
    for other in range(index - 1, max(-1, index - FARTHEST), -1):
        if links.measures[other].figure.span.start < mark or not links.together(other, index):
            return True
        if links.dimensions[other] not in UNCOUNTED:
            return False
    return True


def _own_time(part: Measure, total: Measure) -> bool:
    """二季度57家、三季度45家 of a year's 186家 are counts of their own periods."""
    days = (part.period.start, part.period.end)
    return None not in days and days != (total.period.start, total.period.end)


def _under(links: Links, index: int, total: int) -> bool:
    """Say whether the figure before is a part of the same total, or a share of such a part."""
    start = links.measures[total].figure.span.start
    measure = links.measures[index]
    return measure.parent == start or measure.relation in {"share_of", "change"}


def _named_part(links: Links, index: int) -> None:
    """Forms after 四种形态, party and government sanctions after their sum need no 其中."""
    measure, place = links.measures[index], links.places[index]
    above = ancestors(measure.category)[1:]
    if not measure.rank and SUMMED.isdisjoint(above):
        return
    for total in range(index - 1, max(-1, index - 13), -1):
        other = links.measures[total]
        if links.places[total].whole.start < place.whole.start - 300:
            return
        if links.dimensions[total] != links.dimensions[index] or other.rank:
            continue
        same = other.category in above and other.category in SUMMED
        ranks = (
            measure.rank
            and other.category == measure.category
            and "list" in measure.rule
            and links.together(total, index)
        )
        if same or ranks:
            value, whole = measure.figure.quantity.value, other.figure.quantity.value
            if value is not None and whole is not None and value <= whole:
                links.join(index, total, links.measures[total].figure.span.start)
            return


def _holds(whole: str, part: str) -> bool:
    chain = ancestors(part)
    if whole in chain or part == "uncategorised":
        return True
    return any(code in chain for above in ancestors(whole) for code in HOLDS.get(above, ()))


def _typed(links: Links) -> None:
    """Call a group that exhausts its total a partition; 党纪 and 政务 may overlap."""
    for (total, *_), parts in _joined_groups(links):
        kinds = {links.measures[part].category for part in parts}
        first = _leading(links, total, parts)
        if kinds >= OVERLAPPING or (len(parts) > 1 and kinds <= OVERLAPPING):
            both = {*OVERLAPPING, "person_sanctioned"}
            overlapping = [part for part in parts if links.measures[part].category in both]
            _call(links, overlapping, "overlap")
        elif len(parts) > 1 and _exhaust(links, total, parts):
            _call(links, parts, "partition")
        elif first:
            # 其中处分176人、组织处理212人，移送3人: two make up the 388, the third stands beside.
            _call(links, parts[:first], "partition")
            _call(links, parts[first:], None)


def _joined_groups(links: Links) -> list[tuple[tuple[int, int, str], list[int]]]:
    """Take ranks and what stands beside them as one where only both make up the total."""
    groups = dict(links.groups)
    for (total, mark, kind), parts in links.groups.items():
        others = groups.get((total, mark, "other"), [])
        if kind == "rank" and others and _exhaust(links, total, [*parts, *others]):
            del groups[total, mark, "other"]
            groups[total, mark, kind] = sorted([*parts, *others])
    return list(groups.items())


def _call(links: Links, parts: list[int], relation: str | None) -> None:
    for part in parts:
        measure = links.measures[part]
        parent = measure.parent if relation else None
        links.measures[part] = changed(measure, relation=relation, parent=parent)


def _leading(links: Links, total: int, parts: list[int]) -> int:
    """Return how many of the first parts make up the total alone; 0 if none do exactly."""
    whole, sum_so_far = links.values[total], Decimal(0)
    for count, part in enumerate(parts[:-1], start=1):
        sum_so_far += links.values[part] or 0
        if count > 1 and sum_so_far == whole:
            return count
    return 0


def _runs(links: Links) -> None:
    """Figures of one kind that follow a total and sum to it are its parts, 其中 or not."""
    for total, measure in enumerate(links.measures):
        whole = links.values[total]
        counts = measure.is_measure and measure.relation != "same_as"
        if whole is None or whole < LEAST or not counts:
            continue
        for part in _summing(links, total, whole):
            _make_part(links, part, total)


def _summing(links: Links, total: int, whole: Decimal) -> list[int]:
    """Return the first row of figures of the total's kind that sum to it, none where none does."""
    run: list[int] = []
    left, above = whole, links.measures[total]
    unit = above.figure.quantity.unit
    for part in range(total + 1, min(total + FARTHEST, len(links.measures))):
        measure = links.measures[part]
        if measure.figure.quantity.unit != unit or not _kin(above, measure):
            continue
        run.append(part)
        left -= links.values[part] or 0
        while run and left < 0:
            left += links.values[run.pop(0)] or 0
        if not left and len(run) > 1:
            return run
    return []


def _kin(whole: Measure, part: Measure) -> bool:
    """Say whether a figure may be a part: a kind, problem or rank of what the total counts."""
    if not part.is_measure or part.parent not in {None, whole.figure.span.start}:
        return False
    kind = (part.category, part.problem, part.rank)
    return whole.category in ancestors(part.category) and kind != (
        whole.category,
        whole.problem,
        whole.rank,
    )


def _make_part(links: Links, part: int, total: int) -> None:
    start = links.measures[total].figure.span.start
    links.measures[part] = changed(links.measures[part], relation="partition", parent=start)


def _exhaust(links: Links, total: int, parts: list[int]) -> bool:
    values = [links.values[part] for part in parts]
    whole = links.values[total]
    if whole is None or any(value is None for value in values):
        return False
    known = [value for value in values if value is not None]
    slack = sum((_step(value) for value in (*known, whole)), Decimal(0)) / 2
    return abs(sum(known, Decimal(0)) - whole) <= slack


def _step(value: Decimal) -> Decimal:
    """Return how a figure in 万 was rounded: 41.6万 to a thousand; 633 is exact."""
    if value < ROUNDED or value % 100:
        return Decimal(0)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** exponent if isinstance(exponent, int) else Decimal(0)
