"""Ask the warehouse for everything a report needs, by the queries beside this file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import duckdb

from transforms.buckets import Bucket
from warehouse.report.facts import (
    Cell,
    Fact,
    Material,
    Pair,
    Quality,
    Round,
    Sentence,
    Sighting,
    Silence,
)

CONTEXT_MONTHS = 6  # a short period is shown among the months before it
Made = TypeVar("Made")


def gather(connection: duckdb.DuckDBPyConnection, bucket: Bucket, lang: str = "zh") -> Material:
    """Return what the database says about a period, its regions named in `lang`; reads only."""
    asked = {
        "start": bucket.start,
        "end": bucket.end,
        "kind": bucket.kind,
        "first": columns(bucket)[0].start,
        "lang": lang,
    }
    return Material(
        facts=_rows(connection, Fact, "facts", asked),
        sightings=_rows(connection, Sighting, "sightings", asked),
        rounds=_rows(connection, Round, "rounds", asked),
        pairs=_rows(connection, Pair, "pairs", asked),
        silences=_rows(connection, Silence, "silences", asked),
        cells=_rows(connection, Cell, "cells", asked),
        quality=_rows(connection, Quality, "quality", asked)[0],
    )


def columns(bucket: Bucket) -> tuple[Bucket, ...]:
    """Return the months a period is drawn in: its own, or for a short one those before it too."""
    months = bucket.months()
    return months if len(months) >= CONTEXT_MONTHS else bucket.trailing_months(CONTEXT_MONTHS)


def sentences(
    connection: duckdb.DuckDBPyConnection, lang: str, ids: Sequence[str]
) -> tuple[Sentence, ...]:
    """Return the sentences behind measures (`article#start`) and mentions (`article@start`)."""
    asked = {"ids": list(ids), "lang": lang}
    return _rows(connection, Sentence, "sentences", asked) if ids else ()


def _rows(
    connection: duckdb.DuckDBPyConnection, make: type[Made], name: str, asked: dict[str, Any]
) -> tuple[Made, ...]:
    """Run a query whose columns are the fields of `make`; lists become tuples."""
    sql = query(name)
    given = {key: value for key, value in asked.items() if f"${key}" in sql}
    cursor = connection.execute(sql, given)
    found = [column[0] for column in cursor.description or ()]
    places = [found.index(field) for field in make.__dataclass_fields__ if field in found]  # type: ignore[attr-defined]
    return tuple(make(*[_frozen(row[at]) for at in places]) for row in cursor.fetchall())


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


@cache
def query(name: str) -> str:
    """Return the text of a query file."""
    return files(__package__).joinpath("queries", f"{name}.sql").read_text("utf-8")
