"""Writes the archive's files: whole members only, a new file when one is full, closed by rename."""

from __future__ import annotations

import fcntl
import os
import threading
from array import array
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from flows import PRODUCT
from flows.archive import members, warc
from flows.archive.archive import (
    OPEN,
    SUFFIX,
    Archive,
    Damage,
    Entry,
    end_of,
    entry_of,
    index_of,
    line_of,
    record_in,
    scanned,
    write_lines,
)
from transforms.errors import ArchiveError
from transforms.model import Snapshot


@dataclass(slots=True)
class _File:
    """One file while it is written; `end` is behind the last whole record."""

    path: Path
    name: str  # within the archive
    stream: FileIO
    index: TextIO
    end: int = 0
    entries: int = 0


class ArchiveWriter:
    """Adds pages to an archive; safe to share between threads.

    A page whose bytes the archive holds already becomes a revisit record. What was added stays,
    whatever ends the `with`: every record is whole when `add` returns.
    """

    def __init__(self, archive: Archive, name: str, roll: int) -> None:
        self.archive = archive
        self.name = name
        self.roll = roll
        self.count = 0
        self._rolled = 0
        self._turn = threading.Lock()
        self._payloads: _Payloads | None = None
        self._file: _File | None = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def add(self, snapshot: Snapshot) -> Entry:
        """Append one page; raise ArchiveError where it cannot be written."""
        snapshot = replace(snapshot, fetched_at=snapshot.fetched_at or datetime.now(UTC))
        with self._turn:
            self._payloads = self._payloads or _Payloads(self.archive)
            earlier = self._payloads.find(snapshot)
            if earlier:
                return self._add_revisit(snapshot, earlier, None)
            own = self._append(warc.member_of(snapshot))
            self._payloads.keep(snapshot.sha256, own[0], own[1])
            return self._indexed(entry_of(snapshot, own))

    def add_unchanged(self, snapshot: Snapshot, earlier: Entry) -> Entry:
        """Append that a page was found unchanged; `snapshot` holds the head of the 304, no body."""
        snapshot = replace(snapshot, fetched_at=snapshot.fetched_at or datetime.now(UTC))
        with self._turn:
            return self._add_revisit(snapshot, earlier, warc.UNCHANGED)

    def checkpoint(self) -> None:
        """Close the file, so that what was added stays whatever comes; go on in the next."""
        with self._turn:
            if self._file is not None and self._file.entries:
                self._next_file()

    def close(self) -> None:
        """Close the file; it gets its own name, and its index before it."""
        with self._turn:  # a thread that is left behind may still be adding a page
            self._shut()

    def _shut(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        try:
            _close(file)
        except OSError as error:
            raise ArchiveError(f"cannot close {file.path}: {error}") from error

    def _add_revisit(self, snapshot: Snapshot, earlier: Entry, profile: str | None) -> Entry:
        where = (earlier.file, earlier.offset, earlier.length, earlier.member_sha256)
        reference = warc.Reference(
            earlier.url,
            warc.moment_of(earlier.fetched_at),
            self._digest_of(earlier) if profile else warc.digest_of(snapshot.body),
            " ".join(map(str, (earlier.sha256, *where))),
        )
        own = self._append(warc.revisit_of(snapshot, reference, profile))
        entry = Entry(
            snapshot.url,
            earlier.sha256,
            *where,
            fetched_at=warc.stamp_of(snapshot.fetched_at),
            kind="unchanged" if profile else "revisit",
            own=" ".join(map(str, own)),
            etag=snapshot.header("etag"),
            last_modified=snapshot.header("last-modified"),
        )
        return self._indexed(entry)

    def _digest_of(self, earlier: Entry) -> str:
        return warc.digest_of(self.archive.read(replace(earlier, kind="revisit")).body)

    def _append(self, member: bytes) -> tuple[str, int, int, str]:
        file = self._file
        if file is None:
            raise ArchiveError("the archive file is closed")
        if file.entries and file.end + len(member) > self.roll:
            file = self._next_file()
        offset = file.end
        _write(file, member)
        return file.name, offset, len(member), sha256(member).hexdigest()

    def _next_file(self) -> _File:
        self._shut()
        self._rolled += 1
        self._file = self._opened()
        return self._file

    def _indexed(self, entry: Entry) -> Entry:
        file = self._file
        assert file is not None
        try:
            file.index.write(line_of(entry))
        except OSError as error:
            raise ArchiveError(f"cannot write the index of {file.path}: {error}") from error
        file.entries += 1
        self.count += 1
        return entry

    def _opened(self) -> _File:
        name = f"{self.name}-{self._rolled:04}" if self._rolled else self.name
        path = self.archive.path_of(name + SUFFIX)
        if path.exists():
            raise ArchiveError(f"{path} exists already; closed files are never written again")
        try:
            file = _open(path, name + SUFFIX)
        except OSError as error:
            raise ArchiveError(f"cannot write the archive: {error}") from error
        _write(file, warc.info_of(path.name, datetime.now(UTC), INFO))
        return file


OFFSET_BITS = 40  # a file of the archive is far smaller than a terabyte
INFO = {
    "software": PRODUCT,
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "robots": "obey",
}


class _Places:
    """The first 64 bits of each digest and where it lies: sixteen bytes of memory a page.

    Two digests that begin alike are told apart when what lies there is read.
    """

    def __init__(self) -> None:
        self._digests = [array("Q") for _ in range(256)]  # sorted, by the first byte
        self._places = [array("Q") for _ in range(256)]

    def keep(self, digest: bytes, file: int, offset: int) -> None:
        """Remember a place, unless one is known."""
        digests, start = self._digests[digest[0]], int.from_bytes(digest[:8], "big")
        at = bisect_left(digests, start)
        if at == len(digests) or digests[at] != start:
            digests.insert(at, start)
            self._places[digest[0]].insert(at, (file << OFFSET_BITS) | offset)

    def find(self, digest: bytes) -> tuple[int, int] | None:
        """Return the number of the file and the offset in it."""
        digests, start = self._digests[digest[0]], int.from_bytes(digest[:8], "big")
        at = bisect_left(digests, start)
        if at == len(digests) or digests[at] != start:
            return None
        place = self._places[digest[0]][at]
        return place >> OFFSET_BITS, place & ((1 << OFFSET_BITS) - 1)


class _Payloads:
    """Where the bytes of each known page lie."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._files: dict[str, int] = {}
        self._names: list[str] = []
        self._places = _Places()
        for entry in archive.entries():
            if entry.kind == "response":
                self.keep(entry.sha256, entry.file, entry.offset)

    def keep(self, digest: str, file: str, offset: int) -> None:
        """Remember where a payload lies; the first place stays."""
        number = self._files.setdefault(file, len(self._files))
        if number == len(self._names):
            self._names.append(file)
        self._places.keep(bytes.fromhex(digest), number, offset)

    def find(self, snapshot: Snapshot) -> Entry | None:
        """Return the entry of an earlier page with the same bytes, read again to be sure of it."""
        place = self._places.find(bytes.fromhex(snapshot.sha256))
        if place is None:
            return None
        try:
            return self._entry_at(self._names[place[0]], place[1], snapshot.sha256)
        except (ArchiveError, OSError):
            return None  # the earlier copy is damaged: keep this one whole

    def _entry_at(self, name: str, offset: int, digest: str) -> Entry:
        with self.archive.readable(name).open("rb") as stream:
            stream.seek(offset)
            found, _ = members.member_at(stream, offset, alone=True)
            stream.seek(offset)
            member = stream.read(found.length)
        own = (name, offset, found.length, sha256(member).hexdigest())
        entry = entry_of(warc.snapshot_of(record_in(member)), own)
        if entry.sha256 != digest:
            raise ArchiveError("another page lies there")
        return entry


def _open(path: Path, name: str) -> _File:
    path.parent.mkdir(parents=True, exist_ok=True)
    stream = FileIO(path.with_name(path.name + OPEN), "w")
    # Whoever salvages leftovers leaves alone what is still being written.
    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    index = index_of(path)
    return _File(path, name, stream, index.with_name(index.name + OPEN).open("w", 1, "utf-8"))


def _write(file: _File, member: bytes) -> None:
    """Write all of a member; where that fails the file is cut back to its last whole record."""
    waiting = memoryview(member)
    try:
        while waiting:
            waiting = waiting[file.stream.write(waiting) or 0 :]
    except BaseException as error:
        file.stream.truncate(file.end)
        file.stream.seek(file.end)
        if isinstance(error, OSError):
            raise ArchiveError(f"cannot write {file.path}: {error}") from error
        raise
    file.end += len(member)


def _close(file: _File) -> None:
    index = Path(file.index.name)
    opened = file.path.with_name(file.path.name + OPEN)
    file.index.close()
    if not file.entries:
        file.stream.close()
        opened.unlink(missing_ok=True)
        index.unlink(missing_ok=True)
        return
    file.stream.truncate(file.end)
    os.fsync(file.stream.fileno())
    index.replace(index_of(file.path))  # the index first: a file under its own name has one
    opened.replace(file.path)
    file.stream.close()


def leftovers(archive: Archive) -> list[Path]:
    """Return the files that a run left open when it died; those still being written are none."""
    found = sorted(archive.root.glob(f"**/*{SUFFIX}{OPEN}"))
    return [path for path in found if not _is_held(path)]


def _is_held(path: Path) -> bool:
    with path.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def salvage(archive: Archive, path: Path) -> tuple[int, int]:
    """Close a leftover file behind its last whole record; return how many are kept, and bytes lost.

    Every record's digests are checked. Nothing is moved, so that revisits keep what they refer to;
    damage between whole records is put on the quarantine list.
    """
    target = path.with_name(path.name.removesuffix(OPEN))
    if target.exists():
        raise ArchiveError(f"{target} exists already")
    found = list(scanned(archive.root, path))
    entries = [each for each in found if isinstance(each, Entry)]
    damages = [each for each in found if isinstance(each, Damage)]
    index = index_of(target)
    try:
        if entries:
            os.truncate(path, max(map(end_of, entries)))
            write_lines(index, entries)
            path.replace(target)
        path.unlink(missing_ok=True)
        index.with_name(index.name + OPEN).unlink(missing_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot salvage {path}: {error}") from error
    archive.quarantine(each for each in damages if entries and each.offset < end_of(entries[-1]))
    return len(entries), sum(each.length for each in damages)
