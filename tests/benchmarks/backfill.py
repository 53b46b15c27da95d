"""A site backfilled in one command, killed five times; its archive read again by each engine.

Run: python -m tests.benchmarks.backfill [PAGES [FOLDER]]

Prints what docs/SCALE.md quotes: rates, CPU an article, the largest memory at a tenth of the pages
and at all of them, how much faster two processes are than one (each told several times, in turns),
what a run takes that has nothing to do, and whether the rows are equal each time.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.clusters import mortal_workers, scheduler_in
from tests.homes import YEARS, Home
from tests.synthetic import Site, served

KILLS = 5
REPEATS = 3  # of each number of processes


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    site, few = Site(count), max(1, count // 10)
    small, _ = backfilled(Site(few), few, folder / "small")
    home, wanted = backfilled(site, count, folder / "undisturbed")
    with served(site) as (address, asked):
        killed = home_in(folder / "killed", address)
        again = kill_and_resume(killed, asked, count)
        same = digest(killed) == wanted
        print(f"killed {KILLS} times and resumed: rows equal {same}, asked for twice {again}")
    memory(small, few, home, count, folder)
    scaling(home, count, wanted, folder)
    on_a_cluster(home, count, wanted, folder)


def backfilled(site: Site, count: int, folder: Path) -> tuple[Home, str]:
    """Backfill a site that nobody disturbs; return its home and the digest of its rows."""
    with served(site) as (address, asked):
        home = home_in(folder, address)
        report(f"backfill of {count}, undisturbed, inline", count, home, "backfill", *YEARS)
        assert max(n for path, n in asked.items() if "/staticpages/" in path) == 1
        return home, digest(home)


def home_in(folder: Path, address: str) -> Home:
    home = Home(make(folder), address)
    home.env["QINQING_BATCH_SIZE"] = "200"
    return home


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


def memory(small: Home, few: int, home: Home, count: int, folder: Path) -> None:
    """Re-read a tenth of the pages, then all of them: memory must not grow with the pages."""
    told = {}
    for name, workers in (("inline", 1), ("processes", 2)):
        for pages, source in ((few, small), (count, home)):
            other = beside(source, folder / f"memory-{name}-{pages}")
            words = ("reprocess", "--engine", name, "--workers", workers)
            told[name, pages] = report(f"re-read {pages}, {name} {workers}", pages, other, *words)
        least, most = told[name, few].megabytes, told[name, count].megabytes
        print(f"  {least} MB at {few} articles, {most} MB at {count}: {most / least:.2f} times")
    idle = report("again, nothing to do", 1, beside(small, folder / "idle", own=True), "reprocess")
    print(f"  a run that has nothing to do takes {idle.seconds:.1f} s")


def scaling(home: Home, count: int, wanted: str, folder: Path) -> None:
    """Re-read by one process and by two, in turns; the rates' middles are compared."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    for repeat in range(REPEATS):
        for workers, seen in rates.items():
            other = beside(home, folder / f"processes-{workers}-{repeat}")
            words = ("reprocess", "--engine", "processes", "--workers", workers)
            seen.append(report(f"re-read, processes {workers}", count, other, *words).rate)
            assert digest(other) == wanted
    one, two = (statistics.median(seen) for seen in rates.values())
    print(f"  {one:.0f} articles/s with one process, {two:.0f} with two: {two / one:.2f} times")


def on_a_cluster(home: Home, count: int, wanted: str, folder: Path) -> None:
    with scheduler_in(make(folder / "dask")) as address:
        with mortal_workers(address, folder / "dask", count=4, seconds=5) as dead:
            other = beside(home, folder / "dask-4")
            words = ("reprocess", "--engine", "dask", "--scheduler", address)
            report("re-read, 4 Dask workers, one killed every 5 s", count, other, *words)
        print(f"  {len(dead)} workers killed, rows equal {digest(other) == wanted}")


def beside(home: Home, folder: Path, *, own: bool = False) -> Home:
    """Return a home with the archive of another one, or with all that it has."""
    other = home_in(folder, "127.0.0.1:9")
    other.env["QINQING_ARCHIVE"] = str(home.data / "archive")
    if own:
        other.data = home.data
    return other


def digest(home: Home) -> str:
    return sha256(repr(home.rows()).encode()).hexdigest()


@dataclass(frozen=True)
class Told:
    """What a run took."""

    seconds: float
    rate: float
    megabytes: int


def report(what: str, count: int, home: Home, *words: object) -> Told:
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
    return Told(seconds, rate, peak.megabytes)


class Peak:
    """The largest memory of a process and its children together, looked at ten times a second."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.megabytes, self.over = 0, threading.Event()
        threading.Thread(target=self._watch, args=(process.pid,), daemon=True).start()

    def _watch(self, pid: int) -> None:
        while not self.over.wait(0.1):
            self.megabytes = max(self.megabytes, sum(map(pss, family(pid))) // 1024)


def family(pid: int) -> list[int]:
    """Return a process and all that it started, from whichever of its threads."""
    children: list[int] = []
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            children += map(int, told.read_text().split())
    return [pid, *(one for child in children for one in family(child))]


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
