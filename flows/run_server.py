"""Prefect's server as a single run needs it: it keeps records, and does nothing by the second."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from prefect.server.api import server


def create_app() -> FastAPI:
    """Return Prefect's application without its worker for chores; it ends with who started it.

    That worker looks for work some twenty times a second, though schedules, late runs and work
    queues are those of a server that stays.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    server.background_worker = _no_chores  # type: ignore[attr-defined] # its own import
    return server.create_app(ephemeral=True, final=True)


@asynccontextmanager
async def _no_chores(*_: object, **__: object) -> AsyncIterator[None]:
    yield


def _end_with_parent() -> None:
    sys.stdin.buffer.read()  # ends when the other end of the pipe does, however it ends
    os.kill(os.getpid(), signal.SIGTERM)
