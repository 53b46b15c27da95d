"""A limit on the time that one page may take to read, wherever it is read."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfTimeError(BaseException):
    """The limit is reached; not an Exception, so that no rule takes it for a fault of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError in the block when it takes longer.

    In a main thread an alarm interrupts regular expressions too; in another (a Dask worker's)
    Python code alone is interrupted, and what hangs below it ends with its process.
    """
    if threading.current_thread() is threading.main_thread():
        with _alarm(seconds):
            yield
    else:
        with _timer(seconds):
            yield


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _timer(seconds: float) -> Iterator[None]:
    thread, turn, over = threading.get_ident(), threading.Lock(), False

    def ring() -> None:
        with turn:
            if not over:
                raised = ctypes.py_object(OutOfTimeError)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with turn:  # nothing rings once the block has ended
            over = True
        timer.cancel()
