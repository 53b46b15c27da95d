"""The main path in plain functions, to be read from top to bottom: archive, read, load, check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from flows.archive import Archive, Entry
from flows.batches import Batch, BatchReading, Failure, batches_of, read_batch
from flows.engines import Engine, map_batches
from flows.settings import Settings
from transforms.model import Snapshot
from warehouse.loading import Loaded
from warehouse.store import Warehouse

Progress = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True)
class Ingested:
    """What one run did; `audits` holds the offenders of every audit that found any."""

    run_id: str
    pages: int = 0
    new_pages: int = 0
    loaded: Loaded = field(default_factory=Loaded)
    failures: tuple[Failure, ...] = ()
    audits: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """How many pages were read as articles, loaded anew or known already."""
        return self.loaded.articles + self.loaded.skipped

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


def read_pages(batches: Iterable[Batch], engine: Engine) -> Iterator[BatchReading]:
    """Read batches with the engine, in the order in which they are done."""
    return map_batches(read_batch, batches, engine)


def waves(batches: Iterable[Batch], size: int) -> Iterator[tuple[Batch, ...]]:
    """Group batches so that what was read is loaded before more is read."""
    waiting = iter(batches)
    while wave := tuple(islice(waiting, size)):
        yield wave


def load_batches(database: Path, read: Sequence[BatchReading], run_id: str) -> Loaded:
    """Load what some batches say, articles and failures."""
    with Warehouse(database) as warehouse:
        readings = (reading for batch in read for reading in batch.readings)
        return warehouse.load(readings, run_id=run_id)


def check(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Run the audits; return the offenders of those that found any."""
    with Warehouse(database, read_only=True) as warehouse:
        return warehouse.audit()


def ingest_pages(
    snapshots: Iterable[Snapshot],
    settings: Settings,
    *,
    kind: str = "ingest",
    progress: Progress | None = None,
) -> Ingested:
    """Archive, read and load pages already at hand."""
    run_id = new_run_id(kind)
    archive = Archive(settings.archive_path)
    entries = archive_pages(snapshots, archive, run_id)
    return read_and_load(entries, settings, run_id, progress=progress)


def read_and_load(
    entries: Sequence[Entry], settings: Settings, run_id: str, *, progress: Progress | None = None
) -> Ingested:
    """Read archived pages and load what they say, a wave of batches at a time."""
    archive, engine = Archive(settings.archive_path), engine_of(settings)
    loaded, failures, done = Loaded(), [], 0
    batches = batches_of(archive, entries, settings.batch_size)
    for wave in waves(batches, size=4 * engine.workers):
        read = list(read_pages(wave, engine))
        loaded += load_batches(settings.database_path, read, run_id)
        failures += [failure for batch in read for failure in batch.failures]
        done += sum(len(batch.entries) for batch in wave)
        if progress:
            progress(done, len(entries))
    return Ingested(
        run_id,
        pages=len(entries),
        loaded=loaded,
        failures=tuple(failures),
        audits=check(settings.database_path),
    )


def write_report(
    settings: Settings, period: str, *, lang: str | None = None, form: str = "html", today: date | None = None
) -> Path:
    """Write the report of a period as HTML or Markdown; return where it is."""
    from transforms.buckets import parse_period
    from warehouse.report import render_brief, render_period

    bucket, language = parse_period(period), lang or settings.lang
    render = {"html": render_period, "md": render_brief}[form]
    with Warehouse(settings.database_path, read_only=True) as warehouse:
        text = render(warehouse.connection, bucket, lang=language, generated_on=today or date.today())  # noqa: DTZ011
    path = settings.reports_path / f"{bucket.name}.{language}.{form}"
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".open")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)
    return path
