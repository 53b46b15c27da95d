"""Read the period a report is asked for: 2021-03, 2020Q4, 2020H1 or 2020, as whole civil days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.errors import PeriodError

_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_FORM = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12]))?"
)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A month, quarter, half or whole year; a fact belongs to it if all its days lie inside."""

    name: str  # as typed on the command line, in capitals: 2020Q4
    kind: str  # month | quarter | half | year
    start: date
    end: date  # inclusive

    def holds(self, start: date | None, end: date | None) -> bool:
        """Say whether a period lies wholly inside; one with an unknown end never does."""
        return start is not None and end is not None and self.start <= start <= end <= self.end

    def months(self) -> tuple[Bucket, ...]:
        """Return the calendar months of the bucket, the first one first."""
        first = self.start.year * 12 + self.start.month - 1
        return tuple(_bucket("month", first + step) for step in range(_MONTHS_OF[self.kind]))

    def trailing_months(self, count: int) -> tuple[Bucket, ...]:
        """Return the `count` calendar months that end with the bucket's last one."""
        last = self.end.year * 12 + self.end.month - 1
        first = max(last - count + 1, 12)
        return tuple(_bucket("month", month) for month in range(first, last + 1))


def parse_period(text: str) -> Bucket:
    """Read `2021-03`, `2020Q4`, `2020H1` or `2020`; raise PeriodError for anything else."""
    found = _FORM.fullmatch(text.strip().upper())
    if found is None or found["year"] == "0000":
        raise PeriodError(f"cannot read the period {text!r}; write 2021-03, 2020Q4, 2020H1 or 2020")
    kind = next((kind for kind in ("month", "quarter", "half") if found[kind]), "year")
    ordinal = int(found[kind]) - 1 if kind != "year" else 0
    return _bucket(kind, int(found["year"]) * 12 + ordinal * _MONTHS_OF[kind])


def _bucket(kind: str, month: int) -> Bucket:
    """Build the bucket of that kind whose first month is `month`, counted from the year 0."""
    start = _first_day(month)
    return Bucket(_name(kind, start), kind, start, _last_day(month + _MONTHS_OF[kind] - 1))


def _name(kind: str, start: date) -> str:
    suffix = {
        "month": f"-{start.month:02d}",
        "quarter": f"Q{(start.month + 2) // 3}",
        "half": f"H{(start.month + 5) // 6}",
        "year": "",
    }
    return f"{start.year:04d}{suffix[kind]}"


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_day(month: int) -> date:
    year, rest = divmod(month, 12)
    return date(year, 12, 31) if rest == 11 else _first_day(month + 1) - timedelta(days=1)  # noqa: PLR2004 - December, counted from 0
