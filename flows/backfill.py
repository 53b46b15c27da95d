"""The flow that fills in years of an archive: one run, resumable, however many days it takes."""

from __future__ import annotations

from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.discovery.gathering import Order
from flows.ingest import AGAIN, order_in, show_outcomes, state_of
from flows.jobs import Job, Watch, run_backfill
from flows.settings import Settings, load_settings
from flows.speech.interrupts import asked_to_stop


@task(cache_policy=NO_CACHE, **AGAIN)
def find_fetch_read_load(order: Order, settings: Settings) -> Job:
    """Do all of a backfill that can be done today."""
    with asked_to_stop() as stop:
        return run_backfill(order, settings, Watch(stop=stop))


@flow(name="backfill")
def backfill(
    source: str = "listing",
    path: str | None = None,
    *,
    sites: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    refresh: bool = False,
    settings: dict[str, Any] | None = None,
) -> Any:  # noqa: ANN401 - a State; who calls the flow gets the Job in it
    """Fetch and read what a source holds of some days; the same parameters resume."""
    chosen, _ = load_settings(settings)
    job = find_fetch_read_load(order_in(source, path, sites, since, until, refresh=refresh), chosen)
    show_outcomes(job)
    return state_of(job)
