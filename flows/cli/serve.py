"""`qinqing serve`: the explorer, a read-only page on this machine alone."""

from __future__ import annotations

import click

from flows.cli.common import with_settings
from flows.settings import Settings


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8765,
    show_default=True,
    help="port to listen on",
)
@with_settings("data", "database", "lang")
def command(settings: Settings, port: int) -> int:
    """Open the explorer: search figures and programmes, down to the sentence; read-only, 127.0.0.1.

    A load may run meanwhile: the pages are drawn from a copy. Stop with Ctrl-C.

    \b
    Example: qinqing serve
             qinqing serve --port 9000 --database data/qinqing.duckdb
    """
    from flows.serve import serve

    page = "?lang=en" if settings.lang == "en" else ""
    serve(settings.database_path, port, lambda address: click.echo(address + page))
    return 0
