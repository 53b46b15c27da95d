"""Let one run at a time write to an archive and a database, and say who holds them."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flows.settings import Settings
from transforms.errors import BusyError, CannotCreateError
from warehouse.store import Warehouse

PATIENCE = 60.0  # seconds to wait for somebody who holds the database for a moment


@contextmanager
def only_run(settings: Settings, run_id: str) -> Iterator[None]:
    """Hold archive and database from here to the end; raise BusyError where another run does.

    The kernel frees both when the process dies, however it dies.
    """
    database = settings.database_path
    with ExitStack() as stack:
        for path in (
            settings.archive_path / "run.lock",
            database.with_name(database.name + ".run"),
        ):
            stack.enter_context(_held(path, run_id))
        yield


@contextmanager
def _held(path: Path, run_id: str) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise CannotCreateError(
            f"cannot create {path}: {error.strerror}; see qinqing doctor"
        ) from None
    try:
        _lock(descriptor, path)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{run_id} (process {os.getpid()})".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
        raise BusyError(
            f"{path.parent} is in use by the run {holder or 'of another process'}; "
            "wait for it to end, or stop it: it can be resumed"
        ) from None


@contextmanager
def opened(settings: Settings, limits: dict[str, str] | None = None) -> Iterator[Warehouse]:
    """Open the database for writing; wait a while for one who holds it for a moment."""
    with _patiently(settings.database_path, read_only=False, limits=limits) as warehouse:
        yield warehouse


@contextmanager
def reading(settings: Settings) -> Iterator[Warehouse]:
    """Open the database for reading; wait a while for a load to end."""
    with _patiently(settings.database_path, read_only=True) as warehouse:
        yield warehouse


def _patiently(path: Path, *, read_only: bool, limits: dict[str, str] | None = None) -> Warehouse:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return Warehouse(path, read_only=read_only, limits=limits)
        except BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
