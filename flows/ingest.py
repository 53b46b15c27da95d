"""The flow that a schedule runs every morning: what is new, fetched, read and loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed, Failed

from flows.discovery.gathering import Order
from flows.jobs import Job, Watch, order_of, run_ingest
from flows.settings import Settings, load_settings
from flows.speech.interrupts import asked_to_stop
from transforms.errors import EngineError

EMPTY, BLOCKED, INTERRUPTED = 3, 5, 130


def may_pass(task: Any, run: Any, state: State[Any]) -> bool:  # noqa: ANN401 - Prefect's own
    """Say whether trying again may help: the processes or the cluster failed, not the work."""
    del task, run
    return isinstance(state.result(raise_on_failure=False), EngineError)


# Pages have their own retries; a run that is tried again goes on where it was.
AGAIN: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": [60, 300],
    "retry_condition_fn": may_pass,
}


@task(cache_policy=NO_CACHE, **AGAIN)
def fetch_read_load(order: Order, settings: Settings, kind: str) -> Job:
    """Fetch what is new, read and load it; batches, retries and ledger are our own."""
    with asked_to_stop() as stop:
        return run_ingest(order, settings, Watch(stop=stop), kind=kind)


@flow(name="ingest")
def ingest(  # noqa: PLR0913 - what a deployment may set
    source: str = "listing",
    path: str | None = None,
    *,
    sites: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    refresh: bool = False,
    kind: str = "ingest",
    settings: dict[str, Any] | None = None,
) -> Any:  # noqa: ANN401 - a State; who calls the flow gets the Job in it
    """Fetch or import what is new; `settings` are those of qinqing.toml. Nothing is failed."""
    chosen, _ = load_settings(settings)
    job = fetch_read_load(
        order_in(source, path, sites, since, until, refresh=refresh), chosen, kind
    )
    show_outcomes(job)
    return state_of(job)


def order_in(
    source: str,
    path: str | None,
    sites: list[str] | None,
    since: str | None,
    until: str | None,
    *,
    refresh: bool,
) -> Order:
    """Return the order for the parameters of a flow."""
    days = [date.fromisoformat(day) if day else None for day in (since, until)]
    place = Path(path) if path else None
    return order_of(source, place, tuple(sites or ()), *days, refresh=refresh)


def words_of(order: Order, settings: Settings) -> dict[str, Any]:
    """Return the parameters of a flow for an order and the settings of the command line."""
    days = (order.window.since, order.window.until)
    since, until = (day.isoformat() if day else None for day in days)
    names = ("data", "database", "archive", "parts", "engine", "workers", "scheduler")
    told = {name: getattr(settings, name) for name in names}
    return {
        "source": order.source,
        "path": str(order.path) if order.path else None,
        "sites": list(order.sites),
        "since": since,
        "until": until,
        "refresh": order.refresh,
        "settings": {
            name: str(value) if isinstance(value, Path) else value for name, value in told.items()
        },
    }


def state_of(job: Job) -> State[Any]:
    """Tell the truth of a run: nothing is failed, partly done is a state of its own."""
    message = told_of(job)
    if job.exit_code == EMPTY:
        return Failed(name="Empty", message=message, data=job)
    if job.exit_code == BLOCKED:
        return Failed(name="Blocked", message=message, data=job)
    if job.exit_code == INTERRUPTED:
        return Cancelled(name="Interrupted", message=f"{message}; run again", data=job)
    if job.status == "partial":
        return Completed(name="Partial", message=message, data=job)
    return Completed(message=message, data=job)


def told_of(job: Job) -> str:
    """Say in one line what a run did."""
    told = []
    if job.fetched:
        told.append(f"{job.fetched.arrived} pages fetched, {job.fetched.waiting} not asked for")
    if job.done:
        articles, measures = job.done.articles, job.done.loaded.measures
        told.append(f"{articles} articles, {measures} new measures")
        told.append(f"{job.done.failed.total()} pages gave no article")
    return "; ".join(told)


def show_outcomes(job: Job) -> None:
    """Attach the outcomes of the run to it as a table."""
    rows: list[dict[str, Any]] = []
    if job.fetched:
        for stage, counts in (("list", job.fetched.lists), ("fetch", job.fetched.outcomes)):
            rows += [{"stage": stage, "outcome": k, "count": n} for k, n in sorted(counts.items())]
    if job.done:
        outcomes = job.done.outcomes()
        rows += [{"stage": "read", "outcome": k, "count": n} for k, n in outcomes.items()]
        found = job.done.audits
        rows += [{"stage": "audit", "outcome": k, "count": len(n)} for k, n in found.items()]
    create_table_artifact(rows, key="outcomes", description=f"What became of {job.run_id}")
