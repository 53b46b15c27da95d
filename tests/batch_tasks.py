"""Batches of numbers, and readers of them that die or hang: what engines are tested with."""

import os
import signal
import time
from dataclasses import dataclass, replace

from flows.engines.crew import Rescue


@dataclass(frozen=True)
class Numbers:
    numbers: tuple[int, ...]
    marks: str = ""  # a folder in which a reader leaves a mark

    @property
    def singles(self) -> "tuple[Numbers, ...]":
        return tuple(replace(self, numbers=(number,)) for number in self.numbers)


def doubled(batch: Numbers) -> list[object]:
    return [number * 2 for number in batch.numbers]


def deadly(batch: Numbers) -> list[object]:
    """Die at 13, as a page does that eats all memory."""
    if 13 in batch.numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(batch)


def hanging(batch: Numbers) -> list[object]:
    if 13 in batch.numbers:
        time.sleep(3600)
    return doubled(batch)


def failing(batch: Numbers) -> list[object]:
    if 13 in batch.numbers:
        raise OSError(28, "No space left on device", "somewhere")
    return doubled(batch)


def dies_at_start() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def rescue(seconds: float) -> Rescue[Numbers, list[object]]:
    return Rescue(lambda b: b.singles, lambda b, cause, _: [(cause, b.numbers)], lambda _: seconds)
