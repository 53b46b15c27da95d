"""What several verbs share: their options for settings, and how they print rows."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from flows.files import Told, bytes_of
from flows.settings import Settings, load_settings
from flows.speech.speech import inert
from transforms.errors import InputError, WarehouseError

if TYPE_CHECKING:
    from warehouse.store import Warehouse

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])
FORMS = ("table", "json", "jsonl", "csv")

OPTIONS: dict[str, Any] = {
    "data": click.option(
        "--data", type=click.Path(path_type=Path), help="folder for all files [data]"
    ),
    "database": click.option(
        "--database", type=click.Path(path_type=Path), help="the DuckDB file [data/qinqing.duckdb]"
    ),
    "engine": click.option(
        "--engine", type=click.Choice(["inline", "processes", "dask"]), help="how reading is spread"
    ),
    "workers": click.option("--workers", type=int, help="processes to read with"),
    "catalog": click.option("--catalog", help="catalog of a lake, postgres:dbname=… host=…"),
    "lake_files": click.option(
        "--files", "lake_files", help="where the lake's files lie, a folder or s3://bucket/…"
    ),
    "scheduler": click.option("--scheduler", help="address of a Dask scheduler, tcp://host:port"),
    "lang": click.option(
        "--lang", type=click.Choice(["zh", "en"]), help="language of what is written"
    ),
}


def with_settings(*names: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a verb the options of these names, and the Settings they lead to as `settings`."""

    def decorate(function: Callable[..., R]) -> Callable[..., R]:
        @wraps(function)
        def call(**options: Any) -> R:  # noqa: ANN401 - click passes whatever the options hold
            chosen = {name: options.pop(name, None) for name in names}
            settings: Settings = load_settings(chosen)[0]
            return function(settings=settings, **options)

        for name in reversed(names):
            call = OPTIONS[name](call)
        return call

    return decorate


def complete_queries(_context: object, _option: object, begun: str) -> list[str]:
    """Return the named queries that begin so, for the shell."""
    from warehouse.asking import query_names

    return [name for name in query_names() if name.startswith(begun)]


def complete_charts(_context: object, _option: object, begun: str) -> list[str]:
    """Return the charts of a report whose names begin so, for the shell."""
    from warehouse.report import CHARTS

    return [name for name in CHARTS if name.startswith(begun)]


def complete_sites(_context: object, _option: object, begun: str) -> list[str]:
    """Return the sites whose names begin so, for the shell."""
    from transforms.sites import all_sites

    return [name for name in all_sites() if name.startswith(begun)]


def of_sites(text: str = "a site's name, or all [gxjjw]") -> Callable[[F], F]:
    """Give a verb the option that names sites."""
    return click.option(
        "--site",
        "sites",
        multiple=True,
        metavar="NAME",
        shell_complete=complete_sites,
        help=text,
    )


def printed_in(*forms: str) -> Callable[[F], F]:
    """Give a verb the option that says in which of these forms, or of all, rows are printed."""
    kind = click.Choice(forms or FORMS)
    return click.option("--format", "form", type=kind, default="table", help="how rows are printed")


TOLD = (
    click.option(
        "--published", metavar="DATE", help="when a text was published, YYYY-MM-DD[THH:MM]"
    ),
    click.option("--url", help="the address the page was saved from"),
    click.option(
        "--site",
        metavar="NAME",
        shell_complete=complete_sites,
        help="the site profile to read pages with [by URL]",
    ),
    click.option("--title", default="", help="headline of a text"),
    click.option("--source", help="organ or site that published a text"),
)


def tells_of_file(function: Callable[..., R]) -> Callable[..., R]:
    """Give a verb the options that tell of a file, as one `told`."""

    @wraps(function)
    def call(**options: Any) -> R:  # noqa: ANN401 - click passes whatever the options hold
        told = Told(**{name: options.pop(name) for name in Told.__dataclass_fields__})
        return function(told=told, **options)

    for option in reversed(TOLD):
        call = option(call)
    return call


def for_reading(settings: Settings, *, lake: bool) -> Warehouse:
    """Open the database, or the lake of the settings, for reading."""
    if lake:
        from flows.lake import place_of
        from warehouse.lake.reader import Lake

        return Lake(place_of(settings))
    from warehouse.store import Warehouse

    return Warehouse(settings.database_path, read_only=True)


def existing_database(settings: Settings) -> Path:
    """Return where the database is; raise WarehouseError where a writer would make an empty one."""
    path = settings.database_path
    if not path.exists():
        raise WarehouseError(
            f"there is no database at {path}; run `qinqing run` or `qinqing ingest` first"
        )
    return path


def filled(path: Path) -> Path:
    """Return a path whose file can be read and holds something; raise InputError otherwise."""
    if not bytes_of(path).strip():
        raise InputError(f"{path} has nothing in it")
    return path


def print_rows(names: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> None:
    """Print rows to stdout as table, json, jsonl or csv."""
    if form == "table":
        _print_table(names, rows)
    elif form == "csv":
        from warehouse.exports import inert as cell

        sink = io.StringIO()
        cells = ([cell(plain(value)) for value in row] for row in rows)
        csv.writer(sink, lineterminator="\n").writerows([names, *cells])
        sys.stdout.write(sink.getvalue())
    else:
        records = [dict(zip(names, map(plain, row), strict=True)) for row in rows]
        text = [json.dumps(record, ensure_ascii=False, default=str) for record in records]
        print("[" + ",\n ".join(text) + "]" if form == "json" else "\n".join(text))


def plain(value: object) -> object:
    """Return a number as the shortest that says the same, one without end as None."""
    if isinstance(value, float | Decimal) and value == value // 1:
        return int(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON knows no such number
    return float(value) if isinstance(value, Decimal) else value


def shown(value: object) -> str:
    """Return a value as one line of text that no terminal obeys."""
    if value is None:
        return ""
    value = plain(value)
    return inert(str(value).replace("\n", "⏎"))


def _print_table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(value)) for value in row))
    width = None if sys.stdout.isatty() else 200
    Console(width=width, highlight=False).print(table)
