"""Quality gates: whether a page is an article at all, and whether its text is whole.

Challenge, list, image-only and empty pages raise; a short, broken or partial text gets a status.
"""

from __future__ import annotations

import re

from transforms.lexicon import rows
from transforms.pages.encoding import HANS, REPLACEMENT, commonness

SMALL = 4_000  # bytes; a challenge page is a script and nothing else
SHORT = 30  # characters; the shortest notice of a case is longer
ENOUGH_HAN = 60  # characters before their commonness says anything
SAMPLE = 1_000  # characters
READABLE = 0.15  # of the Han characters of text read with the wrong encoding hardly any is common
CHALLENGE_STATUSES = {412: "瑞数 (Ruishu)", 521: "加速乐 (jsl)"}
COOKIE_SCRIPTS = (b"document.cookie", b"location.reload", b"window.open")
LEADS_ON = re.compile(rb"location\.href\s{0,3}=")
ONWARD = re.compile(
    r"http-equiv=[\"']?refresh[\"']?[^>]{0,60}?url=[\"']?([^\"'>]{1,300})"
    r"|\blocation(?:\.href)?\s{0,3}=\s{0,3}[\"']([^\"']{1,300})",
    re.IGNORECASE,
)
MAGIC = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP or Office file",
    b"\xd0\xcf\x11\xe0": "Office file",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
}
TAGS = re.compile(rb"<(script|style|title)\b[\s\S]*?(?:</\1|\Z)|<[^<>]{0,2000}>", re.IGNORECASE)
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
SENTENCE_BYTES = 60  # some twenty Han characters
LARGEST_CHALLENGE = 40_000  # bytes; obfuscated scripts are long


def challenge_of(body: bytes, status: int = 200) -> str | None:
    """Return the name of the challenge that was sent instead of a page; None where it is a page."""
    if len(body) > LARGEST_CHALLENGE:
        return None
    by_status = CHALLENGE_STATUSES.get(status) if b"<script" in body else None
    if by_status is None and (not _runs_script(body) or _says_something(body)):
        return None
    text = body.decode("utf-8", "replace")
    marks = (row["name"] for row in rows("challenges.tsv") if row["marker"] in text)
    unnamed = "cookie script" if len(body) < SMALL else None
    return next(marks, by_status or unnamed)


def onward_address(markup: str) -> str | None:
    """Return the address that a page without text sends its reader on to."""
    found = ONWARD.search(markup[:SMALL])
    return (found[1] or found[2]).strip() if found else None


def other_format(body: bytes) -> str | None:
    """Return what a body is that is no web page, by its first bytes; None where it may be one."""
    return next((kind for magic, kind in MAGIC.items() if body.startswith(magic)), None)


def status_of(text: str, *, more_pages: bool) -> str:
    """Return the status of an article's text: ok, mojibake, multi_page or short."""
    if REPLACEMENT in text or _is_garbled(text):
        return "mojibake"
    if more_pages:
        return "multi_page"
    return "short" if len(text) < SHORT else "ok"


def _runs_script(body: bytes) -> bool:
    """Say whether a page sets a cookie or goes elsewhere; one word after the other is faster."""
    return any(word in body for word in COOKIE_SCRIPTS) or LEADS_ON.search(body) is not None


def _says_something(body: bytes) -> bool:
    """Say whether a small page shows a sentence, in whatever encoding it is."""
    visible = HIGH_BYTES.findall(TAGS.sub(b"", body))
    return sum(map(len, visible)) > SENTENCE_BYTES


def _is_garbled(text: str) -> bool:
    sample = "".join(HANS.findall(text[:SAMPLE]))
    if len(sample) < ENOUGH_HAN or commonness(sample, "gb18030") >= READABLE:
        return False
    return commonness(sample, "big5hkscs") < READABLE
