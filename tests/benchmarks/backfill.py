"""A site backfilled in one command, killed five times; its archive read again by each engine.

Run: python -m tests.benchmarks.backfill [PAGES [FOLDER]]

Prints what docs/SCALE.md quotes, and at the end each figure beside what is asked for: rows equal
after kills and with workers that die, pages asked for twice, articles a second, how much faster two
processes are than one (each told several times, in turns), the largest memory at a tenth of the
pages and at all of them, what Prefect takes. 20,000 pages take some 20 minutes.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.benchmarks import prefect_overhead
from tests.benchmarks.watching import Watched
from tests.clusters import mortal_workers, scheduler_in
from tests.homes import YEARS, Home
from tests.synthetic import Site, served

KILLS = 5
REPEATS = 2  # of each way to read again
ONE = "one process"
BESIDE = "one process beside the loader"
TWO = "two processes beside the loader"
WAYS = {
    ONE: ("--engine", "inline"),
    BESIDE: ("--engine", "processes", "--workers", 1),
    TWO: ("--engine", "processes", "--workers", 2),
}


@dataclass
class Judged:
    """Every figure that something is asked of, as it is printed at the end."""

    rows: list[tuple[str, str, str, bool]] = field(default_factory=list)

    def at_most(self, what: str, value: float, most: float, unit: str) -> None:
        self.rows.append((what, f"{value:.4g} {unit}", f"at most {most:g}", value <= most))

    def at_least(self, what: str, value: float, least: float, unit: str) -> None:
        self.rows.append((what, f"{value:.4g} {unit}", f"at least {least:g}", value >= least))

    def print(self) -> None:
        for what, value, asked, met in self.rows:
            print(f"{'met' if met else 'NOT':<4} {what:<58} {value:<16} {asked}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    judged, site, few = Judged(), Site(count), max(1, count // 10)
    small, _ = backfilled(Site(few), few, folder / "small")
    home, wanted = backfilled(site, count, folder / "undisturbed")
    with served(site) as (address, asked):
        killed = home_in(folder / "killed", address)
        again = kill_and_resume(killed, asked, count)
        differ = digest(killed) != wanted
    judged.at_most(f"tables that differ after {KILLS} kills", differ, 0, "")
    judged.at_most(f"archived pages asked for again after {KILLS} kills", again, 0, "pages")
    memory({few: small, count: home}, folder, judged)
    scaling(home, count, wanted, folder, judged)
    on_a_cluster(home, count, wanted, folder, judged)
    seconds, each = prefect_overhead.measured(3, folder)
    judged.at_most("Prefect, start-up of a run", seconds, prefect_overhead.MOST_SECONDS, "s")
    judged.at_most("Prefect, CPU an article", each, prefect_overhead.MOST_MS, "ms")
    print(f"\n{count} articles, load average {os.getloadavg()[0]:.1f} at the end")
    judged.print()


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


def memory(homes: dict[int, Home], folder: Path, judged: Judged) -> None:
    """Re-read a tenth of the pages, then all of them: memory must not grow with the pages."""
    idle = beside(next(iter(homes.values())), folder / "idle", own=True)
    for way in (ONE, TWO):
        told = {}
        for pages, source in homes.items():
            other = beside(source, folder / f"memory {way} {pages}")
            words = ("reprocess", *WAYS[way])
            told[pages] = report(f"re-read {pages}, {way}", pages, other, *words, memory=True)
        least, most = (one.megabytes for one in told.values())
        judged.at_most(f"memory at most, {way}", most, 600, "MB")
        judged.at_most(f"memory at all of the pages to a tenth, {way}", most / least, 1.25, "times")
    told = report("again, nothing to do", 1, idle, "reprocess")
    print(f"  a run that has nothing to do takes {told.seconds:.1f} s")


def scaling(home: Home, count: int, wanted: str, folder: Path, judged: Judged) -> None:
    """Re-read by each way, in turns; the rates' middles are compared."""
    rates: dict[str, list[float]] = {way: [] for way in WAYS}
    for repeat in range(REPEATS):
        for way, seen in rates.items():
            other = beside(home, folder / f"{way} {repeat}")
            seen.append(report(f"re-read, {way}", count, other, "reprocess", *WAYS[way]).rate)
            assert digest(other) == wanted
    told = {way: statistics.median(seen) for way, seen in rates.items()}
    judged.at_least("re-read by two processes, end to end", told[TWO], 350, "articles/s")
    judged.at_least(f"two processes against {ONE}", told[TWO] / told[ONE], 1.8, "times")
    # One reader beside the loader is more than one process: on two cores this cannot be twice.
    print(f"  two readers beside the loader against one: {told[TWO] / told[BESIDE]:.2f} times")


def on_a_cluster(home: Home, count: int, wanted: str, folder: Path, judged: Judged) -> None:
    with scheduler_in(make(folder / "dask")) as address:
        with mortal_workers(address, folder / "dask", count=4, seconds=5) as dead:
            other = beside(home, folder / "dask-4")
            words = ("reprocess", "--engine", "dask", "--scheduler", address)
            report("re-read, 4 Dask workers, one killed every 5 s", count, other, *words)
        what = f"tables that differ after {len(dead)} Dask workers were killed"
        judged.at_most(what, digest(other) != wanted, 0, "")


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


def report(what: str, count: int, home: Home, *words: object, memory: bool = False) -> Told:
    """Run a verb; print its time, rate, CPU and the largest memory of its processes together."""
    began = time.monotonic()
    watched = Watched(home.start(*words), memory=memory)
    watched.end()
    seconds = time.monotonic() - began
    told = Told(seconds, count / seconds, watched.megabytes)
    each = 1e3 * watched.cpu / count
    print(f"{what}: {seconds:.1f} s, {told.rate:.0f} articles/s", end=", ")
    print(f"{each:.2f} ms CPU an article", f", {told.megabytes} MB at most" * memory, flush=True)
    return told


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # DuckDB's binding tells of leaks at the interpreter's end
