"""The audits: SQL files that return offenders.

Each opening with its severity and what should hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from warehouse.connection import sql_files

OPENING = re.compile(r"-- (error|warning): (.+)")


@dataclass(frozen=True, slots=True)
class Audit:
    """A statement whose every row offends against what `holds` says."""

    name: str
    severity: str  # error: the warehouse is wrong; warning: the sources do not fit together
    holds: str
    sql: str


@cache
def all_audits() -> tuple[Audit, ...]:
    """Return the audits of warehouse/audits, by name."""
    return tuple(
        _audit(file.name.removesuffix(".sql"), file.read_text("utf-8"))
        for file in sql_files("audits")
    )


def _audit(name: str, sql: str) -> Audit:
    opening = OPENING.match(sql)
    assert opening, f"audits/{name}.sql opens with its severity and what should hold"
    return Audit(name, opening[1], opening[2], sql)
