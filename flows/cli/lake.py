"""`qinqing lake load|tell`: the same tables in a DuckLake, which many loaders append to."""

from __future__ import annotations

from dataclasses import replace

import click

from flows.cli.common import with_settings
from flows.settings import Settings
from flows.speech.speech import told


@click.group("lake")
def command() -> None:
    """Append parts to a lake from any number of machines; tell its claims; ask it by query --lake.

    \b
    The catalog is a PostgreSQL database, the files lie in a folder or an S3 store; PGPASSWORD and
    the keys of the store come from the environment. Needs an environment of its own: make lake.
    Example: qinqing lake load s3://bucket/parts --catalog "postgres:dbname=lake host=db"
             qinqing lake tell --catalog "postgres:dbname=lake host=db"
             qinqing query --lake --name case_funnel
    """


@command.command("load")
@click.argument("parts", required=False)
@with_settings("data", "catalog", "lake_files")
def load(settings: Settings, parts: str | None) -> int:
    """Append the parts of a folder or address; those that are in the lake are passed over.

    \b
    Example: qinqing lake load --files s3://bucket/lake
             qinqing lake load s3://bucket/parts
    """
    from flows.lake import place_of
    from warehouse.lake.appending import append_parts

    done = append_parts(place_of(settings), parts or settings.parts_path)
    counts = f"{done.articles} articles, {done.measures} measures"
    print(told(f"{done.parts} parts appended, {done.known} known: {counts}"))
    return 0


@command.command("tell")
@with_settings("data", "database", "catalog", "lake_files")
def tell(settings: Settings) -> int:
    """Tell the claims of all parts in the lake; one process at a time, with a database of its own.

    \b
    The database (data/told.duckdb) follows the lake and can be deleted: it is made again.
    Example: qinqing lake tell
    """
    from flows.lake import tell_lake

    own = settings.database or settings.data / "told.duckdb"
    loaded = tell_lake(replace(settings, database=own))
    print(told(f"{loaded.articles} articles and {loaded.measures} measures told anew"))
    return 0
