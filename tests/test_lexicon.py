"""Every row of the lexicons is reached by an example, and no two rows contradict."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

import pytest

from transforms.lexicon import codes, listed, predicates, rows
from transforms.measures.contexts import switches
from transforms.measures.cues import cue
from transforms.reading import read_text

LEADS = ("", "区委巡察组", "为企业", "督促", "立案行贿人员2人，", "收集企业诉求3条，")
PREDICATES = [row for row in predicates() if row["code"]]
CATEGORIES = [row for row in codes("category").values() if listed(row["triggers"])]


def object_of(pattern: str) -> str:
    """The first thing that an object pattern matches, spelled out."""
    first = pattern.split("|", maxsplit=1)[0]
    return re.sub(r"(.)\?", r"\1", first).replace("“", "").replace("”", "")


def usual(units: str) -> list[str]:
    return [unit for unit in listed(units) if unit not in {"万条", "万个"}] or ["件"]


def codes_of(sentence: str) -> set[str]:
    reading = read_text(sentence, published_at=date(2021, 3, 29))
    return {measure.category for measure in reading.measures}


def reached(code: str, examples: list[str]) -> bool:
    """One of the examples is read as the code, or as what its context turns it into."""
    wanted = {code} | {switch.instead for switch in switches().get(code, ())}
    return any(codes_of(f"{lead}{example}。") & wanted for example in examples for lead in LEADS)


@pytest.mark.parametrize(
    "row", PREDICATES, ids=lambda row: f"{row['predicate']}+{row['object_re']}→{row['code']}"
)
def test_every_predicate_is_reached(row):
    word, thing = row["predicate"], object_of(row["object_re"])
    examples = []
    for unit in usual(row["units"]):
        examples += [f"{word}{thing}12{unit}", f"{word}12{unit}{thing}", f"12{unit}{thing}{word}"]
    assert reached(row["code"], examples)


@pytest.mark.parametrize("row", CATEGORIES, ids=lambda row: row["code"])
def test_every_category_is_reached_by_a_trigger_of_its_own(row):
    examples = [
        f"{trigger}12{unit}" for trigger in listed(row["triggers"]) for unit in usual(row["units"])
    ]
    assert reached(row["code"], examples)


@pytest.mark.parametrize("dim", ["problem", "rank"])
def test_every_problem_and_rank_is_reached(dim):
    missed = []
    for code, row in codes(dim).items():
        for trigger in listed(row["triggers"]):
            text = f"查处{trigger}问题12起。" if dim == "problem" else f"处分{trigger}干部12人。"
            reading = read_text(text, published_at=date(2021, 3, 29))
            if any(getattr(measure, dim) == code for measure in reading.measures):
                break
        else:
            if listed(row["triggers"]):
                missed.append(code)
    assert not missed


def test_no_two_predicates_contradict():
    claims = defaultdict(set)
    for row in PREDICATES:
        for unit in listed(row["units"]) or ["*"]:
            claims[row["predicate"], row["object_re"], unit].add(row["code"])
    assert not {key: found for key, found in claims.items() if len(found) > 1}


def test_words_of_one_meaning_share_a_row():
    meanings = [
        tuple(row[name] for name in ("object_re", "units", "code", "role", "priority"))
        for row in rows("predicates.tsv")
    ]
    assert len(meanings) == len(set(meanings))


def test_codes_are_known_and_unique():
    known = codes("category")
    assert len(known) == sum(row["dim"] == "category" for row in rows("taxonomy.tsv"))
    assert {row["code"] for row in PREDICATES} <= known.keys()
    for row in rows("contexts.tsv"):
        assert {row["code"], row["instead"]} <= known.keys(), row
    for code, row in known.items():
        assert not row["parent"] or row["parent"] in known, code
        assert row["label_zh"], code
        assert row["label_en"], code
        assert row["additive"] in {"sum", "latest", "distinct", "ratio", "none"}, code


def test_patterns_compile():
    for row in rows("contexts.tsv"):
        re.compile(row["pattern"].removeprefix("!"))
    for row in rows("cues.tsv"):
        assert cue(row["kind"], row["effect"], row["scope"]).pattern != "(?!)", row


def test_problems_point_to_the_categories_of_their_cases():
    for code, row in codes("problem").items():
        if row["note"].startswith("→"):
            assert row["note"][1:].split(";")[0] in codes("category"), code
