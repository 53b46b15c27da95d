"""Civil days: months, quarters and years counted with datetime.date, ends inclusive."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

Days = tuple[date, date]  # first and last day, both counted


@lru_cache(maxsize=4096)
def month_days(year: int, month: int) -> Days:
    """Return the first and the last day of a month."""
    return date(year, month, 1), add_months(date(year, month, 1), 1) - timedelta(days=1)


@lru_cache(maxsize=4096)
def months_days(year: int, first: int, last: int) -> Days:
    """Return the first day of one month and the last of another of the same year."""
    return date(year, first, 1), month_days(year, last)[1]


def year_days(year: int) -> Days:
    """Return 1 January and 31 December."""
    return date(year, 1, 1), date(year, 12, 31)


def add_months(day: date, count: int) -> date:
    """Return the same day `count` months on, or the last day of a month too short for it."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"{count} months from {day} lie outside the calendar")


def add_years(day: date, count: int) -> date:
    """Return the same day `count` years on; 29 February becomes the 28th."""
    return add_months(day, count * 12)


def week_days(day: date, count: int) -> Days:
    """Return Monday and Sunday of the week `count` weeks on."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=count)
    return monday, monday + timedelta(days=6)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has no such day (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
