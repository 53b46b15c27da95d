"""Pages in, measures out: the flow a user schedules or runs; a task is a stage, never a page."""

from __future__ import annotations

from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed, State

from flows import pipeline
from flows.archive import Archive
from flows.interrupts import asked_to_stop
from flows.one_run import only_run
from flows.pipeline import Ingested
from flows.settings import Settings, load_settings
from flows.sources import pages_of


@task(cache_policy=NO_CACHE)
def archive_pages(source: str, path: str | None, settings: Settings, run_id: str) -> set[int]:
    """Archive the pages of a source."""
    return pipeline.archive_pages(pages_of(source, path), Archive(settings.archive_path), run_id)


@task(cache_policy=NO_CACHE)
def read_and_load(settings: Settings, run_id: str, kind: str, within: set[int]) -> Ingested:
    """Read what was archived and load what it says, batch by batch, spread by the engine."""
    with asked_to_stop() as stop:
        return pipeline.read_and_load(settings, run_id, kind=kind, within=within, stop=stop)


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
    with only_run(settings, run_id):
        within = archive_pages(source, path, settings, run_id)
        done = read_and_load(settings, run_id, kind, within)
    show_outcomes(done)
    return state_of(done)


def state_of(done: Ingested) -> State[Any]:
    """Tell the truth of a run: nothing read is failed, some pages failed is a state of its own."""
    if done.status == "empty":
        return Failed(message=f"none of {done.pages} pages could be read", data=done)
    message = f"{done.articles} articles, {done.loaded.measures} new measures"
    if done.failed:
        message = f"{message}, {done.failed.total()} failed"
        return Completed(name="Partial", message=message, data=done)
    return Completed(message=message, data=done)


def show_outcomes(done: Ingested) -> None:
    """Attach the outcomes of the run to it as a table."""
    rows = [{"outcome": name, "pages": count} for name, count in done.outcomes().items()]
    rows += [
        {"outcome": f"audit {name}", "pages": len(found)} for name, found in done.audits.items()
    ]
    description = f"What became of the pages of {done.run_id}"
    create_table_artifact(rows, key="outcomes", description=description)
