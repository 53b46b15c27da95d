"""The rows that the recipes show have the columns of their files, and do what the recipes say."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from transforms.lexicon import rows
from warehouse.corrections import HEADER

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs/RECIPES.md").read_text("utf-8")
FILES = {
    "dim": "taxonomy.tsv",
    "predicate": "predicates.tsv",
    "unit": "units.tsv",
    "idiom": "idioms.tsv",
    "code": "anchors.tsv",
    "use": "object_words.tsv",
}


def tables() -> list[list[list[str]]]:
    """Every table of the document as lines of cells, the header first."""
    found = re.findall(r"(?:^\|.*\|\n)+", TEXT, re.MULTILINE)
    lines = [[line.strip("|\n").split("|") for line in table.splitlines()] for table in found]
    return [
        [[cell.strip() for cell in cells] for cells in table[:1] + table[2:]] for table in lines
    ]


SHOWN = {table[0][0]: table for table in tables()}


@pytest.mark.parametrize("first", FILES)
def test_a_row_for_a_lexicon_has_the_columns_of_its_file(first: str) -> None:
    header, *lines = SHOWN[first]
    assert header == list(rows(FILES[first])[0])
    assert all(len(line) == len(header) for line in lines)


def test_corrections_have_the_columns_that_are_read() -> None:
    corrections = next(table for table in tables() if tuple(table[0]) == HEADER)
    assert len(corrections) == 5


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the transforms whose lexicons hold the rows of the recipes."""
    root = tmp_path_factory.mktemp("recipes")
    shutil.copytree(ROOT / "transforms", root / "transforms")
    for first, name in FILES.items():
        with (root / "transforms/lexicon" / name).open("a", encoding="utf-8") as file:
            file.writelines("\t".join(line) + "\n" for line in SHOWN[first][1:])
    return root


READ = """
import json, sys
from datetime import date
from transforms.reading import read_text
from transforms.records import reading_records
reading = read_text(sys.argv[1], published_at=date(2025, 9, 30))
print(json.dumps([one for one in reading_records(reading) if one["type"] == "measure"]))
"""


def read(sentence: str, folder: Path) -> dict[str, dict]:
    words = [sys.executable, "-c", READ, sentence]
    done = subprocess.run(words, capture_output=True, text=True, cwd=folder, check=True)
    return {one["surface"]: one for one in json.loads(done.stdout)}


@pytest.mark.parametrize(
    ("sentence", "surface", "before", "after"),
    [
        ("今年以来，为企业挂牌保护38家。", "38家",
         {"category": "uncategorised"}, {"category": "enterprise_protected", "value": 38}),
        ("全县核查冷库33库次。", "33库次", None, {"unit": "库次", "value": 33}),
        ("打造15分钟便民服务圈，走访企业9家。", "15分钟", {"unit": "分钟"}, None),
        ("民营经济促进法施行以来，走访企业56家。", "56家",
         {"period_start": None}, {"period_start": "2025-05-20", "period_basis": "anchor"}),
        ("3起事故引发关注。", "3起", {"object": "事故引发关注"}, {"object": "事故"}),
    ],
)  # fmt: skip
def test_the_rows_of_the_recipes_change_the_reading(
    changed, sentence, surface, before, after
) -> None:
    for folder, expected in ((ROOT, before), (changed, after)):
        found = read(sentence, folder).get(surface)
        assert (found is None) == (expected is None)
        for name, value in (expected or {}).items():
            assert found[name] == value, name
