"""Work on several hosts side by side: a thread a host, one thing at a time for each of them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
ROOM = 10_000  # items held in memory, most of them waiting for their host
TICK = 0.2  # seconds between two looks: a wait without limit could not be interrupted


def side_by_side(
    items: Iterable[Item],
    host_of: Callable[[Item], str],
    work: Callable[[Item], Result],
    most: int,
) -> Iterator[Result]:
    """Yield what `work` makes of the items, as it is done; at most `most` hosts at a time.

    The items of one host are worked on in their order. What `work` raises ends all.
    """
    crew = _Crew(host_of, work, most)
    try:
        for item in items:
            crew.take(item)
            yield from crew.done(ROOM)
        yield from crew.done(0)
    finally:
        crew.dismissed.set()


def in_turn(sources: Sequence[Iterable[Item]]) -> Iterator[Item]:
    """Yield the first of each source, then the second of each, until all are at their end."""
    waiting = deque(map(iter, sources))
    while waiting:
        source = waiting.popleft()
        for item in source:
            yield item
            waiting.append(source)
            break


class _Crew(Generic[Item, Result]):
    """The hosts at work, the hosts that wait for a thread, and what is done."""

    def __init__(
        self, host_of: Callable[[Item], str], work: Callable[[Item], Result], most: int
    ) -> None:
        self.host_of, self.work, self.most = host_of, work, most
        self.dismissed = threading.Event()
        self._turn = threading.Lock()
        self._items: dict[str, deque[Item]] = {}
        self._waiting: deque[str] = deque()
        self._threads = 0
        self._held = 0
        self._results: SimpleQueue[Result | _Raised] = SimpleQueue()

    def take(self, item: Item) -> None:
        """Line an item up behind the others of its host."""
        host = self.host_of(item)
        self._held += 1
        with self._turn:
            if host in self._items:
                self._items[host].append(item)
                return
            self._items[host] = deque([item])
            self._waiting.append(host)
            if self._threads == self.most:
                return
            self._threads += 1
        threading.Thread(target=self._run, name="host", daemon=True).start()

    def done(self, most_held: int) -> Iterator[Result]:
        """Yield what is done; wait while more than so many items are held."""
        while self._held:
            try:
                result = self._results.get(self._held > most_held, TICK)
            except Empty:
                if self._held > most_held:
                    continue
                return
            self._held -= 1
            if isinstance(result, _Raised):
                raise result.error
            yield result

    def _run(self) -> None:
        """Work on one waiting host after another until none waits."""
        while host := self._next_host():
            while (item := self._next_item(host)) is not None and not self.dismissed.is_set():
                self._results.put(self._worked(item))

    def _worked(self, item: Item) -> Result | _Raised:
        try:
            return self.work(item)
        except BaseException as error:  # noqa: BLE001 - handed to the one who asks
            return _Raised(error)

    def _next_host(self) -> str | None:
        with self._turn:
            if self._waiting and not self.dismissed.is_set():
                return self._waiting.popleft()
            self._threads -= 1
            return None

    def _next_item(self, host: str) -> Item | None:
        with self._turn:
            if self._items[host]:
                return self._items[host].popleft()
            del self._items[host]
            return None


class _Raised:
    """What a thread raised, on its way to who asked."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
