"""The archive of pages as they were sent: WARC 1.1 files, one gzip member a record, and an index.

A file is written under the name `….warc.gz.open` and gets its own name when it is whole; closed
files are never written again. Beside each lies an index, one JSON object a record, with offset,
length and sha256, so that a page is read alone and verified.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Self

from transforms.errors import ArchiveError
from transforms.model import Snapshot

SUFFIX = ".warc.gz"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one archived page lies; `sha256` is of the body, `member_sha256` of the record's bytes."""

    url: str
    sha256: str
    file: str
    offset: int
    length: int
    member_sha256: str
    fetched_at: str


class Archive:
    """A folder of WARC files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def files(self) -> list[Path]:
        """Return the closed WARC files, oldest first."""
        return sorted(self.root.glob(f"**/*{SUFFIX}"))

    def entries(self) -> Iterator[Entry]:
        """Yield every page of every closed file, in the order it was archived."""
        for file in self.files():
            for line in index_of(file).read_text("utf-8").splitlines():
                yield Entry(**json.loads(line))

    def read(self, entry: Entry) -> Snapshot:
        """Read one page and verify it; raise ArchiveError where its bytes are not the ones indexed."""
        with (self.root / entry.file).open("rb") as stream:
            stream.seek(entry.offset)
            member = stream.read(entry.length)
        if sha256(member).hexdigest() != entry.member_sha256:
            raise ArchiveError(f"damaged record in {entry.file} at {entry.offset}: {entry.url}")
        snapshot = snapshot_of(inflate(member), entry)
        if snapshot.sha256 != entry.sha256:
            raise ArchiveError(f"wrong body in {entry.file} at {entry.offset}: {entry.url}")
        return snapshot

    def writer(self, name: str) -> ArchiveWriter:
        """Open a new file of that name for writing."""
        return ArchiveWriter(self.root, name)


class ArchiveWriter:
    """Writes one WARC file and its index; both appear under their names only when closed."""

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self.path = root / f"{name}{SUFFIX}"
        self.entries: list[Entry] = []
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.open_path = self.path.with_name(self.path.name + ".open")
            self.stream = self.open_path.open("wb")
        except OSError as error:
            raise ArchiveError(f"cannot write the archive: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.stream.close()
        if kind or not self.entries:
            self.open_path.unlink(missing_ok=True)
            return
        index = index_of(self.path)
        temporary = index.with_name(index.name + ".open")
        temporary.write_text("".join(f"{_json(entry)}\n" for entry in self.entries), "utf-8")
        temporary.replace(index)  # the index first: a file under its own name always has one
        self.open_path.replace(self.path)

    def add(self, snapshot: Snapshot) -> Entry:
        """Append one page as a response record."""
        member = record_of(snapshot)
        entry = Entry(
            url=snapshot.url,
            sha256=snapshot.sha256,
            file=self.path.relative_to(self.root).as_posix(),
            offset=self.stream.tell(),
            length=len(member),
            member_sha256=sha256(member).hexdigest(),
            fetched_at=_utc(snapshot.fetched_at).isoformat(),
        )
        self.stream.write(member)
        self.entries.append(entry)
        return entry


def index_of(path: Path) -> Path:
    """Return where the index of a WARC file lies."""
    return path.with_name(path.name.removesuffix(SUFFIX) + ".index.jsonl")


def record_of(snapshot: Snapshot) -> bytes:
    """Return one WARC response record as a gzip member of its own."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    sink = BytesIO()
    writer = WARCWriter(sink, gzip=True, warc_version="WARC/1.1")
    headers = StatusAndHeaders(f"{snapshot.status} OK", list(snapshot.headers), protocol="HTTP/1.1")
    date = _utc(snapshot.fetched_at).strftime("%Y-%m-%dT%H:%M:%SZ")
    record = writer.create_warc_record(
        snapshot.url,
        "response",
        payload=BytesIO(snapshot.body),
        http_headers=headers,
        warc_headers_dict={"WARC-Date": date},
    )
    writer.write_record(record)
    return sink.getvalue()


def inflate(member: bytes) -> bytes:
    """Decompress one gzip member; raise ArchiveError where it is cut or followed by more."""
    decompressor = zlib.decompressobj(31)
    try:
        data = decompressor.decompress(member)
    except zlib.error as error:
        raise ArchiveError(f"damaged gzip member: {error}") from error
    if not decompressor.eof or decompressor.unused_data:
        raise ArchiveError("a gzip member is cut")
    return data


def snapshot_of(record: bytes, entry: Entry) -> Snapshot:
    """Take the page out of a WARC response record."""
    _, _, response = record.partition(b"\r\n\r\n")
    head, _, rest = response.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    return Snapshot(
        url=entry.url,
        body=rest.removesuffix(b"\r\n\r\n"),
        fetched_at=datetime.fromisoformat(entry.fetched_at),
        status=int(status.split(" ")[1]),
        headers=tuple((name, value) for name, _, value in pairs),
    )


def _utc(moment: datetime | None) -> datetime:
    return (moment or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def _json(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False)
