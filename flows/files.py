"""Read a page or a text from a file or standard input, for `extract`, `explain`, `why-not`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from transforms.errors import InputError, UsageError
from transforms.model import Reading

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Told:
    """What the user tells of a file; a page's own words about title, date and source come first."""

    url: str | None = None
    site: str | None = None
    published: str | None = None
    title: str = ""
    source: str | None = None


def read_file(file: Path, told: Told) -> Reading:
    """Read an HTML page or a plain text; raises InputError, UsageError and PageError."""
    if told.site:
        _known(told.site)
    data, moment = bytes_of(file), moment_of(told.published)
    if looks_like_html(data):
        return _read_page(data, file, told)
    from transforms.reading import read_text

    return read_text(
        _decoded(data, file),
        title=told.title,
        source=told.source,
        published_at=moment,
        site=told.site,
        url=told.url,
    )


def looks_like_html(data: bytes) -> bool:
    """Say whether the bytes are a page rather than a text."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") or b"<html" in head or b"<body" in head


def bytes_of(file: Path) -> bytes:
    """Return the bytes of a file, or of standard input for `-`."""
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot read {file}: {error.strerror}; give an existing file or -"
        ) from error


def words_of(error: Exception) -> str:
    """Return what an error says without the file that it names again."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def moment_of(published: str | None) -> datetime | None:
    """Read YYYY-MM-DD, with or without a time, as a moment in Asia/Shanghai."""
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError as error:
        raise UsageError(f"--published {published!r} is not a date; write YYYY-MM-DD") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _known(site: str) -> None:
    from transforms.sites import all_sites

    if site not in all_sites():
        raise UsageError(f"no site is called {site!r}; known: {', '.join(all_sites())}")


def _read_page(data: bytes, file: Path, told: Told) -> Reading:
    from transforms.model import Snapshot
    from transforms.pages.pages import read_page
    from transforms.reading import read_article

    return read_article(read_page(Snapshot(url=told.url or file.name, body=data), told.site))


def _decoded(data: bytes, file: Path) -> str:
    from transforms.pages.encoding import decode

    decoded = decode(data)
    if decoded.broken:
        raise InputError(f"{file} is neither UTF-8 nor GB18030 text; convert it and try again")
    return decoded.text
