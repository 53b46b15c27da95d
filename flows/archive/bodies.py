"""Undo content codings ourselves: with a cap on what comes out, and proof that the stream ended."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from flows.outcomes import Outcome

MOST_CODINGS = 2
STEP = 1 << 16
GZIP = 31  # zlib's window bits: a gzip header, a zlib header, neither
ZLIB = 15
RAW = -15
WINDOWS = {"gzip": (GZIP,), "x-gzip": (GZIP,), "deflate": (ZLIB, RAW)}


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The page's own bytes, or why there are none; `proven`: a checksum told that all is there."""

    body: bytes = b""
    outcome: Outcome | None = None
    detail: str = ""
    flags: tuple[str, ...] = ()
    proven: bool = False


class _TooBigError(Exception):
    """More would come out than is allowed."""


class _CutError(Exception):
    """The stream ends before its end."""


def unpack(wire: bytes, coding: str | None, cap: int) -> Unpacked:
    """Decode the codings of a Content-Encoding header, the last one first."""
    names = [name.strip().lower() for name in (coding or "").split(",")]
    names = [name for name in names if name not in {"", "identity"}]
    if len(names) > MOST_CODINGS:
        return Unpacked(outcome=Outcome.BAD_RESPONSE, detail=f"{len(names)} content codings")
    unknown = next((name for name in names if name not in WINDOWS), None)
    if unknown:
        return Unpacked(outcome=Outcome.BAD_RESPONSE, detail=f"content coding {unknown[:40]!r}")
    try:
        return _unpack_all(wire, names, cap)
    except _TooBigError:
        return Unpacked(outcome=Outcome.TOO_BIG, detail=f"more than {cap} bytes unpacked")
    except _CutError:
        return Unpacked(outcome=Outcome.TRUNCATED, detail="the compressed stream ends early")


def _unpack_all(wire: bytes, names: list[str], cap: int) -> Unpacked:
    body = wire
    flags: tuple[str, ...] = ()
    for name in reversed(names):
        plain = _unpack_one(body, name, cap)
        if plain is None:
            # Some servers label plain pages gzip; the page is good, the label is not.
            flags = ("encoding_lie",)
        else:
            body = plain
    if len(body) > cap:
        raise _TooBigError
    return Unpacked(body, flags=flags, proven=bool(names) and not flags)


def _unpack_one(data: bytes, name: str, cap: int) -> bytes | None:
    """Return what one coding held; None where the data never were in it."""
    for window in WINDOWS[name]:
        try:
            return _members(data, window, cap)
        except zlib.error:
            continue
    if name != "deflate" and data[:2] == b"\x1f\x8b":
        raise _CutError  # gzip for sure, and damaged
    return None


def _members(data: bytes, window: int, cap: int) -> bytes:
    """Inflate one stream, or several gzip members; what follows them is ignored, as browsers do."""
    body = bytearray()
    while True:
        data = _inflate(data, window, cap, body)
        if window != GZIP or data[:2] != b"\x1f\x8b":
            return bytes(body)


def _inflate(data: bytes, window: int, cap: int, body: bytearray) -> bytes:
    stream = zlib.decompressobj(window)
    while not stream.eof:
        chunk = stream.decompress(data, STEP)
        body += chunk
        if len(body) > cap:
            raise _TooBigError
        data = stream.unconsumed_tail
        if not chunk and not data and not stream.eof:
            raise _CutError
    return stream.unused_data
