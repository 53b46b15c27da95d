"""Quality gates: is this page an article at all, and is its text whole?

Challenge, list, image-only and empty pages raise; a short, broken or partial text gets a status.
"""

from __future__ import annotations

import re

from transforms.encoding import HAN, REPLACEMENT, commonness
from transforms.lexicon import rows

SMALL = 4_000  # bytes; a challenge page is a script and nothing else
SHORT = 40  # characters; the shortest notice of a case is longer
ENOUGH_HAN = 60  # characters before their commonness says anything
READABLE = 0.15  # of the Han characters of text read with the wrong encoding hardly any is common
CHALLENGE_STATUSES = {412: "瑞数 (Ruishu)", 521: "加速乐 (jsl)"}
COOKIE_SCRIPT = re.compile(rb"document\.cookie|location\.reload|location\.href\s{0,3}=|window\.open")
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
TAGS = re.compile(r"<script[\s\S]{0,100000}?</script>|<!--|<[^>]{0,2000}>", re.IGNORECASE)


def challenge_of(body: bytes, status: int = 200) -> str | None:
    """Return the name of the challenge this page is instead of an article; None where it is none."""
    if len(body) > SMALL * 10:
        return None
    head = body[: SMALL * 10].decode("utf-8", "replace")
    marks = [row["name"] for row in rows("challenges.tsv") if row["marker"] in head]
    if status in CHALLENGE_STATUSES and b"<script" in body:
        return marks[0] if marks else CHALLENGE_STATUSES[status]
    if _says_something(head) or not COOKIE_SCRIPT.search(body):
        return None
    return marks[0] if marks else ("cookie script" if len(body) < SMALL else None)


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


def _says_something(markup: str) -> bool:
    visible = TAGS.sub("", markup)
    return len(HAN.findall(visible)) > 20  # noqa: PLR2004 - a sentence
    

def _is_garbled(text: str) -> bool:
    if len(HAN.findall(text)) < ENOUGH_HAN:
        return False
    return max(commonness(text, "gb18030"), commonness(text, "big5hkscs")) < READABLE
