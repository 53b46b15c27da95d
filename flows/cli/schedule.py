"""`qinqing schedule`: daily ingest, monthly and quarterly reports, weekly self-test."""

from __future__ import annotations

import sys

import click

from flows.cli.common import of_sites, with_settings
from flows.settings import Settings


@click.command("schedule")
@of_sites()
@click.option("--show", is_flag=True, help="print the schedules and end")
@with_settings("data", "database")
def command(settings: Settings, sites: tuple[str, ...], *, show: bool) -> int:
    """Run the schedules until interrupted; without a server that is set, with one of its own.

    \b
    Times are those of Asia/Shanghai. Runs missed while it was down are caught up by the next one.
    Under a Prefect server use prefect.yaml instead; docs/OPERATIONS.md tells of cron and systemd.
    Example: qinqing schedule --site gxjjw --site ccdi
             qinqing schedule --show
    """
    from flows.crons import CRONS, TIMEZONE
    from flows.discovery.gathering import sites_of
    from flows.jobs import order_of

    sites_of(order_of("listing", sites=sites))  # an unknown name is told now, not tomorrow
    lines = [f"{name:<10} {cron:<18} {TIMEZONE}" for name, cron in CRONS.items()]
    print("\n".join(lines), file=sys.stdout if show else sys.stderr, flush=True)
    if not show:
        _keep(settings, sites)
    return 0


def _keep(settings: Settings, sites: tuple[str, ...]) -> None:
    from flows.local_server import server_near
    from flows.orchestration import prepare_prefect

    prepare_prefect(settings.data)
    with server_near((settings.data / "prefect").absolute()) as url:
        from flows.schedule import keep

        print(f"Prefect at {url}", file=sys.stderr, flush=True)
        keep(settings, sites)
