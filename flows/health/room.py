"""Room on the disks: to begin, for what is planned, and a stop before they are full."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from flows.settings import Settings
from transforms.errors import ArchiveError

T = TypeVar("T")
ROOM = 50_000_000  # bytes that stay free, and that a run needs to begin
ARCHIVED = 12_000  # bytes of a page in an archive that is empty yet; else the mean of its pages
READ = 8_000  # bytes of an article in the database, its part and its log
EACH = 50  # pages between two looks at the disk


def check_room(settings: Settings, pages: int = 0, archived: float = ARCHIVED) -> None:
    """Raise ArchiveError where a disk has no room for so many pages, `archived` bytes each."""
    needed: Counter[int] = Counter()
    places: dict[int, Path] = {}
    for path, bytes_a_page in (
        (settings.archive_path, archived),
        (settings.database_path, READ),
    ):
        place = _standing(path)
        disk = place.stat().st_dev
        places.setdefault(disk, path)
        needed[disk] += round(pages * bytes_a_page)
    for disk, path in places.items():
        _check(path, ROOM + needed[disk], pages)


def free_room(settings: Settings) -> int:
    """Return how many bytes are free where the archive lies."""
    return shutil.disk_usage(_standing(settings.archive_path)).free


def with_room(items: Iterable[T], settings: Settings) -> Iterator[T]:
    """Give items as long as there is room; what was given before is kept."""
    for number, item in enumerate(items):
        if number % EACH == 0:
            check_room(settings)
        yield item


def _check(path: Path, needed: int, pages: int) -> None:
    free = shutil.disk_usage(_standing(path)).free
    if free >= needed:
        return
    what = f"{pages} pages need" if pages else "a run needs"
    raise ArchiveError(
        f"only {free / 1e6:.0f} MB are free at {path}, {what} {needed / 1e6:.0f} MB; "
        "free some space, then the same command goes on"
    )


def _standing(path: Path) -> Path:
    """Return the nearest folder above that exists."""
    return next(place for place in (path, *path.absolute().parents) if place.exists())
