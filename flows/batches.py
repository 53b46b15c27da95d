"""Batches of archived pages, and the reading of one batch: what a process or another machine does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from flows.archive import Archive, Entry
from transforms.errors import ArchiveError, PageError
from transforms.model import Reading


@dataclass(frozen=True, slots=True)
class Batch:
    """Some archived pages to read; small enough to send to another machine."""

    archive: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be read, and why; `cause` is the name of the error."""

    url: str
    snapshot_sha256: str
    cause: str
    detail: str


@dataclass(frozen=True, slots=True)
class BatchReading:
    """What a batch says: readings of the pages that could be read, failures of the others."""

    readings: tuple[Reading, ...]
    failures: tuple[Failure, ...]


def batches_of(archive: Archive, entries: Iterable[Entry], size: int) -> Iterator[Batch]:
    """Cut entries into batches of at most `size` pages."""
    waiting = iter(entries)
    while chunk := tuple(islice(waiting, size)):
        yield Batch(str(archive.root), chunk)


def read_batch(batch: Batch) -> BatchReading:
    """Read every page of a batch; a bad page becomes a failure and stops nothing."""
    archive = Archive(Path(batch.archive))
    outcomes = [read_entry(archive, entry) for entry in batch.entries]
    return BatchReading(
        tuple(one for one in outcomes if isinstance(one, Reading)),
        tuple(one for one in outcomes if isinstance(one, Failure)),
    )


def read_entry(archive: Archive, entry: Entry) -> Reading | Failure:
    """Read one archived page."""
    from transforms.pages import read_page
    from transforms.reading import read_article

    try:
        return read_article(read_page(archive.read(entry)))
    except (PageError, ArchiveError) as error:
        problem = error.problem if isinstance(error, PageError) else str(error)
        return Failure(entry.url, entry.sha256, type(error).__name__, problem)
