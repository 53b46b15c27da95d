"""Links figures that are parts, shares, changes or restatements of another figure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from transforms import units
from transforms.clauses import Place
from transforms.model import Measure
from transforms.problems import ancestors

MARK = re.compile("其中|包括|包含|含(?!义)")
SUM = re.compile("(?:合计|总计|共计|一共|总额|总共)[^，,。；;]{0,8}$")
SHARE = re.compile("占[^，,。；;]{0,40}$")
GAP = re.compile(r"\s*")
AGAIN = re.compile(r"\s*(?:里|之)?中(?!央|国|心|小|秋|层|共|管)")
UP_OR_DOWN = re.compile(
    "(?:同比|环比|较上年|比上年|较去年|比去年|较上月|比上月|相比|增长|下降|上升|减少|增加|提高|降低)[^，,。；;]{0,16}$"
)
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
COUNTS = frozenset({"count", "kind", "doc", "facility", "org", "times"})
LOOK_BACK = 8  # measures of earlier sentences in which 其中 may find its total
ROUNDED = 10000
LEAST = 5  # a smaller total may be a sum by chance


@dataclass
class Links:
    """What has been found so far, by index of the measure."""

    text: str
    places: tuple[Place, ...]
    measures: list[Measure]
    groups: dict[tuple[int, int, str], list[int]] = field(default_factory=dict)

    def put(self, index: int, relation: str, parent: int | None, *flags: str) -> None:
        """Link a measure to its parent by index; the first link stays."""
        measure = self.measures[index]
        if measure.relation is not None:
            return
        start = None if parent is None else self.measures[parent].figure.span.start
        self.measures[index] = replace(
            measure, relation=relation, parent=start, flags=(*measure.flags, *flags)
        )

    def flag(self, index: int, word: str) -> None:
        """Mark a measure."""
        measure = self.measures[index]
        self.measures[index] = replace(measure, flags=(*measure.flags, word))

    def value(self, index: int) -> Decimal | None:
        """Return the value of a measure."""
        return self.measures[index].figure.quantity.value

    def dimension(self, index: int) -> str | None:
        """Return the dimension of a measure; 家, 个 and 件 of things are one."""
        quantity = self.measures[index].figure.quantity
        dimension = quantity.dimension or units.dimension_of(quantity.unit)
        return "count" if dimension in COUNTS else dimension


def link(text: str, places: tuple[Place, ...], measures: list[Measure]) -> tuple[Measure, ...]:
    """Return the measures with parent, relation and what follows from them."""
    links = Links(text, places, measures)
    for index in range(len(measures)):
        _touching(links, index)
        _again(links, index)
        _ratios(links, index)
    for index in range(len(measures)):
        _sum(links, index)
    _parts(links)
    _typed(links)
    _runs(links)
    _restated(links)
    return tuple(links.measures)


def _same_sentence(links: Links, first: int, second: int) -> bool:
    return links.places[first].whole == links.places[second].whole


def _touching(links: Links, index: int) -> None:
    """8项18个 counts one thing at two grains; 23件24人 counts one act in two units."""
    if index == 0 or not _touch(links, index - 1, index):
        return
    if links.dimension(index - 1) != links.dimension(index):
        links.flag(index - 1, "two_units")
        links.flag(index, "two_units")
        return
    last = index
    while last + 1 < len(links.measures) and _touch(links, last, last + 1):
        last += 1
    coarse, fine = links.value(index - 1), links.value(last)
    if coarse is not None and fine is not None and coarse <= fine:
        links.put(index - 1, "two_level", last)
        links.flag(last, "two_level")


def _touch(links: Links, first: int, second: int) -> bool:
    between = links.text[
        links.measures[first].figure.span.end : links.measures[second].figure.span.start
    ]
    return GAP.fullmatch(between) is not None


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
            _parts_after(links, index, earlier)
            return


def _parts_after(links: Links, index: int, total: int) -> None:
    for part in range(index + 1, len(links.measures)):
        same = _same_sentence(links, index, part)
        if not same or links.dimension(part) != links.dimension(index):
            return
        _join(links, part, total, links.measures[index].figure.span.start)
        if "list" in links.measures[part].rule or links.measures[part].category == "uncategorised":
            _copy(links, part, total)


def _copy(links: Links, index: int, model: int) -> None:
    """Take over what a figure counts from the one it restates or belongs to."""
    given = links.measures[model]
    links.measures[index] = replace(
        links.measures[index],
        category=given.category,
        predicate=given.predicate,
        predicate_span=given.predicate_span,
        problem=links.measures[index].problem or given.problem,
        is_measure=given.is_measure,
        rule=f"copied:{given.category}",
    )


def _ratios(links: Links, index: int) -> None:
    """占总数的86.2% and 同比下降12% belong to the count before them; 分别占 to as many counts."""
    if links.dimension(index) not in {"ratio", "ratio_change"}:
        return
    place = links.places[index]
    before = links.text[
        max(place.clause.start, place.figure.span.start - 48) : place.figure.span.start
    ]
    relation = (
        "share_of" if SHARE.search(before) else "change" if UP_OR_DOWN.search(before) else None
    )
    if relation is None and index and _shares_row(links, index):
        relation = links.measures[index - 1].relation
    if relation is None:
        return
    row = _row_of_ratios(links, index)
    counts = [
        one
        for one in range(row[0])
        if links.dimension(one) not in {"ratio", "ratio_change"}
        and _same_sentence(links, one, index)
    ]
    if len(row) > 1 and len(counts) >= len(row):
        counts = counts[-len(row) :]
        links.put(index, relation, counts[row.index(index)])
    elif counts and len(row) == 1:
        links.put(index, relation, counts[-1])


def _shares_row(links: Links, index: int) -> bool:
    between = links.text[
        links.measures[index - 1].figure.span.end : links.measures[index].figure.span.start
    ]
    return links.measures[index - 1].relation in {"share_of", "change"} and between in {"、", "和"}


def _row_of_ratios(links: Links, index: int) -> list[int]:
    """Return the percentages joined by 、 and 和 with this one."""
    first = last = index
    while first and _joined(links, first - 1, first):
        first -= 1
    while last + 1 < len(links.measures) and _joined(links, last, last + 1):
        last += 1
    return list(range(first, last + 1))


def _joined(links: Links, first: int, second: int) -> bool:
    between = links.text[
        links.measures[first].figure.span.end : links.measures[second].figure.span.start
    ]
    return between in {"、", "和", "及", "以及"} and links.dimension(first) == links.dimension(
        second
    )


def _sum(links: Links, index: int) -> None:
    """减免420万元、返还1180万元，合计1600万元: the parts make up the total."""
    place, total = links.places[index], links.value(index)
    before = links.text[
        max(place.whole.start, place.figure.span.start - 14) : place.figure.span.start
    ]
    if total is None or not SUM.search(before):
        return
    left, parts = total, []
    for part in range(index - 1, -1, -1):
        value = links.value(part)
        same = _same_sentence(links, part, index) and links.dimension(part) == links.dimension(
            index
        )
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
    links.measures[index] = replace(links.measures[index], category=category, rule="sum of parts")


def _parts(links: Links) -> None:
    for index, place in enumerate(links.places):
        if links.measures[index].relation is not None:
            continue
        mark = _mark_before(links, place)
        if mark is not None:
            total = _total_for(links, index, mark)
            if total is not None and _within(links, index, total, mark):
                _join(links, index, total, mark)
                continue
        _named_part(links, index)


def _mark_before(links: Links, place: Place) -> int | None:
    """Return where the last 其中, 包括, 含 or opening bracket that governs the figure stands."""
    start = place.figure.span.start
    low = max(place.whole.start, start - 400)
    last = None
    for last in MARK.finditer(links.text, low, start):  # noqa: B007
        pass
    if place.bracket:
        opened = max(links.text.rfind("（", low, start), links.text.rfind("(", low, start))
        return opened if last is None or last.start() < opened else last.start()
    if last is None:
        return None
    opened = max(
        links.text.rfind("（", low, last.start()), links.text.rfind("(", low, last.start())
    )
    closed = max(
        links.text.find("）", last.start(), start), links.text.find(")", last.start(), start)
    )
    return (
        None
        if opened >= 0 and closed >= 0 and not _closed(links.text, opened, last.start())
        else last.start()
    )


def _closed(text: str, start: int, end: int) -> bool:
    return text.find("）", start, end) >= 0 or text.find(")", start, end) >= 0


def _total_for(links: Links, index: int, mark: int) -> int | None:
    """Find the nearest figure of the same kind before the mark, here or in a sentence before."""
    seen = 0
    for total in range(index - 1, -1, -1):
        measure = links.measures[total]
        if measure.figure.span.start > mark or not _comparable(links, total, index):
            continue
        if _same_sentence(links, total, index):
            return total
        seen += 1
        if seen > LOOK_BACK:
            return None
        if measure.relation is None and _holds(measure.category, links.measures[index].category):
            return total
    return None


def _comparable(links: Links, total: int, part: int) -> bool:
    """Say whether a part is counted as its total is, or is a kind of it: 谈话函询 of 处置问题线索."""
    if links.dimension(total) == links.dimension(part):
        return True
    if not {links.dimension(total), links.dimension(part)} <= {"count", "count_time"}:
        return False
    return links.measures[total].category in ancestors(links.measures[part].category)[1:]


def _within(links: Links, index: int, total: int, mark: int) -> bool:
    """Say whether the figure still stands under the mark: 其中科级41件，给予处分271人 does not."""
    measure, place = links.measures[index], links.places[index]
    first = not any(
        mark < links.places[other].figure.span.start
        for other in range(index)
        if links.places[other].whole == place.whole
        and links.dimension(other) == links.dimension(index)
    )
    if _own_time(measure, links.measures[total]):
        return False
    value, whole = measure.figure.quantity.value, links.value(total)
    if value is not None and whole is not None and value > whole:
        return False
    if first or place.bracket or measure.rank:
        return True
    if not _under(links, index - 1, total):
        return False
    if "list" in measure.rule or measure.category == "uncategorised":
        return True
    if _holds(links.measures[total].category, measure.category):
        return True
    between = links.text[
        links.measures[index - 1].figure.span.end : links.measures[index].figure.span.start
    ]
    return between.startswith("、")


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
    for total in range(index - 1, max(-1, index - 13), -1):
        other = links.measures[total]
        if links.places[total].whole.start < place.whole.start - 300:
            return
        if links.dimension(total) != links.dimension(index) or other.rank:
            continue
        same = other.category in above and other.category in {
            "four_forms_total",
            "person_sanctioned",
        }
        ranks = (
            measure.rank
            and other.category == measure.category
            and "list" in measure.rule
            and _same_sentence(links, total, index)
        )
        if same or ranks:
            value, whole = measure.figure.quantity.value, other.figure.quantity.value
            if value is not None and whole is not None and value <= whole:
                _join(links, index, total, links.measures[total].figure.span.start)
            return


def _holds(whole: str, part: str) -> bool:
    chain = ancestors(part)
    if whole in chain or part == "uncategorised":
        return True
    return any(code in chain for above in ancestors(whole) for code in HOLDS.get(above, ()))


def _join(links: Links, index: int, total: int, mark: int) -> None:
    links.put(index, "subset", total)
    kind = "rank" if links.measures[index].rank else "other"
    links.groups.setdefault((total, mark, kind), []).append(index)


def _typed(links: Links) -> None:
    """Call a group that exhausts its total a partition; 党纪 and 政务 may overlap."""
    for (total, *_), parts in links.groups.items():
        kinds = {links.measures[part].category for part in parts}
        relation = None
        if len(parts) > 1 and kinds <= OVERLAPPING:
            relation = "overlap"
        elif len(parts) > 1 and _exhaust(links, total, parts):
            relation = "partition"
        if relation:
            for part in parts:
                links.measures[part] = replace(links.measures[part], relation=relation)


def _runs(links: Links) -> None:
    """Figures of one kind that follow a total and sum to it are its parts, 其中 or not."""
    for total, measure in enumerate(links.measures):
        whole = links.value(total)
        if (
            whole is None
            or whole < LEAST
            or not measure.is_measure
            or measure.relation == "same_as"
        ):
            continue
        run: list[int] = []
        for part in range(total + 1, min(total + 16, len(links.measures))):
            if not _kin(links, total, part):
                continue
            run.append(part)
            while run and sum(links.value(one) or 0 for one in run) > whole:
                run.pop(0)
            if len(run) > 1 and sum(links.value(one) or 0 for one in run) == whole:
                for one in run:
                    _make_part(links, one, total)
                break


def _kin(links: Links, total: int, part: int) -> bool:
    """Say whether a figure may be a part: a kind, problem, rank or time of what the total counts."""
    whole, measure = links.measures[total], links.measures[part]
    start = whole.figure.span.start
    if links.dimension(total) != links.dimension(part) or measure.parent not in {None, start}:
        return False
    if measure.figure.quantity.unit != whole.figure.quantity.unit or not measure.is_measure:
        return False
    below = whole.category in ancestors(measure.category)
    return below and (measure.category, measure.problem, measure.rank) != (
        whole.category,
        whole.problem,
        whole.rank,
    )


def _make_part(links: Links, part: int, total: int) -> None:
    start = links.measures[total].figure.span.start
    links.measures[part] = replace(links.measures[part], relation="partition", parent=start)


def _exhaust(links: Links, total: int, parts: list[int]) -> bool:
    values = [links.value(part) for part in parts]
    whole = links.value(total)
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
