"""Kill a load at random points, again and again, and compare what is left with an undisturbed one.

    python -m tests.kills [KILLS] [SEED]

After every kill: no article that was told of is missing, none stands twice, every audit holds. At
the end the exports must be byte for byte those of a load that nobody killed.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from tests.test_warehouse import check_kills


def main(kills: int, seed: int) -> None:
    survived = rounds = fruitful = 0
    while survived < kills:
        with tempfile.TemporaryDirectory() as folder:
            counts = check_kills(Path(folder), kills - survived, seed + rounds)
        survived, rounds = survived + len(counts) - 1, rounds + 1
        fruitful += sum(later > before for before, later in pairwise(counts))
        print(f"load {rounds}: {survived} kills so far", flush=True)
    print(
        f"{survived} kills in the midst of {rounds} loads, {fruitful} after new transactions:"
        f" 0 articles lost, 0 doubled; every export byte for byte that of an undisturbed load"
    )


if __name__ == "__main__":
    main(*[int(word) for word in (*sys.argv[1:], *("200", "3")[len(sys.argv) - 1 :])])
