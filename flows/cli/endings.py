"""Turn whatever went wrong into one line that says what to do, and an exit code."""

from __future__ import annotations

import errno
import re

import click

from transforms.errors import QinqingError

FAILED, CANNOT_CREATE, IO_ERROR = 1, 73, 74
FULL = {errno.ENOSPC, errno.EDQUOT}
# The place is wrong or not ours: another place helps.
PLACE = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EEXIST,
    errno.ENAMETOOLONG,
    errno.ELOOP,
}
NUMBER = re.compile(r"\[Errno [0-9]{1,5}\] ")  # of an error of the system, before its words
FILE = re.compile(r'file \\?"([^"\\]{1,4096})')  # as DuckDB names it, at times within JSON


def ending(error: Exception) -> tuple[str, int]:
    """Return the line and the exit code for an error."""
    if isinstance(error, click.ClickException):
        return _usage(error), error.exit_code
    if isinstance(error, QinqingError):
        return _one_line(error), error.exit_code
    if (cause := _of_the_system(error)) is not None:
        return _system(cause)
    if isinstance(error, MemoryError):
        return (
            "out of memory; lower batch_size or workers in qinqing.toml, or narrow the query",
            IO_ERROR,
        )
    if type(error).__module__.endswith("duckdb"):
        return _database(error)
    return _bug(error), FAILED


def _of_the_system(error: BaseException) -> OSError | None:
    """Return the system's own error, where this is it or a full disk lies beneath."""
    if isinstance(error, OSError) and error.errno is not None:
        return error
    beneath: BaseException | None = error
    while beneath is not None:
        if isinstance(beneath, OSError) and beneath.errno in FULL:
            return beneath
        beneath = beneath.__cause__ or beneath.__context__
    return None


def _system(error: OSError) -> tuple[str, int]:
    path, cause = error.filename, error.strerror or str(error)
    if error.errno in FULL:
        return _full(path or cause), IO_ERROR
    if not path:
        return f"cannot read or write: {cause}; see qinqing doctor", IO_ERROR
    if error.errno in PLACE:
        where = f"cannot create {path}: {cause}"
        return f"{where}; choose a place you may write to, see qinqing doctor", CANNOT_CREATE
    return f"cannot read or write {path}: {cause}; see qinqing doctor", IO_ERROR


def _database(error: Exception) -> tuple[str, int]:
    """DuckDB's errors carry no number of the system, only its words."""
    words, cause = str(error), str(error).splitlines()[0]
    if "No space left" in words:
        file = FILE.search(words)
        return _full(file[1] if file else cause), IO_ERROR
    kind = type(error).__name__
    if kind in {"IOException", "OutOfMemoryException", "FatalException"}:
        return f"the database failed: {cause}; see qinqing doctor", IO_ERROR
    return _bug(error), FAILED


def _full(where: str) -> str:
    return f"the disk is full: {where}; free some space, then the same command goes on"


def _bug(error: Exception) -> str:
    what = f"{type(error).__name__}: {_one_line(error)}"
    return f"{what}; this is a bug, run again with QINQING_DEBUG=1 for the traceback"


def _usage(error: click.ClickException) -> str:
    message = _one_line(error.format_message())
    context = getattr(error, "ctx", None)
    return f"{message} (see {context.command_path} --help)" if context else message


def _one_line(message: object) -> str:
    return NUMBER.sub("", " ".join(str(message).split()))
