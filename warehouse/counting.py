"""Hand the cells whose claims overlap to warehouse.series, and write its verdicts beside them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

from warehouse.appending import append_rows
from warehouse.connection import Connection
from warehouse.forest import Edge
from warehouse.series import GRAINS, Told, Verdict, judge, to_date

BOUND = 10**23  # what the columns can hold, in millionths
BITS = {grain: 1 << place for place, grain in enumerate(GRAINS)}
Row = tuple[object, ...]


def count_tangled(connection: Connection) -> None:
    """Fill the temporary tables `verdict` and `implied` for the cells in `tangled`."""
    verdicts: list[Row] = []
    implied: list[Row] = []
    for cell, told in _cells(connection):
        verdict = judge(told)
        verdicts += _verdict_rows(verdict)
        for derived in verdict.derived:
            implied.append((len(implied), cell, *_implied_row(*derived)))
    append_rows(connection, "verdict", verdicts)
    append_rows(connection, "implied", implied)


def _cells(connection: Connection) -> Iterator[tuple[int, list[Told]]]:
    sql = files("warehouse").joinpath("reads/told.sql").read_text("utf-8")
    rows = connection.execute(sql).fetchall()
    for cell, group in groupby(rows, key=itemgetter(0)):
        yield cell, [Told._make(row[1:]) for row in group]


def _verdict_rows(verdict: Verdict) -> list[Row]:
    return [
        (claim, _bits(grains), claim in verdict.doubtful)
        for claim, grains in verdict.grains.items()
    ]


def _implied_row(edge: Edge, grains: AbstractSet[str], consecutive: bool) -> Row:  # noqa: FBT001 - a column
    return (
        edge.subject,
        to_date(edge.start),
        to_date(edge.stop - 1),
        max(edge.value, -BOUND),
        max(edge.low, -BOUND),
        edge.high,
        list(edge.path),
        edge.sure,
        edge.fault,
        consecutive,
        _bits(grains),
    )


def _bits(grains: AbstractSet[str]) -> int:
    return sum(BITS[grain] for grain in grains)
