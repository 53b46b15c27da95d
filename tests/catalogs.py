"""A PostgreSQL of its own on loopback, from the packages of the system."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.object_stores import free_port

FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
INITDB = FOUND[-1] if FOUND else Path(shutil.which("initdb") or "/nowhere/initdb")
PASSWORD = "sesame-too"


def why_not() -> str | None:
    """Say what is missing for a server, if anything is."""
    return None if INITDB.exists() else "PostgreSQL is not installed (apt-get install postgresql)"


def run(name: str, *words: object) -> None:
    """Run a program of the server; it refuses to be root."""
    who = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    command = [INITDB.with_name(name), *map(str, words)]
    # The server inherits what is open: a pipe would never end.
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **who
    )


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server with an empty database; gives the words of a connection to it."""
    folder = Path(tempfile.mkdtemp(prefix="qinqing-postgres-"))
    try:
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            shutil.chown(secret, "postgres", "postgres")
        run("initdb", "-D", folder / "data", "-U", "qinqing", "-E", "UTF8", "--no-locale",
            "-A", "scram-sha-256", f"--pwfile={secret}")  # fmt: skip
        port = free_port()
        options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
        run("pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield f"dbname=postgres host=127.0.0.1 port={port} user=qinqing"
        finally:
            run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
