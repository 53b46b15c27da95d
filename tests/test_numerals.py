"""Numerals: what is written is what is read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.figures.numerals import parse_number, place, read_numeral

EXACT = {
    "0": "0",
    "97": "97",
    "1,236.5": "1236.5",
    "1，236.5": "1236.5",
    "12,480": "12480",
    "691.11": "691.11",
    "1.5亿": "150000000",
    "4.78万亿": "4780000000000",
    "3万2千": "32000",
    "76万8千": "768000",
    "3万4000": "34000",
    "一百五十": "150",
    "一百五": "150",
    "一百零五": "105",
    "三万五": "35000",
    "两千三百五十万": "23500000",
    "四万万": "400000000",
    "二〇二〇": "2020",
    "九十八点六": "98.6",
    "一点五亿": "150000000",
    "壹佰贰拾叁": "123",
    "廿二": "22",
    "三分之一百五十": "50",
    "负三十二": "-32",
    "半": "0.5",
}
VAGUE = {
    "几": (2, 9),
    "十几": (11, 19),
    "几十": (20, 99),
    "数百": (200, 999),
    "二十几万": (210000, 290000),
    "两三": (2, 3),
    "七八十": (70, 80),
    "三五百": (300, 500),
    "十七八": (17, 18),
}
UNREADABLE = (
    "",
    "百十十",
    "十一十二",
    "10.1万零100",
    "1,23",
    "点五",
    "零点",
    "五十千",
    "万" * 60,
    "1" * 400,
)
DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """Write a whole number below 10^12 as a Chinese would."""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            whole, rest = divmod(number, scale)
            gap = "零" if 0 < rest < scale // 10 else ""
            return spelled(whole) + name + gap + (spelled(rest) if rest else "")
    return DIGITS[number]


@pytest.mark.parametrize(("surface", "value"), EXACT.items())
def test_reads_exact_numerals(surface, value):
    numeral = read_numeral(surface)
    assert numeral is not None
    assert numeral.value == Decimal(value)
    assert numeral.low == numeral.high == numeral.value


@pytest.mark.parametrize(("surface", "bounds"), VAGUE.items())
def test_gives_only_bounds_of_vague_numerals(surface, bounds):
    numeral = read_numeral(surface)
    assert numeral is not None
    assert numeral.value is None
    assert (numeral.low, numeral.high) == bounds


@pytest.mark.parametrize("surface", UNREADABLE)
def test_never_guesses(surface):
    assert parse_number(surface) is None


@given(st.integers(0, 10**12 - 1))
def test_what_is_spelled_is_read_back(number):
    assert parse_number(spelled(number)) == number


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_what_is_written_with_separators_is_read_back(number, digits):
    value = Decimal(number).scaleb(-digits)
    assert parse_number(f"{value:,f}") == value


@given(st.text(alphabet=DIGITS + "十百千万亿点几半两,.0123456789 -负分之又", max_size=30))
def test_any_string_is_read_or_refused(surface):
    numeral = read_numeral(surface)
    assert numeral is None or numeral.low <= numeral.high


@pytest.mark.parametrize(
    ("value", "step"),
    [
        ("150", "10"),
        ("2000", "1000"),
        ("23890000", "10000"),
        ("1.5", "0.1"),
        ("0", "1"),
        ("7", "1"),
    ],
)
def test_place_is_that_of_the_last_digit_that_is_not_zero(value, step):
    assert place(Decimal(value)) == Decimal(step)
