"""Hand the cells whose claims overlap to warehouse.series, and write its verdicts beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

from warehouse.appending import append_rows
from warehouse.connection import Connection, all_rows
from warehouse.forest import Edge
from warehouse.series import MONTHS, Told, Verdict, judge, to_date

CONTRADICTED = 1 << len(MONTHS)  # beside the bits of the grains
BOUND = 10**23  # what the columns can hold, in millionths
FITS = "SELECT coalesce(max(greatest(abs(value), abs(low), abs(high))), 0) < 1e12 FROM candidate"
Row = tuple[object, ...]
Judged = tuple[list[Row], list[Row]]  # for the tables `verdict` and `implied`


def tangled_claims(connection: Connection) -> list[Row]:
    """Return the claims of the cells in `tangled`, cell by cell."""
    sql = files("warehouse").joinpath("reads/told.sql").read_text("utf-8")
    [(fits,)] = all_rows(connection, FITS)
    # Numbers of more than 64 bits take thrice the time to fetch; there are hardly ever any.
    return all_rows(connection, sql.replace("HUGEINT", "BIGINT") if fits else sql)


def judge_cells(rows: Sequence[Row]) -> Judged:
    """Judge cell by cell; asks nothing of the database.

    Of a claim that counts for what it did before there is no verdict.
    """
    verdicts: list[Row] = []
    implied: list[Row] = []
    for cell, told, states in _cells(rows):
        verdict = judge(told)
        verdicts += _verdict_rows(verdict, states)
        implied += [(cell, *_implied_row(*derived)) for derived in verdict.derived]
    return verdicts, implied


def write_verdicts(connection: Connection, judged: Judged) -> None:
    """Append what was judged to the temporary tables `verdict` and `implied`."""
    verdicts, implied = judged
    [(held,)] = all_rows(connection, "SELECT count(*) FROM implied")
    append_rows(connection, "verdict", verdicts)
    append_rows(connection, "implied", [(n, *row) for n, row in enumerate(implied, held)])


def _cells(rows: Iterable[Row]) -> Iterator[tuple[object, list[Told], dict[object, object]]]:
    for cell, group in groupby(rows, key=itemgetter(0)):
        told = list(group)
        yield cell, [Told._make(row[1:-1]) for row in told], {row[1]: row[-1] for row in told}


def _verdict_rows(verdict: Verdict, states: Mapping[object, object]) -> list[Row]:
    """Return the verdicts that say otherwise than what stands of a claim, where anything does."""
    doubtful = verdict.doubtful
    return [
        (claim, grains, claim in doubtful)
        for claim, grains in verdict.grains.items()
        if states[claim] != grains | (CONTRADICTED if claim in doubtful else 0)
    ]


def _implied_row(edge: Edge, grains: int, consecutive: bool) -> Row:  # noqa: FBT001 - a column
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
        grains,
    )
