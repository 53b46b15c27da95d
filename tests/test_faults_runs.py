"""Runs under a wrong clock, a changed layout or a signal tell the truth and give the same rows."""

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.homes import ROWS, YEARS, Home, wait_for
from tests.synthetic import Site, served
from warehouse.store import Warehouse

ROOT = Path(__file__).parent.parent
LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


def content(data: Path) -> list[list]:
    with Warehouse(data / "qinqing.duckdb", read_only=True) as warehouse:
        return [warehouse.connection.execute(sql).fetchall() for sql in ROWS]


# --- time -----------------------------------------------------------------------------------------


@pytest.mark.faults
@pytest.mark.skipif(not LIBRARIES, reason="libfaketime is not installed (the package faketime)")
@pytest.mark.parametrize(
    "clock", ["1999-12-31 23:59:50", "2019-02-28 10:00:00", "2031-06-01 10:00:00"]
)
def test_a_wrong_clock_changes_no_row(qinqing, sample_data, tmp_path, clock) -> None:
    env = {"LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME": clock}
    done = qinqing("ingest", "--from", "samples", "--data", tmp_path, **env)
    assert done.returncode == 0, done.stderr
    assert content(tmp_path) == content(sample_data)
    with Warehouse(tmp_path / "qinqing.duckdb", read_only=True) as warehouse:
        [(year,)] = warehouse.connection.execute("SELECT year(started_at) FROM run").fetchall()
    assert abs(year - int(clock[:4])) <= 1  # what a run says of itself is of the clock


# --- a changed layout -----------------------------------------------------------------------------


class Renamed(Site):
    """A site whose pages no longer hold what its layouts look for, nor anything like an article."""

    def page(self, number: int) -> bytes:
        whole = super().page(number).decode("gb18030")
        text = re.sub(r"<(?!/?(?:html|head|body|meta|title)\b)[^>]{0,300}>", " ", whole)
        words = re.sub(r"[\u4e00-\u9fff，。；：“”]", "", text.partition("<body")[2])
        return f"<html><body><div class=app data-v-1>{words[:200]}</div></body></html>".encode()


def test_a_site_that_changed_its_layout_is_never_green(tmp_path) -> None:
    with served(Renamed(12)) as (address, _):
        home = Home(tmp_path, address)
        told = home.run("backfill", *YEARS, code=3)
        assert "empty" in told
        [run] = json.loads(home.run("status", "--json"))["runs"]
        assert run["status"] == "empty"
        checked = home.start("status", "--check")
        checked.communicate(timeout=60)
        assert checked.returncode == 3  # a monitor is told


# --- signals --------------------------------------------------------------------------------------


@pytest.mark.faults
@pytest.mark.parametrize(
    ("first", "second"),
    [(signal.SIGTERM, None), (signal.SIGINT, signal.SIGINT)],
)
def test_a_signal_ends_in_order_and_the_second_at_once(tmp_path, first, second) -> None:
    site = Site(25)
    with served(site) as (address, asked):
        home = Home(tmp_path, address, gap=0.3 if second else 0.05)
        process = home.start("backfill", *YEARS)
        wait_for(lambda: sum("/staticpages/" in path for path in asked) > 3)
        process.send_signal(first)
        if second:
            assert "once more" in process.stderr.readline()
            process.send_signal(second)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 130, out + err
        assert "Traceback" not in err
        assert "the same command" in err
        held = home.asked_in_full()
        assert 3 <= len(held) < site.count
        before = dict(asked)
        Home(tmp_path, address).run("backfill", *YEARS)
        assert not [path for path in held if asked[path] > before[path]]
        assert len(home.rows()[1]) == site.count


# --- the lock file --------------------------------------------------------------------------------


def test_everything_asked_for_is_locked_by_version_and_hash() -> None:
    from packaging.requirements import Requirement

    text = (ROOT / "requirements.txt").read_text("utf-8")
    locked = dict(re.findall(r"^([a-z0-9][a-z0-9._-]{0,60})==([^\s;\\]{1,40})", text, re.MULTILINE))
    hashed = re.findall(
        r"^([a-z0-9][a-z0-9._-]{0,60})==[^\n]{1,200}\\\n\s+--hash=sha256:", text, re.MULTILINE
    )
    assert set(hashed) == set(locked)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in map(Requirement, project["dependencies"]):
        assert wanted.specifier.contains(locked[wanted.name.lower()]), wanted


def test_the_gate_installs_from_the_lock_and_runs_flows() -> None:
    make = (ROOT / "Makefile").read_text("utf-8")
    assert make.count("--require-hashes -r requirements") == 3
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    flows = (ROOT / "tests" / "test_flows.py").read_text("utf-8")
    assert "--prefect" in flows  # a real flow under a real server


def test_the_program_starts_without_a_network_or_an_orchestrator(tmp_path) -> None:
    """Nothing of Prefect is imported where no flow is asked for."""
    code = "import sys; from flows.__main__ import main; main(sys.argv[1:])"
    code += "; print('prefect' in sys.modules)"
    words = ("ingest", "--from", "samples", "--data", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PREFECT_API_URL": "http://127.0.0.1:9/api"},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "False", done.stderr
