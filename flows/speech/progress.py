"""Show how far a long job is: a bar with rate and time left on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SECONDS_BETWEEN_LINES = 10.0
Advance = Callable[[int, int], None]  # done, in all


@contextmanager
def progress(what: str, *, quiet: bool = False) -> Iterator[Advance]:
    """Give a function to call with how much is done; it writes to stderr, unless quiet."""
    if quiet:
        yield _nothing
    elif sys.stderr.isatty():
        with _bar(what) as advance:
            yield advance
    else:
        yield _lines(what)


def _nothing(done: int, total: int) -> None:
    del done, total


@contextmanager
def _bar(what: str) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    rate = TextColumn("{task.fields[rate]}")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        rate,
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task, began = bar.add_task(what, total=None, rate=""), time.monotonic()

        def advance(done: int, total: int) -> None:
            speed = done / max(time.monotonic() - began, 1e-3)
            bar.update(task, completed=done, total=total, rate=f"{speed:,.0f}/s")

        yield advance


def _lines(what: str) -> Advance:
    began = last = time.monotonic()

    def advance(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < SECONDS_BETWEEN_LINES:
            return
        last, speed = now, done / (now - began)
        left = (total - done) / speed if speed else 0
        line = f"{what}: {done:,}/{total:,}, {speed:,.0f}/s, {left:,.0f} s left\n"
        sys.stderr.write(line)

    return advance
