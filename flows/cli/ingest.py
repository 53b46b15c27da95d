"""`qinqing ingest`: fetch or import pages, read them and load what they say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.common import print_rows, with_settings
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.pipeline import Ingested

# A page that is no article is recorded and final: nothing is left to try again.
EXIT = {"done": 0, "partial": 0, "empty": 3, "interrupted": 130}


@click.command("ingest")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--from", "source", default="samples", help="folder PATH, or samples")
@click.option("--prefect", is_flag=True, help="run as a Prefect flow, recorded with its artifacts")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@with_settings("data", "database", "engine", "workers", "scheduler")
def command(settings: Settings, path: Path | None, source: str, form: str, *, prefect: bool) -> int:
    """Read pages and load what they say; pages known already change nothing.

    \b
    A folder needs a MANIFEST.tsv with the columns file and url.
    Example: qinqing ingest --from folder saved-pages/
    """
    done = _as_flow(settings, source, path) if prefect else _here(settings, source, path)
    say(done, form)
    return EXIT[done.status]


def _here(settings: Settings, source: str, path: Path | None) -> Ingested:
    from flows.interrupts import asked_to_stop
    from flows.pipeline import ingest_pages
    from flows.progress import progress
    from flows.sources import pages_of

    with asked_to_stop() as stop, progress("reading") as advance:
        return ingest_pages(pages_of(source, path), settings, advance=advance, stop=stop)


def _as_flow(settings: Settings, source: str, path: Path | None) -> Ingested:
    from flows.orchestration import prepare_prefect

    prepare_prefect(settings.data)
    from flows.ingest import ingest

    where = {"data": str(settings.data), "database": str(settings.database_path)}
    done: Ingested = ingest(source=source, path=str(path) if path else None, **where)
    return done


def say(done: Ingested, form: str) -> None:
    """Print the account of a run, and what could not be read."""
    rows = [(failure.cause, failure.detail, failure.url) for failure in done.failures]
    if rows and form == "table":
        print_rows(("could not be read", "because", "page"), rows, form)
    names = (
        "run",
        "status",
        "pages",
        "known",
        "articles",
        "new_measures",
        "failed",
        "audits_failed",
    )
    row = (
        done.run_id,
        done.status,
        done.pages,
        done.known,
        done.articles,
        done.loaded.measures,
        done.failed.total(),
        len(done.audits),
    )
    print_rows(names, [row], form)
    for name, offenders in done.audits.items():
        print(f"audit {name}: {len(offenders)} rows; see qinqing audit", file=sys.stderr)
