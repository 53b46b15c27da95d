"""Batches of archived pages, and the reading of one: what a process or another machine does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

from flows.archive.archive import Archive, Entry
from flows.engines.crew import Rescue
from flows.engines.part_store import PartStore
from flows.engines.time_limits import OutOfTimeError, time_limit
from transforms.errors import ArchiveError, EngineError, PageError
from transforms.model import Reading
from transforms.version import EXTRACTOR, lexicon_hash
from warehouse.parts import file_sha256, write_part
from warehouse.rows import Reader
from warehouse.runs import Failure

START = 30.0  # seconds that a batch may take beside its pages
USUAL = 1.0  # seconds a page, generously: a page that takes more is rare


@dataclass(frozen=True, slots=True)
class Batch:
    """Some archived pages to read; small enough to send to another machine."""

    archive: str
    parts: str
    entries: tuple[Entry, ...]
    reader: Reader
    page_seconds: float = 60.0

    @property
    def name(self) -> str:
        """Name the part by what is read and by which rules: read again it is the same file."""
        rules = f"{self.reader.extractor_version}+{self.reader.lexicon_hash}"
        told = "\n".join([rules, *(f"{entry.url} {entry.sha256}" for entry in self.entries)])
        return f"part-{sha256(told.encode()).hexdigest()[:20]}"


@dataclass(frozen=True, slots=True)
class BatchRead:
    """The name of a batch's part, the pages read, and those of them that gave no article."""

    part: str | None
    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...]
    sha256: str | None = None  # of the part


def batches_of(
    archive: Archive,
    parts: str,
    entries: Iterable[Entry],
    size: int,
    reader: Reader,
    page_seconds: float = 60.0,
) -> Iterator[Batch]:
    """Cut entries into batches of at most `size` pages."""
    waiting = iter(entries)
    while chunk := tuple(islice(waiting, size)):
        yield Batch(str(archive.root), parts, chunk, reader, page_seconds)


def read_batch(batch: Batch) -> BatchRead:
    """Read every page of a batch into one Parquet part; a bad page is a failure and stops nothing.

    A part that is there already was read by the same rules from the same pages: it is not read
    again. Raises ArchiveError where the part cannot be written, EngineError where the rules of this
    process are not those of the run.
    """
    _check_rules(batch.reader)
    store, part = PartStore(batch.parts), f"{batch.name}.parquet"
    beside = f"{batch.name}.failures.json"
    if not is_whole(store, part, beside):
        try:
            _write(batch, store, part, beside)
        except OSError as error:
            raise ArchiveError(f"cannot write {part}: {error}") from error
    known = json.loads(store.read_text(beside))
    failures = tuple(Failure(**one) for one in known["failures"])
    return BatchRead(part, batch.entries, failures, known["sha256"])


def is_whole(store: PartStore, name: str, beside: str) -> bool:
    """Say whether a part is there byte for byte: DuckDB's Parquet has no checksums of its own."""
    if not (store.has(beside) and store.has(name)):
        return False
    if store.remote:
        return True  # an object is there when it is whole; it is compared when it is loaded
    try:
        written = json.loads(store.read_text(beside))["sha256"]
        return bool(written == file_sha256(Path(store.place) / name))
    except (OSError, ValueError, TypeError, KeyError):
        return False


def check_part(batch: BatchRead, path: Path) -> None:
    """Raise ArchiveError where a part is not the one that was written."""
    if batch.sha256 is not None and file_sha256(path) != batch.sha256:
        raise ArchiveError(f"the part {path.name} is damaged; delete it, then the same command")


def _check_rules(reader: Reader) -> None:
    own = (EXTRACTOR, lexicon_hash())
    if own != (reader.extractor_version, reader.lexicon_hash):
        raise EngineError(
            f"a worker reads by the rules {'+'.join(own)}, the run by "
            f"{reader.extractor_version}+{reader.lexicon_hash}; install the same version on both"
        )


def _write(batch: Batch, store: PartStore, part: str, beside: str) -> None:
    archive = Archive(Path(batch.archive))
    outcomes = [read_entry(archive, entry, batch.page_seconds) for entry in batch.entries]
    failures = [asdict(one) for one in outcomes if isinstance(one, Failure)]
    with store.writing(part) as path:
        read = (one for one in outcomes if isinstance(one, Reading))
        written = write_part(read, path, batch.reader)
    known = {"sha256": written.sha256, "failures": failures}
    store.write_text(beside, json.dumps(known, ensure_ascii=False))  # last: it says both are whole


def read_entry(archive: Archive, entry: Entry, seconds: float) -> Reading | Failure:
    """Read one archived page within a time."""
    from transforms.pages.pages import read_page
    from transforms.reading import read_article

    try:
        with time_limit(seconds):
            return read_article(read_page(archive.read(entry)))
    except OutOfTimeError:
        return failed(entry, "reading", "PARSE_TIMEOUT", f"not read within {seconds:g} s")
    except ArchiveError as error:
        return failed(entry, "archive", type(error).__name__, str(error))
    except PageError as error:
        return failed(entry, "page", type(error).__name__, error.problem)
    except Exception as error:  # noqa: BLE001 - a fault of ours costs one page, told with its cause
        detail = " ".join(str(error).split())[:300]
        return failed(entry, "reading", type(error).__name__, detail)


def failed(entry: Entry, stage: str, cause: str, detail: str) -> Failure:
    """Return the failure of an archived page."""
    return Failure(entry.url, stage, cause, detail, snapshot_sha256=entry.sha256)


def _singles(batch: Batch) -> tuple[Batch, ...]:
    return tuple(replace(batch, entries=(entry,)) for entry in batch.entries)


def _give_up(batch: Batch, cause: str, detail: str) -> BatchRead:
    failures = tuple(failed(entry, "reading", cause, detail) for entry in batch.entries)
    return BatchRead(None, batch.entries, failures)


def _seconds(batch: Batch) -> float:
    return START + USUAL * len(batch.entries) + 2 * batch.page_seconds


RESCUE = Rescue(_singles, _give_up, _seconds)


def warm_up() -> None:
    """Load what the first page would wait for."""
    from transforms.reading import read_text

    read_text("2020年，走访企业150余家，给予党纪政务处分3人。")
