"""Engines give the same rows whatever dies; a page that ends its reader costs that page alone."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import pipeline
from flows.archive.archive import Archive
from flows.engines import crew
from flows.engines.ahead import ahead
from flows.engines.batches import Batch, is_whole, read_batch, read_entry
from flows.engines.crew import crew_map
from flows.engines.engines import Engine, map_batches
from flows.engines.part_store import PartStore
from flows.engines.time_limits import OutOfTimeError, time_limit
from flows.pipeline import archive_pages, read_all
from flows.settings import Settings
from tests import batch_tasks
from tests.batch_tasks import Numbers
from tests.benchmarks.watching import family
from tests.clusters import mortal_workers, scheduler_in
from tests.homes import ROOT, wait_for
from tests.synthetic import Site
from transforms.errors import EngineError
from transforms.version import EXTRACTOR, lexicon_hash
from warehouse.rows import Reader

BATCHES = [Numbers(tuple(range(first, first + 5))) for first in range(0, 40, 5)]
ALL = sorted(number * 2 for number in range(40))


def flat(results) -> list:
    return [one for result in results for one in result]


def test_processes_read_every_batch_once() -> None:
    engine = Engine("processes", 2)
    found = flat(map_batches(batch_tasks.doubled, BATCHES, engine, batch_tasks.rescue(60)))
    assert sorted(found) == ALL


@pytest.mark.parametrize(
    ("reader", "seconds", "cause"),
    [(batch_tasks.deadly, 60, "WORKER_DIED"), (batch_tasks.hanging, 1.0, "PARSE_TIMEOUT")],
)
def test_a_page_that_ends_its_reader_is_the_only_one_lost(reader, seconds, cause) -> None:
    found = flat(crew_map(reader, BATCHES, 2, batch_tasks.rescue(seconds)))
    assert (cause, (13,)) in found
    assert sorted(n for n in found if isinstance(n, int)) == [n for n in ALL if n != 26]


def test_what_a_reader_raises_ends_the_run() -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        flat(crew_map(batch_tasks.failing, BATCHES, 2, batch_tasks.rescue(60)))
    assert caught.value.filename == "somewhere"


def test_processes_that_cannot_start_end_the_run_at_once() -> None:
    with pytest.raises(EngineError, match="could not start"):
        flat(
            crew_map(
                batch_tasks.doubled, BATCHES, 2, batch_tasks.rescue(60), batch_tasks.dies_at_start
            )
        )


def test_no_reader_outlives_a_run_that_is_left() -> None:
    results = crew_map(batch_tasks.doubled, BATCHES, 2, batch_tasks.rescue(60))
    next(results)
    assert len(readers()) == 2
    results.close()
    wait_for(lambda: not readers())


def readers() -> list[int]:
    """The processes that the fork server of this one has made; itself it stays for the next run."""
    servers = [pid for pid in family(os.getpid())[1:] if "forkserver" in command_of(pid)]
    return [pid for server in servers for pid in family(server)[1:]]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ")
    except OSError:
        return ""


def test_a_folder_of_the_same_name_is_not_taken_for_this_package(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/__init__.py").write_text("raise SystemExit('another project')\n")
    code = (
        "from flows.engines.crew import crew_map; from tests import batch_tasks as b\n"
        "print(sum(map(sum, crew_map(b.doubled, [b.Numbers((1, 2))], 1, b.rescue(60)))))"
    )
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/program.py").write_text(f"if __name__ == '__main__':\n    exec({code!r})\n")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "bin/program.py"]
    done = subprocess.run(
        command, check=False, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("6\n", "")


def test_results_are_made_ahead_but_not_far() -> None:
    made: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    results = ahead(numbers(), 3)
    assert next(results) == 0
    time.sleep(0.3)
    assert 3 <= len(made) <= 6
    results.close()
    assert len(made) <= 7


def test_what_is_raised_ahead_is_raised_in_its_turn() -> None:
    def numbers() -> Iterator[int]:
        yield 1
        raise EngineError("lost")

    results = ahead(numbers(), 3)
    assert next(results) == 1
    with pytest.raises(EngineError, match="lost"):
        next(results)


@pytest.mark.parametrize("in_thread", [False, True])
def test_a_time_limit_holds_in_every_thread(in_thread: bool) -> None:
    told: list[str] = []

    def endless() -> None:
        try:
            with time_limit(0.2):
                while True:
                    sum(range(100))
        except OutOfTimeError:
            told.append("ended")
        with time_limit(0.2):
            told.append("went on")

    thread = threading.Thread(target=endless)
    thread.start() if in_thread else endless()
    if in_thread:
        thread.join(5)
    assert told == ["ended", "went on"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Archive:
    archive = Archive(tmp_path_factory.mktemp("engines") / "archive")
    archive_pages(Site(30).pages(), archive, "synthetic")
    return archive


def batch_for(archive: Archive, parts: Path, **words) -> Batch:
    reader = Reader("run", EXTRACTOR, lexicon_hash())
    return Batch(str(archive.root), str(parts), tuple(archive.entries()), reader, **words)


def test_a_page_that_takes_too_long_is_a_failure(archive, monkeypatch) -> None:
    def slow(page: object) -> None:
        while page:
            pass

    monkeypatch.setattr("transforms.pages.pages.read_page", slow)
    failure = read_entry(archive, next(archive.entries()), 0.1)
    assert (failure.stage, failure.cause) == ("reading", "PARSE_TIMEOUT")


def test_a_part_is_read_once_and_half_a_part_again(archive, tmp_path) -> None:
    batch, store = batch_for(archive, tmp_path), PartStore(str(tmp_path))
    name = read_batch(batch).part
    part = tmp_path / name
    before = part.read_bytes()
    part.write_bytes(before[: len(before) // 2])
    assert not is_whole(store, name, f"{batch.name}.failures.json")
    read_batch(batch)
    assert part.read_bytes() == before
    changed = part.stat().st_mtime_ns
    read_batch(batch)
    assert part.stat().st_mtime_ns == changed


def test_a_stop_amid_a_batch_lets_it_be_whole(archive, tmp_path) -> None:
    stopped = threading.Event()

    def entries() -> Iterator:
        for number, entry in enumerate(archive.entries()):
            if number == 15:  # the second batch of ten is half drawn
                stopped.set()
            yield entry

    settings = Settings(data=tmp_path, archive=archive.root, engine="inline", batch_size=10)
    read = read_all(entries(), settings, "run", stopped.is_set)
    assert {len(batch.entries) for batch in read} == {10}


def test_rules_of_another_version_are_refused(archive, tmp_path) -> None:
    batch = batch_for(archive, tmp_path)
    other = Batch(batch.archive, batch.parts, batch.entries, Reader("run", "0.0.1", "000000000000"))
    assert other.name != batch.name
    with pytest.raises(EngineError, match="install the same version"):
        read_batch(other)


SQL = "SELECT * EXCLUDE (run_id) FROM measure ORDER BY measure_id"


def rows_of(data: Path) -> list:
    from warehouse.store import Warehouse

    with Warehouse(data / "qinqing.duckdb", read_only=True) as warehouse:
        return warehouse.connection.execute(SQL).fetchall()


def reprocess(qinqing, archive: Archive, data: Path, *words: str):
    env = {"QINQING_ARCHIVE": str(archive.root), "QINQING_BATCH_SIZE": "3"}
    done = qinqing("reprocess", "--data", data, *words, timeout=180, **env)
    assert done.returncode == 0, done.stderr
    return rows_of(data)


@pytest.fixture(scope="module")
def inline_rows(qinqing, archive, tmp_path_factory) -> list:
    return reprocess(qinqing, archive, tmp_path_factory.mktemp("inline"))


def test_processes_give_the_rows_of_one_process(qinqing, archive, inline_rows, tmp_path) -> None:
    assert len(inline_rows) > 100
    words = ("--engine", "processes", "--workers", "2")
    assert reprocess(qinqing, archive, tmp_path, *words) == inline_rows


def test_what_does_not_fit_into_little_memory_takes_more(
    archive, inline_rows, tmp_path, monkeypatch
) -> None:
    tried, load = [], pipeline._load

    def watched(*words: object):
        tried.append(words)
        return load(*words)

    monkeypatch.setattr(pipeline, "_load", watched)
    monkeypatch.setattr(pipeline, "LITTLE", "10MB")
    settings = Settings(data=tmp_path, archive=archive.root)
    pipeline.start(settings, "run", "reprocess")
    assert pipeline.read_and_load(settings, "run").status == "done"
    assert len(tried) == 2
    assert rows_of(tmp_path) == inline_rows


def test_a_cluster_whose_workers_are_killed_gives_the_same_rows(
    qinqing, archive, inline_rows, tmp_path
) -> None:
    pytest.importorskip("distributed")
    with (
        scheduler_in(tmp_path) as address,
        mortal_workers(address, tmp_path, count=2, seconds=3),
    ):
        words = ("--engine", "dask", "--scheduler", address)
        assert reprocess(qinqing, archive, tmp_path / "data", *words) == inline_rows


def test_parts_may_lie_at_an_address(qinqing, archive, inline_rows, tmp_path, monkeypatch) -> None:
    pytest.importorskip("fsspec")
    monkeypatch.setenv("QINQING_PARTS", f"file://{tmp_path}/far")
    words = ("--engine", "processes", "--workers", "2")
    assert reprocess(qinqing, archive, tmp_path / "data", *words) == inline_rows
    kept = sorted(path.name for path in (tmp_path / "far").iterdir())
    assert len(kept) == 20  # ten batches: a part and its failures each, nothing half written
    assert not (tmp_path / "data" / "parts").exists()


def test_an_address_that_cannot_be_reached_tells_no_secret(qinqing, archive, tmp_path) -> None:
    pytest.importorskip("fsspec")
    done = qinqing(
        "reprocess", "--data", tmp_path,
        QINQING_ARCHIVE=str(archive.root), QINQING_PARTS="ftp://user:sesame@127.0.0.1:9/parts",
    )  # fmt: skip
    assert done.returncode != 0
    assert (done.stderr.count("\n"), "sesame" in done.stderr) == (1, False), done.stderr


def test_a_cluster_without_an_address_is_bad_configuration(qinqing, archive, tmp_path) -> None:
    words = ("reprocess", "--data", tmp_path, "--engine", "dask")
    done = qinqing(*words, QINQING_ARCHIVE=str(archive.root))
    told = "error: the engine dask needs --scheduler tcp://host:port\n"
    assert (done.returncode, done.stderr) == (78, told)


def test_no_scheduler_is_one_line(qinqing, archive, tmp_path) -> None:
    done = qinqing(
        "reprocess", "--data", tmp_path, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9",
        QINQING_ARCHIVE=str(archive.root),
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr


def test_readers_are_prepared_in_a_checkout_and_not_by_another_folder(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert not crew._is_hidden()
    (tmp_path / "flows").mkdir()
    monkeypatch.chdir(tmp_path)
    assert crew._is_hidden()
