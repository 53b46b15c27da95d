"""Make words from outside harmless where they are shown."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~!])")


def inert_markdown(text: str) -> str:
    """Escape Markdown's markup and join lines, so that text stays text in a table cell."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
