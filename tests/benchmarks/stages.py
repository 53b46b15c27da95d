"""CPU time, bytes and memory of each stage for one article of the synthetic site.

Run: python -m tests.benchmarks.stages [PAGES]
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from flows.archive.archive import Archive
from flows.engines.batches import warm_up
from flows.engines.selection import Selection
from flows.pipeline import archive_pages
from tests.synthetic import Site
from transforms.pages.pages import read_page
from transforms.reading import read_article
from transforms.version import EXTRACTOR, lexicon_hash
from warehouse.parts import write_part
from warehouse.rows import Reader
from warehouse.store import Warehouse

BATCH = 200
T = TypeVar("T")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    folder = Path(tempfile.mkdtemp())
    warm_up()
    site, archive = Site(count), Archive(folder / "archive")
    pages = list(site.pages())
    timed("archive", count, lambda: archive_pages(pages, archive, "synthetic"))

    entries = timed("choose what is unread", count, lambda: list(Selection(archive.entries, {})))
    snapshots = timed("read and verify the bytes", count, lambda: [*map(archive.read, entries)])
    articles = timed("page to article", count, lambda: [*map(read_page, snapshots)])

    readings = timed("article to measures", count, lambda: [*map(read_article, articles)])
    reader = Reader("run", EXTRACTOR, lexicon_hash())
    (folder / "parts").mkdir()
    parts = timed(
        "measures to Parquet part",
        count,
        lambda: [
            write_part(readings[at : at + BATCH], folder / f"parts/{at}.parquet", reader).path
            for at in range(0, count, BATCH)
        ],
    )
    with Warehouse(folder / "q.duckdb") as warehouse:
        timed("load and tell claims", count, lambda: warehouse.load_parts(parts, run_id="run"))
        timed("load again, all known", count, lambda: warehouse.load_parts(parts, run_id="again"))
        timed("audits", count, warehouse.audit)
    characters = sum(len(article.text) for article in articles) / count
    measures = sum(len(reading.measures) for reading in readings) / count
    print(f"{characters:.0f} characters, {measures:.1f} measures an article")
    for name, size in (
        ("archive", sum(file.stat().st_size for file in archive.files())),
        ("parts", sum(part.stat().st_size for part in parts)),
        ("database", (folder / "q.duckdb").stat().st_size),
    ):
        print(f"{name:<28} {size / count:8,.0f} bytes an article")
    print(
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most, all held at once"
    )


def timed(what: str, count: int, work: Callable[[], T]) -> T:
    began = time.process_time()
    result = work()
    each = 1e3 * (time.process_time() - began) / count
    print(f"{what:<28} {each:8.3f} ms of CPU an article", flush=True)
    return result


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # DuckDB's binding tells of leaks at the interpreter's end
