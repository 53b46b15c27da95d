"""`qinqing run`: the main job, from the bundled sample pages to a database and a report."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import click

from flows.cli.common import print_rows, with_settings
from flows.local_server import prefect_for_a_run
from flows.settings import Settings
from flows.speech.speech import told

YEAR = "2020"  # the year that the samples tell most of


@click.command("run")
@with_settings("data", "database", "lang")
def command(settings: Settings) -> int:
    """Read the bundled sample pages into a DuckDB file and a report, offline.

    \b
    Runs the same Prefect flows that a schedule runs, with a server of its own meanwhile.
    Example: qinqing run
             qinqing run --data /tmp/demo --lang en
    """
    from warehouse.store import Warehouse

    began = time.monotonic()
    where = {"data": str(settings.data), "database": str(settings.database_path)}
    with prefect_for_a_run(settings.data):
        from flows.ingest import ingest
        from flows.summarise import summarise

        job: Any = ingest(source="samples", kind="run", settings=where)
        report = summarise(YEAR, lang=settings.lang, **where)
    done = job.done
    with Warehouse(settings.database_path, read_only=True) as warehouse:
        names, rows = warehouse.named_query("demo_summary")
    print_rows(*in_language(names, rows, settings.lang), "table")
    print(
        f"{done.pages} pages: "
        + ", ".join(f"{count} {name}" for name, count in done.outcomes().items())
        + f"; {time.monotonic() - began:.0f} s"
    )
    print(told(f"database  {settings.database_path}"))
    print(told(f"report    {report}"))
    print(told("browse    qinqing serve"))
    return 0


def in_language(
    names: Sequence[str], rows: Sequence[Sequence[object]], lang: str
) -> tuple[list[str], list[list[object]]]:
    """Keep of each pair of columns x and x_en the one that the reader understands, named x."""
    pairs = {name.removesuffix("_en") for name in names if name.endswith("_en")}
    kept = [
        index
        for index, name in enumerate(names)
        if name.removesuffix("_en") not in pairs or name.endswith("_en") == (lang == "en")
    ]
    plain = [names[index].removesuffix("_en") for index in kept]
    return plain, [[row[index] for index in kept] for row in rows]
