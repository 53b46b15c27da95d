"""`qinqing extract`: what pages or texts say, as JSON lines."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transforms.errors import InputError, PageError, UsageError

if TYPE_CHECKING:
    from transforms.model import Reading

CHINA = timezone(timedelta(hours=8))


@click.command("extract")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--published", metavar="DATE", help="day of publication of a text, YYYY-MM-DD[THH:MM]")
@click.option("--url", help="the address the page was saved from")
@click.option("--site", metavar="NAME", help="site profile to read pages with [by URL]")
@click.option("--title", default="", help="headline of a text")
@click.option("--source", help="organ or site that published a text")
@click.option("--text", is_flag=True, help="print the text of each article too")
def command(
    files: tuple[Path, ...],
    published: str | None,
    url: str | None,
    site: str | None,
    title: str,
    source: str | None,
    *,
    text: bool,
) -> int:
    """Read HTML pages or plain texts (FILE… or - for stdin) and print JSON lines.

    \b
    First a line {"type": "article", …}, then {"type": "measure", …} and {"type": "programme", …}.
    Example: qinqing extract page.shtml --url http://www.gxjjw.gov.cn/staticpages/…
             echo 今年以来，全县走访企业150余家。 | qinqing extract - --published 2021-03-29
    """
    from transforms.records import reading_records

    moment = _moment(published)
    status = 0
    for file in files or (Path("-"),):
        try:
            reading = _read(_bytes_of(file), file, (url, site, title, source), moment)
        except PageError as error:
            print(f"error: {file}: {error}", file=sys.stderr)
            status = 1
            continue
        for record in reading_records(reading, text=text):
            print(json.dumps(record, ensure_ascii=False))
    return status


def _read(
    data: bytes, file: Path, told: tuple[str | None, str | None, str, str | None], moment: datetime | None
) -> Reading:
    from transforms.reading import read_article, read_text

    url, site, title, source = told
    if not looks_like_html(data):
        return read_text(
            _decode(data, file), title=title, source=source, published_at=moment, site=site, url=url
        )
    from transforms.model import Snapshot
    from transforms.pages import read_page

    article = read_page(Snapshot(url=url or address_of(file), body=data), site)
    return read_article(article)


def looks_like_html(data: bytes) -> bool:
    """Say whether the bytes are a page rather than a text."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") or b"<html" in head or b"<body" in head


def address_of(file: Path) -> str:
    """Guess the address of a saved gxjjw page from its name; else its own name."""
    return file.name


def _bytes_of(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}; give an existing file or -") from error


def _decode(data: bytes, file: Path) -> str:
    from transforms.encoding import decode

    text = decode(data).text
    if "�" in text:
        raise InputError(f"{file} is neither UTF-8 nor GB18030 text")
    return text


def _moment(published: str | None) -> datetime | None:
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError as error:
        raise UsageError(f"--published {published!r} is not a date; write YYYY-MM-DD") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
