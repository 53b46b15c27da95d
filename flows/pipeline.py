"""The main path in plain functions, to be read from top to bottom: archive, read, load, check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from flows.archive import Archive, Entry
from flows.batches import Batch, BatchRead, batches_of, read_batch
from flows.engines import Engine, map_batches
from flows.interrupts import Asked
from flows.progress import Advance
from flows.settings import Settings
from transforms.model import Snapshot
from transforms.version import EXTRACTOR, lexicon_hash
from warehouse.loading import Loaded
from warehouse.rows import Reader
from warehouse.runs import Failure, Fetched
from warehouse.store import Warehouse


@dataclass(frozen=True)
class Ingested:
    """What one run did; `audits` holds the offenders of every audit that found any."""

    run_id: str
    pages: int = 0  # that the run looked at
    known: int = 0  # of them read before, by the same rules
    read: int = 0  # of them read now
    loaded: Loaded = field(default_factory=Loaded)
    failures: tuple[Failure, ...] = ()
    audits: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def articles(self) -> int:
        """How many pages are articles in the warehouse now."""
        return self.known + self.read - len(self.failures)

    @property
    def status(self) -> str:
        """Say in one word how the run ended: done, empty, partial or interrupted."""
        if self.interrupted:
            return "interrupted"
        if not self.articles:
            return "empty"
        return "partial" if self.failures else "done"

    def outcomes(self) -> dict[str, int]:
        """Count the pages by what became of them."""
        causes = Counter(failure.cause for failure in self.failures)
        return {"OK": self.articles, **dict(sorted(causes.items()))}


def new_run_id(kind: str) -> str:
    """Name a run after its kind and its start, in UTC to the microsecond."""
    return f"{kind}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"


def archive_pages(snapshots: Iterable[Snapshot], archive: Archive, name: str) -> list[Entry]:
    """Archive the pages that the archive does not hold yet; return where all of them lie."""
    known = {(entry.url, entry.sha256): entry for entry in archive.entries()}
    entries: list[Entry] = []
    with archive.writer(name) as writer:
        for snapshot in snapshots:
            key = (snapshot.url, snapshot.sha256)
            if key not in known:
                known[key] = writer.add(snapshot)
            entries.append(known[key])
    return entries


def engine_of(settings: Settings) -> Engine:
    """Return the engine that the settings name."""
    return Engine(settings.engine, settings.workers, settings.scheduler)  # type: ignore[arg-type]


def begin(settings: Settings, entries: Sequence[Entry], run_id: str, kind: str) -> list[Entry]:
    """Open the run in the ledger; return the pages that today's rules have not read yet."""
    with Warehouse(settings.database_path) as warehouse:
        warehouse.begin_run(run_id, kind=kind, started_at=datetime.now(UTC))
        warehouse.record_snapshots(map(_fetched, entries), run_id=run_id)
        known = warehouse.known_pages()
    return [entry for entry in entries if (entry.url, entry.sha256) not in known]


def waves(settings: Settings, entries: Iterable[Entry], run_id: str) -> Iterator[tuple[Batch, ...]]:
    """Cut entries into batches, and group these so that what was read is loaded before more is read."""
    reader = Reader(run_id, EXTRACTOR, lexicon_hash())
    archive = Archive(settings.archive_path)
    batches = batches_of(archive, settings.parts_path, entries, settings.batch_size, reader)
    while wave := tuple(islice(batches, 4 * settings.workers)):
        yield wave


def read_wave(wave: Sequence[Batch], settings: Settings) -> list[BatchRead]:
    """Read a wave of batches, spread by the engine."""
    return list(map_batches(read_batch, wave, engine_of(settings)))


def load_wave(settings: Settings, read: Sequence[BatchRead], run_id: str) -> Loaded:
    """Load the parts of some batches and record the pages that could not be read."""
    with Warehouse(settings.database_path) as warehouse:
        loaded = warehouse.load_parts([batch.part for batch in read], run_id=run_id)
        failures = (failure for batch in read for failure in batch.failures)
        warehouse.record_failures(failures, run_id=run_id)
    return loaded


def finish(settings: Settings, done: Ingested) -> Ingested:
    """Run the audits, close the run in the ledger, and return it with what the audits found."""
    with Warehouse(settings.database_path) as warehouse:
        audited = replace(done, audits=warehouse.audit())
        warehouse.finish_run(done.run_id, status=audited.status, finished_at=datetime.now(UTC))
    return audited


def ingest_pages(
    snapshots: Iterable[Snapshot],
    settings: Settings,
    *,
    kind: str = "ingest",
    advance: Advance | None = None,
    stop: Asked | None = None,
) -> Ingested:
    """Archive, read and load pages already at hand."""
    run_id = new_run_id(kind)
    entries = archive_pages(snapshots, Archive(settings.archive_path), run_id)
    return read_and_load(entries, settings, run_id, kind=kind, advance=advance, stop=stop)


def read_and_load(
    entries: Sequence[Entry],
    settings: Settings,
    run_id: str,
    *,
    kind: str = "ingest",
    advance: Advance | None = None,
    stop: Asked | None = None,
) -> Ingested:
    """Read archived pages and load what they say, a wave of batches at a time."""
    wanted = begin(settings, entries, run_id, kind)
    done = Ingested(run_id, pages=len(entries), known=len(entries) - len(wanted))
    for wave in waves(settings, wanted, run_id):
        if stop and stop():
            done = replace(done, interrupted=True)
            break
        read = read_wave(wave, settings)
        done = added(done, read, load_wave(settings, read, run_id))
        if advance:
            advance(done.read, len(wanted))
    return finish(settings, done)


def added(done: Ingested, read: Sequence[BatchRead], loaded: Loaded) -> Ingested:
    """Return a run's account with one more wave in it."""
    return replace(
        done,
        read=done.read + sum(batch.pages for batch in read),
        loaded=done.loaded + loaded,
        failures=done.failures + tuple(failure for batch in read for failure in batch.failures),
    )


def check(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Run the audits; return the offenders of those that found any."""
    with Warehouse(database, read_only=True) as warehouse:
        return warehouse.audit()


def _fetched(entry: Entry) -> Fetched:
    moment = datetime.fromisoformat(entry.fetched_at)
    return Fetched(entry.url, "OK", sha256=entry.sha256, fetched_at=moment)
