"""Which further pages an article has: name_2.shtml, name-2.html, createPageHTML(3, 0, "name")."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from transforms.pages.listings import PAGE_SCRIPT

NAME = re.compile(
    r"(?P<stem>[\w-]{1,80}?)(?:[_-](?P<page>[0-9]{1,2}))?\.(?P<ending>s?html?|jhtml|php)$"
)


def linked_pages(markup: str, url: str) -> tuple[str, ...]:
    """Return the addresses of the article's other pages that its markup names, in order."""
    name = NAME.fullmatch(file_of(url))
    if name is None or name["stem"] not in markup:
        return ()
    stem, ending = name["stem"], name["ending"]
    pattern = rf"""["'/]({re.escape(stem)}([_-])([0-9]{{1,2}})\.{ending})["']"""
    found: set[tuple[int, str]] = set()
    if f"{stem}_" in markup or f"{stem}-" in markup:
        found = {(int(match[3]), match[1]) for match in re.finditer(pattern, markup)}
    script = PAGE_SCRIPT.search(markup)
    if script and script["stem"] == stem:
        count = min(int(script["pages"]), 99)
        found |= {(page, f"{stem}_{page}.{script['ending']}") for page in range(1, count)}
    return tuple(urljoin(url, file) for _, file in sorted(found) if file != file_of(url))


def file_of(url: str) -> str:
    """Return the last part of an address's path."""
    try:
        return urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return ""
