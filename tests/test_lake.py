"""A lake answers as one database does, however many load it and whatever dies."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from flows.archive.archive import Archive
from flows.pipeline import archive_pages
from tests import catalogs, object_stores
from tests.synthetic import Site

ROOT = Path(__file__).parent.parent
PYTHON = Path(os.environ.get("QINQING_LAKE_PYTHON") or ROOT / ".venv-lake/bin/python")
if not PYTHON.exists():
    pytest.skip("the environment of a lake is not installed (make lake)", allow_module_level=True)

SECRETS = (catalogs.PASSWORD, object_stores.SECRET)


@pytest.fixture(scope="module")
def settings(qinqing, tmp_path_factory) -> Path:
    """A data folder whose archive was read in ten parts; some pages were then changed."""
    data = tmp_path_factory.mktemp("lake") / "data"
    archive_pages(Site(60).pages(), Archive(data / "archive"), "first")
    read(qinqing, data)
    changed = [replace(page, body=page.body.replace(b"1", b"2")) for page in Site(20).pages()]
    archive_pages(changed, Archive(data / "archive"), "second")
    read(qinqing, data)
    assert len(list((data / "parts").glob("*.parquet"))) == 14
    return data


def read(qinqing, data: Path) -> None:
    done = qinqing("reprocess", "--data", data, QINQING_BATCH_SIZE="6")
    assert done.returncode == 0, done.stderr


@pytest.fixture(params=["server", "folder"])
def lake(request, tmp_path, tmp_path_factory) -> Iterator[dict[str, str]]:
    """A catalog and a place for files; gives the environment that leads to them."""
    if request.param == "folder":
        yield {"QINQING_CATALOG": f"{tmp_path}/catalog", "QINQING_LAKE_FILES": f"{tmp_path}/files"}
        return
    if reason := catalogs.why_not() or object_stores.why_not():
        pytest.skip(reason)
    with ExitStack() as stack:
        where = stack.enter_context(catalogs.postgres())
        env = stack.enter_context(object_stores.s3_server(tmp_path_factory.mktemp("s3"), "lake"))
        env |= {"PGPASSWORD": catalogs.PASSWORD, "QINQING_CATALOG": f"postgres:{where}"}
        yield {**env, "QINQING_LAKE_FILES": "s3://lake/tables"}


def start(env: dict[str, str], *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PYTHON, "-m", *map(str, words)], cwd=ROOT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )  # fmt: skip


def done(env: dict[str, str], *words: object, code: int = 0) -> str:
    process = start(env, *words)
    out, err = process.communicate(timeout=240)
    assert process.returncode == code, err
    assert not any(secret in out + err for secret in SECRETS)
    return err if code else out


def answers(env: dict[str, str]) -> dict[str, list[str]]:
    return json.loads(done(env, "tests.lake_answers", "--lake"))


@pytest.fixture(scope="module")
def wanted(settings) -> dict[str, list[str]]:
    """What the one database says of the same pages."""
    command = [sys.executable, "-m", "tests.lake_answers", settings / "qinqing.duckdb"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)


def test_a_lake_answers_as_one_database_does(settings, lake, wanted, tmp_path) -> None:
    parts = settings / "parts"
    killed = start(lake, "flows", "lake", "load", parts)
    time.sleep(2.5)
    killed.kill()
    killed.communicate()
    several = "QINQING_CATALOG" in lake and lake["QINQING_CATALOG"].startswith("postgres:")
    loaders = [start(lake, "flows", "lake", "load", parts) for _ in range(3 if several else 1)]
    for loader in loaders:
        _, err = loader.communicate(timeout=240)
        assert loader.returncode == 0, err
    assert done(lake, "flows", "lake", "load", parts).startswith("0 parts appended, 14 known")
    assert done(lake, "flows", "lake", "tell", "--data", tmp_path).startswith("60 articles")
    assert answers(lake) == wanted
    assert len(wanted["measure"]) > 200
    assert any(wanted[f"query {name}"] for name in ("data_quality", "provenance"))
    (tmp_path / "told.duckdb").unlink()  # who tells the claims may be lost too
    done(lake, "flows", "lake", "tell", "--data", tmp_path)
    assert answers(lake) == wanted


def test_a_part_is_in_the_lake_when_it_is_told_and_not_before(settings, tmp_path) -> None:
    lake = {"QINQING_CATALOG": f"{tmp_path}/catalog", "QINQING_LAKE_FILES": f"{tmp_path}/files"}
    done(lake, "flows", "lake", "load", settings / "parts")
    assert "0" in done(lake, "flows", "query", "--lake", "SELECT count(*) AS n FROM fact")
    assert json.loads(done(lake, "flows", "query", "--lake", "--format", "jsonl", COUNT)) == {
        "n": 0
    }
    done(lake, "flows", "lake", "tell", "--data", tmp_path)
    told = json.loads(done(lake, "flows", "query", "--lake", "--format", "jsonl", COUNT))
    assert told == {"n": 60}
    out = tmp_path / "facts.csv"
    done(lake, "flows", "export", "--lake", "fact", out)
    assert out.read_text("utf-8-sig").count("\n") > 60


COUNT = "SELECT count(*) AS n FROM article"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM postgres_query('__ducklake_metadata_lake', 'SELECT 1')",
        "FROM query('SELECT 1')",
        "DROP TABLE lake.article",
    ],
)
def test_nothing_but_the_tables_can_be_read(lake_of_one, sql: str) -> None:
    assert done(lake_of_one, "flows", "query", "--lake", sql, code=EXIT[sql[:20]]).count("\n") == 1


EXIT = {
    "SELECT * FROM read_t": 2, "SELECT * FROM '/etc/": 1, "SELECT * FROM postgr": 2,
    "FROM query('SELECT 1": 2, "DROP TABLE lake.arti": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def lake_of_one(settings, tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("one")
    lake = {"QINQING_CATALOG": f"{folder}/catalog", "QINQING_LAKE_FILES": f"{folder}/files"}
    done(lake, "flows", "lake", "load", settings / "parts")
    return lake


def test_a_damaged_part_is_refused(settings, tmp_path) -> None:
    lake = {"QINQING_CATALOG": f"{tmp_path}/catalog", "QINQING_LAKE_FILES": f"{tmp_path}/files"}
    parts = tmp_path / "parts"
    parts.mkdir()
    for file in (settings / "parts").iterdir():
        (parts / file.name).write_bytes(file.read_bytes())
    victim = sorted(parts.glob("*.parquet"))[3]
    victim.write_bytes(victim.read_bytes().replace(b"\x00", b"\x01", 1))
    told = done(lake, "flows", "lake", "load", parts, code=1)
    assert f"the part {victim.name} is damaged" in told


@pytest.mark.parametrize(
    ("env", "code", "told"),
    [
        ({}, 78, "no catalog is set"),
        (
            {"QINQING_CATALOG": f"postgres:host=127.0.0.1 port=9 password={SECRETS[0]}"},
            74,
            "does not",
        ),
        ({"QINQING_CATALOG": "/nowhere/at/all"}, 74, "does not answer"),
    ],
    ids=["no catalog", "no server", "no folder"],
)
def test_a_lake_that_is_not_there_is_one_line(env, code, told, tmp_path) -> None:
    err = done(env, "flows", "lake", "load", tmp_path, code=code)
    assert (err.count("\n"), told in err) == (1, True), err


def test_without_its_extensions_a_lake_says_what_to_install(qinqing, tmp_path) -> None:
    if sys.executable == str(PYTHON):
        pytest.skip("this is the environment of a lake")
    told = qinqing("query", "--lake", "--catalog", tmp_path / "catalog", COUNT)
    assert (told.returncode, "make lake" in told.stderr) == (78, True), told.stderr
