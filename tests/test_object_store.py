"""Parts in a real S3 server: the same rows, nothing half written, no secret told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.archive.archive import Archive
from flows.pipeline import archive_pages
from tests.object_stores import s3_server, why_not
from tests.synthetic import Site

if why_not():
    pytest.skip(why_not(), allow_module_level=True)

SQL = "SELECT * EXCLUDE (run_id) FROM measure ORDER BY measure_id"


@pytest.fixture(scope="module")
def bucket(tmp_path_factory) -> Iterator[dict[str, str]]:
    """A bucket on a server of its own; gives the environment that leads to it."""
    with s3_server(tmp_path_factory.mktemp("s3"), "parts") as env:
        yield {**env, "QINQING_PARTS": "s3://parts/here"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Archive:
    archive = Archive(tmp_path_factory.mktemp("object_store") / "archive")
    archive_pages(Site(24).pages(), archive, "synthetic")
    return archive


def reprocess(qinqing, archive: Archive, data: Path, *words: str, **env: str):
    env |= {"QINQING_ARCHIVE": str(archive.root), "QINQING_BATCH_SIZE": "6"}
    return qinqing("reprocess", "--data", data, *words, timeout=240, **env)


def rows_of(data: Path) -> list:
    from warehouse.store import Warehouse

    with Warehouse(data / "qinqing.duckdb", read_only=True) as warehouse:
        return warehouse.connection.execute(SQL).fetchall()


def test_parts_in_a_bucket_give_the_same_rows(qinqing, archive, bucket, tmp_path) -> None:
    near = reprocess(qinqing, archive, tmp_path / "near")
    words = ("--engine", "processes", "--workers", "2")
    far = reprocess(qinqing, archive, tmp_path / "far", *words, **bucket)
    assert (near.returncode, far.returncode) == (0, 0), near.stderr + far.stderr
    assert rows_of(tmp_path / "far") == rows_of(tmp_path / "near")
    assert len(rows_of(tmp_path / "far")) > 50
    again = reprocess(qinqing, archive, tmp_path / "again", **bucket)  # the parts are there
    assert again.returncode == 0, again.stderr
    assert rows_of(tmp_path / "again") == rows_of(tmp_path / "near")


@pytest.mark.parametrize(
    "wrong",
    [
        {"AWS_SECRET_ACCESS_KEY": "closed-sesame"},
        {"FSSPEC_S3_ENDPOINT_URL": "http://127.0.0.1:9"},
    ],
    ids=["credentials", "server"],
)
def test_a_store_that_fails_is_one_line(qinqing, archive, bucket, tmp_path, wrong) -> None:
    done = reprocess(qinqing, archive, tmp_path, **{**bucket, **wrong})
    assert (done.returncode, done.stderr.count("\n")) == (74, 1), done.stderr
    assert "sesame" not in done.stderr
