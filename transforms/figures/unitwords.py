"""Knows every written form of a unit, what may not follow it, and what it is read as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from transforms.lexicon import listed, rows

LONG = 3  # characters
NOTHING = "-"  # a guard that holds nothing back
COUNTED = "(?>(?:(?<=[0-9余多万亿百千 ])(?P<counted>))?)"  # digits, a scale or 余 before the unit


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of units.tsv: 名 is read as 人, 成 as % times ten."""

    name: str
    dimension: str
    scale: Decimal
    arabic_only: bool  # 村 counts in 14村, not in 三村
    one: str  # what 一 before it is: a "figure", "vague" (一名干部), or "" no count at all (一种)


@cache
def units() -> dict[str, Unit]:
    """Return the unit of each written form."""
    found: dict[str, Unit] = {}
    for row in rows("units.tsv"):
        unit = Unit(
            name=row["canonical"],
            dimension=row["dimension"],
            scale=Decimal(row["scale"]),
            arabic_only=row["numerals"] == "arabic",
            one=row["one"],
        )
        for form in forms(row):
            found.setdefault(form, unit)
    return found


def forms(row: dict[str, str]) -> tuple[str, ...]:
    """Return the written forms of a unit; a scale before a unit (万元) belongs to the number."""
    if re.match("[万亿百]|千(?![克米瓦])", row["unit"]) or row["unit"] == "分之":
        return ()
    return (row["unit"], *listed(row["aliases"]))


@cache
def pattern() -> str:
    """Return the alternation of all forms, longest first, each with what may not follow it.

    COUNTED has to stand before it: that digits come before a unit is looked at once for all.
    """
    guards = {form: row for row in rows("units.tsv") for form in forms(row)}
    heads: dict[str, list[str]] = {
        form[0]: [] for form in guards
    }  # as listed, the usual ones first
    for form in sorted(guards, key=len, reverse=True):
        heads[form[0]].append(_spaced(form) + _guards(guards[form]))
    return "|".join(f"{re.escape(head)}(?:{'|'.join(tails)})" for head, tails in heads.items())


@cache
def currencies() -> str:
    """Return the alternation of words for money that may stand before its number."""
    names = [
        form
        for row in rows("units.tsv")
        if row["dimension"].startswith("money_")
        for form in forms(row)
    ]
    return "|".join(sorted({"人民币", *names}, key=len, reverse=True))


def _spaced(form: str) -> str:
    """Return what follows the first character; long forms (个百分点) get cut by line setting."""
    joint = "[ \t]{0,4}" if len(form) > LONG else ""
    return joint + joint.join(map(re.escape, form[1:]))


def _guards(row: dict[str, str]) -> str:
    """Return what may not follow a unit: less after digits, 12名特约监察员 is no 名特.

    After a numeral of characters a unit may as well begin a word: 一起来, 三所属.
    """
    words, after_digits = listed(row["not_before"]), listed(row["after_digits"])
    if not after_digits:
        return _guard(words)
    fewer = _guard(tuple(word for word in after_digits if word != NOTHING))
    return f"(?(counted){fewer}|{_guard(words)})"


def _guard(words: tuple[str, ...]) -> str:
    return f"(?!{'|'.join(words)})" if words else ""
