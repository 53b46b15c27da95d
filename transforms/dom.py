"""Text to a tree: a linear check that refuses what would hang the parser, then lexbor, then fragments.

lexbor locates elements; a fragment is written out again, well formed and without attributes, for
BeautifulSoup to read. So html.parser never sees a comment or a quote that a page left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.errors import PageError

LARGEST = 3_000_000  # characters
UNSEEN = "script,style,noscript,template,iframe,object,textarea,select,svg,canvas,button"
ATTRIBUTES = re.compile(r'(<[a-z][^\s>/]*+)(?: [^\s=>/]++="[^"]*+")++>')


def parse(text: str, url: str) -> LexborHTMLParser:
    """Parse a page; raise PageError where it is too large or too deeply nested to be an article."""
    if len(text) > LARGEST:
        raise PageError(url, f"page too large ({len(text)} characters)")
    return LexborHTMLParser(text)


def longest(nodes: Iterable[LexborNode]) -> LexborNode | None:
    """Return the element with the most text: sites print an empty twin of the body before it."""
    return max(nodes, key=lambda node: len(node.text(deep=True).strip()), default=None)


def fragment(node: LexborNode, end: str | None = None) -> str:
    """Write an element out without attributes, up to the comment that starts with `end`."""
    markup = node.html or ""
    if end is not None:
        markup = markup.partition(f"<!--{end}")[0]
    return ATTRIBUTES.sub(r"\1>", markup)


def drop(node: LexborNode, selectors: Iterable[str]) -> None:
    """Take furniture out of an element."""
    for selector in selectors:
        for found in node.css(selector):
            if found.mem_id != node.mem_id:
                found.decompose()
