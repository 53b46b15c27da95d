"""Other projects' number, percent and money suites, with our deliberate differences."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from transforms.document import fold
from transforms.figures.figures import find_figures
from transforms.figures.masks import at_number
from transforms.figures.numerals import parse_number, read_numeral

SUITES = Path(__file__).parent / "suites"
FLOOR = 0.97
MONEY = ("money",)


def cases(name: str) -> list[dict]:
    lines = (SUITES / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def differences() -> dict[tuple[str, int], tuple[str, str]]:
    header, *lines = (SUITES / "differences.tsv").read_text("utf-8").splitlines()
    assert header == "suite\tcase\tscope\treason\tinput"
    rows = (line.split("\t") for line in lines)
    return {(suite, int(case)): (scope, reason) for suite, case, scope, reason, _ in rows}


def same(ours: Decimal | None, theirs: object) -> bool:
    if theirs is None or ours is None:
        return ours is None and theirs is None
    value = float(str(theirs))
    return abs(float(ours) - value) <= 1e-6 * max(1, abs(value))


def plain(surface: str) -> str:
    return fold(surface).replace("，", ",").replace("－", "-").replace(" ", "").lower()


def numerals_agree(case: dict) -> bool:
    expected = case["expected"]
    if not expected:
        return not find_figures(fold(case["input"]))
    # 余 and 多 are approximators to us, no part of the numeral
    read = [read_numeral(re.sub("[余多]", "", fold(one["surface"]))) for one in expected]
    return all(
        found is not None and same(found.value, one["value"])
        for found, one in zip(read, expected, strict=True)
    )


def parsed_agree(case: dict) -> bool:
    expected = case["expected"]
    if expected and set(case["input"]) & set("元圆"):
        return figures_agree(case, MONEY)
    return same(parse_number(case["input"]), expected[0]["value"] if expected else None)


def ordinals_agree(case: dict) -> bool:
    text = fold(case["input"])
    first = case["expected"][0]
    stop = at_number(text, first["start"] + 1)
    return (
        stop is not None
        and stop.kind == "ordinal"
        and same(parse_number(stop.span.of(text)), first["value"])
        and not find_figures(text)
    )


def figures_agree(case: dict, dimensions: tuple[str, ...], *, bounds: bool = False) -> bool:
    text = fold(case["input"])
    found = [
        figure
        for figure in find_figures(text)
        if (figure.quantity.dimension or "").startswith(dimensions)
    ]
    expected = case["expected"]
    if not found and case["mode"] == "whole" and expected:
        return amount_agrees(text, expected[0])
    if [plain(one.span.of(text)) for one in found] != [plain(one["surface"]) for one in expected]:
        return False
    return all(valued(one, other, bounds) for one, other in zip(found, expected, strict=True))


def amount_agrees(text: str, expected: dict) -> bool:
    """Agree on an amount whose 元 is left out and that stands in no sentence."""
    figures = find_figures(text)
    value = figures[0].quantity.value if figures else parse_number(text)
    return same(value, expected["value"])


def valued(figure, expected: dict, bounds: bool) -> bool:
    quantity = figure.quantity
    if expected.get("value") is None:
        return not bounds or quantity.low is not None
    return same(quantity.value, round(expected["value"], 12))


CHECKS = {
    "cn2an_number": parsed_agree,
    "jio_money_extractor": lambda case: figures_agree(case, MONEY),
    "jio_money_parser": lambda case: figures_agree(case, MONEY, bounds=True),
    "ms_Number_NumberModel": numerals_agree,
    "ms_Number_OrdinalModel": ordinals_agree,
    "ms_Number_PercentModel": lambda case: figures_agree(case, ("ratio",)),
    "ms_NumberWithUnit_CurrencyModel": lambda case: figures_agree(case, MONEY),
}


@pytest.mark.parametrize("suite", CHECKS)
def test_we_agree_but_for_the_differences_we_chose(suite):
    chosen = differences()
    wrong = {n for n, case in enumerate(cases(suite)) if not CHECKS[suite](case)}
    assert wrong == {n for name, n in chosen if name == suite}


@pytest.mark.parametrize("suite", CHECKS)
def test_we_agree_on_nearly_all_that_lies_in_our_domain(suite):
    scopes = {n: scope for (name, n), (scope, _) in differences().items() if name == suite}
    outside = sum(scope == "outside" for scope in scopes.values())
    differs = len(scopes) - outside
    within = len(cases(suite)) - outside
    assert (within - differs) / within >= FLOOR, f"{differs} of {within} differ"


def test_every_difference_has_a_reason():
    assert all(scope in {"differs", "outside"} and why for scope, why in differences().values())
