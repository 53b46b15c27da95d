"""A Prefect server of our own on this machine alone, for those who have none."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from transforms.errors import EngineError

PATIENCE = 180.0  # seconds; the first start of all makes its database
STOP = 15.0


@contextmanager
def server_near(home: Path) -> Iterator[str]:
    """Give the address of the server that is set, or of one that runs until the block ends.

    Must be entered before Prefect is imported. Raises EngineError where the server does not start.
    """
    if "PREFECT_API_URL" in os.environ:
        yield os.environ["PREFECT_API_URL"]
        return
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    words = ("-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port))
    with (home / "server.log").open("ab") as log:
        # A session of its own: an interrupt from the keyboard is ours to hear first.
        server = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, *words], stdout=log, stderr=log, start_new_session=True, cwd=home
        )
    try:
        _await(server, url, home / "server.log")
        os.environ["PREFECT_API_URL"] = url
        yield url
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        _end(server)


def _await(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            if requests.get(f"{url}/health", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.3)
    raise EngineError(f"Prefect's server does not start; see {log}")


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(STOP)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
