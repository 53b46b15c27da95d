"""A data folder and the command line in it, as a user runs it against a site on loopback."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flows.archive.archive import OPEN, Archive, Entry
from flows.archive.archive import scanned as records_of
from tests.synthetic import HOST
from warehouse.store import Warehouse

ROOT = Path(__file__).parent.parent
YEARS = ("--since", "2015", "--until", "2021")
ROWS = (
    "SELECT * EXCLUDE (run_id) FROM measure ORDER BY measure_id",
    "SELECT * EXCLUDE (run_id) FROM article ORDER BY article_id",
    "SELECT * FROM summary_quarter ORDER BY ALL",
)


class Home:
    """A data folder with its settings, and the ways to run the command line in it."""

    def __init__(self, folder: Path, address: str, *, gap: float = 0, cap: int = 1_000_000) -> None:
        self.data = folder / "data"
        rules = folder / "hosts.toml"
        rules.write_text(f'["{HOST}"]\ngap = {gap}\ndaily_cap = {cap}\n')
        self.env = {
            **os.environ,
            "QINQING_ROUTE": f"{HOST}:80={address}",
            "QINQING_HOSTS": str(rules),
            "QINQING_BATCH_SIZE": "25",
            "LANG": "C.UTF-8",
        }

    def start(self, *words: object) -> subprocess.Popen:
        command = [sys.executable, "-m", "flows", *map(str, words), "--data", str(self.data)]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: object, code: int = 0) -> str:
        process = self.start(*words)
        out, err = process.communicate(timeout=300)
        assert process.returncode == code, f"{process.returncode}: {out}{err}"
        return out + err

    def rows(self) -> list[list]:
        with Warehouse(self.data / "qinqing.duckdb", read_only=True) as warehouse:
            return [warehouse.connection.execute(sql).fetchall() for sql in ROWS]

    def asked_in_full(self) -> set[str]:
        """The addresses of every page that lies whole in the archive, in open files too."""
        root = self.data / "archive"
        found = [entry.url for entry in Archive(root).entries()]
        for path in root.glob(f"*{OPEN}"):
            if path.name.endswith(f".gz{OPEN}"):
                found += [one.url for one in records_of(root, path) if isinstance(one, Entry)]
        return {url.removeprefix(f"http://{HOST}") for url in found}


def wait_for(happened: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)
