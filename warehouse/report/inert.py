"""Make words from outside harmless where they are shown."""

from __future__ import annotations

import re

# What opens markup wherever it stands: code, emphasis, tags, strike-through, the middle of a link.
_MARKUP = re.compile(r"([\\`*_<~]|!(?=\[)|(?<=\])[(\[:])")


def inert_markdown(text: str) -> str:
    """Escape Markdown's markup and join lines, so that text stays text; bounds [1, 2] stay."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def inert_cell(text: str) -> str:
    """Make text harmless in a cell of a Markdown table."""
    return inert_markdown(text).replace("|", r"\|")
