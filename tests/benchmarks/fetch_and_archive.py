"""Pages fetched and archived a second against loopback with a gap of zero, and memory as it grows.

Run: python -m tests.benchmarks.fetch_and_archive [PAGES]
"""

from __future__ import annotations

import gzip
import multiprocessing
import random
import resource
import socketserver
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flows.archive.archive import Archive
from flows.fetching.fetching import Client, fetch_all
from flows.fetching.policy import Policy
from transforms.model import ArticleRef, Snapshot

SIZE = 37_000  # bytes of a page, as on the sites
UNLIMITED = Policy(gap=0, jitter=0, allow_private=True, obey_robots=False, daily_cap=10**9)
LETTERS = "监督检查发现问题整改落实走访企业政商关系提醒谈话人次万元"


@cache
def packed(number: int) -> bytes:
    return gzip.compress(page(number) + b"</html>", 6)


def page(number: int) -> bytes:
    chance = random.Random(number)
    words = "".join(chance.choices(LETTERS, k=3_000))
    frame = '<div class="nav"><a href="/more.php?sortid=908">审查调查</a></div>\n' * 330
    head = '<html><head><meta charset="utf-8"></head><body>'
    return f"{head}{frame}<p>{words}{number}</p></body></html>".encode()[:SIZE]


class Pages(socketserver.StreamRequestHandler):
    """Keeps the connection; every page is another one, packed."""

    def handle(self) -> None:
        while line := self.rfile.readline():
            while self.rfile.readline().strip():
                pass
            body = packed(int(line.split()[1][1:]) % 500)
            head = (
                f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            self.wfile.write(head.encode() + body)


def serve(port: multiprocessing.connection.Connection) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Pages) as server:
        port.send(server.server_address[1])
        server.serve_forever()


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def measured(what: str, count: int) -> Iterator[None]:
    """Print what the block did: pages a second, CPU time of this process, growth of its memory."""
    began, spent, before = time.perf_counter(), time.process_time(), memory()
    yield
    seconds, spent = time.perf_counter() - began, time.process_time() - spent
    print(
        f"{what:9} {count / seconds:7,.0f} pages/s, {1000 * spent / count:.2f} ms of CPU each, "
        f"{memory() - before:+.1f} MB over {count:,}"
    )


def fetching(place: str, count: int) -> None:
    with Client([place], UNLIMITED) as client:
        for number in range(500):  # the server packs each page once
            client.fetch(f"http://{place}/{number}")
        with measured("fetched", count):
            for number in range(count):
                assert client.fetch(f"http://{place}/{number}").snapshot


def archiving(count: int) -> None:
    pages = [page(number) for number in range(500)]
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive(Path(folder)).writer("run-1") as writer,
        measured("archived", count),
    ):
        for number in range(count):
            writer.add(Snapshot(f"http://a/{number}", pages[number % 500] + b"%d" % number))


def both(place: str, count: int) -> None:
    refs = (ArticleRef(f"http://{place}/{number}") for number in range(count))
    with (
        tempfile.TemporaryDirectory() as folder,
        Client([place], UNLIMITED) as client,
        Archive(Path(folder)).writer("run-1") as writer,
        measured("both", count),
    ):
        assert sum(attempt.arrived for attempt in fetch_all(refs, client, writer, str)) == count


def reading(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        with archive.writer("run-1") as writer:
            for number in range(count):
                writer.add(Snapshot(f"http://a/{number}", page(number)))
        with measured("read back", count):
            for entry in archive.entries():
                archive.read(entry)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    place = f"127.0.0.1:{ours.recv()}"
    fetching(place, count)
    archiving(count)
    both(place, count)
    reading(min(count, 2_000))
    server.terminate()


if __name__ == "__main__":
    main()
