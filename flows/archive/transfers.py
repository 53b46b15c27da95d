"""Pages in from WARC files of others, pages out into one WARC file for others."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from flows import PRODUCT
from flows.archive import members, warc
from flows.archive.archive import OPEN, Archive, Entry, newest_of
from flows.files import words_of
from transforms.errors import ArchiveError, InputError
from transforms.model import Snapshot

HEAD = 1 << 16  # bytes that the headers of a plain record may take


@dataclass(slots=True)
class Import:
    """What an import met: pages taken, records that are no pages, why others were refused."""

    pages: int = 0
    others: int = 0
    refused: list[str] = field(default_factory=list)


def warc_snapshots(path: Path, met: Import | None = None) -> Iterator[Snapshot]:
    """Yield the whole pages of a .warc or .warc.gz; what is damaged or wrong is refused and told.

    Length, digests, codings and the end of each gzip member are checked; a record whose digest is
    wrong is refused. Raises InputError where the file cannot be read or holds no WARC at all.
    """
    met = met if met is not None else Import()
    for record in _records(path, met):
        if record.kind not in {"response", "resource"} or not record.url.startswith("http"):
            met.others += 1
            continue
        try:
            snapshot = warc.snapshot_of(record)
        except ArchiveError as error:
            met.refused.append(str(error))
            continue
        if snapshot.status == 200:  # noqa: PLR2004 - OK
            met.pages += 1
            yield snapshot
        else:
            met.others += 1


def _records(path: Path, met: Import) -> Iterator[warc.Record]:
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == members.MAGIC[:2]
        found = members.members(path) if packed else _plain_members(path)
        first = next(found, None)
        if first is None or not (first.data or b"WARC/").startswith(b"WARC/"):
            raise InputError(f"{path} is no WARC file")
        for member in chain([first], found):
            yield from _whole_records(member, met)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {words_of(error)}") from error


def _whole_records(member: members.Member, met: Import) -> Iterator[warc.Record]:
    try:
        yield from warc.records_of(members.data_of(member))
    except ArchiveError as error:
        met.refused.append(f"at {member.offset}: {error}")


def _plain_members(path: Path) -> Iterator[members.Member]:
    """Yield the records of a plain file; what follows a damaged one cannot be found again."""
    with path.open("rb") as stream:
        while True:
            offset, head = stream.tell(), _head(stream)
            if not head.strip():
                return
            if not head.lstrip().startswith(b"WARC/"):
                yield members.Member(offset, len(head), head)  # nothing that a reader would take
                return
            length = re.search(rb"(?i)\r\ncontent-length:\s{0,8}([0-9]{1,12})\r\n", head)
            size = int(length[1]) if length else 0
            if not length or size > members.LARGEST:
                yield members.Member(offset, len(head), None, "no length, or larger than any page")
                return
            block = stream.read(size)
            stream.read(4)
            yield members.Member(offset, stream.tell() - offset, head + block)


def _head(stream: BinaryIO) -> bytes:
    head = bytearray()
    while len(head) < HEAD:
        line = stream.readline(HEAD)
        head += line
        if not line or (line == b"\r\n" and head.strip()):
            break
    return bytes(head)


def export_warc(
    archive: Archive, wanted: Callable[[Entry], bool], target: Path
) -> tuple[int, list[str]]:
    """Write the newest copy of each page that is wanted to one new WARC file, each page whole.

    Returns how many were written and why others were not. Raises ArchiveError where the target
    exists or cannot be written.
    """
    if target.exists():
        raise ArchiveError(f"{target} exists already")
    chosen = newest_of(entry for entry in archive.entries() if wanted(entry))
    temporary = target.with_name(target.name + OPEN)
    packed = target.name.endswith(".gz")
    failures: list[str] = []
    try:
        with temporary.open("wb") as stream:
            for member in _members_out(archive, chosen.values(), failures):
                stream.write(member if packed else gzip.decompress(member))
        temporary.replace(target)
    except OSError as error:
        raise ArchiveError(f"cannot write {target}: {error}") from error
    return len(chosen) - len(failures), failures


def _members_out(
    archive: Archive, entries: Iterable[Entry], failures: list[str]
) -> Iterator[bytes]:
    fields = {"software": PRODUCT, "format": "WARC File Format 1.1", "robots": "obey"}
    yield warc.info_of("export", datetime.now(UTC), fields)
    for entry in entries:
        try:
            yield warc.member_of(archive.read(entry))
        except ArchiveError as error:
            failures.append(str(error))
