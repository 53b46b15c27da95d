"""The meta tags that the national rules ask of every government page, whatever their case."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from transforms.document import without_invisible
from transforms.pages.blocks import tidy
from transforms.pages.headers import Stamp, stamp_of

TAG = re.compile(r"<[^<>]{0,300}>")
TITLES = ("articletitle", "og:title", "title")
SOURCES = ("contentsource", "source", "article:source")
COLUMNS = ("columnname", "channel")
TIMES = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:release_date",
    "datepublished",
    "publish_time",
    "publishtime",
    "firstpublishedtime",
    "publication_time",
)


def metas_of(page: LexborHTMLParser) -> dict[str, str]:
    """Return the first value of each meta tag that is not blank, names in lower case, no markup."""
    metas: dict[str, str] = {}
    for node in page.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        value = _plain(attributes.get("content") or "")
        if name and value:
            metas.setdefault(name.strip().lower(), value)
    return metas


def first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    """Return the value of the first of these tags that the page has."""
    return next((metas[name] for name in names if name in metas), None)


def meta_stamp(metas: dict[str, str]) -> Stamp | None:
    """Return the time in the meta tags; templates that print the month as minutes keep the day."""
    stamp = stamp_of(first(metas, TIMES) or "")
    if stamp and stamp.precise and stamp.at.minute == stamp.at.month:
        return Stamp(stamp.at.replace(hour=0, minute=0), precise=False)
    return stamp


def page_title(page: LexborHTMLParser) -> str:
    """Return the text of `<title>`."""
    node = page.css_first("title")
    return _plain(node.text(deep=True)) if node else ""


def _plain(value: str) -> str:
    return tidy(without_invisible(TAG.sub(" ", value))[0])
