"""WARC records and their bytes: pages to gzip members, and members back to what can be proven.

A page is kept decoded: content and transfer codings are undone, the headers that named them renamed
to `X-Archive-Orig-…`, all else is as sent. So digests identify pages however they were packed.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.archive.bodies import unpack
from transforms.errors import ArchiveError
from transforms.model import Snapshot

LARGEST_PAGE = 16 << 20
RENAMED = "X-Archive-Orig-"
CODINGS = frozenset({"content-encoding", "transfer-encoding"})
FINAL = "X-Final-URI"  # where redirects led; WARC has no field for it
REFERS_TO = "X-Refers-To-Record"  # Reference.place, so that an index can be made anew
UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
UNSAFE = re.compile(r"[\x00-\x20\x7f<>\s\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reference:
    """The earlier record whose payload a revisit record repeats."""

    url: str
    fetched_at: datetime
    digest: str  # sha1:BASE32 of the payload
    place: str  # sha256 of the payload, file, offset, length and sha256 of the record


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose length and digests were checked; `block` holds HTTP head and payload."""

    kind: str
    headers: dict[str, str]  # names in lower case
    block: bytes

    @property
    def url(self) -> str:
        """The target of the record, without the brackets some writers put around it."""
        return self.headers.get("warc-target-uri", "").strip("<>")

    @property
    def fetched_at(self) -> datetime:
        """When the page was taken, in UTC; raises ArchiveError for a date that is none."""
        return moment_of(self.headers.get("warc-date", ""))


def member_of(snapshot: Snapshot) -> bytes:
    """Return a response record as a gzip member of its own."""
    head = _exact_head(snapshot)
    payload = {"payload": BytesIO(snapshot.body), "length": len(snapshot.body)}
    record = _maker().create_warc_record(
        uri_of(snapshot.url),
        "response",
        http_headers=head,
        warc_headers_dict=_dated(snapshot),
        **payload,
    )
    return _packed(record)


def revisit_of(snapshot: Snapshot, reference: Reference, profile: str | None = None) -> bytes:
    """Return a revisit record: the HTTP head alone, its payload is the one of an earlier record."""
    record = _maker().create_revisit_record(
        uri_of(snapshot.url),
        reference.digest,
        uri_of(reference.url),
        _date(reference.fetched_at),
        http_headers=_exact_head(snapshot),
        warc_headers_dict={**_dated(snapshot), REFERS_TO: reference.place},
    )
    if profile:
        record.rec_headers.replace_header("WARC-Profile", profile)
    return _packed(record)


def info_of(filename: str, made_at: datetime, fields: dict[str, str]) -> bytes:
    """Return the warcinfo record that opens a file."""
    record = _maker().create_warcinfo_record(filename, fields)
    record.rec_headers.replace_header("WARC-Date", _date(made_at))
    return _packed(record)


def digest_of(body: bytes) -> str:
    """Return the digest of a payload as WARC and CDX files write it."""
    digest = hashlib.sha1(body, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(digest).decode("ascii")


def uri_of(url: str) -> str:
    """Return an address that cannot break out of its header line."""
    return UNSAFE.sub(lambda found: quote(found[0], errors="replace"), url)


def records_of(data: bytes, *, proven: bool = False) -> Iterator[Record]:
    """Yield the records in decompressed bytes; raise ArchiveError where one is not what it says.

    Where the caller has `proven` that the bytes are those once written, its digests are not asked.
    """
    while data.strip():
        record, data = _record_in(data.lstrip(b"\r\n"))
        if not proven:
            _check_digests(record)
        yield record


def _record_in(data: bytes) -> tuple[Record, bytes]:
    head, mark, rest = data.partition(b"\r\n\r\n")
    if not mark or not head.startswith(b"WARC/"):
        raise ArchiveError("not a WARC record")
    headers = dict(_fields(head.decode("utf-8", "replace")))
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or len(rest) < int(length[:12]):
        raise ArchiveError("a record is shorter than it says")
    record = Record(headers.get("warc-type", ""), headers, rest[: int(length)])
    return record, rest[int(length) :]


def _fields(head: str) -> Iterator[tuple[str, str]]:
    unfolded = re.sub(r"\r\n[ \t]{1,80}", " ", head)
    for line in unfolded.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        yield name.strip().lower(), value.strip(" \t")


def _check_digests(record: Record) -> None:
    stated = record.headers.get("warc-block-digest")
    if stated and not _agrees(stated, [record.block]):
        raise ArchiveError(f"the block digest is wrong: {record.url}")
    stated = record.headers.get("warc-payload-digest")
    if not stated or record.kind not in {"response", "resource"}:
        return
    payload = record.block.partition(b"\r\n\r\n")[2] if record.kind == "response" else record.block
    # Writers differ in what they digest: the payload as sent, or with its codings undone.
    if not _agrees(stated, [payload, dechunked(payload)]):
        raise ArchiveError(f"the payload digest is wrong: {record.url}")


def _agrees(stated: str, candidates: list[bytes]) -> bool:
    """Compare with a labelled digest, hexadecimal or base32; unknown algorithms prove nothing."""
    algorithm, _, value = stated.partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in {"sha1", "sha256", "sha512", "md5"}:
        return True
    for candidate in candidates:
        digest = hashlib.new(algorithm, candidate, usedforsecurity=False)
        base32 = base64.b32encode(digest.digest()).decode("ascii").rstrip("=")
        if value.lower() == digest.hexdigest() or value.upper().rstrip("=") == base32:
            return True
    return False


def dechunked(payload: bytes) -> bytes:
    """Undo chunked transfer coding; return the bytes as they are where they are not chunked."""
    body, rest = bytearray(), payload
    while True:
        line, mark, rest = rest.partition(b"\r\n")
        size = re.fullmatch(rb"([0-9A-Fa-f]{1,8})(?:;[^\r\n]{0,200})?\s{0,8}", line)
        if not mark or not size:
            return payload
        length = int(size[1], 16)
        if length == 0:
            return bytes(body)
        body += rest[:length]
        rest = rest[length + 2 :]


def snapshot_of(record: Record) -> Snapshot:
    """Take the page out of a response or resource record, its codings undone.

    Raises ArchiveError where it holds none that is whole.
    """
    if record.headers.get("warc-truncated"):
        raise ArchiveError(f"the record is truncated: {record.url}")
    status, reason, headers, payload = http_of(record)
    named = http_fields(headers)
    if "chunked" in named.get("transfer-encoding", "").lower():
        payload = dechunked(payload)
    unpacked = unpack(payload, named.get("content-encoding"), LARGEST_PAGE)
    if unpacked.outcome:
        raise ArchiveError(f"{unpacked.detail}: {record.url}")
    return Snapshot(
        url=record.url,
        body=unpacked.body,
        fetched_at=record.fetched_at,
        status=status,
        headers=headers,
        final_url=record.headers.get(FINAL.lower()),
        reason=reason,
    )


def http_of(record: Record) -> tuple[int, str, tuple[tuple[str, str], ...], bytes]:
    """Return status, reason, headers, payload; raise ArchiveError where there is no HTTP head."""
    if record.kind == "resource":
        kind = record.headers.get("content-type")
        return 200, "", (("Content-Type", kind),) if kind else (), record.block
    head, mark, payload = record.block.partition(b"\r\n\r\n")
    status_line, *lines = head.decode("latin-1").split("\r\n")
    found = re.match(r"HTTP/[0-9.]{1,4}\s{1,8}([0-9]{3})\s{0,8}(.{0,200})", status_line)
    if not mark or not found:
        raise ArchiveError(f"no HTTP response in the record: {record.url}")
    pairs = (line.partition(":") for line in lines if line)
    headers = tuple((name, value.strip(" \t")) for name, _, value in pairs)
    return int(found[1]), found[2].strip(), headers, payload


def http_fields(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the first header of each name, in lower case."""
    return {name.lower(): value for name, value in reversed(tuple(headers))}


def stamp_of(moment: datetime | None) -> str:
    """Return a time as the index writes it: ISO, UTC, whole seconds."""
    return _utc(moment).replace(microsecond=0).isoformat()


def moment_of(text: str) -> datetime:
    """Read an ISO date with its zone; raise ArchiveError where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArchiveError(f"not a date: {text[:40]!r}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _maker() -> Any:  # noqa: ANN401 - warcio has no types
    return RecordBuilder(warc_version="WARC/1.1")


def _packed(record: Any) -> bytes:  # noqa: ANN401 - warcio has no types
    sink = BytesIO()
    WARCWriter(sink, gzip=False, warc_version="WARC/1.1").write_record(record)
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(sink.getbuffer()) + packer.flush()


class _ExactHead(StatusAndHeaders):  # type: ignore[misc]
    """An HTTP head byte for byte; warcio alone would percent-encode what is not ASCII."""

    def to_ascii_bytes(self, filter_func: object = None) -> bytes:
        """Return the head with the blank line that ends it."""
        del filter_func
        fields = (f"{name}: {value}" for name, value in self.headers)
        head = "\r\n".join([f"HTTP/1.1 {self.statusline}", *fields, "", ""])
        return head.encode("latin-1", "replace")


def _exact_head(snapshot: Snapshot) -> _ExactHead:
    headers = [(_line(name), _line(value)) for name, value in _adapted(snapshot)]
    return _ExactHead(f"{snapshot.status} {_line(snapshot.reason)}".strip(), headers, "HTTP/1.1")


def _adapted(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    for name, value in snapshot.headers:
        lower = name.lower()
        if lower in CODINGS:
            yield RENAMED + name, value
        elif lower == "content-length":
            yield name, str(len(snapshot.body))
        else:
            yield name, value


def _line(text: str) -> str:
    return re.sub(r"[\r\n\0]", " ", text)


def _dated(snapshot: Snapshot) -> dict[str, str]:
    extra = {FINAL: uri_of(snapshot.final_url)} if snapshot.final_url else {}
    return {"WARC-Date": _date(snapshot.fetched_at), **extra}


def _date(moment: datetime | None) -> str:
    return _utc(moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def _utc(moment: datetime | None) -> datetime:
    """Return a time in UTC; one without a zone is taken as UTC, whatever zone the machine is in."""
    moment = moment or datetime.now(UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
