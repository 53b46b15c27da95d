"""Fetch the paths named on stdin from a server and print what became of each, one JSON a line."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from flows.fetching.fetching import Client
from flows.fetching.policy import Policy
from transforms.pages.encoding import decode

QUICK = Policy(
    gap=0, jitter=0, backoff=0.02, connect=0.6, read=0.6, total=1.0, max_inline_wait=2,
    obey_robots=False, allow_private=True, breaker=1_000_000,
)  # fmt: skip


def peak_mb() -> float:
    """The most memory this program ever held; ru_maxrss would tell that of who started it."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+([0-9]+) kB", status)[1]) / 1024


def main() -> None:
    port = int(sys.argv[1])
    for line in sys.stdin:
        path = line.strip()
        # A client a path: what one fault leaves behind must not excuse the next.
        with Client([f"127.0.0.1:{port}"], QUICK) as client:
            began = time.monotonic()
            attempt = client.fetch(f"http://127.0.0.1:{port}/{path}")
            text = decode(attempt.snapshot.body).text if attempt.snapshot else ""
            found = {
                "path": path,
                "outcome": attempt.outcome,
                "detail": attempt.detail,
                "requests": attempt.requests,
                "seconds": time.monotonic() - began,
                "retry_at": attempt.retry_at and attempt.retry_at.isoformat(),
                "flags": attempt.flags,
                "good": "29人" in text,
                "text": text[-60:],
                "broken": text.count("\ufffd"),
                "rss_mb": peak_mb(),
                "cookies": len(client.session.cookies),
            }
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
