"""Give readers a copy that a writer cannot lock, and set a damaged log aside."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from transforms.errors import DiskError
from warehouse.connection import Connection, connect
from warehouse.locks import WriterLock


def publish(connection: Connection, database: Path, target: Path) -> None:
    """Copy the database, whole, to `target` in one step; whoever reads the old copy keeps it."""
    connection.execute("CHECKPOINT")
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(database, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def repair(database: Path) -> Path | None:
    """Set a damaged write-ahead log aside and open the file without it.

    Returns where the log went, or None where nothing was wrong. What only the log held is lost from
    the file and comes back with the next load of its pages; a damaged file itself raises DiskError:
    move it away and rebuild it from the archive.
    """
    with WriterLock(database):
        if _opens(database):
            return None
        log = database.with_name(database.name + ".wal")
        if log.exists():
            aside = log.with_name(f"{log.name}.damaged")
            log.replace(aside)
            if _opens(database):
                return aside
        raise DiskError(f"{database.name} is damaged: move it away and rebuild it from the archive")


def _opens(database: Path) -> bool:
    try:
        with connect(str(database), read_only=False) as connection:
            connection.execute("SELECT count(*) FROM article").fetchall()
    except (duckdb.Error, DiskError):
        return False
    return True
