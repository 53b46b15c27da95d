"""Pages in, measures out: the flow a user schedules or runs; a task a wave of batches, never a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed, State

from flows import pipeline
from flows.archive import Archive, Entry
from flows.batches import Batch, BatchRead
from flows.pipeline import Ingested
from flows.settings import Settings, load_settings
from flows.sources import pages_of
from warehouse.loading import Loaded


@task(cache_policy=NO_CACHE)
def archive_pages(source: str, path: str | None, settings: Settings, run_id: str) -> list[Entry]:
    """Archive the pages of a source."""
    return pipeline.archive_pages(pages_of(source, path), Archive(settings.archive_path), run_id)


@task(cache_policy=NO_CACHE)
def read_batches(wave: Sequence[Batch], settings: Settings) -> list[BatchRead]:
    """Read a wave of batches, spread by the engine."""
    return pipeline.read_wave(wave, settings)


@task(cache_policy=NO_CACHE, retries=3, retry_delay_seconds=[1, 5, 20])
def load_parts(read: Sequence[BatchRead], settings: Settings, run_id: str) -> Loaded:
    """Load what a wave says; tried again while another process holds the database."""
    return pipeline.load_wave(settings, read, run_id)


@flow(name="ingest")
def ingest(
    source: str = "samples",
    path: str | None = None,
    data: str | None = None,
    database: str | None = None,
    kind: str = "ingest",
) -> State[Ingested]:
    """Archive, read and load pages; fails where nothing at all could be read."""
    settings, _ = load_settings({"data": data, "database": database})
    run_id = pipeline.new_run_id(kind)
    entries = archive_pages(source, path, settings, run_id)
    wanted = pipeline.begin(settings, entries, run_id, kind)
    done = Ingested(run_id, pages=len(entries), known=len(entries) - len(wanted))
    for wave in pipeline.waves(settings, wanted, run_id):
        read = read_batches(wave, settings)
        done = pipeline.added(done, read, load_parts(read, settings, run_id))
    done = pipeline.finish(settings, done)
    show_outcomes(done)
    return state_of(done)


def state_of(done: Ingested) -> State[Any]:
    """Tell the truth of a run: nothing read is failed, some pages failed is a state of its own."""
    if done.status == "empty":
        return Failed(message=f"none of {done.pages} pages could be read", data=done)
    message = f"{done.articles} articles, {done.loaded.measures} new measures"
    if done.failures:
        return Completed(name="Partial", message=f"{message}, {len(done.failures)} failed", data=done)
    return Completed(message=message, data=done)


def show_outcomes(done: Ingested) -> None:
    """Attach the outcomes of the run to it as a table."""
    rows = [{"outcome": name, "pages": count} for name, count in done.outcomes().items()]
    rows += [{"outcome": f"audit {name}", "pages": len(found)} for name, found in done.audits.items()]
    description = f"What became of the pages of {done.run_id}"
    create_table_artifact(rows, key="outcomes", description=description)
