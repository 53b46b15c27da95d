"""Hosts are asked side by side: each in its own order, never two requests to one at a time."""

import threading
import time
from collections import Counter

import pytest

from flows.discovery.side_by_side import in_turn, side_by_side

HOSTS = "abcdefgh"


def items(each: int) -> list[tuple[str, int]]:
    return list(in_turn([[(host, number) for number in range(each)] for host in HOSTS]))


def host_of(item: tuple[str, int]) -> str:
    return item[0]


def test_all_is_done_once_in_the_order_of_each_host() -> None:
    busy: Counter[str] = Counter()
    seen: list[int] = []
    lock = threading.Lock()

    def work(item: tuple[str, int]) -> tuple[str, int]:
        with lock:
            busy[item[0]] += 1
            seen.append(len([host for host in busy if busy[host]]))
            assert busy[item[0]] == 1
        time.sleep(0.001)
        with lock:
            busy[item[0]] -= 1
        return item

    done = list(side_by_side(items(20), host_of, work, 3))
    assert sorted(done) == sorted(items(20))
    for host in HOSTS:
        assert [number for name, number in done if name == host] == list(range(20))
    assert max(seen) == 3


def test_waiting_for_one_host_does_not_keep_another_waiting() -> None:
    began = time.monotonic()
    pauses = list(side_by_side(items(4), host_of, lambda _: time.sleep(0.1), len(HOSTS)))
    assert len(pauses) == 4 * len(HOSTS)
    assert time.monotonic() - began < 0.1 * len(pauses) / 2


def test_what_one_host_raises_ends_all_and_no_thread_stays() -> None:
    def work(item: tuple[str, int]) -> int:
        if item == ("c", 3):
            raise OSError("disk full")
        return item[1]

    with pytest.raises(OSError, match="disk full"):
        list(side_by_side(items(50), host_of, work, 4))
    deadline = time.monotonic() + 5
    while any(thread.name == "host" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_whoever_stops_asking_leaves_the_rest_undone() -> None:
    asked: list[tuple[str, int]] = []

    def work(item: tuple[str, int]) -> None:
        asked.append(item)
        time.sleep(0.01)

    results = side_by_side(items(100), host_of, work, 2)
    next(results)
    results.close()  # type: ignore[attr-defined] # a generator
    time.sleep(0.1)
    at_rest = len(asked)
    time.sleep(0.1)
    assert len(asked) == at_rest < 100


def test_only_some_items_are_taken_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.discovery.side_by_side.ROOM", 10)
    taken: list[int] = []

    def source():
        for number in range(1000):
            taken.append(number)
            yield "a", number

    results = side_by_side(source(), host_of, lambda item: item[1], 2)
    for number in range(100):
        assert next(results) == number
        assert len(taken) <= number + 12


def test_sources_take_turns_until_the_last_is_at_its_end() -> None:
    assert list(in_turn([[1, 2, 3], [], [4], [5, 6]])) == [1, 4, 5, 2, 6, 3]
