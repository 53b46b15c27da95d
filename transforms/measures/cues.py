"""Compiles the words of cues.tsv that decide how a figure is meant and what it belongs to."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicon import rows
from transforms.patterns import noticeable, searchable

SEARCHED = frozenset(
    {"before", "any_before", "sentence", "firm"}
)  # scopes asked whether, not where


@cache
def cue(kind: str, effect: str, scope: str) -> re.Pattern[str]:
    """Return one pattern of all cues of a kind with such an effect, looked for in such a scope."""
    parts = [
        row["cue"].removeprefix("RE:") if row["cue"].startswith("RE:") else re.escape(row["cue"])
        for row in rows("cues.tsv")
        if (row["kind"], row["effect"], row["scope"]) == (kind, effect, scope)
    ]
    told = noticeable if kind in {"aggregation", "background"} and scope in SEARCHED else searchable
    return re.compile("|".join(map(told, parts)) or "(?!)")
