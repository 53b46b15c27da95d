"""Full, read-only and damaged disks: what was acknowledged stays, what is damaged is said."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.one_run import opened
from flows.settings import Settings
from tests.homes import ROWS, Home
from tests.synthetic import Site, served
from tests.told import reading, said
from transforms.errors import ArchiveError, BusyError, DiskError, QinqingError
from warehouse.connection import connect
from warehouse.keeping import repair
from warehouse.store import Warehouse

ROOT = Path(__file__).parent.parent
MB = 2**20


def visits(number: int):
    """One article that tells one visit."""
    when = date(2020, number % 12 + 1, 1), date(2020, number % 12 + 1, 28)
    told = said(f"{number % 12 + 1}月，走访企业{{{number + 1}家}}。", "enterprise_visit", *when)
    return reading(f"g/{number}", date(2021, 1, 9), told)


def python(code: str, *words: object, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **env}, check=False
    )


def content(path: Path) -> list[list]:
    with Warehouse(path, read_only=True) as warehouse:
        return [warehouse.connection.execute(sql).fetchall() for sql in ROWS]


@pytest.fixture(scope="session")
def sample_rows(sample_data: Path) -> list[list]:
    return content(sample_data / "qinqing.duckdb")


# --- a full disk ----------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; only root can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be made by root alone; the limit of a file's size is tested")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


WITHOUT_ROOM = """
import sys
from flows.health import room
from flows.__main__ import main
room.ROOM = 0  # the disk fills up in the middle of the run
sys.exit(main(["ingest", "--from", "samples", "--data", sys.argv[1]]))
"""


@pytest.mark.faults
def test_a_disk_that_fills_up_ends_with_74_and_the_rerun_completes(disk, qinqing, sample_rows):
    full = python(WITHOUT_ROOM, disk)
    assert full.returncode == 74, full.stderr
    assert full.stderr.count("\n") == 1, full.stderr
    assert "full" in full.stderr or "No space left" in full.stderr
    subprocess.run(["mount", "-o", "remount,size=100m", str(disk)], check=True)
    again = qinqing("ingest", "--from", "samples", "--data", disk)
    assert again.returncode == 0, again.stderr
    assert content(disk / "qinqing.duckdb") == sample_rows


def test_a_run_does_not_begin_on_a_disk_that_is_nearly_full(disk, qinqing) -> None:
    done = qinqing("ingest", "--from", "samples", "--data", disk)
    assert (done.returncode, done.stderr.count("\n")) == (74, 1)
    assert "MB are free" in done.stderr
    assert list(disk.iterdir()) == []


def test_too_little_room_is_said_before_anything_is_made(tmp_path, monkeypatch) -> None:
    from flows.jobs import Watch, order_of, run_ingest

    usage = shutil.disk_usage(tmp_path)._replace(free=MB)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ArchiveError, match="free some space") as caught:
        run_ingest(order_of("samples"), Settings(data=tmp_path / "data"), Watch())
    assert caught.value.exit_code == 74
    assert not (tmp_path / "data").exists()


def free(bytes_free: list[int], monkeypatch) -> None:
    """Let the disk have so much room at each look at it, the last from then on."""
    usage = shutil.disk_usage("/")

    def told(_: object):
        return usage._replace(free=bytes_free.pop(0) if bytes_free[1:] else bytes_free[0])

    monkeypatch.setattr(shutil, "disk_usage", told)


def test_a_backfill_that_does_not_fit_on_the_disk_fetches_nothing(tmp_path, monkeypatch) -> None:
    from flows.health.room import ROOM
    from flows.jobs import Watch, order_of, run_backfill

    site = Site(40)
    with served(site) as (address, asked):
        home = Home(tmp_path, address)
        settings = Settings(
            data=home.data, hosts=tmp_path / "hosts.toml", route=home.env["QINQING_ROUTE"]
        )
        free([ROOM + 500_000], monkeypatch)
        order = order_of("listing", since=date(2015, 1, 1), until=date(2021, 12, 31))
        with pytest.raises(ArchiveError, match="40 pages need 51 MB") as caught:
            run_backfill(order, settings, Watch())
        assert caught.value.exit_code == 74
        assert not any("/staticpages/" in path for path in asked)
        free([10**12], monkeypatch)
        assert run_backfill(order, settings, Watch()).exit_code == 0
        assert sum("/staticpages/" in path for path in asked) == 40


def test_a_run_stops_before_the_disk_is_full_and_goes_on(tmp_path, monkeypatch, sample_rows):
    from flows.archive.archive import Archive
    from flows.jobs import Watch, order_of, run_ingest

    settings = Settings(data=tmp_path)
    free([10**12, 10**12, MB], monkeypatch)
    with pytest.raises(ArchiveError, match="free some space"):
        run_ingest(order_of("samples"), settings, Watch())
    assert 40 <= sum(1 for _ in Archive(settings.archive_path).entries()) <= 50
    free([10**12], monkeypatch)
    assert run_ingest(order_of("samples"), settings, Watch()).exit_code == 0
    assert content(settings.database_path) == sample_rows


# --- a disk that may not be written ---------------------------------------------------------------


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nobody may make a file, root neither."""
    place = tmp_path / "sealed"
    place.mkdir()
    if os.geteuid():
        place.chmod(0o500)
        yield place
        place.chmod(0o700)
        return
    words = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(place)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("root may write anywhere, and no read-only disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_folder_that_may_not_be_written_ends_with_73_and_is_named(sealed, qinqing) -> None:
    done = qinqing("ingest", "--from", "samples", "--data", sealed)
    assert (done.returncode, done.stderr.count("\n")) == (73, 1)
    assert str(sealed) in done.stderr
    told = qinqing("doctor", "--data", sealed)
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert any(str(sealed) in line and "fail" in line for line in told.stdout.splitlines())


# --- a damaged log --------------------------------------------------------------------------------

LEAVING_A_LOG = """
import os, sys
from tests.test_faults_storage import Warehouse, visits
with Warehouse(sys.argv[1]) as warehouse:
    warehouse.load([visits(0)], run_id="r")
    warehouse.connection.execute("CHECKPOINT")
    for number in range(1, 7):
        warehouse.load([visits(number)], run_id="r")
    os._exit(0)  # as a kill does, after six commits
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory) -> Path:
    """A database with seven articles, six of them in the log alone."""
    path = tmp_path_factory.mktemp("log") / "q.duckdb"
    done = python(LEAVING_A_LOG, path)
    assert done.returncode == 0, done.stderr
    assert log_of(path).stat().st_size > 1000
    return path


HELD = "SELECT list(article_id ORDER BY 1) FROM article"


def log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def copied(killed: Path, folder: Path, log: bytes) -> Path:
    shutil.copy(killed, folder)
    path = folder / killed.name
    log_of(path).write_bytes(log)
    return path


def test_a_log_cut_anywhere_holds_whole_transactions_and_the_rest_is_loaded_again(killed, tmp_path):
    whole, dice, met = log_of(killed).read_bytes(), random.Random(39), set()
    for cut in [0, *(dice.randrange(len(whole)) for _ in range(14)), len(whole)]:
        path = copied(killed, tmp_path, whole[:cut])
        with connect(str(path), read_only=False) as connection:
            sql = "SELECT count(*), list(article_id ORDER BY 1), (SELECT sum(articles) FROM load)"
            [(count, held, told)] = connection.execute(f"{sql} FROM article").fetchall()
            [(measures,)] = connection.execute("SELECT count(*) FROM measure").fetchall()
        assert held == [f"g/{number}" for number in range(count)]
        assert count == told == measures
        met.add(count)
    assert {1, 7} < met, "no cut fell between two commits"
    with Warehouse(copied(killed, tmp_path, whole[: len(whole) // 2])) as warehouse:
        assert warehouse.load(map(visits, range(7)), run_id="r").articles > 0
        found = warehouse.connection.execute("FROM measure ORDER BY ALL").fetchall()
    with Warehouse(":memory:") as fresh:
        fresh.load(map(visits, range(7)), run_id="r")
        assert found == fresh.connection.execute("FROM measure ORDER BY ALL").fetchall()


def visited(count: int) -> list[str]:
    return [f"g/{number}" for number in range(count)]


def opened_or_said(path: Path) -> list[str] | DiskError:
    """What the file holds, or why it does not open: a turned length may read as a torn end."""
    try:
        with connect(str(path), read_only=False) as connection:
            [(held,)] = connection.execute(HELD).fetchall()
            return held
    except DiskError as error:
        return error


def test_a_bit_turned_in_the_log_is_said_and_doctor_sets_the_log_aside(killed, tmp_path, qinqing):
    whole, dice, refused = log_of(killed).read_bytes(), random.Random(40), 0
    for _ in range(15):
        turned = bytearray(whole)
        turned[dice.randrange(len(turned))] ^= 1 << dice.randrange(8)
        path = copied(killed, tmp_path, bytes(turned))
        found = opened_or_said(path)
        refused += isinstance(found, DiskError)
        assert "doctor --repair" in str(found) or found == visited(len(found))
    assert refused > 10
    turned = bytearray(whole)
    turned[len(turned) // 2] ^= 4
    path = copied(killed, tmp_path, bytes(turned))
    done = qinqing("doctor", "--repair", "--database", path, "--data", tmp_path)
    assert log_of(path).with_name("q.duckdb.wal.damaged").exists(), done.stderr
    assert "q.duckdb.wal.damaged" in done.stderr
    with Warehouse(path) as warehouse:
        warehouse.load(map(visits, range(7)), run_id="r")
        [(value,)] = warehouse.connection.execute("SELECT count(*) FROM fact").fetchall()
    assert value == 7
    assert repair(path) is None


# --- a damaged database ---------------------------------------------------------------------------

READING_ALL = """
import sys
from pathlib import Path
from tests.test_faults_storage import TABLES, connect, damages
path, whole = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
def content():
    with connect(str(path), read_only=True) as connection:
        names = [n for n, in connection.execute(TABLES).fetchall()]
        sql = "SELECT count(*), bit_xor(hash(COLUMNS(*)::VARCHAR)) FROM {}"
        return [connection.execute(sql.format(name)).fetchall() for name in sorted(names)]
path.write_bytes(whole)
right = content()
for damaged in damages(whole):
    path.write_bytes(damaged)
    try:
        print("same" if content() == right else "WRONG")
    except Exception as error:
        print(type(error).__name__)
"""


def damages(whole: bytes) -> Iterator[bytes]:
    dice = random.Random(41)
    for _ in range(20):
        turned = bytearray(whole)
        turned[dice.randrange(len(turned))] ^= 1 << dice.randrange(8)
        yield bytes(turned)
    for _ in range(8):
        yield whole[: dice.randrange(len(whole))]


@pytest.mark.faults
def test_no_damage_to_the_database_gives_a_wrong_number(sample_data, tmp_path) -> None:
    done = python(READING_ALL, tmp_path / "q.duckdb", sample_data / "qinqing.duckdb")
    assert done.returncode == 0, done.stderr
    met = done.stdout.split()
    assert len(met) == 28
    assert "WRONG" not in met
    assert len([one for one in met if one != "same"]) > 14  # the rest lies in unused blocks


@pytest.mark.faults
def test_a_database_that_is_lost_is_made_again_from_the_archive(
    qinqing, sample_data, sample_rows, tmp_path
) -> None:
    shutil.copytree(sample_data / "archive", tmp_path / "archive")
    (tmp_path / "qinqing.duckdb").write_bytes(b"torn" * 5000)
    damaged = qinqing("query", "FROM fact", "--data", tmp_path)
    assert (damaged.returncode, damaged.stderr.count("\n")) == (1, 1)
    (tmp_path / "qinqing.duckdb").rename(tmp_path / "aside")
    done = qinqing("reprocess", "--data", tmp_path)
    assert done.returncode == 0, done.stderr
    assert content(tmp_path / "qinqing.duckdb") == sample_rows
    exported = []
    for data in (sample_data, tmp_path):
        with Warehouse(data / "qinqing.duckdb", read_only=True) as warehouse:
            warehouse.export("summary_quarter", tmp_path / "out.csv")
        exported.append((tmp_path / "out.csv").read_bytes())
    assert exported[0] == exported[1]


# --- damaged exports and parts --------------------------------------------------------------------


def test_no_bit_of_an_export_turns_unseen(tmp_path) -> None:
    from transforms.errors import WarehouseError
    from warehouse.exports import verify

    path, dice = tmp_path / "fact.parquet", random.Random(42)
    with Warehouse(":memory:") as warehouse:
        warehouse.load(map(visits, range(7)), run_id="r")
        warehouse.export("fact", path)
    whole = path.read_bytes()
    for _ in range(60):
        turned = bytearray(whole)
        turned[dice.randrange(len(turned))] ^= 1 << dice.randrange(8)
        path.write_bytes(turned)
        with pytest.raises(WarehouseError, match="damaged"):
            verify(path)
    path.write_bytes(whole)
    verify(path)


def test_a_part_that_changed_by_a_bit_is_never_loaded(tmp_path) -> None:
    """Parquet as DuckDB writes it has no checksums: a turned bit may read as another number."""
    from flows.engines.batches import BatchRead, check_part, is_whole
    from flows.engines.part_store import PartStore
    from warehouse.parts import write_part
    from warehouse.rows import Reader

    part = write_part(map(visits, range(7)), tmp_path / "a.parquet", Reader("r", "x", "y"))
    (tmp_path / "a.json").write_text(f'{{"sha256": "{part.sha256}", "failures": []}}')
    batch, store = BatchRead("a.parquet", (), (), part.sha256), PartStore(str(tmp_path))
    check_part(batch, part.path)
    assert is_whole(store, "a.parquet", "a.json")
    whole, dice = part.path.read_bytes(), random.Random(42)
    for _ in range(60):
        turned = bytearray(whole)
        turned[dice.randrange(len(turned))] ^= 1 << dice.randrange(8)
        part.path.write_bytes(turned)
        assert not is_whole(store, "a.parquet", "a.json")  # so that it is read again
        with pytest.raises(ArchiveError, match="damaged"):
            check_part(batch, part.path)


# --- writers and readers at once ------------------------------------------------------------------


@pytest.mark.faults
def test_of_eight_runs_at_once_one_works_and_the_others_say_who(tmp_path, sample_rows) -> None:
    words = ["-m", "flows", "ingest", "--from", "samples", "--data", str(tmp_path)]
    runs = [
        subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        ) for _ in range(8)
    ]  # fmt: skip
    told = {run.pid: run.communicate(timeout=120)[1] for run in runs}
    codes = [run.returncode for run in runs]
    assert set(codes) <= {0, 75}, told
    assert codes.count(0) >= 1
    for run in runs:
        if run.returncode == 75:
            assert told[run.pid].count("\n") == 1
            assert any(f"process {other.pid}" in told[run.pid] for other in runs if other != run)
    assert content(tmp_path / "qinqing.duckdb") == sample_rows


READER = """
import sys, time
from warehouse.connection import connect
with connect(sys.argv[1], read_only=True) as connection:
    connection.execute("FROM article").fetchall()
    print("open", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.mark.parametrize(("stays", "patience"), [(1.0, 30.0), (30.0, 0.3)])
def test_a_writer_waits_for_a_reader_and_then_says_who_it_is(
    tmp_path, monkeypatch, stays, patience
) -> None:
    monkeypatch.setattr("flows.one_run.PATIENCE", patience)
    settings = Settings(data=tmp_path)
    with Warehouse(settings.database_path) as warehouse:
        warehouse.load([visits(0)], run_id="r")
    words = [sys.executable, "-c", READER, str(settings.database_path), str(stays)]
    reader = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        reader.stdout.readline()
        if patience > stays:
            with opened(settings) as warehouse:
                assert warehouse.load([visits(1)], run_id="r").articles == 1
        else:
            began = time.monotonic()
            with pytest.raises(BusyError, match=f"process {reader.pid}"), opened(settings):
                pass
            assert time.monotonic() - began < 5
    finally:
        reader.kill()
        reader.communicate()


# --- an interrupted migration ---------------------------------------------------------------------

KILLED_AT_A_STATEMENT = """
import os, signal, sys
from warehouse import connection
kept, left = connection.run, int(sys.argv[2])
def run(opened, sql):
    global left
    for statement in opened.extract_statements(sql):
        opened.execute(statement).fetchall()
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
connection.run = run
from warehouse.store import Warehouse
with Warehouse(sys.argv[1]):
    pass
"""


def test_a_migration_that_is_killed_is_done_whole_the_next_time(tmp_path) -> None:
    whole = tmp_path / "whole.duckdb"
    with Warehouse(whole) as warehouse:
        wanted = schema(warehouse.connection)
    for statement in (1, 5, 40):
        path = tmp_path / f"{statement}.duckdb"
        assert python(KILLED_AT_A_STATEMENT, path, statement).returncode == -9
        with connect(str(path), read_only=False) as opened:
            tables = {name for (name,) in opened.execute(TABLES).fetchall()}
            applied = {name for (name,) in opened.execute("SELECT name FROM migration").fetchall()}
        assert bool(tables - {"migration"}) == bool(applied), "half a migration"
        with Warehouse(path) as warehouse:
            assert schema(warehouse.connection) == wanted
            assert warehouse.load([visits(0)], run_id="r").articles == 1


TABLES = "SELECT table_name FROM duckdb_tables()"
COLUMNS = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"


def schema(connection: duckdb.DuckDBPyConnection) -> list:
    names = connection.execute("SELECT name FROM migration ORDER BY 1").fetchall()
    return [names, connection.execute(f"{COLUMNS} ORDER BY ALL").fetchall()]


def test_what_the_database_cannot_do_is_one_line() -> None:
    """Damage that only shows while a query runs ends like any other failure of the disk."""
    from flows.cli.endings import ending

    line, code = ending(duckdb.IOException("Corrupt database file: computed checksum 1 ...\nmore"))
    assert (code, "\n" in line) == (74, False)
    assert issubclass(DiskError, QinqingError)
