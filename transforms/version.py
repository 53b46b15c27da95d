"""Which rules read a page: the version of the code and the hash of the lexicons."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

EXTRACTOR = "0.1.0"  # raise it with every change of what is read


@cache
def lexicon_hash() -> str:
    """Return the first 12 hex digits of the sha256 over every lexicon table, in order of name."""
    folder = files("transforms.lexicon")
    tables = sorted(
        (item for item in folder.iterdir() if item.name.endswith(".tsv")), key=lambda t: t.name
    )
    return sha256(b"".join(table.read_bytes() for table in tables)).hexdigest()[:12]


def rules_version() -> str:
    """Return both as one word: `0.1.0+1a2b3c4d5e6f`."""
    return f"{EXTRACTOR}+{lexicon_hash()}"
