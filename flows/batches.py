"""Batches of archived pages, and the reading of one batch: what a process or another machine does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from flows.archive import Archive, Entry
from transforms.errors import ArchiveError, PageError
from transforms.model import Reading
from transforms.version import rules_version
from warehouse.parts import write_part
from warehouse.rows import Reader
from warehouse.runs import Failure


@dataclass(frozen=True, slots=True)
class Batch:
    """Some archived pages to read; small enough to send to another machine."""

    archive: str
    parts: str
    entries: tuple[Entry, ...]
    reader: Reader

    @property
    def name(self) -> str:
        """Name the part by what is read and by which rules: who reads it again writes the same file."""
        told = "\n".join([rules_version(), *(f"{entry.url} {entry.sha256}" for entry in self.entries)])
        return f"part-{sha256(told.encode()).hexdigest()[:20]}"


@dataclass(frozen=True, slots=True)
class BatchRead:
    """Where the part of a batch lies, and the pages of it that could not be read."""

    part: Path
    pages: int
    failures: tuple[Failure, ...]


def batches_of(
    archive: Archive, parts: str, entries: Iterable[Entry], size: int, reader: Reader
) -> Iterator[Batch]:
    """Cut entries into batches of at most `size` pages."""
    waiting = iter(entries)
    while chunk := tuple(islice(waiting, size)):
        yield Batch(str(archive.root), parts, chunk, reader)


def read_batch(batch: Batch) -> BatchRead:
    """Read every page of a batch into one Parquet part; a bad page becomes a failure and stops nothing.

    A part that is there already was read by the same rules from the same pages: it is not read again.
    """
    part = Path(batch.parts) / f"{batch.name}.parquet"
    beside = part.with_suffix(".failures.json")
    if not (part.exists() and beside.exists()):
        part.parent.mkdir(parents=True, exist_ok=True)
        archive = Archive(Path(batch.archive))
        outcomes = [read_entry(archive, entry) for entry in batch.entries]
        failures = [asdict(one) for one in outcomes if isinstance(one, Failure)]
        beside.write_text(json.dumps(failures, ensure_ascii=False), "utf-8")
        write_part((one for one in outcomes if isinstance(one, Reading)), part, batch.reader)
    read = tuple(Failure(**one) for one in json.loads(beside.read_text("utf-8")))
    return BatchRead(part, len(batch.entries), read)


def read_entry(archive: Archive, entry: Entry) -> Reading | Failure:
    """Read one archived page."""
    from transforms.pages import read_page
    from transforms.reading import read_article

    try:
        return read_article(read_page(archive.read(entry)))
    except ArchiveError as error:
        return _failure(entry, "archive", error, str(error))
    except PageError as error:
        return _failure(entry, "page", error, error.problem)
    except Exception as error:  # noqa: BLE001 - a fault of ours costs one page, told with its cause
        return _failure(entry, "reading", error, " ".join(str(error).split())[:300])


def _failure(entry: Entry, stage: str, error: Exception, detail: str) -> Failure:
    cause = type(error).__name__
    return Failure(entry.url, stage, cause, detail, snapshot_sha256=entry.sha256)
