"""The schedules, for those without a Prefect server of their own: one process that keeps them."""

from __future__ import annotations

from typing import Any

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule

from flows.backfill import backfill
from flows.ingest import ingest
from flows.selftest import selftest
from flows.settings import Settings
from flows.summarise import summarise

TIMEZONE = "Asia/Shanghai"
CRONS = {
    "daily": "30 6 * * *",
    "monthly": "0 9 2 * *",
    "quarterly": "0 9 5 1,4,7,10 *",
    "weekly": "0 5 * * 1",
}


def deployments(settings: Settings, sites: tuple[str, ...]) -> list[RunnerDeployment]:
    """Return the deployments of prefect.yaml, for this process to run."""
    words = {"data": str(settings.data), "database": str(settings.database_path)}
    options: dict[str, tuple[Any, dict[str, Any]]] = {
        "daily": (ingest, {"source": "listing", "sites": list(sites), "settings": words}),
        "monthly": (summarise, {"period": "last-month", **words}),
        "quarterly": (summarise, {"period": "last-quarter", **words}),
        "weekly": (selftest, {}),
        "history": (backfill, {"settings": words}),
    }
    return [
        flow.to_deployment(name=name, parameters=parameters, schedule=_cron(name))
        for name, (flow, parameters) in options.items()
    ]


def _cron(name: str) -> Schedule | None:
    return Cron(CRONS[name], timezone=TIMEZONE) if name in CRONS else None


def keep(settings: Settings, sites: tuple[str, ...]) -> None:
    """Run the schedules until interrupted; one run at a time."""
    serve(*deployments(settings, sites), limit=1, print_starting_message=False)
