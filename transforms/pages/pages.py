"""A page as it was sent to an Article: decode, locate, read, clean, check.

Where a site's layout fits, its selectors say where things stand; elsewhere headline, header zone
and body are found by their looks. Precedence of each field: what a reader of the page sees, then
the national meta tags, then the address. Disagreements are kept in Article.problems.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from selectolax.lexbor import LexborHTMLParser

from transforms.errors import LayoutError, NotAnArticleError, PageError, UnknownSiteError
from transforms.model import Article, Snapshot
from transforms.pages import gates
from transforms.pages.bylines import Headline, byline_of, headline_of
from transforms.pages.dom import LARGEST, parse
from transforms.pages.encoding import REPLACEMENT, Decoded, decode
from transforms.pages.furniture import Body, body_of
from transforms.pages.headers import Header, Stamp, read_header, stamp_of, unlabelled_source
from transforms.pages.locating import Located, breadcrumb_column, locate, misses
from transforms.pages.looks import locate_by_looks, zone_between
from transforms.pages.metas import COLUMNS, SOURCES, first, meta_stamp, metas_of
from transforms.pages.pager import file_of, linked_pages
from transforms.sites import all_sites, site_of
from transforms.sites.site import Site, address_stamp, host_of, path_of


@dataclass(frozen=True, slots=True)
class _Page:
    """A page while it is being read."""

    snapshot: Snapshot
    url: str
    site: Site | None
    decoded: Decoded
    metas: dict[str, str]
    parts: Located
    headline: Headline
    header: Header
    body: Body
    column: str | None
    notes: tuple[str, ...]


def read_page(snapshot: Snapshot, site: str | None = None) -> Article:
    """Read an article; `site` names the site where the address does not tell it.

    Raises NotAnArticleError for a challenge, a list, an image or an empty page, LayoutError where
    a known site's article page cannot be read any more, UnknownSiteError for an unknown name.
    """
    url = snapshot.final_url or snapshot.url
    known = _site(site, snapshot.url, url)
    return _article(_read(snapshot, url, known))


def read_pages(snapshots: Sequence[Snapshot], site: str | None = None) -> Article:
    """Read an article that is printed on several pages, given in order, as one."""
    if not snapshots:
        raise PageError("", "no pages were given")
    articles = [read_page(snapshot, site) for snapshot in snapshots]
    head, tail = articles[0], articles[-1]
    text = "\n".join(article.text for article in articles)
    given = {file_of(snapshot.url) for snapshot in snapshots}
    missing = {file_of(url) for snapshot in snapshots for url in further_pages(snapshot)} - given
    return replace(
        head,
        text=text,
        author=head.author or tail.author,
        editor=head.editor or tail.editor,
        status=gates.status_of(text, more_pages=bool(missing)),
        removed_characters=sum(article.removed_characters for article in articles),
        problems=tuple(dict.fromkeys(note for article in articles for note in article.problems)),
    )


def further_pages(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the addresses of the article's other pages, in order; empty where it has one page."""
    text = decode(snapshot.body, snapshot.header("content-type")).text
    return linked_pages(text, snapshot.final_url or snapshot.url)


def check_layout(snapshot: Snapshot, site: str | None = None) -> tuple[str, ...]:
    """Say what a site's newest layout does not find on an article page; empty where it fits.

    The self-test of a site module: run on a page of today it tells when the site was redesigned.
    """
    url = snapshot.final_url or snapshot.url
    known = _site(site, snapshot.url, url)
    if known is None or not known.layouts:
        return ()
    page = parse(decode(snapshot.body, snapshot.header("content-type")).text, url)
    return min((misses(page, layout) for layout in known.layouts[::-1]), key=len)


def first_reading(snapshot: Snapshot, site: str | None = None) -> dict[str, object]:
    """Return what is read from a page, ready for JSON, for a person to check and accept."""
    article = asdict(read_page(snapshot, site))
    article["published_at"] = article["published_at"] and article["published_at"].isoformat()
    return article | {"problems": list(article["problems"])}


def article_id_of(snapshot: Snapshot, site: Site | None = None) -> str:
    """Return the id of the article at an address: site/key, else host/hash of the path."""
    url = snapshot.final_url or snapshot.url
    site = site or site_of(url)
    known = site.article_id(url) if site else None
    if known:
        return known
    place = site.name if site else host_of(url)
    if not place:
        return f"page/{snapshot.sha256[:12]}"
    return f"{place}/{hashlib.sha1(path_of(url).encode(), usedforsecurity=False).hexdigest()[:12]}"


def _site(name: str | None, *urls: str) -> Site | None:
    if name is None:
        return next(filter(None, map(site_of, urls)), None)
    if name not in all_sites():
        known = ", ".join(all_sites())
        raise UnknownSiteError("", f"no site is called {name!r}; known: {known}")
    return all_sites()[name]


def _read(snapshot: Snapshot, url: str, site: Site | None) -> _Page:
    _refuse_bytes(snapshot, url)
    decoded = decode(snapshot.body, snapshot.header("content-type"))
    page = parse(_without_nul(snapshot, decoded), url)
    metas = metas_of(page)
    parts, notes = _locate(page, url, site)
    headline = headline_of(parts.title)
    body = body_of(parts.body, headline.title)
    _refuse_parts(parts, body, url)
    column = first(metas, COLUMNS) or parts.column or breadcrumb_column(page)
    header = read_header(parts.header)
    return _Page(snapshot, url, site, decoded, metas, parts, headline, header, body, column, notes)


def _without_nul(snapshot: Snapshot, decoded: Decoded) -> str:
    return decoded.text.replace("\0", "") if b"\0" in snapshot.body else decoded.text


def _locate(page: LexborHTMLParser, url: str, site: Site | None) -> tuple[Located, tuple[str, ...]]:
    """Locate the parts by the site's layouts, newest fitting first, else by their looks."""
    stamp, empty = site.stamp(url) if site else None, False
    for layout in site.layouts_for(stamp.at.date() if stamp else None) if site else ():
        parts = locate(page, layout)
        if parts is not None and (parts.body or parts.images):
            return _with_header(page, parts), ()
        empty = empty or parts is not None
    parts = locate_by_looks(page)
    if parts is None:
        raise _no_article(page, url, site, empty=empty)
    if site is None or not site.layouts:
        return parts, ()
    return parts, (f"layout: no layout of {site.name} fits, read by its looks",)


def _with_header(page: LexborHTMLParser, parts: Located) -> Located:
    """Read what lies between headline and body where the layout's header zone tells no time."""
    if read_header(parts.header).stamp:
        return parts
    zone = zone_between(page, parts.title, [line.text for line in parts.body])
    return replace(parts, header=f"{parts.header}  {zone}") if stamp_of(zone) else parts


def _no_article(page: LexborHTMLParser, url: str, site: Site | None, *, empty: bool) -> PageError:
    """Say why a page has no article: a list, an empty body, a redesign, or just another page."""
    if site and any(page.css(layout.row) for layout in site.listing_layouts):
        return NotAnArticleError(url, "list page")
    if onward := gates.onward_address(page.html or ""):
        return NotAnArticleError(url, f"no text, the page leads on to {onward}")
    if empty:
        return NotAnArticleError(url, "no text on the page")
    if site and site.layouts and site.address(url):
        return LayoutError(url, f"no layout of {site.name} fits the page")
    return NotAnArticleError(url, "no article on the page (a list, or a page without text)")


def _refuse_bytes(snapshot: Snapshot, url: str) -> None:
    if len(snapshot.body) > 4 * LARGEST:
        raise PageError(url, f"page too large ({len(snapshot.body)} bytes)")
    if not snapshot.body.strip():
        raise NotAnArticleError(url, "empty page")
    if kind := gates.other_format(snapshot.body):
        raise NotAnArticleError(url, f"not a web page ({kind})")
    if name := gates.challenge_of(snapshot.body, snapshot.status):
        raise NotAnArticleError(url, f"challenge page ({name})")


def _refuse_parts(parts: Located, body: Body, url: str) -> None:
    total = sum(len(line.text) for line in parts.body)
    if sum(line.linked for line in parts.body) * 2 > total:
        raise NotAnArticleError(url, "list page")
    if not body.text:
        raise NotAnArticleError(url, "image-only page" if parts.images else "no text on the page")


def _article(page: _Page) -> Article:
    stamp, notes = _published(page)
    source, author = _source(page), _author(page)
    missing = _missing(page, stamp, source, author)
    text = page.body.text
    more = linked_pages(page.decoded.text, page.url)
    removed = len(page.decoded.text) - len(_without_nul(page.snapshot, page.decoded))
    status = gates.status_of(text, more_pages=bool(more))
    return Article(
        article_id=article_id_of(page.snapshot, page.site),
        site=page.site.name if page.site else host_of(page.url) or None,
        url=page.snapshot.url or None,
        title=page.headline.title,
        published_at=stamp.at if stamp else None,
        source=source,
        author=author,
        column=page.column,
        text=text,
        snapshot_sha256=page.snapshot.sha256,
        subtitle=page.headline.subtitle,
        editor=page.header.editor or page.body.credits.editor or None,
        status=status,
        encoding=page.decoded.encoding,
        removed_characters=page.parts.removed + removed,
        problems=(*page.notes, *_broken(page.decoded, text), *notes, *missing),
    )


def _published(page: _Page) -> tuple[Stamp | None, tuple[str, ...]]:
    """Choose the time of publication; note where the page, its meta tags and its address differ."""
    known = {
        "page": page.header.stamp,
        "PubDate": meta_stamp(page.metas),
        "address": page.site.stamp(page.url) if page.site else address_stamp(page.url),
        "path": page.site.folder_stamp(page.url) if page.site else None,
        "foot": page.body.credits.stamp or read_header(page.parts.foot).stamp,
    }
    stamps = {name: stamp for name, stamp in known.items() if stamp}
    if not stamps:
        return None, ()
    chosen, *others = stamps.items()
    twins = (stamp for _, stamp in others if stamp.precise and stamp.same_day(chosen[1]))
    best = chosen[1] if chosen[1].precise else next(twins, chosen[1])
    notes = [
        f"published_at: {chosen[0]} says {_printed(chosen[1])}, {name} says {_printed(stamp)}"
        for name, stamp in others
        if not _agree(chosen[1], stamp)
    ]
    if not best.precise:
        notes.append(f"published_at: a day without a time ({chosen[0]})")
    return Stamp(best.at.replace(second=0), best.precise), tuple(notes)


def _agree(one: Stamp, other: Stamp) -> bool:
    if one.precise and other.precise:
        return one.at.replace(second=0) == other.at.replace(second=0)
    return one.same_day(other)


def _printed(stamp: Stamp) -> str:
    return f"{stamp.at:%Y-%m-%d %H:%M}" if stamp.precise else f"{stamp.at:%Y-%m-%d}"


def _source(page: _Page) -> str | None:
    declared = first(page.metas, SOURCES) or ""
    return (
        page.header.source
        or page.parts.script_source
        or (read_header(declared).source or declared)
        or unlabelled_source(page.parts.header)
        or page.header.issuer
        or page.body.credits.source
        or read_header(page.parts.foot).source
        or None
    )


def _author(page: _Page) -> str | None:
    return (
        page.header.author
        or page.headline.author
        or byline_of(page.body.lines)
        or page.body.credits.author
        or None
    )


def _missing(
    page: _Page, stamp: Stamp | None, source: str | None, author: str | None
) -> Iterator[str]:
    """Say of each field that is empty why it is."""
    if not page.headline.title:
        yield "title: no headline on the page"
    if stamp is None:
        yield "published_at: no date on the page, in its meta tags or in its address"
    if source is None:
        empty = page.header.source == ""
        yield "source: the label has no value" if empty else "source: none on the page"
    if author is None:
        empty = page.header.author == ""
        yield "author: the label has no value" if empty else "author: no byline"


def _broken(decoded: Decoded, text: str) -> Iterator[str]:
    if decoded.broken:
        where = "the text" if REPLACEMENT in text else "the page outside the text"
        yield f"encoding: {decoded.broken} byte sequences of {where} are not {decoded.encoding}"
