"""What a process and all that it started take: CPU, and at most how much memory together."""

from __future__ import annotations

import os
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LOOK = 0.1  # seconds between two looks


class Watched:
    """A running command, looked at until it ends; to look at memory takes a few % of a core."""

    def __init__(self, process: subprocess.Popen, *, memory: bool) -> None:
        self.megabytes, self._seconds, self._memory = 0, dict[int, float](), memory
        self._process, self._over = process, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    @property
    def cpu(self) -> float:
        """Seconds of processors of all processes, those that ended before too."""
        return sum(self._seconds.values())

    def end(self) -> str:
        """Wait for the command; return what it said on stderr, and fail where it failed."""
        _, told = self._process.communicate()
        self._over.set()
        self._thread.join()
        assert self._process.returncode == 0, told
        return told

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            members = family(self._process.pid)
            for pid in members:
                with suppress(OSError):
                    self._seconds[pid] = cpu_of(pid)
            if self._memory:
                self.megabytes = max(self.megabytes, sum(map(pss, members)) // 1024)


def family(pid: int) -> list[int]:
    """Return a process and all that it started, from whichever of its threads."""
    children: list[int] = []
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            children += map(int, told.read_text().split())
    return [pid, *(one for child in children for one in family(child))]


def cpu_of(pid: int) -> float:
    """Return the seconds of processors that a process has used, in user and system mode."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def pss(pid: int) -> int:
    """Return a process's memory in KB, what is shared counted in part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
