"""Work that many processes share ends with the same rows whatever is lost on the way."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from flows.archive.archive import Archive
from flows.engines.batches import batches_of, read_batch
from flows.pipeline import archive_pages, load
from flows.settings import Settings
from tests.clusters import ROOT, end, scheduler_in, worker
from tests.homes import Home, wait_for
from tests.synthetic import Site
from transforms.version import EXTRACTOR, lexicon_hash
from warehouse.rows import Reader
from warehouse.store import Warehouse

pytest.importorskip("distributed")
PAGES, BATCH = 240, 6
READ_SLOWLY = {"QINQING_BATCH_SIZE": str(BATCH)}


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Archive:
    archive = Archive(tmp_path_factory.mktemp("fan_out") / "archive")
    archive_pages(Site(PAGES).pages(), archive, "synthetic")
    return archive


@pytest.fixture(scope="module")
def wanted(archive, tmp_path_factory) -> list[list]:
    home = home_of(tmp_path_factory.mktemp("inline"), archive)
    home.run("reprocess")
    return home.rows()


def home_of(folder: Path, archive: Archive) -> Home:
    home = Home(folder, "127.0.0.1:9")
    home.env |= READ_SLOWLY | {"QINQING_ARCHIVE": str(archive.root)}
    return home


def written(home: Home) -> dict[str, int]:
    """The parts that are whole, and when each was written."""
    folder = home.data / "parts"
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("part-*.failures.json")}


@contextmanager
def workers_at(address: str, folder: Path, count: int) -> Iterator[list[subprocess.Popen]]:
    working = [worker(address, folder / f"w{number}") for number in range(count)]
    try:
        yield working
    finally:
        for process in working:
            end(process)


# --- duplicated tasks -----------------------------------------------------------------------------

SAME_BATCH = """
import pickle, sys
from pathlib import Path
from flows.engines.batches import read_batch
told = read_batch(pickle.loads(Path(sys.argv[1]).read_bytes()))
print(told.part, told.sha256)
"""


def test_a_task_that_runs_four_times_at_once_writes_one_part(archive, tmp_path) -> None:
    import pickle

    parts = tmp_path / "data" / "parts"
    reader = Reader("run", EXTRACTOR, lexicon_hash())
    batch = next(batches_of(archive, str(parts), archive.entries(), 40, reader))
    (tmp_path / "batch").write_bytes(pickle.dumps(batch))
    command = [sys.executable, "-c", SAME_BATCH, str(tmp_path / "batch")]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    told = {process.communicate(timeout=120)[0] for process in running}
    assert len(told) == 1
    assert len(list(parts.iterdir())) == 2  # the part and its failures: nothing half written


def test_a_result_that_comes_twice_is_loaded_once(archive, tmp_path) -> None:
    settings = Settings(data=tmp_path)
    reader = Reader("run", EXTRACTOR, lexicon_hash())
    batches = list(batches_of(archive, settings.parts_path, archive.entries(), 80, reader))
    results = [read_batch(batch) for batch in batches]
    again = [replace(result) for result in results]
    load(settings, [*results, *again[:2]], "run")
    load(settings, again, "again")
    with Warehouse(settings.database_path, read_only=True) as warehouse:
        sql = "SELECT count(*), count(DISTINCT article_id) FROM article"
        assert warehouse.connection.execute(sql).fetchall() == [(PAGES, PAGES)]
        sql = "SELECT count(*) - count(DISTINCT measure_id) FROM measure"
        assert warehouse.connection.execute(sql).fetchall() == [(0,)]


# --- a scheduler, a loader ------------------------------------------------------------------------


def test_a_scheduler_that_is_lost_ends_the_run_and_the_next_goes_on(
    archive, wanted, tmp_path
) -> None:
    home = home_of(tmp_path, archive)
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with scheduler_in(first) as address, workers_at(address, first, 2):
        process = home.start("reprocess", "--engine", "dask", "--scheduler", address)
        wait_for(lambda: len(written(home)) >= 4 or process.poll() is not None, 120)
    _, err = process.communicate(timeout=120)  # the scheduler has ended, the workers too
    said = [line for line in err.splitlines() if not line.startswith("reading: ")]
    assert (process.returncode, len(said)) == (1, 1), err
    assert "scheduler is lost" in err or "no Dask scheduler answers" in err
    before = written(home)
    assert 4 <= len(before) < PAGES / BATCH
    with scheduler_in(second) as address, workers_at(address, second, 2):
        home.run("reprocess", "--engine", "dask", "--scheduler", address)
    assert home.rows() == wanted
    assert before.items() <= written(home).items()  # what was read is not read again


def test_a_loader_that_is_killed_is_started_again(archive, wanted, tmp_path) -> None:
    home = home_of(tmp_path, archive)
    folder = tmp_path / "cluster"
    folder.mkdir()
    with scheduler_in(folder) as address, workers_at(address, folder, 2):
        words = ("reprocess", "--engine", "dask", "--scheduler", address)
        before: dict[str, int] = {}
        for least in (3, 10, 20):
            process = home.start(*words)
            wait_for(lambda: len(written(home)) >= least or process.poll() is not None, 120)  # noqa: B023
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
            assert before.items() <= written(home).items()
            before = written(home)
        home.run(*words)
    assert home.rows() == wanted
    assert before.items() <= written(home).items()


# --- networks of their own ------------------------------------------------------------------------

NET = "10.213.77"


def ip(*words: object) -> None:
    subprocess.run(["ip", *map(str, words)], check=True, capture_output=True)


@pytest.fixture
def networks() -> Iterator[tuple[str, str]]:
    """Two networks, each with a cable to a bridge at this machine; only root can make them."""
    names = ("qinqing0", "qinqing1")
    if not shutil.which("ip"):
        pytest.skip("the command ip is not installed")
    try:
        ip("link", "add", "qinqingbr", "type", "bridge")
        ip("addr", "add", f"{NET}.1/24", "dev", "qinqingbr")
        ip("link", "set", "qinqingbr", "up")
        for number, name in enumerate(names):
            lay_cable(name, number)
    except (subprocess.CalledProcessError, PermissionError):
        tear_down(names)
        pytest.skip("networks can be made by root alone, where the machine allows it")
    yield names
    tear_down(names)


def lay_cable(name: str, number: int) -> None:
    ip("netns", "add", name)
    ip("link", "add", f"{name}a", "type", "veth", "peer", "name", f"{name}b", "netns", name)
    ip("link", "set", f"{name}a", "master", "qinqingbr", "up")
    ip("-n", name, "addr", "add", f"{NET}.{number + 10}/24", "dev", f"{name}b")
    ip("-n", name, "link", "set", f"{name}b", "up")
    ip("-n", name, "link", "set", "lo", "up")


def tear_down(names: tuple[str, ...]) -> None:
    for words in (*(("netns", "del", name) for name in names), ("link", "del", "qinqingbr")):
        with suppress(subprocess.CalledProcessError):
            ip(*words)


def test_a_machine_whose_cable_is_cut_is_done_without(archive, wanted, networks, tmp_path) -> None:
    """Workers in networks of their own; one falls silent, which is not the same as dying."""
    home = home_of(tmp_path, archive)
    impatient = {
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "12s",
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s",
        "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "12s",
    }
    with scheduler_in(tmp_path, host=f"{NET}.1", env=impatient) as address:
        working = [
            worker(address, tmp_path / name, within=name, env=impatient) for name in networks
        ]
        try:
            words = ("reprocess", "--engine", "dask", "--scheduler", address)
            process = home.start(*words)
            wait_for(lambda: len(written(home)) >= 4 or process.poll() is not None, 120)
            assert process.poll() is None, process.communicate()[1]
            ip("link", "set", f"{networks[0]}a", "down")
            assert len(written(home)) < PAGES / BATCH
            _, err = process.communicate(timeout=240)
            assert process.returncode == 0, err
        finally:
            for one in working:
                end(one)
    assert home.rows() == wanted
