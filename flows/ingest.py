"""Pages in, measures out: the flow a user schedules or runs; a task a wave of batches, never a page."""

from __future__ import annotations

from collections.abc import Sequence

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed, State

from flows import pipeline
from flows.archive import Archive, Entry
from flows.batches import Batch, BatchReading, batches_of
from flows.pipeline import Ingested
from flows.settings import Settings, load_settings
from flows.sources import pages_of
from warehouse.loading import Loaded


@task(cache_policy=NO_CACHE)
def archive_pages(source: str, path: str | None, settings: Settings, run_id: str) -> list[Entry]:
    """Archive the pages of a source."""
    return pipeline.archive_pages(pages_of(source, path), Archive(settings.archive_path), run_id)


@task(cache_policy=NO_CACHE)
def read_batches(batches: Sequence[Batch], settings: Settings) -> list[BatchReading]:
    """Read a wave of batches, spread by the engine."""
    return list(pipeline.read_pages(batches, pipeline.engine_of(settings)))


@task(cache_policy=NO_CACHE, retries=3, retry_delay_seconds=[1, 5, 20])
def load_batches(read: Sequence[BatchReading], settings: Settings, run_id: str) -> Loaded:
    """Load what a wave says, in one transaction a batch; tried again while another process writes."""
    return pipeline.load_batches(settings.database_path, read, run_id)


@task(cache_policy=NO_CACHE)
def check(settings: Settings) -> dict[str, int]:
    """Run the audits; return how many offenders each found."""
    return {name: len(rows) for name, rows in pipeline.check(settings.database_path).items()}


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
    loaded, failures = Loaded(), []
    batches = batches_of(Archive(settings.archive_path), entries, settings.batch_size)
    for wave in pipeline.waves(batches, size=4 * settings.workers):
        read = read_batches(wave, settings)
        loaded += load_batches(read, settings, run_id)
        failures += [failure for batch in read for failure in batch.failures]
    done = Ingested(run_id, len(entries), loaded=loaded, failures=tuple(failures))
    show_outcomes(done, check(settings))
    if not done.articles:
        return Failed(message=f"none of {len(entries)} pages could be read", data=done)
    return Completed(message=f"{loaded.articles} articles, {loaded.measures} measures", data=done)


def show_outcomes(done: Ingested, audits: dict[str, int]) -> None:
    """Attach the outcomes of the run to it as a table."""
    rows = [{"outcome": name, "pages": count} for name, count in done.outcomes().items()]
    rows += [{"outcome": f"audit {name}", "pages": count} for name, count in audits.items()]
    create_table_artifact(rows, key="outcomes", description=f"What became of the pages of {done.run_id}")

