"""A linear look at a page's tags before parsing: whether building its tree would take for ever.

A tree builder walks up the open elements at each tag and opens formatting elements (`<font>`) anew
in each block, so its cost is the sum over all tags of how many are open. This adds up just that,
and errs towards too much: end tags that may be ignored are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ATTRIBUTE = (
    r"[^\s/>][^\s/>=]*+(?>(?:\s*+=\s*+"
    r"(?>(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?))?)"
)
ATTRIBUTES = re.compile(ATTRIBUTE)
TOKEN = re.compile(
    r"<!--(?:-?>|[\s\S]*?(?:--!?>|\Z))"
    rf"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?>(?:[\s/]++|{ATTRIBUTE})*))"
)
START = re.compile(r"<([a-zA-Z][^\s/>]*+)")
# These hold nothing, or end where the next one begins.
FLAT = frozenset(
    {
        "area",
        "base",
        "basefont",
        "bgsound",
        "body",
        "br",
        "col",
        "colgroup",
        "dd",
        "dt",
        "embed",
        "frame",
        "head",
        "hr",
        "html",
        "img",
        "input",
        "keygen",
        "li",
        "link",
        "meta",
        "optgroup",
        "option",
        "p",
        "param",
        "rp",
        "rt",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    }
)
FORMATTING = frozenset(
    {
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    }
)
BARRIERS = frozenset(
    {
        "applet",
        "button",
        "caption",
        "foreignobject",
        "marquee",
        "math",
        "object",
        "select",
        "svg",
        "table",
        "template",
    }
)
BLOCKS = BARRIERS | frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "pre",
        "search",
        "section",
        "summary",
        "ul",
    }
)
RAW = frozenset(
    {
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
    }
)
FEW_TAGS = 1_400  # nested as deeply as can be they cost less than the limits
FEW_VALUES = 8_000
LONG_TAG = 8_192
DEEPEST = 3_000
MOST_ATTRIBUTES = 2_000  # of one tag; a parser looks for duplicates among them
OPEN_COST = 300_000_000
FORMATTING_COST = 1_000_000
FORMATTING_COST_OF_TAG = 20
REACH = 64  # how far up an end tag looks for its start tag
TWINS = 3  # identical formatting elements that a tree builder remembers


class _Tree:
    """The open elements and formatting elements of a tree builder, and what they have cost."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.formatting: list[str] = []
        self.tags = self.cost = self.formatting_cost = 0

    def start(self, name: str, attributes: str = "") -> None:
        self._count()
        if name in FORMATTING:
            self._format(name, attributes)
        elif name not in FLAT:
            self.open.append(name)
        if name in BARRIERS:
            self.formatting.append(f"|{name}")

    def end(self, name: str) -> None:
        self._count()
        if name in FORMATTING:
            _forget(self.formatting, name)
        elif name == "form":
            _forget(self.open, name)
        else:
            stops = BARRIERS if name in BLOCKS else BLOCKS
            if _close(self.open, name, stops) and name in BARRIERS:
                _close(self.formatting, f"|{name}", frozenset())

    def too_deep(self) -> bool:
        """Say whether the tree so far is dearer than any article's."""
        allowed = FORMATTING_COST + FORMATTING_COST_OF_TAG * self.tags
        deep = len(self.open) > DEEPEST or self.cost > OPEN_COST
        return deep or self.formatting_cost > allowed

    def _count(self) -> None:
        self.tags += 1
        self.cost += len(self.open)
        self.formatting_cost += len(self.formatting)

    def _format(self, name: str, attributes: str) -> None:
        if name in {"a", "nobr"}:  # a second link ends the first
            _forget(self.formatting, name)
        entry = f"{name} {attributes}"
        if self.formatting[-REACH:].count(entry) < TWINS:
            self.formatting.append(entry)


def excess_of(text: str) -> str | None:
    """Say why a page must not be parsed; None where it may be. Linear in the length of the text."""
    if not _is_large(text):
        return None
    tree = _Tree()
    for name, attributes, closing in _tags(text):
        if closing:
            tree.end(name)
            continue
        if len(attributes) > 2 * MOST_ATTRIBUTES and _has_too_many(attributes):
            return "too many attributes"
        tree.start(name, attributes)
        if tree.too_deep():
            return "page too deeply nested"
    return None


def _is_large(text: str) -> bool:
    """Say whether a page has enough tags, values or long tags to be worth the look."""
    if text.count("<") > FEW_TAGS or text.count("=") > FEW_VALUES:
        return True
    return any(_tag_length(piece) > LONG_TAG for piece in _long_pieces(text))


def _long_pieces(text: str) -> Iterator[str]:
    """Yield the pieces between two `>` that are longer than a tag may be; looks at few of them."""
    start = 0
    while start + LONG_TAG < len(text):
        last = text.rfind(">", start, start + LONG_TAG + 1)
        if last < 0:
            last = text.find(">", start)
            last = len(text) if last < 0 else last
            yield text[start:last]
        start = last + 1


def _tag_length(piece: str) -> int:
    """Return the length of the tag that a piece ends; a style sheet before it is none."""
    start = piece.find("<")
    return len(piece) - start if start >= 0 else 0


def _tags(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield name, attributes and whether it ends, for each tag; scripts are passed over."""
    foreign = "<svg" in text.lower() or "<math" in text.lower()
    position = 0
    while token := TOKEN.search(text, position):
        position = token.end()
        if token["name"] is None:  # a comment
            continue
        name, closing = token["name"].lower(), bool(token["close"])
        yield name, token["attributes"], closing
        if name in RAW and not closing:
            end = _end_of_raw(text, position, name)
            if foreign:  # within <svg> a <style> is no raw text: count what it may hold
                yield from (
                    (inner[1].lower(), "", False) for inner in START.finditer(text, position, end)
                )
            position = end


def _end_of_raw(text: str, start: int, name: str) -> int:
    found = re.compile(rf"</{name}(?![^\s/>])", re.IGNORECASE).search(text, start)
    return found.start() if found and name != "plaintext" else len(text)


def _has_too_many(attributes: str) -> bool:
    return sum(1 for _ in ATTRIBUTES.finditer(attributes)) > MOST_ATTRIBUTES


def _close(stack: list[str], name: str, stops: frozenset[str]) -> bool:
    """End the nearest element of that name and all within it, unless a stop lies between."""
    for index in range(len(stack) - 1, max(-1, len(stack) - REACH - 1), -1):
        if stack[index] == name:
            del stack[index:]
            return True
        if stack[index] in stops:
            return False
    return False


def _forget(stack: list[str], name: str) -> None:
    """Take out the nearest element of that name alone; what is within it stays open."""
    for index in range(len(stack) - 1, max(-1, len(stack) - REACH - 1), -1):
        if stack[index] == name or stack[index].startswith(f"{name} "):
            del stack[index]
            return
        if stack[index].startswith("|") or stack[index] in BARRIERS:
            return
