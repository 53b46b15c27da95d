"""Read what is asked of the explorer from a query string, and write it back as a shareable one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

PAGE_ROWS = 50
MOST_PAGES = 200  # beyond this a narrower question is the better answer
MOST_WORDS = 80  # characters searched for

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_CODE = re.compile(r"[0-9]{6}")
_NAME = re.compile(r"[a-z][a-z_]{0,30}")
_CHOICES = {
    "lang": ("zh", "en"),
    "view": ("measures", "programmes"),
    "sort": ("-date", "date", "-value", "value"),
    "once": ("", "1"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A search; every field is a parameter of the address, an empty one is left out of it."""

    view: str = "measures"
    q: str = ""  # words in the sentence or the article's title
    region: str = ""  # GB/T 2260: the place and all below it
    category: str = ""  # a code of the taxonomy and all below it
    nature: str = ""  # increment | cumulative | ytd | stock | rate | change | threshold
    start: str = ""  # first month, 2020-01
    end: str = ""  # last month
    once: str = ""  # 1: each claim once, by the sentence that states it best
    sort: str = "-date"
    page: int = 1
    lang: str = "zh"

    def address(self, **changes: object) -> str:
        """Return the query string of this question with some parts changed; page 1 unless told."""
        asked = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        plain = Question()
        told = {f.name: getattr(asked, f.name) for f in fields(asked)}
        return urlencode({k: v for k, v in told.items() if v != getattr(plain, k)})


def read_question(given: Mapping[str, str]) -> Question:
    """Read the parameters of an address; what is malformed counts as not said."""
    return Question(
        view=_choice(given, "view"),
        q=" ".join(given.get("q", "").split())[:MOST_WORDS],
        region=_like(given, "region", _CODE),
        category=_like(given, "category", _NAME),
        nature=_like(given, "nature", _NAME),
        start=_like(given, "start", _MONTH),
        end=_like(given, "end", _MONTH),
        once=_choice(given, "once"),
        sort=_choice(given, "sort"),
        page=_page(given.get("page", "")),
        lang=_choice(given, "lang"),
    )


def _choice(given: Mapping[str, str], name: str) -> str:
    allowed = _CHOICES[name]
    return given.get(name, "") if given.get(name, "") in allowed else allowed[0]


def _like(given: Mapping[str, str], name: str, form: re.Pattern[str]) -> str:
    value = given.get(name, "")
    return value if form.fullmatch(value) else ""


def _page(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if re.fullmatch(r"[0-9]{1,4}", text) else 1
