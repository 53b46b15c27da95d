"""The schedules, for those without a Prefect server of their own: one process that keeps them."""

from __future__ import annotations

import warnings
from typing import Any

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.backfill import backfill
from flows.crons import CRONS, SLUGS, TIMEZONE
from flows.ingest import ingest
from flows.selftest import selftest
from flows.settings import Settings
from flows.summarise import summarise


def deployments(settings: Settings, sites: tuple[str, ...]) -> list[RunnerDeployment]:
    """Return the deployments of prefect.yaml, for this process to run."""
    places = {"data": settings.data, "database": settings.database_path}
    words = {name: str(path.absolute()) for name, path in places.items()}
    options: dict[str, tuple[Any, dict[str, Any]]] = {
        "daily": (ingest, {"source": "listing", "sites": list(sites), "settings": words}),
        "monthly": (summarise, {"period": "last-month", **words}),
        "quarterly": (summarise, {"period": "last-quarter", **words}),
        "weekly": (selftest, {}),
        "history": (backfill, {"settings": words}),
    }
    return [
        flow.to_deployment(
            name=name,
            parameters=parameters,
            schedule=_cron(name),
            # By its module: the server may hold the deployment of prefect.yaml, without a file.
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for name, (flow, parameters) in options.items()
    ]


def _cron(name: str) -> Schedule | None:
    if name not in CRONS:
        return None
    return Cron(CRONS[name], timezone=TIMEZONE, slug=SLUGS[name])


def keep(settings: Settings, sites: tuple[str, ...]) -> None:
    """Run the schedules until interrupted; one run at a time."""
    chosen = deployments(settings, sites)
    # What Prefect says of itself when a service manager stops it is nothing that a user can mend.
    warnings.filterwarnings("ignore", "coroutine 'Runner.astop' was never awaited")
    serve(*chosen, limit=1, print_starting_message=False, pause_on_shutdown=False)
