"""What several tests share: the command line as a user runs it, and one loaded sample warehouse."""

import atexit
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# On CI the examples are the same from run to run: what it says is of the change, not of the dice.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]
EXIT_STATUS: pytest.StashKey[int] = pytest.StashKey()


@pytest.fixture(scope="session")
def qinqing() -> Run:
    """Run `qinqing WORDS…` in a process of its own."""

    def run(*words: object, timeout: float = 120, stdin: str | None = None, **env: str):
        return subprocess.run(
            [sys.executable, "-m", "flows", *map(str, words)],
            capture_output=True,
            text=True,
            timeout=timeout,
            input=stdin,
            cwd=ROOT,
            env={**os.environ, **env},
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the bundled samples were ingested, without Prefect."""
    from flows.discovery.sources import sample_snapshots
    from flows.pipeline import ingest_pages
    from flows.settings import Settings

    data = tmp_path_factory.mktemp("samples")
    ingest_pages(sample_snapshots(), Settings(data=data))
    return data


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave before the interpreter ends: DuckDB's binding calls what threads hold leaks."""
    if "duckdb" in sys.modules and not hasattr(config, "workerinput"):
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash.get(EXIT_STATUS, 0))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[EXIT_STATUS] = int(exitstatus)
