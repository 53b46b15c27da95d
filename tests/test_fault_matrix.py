"""The matrix of faults names each fault once, and tests that exist for each invariant."""

import ast
import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FAULTS = [f"F{number:02}" for number in range(1, 78)]
AREAS = {"fetch", "politeness", "content", "tls", "archive", "load", "time", "parse", "extract"}
AREAS |= {"security", "ops"}
STATES = {"held", "mended", "partly", "not held"}
MATRIX = (ROOT / "tests" / "faults" / "matrix.tsv").read_text("utf-8").splitlines()
ROWS = list(csv.DictReader(MATRIX, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def module(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"))


def cases_of(path: str) -> set[str]:
    return {
        node.name
        for node in module(path).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def strings_of(path: str) -> set[str]:
    return {
        node.value
        for node in ast.walk(module(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_each_fault_stands_in_one_row() -> None:
    assert [row["id"] for row in ROWS] == FAULTS
    assert max(Counter(row["invariant"] for row in ROWS).values()) == 1
    assert {row["area"] for row in ROWS} == AREAS
    assert {row["state"] for row in ROWS} <= STATES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_test_that_is_named_exists(row: dict[str, str]) -> None:
    assert row["invariant"]
    assert row["tests"] or row["state"] == "not held"
    assert row["note"] or row["state"] in {"held", "mended"}
    for node in row["tests"].split():
        path, _, name = node.partition("::")
        name, bracket, case = name.partition("[")
        assert name in cases_of(path), node
        # A case is named by one of the strings of its module; a blank is written as ·.
        assert not bracket or case.removesuffix("]").replace("·", " ") in strings_of(path), node


def test_a_test_of_a_name_that_does_not_exist_is_noticed() -> None:
    assert "test_no_such" not in cases_of("tests/test_fault_matrix.py")
    assert "cl_short" in strings_of("tests/test_fetching.py")
