"""Every search over a whole text skips by first characters: none looks at each place in full."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import document, patterns
from transforms.actors import acting, subjects
from transforms.figures import masks, written
from transforms.measures import (
    aggregation,
    beyond,
    clauses,
    cues,
    narrative,
    parts,
    scenery,
    serving,
    triggers,
)
from transforms.mentions import heads, levels, mentions, places
from transforms.periods import timegrammar
from transforms.programmes import programmes
from transforms.programmes import words as programme_words

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
    "demands and plans": aggregation.ANY,
    "programmes that point back": programmes.POINTED,
    "posts": acting.title(),
    "words of a story": narrative._cues()[0],
    "words of a tally": narrative._cues()[1],
    "culprits": narrative.CULPRIT,
    "parts": parts.MARK,
    "clauses": clauses.CUT,
    "triggers": triggers._begins(),
    "levels before a head": levels.QUALIFIER,
    "what an organ handles": scenery.HANDLED,
    "what holds a figure": beyond.HOLDS,
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


def test_a_search_for_the_object_of_a_deed_skips() -> None:
    senses = [sense for known in triggers.senses_by_word().values() for sense in known]
    objects = {sense.object_re: sense.object for sense in senses if sense.object}
    assert [words for words, pattern in objects.items() if not skips(pattern)] == []


@pytest.mark.parametrize("scope", sorted(cues.SEARCHED))
def test_a_search_for_what_is_told_by_the_way_skips(scope: str) -> None:
    assert skips(cues.cue("background", "none", scope)), "one row that cannot spoils all the others"


def test_what_leads_to_a_figure_is_no_longer_than_what_is_searched() -> None:
    for pattern in (serving.SPLIT, serving.URGED, *serving.LEADS.values()):
        assert parser.parse(pattern.pattern).getwidth()[1] <= serving.LED


def test_a_group_in_front_is_noticed() -> None:
    assert skips(re.compile("浏览(?:次|量)|点击"))
    assert not skips(re.compile("(?:浏览|点击)(?:次|量)|“[一二]”"))
    assert not skips(re.compile("(?<!行动)计划|拟"))


PATTERNS = [
    "(?<![行动])计划(?!书)",
    "(?:^|[，。])要求",
    "(?:[委局]|会议)要求[，:]",
    "(?:的|者)，?(?:即|处)[^，。]{0,3}$",
    "(?<!不)(?:计划|力争)(?=[对为])",
    "(?:较|比)?上年",
    "[^，]{1,2}计划",
    "(?<=不)要求|计划",
    "“?计划”?|[行动]?书?要求|不??对",
    "[0-9]余?计划|[0-9]?对",
    "书{1,2}要求|[行动]{1,3}计|不{1,2}?力",
    r"(?:计划|(?:^|[。\n])要)求",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("计划行动书要求，。委局会议的者即处不力争对为较比上年12余\n", max_size=14))
def test_a_searchable_pattern_matches_the_same(pattern: str, text: str) -> None:
    before, after = re.compile(pattern), re.compile(patterns.searchable(pattern))
    assert [m.span() for m in before.finditer(text)] == [m.span() for m in after.finditer(text)]


@pytest.mark.parametrize(
    ("pattern", "known"),
    [(PATTERNS[n], True) for n in (0, 1, 2, 5)] + [(PATTERNS[6], False)],
)
def test_searchable_puts_a_literal_in_front_where_one_can_stand(pattern: str, known: bool) -> None:
    assert skips(re.compile(patterns.searchable(pattern + "|拟"))) is known


@pytest.mark.parametrize("pattern", [*PATTERNS, "[一-龥]{2}(?:计|行动)$", "[0-9一二]{1,3}[计划]$"])
@given(text=st.text("计划行动书要求，。委局会议的者即处不力争对为较比上年12余一", max_size=14))
def test_a_noticeable_pattern_is_found_in_the_same_texts(pattern: str, text: str) -> None:
    before, after = re.compile(pattern), re.compile(patterns.noticeable(pattern))
    assert bool(before.search(text)) == bool(after.search(text))


@pytest.mark.parametrize(
    "pattern", ["[一-龥]{2}(?:村|屯)$", "[0-9一二]{1,3}[章编]$", "[^，]{1,2}计"]
)
def test_a_class_in_front_is_looked_for_behind_the_literal(pattern: str) -> None:
    assert skips(re.compile(patterns.noticeable(pattern + "|拟")))
