"""Reads setting_words.tsv: the words around a figure that tell how it is meant, by kind."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicon import listed, rows


@cache
def words(kind: str) -> tuple[str, ...]:
    """Return the words of one kind, in the order of the table."""
    kept = (row for row in rows("setting_words.tsv") if row["kind"] == kind)
    return tuple(word for row in kept for word in listed(row["words"]))


def either(kind: str) -> str:
    """Return the words of one kind as alternatives; RE: marks a pattern, all others are plain."""
    patterns = (
        word.removeprefix("RE:") if word.startswith("RE:") else re.escape(word)
        for word in words(kind)
    )
    return "|".join(patterns)
