"""Reads the surnames that tell a person's name from other words."""

from __future__ import annotations

from functools import cache

from transforms.lexicon import rows


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Return the surnames of one character and of two."""
    listed = [row["surnames"] for row in rows("surnames.tsv")]
    double = {name for cell in listed if ";" in cell for name in cell.split(";")}
    single = {char for cell in listed if ";" not in cell for char in cell}
    return frozenset(single), frozenset(double)
