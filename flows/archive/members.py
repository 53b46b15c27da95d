"""Gzip files of many members: each is proven whole or told to be damaged; none hides another."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from transforms.errors import ArchiveError

MAGIC = b"\x1f\x8b\x08"
STEP = 1 << 16
LARGEST = 64 << 20  # bytes of one record


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member, or a plain record, where it lies; `data` is None where it is damaged."""

    offset: int
    length: int
    data: bytes | None
    problem: str = ""


def inflate(member: bytes) -> bytes:
    """Decompress one gzip member; raise ArchiveError where it is cut or followed by more."""
    stream = zlib.decompressobj(31)
    try:
        data = stream.decompress(member, LARGEST)
    except zlib.error as error:
        raise ArchiveError(f"damaged gzip member: {error}") from error
    if not stream.eof or stream.unused_data:
        raise ArchiveError("a gzip member is cut, too large or followed by something")
    return data


def data_of(member: Member) -> bytes:
    """Return what a member holds; raise ArchiveError where it is damaged."""
    if member.data is None:
        raise ArchiveError(f"damaged gzip member: {member.problem}")
    return member.data


def members(path: Path) -> Iterator[Member]:
    """Yield every member of a gzip file; after a damaged one the search goes on for the next."""
    with path.open("rb") as stream:
        offset, data = 0, b""
        while True:
            data = data or stream.read(STEP)
            if not data:
                return
            found, data = member_at(stream, offset, data)
            yield found
            offset += found.length


def member_at(
    stream: BinaryIO, offset: int, data: bytes = b"", *, alone: bool = False
) -> tuple[Member, bytes]:
    """Read the member that starts with `data` or here; return it and the bytes read beyond its end.

    Of a damaged one, `alone` leaves the bytes that follow unsearched.
    """
    inflater = zlib.decompressobj(31)
    out, raw = bytearray(), bytearray()
    problem = ""
    while not inflater.eof and not problem:
        raw += data
        problem = _inflate_into(out, inflater, data)
        if not inflater.eof and not problem:
            data = stream.read(STEP)
            problem = "" if data else "cut"
    if not problem:
        length = len(raw) - len(inflater.unused_data)
        return Member(offset, length, bytes(out)), inflater.unused_data
    if alone:
        return Member(offset, len(raw), None, problem), b""
    return _resynchronised(stream, offset, raw, problem)


def _inflate_into(out: bytearray, inflater: Any, data: bytes) -> str:  # noqa: ANN401 - zlib's own
    try:
        while data and not inflater.eof:
            out += inflater.decompress(data, STEP)
            data = inflater.unconsumed_tail
            if len(out) > LARGEST:
                return "larger than any page"
    except zlib.error as error:
        return str(error)
    return ""


def _resynchronised(
    stream: BinaryIO, offset: int, raw: bytearray, problem: str
) -> tuple[Member, bytes]:
    """Skip to the next gzip header that begins a WARC record."""
    while True:
        place = raw.find(MAGIC, 1)
        while place != -1 and not _begins_record(bytes(raw[place : place + STEP])):
            place = raw.find(MAGIC, place + 1)
        more = b"" if place != -1 else stream.read(STEP)
        if place != -1 or not more:
            length = place if place != -1 else len(raw)
            return Member(offset, length, None, problem), bytes(raw[length:])
        raw += more


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 16).startswith(b"WARC/")
    except zlib.error:
        return False
