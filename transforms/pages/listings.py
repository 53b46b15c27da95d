"""A listing page to the articles it names and the page that follows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.document import without_invisible
from transforms.errors import PageError
from transforms.model import ArticleRef, Listing, Snapshot
from transforms.pages.blocks import tidy
from transforms.pages.dom import parse
from transforms.pages.encoding import decode
from transforms.pages.headers import stamp_of

NEXT_WORDS = frozenset(
    {"下一页", "下页", "后一页", "后页", ">", "＞", "»", ">>", "下一页>", "下一页>>"}
)
PAGE_SCRIPT = re.compile(
    r"createPageHTML\s{0,3}\(\s{0,3}(?P<pages>[0-9]{1,4})\s{0,3},\s{0,3}(?P<page>[0-9]{1,4})"
    r"\s{0,3},\s{0,3}[\"'](?P<stem>[\w.-]{1,60})[\"']\s{0,3},\s{0,3}[\"'](?P<ending>[a-z]{1,6})[\"']"
)
PAGE_COUNT = re.compile(r"\bcountPage\s{0,3}=\s{0,3}(?P<pages>[0-9]{1,4})")
PAGE_NAME = re.compile(r"(?P<stem>[\w.-]{1,60}?)(?:_(?P<page>[0-9]{1,4}))?\.(?P<ending>s?html?)$")
QUOTED = re.compile(r"[\"']([\w./:?=&-]{1,200}\.(?:s?html?|jhtml|php)[\w?=&-]{0,60})[\"']")


@dataclass(frozen=True, slots=True)
class ListingLayout:
    """How the lists of a site look from one day on; selectors, `day` within the row."""

    since: date
    row: str
    day: str = ""
    link: str = "a[href]"
    file: str = ""  # the file of page n where no link leads on: index_{n}.html
    first: int = 1  # the n of the page after the first


ANY = ListingLayout(since=date.min, row="a[href]", day="span, td, i, em, b")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Which addresses are articles, and the day that an address itself tells."""

    is_article: Callable[[str], bool]
    day_of: Callable[[str], date | None]


def read_listing(
    snapshot: Snapshot, layouts: tuple[ListingLayout, ...], addresses: Addresses
) -> Listing:
    """Read a listing page with the newest layout that finds articles; else take any article link.

    Addresses are absolute and each is named once, in the order of the page. Raises PageError where
    the page cannot be parsed.
    """
    base, page = _parsed(snapshot)
    for layout in sorted(layouts, key=lambda known: known.since, reverse=True):
        refs = _refs(page.css(layout.row), layout, base, addresses)
        if refs:
            return Listing(refs, _next_url(page, base) or _numbered_next(base, layout))
    refs = _refs(page.css("a[href]"), ANY, base, addresses)
    return Listing(refs or _scripted_refs(page, base, addresses), _next_url(page, base))


def read_links(snapshot: Snapshot, wanted: re.Pattern[str]) -> tuple[str, ...]:
    """Return the absolute addresses on a page that `wanted` finds: the columns on a home page."""
    base, page = _parsed(snapshot)
    found = (_resolve(base, link) for link in page.css("a[href]"))
    return tuple(dict.fromkeys(url for url in found if url and wanted.search(url)))


def _parsed(snapshot: Snapshot) -> tuple[str, LexborHTMLParser]:
    base = snapshot.final_url or snapshot.url
    try:
        urlsplit(base)
    except ValueError as error:
        raise PageError(base, f"address cannot be read ({error})") from error
    return base, parse(decode(snapshot.body, snapshot.header("content-type")).text, base)


def _refs(
    nodes: list[LexborNode], layout: ListingLayout, base: str, addresses: Addresses
) -> tuple[ArticleRef, ...]:
    refs: dict[str, ArticleRef] = {}
    for node in nodes:
        links = [node] if node.tag == "a" else node.css(layout.link)
        found = ((_resolve(base, link), link) for link in links)
        named = [(url, link) for url, link in found if url and addresses.is_article(url)]
        printed = _printed_day(node, layout.day)
        for url, link in named:
            # Of a row that names several articles the day printed first need not be each one's.
            told = addresses.day_of(url) if len(named) > 1 else None
            if url not in refs:
                refs[url] = ArticleRef(url, _title(link), told or printed or addresses.day_of(url))
    return tuple(refs.values())


def _scripted_refs(
    page: LexborHTMLParser, base: str, addresses: Addresses
) -> tuple[ArticleRef, ...]:
    """Read the lists that scripts carry: <record><![CDATA[<li>…]]>, var str_1="./t2018_1.html"."""
    scripts = "\n".join(node.text(deep=True) for node in page.css("script"))
    pieces = (piece.partition("]]>") for piece in scripts.split("<![CDATA[")[1:])
    records = parse("".join(record for record, closed, _ in pieces if closed), base)
    quoted = parse("".join(f'<a href="{path}"></a>' for path in QUOTED.findall(scripts)), base)
    refs = _refs(records.css("li, tr"), ANY, base, addresses)
    return refs or _refs(quoted.css("a[href]"), ANY, base, addresses)


def _printed_day(node: LexborNode, selector: str) -> date | None:
    cells = node.css(selector) if selector else []
    stamps = (stamp_of(tidy(cell.text(deep=True))) for cell in cells)
    return next((stamp.at.date() for stamp in stamps if stamp), None)


def _title(link: LexborNode) -> str:
    """Return the headline; lists print a cut one and keep the whole in `title`."""
    text = tidy(without_invisible(link.text(deep=True))[0])
    whole = tidy(without_invisible(link.attributes.get("title") or "")[0])
    cut = text.removesuffix("…").rstrip(".… ")
    return whole if whole and (not text or (text != cut and whole.startswith(cut))) else text


def _next_url(page: LexborHTMLParser, base: str) -> str | None:
    for link in page.css("a[href]"):
        if tidy(link.text(deep=True)) in NEXT_WORDS:
            url = _resolve(base, link)
            if url and url != base:
                return url
    return _scripted_next(page, base)


def _scripted_next(page: LexborHTMLParser, base: str) -> str | None:
    """Follow `createPageHTML(40, 0, "index", "html")` to index_1.html; page 0 has no number."""
    name = PAGE_NAME.fullmatch(urlsplit(base).path.rpartition("/")[2] or "index.html")
    for script in _scripts(page):
        call = PAGE_SCRIPT.search(script) or (name and PAGE_COUNT.search(script))
        if not call:
            continue
        here = name.groupdict() if name else {}
        parts = {"page": "0", **{k: v for k, v in here.items() if v}, **call.groupdict()}
        following = int(parts["page"]) + 1
        if following >= int(parts["pages"]):
            return None
        return urljoin(base, f"{parts['stem']}_{following}.{parts['ending']}")
    return None


def _numbered_next(base: str, layout: ListingLayout) -> str | None:
    """Count on from index_3.html to index_4.html; whoever follows stops at a page without news."""
    if not layout.file:
        return None
    before, _, after = layout.file.partition("{n}")
    number = re.search(rf"{re.escape(before)}([0-9]{{1,6}}){re.escape(after)}$", base)
    following = int(number[1]) + 1 if number else layout.first
    if before.startswith("?") and number:
        return f"{base[: number.start()]}{before}{following}{after}"
    return urljoin(base, f"{before}{following}{after}")


def _scripts(page: LexborHTMLParser) -> Iterator[str]:
    return (script.text(deep=True) for script in page.css("script"))


def _resolve(base: str, link: LexborNode) -> str | None:
    """Return the absolute http(s) address of a link without its fragment; None for the others."""
    href = (link.attributes.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:")):
        return None
    try:
        url = urljoin(base, href).partition("#")[0]
        port = urlsplit(url).port
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")):
        return None
    return url.replace(":80/", "/", 1) if port == 80 and url.startswith("http:") else url  # noqa: PLR2004
