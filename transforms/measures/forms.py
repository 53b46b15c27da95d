"""Pairs the four forms told in one breath with their figures: 第一至第四种形态分别为x、y、z、w."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from transforms.measures.clauses import Place
from transforms.measures.zips import row_after
from transforms.model import changed

NUMBERS = "一二三四"
NAMED = re.compile("(第?)([一二三四])(?:种(?:形态)?)?")
# 第一、二、三、四种形态, 第一种至第四种形态, 第一种形态、第二种形态.
ROW = re.compile(
    "第[一二三四](?:种(?:形态)?)?(?:[、和及与至到—-]{1,2}第?[一二三四](?:种(?:形态)?)?){1,3}(?<=[种态])(?:形态)?"
)
RANGE = re.compile("[至到—-]")
NEAR = 16  # characters between the forms and the first figure: 批评教育和处理分别为


def formed(text: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places, those of such a row with the form that each counts."""
    found = list(places)
    starts = [place.figure.span.start for place in places]
    for told in ROW.finditer(text) if "种" in text else ():
        codes = _forms(told[0])
        first = bisect_left(starts, told.end())
        row = row_after(text, told.end(), places[first : first + len(codes) + 1], NEAR)
        if len(row) == len(codes):
            for place, code in zip(row, codes, strict=True):
                found[place.index] = changed(place, form=code)
    return tuple(found)


def _forms(words: str) -> list[str]:
    """第一种至第四种 → form_1 … form_4; 第一、二种 → form_1, form_2."""
    named = list(NAMED.finditer(words))
    numbers = [NUMBERS.index(one[2]) for one in named[:1]]
    for one, other in pairwise(named):
        number = NUMBERS.index(other[2])
        ranged = RANGE.search(words, one.end(), other.start())
        numbers += range(numbers[-1] + 1, number + 1) if ranged else [number]
    return [f"form_{number + 1}" for number in numbers]
