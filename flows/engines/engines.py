"""Spread the reading of batches: inline, over the cores of this machine, or over a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from flows.engines.ahead import ahead
from flows.engines.crew import Rescue, crew_map, get_ready

Batch = TypeVar("Batch")
Result = TypeVar("Result")
EngineName = Literal["inline", "processes", "dask"]
AHEAD = 32  # results made while others are loaded: readers never wait for the loader


@dataclass(frozen=True, slots=True)
class Engine:
    """How batches are spread; `scheduler` is the address of a Dask scheduler."""

    name: EngineName = "inline"
    workers: int = 2
    scheduler: str | None = None


def prepare(engine: Engine) -> None:
    """Begin to start what reads, while something else goes on."""
    if engine.name == "processes":
        get_ready()


def map_batches(
    function: Callable[[Batch], Result],
    batches: Iterable[Batch],
    engine: Engine,
    rescue: Rescue[Batch, Result],
    warm: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """Yield function(batch) for every batch, in the order they are done, a few ahead of need.

    `rescue` says what becomes of a batch whose process died or hung. Raises EngineError where the
    processes or the cluster fail, and whatever `function` raises.
    """
    if engine.name == "inline":
        return (function(batch) for batch in batches)
    if engine.name == "processes":
        results = crew_map(function, batches, engine.workers, rescue, warm)
    else:
        from flows.engines.cluster import cluster_map

        results = cluster_map(function, batches, engine, rescue)
    return ahead(results, AHEAD)
