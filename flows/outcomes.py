"""The ways in which a fetch can end, which of them are worth another try, what a run ends with."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """Every way in which a fetch can end; the words stored in `fetch_attempt.outcome`."""

    OK = "OK"
    NOT_MODIFIED = "NOT_MODIFIED"
    GONE = "GONE"  # 404, 410, a soft 404, or a redirect to another page
    CHALLENGE = "CHALLENGE"  # a script to be solved; reported, never solved
    BLOCKED = "BLOCKED"  # refused by a firewall or by status
    RATE_LIMITED = "RATE_LIMITED"
    SERVER_ERROR = "SERVER_ERROR"
    TRUNCATED = "TRUNCATED"  # the body is shorter than it was to be
    TOO_BIG = "TOO_BIG"  # on the wire or unpacked
    TIMEOUT = "TIMEOUT"
    NETWORK = "NETWORK"
    TLS_ERROR = "TLS_ERROR"
    REDIRECT_BLOCKED = "REDIRECT_BLOCKED"  # to an address that is not on the list
    REDIRECT_LOOP = "REDIRECT_LOOP"
    PEER_BLOCKED = "PEER_BLOCKED"  # the name led to an address that is not public
    NOT_HTML = "NOT_HTML"
    BAD_RESPONSE = "BAD_RESPONSE"  # not HTTP, or nothing in it
    BAD_URL = "BAD_URL"
    ROBOTS_DENIED = "ROBOTS_DENIED"
    DEFERRED = "DEFERRED"  # not asked at all: the host is paused, or today's share is used up


ARRIVED = frozenset({Outcome.OK, Outcome.NOT_MODIFIED})
# Asking again may help; everything else gives the same answer.
RETRYABLE = frozenset(
    {
        Outcome.TIMEOUT,
        Outcome.NETWORK,
        Outcome.TRUNCATED,
        Outcome.SERVER_ERROR,
        Outcome.RATE_LIMITED,
    }
)
# The host, not the page, is in trouble or has had enough of us.
HOST_TROUBLE = frozenset(
    {
        Outcome.BLOCKED,
        Outcome.CHALLENGE,
        Outcome.SERVER_ERROR,
        Outcome.RATE_LIMITED,
        Outcome.TIMEOUT,
        Outcome.NETWORK,
        Outcome.TLS_ERROR,
    }
)
ANSWERED = frozenset({Outcome.GONE, Outcome.NOT_HTML})  # no page, and that is the answer
REFUSED = frozenset({Outcome.BLOCKED, Outcome.CHALLENGE, Outcome.ROBOTS_DENIED})


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """Return what a run that fetched these ends with: 0, 3 nothing, 4 partial, 5 blocked."""
    seen = set(outcomes)
    if not seen - ARRIVED - ANSWERED:
        return 0 if seen & ARRIVED or not seen else 3
    if seen & ARRIVED:
        return 4
    if seen & REFUSED:
        return 5
    return 4 if seen & (RETRYABLE | {Outcome.DEFERRED}) else 3
