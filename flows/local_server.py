"""A Prefect server of our own on this machine alone, for those who have none."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import requests

from flows.orchestration import prepare_prefect
from flows.speech.speech import discreet
from transforms.errors import EngineError

PATIENCE = 180.0  # seconds; the first start of all makes its database
STOP = 15.0
ROOT = Path(__file__).resolve().parents[1]  # of our packages
WHOLE = ("prefect", "server", "start")
APP = "flows.run_server:create_app"
BRIEF = ("uvicorn", "--factory", APP, "--app-dir", str(ROOT), "--log-level", "error")
# What only those who watch a server, or set rules for its events, have any use of.
UNWATCHED = {
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED": "false",
    "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED": "false",
}


@contextmanager
def prefect_for_a_run(data: Path) -> Iterator[None]:
    """Let flows run in the block: on the server that is set, or on a small one meanwhile.

    Must be entered before Prefect is imported. Raises EngineError where the server does not start
    or answer.
    """
    prepare_prefect(data)
    with ExitStack() as stack:
        if stack.enter_context(_server(data / "prefect", BRIEF, UNWATCHED)):
            stack.enter_context(_without_heartbeats())
        try:
            yield
        except RuntimeError as error:  # Prefect has no error of its own for this
            if not str(error).startswith("Failed to reach API"):
                raise
            where = discreet(os.environ["PREFECT_API_URL"])
            raise EngineError(
                f"no Prefect server answers at {where}; start it, or unset PREFECT_API_URL"
            ) from None


@contextmanager
def server_near(home: Path) -> Iterator[str]:
    """Give the address of the server that is set, or of one that runs until the block ends.

    Must be entered before Prefect is imported. Raises EngineError where the server does not start.
    """
    with _server(home, WHOLE, {}) as started:
        yield started or os.environ["PREFECT_API_URL"]


@contextmanager
def _server(home: Path, words: Sequence[str], more: dict[str, str]) -> Iterator[str | None]:
    if "PREFECT_API_URL" in os.environ:
        yield None
        return
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    command = (sys.executable, "-m", *words, "--host", "127.0.0.1", "--port", str(port))
    with (home / "server.log").open("ab") as log:
        # A session of its own: an interrupt from the keyboard is ours to hear first.
        server = subprocess.Popen(  # noqa: S603 - our own words
            command,
            stdin=subprocess.PIPE,  # open for as long as we are here
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=home,
            env={**os.environ, **more},
        )
    os.environ["PREFECT_API_URL"] = url
    try:
        import prefect  # noqa: F401 - it takes as long as half the server's start

        _await(server, url, home / "server.log")
        yield url
    finally:
        del os.environ["PREFECT_API_URL"]
        _end(server)


def _without_heartbeats() -> AbstractContextManager[object]:
    """Let no flow wait a second for its heart to stop: nobody listens to it."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    return temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})


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
