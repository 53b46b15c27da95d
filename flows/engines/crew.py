"""A crew of processes on this machine: one that dies or hangs costs a page, never the run."""

from __future__ import annotations

import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, forkserver, get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

from transforms.errors import EngineError

Batch = TypeVar("Batch")
Result = TypeVar("Result")
READY = "ready"
PATIENCE = 120.0  # seconds in which a process must be ready to work
GRACE = 5.0
DEAF = (signal.SIGINT, signal.SIGTERM)  # to what is the parent's to hear
# Not forked from this process: DuckDB and Prefect hold threads that a fork would leave in pieces.
CONTEXT = get_context("forkserver")


@dataclass(frozen=True, slots=True)
class Rescue(Generic[Batch, Result]):
    """What becomes of a batch whose process died or hung: its pages one by one, then a failure."""

    singles: Callable[[Batch], tuple[Batch, ...]]
    give_up: Callable[[Batch, str, str], Result]  # cause and detail
    seconds: Callable[[Batch], float]  # that a batch may take at most


@dataclass(slots=True)
class _Member(Generic[Batch]):
    """One process, and what it is at."""

    process: BaseProcess
    line: Connection
    until: float
    ready: bool = False
    batch: Batch | None = None

    @property
    def idle(self) -> bool:
        return self.ready and self.batch is None

    def end(self) -> None:
        self.process.kill()
        self.process.join(GRACE)
        self.line.close()


def crew_map(
    function: Callable[[Batch], Result],
    batches: Iterable[Batch],
    workers: int,
    rescue: Rescue[Batch, Result],
    warm: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """Yield function(batch) for every batch, in the order they are done.

    Raises what `function` raises, and EngineError where processes cannot be started.
    """
    crew = _Crew(function, iter(batches), rescue, warm)
    try:
        yield from crew.work(workers)
    finally:
        for member in crew.members:
            member.end()


def get_ready() -> None:
    """Start the process from which members are forked, once; it prepares while others go on."""
    resource_tracker.ensure_running()
    CONTEXT.set_forkserver_preload([] if _is_hidden() else ["flows.engines.warmed"])
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, DEAF)  # handed down to all that it starts
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


def _is_hidden() -> bool:
    """Say whether another folder `flows` lies where a new interpreter looks first."""
    other = Path("flows")
    ours = Path(__file__).resolve().parents[1]
    return Path("flows.py").exists() or (other.exists() and other.resolve() != ours)


@dataclass
class _Crew(Generic[Batch, Result]):
    function: Callable[[Batch], Result]
    feed: Iterator[Batch]
    rescue: Rescue[Batch, Result]
    warm: Callable[[], None] | None
    again: deque[Batch] = field(default_factory=deque)  # pages of broken batches, one by one
    members: list[_Member[Batch]] = field(default_factory=list)

    def work(self, workers: int) -> Iterator[Result]:
        """Keep every member busy until nothing is left."""
        self.members = [self._hired() for _ in range(workers)]
        while True:
            for member in self.members:
                if member.idle:
                    self._give(member)
            busy = [member for member in self.members if not member.idle]
            if not any(member.batch is not None for member in busy) and self._is_done():
                return
            yield from self._settled(busy)

    def _is_done(self) -> bool:
        following = self._next()
        if following is None:
            return True
        self.again.appendleft(following)
        return False

    def _next(self) -> Batch | None:
        return self.again.popleft() if self.again else next(self.feed, None)

    def _give(self, member: _Member[Batch]) -> None:
        batch = self._next()
        if batch is None:
            return
        member.batch, member.until = batch, time.monotonic() + self.rescue.seconds(batch)
        with suppress(OSError):  # it has died since: its end is met in the next round
            member.line.send(batch)

    def _settled(self, busy: list[_Member[Batch]]) -> Iterator[Result]:
        soonest = min(member.until for member in busy)
        lines = {member.line: member for member in busy}
        heard = connection.wait(list(lines), max(0.0, soonest - time.monotonic()))
        for line in heard:
            yield from self._told(lines[line])  # type: ignore[index]
        now = time.monotonic()
        for member in busy:
            if member.line not in heard and member.until <= now and not member.idle:
                yield from self._lost(member, "PARSE_TIMEOUT", "no answer within the limit")

    def _told(self, member: _Member[Batch]) -> Iterator[Result]:
        try:
            kind, told = member.line.recv()
        except (EOFError, OSError):
            member.process.join(GRACE)
            code = member.process.exitcode
            yield from self._lost(member, "WORKER_DIED", f"the process ended with {code}")
            return
        if kind == "raised":
            raise told
        if kind == READY:
            member.ready = True
            return
        member.batch = None
        yield told

    def _lost(self, member: _Member[Batch], cause: str, detail: str) -> Iterator[Result]:
        """Replace a member; what it was at is read again a page at a time, a lone page given up."""
        batch = member.batch
        member.end()
        if not member.ready:
            raise EngineError(f"a reading process could not start: {detail}")
        self.members[self.members.index(member)] = self._hired()
        if batch is None:
            return
        singles = self.rescue.singles(batch)
        if len(singles) > 1:
            self.again.extend(singles)
        else:
            yield self.rescue.give_up(batch, cause, detail)

    def _hired(self) -> _Member[Batch]:
        get_ready()
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(
            target=_serve, args=(theirs, self.function, self.warm), daemon=True, name="reader"
        )
        process.start()
        theirs.close()
        return _Member(process, ours, time.monotonic() + PATIENCE)


def _serve(
    line: Connection, function: Callable[[Any], Any], warm: Callable[[], None] | None
) -> None:
    """Answer batch by batch until the other end is gone; interrupts are the parent's to hear."""
    for name in DEAF:
        signal.signal(name, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        line.send(_answer(lambda _: warm() if warm else None, None, READY))
        while True:
            line.send(_answer(function, line.recv(), "done"))


def _answer(function: Callable[[Any], Any], batch: object, kind: str) -> tuple[str, Any]:
    try:
        return kind, function(batch)
    except Exception as error:  # noqa: BLE001 - it is raised again in the parent
        return "raised", _portable(error)


def _portable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    except Exception:  # noqa: BLE001 - whatever cannot travel is told in words
        return EngineError(f"{type(error).__name__}: {error}")
    return error
