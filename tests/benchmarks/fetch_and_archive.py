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
from functools import cache
from pathlib import Path

from flows.archive import Archive
from flows.fetching import Client, fetch_all
from flows.policy import Policy
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


def fetching(place: str, count: int) -> None:
    with Client([place], UNLIMITED) as client:
        for number in range(500):  # the server packs each page once
            client.fetch(f"http://{place}/{number}")
        began, before = time.perf_counter(), memory()
        for number in range(count):
            assert client.fetch(f"http://{place}/{number}").snapshot
        seconds = time.perf_counter() - began
    print(f"fetched   {count / seconds:7,.0f} pages/s, {memory() - before:+.1f} MB over {count}")


def archiving(count: int) -> None:
    pages = [page(number) for number in range(500)]
    with tempfile.TemporaryDirectory() as folder:
        began, before = time.perf_counter(), memory()
        with Archive(Path(folder)).writer("run-1") as writer:
            for number in range(count):
                writer.add(Snapshot(f"http://a/{number}", pages[number % 500] + b"%d" % number))
        seconds = time.perf_counter() - began
    print(f"archived  {count / seconds:7,.0f} pages/s, {memory() - before:+.1f} MB over {count}")


def both(place: str, count: int) -> None:
    refs = (ArticleRef(f"http://{place}/{number}") for number in range(count))
    with tempfile.TemporaryDirectory() as folder, Client([place], UNLIMITED) as client:
        began, before = time.perf_counter(), memory()
        with Archive(Path(folder)).writer("run-1") as writer:
            arrived = sum(attempt.arrived for attempt in fetch_all(refs, client, writer, str))
        seconds = time.perf_counter() - began
    assert arrived == count
    print(f"both      {count / seconds:7,.0f} pages/s, {memory() - before:+.1f} MB over {count}")


def reading(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        with archive.writer("run-1") as writer:
            for number in range(count):
                writer.add(Snapshot(f"http://a/{number}", page(number)))
        began = time.perf_counter()
        for entry in archive.entries():
            archive.read(entry)
        seconds = time.perf_counter() - began
    print(f"read back {count / seconds:7,.0f} pages/s, verified")


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
