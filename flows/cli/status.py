"""`qinqing status`: how the work stands, for people and for monitors."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.common import print_rows, with_settings
from flows.settings import Settings
from flows.speech.speech import say, told
from transforms.errors import UsageError

if TYPE_CHECKING:
    from flows.health.health import Health

STALE = 3
MOST = 20  # deferred pages that are listed


@click.command("status")
@click.option("--check", is_flag=True, help="exit 3 where something is stale or failed")
@click.option(
    "--max-age", default="36h", show_default=True, help="how old the last run that was done may be"
)
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
@click.option("--prometheus", type=click.Path(path_type=Path), help="write a Prometheus text file")
@with_settings("data", "database")
def command(
    settings: Settings, max_age: str, prometheus: Path | None, *, check: bool, as_json: bool
) -> int:
    """Print the last runs, how fresh each site is, what the last fetch met and what waits.

    \b
    Example: qinqing status
             qinqing status --check --max-age 36h
             qinqing status --prometheus /var/lib/node_exporter/qinqing.prom
    """
    from flows.health.health import as_record, health_of, write_prometheus

    hours = hours_of(max_age)
    health = health_of(settings)
    if prometheus:
        write_prometheus(health, prometheus)
    if as_json:
        print(json.dumps(as_record(health, hours), ensure_ascii=False, default=str))
    elif not prometheus:
        _print(health)
    problems = health.problems(hours)
    if check:
        say("\n".join(map(told, problems)) or "fresh")
    return STALE if check and problems else 0


def hours_of(text: str) -> float:
    """Read 36h, 90m or 2d as hours.

    >>> hours_of("2d")
    48.0
    """
    found = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([mhd])", text.strip())
    if not found:
        raise UsageError(f"--max-age {text!r} is no age; write 36h, 90m or 2d")
    return float(found[1]) * {"m": 1 / 60, "h": 1, "d": 24}[found[2]]


def _to_the_minute(cell: object) -> object:
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell


def _print(health: Health) -> None:
    from dataclasses import astuple

    names = ("run", "kind", "status", "started", "ended", "articles", "measures", "known", "failed")
    print_rows(
        (*names, "note"), (tuple(map(_to_the_minute, astuple(run))) for run in health.runs), "table"
    )
    print_rows(("site", "articles", "newest", "days_ago"), map(astuple, health.sites), "table")
    if health.outcomes:
        print_rows(("last fetch of", "outcome", "count"), health.outcomes, "table")
    if health.deferred:
        rows = [(one.url, one.outcome, one.retry_at) for one in health.deferred[:MOST]]
        print_rows((f"waiting ({len(health.deferred)})", "because", "not before"), rows, "table")
