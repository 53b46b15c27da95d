"""Verify every byte of the archive, and say which pages are damaged, uncovered or left open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flows.archive import members
from flows.archive.archive import Archive, Damage, Entry, index_of, record_in
from flows.archive.archive_writer import leftovers
from transforms.errors import ArchiveError


def verify(archive: Archive) -> Iterator[Damage]:
    """Yield whatever is not as it was written; reads each record, and each page again."""
    for file in archive.files():
        yield from _verify_file(archive, file)
    for path in leftovers(archive):
        name = path.relative_to(archive.root).as_posix()
        size = path.stat().st_size
        yield Damage(name, 0, size, None, "left open by a run that died; salvage it")


def _verify_file(archive: Archive, file: Path) -> Iterator[Damage]:
    name = file.relative_to(archive.root).as_posix()
    if not index_of(file).exists():
        yield Damage(name, 0, 0, None, "the index is missing; the records are read instead")
    entries = list(archive.entries_in(file))
    for entry in entries:
        yield from _verify_entry(archive, entry)
    end = 0
    for own in sorted(map(own_place, entries), key=lambda place: place.offset):
        yield from _verify_gap(file, name, end, own.offset)
        end = max(end, own.offset + own.length)
    yield from _verify_gap(file, name, end, file.stat().st_size)


def _verify_entry(archive: Archive, entry: Entry) -> Iterator[Damage]:
    try:
        archive.read(entry)
    except ArchiveError as error:
        yield Damage(entry.file, entry.offset, entry.length, entry.url, str(error))
    own = own_place(entry)
    try:
        if entry.own is not None:
            record_in(archive.member(own.file, own.offset, own.length, own.member_sha256))
    except ArchiveError as error:
        yield Damage(own.file, own.offset, own.length, entry.url, str(error))


def _verify_gap(file: Path, name: str, start: int, end: int) -> Iterator[Damage]:
    """Bytes outside the index are the record that opens a file, or they are damage."""
    if end <= start:
        return
    with file.open("rb") as stream:
        stream.seek(start)
        gap = stream.read(min(end - start, members.LARGEST))
    try:
        if record_in(gap).kind == "warcinfo":
            return
        reason = "a record that no entry names"
    except ArchiveError as error:
        reason = f"bytes that no entry names: {error}"
    yield Damage(name, start, end - start, None, reason)


def own_place(entry: Entry) -> Entry:
    """Return a revisit's entry with the place of its own record; any other as it is."""
    if entry.own is None:
        return entry
    file, offset, length, digest = entry.own.split()
    return replace(
        entry, file=file, offset=int(offset), length=int(length), member_sha256=digest, own=None
    )
