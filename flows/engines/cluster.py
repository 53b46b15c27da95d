"""Reading on a Dask cluster: a plain client inside one run, which keeps order and ledger."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from flows.engines.crew import Rescue
from transforms.errors import ConfigurationError, EngineError

if TYPE_CHECKING:
    from flows.engines.engines import Engine

Batch = TypeVar("Batch")
Result = TypeVar("Result")
LOST = (asyncio.CancelledError, futures.CancelledError)  # which one depends on who notices first
CONNECT = 10.0  # seconds to reach the scheduler
LOOK = 5.0  # seconds between two looks at the cluster while nothing is done
LIVES = 4  # times that a lone page may lose several workers: somebody else may have ended them
DESERTED = 120.0  # seconds without any worker after which the run ends


def cluster_map(
    function: Callable[[Batch], Result],
    batches: Iterable[Batch],
    engine: Engine,
    rescue: Rescue[Batch, Result],
) -> Iterator[Result]:
    """Yield function(batch) for every batch, in the order they are done.

    A batch whose worker is lost is read by another; one that lost several is read page by page, and
    a page is given up when it has lost several again and again.
    Raises EngineError where the scheduler cannot be reached, is lost, or has no workers.
    """
    with _client(engine.scheduler) as client:
        run = _Run(client, function, iter(batches), rescue)
        yield from run.work(engine.workers)


@contextmanager
def _client(scheduler: str | None) -> Iterator[Any]:
    if not scheduler:
        raise ConfigurationError("the engine dask needs --scheduler tcp://host:port")
    try:
        from distributed import Client
    except ImportError:
        raise ConfigurationError(
            "the engine dask needs the package: pip install -e '.[dask]'"
        ) from None
    # Its own account of lost connections is told by us, in one line.
    loud = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    for name in (*loud, "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client: Any = Client(  # type: ignore[no-untyped-call]
            scheduler, timeout=CONNECT, name="qinqing"
        )
    except (OSError, ValueError) as error:
        raise EngineError(f"no Dask scheduler answers at {scheduler}: {_line(error)}") from None
    try:
        yield client
    finally:
        client.close(timeout=CONNECT)


@dataclass
class _Run(Generic[Batch, Result]):
    client: Any
    function: Callable[[Batch], Result]
    feed: Iterator[Batch]
    rescue: Rescue[Batch, Result]
    again: deque[Batch] = field(default_factory=deque)
    running: dict[Any, Batch] = field(default_factory=dict)  # futures to their batches
    losses: Counter[Batch] = field(default_factory=Counter)  # how often each lost its workers
    seen_at: float = field(default_factory=time.monotonic)  # when the cluster last had a worker

    def work(self, least: int) -> Iterator[Result]:
        """Keep twice as many batches in flight as the cluster has threads."""
        while True:
            self._fill(2 * max(least, self._threads()))
            if not self.running:
                return
            for future in self._done():
                yield from self._settled(future)

    def _fill(self, most: int) -> None:
        while len(self.running) < most:
            batch = self.again.popleft() if self.again else next(self.feed, None)
            if batch is None:
                return
            self.running[self.client.submit(self.function, batch, pure=False)] = batch

    def _threads(self) -> int:
        try:
            threads = int(sum(self.client.nthreads().values()))
        except (OSError, *LOST) as error:
            raise EngineError(f"the Dask scheduler is lost: {_line(error)}") from None
        if threads:
            self.seen_at = time.monotonic()
        elif time.monotonic() - self.seen_at > DESERTED:
            raise EngineError(f"the Dask cluster has had no worker for {DESERTED:.0f} s")
        return threads

    def _done(self) -> list[Any]:
        from distributed import wait

        try:
            done = wait(list(self.running), LOOK, "FIRST_COMPLETED")  # type: ignore[no-untyped-call]
            return list(done.done)
        except TimeoutError:
            return []
        except LOST:
            raise EngineError("the Dask scheduler is lost; the same command resumes") from None

    def _settled(self, future: Any) -> Iterator[Result]:  # noqa: ANN401 - a Dask future
        from distributed.scheduler import KilledWorker

        batch = self.running.pop(future)
        try:
            error = future.exception()
            result: Any = None if error else future.result()
        except LOST:
            raise EngineError("the Dask scheduler is lost; the same command resumes") from None
        if error is None:
            yield result
            return
        if not isinstance(error, KilledWorker):
            raise error
        singles = self.rescue.singles(batch)
        self.losses[batch] += 1
        if len(singles) > 1:
            self.again.extend(singles)
        elif self.losses[batch] < LIVES:
            self.again.append(batch)
        else:
            yield self.rescue.give_up(batch, "WORKER_DIED", _line(error))


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
