"""The same article told twice: under two addresses, reposted, revised later, or told in part.

Texts that have passages in common are compared by all their 4-grams. Two monthly bulletins share
most of their words and none of their figures: texts repeat each other only if their numbers do too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from zlib import crc32

from transforms.document import fold

PASSAGE = 24  # characters
CLAUSE = 8  # characters of the shortest clause at which a passage begins: no item of a list
GRAM = 4  # characters
ALIKE = 0.7  # of the 4-grams of both texts together
SURELY_ALIKE = 0.85  # where few numbers tell two notices of one pattern apart
SAME_NUMBERS = 0.8  # of the numbers of the text that has fewer of them
FEW_NUMBERS = 3
WITHIN = 0.9  # of the 4-grams of the shorter text: an excerpt of the longer
BREAK = re.compile(r"[\W_][\W_]*")
NUMBER = re.compile(r"(?<![0-9.])[0-9]{1,16}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Text:
    """A text without spaces and punctuation, and what is compared of it."""

    text: str

    @cached_property
    def clauses(self) -> list[str]:
        """What stands between spaces and punctuation."""
        return BREAK.split(fold(self.text))

    @cached_property
    def bare(self) -> str:
        """Letters and digits alone."""
        return "".join(self.clauses)

    @cached_property
    def numbers(self) -> Counter[str]:
        """Each number and how often it stands in the text."""
        return Counter(NUMBER.findall(fold(self.text)))


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How one text repeats another: `excerpt` if it is told in part, else as a whole."""

    likeness: float  # of the 4-grams of both together, the share they have in common
    within: float  # of the 4-grams of the shorter, the share that stands in the longer
    excerpt: bool


def passages(text: str) -> frozenset[int]:
    """Give a number to each passage that begins with a clause; who shares none is not compared.

    The same text gives the same numbers on every machine.
    """
    told = Text(text)
    at = 0
    found = {crc32(told.bare[:PASSAGE].encode())} if told.bare else set()
    for clause in told.clauses:
        if len(clause) >= CLAUSE:
            found.add(crc32(told.bare[at : at + PASSAGE].encode()))
        at += len(clause)
    return frozenset(found)


def resemblance(one: Text, other: Text) -> Resemblance | None:
    """Say how two texts repeat each other, whichever came first; None where they do not."""
    fewer_numbers = min(one.numbers.total(), other.numbers.total())
    if (one.numbers & other.numbers).total() < SAME_NUMBERS * fewer_numbers:
        return None
    mine, theirs = _grams(one.bare), _grams(other.bare)
    shared = len(mine & theirs)
    likeness = shared / (len(mine) + len(theirs) - shared)
    within = shared / min(len(mine), len(theirs))
    whole = likeness >= (ALIKE if fewer_numbers >= FEW_NUMBERS else SURELY_ALIKE)
    if not whole and within < WITHIN:
        return None
    return Resemblance(round(likeness, 3), round(within, 3), not whole)


@lru_cache(64)  # most texts are compared with several others
def _grams(bare: str) -> frozenset[str]:
    last = max(1, len(bare) - GRAM + 1)
    return frozenset(bare[index : index + GRAM] for index in range(last))
