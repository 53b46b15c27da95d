"""Judge a whole reply: the article, a challenge, a block page, a soft 404, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from flows.archive.bodies import Unpacked
from flows.fetching.redirects import is_same_article
from flows.fetching.transport import Reply
from flows.outcomes import Outcome
from transforms.lexicon import rows
from transforms.pages.encoding import decode
from transforms.pages.gates import TAGS, challenge_of, other_format

SMALL = 20_000  # bytes; a block page or a soft 404 says little
FEW = 400  # visible characters
LONGEST_TITLE = 30
LARGEST_CHALLENGE = 200_000
TAIL = 512
BLOCKED = frozenset({401, 403, 405, 406, 412, 418, 451})
GONE = frozenset({404, 410})
TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,400})", re.IGNORECASE)
REFRESH = re.compile(rb"http-equiv\s{0,3}=\s{0,3}[\"']?refresh", re.IGNORECASE)
SCRIPT = re.compile(rb"<script", re.IGNORECASE)
MARKUP = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
BOMS = (b"\xff\xfe", b"\xfe\xff")


class Expect(Enum):
    """What is asked for; the stricter it is, the more is checked."""

    ARTICLE = "article"  # a page that must stay itself through redirects
    LIST = "list"  # any web page
    DATA = "data"  # JSON, WARC: anything whole


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome with a word on why."""

    outcome: Outcome
    detail: str = ""


def judge(
    reply: Reply, unpacked: Unpacked, expect: Expect, asked: str, *, conditional: bool
) -> Verdict:
    """Judge a reply to `asked`; `conditional` says whether it was asked with a validator."""
    if reply.outcome:
        return Verdict(reply.outcome, reply.detail)
    if reply.status == 304:  # noqa: PLR2004 - Not Modified
        unasked = Verdict(Outcome.BAD_RESPONSE, "304 to an unconditional request")
        return Verdict(Outcome.NOT_MODIFIED) if conditional else unasked
    if unpacked.outcome:
        return Verdict(unpacked.outcome, unpacked.detail)
    verdict = _by_challenge(reply, unpacked.body) or _by_status(reply, unpacked.body, expect)
    if verdict or expect is Expect.DATA:
        return verdict or Verdict(Outcome.OK)
    return _by_content(reply, unpacked, expect, asked) or Verdict(Outcome.OK)


def _by_challenge(reply: Reply, body: bytes) -> Verdict | None:
    name = challenge_of(body, reply.status or 0)
    if name is None and reply.status != 200 and SCRIPT.search(body, 0, SMALL):  # noqa: PLR2004 - OK
        name = _marker_in(body)
    return Verdict(Outcome.CHALLENGE, name) if name else None


def _marker_in(body: bytes) -> str | None:
    text = body[:LARGEST_CHALLENGE].decode("latin-1")
    return next((row["name"] for row in rows("challenges.tsv") if row["marker"] in text), None)


def _by_status(reply: Reply, body: bytes, expect: Expect) -> Verdict | None:
    status = reply.status or 0
    if status in GONE:
        return Verdict(Outcome.GONE, str(status))
    if status in BLOCKED:
        return Verdict(Outcome.BLOCKED, f"{status} {reply.reason}".strip()[:80])
    if status == 429:  # noqa: PLR2004 - Too Many Requests
        return Verdict(Outcome.RATE_LIMITED, "429")
    if status >= 500 or status == 408:  # noqa: PLR2004 - the server's fault, Request Timeout
        return Verdict(Outcome.SERVER_ERROR, f"{status} {reply.reason}".strip()[:80])
    if status != 200 and not (status == 206 and expect is Expect.DATA):  # noqa: PLR2004 - OK, a range
        return Verdict(Outcome.BAD_RESPONSE, f"{status} {reply.reason}".strip()[:80])
    return None if body.strip() else Verdict(Outcome.BAD_RESPONSE, "empty body")


def _by_content(reply: Reply, unpacked: Unpacked, expect: Expect, asked: str) -> Verdict | None:
    body = unpacked.body
    if expect is Expect.ARTICLE and not is_same_article(asked, reply.url):
        return Verdict(Outcome.GONE, f"redirected to {reply.url[:200]}")
    if kind := _not_html(reply, body):
        return Verdict(Outcome.NOT_HTML, kind)
    if verdict := _by_words(body, reply.header("content-type")):
        return verdict
    # Neither length nor checksum: the page's own end is the only proof that all of it is here.
    if not reply.delimited and not unpacked.proven and b"</html>" not in body[-TAIL:].lower():
        return Verdict(Outcome.TRUNCATED, "no length, no </html>")
    return None


def _not_html(reply: Reply, body: bytes) -> str | None:
    if kind := other_format(body):
        return kind
    if b"\0" in body[:2_000] and not body.startswith(BOMS):
        return "binary"
    declared = (reply.header("content-type") or "text/html").strip().lower()
    return None if declared.startswith(MARKUP) or "/" not in declared else declared[:80]


def _by_words(body: bytes, content_type: str | None) -> Verdict | None:
    """Find block pages and soft 404s by their words: all where they are few, else the title."""
    if len(body) > SMALL:
        return _by_title(body, content_type)
    if _visible(body, content_type) >= FEW:
        return None
    refusal = _refusal_in(decode(body, content_type).text)
    if refusal is None and REFRESH.search(body):
        return Verdict(Outcome.BAD_RESPONSE, "a page that only refreshes to another")
    return refusal


def _by_title(body: bytes, content_type: str | None) -> Verdict | None:
    """Judge a long page by its title; a firewall's page is long by its scripts, not its text."""
    found = TITLE.search(body, 0, SMALL)
    title = decode(found[1], content_type).text.strip() if found else ""
    refusal = _refusal_in(title, start=True) if len(title) <= LONGEST_TITLE else None
    if refusal and refusal.outcome is Outcome.BLOCKED and _visible(body, content_type) >= FEW:
        return None
    return refusal


def _visible(body: bytes, content_type: str | None) -> int:
    """Return how many characters a page shows."""
    return len("".join(decode(TAGS.sub(b"", body), content_type).text.split()))


def _refusal_in(text: str, *, start: bool = False) -> Verdict | None:
    for row in rows("refusals.tsv"):
        if text.startswith(row["words"]) if start else row["words"] in text:
            return Verdict(Outcome(row["outcome"]), row["words"])
    return None
