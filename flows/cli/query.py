"""`qinqing query`: anybody's SQL, read-only and limited, and the named queries."""

from __future__ import annotations

import click

from flows.cli.common import (
    complete_queries,
    for_reading,
    print_rows,
    printed_in,
    with_settings,
)
from flows.settings import Settings
from flows.speech.speech import say
from transforms.errors import UsageError


@click.command("query")
@click.argument("sql", required=False)
@click.option("--name", metavar="NAME", shell_complete=complete_queries, help="run a named query")
@click.option("--list", "listed", is_flag=True, help="list the named queries")
@click.option(
    "--limit", type=click.IntRange(min=0), default=1000, show_default=True, help="rows at most"
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    help="seconds at most",
)
@printed_in()
@click.option("--lake", is_flag=True, help="ask the lake of --catalog, not the database")
@with_settings("data", "database", "catalog")
def command(  # noqa: PLR0913 - what a user may choose
    settings: Settings,
    sql: str | None,
    name: str | None,
    limit: int,
    timeout: float,
    form: str,
    *,
    listed: bool,
    lake: bool,
) -> int:
    """Run one SELECT on the warehouse; files, network and settings are out of its reach.

    \b
    Example: qinqing query "SELECT region_name, category_label, value FROM summary_quarter"
             qinqing query --list
             qinqing query --name accountability_by_quarter --format csv
    """
    from warehouse.asking import named_sql, query_names

    if listed:
        print("\n".join(query_names()))
        return 0
    if bool(sql and sql.strip()) == bool(name):
        raise UsageError("give one SELECT statement, or --name of a named query; see --list")
    with for_reading(settings, lake=lake) as warehouse:
        answer = warehouse.query(sql or named_sql(name or ""), limit=limit, timeout=timeout)
    print_rows(answer.columns, answer.rows, form)
    if answer.truncated:
        say(f"only the first {limit} rows; raise --limit for more")
    return 0
