"""What Prefect costs a run beside the run itself: start-up, and CPU an article.

Run: python -m tests.benchmarks.prefect_overhead [REPEATS]

Each run is a process with a Prefect server of its own, as `qinqing ingest --prefect` starts it.
CPU is that of the server since the run began, and of the process since it ended; from few articles
to many its difference is the cost of an article. What comes before is start-up: its CPU differs
from run to run by more than all articles cost.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.watching import cpu_of, family

BEGAN = time.monotonic()
FEW, MANY = 200, 8_000  # articles
MOST_SECONDS, MOST_MS = 15, 0.1


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    seconds, each = measured(repeats, Path(tempfile.mkdtemp()))
    print(f"start-up: {seconds:.1f} s a run (at most {MOST_SECONDS} are asked for)")
    print(f"an article: {each:.3f} ms of CPU (at most {MOST_MS} are asked for)")


def measured(repeats: int, folder: Path) -> tuple[float, float]:
    """Return the seconds that Prefect takes beside a run, and its milliseconds an article."""
    folder /= "prefect"
    folder.mkdir()
    costs: dict[int, list[tuple[float, float]]] = {FEW: [], MANY: []}
    for count in costs:
        make_pages(count, folder)
    for repeat in range(repeats):
        for count, told in costs.items():
            told.append(cost(count, folder, repeat))
            seconds, cpu = told[-1]
            print(
                f"{count} articles: {seconds:.1f} s beside the run, {cpu:.2f} s of CPU", flush=True
            )
    seconds = statistics.median(each for told in costs.values() for each, _ in told)
    few, many = (statistics.median(cpu for _, cpu in told) for told in costs.values())
    return seconds, 1e3 * (many - few) / (MANY - FEW)


def make_pages(count: int, folder: Path) -> None:
    from flows.archive.archive import Archive
    from flows.archive.transfers import export_warc
    from flows.pipeline import archive_pages
    from tests.synthetic import Site

    archive = Archive(folder / str(count))
    archive_pages(Site(count).pages(), archive, "pages")
    export_warc(archive, lambda _: True, folder / f"{count}.warc.gz")


def cost(count: int, folder: Path, repeat: int) -> tuple[float, float]:
    """Run once; return the seconds it took beside the run itself, and the CPU once it had begun."""
    data = folder / f"{count}-{repeat}"
    module = ("-m", "tests.benchmarks.prefect_overhead", "once")
    words = (sys.executable, *module, folder / f"{count}.warc.gz", data)
    told = subprocess.run([*map(str, words)], check=True, capture_output=True, text=True).stdout
    seen = json.loads(told.splitlines()[-1])
    return seen["seconds"], seen["cpu"]


def once(warc: Path, data: Path) -> None:
    """Be the process that runs: print what it took beside the run."""
    from flows.local_server import prefect_for_a_run

    with prefect_for_a_run(data):
        seen = watched_ingest(warc, data)
        cpu = server_cpu() - seen["server"] + time.process_time() - seen["process"]
    seconds = time.monotonic() - BEGAN - seen["seconds"]
    print(json.dumps({"seconds": seconds, "cpu": cpu}))


def watched_ingest(warc: Path, data: Path) -> dict[str, float]:
    """Run the flow; return the CPU of the server before, of the process after, and the seconds."""
    import flows.ingest as flow

    seen: dict[str, float] = {}
    run = flow.run_ingest

    def watched(*words: Any, **more: Any) -> Any:
        began, seen["server"] = time.monotonic(), server_cpu()
        try:
            return run(*words, **more)
        finally:
            seen["seconds"] = time.monotonic() - began
            seen["process"] = time.process_time()

    flow.run_ingest = watched
    flow.ingest("warc", str(warc), settings={"data": str(data)})
    return seen


def server_cpu() -> float:
    return sum(map(cpu_of, family(os.getpid())[1:]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["once"]:
        once(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
        sys.stdout.flush()
        os._exit(0)  # DuckDB's binding tells of leaks at the interpreter's end
