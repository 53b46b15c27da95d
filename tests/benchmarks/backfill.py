"""A site backfilled in one command, killed five times; its archive read again by each engine.

Run: python -m tests.benchmarks.backfill [PAGES [FOLDER]]
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from hashlib import sha256
from pathlib import Path

from tests.clusters import mortal_workers, scheduler_in
from tests.homes import YEARS, Home
from tests.synthetic import Site, served

KILLS = 5


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    site = Site(count)
    with served(site) as (address, asked):
        home = Home(make(folder / "undisturbed"), address)
        home.env["QINQING_BATCH_SIZE"] = "200"
        report("backfill, undisturbed, inline", count, home, "backfill", *YEARS)
        assert max(n for path, n in asked.items() if "/staticpages/" in path) == 1
        wanted = digest(home)
    with served(site) as (address, asked):
        killed = Home(make(folder / "killed"), address)
        killed.env["QINQING_BATCH_SIZE"] = "200"
        again = kill_and_resume(killed, asked, count)
        same = digest(killed) == wanted
        print(f"killed {KILLS} times and resumed: rows equal {same}, asked for twice {again}")
    reread(home, count, wanted, folder)


def make(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def kill_and_resume(home: Home, asked: dict[str, int], count: int) -> int:
    """Kill at random moments, resume; return how many archived pages were asked for again."""
    dice, again = random.Random(5), 0
    for kill in range(KILLS + 1):
        held, before = home.asked_in_full(), dict(asked)
        process = home.start("backfill", *YEARS)
        if kill < KILLS:
            pages = dice.randint(1, max(2, count // 4))
            moment = time.monotonic() + 2 + pages / 300
            while time.monotonic() < moment and process.poll() is None:
                time.sleep(0.05)
            process.kill()
        _, err = process.communicate()
        assert kill < KILLS or process.returncode == 0, err
        again += sum(asked[path] > before.get(path, 0) for path in held)
    return again


def reread(home: Home, count: int, wanted: str, folder: Path) -> None:
    """Read the archive again into databases of their own."""
    one = None
    for name, workers in (("inline", 1), ("processes", 1), ("processes", 2)):
        other = beside(home, folder / f"{name}-{workers}")
        words = ("reprocess", "--engine", name, "--workers", workers)
        rate = report(f"re-read, {name} {workers}", count, other, *words)
        one = one or rate
        same = digest(other) == wanted
        print(f"  {rate / one:.2f} times the rate of one process, rows equal {same}")
    with scheduler_in(make(folder / "dask")) as address:
        with mortal_workers(address, folder / "dask", count=4, seconds=5) as dead:
            other = beside(home, folder / "dask-4")
            words = ("reprocess", "--engine", "dask", "--scheduler", address)
            report("re-read, 4 Dask workers, one killed every 5 s", count, other, *words)
        print(f"  {len(dead)} workers killed, rows equal {digest(other) == wanted}")


def beside(home: Home, folder: Path) -> Home:
    other = Home(make(folder), "127.0.0.1:9")
    other.env["QINQING_ARCHIVE"] = str(home.data / "archive")
    other.env["QINQING_BATCH_SIZE"] = "200"
    return other


def digest(home: Home) -> str:
    return sha256(repr(home.rows()).encode()).hexdigest()


def report(what: str, count: int, home: Home, *words: object) -> float:
    """Run a verb; print its time, rate, CPU and the largest memory of its processes together."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = home.start(*words)
    peak = Peak(process)
    _, err = process.communicate()
    peak.over.set()
    assert process.returncode == 0, err
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    each, rate = 1e3 * cpu / count, count / seconds
    print(f"{what}: {seconds:.1f} s, {rate:.0f} articles/s", end=", ")
    print(f"{each:.2f} ms CPU an article, {peak.megabytes} MB at most", flush=True)
    return count / seconds


class Peak:
    """The largest memory of a process and its children together, looked at ten times a second."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.megabytes, self.over = 0, threading.Event()
        threading.Thread(target=self._watch, args=(process.pid,), daemon=True).start()

    def _watch(self, pid: int) -> None:
        while not self.over.wait(0.1):
            self.megabytes = max(self.megabytes, sum(map(pss, family(pid))) // 1024)


def family(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return [pid]
    return [pid, *(one for child in told.split() for one in family(int(child)))]


def pss(pid: int) -> int:
    """Return a process's memory in KB, what is shared counted in part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # DuckDB's binding tells of leaks at the interpreter's end
