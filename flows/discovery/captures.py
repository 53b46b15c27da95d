"""Fetch the copies that web archives hold, and archive them as the originals they are copies of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode

from flows.archive import warc
from flows.archive.archive import record_in
from flows.archive.archive_writer import ArchiveWriter
from flows.archive.bodies import Unpacked
from flows.discovery import cdx
from flows.discovery.cdx import Capture, moment_of, read_wayback, without_port
from flows.discovery.discovery import identity
from flows.fetching.attempts import Attempt
from flows.fetching.fetching import Client, Record, Request, archived
from flows.fetching.judging import Expect, judge
from flows.fetching.transport import Reply
from flows.outcomes import Outcome
from transforms.errors import ArchiveError

CAPTURED = re.compile(r"/web/([0-9]{14})(?:id_)?/(.*)$")
MOST_OTHERS = 3  # captures that are tried in the place of one that holds no page
# An archive keeps what it was sent: challenges and error pages too, with status 200.
SPOILT = frozenset(
    {
        Outcome.CHALLENGE,
        Outcome.BLOCKED,
        Outcome.GONE,
        Outcome.NOT_HTML,
        Outcome.BAD_RESPONSE,
        Outcome.TRUNCATED,
    }
)


def fetch_captures(
    captures: Iterable[Capture], client: Client, writer: ArchiveWriter, record: Record
) -> Iterator[Attempt]:
    """Fetch captures, archive them under the original's address and time, yield each attempt."""
    for capture in captures:
        for attempt in _attempts(capture, client):
            kept = archived(attempt, writer)
            record(kept)
        yield kept


def _attempts(capture: Capture, client: Client) -> Iterator[Attempt]:
    """Fetch a capture; where it holds no page, fetch others of the same address until one does."""
    attempt = fetch_capture(capture, client)
    yield attempt
    if attempt.outcome not in SPOILT or capture.byte_range is not None:
        return
    for other in islice(_others(capture, client), MOST_OTHERS):
        attempt = fetch_capture(other, client)
        yield attempt
        if attempt.outcome not in SPOILT:
            return


def _others(capture: Capture, client: Client) -> Iterator[Capture]:
    """Yield the other captures of an address, each of other bytes."""
    fields = [
        ("url", capture.ref.url),
        ("output", "json"),
        ("filter", "statuscode:200"),
        ("collapse", "digest"),
        ("limit", "50"),
    ]
    asked = client.fetch(Request(f"{cdx.WAYBACK}/cdx/search/cdx?{urlencode(fields)}", Expect.DATA))
    try:
        rows, _ = read_wayback(asked.snapshot.body if asked.snapshot else b"")
    except ValueError:
        return
    for row in rows:
        taken_at = moment_of(row.get("timestamp", ""))
        if taken_at and row.get("digest") != capture.digest:
            address = f"{cdx.WAYBACK}/web/{row['timestamp']}id_/{capture.ref.url}"
            yield replace(capture, taken_at=taken_at, digest=row["digest"], address=address)


def fetch_capture(capture: Capture, client: Client) -> Attempt:
    """Fetch one capture; the attempt and its page bear the original's address."""
    if capture.byte_range is None:
        attempt = client.fetch(Request(capture.address, Expect.LIST))
        return _from_wayback(capture, attempt)
    request = Request(capture.address, Expect.DATA, byte_range=capture.byte_range)
    return _from_common_crawl(capture, client.fetch(request))


def _from_wayback(capture: Capture, attempt: Attempt) -> Attempt:
    url = capture.ref.url
    if attempt.snapshot is None:
        return replace(attempt, url=url)
    found = CAPTURED.search(attempt.final_url or capture.address)
    if not found or identity(without_port(found[2])) != identity(url):
        where = f"redirected to {attempt.final_url}"
        return replace(attempt, url=url, outcome=Outcome.GONE, snapshot=None, detail=where)
    taken_at = moment_of(found[1]) or capture.taken_at
    snapshot = replace(attempt.snapshot, url=url, fetched_at=taken_at, final_url=None)
    return _checked(capture, replace(attempt, url=url, snapshot=snapshot))


def _from_common_crawl(capture: Capture, attempt: Attempt) -> Attempt:
    url = capture.ref.url
    if attempt.snapshot is None:
        return replace(attempt, url=url)
    try:
        snapshot = warc.snapshot_of(record_in(attempt.snapshot.body))
    except ArchiveError as error:
        return replace(
            attempt, url=url, outcome=Outcome.TRUNCATED, snapshot=None, detail=str(error)
        )
    if identity(without_port(snapshot.url)) != identity(url):
        detail = f"another page in the record: {snapshot.url[:100]}"
        return replace(attempt, url=url, outcome=Outcome.BAD_RESPONSE, snapshot=None, detail=detail)
    reply = Reply(snapshot.url, snapshot.status, snapshot.reason, snapshot.headers, snapshot.body)
    unpacked = Unpacked(snapshot.body, proven=True)
    verdict = judge(reply, unpacked, Expect.LIST, snapshot.url, conditional=False)
    good = replace(snapshot, url=url) if verdict.outcome is Outcome.OK else None
    judged = replace(
        attempt, url=url, outcome=verdict.outcome, detail=verdict.detail, snapshot=good, status=200
    )
    return _checked(capture, judged)


def _checked(capture: Capture, attempt: Attempt) -> Attempt:
    """Flag a page with another digest: its codings were undone, or it is another capture."""
    if attempt.snapshot is None or not capture.digest:
        return attempt
    if warc.digest_of(attempt.snapshot.body) == f"sha1:{capture.digest.removeprefix('sha1:')}":
        return attempt
    return replace(attempt, flags=(*attempt.flags, "digest_differs"))
