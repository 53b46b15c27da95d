"""The hard sentences of tests/cases: all but one of a hundred are read wholly right."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from transforms.measures.narrative import case_codes
from transforms.reading import read_text

CASES = Path(__file__).parent / "cases" / "hard_cases.jsonl"
PEOPLE = {"名": "人", "位": "人"}
MONEY = {"HKD": "港元", "USD": "美元"}
RELATIONS = {"sub": {"subset", "partition", "overlap"}, "share": {"share_of"}, "change": {"change"}}
RUNNING = {"cumulative", "ytd"}
# Deliberate: a case's narrative is kept as such and is no measure of work; a running sum within it
# is alleged, not cumulative; 等9个领域 only sizes a list.
NARRATIVE = {"hc012", "hc026", "hc078", "hc107", "hc123"}


def faults(case: dict) -> list[str]:
    """What is wrong in the reading of one sentence."""
    reading = read_text(case["text"], published_at=date.fromisoformat(case["published"]))
    found = {(m.figure.span.start, m.figure.span.end): m for m in reading.measures}
    labels = case["expect"].get("measures", [])
    spans = {label["id"]: (label["start"], label["end"]) for label in labels}
    wrong = []
    for label in labels:
        measure = found.pop((label["start"], label["end"]), None)
        wrong += (
            [f"missed {label['surface']}"]
            if measure is None
            else [
                f"{label['surface']}: {fault}" for fault in _row(label, measure, spans, case["id"])
            ]
        )
    return wrong + [f"invented {m.figure.span}" for m in found.values() if m.is_measure]


def _row(label, measure, spans, case_id):
    quantity, period = measure.figure.quantity, measure.period
    if label["value"] != (float(quantity.value) if quantity.value is not None else None):
        yield f"value {quantity.value}"
    unit = MONEY.get(label.get("currency"), PEOPLE.get(label["unit"], label["unit"]))
    if unit != quantity.unit:
        yield f"unit {quantity.unit}"
    if label.get("period"):
        days = [str(day) if day else None for day in (period.start, period.end)]
        if days != [label["period"]["from"], label["period"]["to"]]:
            yield f"period {days}"
    if label.get("measure") is False and measure.is_measure:
        yield "is no measure"
    counted = label.get("measure") is not False and label.get("kind") != "duration"
    told = case_id in NARRATIVE
    if told and measure.category not in case_codes():
        yield f"category {measure.category}"
    if told and measure.is_measure:
        yield "is no measure"
    sized = label.get("role") == "list_size"
    if counted and not measure.is_measure and not told and not sized:
        yield "is a measure"
    running = measure.aggregation in RUNNING
    if label.get("cumulative") == "cumulative" and not running and not told:
        yield f"aggregation {measure.aggregation}"
    if label.get("cumulative") == "increment" and measure.aggregation != "increment":
        yield f"aggregation {measure.aggregation}"
    wanted = RELATIONS.get(label.get("role")) if "part_of" in label else None
    parent = spans[label["part_of"]][0] if wanted else None
    if wanted and (measure.relation not in wanted or measure.parent != parent):
        yield f"relation {measure.relation} {measure.parent}"


def test_all_but_one_of_a_hundred_are_wholly_right():
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    wrong = {case["id"]: found for case in cases if (found := faults(case))}
    assert len(cases) > 100
    assert len(wrong) <= 0.01 * len(cases), wrong
