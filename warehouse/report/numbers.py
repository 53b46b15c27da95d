"""Write values, bounds and periods the way a reader expects them, without touching their sense."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from warehouse.report.labels import Labels

Number = int | float | Decimal

_DECEMBER = 12
_MONEY = {
    "zh": ((100_000_000, "亿元"), (10_000, "万元")),
    "en": ((1_000_000_000, "bn yuan"), (1_000_000, "m yuan")),
}


def plain(value: Number) -> str:
    """Write a number with thousands separators and no needless zeros: 6911100.0 → 6,911,100."""
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Number | None, unit: str | None, labels: Labels) -> str:
    """Write a value with its unit; large sums of 元 in 万元 or 亿元, in English in millions."""
    if value is None:
        return "—"
    size, word = _scale(value, unit, labels)
    return f"{_scaled(value, size)}{word}"


def bounds(low: Number | None, high: Number | None, unit: str | None, labels: Labels) -> str:
    """Write bounds as an interval, open where one is unknown: [150, 160], [1.45, 1.55]亿元."""
    size, word = _scale(low if high is None else high, unit, labels)
    left = f"[{_scaled(low, size)}" if low is not None else "(−∞"
    right = f"{_scaled(high, size)}]" if high is not None else "∞)"
    return f"{left}, {right}{word if size > 1 else ''}"


def _scaled(value: Number, size: int) -> str:
    return plain(Decimal(str(value)) / size)


def _scale(value: Number | None, unit: str | None, labels: Labels) -> tuple[int, str]:
    """Return what a value of this size is counted in, and the word for that."""
    size = abs(Decimal(str(value or 0)))
    steps = _MONEY[labels.lang] if unit == "元" else ()
    return next((step for step in steps if size >= step[0]), (1, labels.unit(unit, one=size == 1)))


def inexact(low: Number | None, high: Number | None) -> bool:
    """Say whether the bounds leave room: a value known exactly needs no interval beside it."""
    return low is None or high is None or low != high


def span(start: date | None, end: date | None, labels: Labels) -> str:
    """Write a period in whole years or months where it is one, else in days.

    An end that is not known is said in words.
    """
    if start is None and end is None:
        return labels("no_period")
    if start is None or end is None:
        return f"{start or labels('open_start')} → {end or labels('open_end')}"
    if not _whole_months(start, end):
        return f"{start}" if start == end else f"{start} → {end}"
    if (start.month, end.month) == (1, _DECEMBER):
        return f"{start:%Y}" if start.year == end.year else f"{start:%Y} → {end:%Y}"
    first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
    return first if first == last else f"{first} → {last}"


def told_span(start: date, end: date, labels: Labels) -> str:
    """Write a period as a sentence says it: 2020年1—5月, Jan–May 2020; in days where it is none."""
    if start == end:
        return f"{start}"
    if not _whole_months(start, end) or start.year != end.year:
        return labels("days_told", start=start, end=end)
    names = labels("month_names").split()
    first, last = names[start.month - 1], names[end.month - 1]
    if (start.month, end.month) == (1, _DECEMBER):
        return labels("year_told", year=start.year)
    key = "month_told" if first == last else "months_told"
    return labels(key, first=first, last=last, year=start.year)


def _whole_months(start: date, end: date) -> bool:
    return start.day == 1 and (end + timedelta(days=1)).day == 1
