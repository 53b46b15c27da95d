"""The main path in plain functions, from top to bottom: archive, choose, read, load, check."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from flows.archive.archive import Archive, Entry
from flows.archive.archive_writer import leftovers, salvage
from flows.engines.batches import (
    RESCUE,
    BatchRead,
    batches_of,
    check_part,
    read_batch,
    warm_up,
)
from flows.engines.engines import Engine, map_batches, prepare
from flows.engines.part_store import PartStore
from flows.engines.selection import Selection, article_number
from flows.one_run import only_run, opened
from flows.settings import Settings
from flows.speech.interrupts import Asked, never, until
from flows.speech.progress import Advance
from flows.speech.speech import discreet
from transforms.errors import QinqingError
from transforms.model import Snapshot
from transforms.version import EXTRACTOR, lexicon_hash
from warehouse.connection import OutOfMemoryError
from warehouse.loading import Loaded
from warehouse.pages_read import pages_read
from warehouse.rows import Reader
from warehouse.runs import Failure, Fetched
from warehouse.standing import close_crashed
from warehouse.store import Warehouse

Result = TypeVar("Result")
PAGES_A_LOAD = 1_200  # loaded together: more pages take more memory, fewer more time
LITTLE = "200MB"  # of memory for the database; what does not fit is spilled to the disk
TOLD = 1_000  # failures that a run's account names; the others are in the table `failure`


@dataclass(frozen=True)
class Ingested:
    """What one run did; `audits` holds the offenders of every audit that found any."""

    run_id: str
    pages: int = 0  # that the run looked at, one copy an article
    known: int = 0  # articles of them that were read before
    known_failed: int = 0  # pages of them that were read before and are no articles
    read: int = 0  # of them read now
    loaded: Loaded = field(default_factory=Loaded)
    failed: Counter[str] = field(default_factory=Counter)  # pages read now that gave none, by cause
    failures: tuple[Failure, ...] = ()  # the first of them
    audits: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def articles(self) -> int:
        """How many pages are articles in the warehouse now."""
        return self.known + self.read - self.failed.total()

    @property
    def status(self) -> str:
        """Say in one word how the run ended: done, empty, partial or interrupted."""
        if self.interrupted:
            return "interrupted"
        if not self.articles:
            return "empty"
        return "partial" if self.failed else "done"

    def outcomes(self) -> dict[str, int]:
        """Count the pages by what became of them."""
        return {"OK": self.articles, **dict(sorted(self.failed.items()))}


def new_run_id(kind: str) -> str:
    """Name a run after its kind and its start, in UTC to the microsecond."""
    return f"{kind}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"


def engine_of(settings: Settings) -> Engine:
    """Return the engine that the settings name."""
    return Engine(settings.engine, settings.workers, settings.scheduler)  # type: ignore[arg-type]


def ingest_pages(
    snapshots: Iterable[Snapshot],
    settings: Settings,
    *,
    kind: str = "ingest",
    advance: Advance | None = None,
    stop: Asked | None = None,
) -> Ingested:
    """Archive, read and load pages already at hand; of those known, only what changed."""
    run_id = new_run_id(kind)
    with only_run(settings, run_id):
        prepare(engine_of(settings))
        start(settings, run_id, kind)
        with failing(settings, run_id):
            within = archive_pages(snapshots, Archive(settings.archive_path), run_id)
            return read_and_load(settings, run_id, within=within, advance=advance, stop=stop)


def archive_pages(snapshots: Iterable[Snapshot], archive: Archive, name: str) -> set[int]:
    """Archive pages that the archive does not hold; return the numbers of all articles met."""
    close_leftovers(archive)
    known = {(entry.url, entry.sha256) for entry in archive.entries()}
    met: set[int] = set()
    with archive.writer(name) as writer:
        for snapshot in snapshots:
            met.add(article_number(snapshot.url))
            key = (snapshot.url, snapshot.sha256)
            if key not in known:
                known.add(key)
                writer.add(snapshot)
    return met


def close_leftovers(archive: Archive) -> int:
    """Close the files that a run left open when it died; return how many pages they hold."""
    return sum(salvage(archive, path)[0] for path in leftovers(archive))


def read_and_load(
    settings: Settings,
    run_id: str,
    *,
    within: Container[int] | None = None,
    by_any_rules: bool = False,
    advance: Advance | None = None,
    stop: Asked | None = None,
) -> Ingested:
    """Read what the archive holds unread and load what it says; the caller has begun the run.

    `within` keeps the choice to some articles; `by_any_rules` leaves alone what older rules read.
    """
    chosen = choose(settings, within, by_any_rules=by_any_rules)
    done = account_of(chosen, run_id)
    for account in load_all(chosen, settings, done, stop):
        done = account
        if advance:
            advance(done.read, chosen.wanted)
    return finish(settings, done)


def account_of(chosen: Selection, run_id: str) -> Ingested:
    """Return the account of a run that has yet to read what was chosen."""
    pages = chosen.known + chosen.known_failed + chosen.wanted
    return Ingested(run_id, pages, known=chosen.known, known_failed=chosen.known_failed)


def start(settings: Settings, run_id: str, kind: str) -> None:
    """Open the run in the ledger; the caller holds `only_run`, so what else is open has died."""
    with opened(settings) as warehouse:
        warehouse.begin_run(run_id, kind=kind, started_at=datetime.now(UTC))
        close_crashed(warehouse.connection, run_id)


def choose(
    settings: Settings, within: Container[int] | None = None, *, by_any_rules: bool = False
) -> Selection:
    """Choose the archived pages that were not read yet."""
    with opened(settings) as warehouse:
        read = pages_read(warehouse.connection, by_any_rules=by_any_rules)
    return Selection(Archive(settings.archive_path).entries, read, within)


def load_all(
    chosen: Selection, settings: Settings, done: Ingested, stop: Asked | None
) -> Iterator[Ingested]:
    """Read batches, load their parts some at a time; yield the account after each batch read."""
    waiting: list[BatchRead] = []
    for result in read_all(chosen, settings, done.run_id, stop):
        waiting.append(result)
        done = with_batch(done, result)
        if sum(len(batch.entries) for batch in waiting) >= PAGES_A_LOAD:
            done = replace(done, loaded=done.loaded + load(settings, waiting, done.run_id))
            waiting = []
        yield done
    loaded = done.loaded + load(settings, waiting, done.run_id, beside_readers=False)
    yield replace(done, loaded=loaded, interrupted=bool(stop and stop()))


def read_all(
    entries: Iterable[Entry], settings: Settings, run_id: str, stop: Asked | None
) -> Iterator[BatchRead]:
    """Read entries in batches, spread by the engine; after a stop, only what is under way."""
    batches = batches_of(
        Archive(settings.archive_path),
        settings.parts_path,
        entries,
        settings.batch_size,
        Reader(run_id, EXTRACTOR, lexicon_hash()),
        settings.page_seconds,
    )
    # Never within a batch: its first pages would be a part of their own, to be read again later.
    wanted = until(stop or never, batches)
    return map_batches(read_batch, wanted, engine_of(settings), RESCUE, warm_up)


def load(
    settings: Settings, batches: Sequence[BatchRead], run_id: str, *, beside_readers: bool = True
) -> Loaded:
    """Load the parts of some batches, and record their pages and what could not be read."""
    if not batches:
        return Loaded()
    limits = {}
    if beside_readers and settings.engine == "processes":  # which have the other cores
        limits["threads"] = str(max(1, (os.cpu_count() or 1) - settings.workers))
    store = PartStore(settings.parts_path)
    return _sparingly(settings, lambda warehouse: _load(warehouse, store, batches, run_id), limits)


def _load(
    warehouse: Warehouse, store: PartStore, batches: Sequence[BatchRead], run_id: str
) -> Loaded:
    entries = (entry for batch in batches for entry in batch.entries)
    warehouse.record_snapshots(map(_fetched, entries), run_id=run_id)
    written = [batch for batch in batches if batch.part]
    with store.reading([batch.part for batch in written if batch.part]) as parts:
        for batch, part in zip(written, parts, strict=True):
            check_part(batch, part)
        loaded = warehouse.load_parts(parts, run_id=run_id)
    failures = [failure for batch in batches for failure in batch.failures]
    warehouse.record_failures(failures, run_id=run_id)
    return loaded


def _sparingly(
    settings: Settings, work: Callable[[Warehouse], Result], limits: dict[str, str]
) -> Result:
    """Do what may be done twice in little memory; in more where that does not do."""
    try:
        with opened(settings, {**limits, "memory_limit": LITTLE}) as warehouse:
            return work(warehouse)
    except OutOfMemoryError:
        with opened(settings, limits) as warehouse:
            return work(warehouse)


def with_batch(done: Ingested, batch: BatchRead) -> Ingested:
    """Return a run's account with one more batch in it."""
    room = TOLD - len(done.failures)
    return replace(
        done,
        read=done.read + len(batch.entries),
        failed=done.failed + Counter(failure.cause for failure in batch.failures),
        failures=done.failures + batch.failures[:room],
    )


def finish(settings: Settings, done: Ingested) -> Ingested:
    """Run the audits, close the run in the ledger, and return it with what the audits found."""
    audited = replace(done, audits=_sparingly(settings, Warehouse.audit, {}))
    end(settings, done.run_id, audited.status)
    return audited


def end(settings: Settings, run_id: str, status: str, note: str | None = None) -> None:
    """Close the run in the ledger."""
    with opened(settings) as warehouse:
        warehouse.finish_run(run_id, status=status, finished_at=datetime.now(UTC), note=note)


@contextmanager
def failing(settings: Settings, run_id: str) -> Iterator[None]:
    """Close the run as failed, with the reason, where the block raises."""
    try:
        yield
    except Exception as error:
        with suppress(QinqingError, OSError):
            end(settings, run_id, "failed", discreet(f"{type(error).__name__}: {error}")[:300])
        raise


def check(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Run the audits; return the offenders of those that found any."""
    with Warehouse(database, read_only=True) as warehouse:
        return warehouse.audit()


def _fetched(entry: Entry) -> Fetched:
    moment = datetime.fromisoformat(entry.fetched_at)
    return Fetched(entry.url, "OK", sha256=entry.sha256, fetched_at=moment)
