"""Choose the archived pages to read: of each article the newest copy, if it was not read before."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import md5

from flows.archive import warc
from flows.archive.archive import Entry
from transforms.sites import site_of
from warehouse.pages_read import page_number

Pages = Callable[[], Iterable[Entry]]  # may be asked for more than once


@dataclass
class Selection:
    """The pages to read, one copy an article; some 200 bytes of memory a page, whatever its size.

    `within` keeps the choice to the articles whose numbers it holds.
    """

    pages: Pages
    read: dict[int, bool]  # from warehouse.pages_read
    within: Container[int] | None = None
    known: int = 0  # articles read before
    known_failed: int = 0  # pages that were read before and are none
    wanted: int = 0
    _newest: dict[int, tuple[float, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for position, entry in enumerate(self.pages()):
            number = article_number(entry.url)
            if self.within is None or number in self.within:
                moment = (warc.moment_of(entry.fetched_at).timestamp(), position)
                if moment > self._newest.get(number, (float("-inf"), 0)):
                    self._newest[number] = moment
        self._count()

    def _count(self) -> None:
        for entry in self._one_copy_each():
            is_article = self.read.get(page_number(entry.url, entry.sha256))
            self.wanted += is_article is None
            self.known += is_article is True
            self.known_failed += is_article is False

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._one_copy_each():
            if page_number(entry.url, entry.sha256) not in self.read:
                yield entry

    def _one_copy_each(self) -> Iterator[Entry]:
        positions = {position for _, position in self._newest.values()}
        return (entry for at, entry in enumerate(self.pages()) if at in positions)


def article_number(url: str) -> int:
    """Return the number of an article: the same for http and https, with and without www."""
    site = site_of(url)
    name = (site and site.article_id(url)) or url
    return int.from_bytes(md5(name.encode(), usedforsecurity=False).digest()[8:], "little")
