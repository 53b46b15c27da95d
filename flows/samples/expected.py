"""Turns the labels of the sample articles into the readings that the tests expect."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Any

from flows.samples.source import Label, Source

NUMBER = re.compile(
    r"(?P<pre>近|将近|超过|超|逾|约|不少于|至少|不低于|不超过)?"
    r"(?P<number>[0-9][0-9,. ]*)(?P<over>余|多)?(?P<scale>[万亿]?)(?P<late>余|多)?"
    r"(?P<unit>[^0-9]*?)(?P<post>以上|左右|以内)?"
)
SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
UNITS = {"名": "人", "位": "人", "个工作日": "工作日", "％": "%"}
FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
AGGREGATIONS = {"increment", "cumulative", "ytd", "stock", "rate", "change", "threshold"}
MODALITIES = {"achieved", "ongoing", "planned", "required", "alleged", "hypothetical", "negative"}
KEYS = {
    "actor", "region", "scope", "v", "lo", "hi", "unit", "id", "of", "rel",
    "reporter", "target", "rank", "problem",
}  # fmt: skip


def reading(source: Source) -> dict[str, Any]:
    """Return what a careful reader gets from one article, ready for JSON."""
    figures = [label for label in source.labels if not label.is_programme]
    programmes = [_programme(label) for label in source.labels if label.is_programme]
    records = [_measure(label, source) for label in figures]
    return {
        "measures": _with_parents(records),
        "programmes": programmes,
    }


def quantity(surface: str) -> tuple[Decimal, Decimal | None, Decimal | None, str | None]:
    """Read value, low, high and unit by the house's conventions; ValueError where it cannot."""
    match = NUMBER.fullmatch(surface.translate(FULL_WIDTH))
    if match is None:
        raise ValueError(f"say v= for {surface!r}")
    digits = re.sub("[, ]", "", match["number"])
    scale = SCALES[match["scale"]]
    value = Decimal(digits) * scale
    unit = match["unit"].strip()
    low, high = _bounds(value, _place(digits) * scale, _approximator(match))
    return value, low, high, UNITS.get(unit, unit) or None


def period(word: str, published: date) -> tuple[date | None, date | None, str, str]:
    """Return start, end, basis and the aggregation such a period usually means."""
    inherited = word.startswith("~")
    word = word.lstrip("~")
    open_ended = {"pub": ("publication", "increment"), "campaign": ("campaign", "cumulative")}
    if word in open_ended:
        return None, published, *open_ended[word]
    if word == "none":
        return None, None, "unknown", "increment"
    told = "inherited" if inherited else "explicit"
    if word == "ytd":
        return date(published.year, 1, 1), published, told, "ytd"
    basis, at, day = word.partition("@")
    if at:
        return date.fromisoformat(day), published, basis, "cumulative"
    first, _, last = word.partition("..")
    start = _days(first)[0] if first else None
    end = _days(last or first)[1]
    return start, end, told, "increment"


def _measure(label: Label, source: Source) -> dict[str, Any]:
    category, when, flags, given = _words(label)
    start, end, basis, aggregation = period(when, source.published_at.date())
    value, low, high, unit = _stated(given) or quantity(label.surface)
    record: dict[str, Any] = {
        "start": label.start,
        "end": label.end,
        "surface": label.surface,
        "value": _number(value),
        "low": _number(low),
        "high": _number(high),
        "unit": given.get("unit", unit),
        "category": _asserted(category),
        "period_start": start and start.isoformat(),
        "period_end": end and end.isoformat(),
        "period_basis": basis,
        "actor": given.get("actor", source.get("actor")) or None,
        "region": _asserted(given.get("region", source.get("region"))),
        "region_scope": _asserted(given.get("scope", source.head.get("scope", "self"))),
        "is_measure": None if "maybe" in flags else "no" not in flags,
        "aggregation": _last(label, AGGREGATIONS) or aggregation,
        "modality": _last(label, MODALITIES) or "achieved",
        "polarity": -1 if "-1" in flags else 1,
        "id": given.get("id"),
        "parent": given.get("of"),
        "relation": given.get("rel"),
    }
    extra = {key: given[key] for key in ("reporter", "target", "rank", "problem") if key in given}
    return record | extra


def _words(label: Label) -> tuple[str, str, set[str], dict[str, str]]:
    category, when, *rest = label.words
    given = dict(word.split("=", 1) for word in rest if "=" in word)
    flags = {word for word in rest if "=" not in word}
    unknown = (flags - AGGREGATIONS - MODALITIES - {"no", "maybe", "-1"}) | (given.keys() - KEYS)
    if unknown:
        raise ValueError(f"unknown words {sorted(unknown)} at {label.surface!r}")
    return category, when, flags, given


def _asserted(word: str | None) -> str | None:
    return None if word == "-" else word


def _last(label: Label, codes: set[str]) -> str | None:
    """Return the last word of a label that is one of the codes: `ytd rate` is a rate."""
    return next((word for word in reversed(label.words) if word in codes), None)


def _stated(
    given: dict[str, str],
) -> tuple[Decimal | None, Decimal | None, Decimal | None, str | None] | None:
    if "v" not in given and "lo" not in given:
        return None
    value = Decimal(given["v"]) if "v" in given else None
    low = _bound(given, "lo", value)
    high = _bound(given, "hi", value)
    return value, low, high, given.get("unit")


def _bound(given: dict[str, str], key: str, value: Decimal | None) -> Decimal | None:
    stated = given.get(key)
    return None if stated == "open" else Decimal(stated) if stated else value


def _with_parents(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    starts = {record["id"]: record for record in records if record["id"]}
    for record in records:
        whole = starts[record["parent"]] if record["parent"] else None
        record["parent"] = whole and whole["start"]
        record["parent_surface"] = whole and whole["surface"]
    return [{key: value for key, value in r.items() if key != "id"} for r in records]


def _programme(label: Label) -> dict[str, Any]:
    kind, *name = label.words
    return {
        "start": label.start,
        "end": label.end,
        "surface": label.surface,
        "name": " ".join(name) or label.surface,
        "kind": kind,
    }


def _approximator(match: re.Match[str]) -> str:
    if match["over"] or match["late"]:
        return "over"
    words = {"近": "under", "将近": "under", "约": "about", "左右": "about"}
    at_least = dict.fromkeys(("超", "超过", "逾", "不少于", "至少", "不低于", "以上"), "least")
    at_most = dict.fromkeys(("不超过", "以内"), "most")
    word = match["pre"] or match["post"]
    return (words | at_least | at_most)[word] if word else "exact"


def _bounds(value: Decimal, place: Decimal, how: str) -> tuple[Decimal | None, Decimal | None]:
    return {
        "exact": (value, value),
        "over": (value, value + place),
        "under": (value - place, value),
        "about": (value - place / 2, value + place / 2),
        "least": (value, None),
        "most": (None, value),
    }[how]


def _place(digits: str) -> Decimal:
    whole, _, fraction = digits.partition(".")
    if fraction.rstrip("0"):
        return Decimal(1).scaleb(-len(fraction.rstrip("0")))
    return Decimal(1).scaleb(len(whole) - len(whole.rstrip("0")))


def _days(word: str) -> tuple[date, date]:
    """Read 2020, 2020Q1, 2020-03 or 2020-03-15."""
    if match := re.fullmatch(r"([0-9]{4})Q([1-4])", word):
        year, last = int(match[1]), 3 * int(match[2])
        return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])
    year, month, day = ([int(part) for part in word.split("-")] + [0, 0])[:3]
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
