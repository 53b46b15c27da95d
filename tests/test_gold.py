"""The labelled passages of tests/gold are read at least as well as tests/gold/floors.json says."""

from __future__ import annotations

import json

import pytest

from tests.gold_scores import GOLD, passages, score

FLOORS = json.loads((GOLD / "floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def scores():
    return score(passages())


@pytest.mark.parametrize("group", sorted(FLOORS))
def test_rates_do_not_fall(scores, group):
    rates = scores[group].rates()
    fallen = {
        name: (round(rates[name], 4), floor)
        for name, floor in FLOORS[group].items()
        if name in rates and rates[name] < floor - 0.0005
    }
    assert not fallen, "\n".join([str(fallen), *scores[group].mistakes])


def test_labels_quote_their_text():
    for passage in passages():
        for label in passage["measures"]:
            assert passage["text"][label["start"] : label["end"]] == label["surface"], passage["id"]


def test_passages_are_many_and_distinct():
    texts = [passage["text"] for passage in passages()]
    assert len(texts) == len(set(texts))
    assert len(texts) >= 60
