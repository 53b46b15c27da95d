"""Work on a copy of the database, which takes the place of the old one in a single step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flows.one_run import opened
from flows.settings import Settings
from flows.whole_files import write_text
from warehouse.locks import WriterLock


@contextmanager
def beside(settings: Settings) -> Iterator[Settings]:
    """Give settings that lead to a copy of the database; the caller holds `only_run`.

    A copy that an earlier run left is taken up again, unless the database has changed since.
    """
    database = settings.database_path
    copy, mark = next_of(database), database.with_name(f"{database.name}.next.of")
    if database.exists() and not (copy.exists() and _read(mark) == _state(database)):
        with opened(settings) as warehouse:
            warehouse.publish(copy)
        write_text(mark, _state(database))
    yield replace(settings, database=copy)


def switch(settings: Settings) -> None:
    """Put the copy in the place of the database; readers of the old one keep it to their end."""
    database = settings.database_path
    with opened(replace(settings, database=next_of(database))) as warehouse:
        warehouse.connection.execute("CHECKPOINT").fetchall()
    with WriterLock(database):
        next_of(database).replace(database)
    for name in (".next.of", ".next.lock", ".next.run"):
        database.with_name(database.name + name).unlink(missing_ok=True)


def next_of(database: Path) -> Path:
    """Return where the copy of a database lies."""
    return database.with_name(f"{database.name}.next")


def _state(database: Path) -> str:
    log = database.with_name(f"{database.name}.wal")
    files = [path.stat() for path in (database, log) if path.exists()]
    return " ".join(f"{each.st_size}:{each.st_mtime_ns}" for each in files)


def _read(mark: Path) -> str | None:
    return mark.read_text("utf-8") if mark.exists() else None
