"""A text made ready for reading: folded to half width, and cut into paragraphs and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from transforms.model import Article, Span

# One character for one: offsets into the folded text are offsets into the text. Full-width
# punctuation (，。：；（）) stays: sentences are cut at it. Circled digits stay: ①② is not 12.
FOLDED = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)}
    | {"％": "%", "．": ".", "\u3000": " ", "\u00a0": " "}
)
WIDE = f"[{re.escape(''.join(map(chr, FOLDED)))}]"
FOLDABLE = re.compile(f"{WIDE}{WIDE}*")  # a search for one character skips faster than for a run
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
SENTENCE_END = re.compile(r"[。！？!?；;\n](?:(?<=\n)|[。！？!?；;]*[”’」』）)]*)")
PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Document:
    """The folded text of one article, its headline, and who published it when."""

    text: str
    title: str = ""
    source: str | None = None
    published_on: date | None = None
    site: str | None = None

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Spans that end at 。！？； or a line's end; together they cover every figure."""
        return tuple(map(Span, (0, *self._sentence_ends), self._sentence_ends))

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The lines of the text that are not empty."""
        return tuple(Span(*match.span()) for match in PARAGRAPH.finditer(self.text))

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence that holds `offset`."""
        ends = self._sentence_ends
        if not ends:
            return Span(0, 0)
        index = min(bisect_right(ends, offset), len(ends) - 1)
        return Span(ends[index - 1] if index else 0, ends[index])

    def paragraph_at(self, offset: int) -> Span:
        """Return the paragraph that holds `offset`."""
        spans = self.paragraphs
        if not spans:
            return Span(0, 0)
        return spans[max(bisect_right(self._paragraph_starts, offset) - 1, 0)]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        ends = [match.end() for match in SENTENCE_END.finditer(self.text)]
        if self.text and (not ends or ends[-1] < len(self.text)):
            ends.append(len(self.text))
        return ends

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [span.start for span in self.paragraphs]


def document_of(article: Article) -> Document:
    """Fold an article's text, character for character."""
    return Document(
        text=fold(article.text),
        title=fold(article.title),
        source=article.source,
        published_on=article.published_on,
        site=article.site,
    )


def fold(text: str) -> str:
    """Fold full-width digits, letters, %, . and spaces to half width; the length stays the same."""
    # Few characters of a text are wide: only these are looked up, not each Chinese character.
    return FOLDABLE.sub(_folded, text)


def _folded(wide: re.Match[str]) -> str:
    return wide[0].translate(FOLDED)


def without_invisible(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Take out controls, zero-width and bidi characters and lone surrogates.

    Returns the clean text and, where anything was removed, the original offset of each of its
    characters (plus one past the end), so that spans can be led back; None where nothing was.
    """
    if not INVISIBLE.search(text):
        return text, None
    kept = [index for index, char in enumerate(text) if not INVISIBLE.match(char)]
    return "".join(text[index] for index in kept), (*kept, len(text))
