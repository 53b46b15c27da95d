"""What Prefect is told before it is imported: no telemetry, a home of its own, patience."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
}

ROOM = 10_000_000  # bytes that its records need at least


def prepare_prefect(data: Path) -> None:
    """Set what is not set yet; without a server of its own a run keeps its records in `data`."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if "PREFECT_API_URL" not in os.environ:
        home = (data / "prefect").absolute()
        home.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(home).free < ROOM:
            # Its server would wait for a database that it cannot make, and say nothing.
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(home))
        os.environ.setdefault("PREFECT_HOME", str(home))
