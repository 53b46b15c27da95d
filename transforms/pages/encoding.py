"""Bytes to text: byte-order mark, strict UTF-8, then GB 18030 against Big5 by common characters.

What a page declares is only a tie-break: half of the pages that say gb2312 are not, and Python's
own gb2312 codec turns `—` into `―`, so gb2312 and gbk are always read as gb18030, which holds both.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from transforms.lexicon import rows

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
REPLACEMENT = "\ufffd"
HAN = re.compile("[\u4e00-\u9fff]")
HANS = re.compile(f"{HAN.pattern}{HAN.pattern}*")  # a search for one character skips what is none
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
ASCII = bytes(range(128))
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf8": "utf-8",
    "utf-8": "utf-8",
}
META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_:-]{2,20})", re.IGNORECASE
)
HEADER_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_:-]{2,20})", re.IGNORECASE)
SAMPLE = 8_192  # bytes: enough to tell two encodings apart
ENOUGH = 0.35  # of the Han characters of any Chinese text are among the 500 commonest
TIE_BREAK = 0.08
FEW = 8
DAMAGED = 50  # one broken sequence in so many high bytes is damage, not another encoding


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read with, and what decided for it."""

    text: str
    encoding: str
    reason: str  # bom | strict | declared | common characters | damaged

    @property
    def broken(self) -> int:
        """How many byte sequences could not be read."""
        return self.text.count(REPLACEMENT) if REPLACEMENT in self.text else 0


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Read bytes as text; never raises, `broken` counts what could not be read."""
    for mark, name in BOMS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(name, "replace"), name, "bom")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(body, declared_charset(body, content_type))
    return _prefer_declared(body, text, content_type)


def declared_charset(body: bytes, content_type: str | None = None) -> str | None:
    """Return the codec the HTTP header or the first `<meta>` names; a `<script charset>` never."""
    found = HEADER_CHARSET.search(content_type or "")
    name = found[1] if found else None
    if name is None or name.lower() not in ALIASES:
        meta = META_CHARSET.search(body, 0, 4096)
        name = meta[1].decode("ascii") if meta else name
    return ALIASES.get(name.lower()) if name else None


def commonness(text: str, charset: str) -> float:
    """Return the share of the text's Han characters that are common ones in that script."""
    han = "".join(HANS.findall(text))
    common = "".join(common_characters(charset).findall(han))
    return len(common) / len(han) if han else 0.0


@cache
def common_characters(charset: str) -> re.Pattern[str]:
    """Match the commonest characters of simplified (gb18030) or traditional (big5hkscs) text."""
    table = rows("common_han.tsv")
    common = "".join(row["characters"] for row in table if row["charset"] == charset)
    return re.compile(f"[{common}]+")


def _prefer_declared(body: bytes, text: str, content_type: str | None) -> Decoded:
    # A few GBK bytes can be valid UTF-8 by chance (没每目); a page's worth never is.
    if body.isascii() or HAN.search(text) or len(body) > SAMPLE:
        return Decoded(text, "utf-8", "strict")
    if declared_charset(body, content_type) == "gb18030":
        other = body.decode("gb18030", "replace")
        if REPLACEMENT not in other and commonness(other, "gb18030") > ENOUGH:
            return Decoded(other, "gb18030", "declared")
    return Decoded(text, "utf-8", "strict")


def _decode_other(body: bytes, declared: str | None) -> Decoded:
    sample = _sample(body)
    if _is_damaged_utf8(sample):
        return Decoded(body.decode("utf-8", "replace"), "utf-8", "damaged")
    codec, reason = _chinese_codec(sample, declared)
    return Decoded(body.decode(codec, "replace"), codec, reason)


def _sample(body: bytes) -> bytes:
    """Return a part of the body that starts where its text does."""
    first = HIGH_BYTE.search(body)
    start = first.start() if first else 0
    return body[start : start + SAMPLE]


def _is_damaged_utf8(sample: bytes) -> bool:
    """Say whether most of a sample is UTF-8; in a small one its characters must be common too."""
    text, high = sample.decode("utf-8", "replace"), len(sample.translate(None, ASCII))
    broken = text.count(REPLACEMENT)
    if broken * DAMAGED < high:
        return True
    return broken * FEW < high and commonness(text, "gb18030") > ENOUGH


def _chinese_codec(sample: bytes, declared: str | None) -> tuple[str, str]:
    shares: dict[str, float] = {}
    for codec in ("gb18030", "big5hkscs"):
        shares[codec] = commonness(sample.decode(codec, "replace"), codec)
        if declared in (None, codec):  # of two good readings the declared one, or the usual one
            if shares[codec] > ENOUGH:
                return codec, "common characters"
            shares[codec] += TIE_BREAK
    codec = max(shares, key=lambda name: shares[name])
    return codec, "common characters" if shares[codec] > ENOUGH else "declared"
