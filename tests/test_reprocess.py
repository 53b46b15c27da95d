"""Reading an archive again, all at once: the old reading of everything, then the new one."""

import signal

import pytest

from flows.archive.archive import Archive
from flows.pipeline import archive_pages
from tests.homes import Home, wait_for
from tests.synthetic import Site
from warehouse.store import Warehouse

OLD = "0.0.1"


@pytest.fixture
def home(tmp_path) -> Home:
    """A site that was read by rules of long ago."""
    home = Home(tmp_path, "127.0.0.1:9")
    home.env |= {"QINQING_BATCH_SIZE": "10"}
    archive_pages(Site(300).pages(), Archive(home.data / "archive"), "first")
    home.run("reprocess")
    with Warehouse(home.data / "qinqing.duckdb") as warehouse:
        warehouse.connection.execute("UPDATE article SET extractor_version = ?", [OLD]).fetchall()
        warehouse.connection.execute("UPDATE measure SET rule = ?", [OLD]).fetchall()
    for part in (home.data / "parts").iterdir():
        part.unlink()
    return home


def rules(home: Home) -> set[str]:
    with Warehouse(home.data / "qinqing.duckdb", read_only=True) as warehouse:
        sql = "SELECT DISTINCT rule = ? FROM measure"
        return {old for (old,) in warehouse.connection.execute(sql, [OLD]).fetchall()}


def parts(home: Home) -> int:
    return len(list((home.data / "parts").glob("*.parquet")))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_all_is_read_anew_at_once_or_nothing_is(home: Home, end: signal.Signals) -> None:
    assert rules(home) == {True}
    process = home.start("reprocess", "--at-once")
    wait_for(lambda: parts(home) >= 8 or process.poll() is not None)
    assert rules(home) == {True}  # whoever reads meanwhile
    process.send_signal(end)
    process.communicate(timeout=120)
    assert process.returncode in {-signal.SIGKILL, 130}
    assert rules(home) == {True}
    read = parts(home)
    home.run("reprocess", "--at-once")
    assert rules(home) == {False}
    assert parts(home) == 30
    assert read >= 8
    left = {path.name for path in home.data.iterdir() if ".next" in path.name}
    assert left == set()
    assert rules(home) == {False}


def test_a_copy_of_what_has_changed_since_is_not_taken_up(home: Home) -> None:
    process = home.start("reprocess", "--at-once")
    wait_for(lambda: parts(home) >= 3)
    process.kill()
    process.communicate(timeout=60)
    with Warehouse(home.data / "qinqing.duckdb") as warehouse:
        warehouse.connection.execute(
            "INSERT INTO suppress VALUES ('gxjjw/1', 'asked', '2021-01-01')"
        )
    home.run("reprocess", "--at-once")
    with Warehouse(home.data / "qinqing.duckdb", read_only=True) as warehouse:
        assert warehouse.connection.execute("SELECT count(*) FROM suppress").fetchall() == [(1,)]
    assert rules(home) == {False}
