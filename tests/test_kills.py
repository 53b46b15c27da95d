"""What `python -m tests.kills` tells of the kills, however it ends."""

from __future__ import annotations

from tests.kills import DONE, EARLY, FAILED, Tally


def test_the_verdict_is_told_however_it_ends() -> None:
    tally = Tally(9)
    tally.under_way += [0, 10, 10, 30]
    assert tally.verdict(EARLY).startswith("ended early: 3 of 9 kills; 3 in a load whose exports")
    assert tally.verdict(FAILED) == (
        "FAILED: 3 of 9 kills; the fault came in a load that had survived 3"
    )
    tally.close_load()
    told = tally.verdict(DONE)
    assert told.startswith("done: 3 of 9 kills; 3 in the midst of 1 loads, 2 after new")
    assert told.endswith("every export byte for byte that of an undisturbed load")
