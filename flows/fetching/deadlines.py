"""A deadline that holds: one thread shuts the socket of a request whose time is up.

Time-outs of a socket count from byte to byte, so a server that drips one now and then holds a
client for ever. Only shutting the connection from outside ends that, in headers as in bodies.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from types import TracebackType
from typing import Self


class Deadline:
    """The time one request may take: `with Deadline(seconds) as deadline:` watches its socket."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds
        self.fired = False
        self._handle: socket.socket | None = None
        self._lock = threading.Lock()

    def left(self) -> float:
        """Return the seconds that are left, never less than a millisecond."""
        return max(0.001, self.at - time.monotonic())

    def watch(self, connection: socket.socket) -> None:
        """Shut this connection at the deadline.

        A duplicate of the descriptor is kept: TLS detaches the socket it wraps, and the duplicate
        still shuts the connection.
        """
        with self._lock:
            self._drop()
            self._handle = socket.socket(fileno=os.dup(connection.fileno()))
            if self.fired:
                _shut(self._handle)

    def fire(self) -> None:
        """End the request now."""
        with self._lock:
            self.fired = True
            if self._handle is not None:
                _shut(self._handle)

    def _drop(self) -> None:
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    def __enter__(self) -> Self:
        _WATCHDOG.add(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _WATCHDOG.remove(self)
        with self._lock:
            self._drop()


class _Watchdog:
    """The thread that fires deadlines; it starts with the first one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._active: set[Deadline] = set()
        self._wakes_at = float("inf")
        self._thread: threading.Thread | None = None

    def add(self, deadline: Deadline) -> None:
        with self._changed:
            self._active.add(deadline)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
            elif deadline.at < self._wakes_at:
                self._changed.notify()

    def remove(self, deadline: Deadline) -> None:
        with self._changed:
            self._active.discard(deadline)

    def _run(self) -> None:
        while True:
            for deadline in self._due():
                deadline.fire()

    def _due(self) -> list[Deadline]:
        with self._changed:
            now = time.monotonic()
            due = [deadline for deadline in self._active if deadline.at <= now]
            self._active.difference_update(due)
            if due:
                return due
            # With nothing to watch it sleeps on: a request that comes and goes wakes nobody.
            self._wakes_at = min((each.at for each in self._active), default=float("inf"))
            seconds = None if self._wakes_at == float("inf") else self._wakes_at - now
            self._changed.wait(seconds)
            return []


_WATCHDOG = _Watchdog()


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
