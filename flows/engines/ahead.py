"""Let results be made while earlier ones are in use: an iterator run in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from queue import Empty, Full, Queue
from typing import TypeVar

Item = TypeVar("Item")
END = object()
TICK = 0.2  # seconds between two looks at whether anyone still wants results


def ahead(items: Iterator[Item], most: int) -> Iterator[Item]:
    """Yield the items, up to `most` made before they are asked for; raise what they raise."""
    ready: Queue[object] = Queue(maxsize=max(1, most))
    unwanted = threading.Event()
    thread = threading.Thread(target=_make, args=(items, ready, unwanted), daemon=True)
    thread.start()
    try:
        while (item := _taken(ready, thread)) is not END:
            if isinstance(item, _Raised):
                raise item.error
            yield item  # type: ignore[misc]
    finally:
        unwanted.set()
        thread.join()


class _Raised:
    """What the thread raised, on its way to who asked."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _taken(ready: Queue[object], thread: threading.Thread) -> object:
    # A wait without limit could not be interrupted.
    while True:
        try:
            return ready.get(timeout=TICK)
        except Empty:
            if not thread.is_alive() and ready.empty():
                return END


def _make(items: Iterator[Item], ready: Queue[object], unwanted: threading.Event) -> None:
    last: object = END
    try:
        with closing(items):  # type: ignore[type-var]
            for item in items:
                if not _put(ready, item, unwanted):
                    return
    except BaseException as error:  # noqa: BLE001 - handed to the one who asks
        last = _Raised(error)
    _put(ready, last, unwanted)


def _put(ready: Queue[object], item: object, unwanted: threading.Event) -> bool:
    while not unwanted.is_set():
        try:
            ready.put(item, timeout=TICK)
        except Full:
            continue
        return True
    return False
