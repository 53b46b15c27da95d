"""Every search over a whole text skips by first characters: none looks at each place in full."""

from __future__ import annotations

import re

import pytest

from transforms import (
    acting,
    document,
    heads,
    masks,
    mentions,
    places,
    programme_words,
    programmes,
    subjects,
    timegrammar,
    written,
)

compiler = pytest.importorskip("re._compiler")
parser = pytest.importorskip("re._parser")

SEARCHES = {
    "masks": masks._at_mark(),
    "numbers": written.LEAD,
    "times": timegrammar.starts(),
    "organ heads": heads._heads()._begins,
    "unlisted organs": heads.UNLISTED,
    "pointing words": mentions.COREFERENCE,
    "divisions": places.LAST,
    "short names": places._short_pattern("45")[0],
    "urging": acting.urge(),
    "nameless actors": acting.collective(),
    "towns": subjects.TOWN_ENDS,
    "programme heads": programme_words.plain_head(),
    "counted programmes": programmes.COUNTED,
    "titles": programmes.TITLE,
    "wide characters": document.FOLDABLE,
    "sentences": document.SENTENCE_END,
}


def skips(pattern: re.Pattern[str]) -> bool:
    """Say whether the compiled search knows the first characters of every match."""
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    literal, _, _ = compiler._get_literal_prefix(parsed, pattern.flags)
    return bool(literal or compiler._get_charset_prefix(parsed, pattern.flags))


@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_skips_what_no_match_begins_with(name: str) -> None:
    assert skips(SEARCHES[name]), (
        f"{name}: begin each branch with a literal or the whole with one class, guards behind it"
    )


def test_a_group_in_front_is_noticed() -> None:
    assert skips(re.compile("浏览(?:次|量)|点击"))
    assert not skips(re.compile("(?:浏览|点击)(?:次|量)|“[一二]”"))
    assert not skips(re.compile("(?<!行动)计划|拟"))
