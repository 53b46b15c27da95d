"""Text to a tree to fragments, with a check that refuses what would hang a parser.

lexbor locates elements; a fragment is written out again, well formed and without attributes, for
BeautifulSoup to read. So html.parser never sees a comment or a quote that a page left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.errors import PageError
from transforms.pages.nesting import excess_of

LARGEST = 3_000_000  # characters
MOST_TAGS = 30_000  # BeautifulSoup needs 15 µs for each; the longest article has a few thousand
MOST_ENTITIES = 300_000
ATTRIBUTES = re.compile(r'(<[a-z][^\s>/]*+)(?>(?: [^\s=>/]++="[^"]*+")+)>')


def parse(text: str, url: str) -> LexborHTMLParser:
    """Parse a page; raise PageError where it is too large or too deeply nested to be an article."""
    if len(text) > LARGEST:
        raise PageError(url, f"page too large ({len(text)} characters)")
    entities = text.count("&") if len(text) > MOST_ENTITIES else 0
    if text.count("<") > MOST_TAGS or entities > MOST_ENTITIES:
        raise PageError(url, "page has too many tags or entities")
    if excess := excess_of(text):
        raise PageError(url, excess)
    return LexborHTMLParser(text)


def longest(nodes: Iterable[LexborNode]) -> LexborNode | None:
    """Return the element with the most text: sites print an empty twin of the body before it."""
    return max(nodes, key=lambda node: len(node.text(deep=True).strip()), default=None)


def fragment(markup: str, end: str | None = None) -> str:
    """Return an element's markup without attributes, up to the comment that starts with `end`."""
    if end is not None:
        markup = markup.partition(f"<!--{end}")[0]
    return ATTRIBUTES.sub(r"\1>", markup)


def drop(node: LexborNode, selectors: Iterable[str]) -> None:
    """Take furniture out of an element."""
    for selector in selectors:
        for found in node.css(selector):
            if found.mem_id != node.mem_id:
                found.decompose()
