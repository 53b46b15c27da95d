"""Periods of the command line become whole civil days."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.buckets import parse_period
from transforms.errors import PeriodError


@pytest.mark.parametrize(
    ("text", "name", "kind", "start", "end"),
    [
        ("2020Q4", "2020Q4", "quarter", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020q1", "2020Q1", "quarter", date(2020, 1, 1), date(2020, 3, 31)),
        (" 2021-03 ", "2021-03", "month", date(2021, 3, 1), date(2021, 3, 31)),
        ("2020-02", "2020-02", "month", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020", "2020", "year", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020h1", "2020H1", "half", date(2020, 1, 1), date(2020, 6, 30)),
        ("2020H2", "2020H2", "half", date(2020, 7, 1), date(2020, 12, 31)),
        ("9999-12", "9999-12", "month", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_reads_a_period(text, name, kind, start, end):
    bucket = parse_period(text)
    assert (bucket.name, bucket.kind, bucket.start, bucket.end) == (name, kind, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020Q5",
        "2020-13",
        "2020-00",
        "20-03",
        "2020Q",
        "2020H3",
        "0000",
        "2020-3",
        "二〇二〇",
        "2020Q4; DROP TABLE article",
        "２０２０",
        "2020-03-01",
        "2020\n-03",
    ],
)
def test_refuses_what_is_no_period_and_says_how_to_write_one(text):
    with pytest.raises(PeriodError, match="2020Q4"):
        parse_period(text)


@given(st.integers(1, 9999), st.sampled_from(["", "-01", "-12", "Q1", "Q4", "H1", "H2"]))
def test_months_tile_the_bucket(year, suffix):
    bucket = parse_period(f"{year:04d}{suffix}")
    months = bucket.months()
    assert months[0].start == bucket.start
    assert months[-1].end == bucket.end
    assert all((b.start - a.end).days == 1 for a, b in pairwise(months))
    assert parse_period(bucket.name) == bucket


def test_holds_only_what_lies_wholly_inside():
    quarter = parse_period("2020Q4")
    assert quarter.holds(date(2020, 10, 1), date(2020, 12, 31))
    assert not quarter.holds(date(2020, 9, 30), date(2020, 12, 31))
    assert not quarter.holds(date(2020, 10, 1), date(2021, 1, 1))
    assert not quarter.holds(None, date(2020, 12, 31))
    assert not quarter.holds(date(2020, 10, 1), None)


def test_trailing_months_end_with_the_bucket():
    names = [month.name for month in parse_period("2021-02").trailing_months(4)]
    assert names == ["2020-11", "2020-12", "2021-01", "2021-02"]
