"""A Dask scheduler and workers as processes on loopback, and somebody who kills the workers."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


def python_child(*words: str, within: str | None = None, **options) -> subprocess.Popen:
    """Start Python, in a network of its own where one is named."""
    inside = ["ip", "netns", "exec", within] if within else []
    return subprocess.Popen(
        [*inside, sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, **options,
    )  # fmt: skip


def worker(
    address: str, folder: Path, *, within: str | None = None, env: dict[str, str] | None = None
) -> subprocess.Popen:
    code = f"""
import asyncio
from pathlib import Path
from distributed import Worker
async def work():
    where = {str(folder)!r}
    async with Worker({address!r}, nthreads=1, local_directory=where, dashboard=False) as worker:
        Path(where, "joined").touch()
        await worker.finished()
asyncio.run(work())
"""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    return python_child("-c", code, within=within, env=variables)


@contextmanager
def scheduler_in(
    folder: Path, *, host: str = "127.0.0.1", env: dict[str, str] | None = None
) -> Iterator[str]:
    """Run a scheduler; gives its address."""
    file = folder / "address"
    code = f"""
import asyncio
from pathlib import Path
from distributed import Scheduler
async def work():
    async with Scheduler(host={host!r}, port=0, dashboard=False) as scheduler:
        Path({str(file)!r}).write_text(scheduler.address)
        await scheduler.finished()
asyncio.run(work())
"""
    process = python_child("-c", code, env={**os.environ, **(env or {})})
    try:
        until = time.monotonic() + 60
        while not (file.exists() and file.read_text()):
            assert time.monotonic() < until, "no scheduler"
            time.sleep(0.05)
        yield file.read_text()
    finally:
        end(process)


@contextmanager
def mortal_workers(
    address: str, folder: Path, *, count: int, seconds: float
) -> Iterator[list[int]]:
    """Keep workers, one of them killed and replaced every so many seconds; gives the dead.

    One is spared until it has joined: on a busy machine none would live to read anything.
    """
    folders = [folder / f"w{number}" for number in range(count)]
    workers = [(worker(address, place), place) for place in folders]
    over, dead = threading.Event(), list[int]()

    def kill_and_replace() -> None:
        while not over.wait(seconds):
            victim, place = workers[0]
            if not (place / "joined").exists():
                continue
            del workers[0]
            os.killpg(victim.pid, signal.SIGKILL)
            victim.wait(10)
            dead.append(victim.pid)
            following = folder / f"w{count + len(dead)}"
            workers.append((worker(address, following), following))

    killer = threading.Thread(target=kill_and_replace)
    killer.start()
    try:
        yield dead
    finally:
        over.set()
        killer.join()
        for process, _ in workers:
            end(process)


def end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait(10)
