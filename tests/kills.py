"""Kill a load at random points, again and again, and compare what is left with an undisturbed one.

    python -m tests.kills [KILLS] [SEED]

After every kill: no article that was told of is missing, none stands twice, every audit holds. At
the end the exports must be byte for byte those of a load that nobody killed. The verdict is told
however it ends: to its end, by a fault, or by Ctrl-C or `kill`, and then of what was done so far.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.test_warehouse import check_kills

FAILED, EARLY, DONE = "FAILED", "ended early", "done"
COMPARED = (
    "{kills} in the midst of {loads} loads, {fruitful} after new transactions: 0 articles lost,"
    " 0 doubled, every export byte for byte that of an undisturbed load"
)
UNCOMPARED = (
    "{} in a load whose exports were not compared: after each no article lost, none doubled,"
    " every audit held"
)
FAULT = "the fault came in a load that had survived {}"


@dataclass
class Tally:
    """What was survived: kills in loads that were compared, and the load under way."""

    wanted: int
    kills: int = 0
    loads: int = 0
    fruitful: int = 0  # kills after which more stood than before
    under_way: list[int] = field(default_factory=list)  # articles after each kill, from 0

    def close_load(self) -> None:
        """Count the load that was under way among those compared."""
        self.kills += len(self.under_way) - 1
        self.loads += 1
        self.fruitful += sum(later > before for before, later in pairwise(self.under_way))
        self.under_way = []

    def verdict(self, end: str) -> str:
        """Say what the kills showed."""
        open_kills = max(0, len(self.under_way) - 1)
        told = [f"{end}: {self.kills + open_kills} of {self.wanted} kills"]
        if self.loads:
            told.append(COMPARED.format(**vars(self)))
        if self.under_way:
            told.append((FAULT if end == FAILED else UNCOMPARED).format(open_kills))
        return "; ".join(told)


def main(kills: int, seed: int) -> None:
    tally, end = Tally(kills), FAILED
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while tally.kills < kills:
            with tempfile.TemporaryDirectory() as folder:
                left = kills - tally.kills
                check_kills(Path(folder), left, seed + tally.loads, tally.under_way)
            tally.close_load()
            print(f"load {tally.loads}: {tally.kills} kills so far", flush=True)
        end = DONE
    except KeyboardInterrupt:
        end = EARLY
    finally:
        print(tally.verdict(end), flush=True)


if __name__ == "__main__":
    main(*[int(word) for word in (*sys.argv[1:], *("200", "3")[len(sys.argv) - 1 :])])
