"""Point out what a person should check: odd series and rates, silence, one name in many places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.report.citing import Citation
from warehouse.report.drawings import Pen, round_name
from warehouse.report.facts import Material, Pair, Round, Sighting, Silence
from warehouse.report.numbers import amount, plain

MOST_NAMED = 8  # silent regions named in the alert
MOST_OF_A_KIND = 12  # alerts that are told one by one
_NATION = "000000"  # that all join in a national campaign is no news
_SEVERAL = 2  # regions under one name that make it an alert


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at, in words, with the sentences it came from."""

    kind: str  # same_name | falling | rate | silent | jump
    head: str
    text: str
    citation: Citation | None


def alerts(material: Material, pen: Pen) -> list[Alert]:
    """Return the alerts of a period, kind by kind; of very many those that are oddest."""
    return [
        *_same_names(material.sightings, pen),
        *_pairs(material.pairs, "falling", pen),
        *(_rate(one, pen) for one in material.rounds if one.disagrees),
        *_silent(material.silences, pen),
        *_pairs(material.pairs, "jump", pen),
    ]


def count(material: Material) -> int:
    """Return how many alerts a period raises, told one by one or not."""
    names = len(shared_names(material.sightings))
    rates = sum(one.disagrees for one in material.rounds)
    return names + len(material.pairs) + rates + bool(material.silences)


def shared_names(sightings: Iterable[Sighting]) -> dict[str, list[Sighting]]:
    """Return the programmes that appear under one name in several regions."""
    found: dict[str, list[Sighting]] = defaultdict(list)
    for one in sightings:
        found[one.name].append(one)
    return {name: these for name, these in found.items() if len(_regions(these)) >= _SEVERAL}


def _regions(sightings: Iterable[Sighting]) -> list[str]:
    return sorted({one.region_name for one in sightings if one.region not in {None, _NATION}})


def _same_names(sightings: Iterable[Sighting], pen: Pen) -> list[Alert]:
    return [_same_name(name, these, pen) for name, these in sorted(shared_names(sightings).items())]


def _same_name(name: str, sightings: list[Sighting], pen: Pen) -> Alert:
    regions = _regions(sightings)
    listed = pen.labels.listed(regions)
    text = pen.labels("al_same_name_text", name=name, n=len(regions), regions=listed)
    ids = [sighting.mention_id for sighting in sightings]
    return Alert("same_name", pen.labels("al_same_name"), text, pen.ledger.cite(ids))


def _pairs(pairs: Iterable[Pair], kind: str, pen: Pen) -> list[Alert]:
    kept = [pair for pair in pairs if pair.kind == kind]
    oddest = sorted(kept, key=_ratio, reverse=True)[:MOST_OF_A_KIND]
    told = [_pair(pair, pen) for pair in kept if pair in oddest]
    more = len(kept) - len(told)
    if more:
        text = pen.labels("al_more", n=more)
        told.append(Alert(kind, pen.labels(f"al_{kind}"), text, None))
    return told


def _ratio(pair: Pair) -> float:
    low, high = sorted((float(pair.before), float(pair.after)))
    return high / max(low, 1)


def _pair(pair: Pair, pen: Pen) -> Alert:
    text = pen.labels(
        f"al_{pair.kind}_text",
        region=pair.region_name,
        category=pen.labels.category(pair.category),
        before=amount(pair.before, pair.unit, pen.labels),
        before_on=pair.before_on,
        after=amount(pair.after, pair.unit, pen.labels),
        after_on=pair.after_on,
    )
    cited = pen.ledger.cite([pair.before_id, pair.after_id])
    return Alert(pair.kind, pen.labels(f"al_{pair.kind}"), text, cited)


def _rate(one: Round, pen: Pen) -> Alert:
    text = pen.labels(
        "al_rate_text",
        region=round_name(one, pen.labels),
        reported=plain(one.reported_pct or 0),
        done=plain(one.rectified or 0),
        fed=plain(one.base),
        recomputed=plain(one.recomputed_pct or 0),
    )
    return Alert("rate", pen.labels("al_rate"), text, pen.ledger.cite(one.measure_ids))


def _silent(silences: Sequence[Silence], pen: Pen) -> list[Alert]:
    """Name the silent regions in one alert, the longest silent first."""
    if not silences:
        return []
    told = [
        pen.labels("al_silent_one", region=one.region_name, last=one.last_on, days=one.days)
        for one in silences[:MOST_NAMED]
    ]
    text = pen.labels("al_silent_text", n=len(silences), listed=pen.labels.listed(told))
    cited = pen.ledger.cite(one.measure_ids[0] for one in silences)
    return [Alert("silent", pen.labels("al_silent"), text, cited)]
