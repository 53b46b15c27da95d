"""`qinqing reprocess`: read the archived pages again with the rules of today."""

from __future__ import annotations

import click

from flows.cli.common import printed_in, with_settings
from flows.cli.ordering import tell
from flows.settings import Settings


@click.command("reprocess")
@printed_in("table", "json")
@click.option("--at-once", is_flag=True, help="work on a copy; show nothing until all is read")
@with_settings("data", "database", "engine", "workers", "scheduler")
def command(settings: Settings, form: str, *, at_once: bool) -> int:
    """Read every archived page that today's rules have not read yet; fetches nothing.

    \b
    What an earlier run had said stays in measure_history; see qinqing diff.
    With --at-once readers see the old reading of every article, then the new one of every article.
    Example: qinqing reprocess --engine processes --workers 4
             qinqing reprocess --at-once
    """
    from contextlib import nullcontext

    from flows.beside import beside, switch
    from flows.engines.engines import prepare
    from flows.jobs import Job
    from flows.one_run import only_run
    from flows.pipeline import engine_of, new_run_id, read_and_load, start
    from flows.speech.interrupts import asked_to_stop
    from flows.speech.progress import progress

    run_id = new_run_id("reprocess")
    with only_run(settings, run_id), asked_to_stop() as stop, progress("reading") as advance:
        prepare(engine_of(settings))
        with beside(settings) if at_once else nullcontext(settings) as place:
            start(place, run_id, "reprocess")
            done = read_and_load(place, run_id, advance=advance, stop=stop)
        if at_once and not done.interrupted:
            switch(settings)
    return tell(Job(run_id, done=done), form, "the same command")
