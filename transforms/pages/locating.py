"""Where headline, header zone and body stand on a page whose site has a layout for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.document import without_invisible
from transforms.pages.blocks import Line, read_lines, tidy
from transforms.pages.dom import drop, fragment, longest
from transforms.pages.metas import page_title
from transforms.sites.site import Layout

NO_COLUMN = frozenset({"正文", "详情", "内容", "文章内容", "浏览文章", "信息内容"})
BREADCRUMBS = ",".join(
    f'[{name}*="{word}" i]'
    for name in ("class", "id")
    for word in ("location", "position", "crumb", "weizhi", "dqwz")
)
BREADCRUMB = re.compile(r"^(?:您?(?:现在)?(?:所?在|的)?位置|当前位置|首页 ?[>＞»])")
LONGEST_BREADCRUMB = 120  # characters
HIDDEN = ('[style*="display:none"]', '[style*="display: none"]', "[hidden]")


def bare(text: str) -> str:
    """Leave the letters, digits and Han characters of a text, to compare headlines by."""
    return re.sub(r"[\W_]", "", text)


@dataclass(frozen=True, slots=True)
class Located:
    """The parts of an article page, as lines; `removed` counts invisible characters of the body."""

    title: tuple[str, ...]
    header: str
    body: tuple[Line, ...]
    column: str | None = None
    removed: int = 0
    images: int = 0
    script_source: str | None = None
    foot: str = ""  # what follows the body, where only its looks tell where it ends


def locate(page: LexborHTMLParser, layout: Layout) -> Located | None:
    """Read the parts of a page by a layout; None where its headline or body is not there."""
    title = _headline(page, layout.title)
    node = longest(page.css(layout.body))
    if title is None or node is None:
        return None
    headers = page.css(layout.header) if layout.header else []
    for part in (title, node, *headers):
        drop(part, layout.drop)
    body, removed = read_clean(node, layout.end)
    return Located(
        title=tuple(line.text for line in read_clean(title)[0]),
        header="  ".join(line.text for part in headers[:3] for line in read_clean(part)[0]),
        body=body,
        column=column_of(page.css(layout.column)) if layout.column else None,
        removed=removed,
        images=len(node.css("img")),
        script_source=script_source(page, layout.script_source),
    )


def misses(page: LexborHTMLParser, layout: Layout) -> tuple[str, ...]:
    """Name each selector of a layout that finds no text on a page."""
    wanted = {"title": layout.title, "header": layout.header, "body": layout.body}
    return tuple(
        f"{name}: no text at {selector!r}"
        for name, selector in wanted.items()
        if selector and not any(node.text(deep=True).strip() for node in page.css(selector))
    )


def read_clean(node: LexborNode, end: str | None = None) -> tuple[tuple[Line, ...], int]:
    """Read an element's lines without invisible characters; also return how many there were."""
    markup = node.html or ""
    if "display" in markup or " hidden" in markup:
        _drop_hidden(node)
        markup = node.html or ""
    markup = fragment(markup, end)
    clean, kept = without_invisible(markup)
    lines = read_lines(clean)
    return lines, len(markup) - len(clean) if kept else 0


def column_of(nodes: Iterable[LexborNode]) -> str | None:
    """Return the last step of a breadcrumb that is not 正文."""
    texts = (tidy(without_invisible(node.text(deep=True))[0]) for node in nodes)
    return next(filter(None, map(column_of_text, texts)), None)


def column_of_text(breadcrumb: str) -> str | None:
    """Return the last step of 首页 > 要闻 > 正文 that names a column; None where there is none."""
    steps = [step.strip() for step in re.split(r"[>＞»›→]|--|/", breadcrumb)]
    named = [step for step in steps if step and step not in NO_COLUMN]
    return named[-1] if len(named) > 1 else None


def breadcrumb_column(page: LexborHTMLParser) -> str | None:
    """Return the column that a line 当前位置：首页 > 要闻 > 正文 names."""
    for node in page.css(BREADCRUMBS):
        text = tidy(without_invisible(node.text(deep=True))[0])
        if len(text) <= LONGEST_BREADCRUMB and BREADCRUMB.match(text):
            return column_of_text(text)
    return None


def _headline(page: LexborHTMLParser, selector: str) -> LexborNode | None:
    """Return the element with the headline; of several the one that `<title>` repeats."""
    nodes = [node for node in page.css(selector) if node.text(deep=True).strip()]
    if len(nodes) > 1:
        window = bare(page_title(page))
        repeated = (node for node in nodes if bare(node.text(deep=True)) in window)
        return next(repeated, nodes[0])
    return nodes[0] if nodes else None


def _drop_hidden(node: LexborNode) -> None:
    """Take out what a browser hides, unless that is the whole article, shown later by a script."""
    hidden = sum(len(found.text(deep=True)) for rule in HIDDEN for found in node.css(rule))
    if hidden * 2 < len(node.text(deep=True)):
        drop(node, HIDDEN)


def script_source(page: LexborHTMLParser, pattern: str | None) -> str | None:
    """Return the source that a script of the page writes into it."""
    scripts = (node.text(deep=True) for node in page.css("script")) if pattern else ()
    found = (re.search(pattern or "", script) for script in scripts)
    return next((match[1].strip() for match in found if match), None)
