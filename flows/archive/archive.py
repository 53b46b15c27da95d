"""The archive of pages as they were sent: WARC 1.1 files, one gzip member a record, and an index.

A file is written under the name `….warc.gz.open` and gets its own name when it is whole; closed
files are never written again. Beside each lies an index, one JSON object a record, with offset,
length and sha256, so that a page is read alone and verified. An index that is lost or damaged is
read out of the records themselves. Records known to be damaged stand in `quarantine.jsonl`; their
pages count as not archived, so the next run fetches them again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from flows.archive import members, warc
from transforms.errors import ArchiveError
from transforms.model import Snapshot

if TYPE_CHECKING:
    from flows.archive.archive_writer import ArchiveWriter

SUFFIX = ".warc.gz"
OPEN = ".open"
QUARANTINE = "quarantine.jsonl"
ROLL = 256 << 20  # bytes at which a writer goes on to the next file
SAFE_FILE = re.compile(
    r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}){0,5}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one archived page lies; `sha256` is of the body, `member_sha256` of the record's bytes.

    A revisit repeats the payload of an earlier record: file, offset, length and member_sha256 are
    those of that record, `own` says where the revisit itself lies.
    """

    url: str
    sha256: str
    file: str
    offset: int
    length: int
    member_sha256: str
    fetched_at: str
    kind: str = "response"  # response | revisit (same bytes as an earlier page) | unchanged (304)
    own: str | None = None  # file offset length sha256 of a revisit's own record
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes of the archive that are not what was written."""

    file: str
    offset: int
    length: int
    url: str | None
    reason: str


class Archive:
    """A folder of WARC files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def files(self) -> list[Path]:
        """Return the closed WARC files, by name."""
        return sorted(self.root.glob(f"**/*{SUFFIX}"))

    def entries(self, *, unchanged: bool = False) -> Iterator[Entry]:
        """Yield every page of every closed file; within a file in the order it was archived.

        Pages found unchanged add no bytes and are left out unless asked for; damaged ones always.
        """
        damaged = self.quarantined()
        for file in self.files():
            for entry in self.entries_in(file):
                wanted = unchanged or entry.kind != "unchanged"
                if wanted and (entry.file, entry.offset) not in damaged:
                    yield entry

    def entries_in(self, file: Path) -> Iterator[Entry]:
        """Yield the entries of one file: of its index, or of its records where that is damaged."""
        count = end = 0
        try:
            with index_of(file).open(encoding="utf-8") as lines:
                for line in lines:
                    entry = Entry(**json.loads(line))
                    count, end = count + 1, end_of(entry)
                    yield entry
        except (OSError, ValueError, TypeError):
            end = 0
        if end < file.stat().st_size:  # lines are damaged or missing: read on in the records
            found = (each for each in scanned(self.root, file) if isinstance(each, Entry))
            yield from islice(found, count, None)

    def read(self, entry: Entry) -> Snapshot:
        """Read one page; raise ArchiveError where its bytes are not the ones indexed."""
        where = f"{entry.file} at {entry.offset}: {entry.url}"
        member = self.member(entry.file, entry.offset, entry.length, entry.member_sha256)
        record = record_in(member, proven=True)
        if entry.kind == "response" and record.url != warc.uri_of(entry.url):
            raise ArchiveError(f"another page than the index says in {where}")
        fetched_at = warc.moment_of(entry.fetched_at)
        snapshot = replace(warc.snapshot_of(record), url=entry.url, fetched_at=fetched_at)
        if snapshot.sha256 != entry.sha256:
            raise ArchiveError(f"wrong body in {where}")
        return snapshot

    def member(self, file: str, offset: int, length: int, digest: str) -> bytes:
        """Return the bytes of one record; raise ArchiveError where they are not as written."""
        try:
            with self.readable(file).open("rb") as stream:
                stream.seek(offset)
                member = stream.read(length)
        except OSError as error:
            raise ArchiveError(f"cannot read {file}: {error}") from error
        if sha256(member).hexdigest() != digest:
            raise ArchiveError(f"damaged record in {file} at {offset}")
        return member

    def path_of(self, file: str) -> Path:
        """Return where a file lies; raise ArchiveError for a name that leads out of the archive."""
        if not SAFE_FILE.fullmatch(file) or ".." in file:
            raise ArchiveError(f"not the name of an archive file: {file[:80]!r}")
        return self.root / file

    def readable(self, file: str) -> Path:
        """Return where a file can be read: under its own name, or still open."""
        path = self.path_of(file)
        return path if path.exists() else path.with_name(path.name + OPEN)

    def writer(self, name: str, *, roll: int = ROLL) -> ArchiveWriter:
        """Open a new file for writing; `name` is followed by `name-0001` when it is full."""
        from flows.archive.archive_writer import ArchiveWriter

        return ArchiveWriter(self, name, roll)

    def validators(self) -> dict[str, Entry]:
        """Return the newest entry of each page that a conditional request can ask for again."""
        entries = self.entries(unchanged=True)
        return newest_of(entry for entry in entries if entry.etag or entry.last_modified)

    def quarantined(self) -> frozenset[tuple[str, int]]:
        """Return file and offset of the records known to be damaged."""
        return frozenset((damage.file, damage.offset) for damage in self.damages())

    def damages(self) -> list[Damage]:
        """Return the records known to be damaged; raise ArchiveError for an unreadable list."""
        path = self.root / QUARANTINE
        if not path.exists():
            return []
        try:
            return [Damage(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]
        except (OSError, ValueError, TypeError) as error:
            raise ArchiveError(
                f"{path} cannot be read, delete it to verify anew: {error}"
            ) from error

    def quarantine(self, damages: Iterable[Damage]) -> None:
        """Add records to the list of damaged ones."""
        known = self.damages()
        added = [damage for damage in damages if damage not in known]
        if added:
            write_lines(self.root / QUARANTINE, [*known, *added])


def newest_of(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return the entry of each address that was taken last, by address."""
    found: dict[str, Entry] = {}
    for entry in entries:
        known = found.get(entry.url)
        if known is None or entry.fetched_at >= known.fetched_at:
            found[entry.url] = entry
    return found


def index_of(path: Path) -> Path:
    """Return where the index of a WARC file lies."""
    return path.with_name(path.name.removesuffix(SUFFIX) + ".index.jsonl")


def end_of(entry: Entry) -> int:
    """Return where an entry's own record ends in its file."""
    if entry.own is None:
        return entry.offset + entry.length
    _, offset, length, _ = entry.own.split()
    return int(offset) + int(length)


def record_in(member: bytes, *, proven: bool = False) -> warc.Record:
    """Return the one record of a gzip member; raise ArchiveError where there is none."""
    record = next(warc.records_of(members.inflate(member), proven=proven), None)
    if record is None:
        raise ArchiveError("an empty gzip member")
    return record


def scanned(root: Path, path: Path) -> Iterator[Entry | Damage]:
    """Read a file's entries out of its records, and what of it is damaged."""
    name = path.relative_to(root).as_posix().removesuffix(OPEN)
    for member in members.members(path):
        try:
            record = next(warc.records_of(members.data_of(member)), None)
            if record and record.kind in {"response", "revisit"}:
                yield _scanned_entry(path, name, member, record)
        except ArchiveError as error:
            yield Damage(name, member.offset, member.length, None, str(error))


def _scanned_entry(path: Path, name: str, member: members.Member, record: warc.Record) -> Entry:
    with path.open("rb") as stream:
        stream.seek(member.offset)
        digest = sha256(stream.read(member.length)).hexdigest()
    own = (name, member.offset, member.length, digest)
    if record.kind == "revisit":
        return entry_of_revisit(record, own)
    return entry_of(warc.snapshot_of(record), own)


def entry_of(snapshot: Snapshot, own: tuple[str, int, int, str]) -> Entry:
    """Return the entry of a page whose record lies at `own`: file, offset, length, sha256."""
    return Entry(
        snapshot.url,
        snapshot.sha256,
        *own,
        fetched_at=warc.stamp_of(snapshot.fetched_at),
        etag=snapshot.header("etag"),
        last_modified=snapshot.header("last-modified"),
    )


def entry_of_revisit(record: warc.Record, own: tuple[str, int, int, str]) -> Entry:
    """Return the entry of a revisit; its record names the member that holds the payload."""
    try:
        body, file, offset, length, digest = record.headers[warc.REFERS_TO.lower()].split()
        place = (file, int(offset), int(length), digest)
    except (KeyError, ValueError) as error:
        raise ArchiveError(f"a revisit that names no record: {record.url}") from error
    unchanged = record.headers.get("warc-profile") == warc.UNCHANGED
    head = warc.http_fields(warc.http_of(record)[2])
    return Entry(
        record.url,
        body,
        *place,
        fetched_at=record.fetched_at.isoformat(),
        kind="unchanged" if unchanged else "revisit",
        own=" ".join(map(str, own)),
        etag=head.get("etag"),
        last_modified=head.get("last-modified"),
    )


def write_lines(path: Path, rows: Iterable[Entry | Damage]) -> None:
    """Write rows as JSON lines, whole or not at all."""
    temporary = path.with_name(path.name + OPEN)
    try:
        temporary.write_text("".join(map(line_of, rows)), "utf-8")
        temporary.replace(path)
    except OSError as error:
        raise ArchiveError(f"cannot write {path}: {error}") from error


def line_of(row: Entry | Damage) -> str:
    """Return a row as one line of JSON, without what is empty."""
    fields = {name: value for name, value in asdict(row).items() if value is not None}
    if fields.get("kind") == "response":
        del fields["kind"]
    if isinstance(row, Damage):
        fields.setdefault("url", None)
    return json.dumps(fields, ensure_ascii=False) + "\n"
