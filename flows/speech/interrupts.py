"""Let a long job end at a good place: one interrupt asks it to stop, the second stops it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from flows.speech.speech import say

Asked = Callable[[], bool]
Item = TypeVar("Item")


def never() -> bool:
    """Say that nobody asks to stop."""
    return False


def until(
    asked: Asked, items: Iterable[Item], stopped: Callable[[], object] = never
) -> Iterator[Item]:
    """Yield the items until it is asked to stop; then call `stopped` if one was left."""
    for item in items:
        if asked():
            stopped()
            return
        yield item


@contextmanager
def asked_to_stop() -> Iterator[Asked]:
    """Give a function that says whether SIGINT or SIGTERM has come; the second one raises."""
    if threading.current_thread() is not threading.main_thread():
        yield never  # only the main thread may hear signals; a flow in another has Prefect's
        return
    asked = threading.Event()

    def hear(number: int, frame: FrameType | None) -> None:
        del number, frame
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        say("finishing the batch; once more to stop at once")

    before = {name: signal.signal(name, hear) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
