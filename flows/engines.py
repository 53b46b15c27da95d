"""Spread the reading of batches: inline, over the cores of this machine, or over a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Literal, TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")
EngineName = Literal["inline", "processes", "dask"]


@dataclass(frozen=True, slots=True)
class Engine:
    """How batches are spread; `scheduler` is the address of a Dask scheduler."""

    name: EngineName = "inline"
    workers: int = 2
    scheduler: str | None = None


def map_batches(
    function: Callable[[Batch], Result], batches: Iterable[Batch], engine: Engine
) -> Iterator[Result]:
    """Yield function(batch) for every batch, as they are done; at most 2 × workers are in flight."""
    if engine.name == "inline":
        return (function(batch) for batch in batches)
    if engine.name == "processes":
        return _processes(function, batches, engine.workers)
    return _dask(function, batches, engine)


def _processes(
    function: Callable[[Batch], Result], batches: Iterable[Batch], workers: int
) -> Iterator[Result]:
    # Spawned, not forked: DuckDB and Prefect hold threads that a fork would leave in pieces.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = iter(batches)
        running: set[Future[Result]] = {pool.submit(function, b) for b in islice(waiting, 2 * workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {pool.submit(function, batch) for batch in islice(waiting, len(done))}
            yield from (future.result() for future in done)


def _dask(
    function: Callable[[Batch], Result], batches: Iterable[Batch], engine: Engine
) -> Iterator[Result]:
    from distributed import Client, as_completed

    with Client(engine.scheduler, set_as_default=False) as client:
        waiting = iter(batches)
        first = islice(waiting, 4 * engine.workers)
        running = as_completed([client.submit(function, b, pure=False) for b in first])
        for future in running:
            for batch in islice(waiting, 1):
                running.add(client.submit(function, batch, pure=False))
            yield future.result()
