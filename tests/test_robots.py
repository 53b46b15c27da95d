"""robots.txt by RFC 9309, as the client obeys it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.fetching.clock import Clock
from flows.fetching.fetching import Client, Request
from flows.fetching.judging import Expect
from flows.outcomes import Outcome
from tests.faults.probe import QUICK
from tests.faults.server import JSL, Server, moved, reply

PLAIN = "text/plain"
DENY = b"User-agent: *\nDisallow: /private/\nDisallow: /*.pdf$\nAllow: /private/open\n"


@pytest.fixture
def server():
    running = Server()
    yield running
    running.close()


@pytest.fixture
def time() -> list[datetime]:
    return [datetime(2021, 3, 29, tzinfo=UTC)]


@pytest.fixture
def client(server: Server, time: list[datetime]):
    def sleep(seconds: float) -> None:
        time[0] += timedelta(seconds=seconds)

    def seconds() -> float:
        return time[0].timestamp()

    clock = Clock(lambda: time[0], seconds, sleep, lambda: 0.0)
    policy = replace(QUICK, obey_robots=True, breaker=99)
    with Client([f"127.0.0.1:{server.port}"], policy, clock=clock) as made:
        yield made


def asked(server: Server) -> int:
    return server.hits["robots.txt"]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (reply(DENY, "200 OK", PLAIN), "ROBOTS_DENIED"),
        (reply(b"\xef\xbb\xbf" + DENY, "200 OK", PLAIN), "ROBOTS_DENIED"),
        (reply(b"User-agent: qinqing\nDisallow: /\n", "200 OK", PLAIN), "ROBOTS_DENIED"),
        (reply(b"User-agent: other\nDisallow: /\n", "200 OK", PLAIN), "GONE"),
        (reply(b"", "200 OK", PLAIN), "GONE"),
        (reply(b"\0\xff\xfe", "200 OK", PLAIN), "GONE"),
        (reply("<html>页面不存在</html>".encode()), "GONE"),
        (reply(b"", "404 Not Found"), "GONE"),
        (reply(b"", "403 Forbidden"), "GONE"),
        (reply(b"", "401 Unauthorized"), "GONE"),
        (reply(b"", "500 Internal Server Error"), "SERVER_ERROR"),
        (reply(b"", "503 Service Unavailable"), "SERVER_ERROR"),
        (reply(b"", "429 Too Many Requests"), "RATE_LIMITED"),
        (b"", "NETWORK"),
        (b"garbage\r\n\r\n", "BAD_RESPONSE"),
        (reply(b"User-agent: *"[:5], "200 OK", PLAIN, length=99), "TRUNCATED"),
        (reply(JSL, "521 Down"), "CHALLENGE"),
        (moved("/robots.txt"), "GONE"),
        (moved("http://127.0.0.2/robots.txt"), "GONE"),
    ],
)
def test_what_an_answer_means(server: Server, client: Client, answer: bytes, outcome: str) -> None:
    server.pages["robots.txt"] = answer
    attempt = client.fetch(server.url("private/a"))
    assert attempt.outcome == outcome, attempt.detail
    assert server.hits["private/a"] == (outcome == "GONE")
    # What the file says stands; what kept us from having it may pass.
    assert bool(attempt.retry_at) == (outcome not in {"GONE", "ROBOTS_DENIED"})


@pytest.mark.parametrize(
    ("path", "denied"),
    [
        ("private/a", True),
        ("private/open", False),
        ("ok", False),
        ("a.pdf", True),
        ("a.pdf?x", False),
    ],
)
def test_paths(server: Server, client: Client, path: str, denied: bool) -> None:
    server.pages["robots.txt"] = reply(DENY, "200 OK", PLAIN)
    assert (client.fetch(server.url(path)).outcome is Outcome.ROBOTS_DENIED) is denied


def test_a_redirected_file_counts(server: Server, client: Client) -> None:
    server.pages["robots.txt"] = moved("/real.txt")
    server.pages["real.txt"] = reply(DENY, "200 OK", PLAIN)
    assert client.fetch(server.url("private/a")).outcome is Outcome.ROBOTS_DENIED


def test_five_megabytes_are_read_to_the_limit(server: Server, client: Client) -> None:
    filler = b"Disallow: /x\n" * 400_000
    server.pages["robots.txt"] = reply(b"User-agent: *\n" + filler + DENY, "200 OK", PLAIN)
    assert client.fetch(server.url("x")).outcome is Outcome.ROBOTS_DENIED
    assert client.fetch(server.url("private/a")).outcome is Outcome.GONE  # beyond 500 KiB


def test_a_file_is_asked_for_once_a_day(server: Server, client: Client, time) -> None:
    server.pages["robots.txt"] = reply(DENY, "200 OK", PLAIN)
    for _ in range(5):
        client.fetch(server.url("ok"))
    assert asked(server) == 1
    time[0] += timedelta(hours=25)
    client.fetch(server.url("ok"))
    assert asked(server) == 2


def test_an_unreachable_host_keeps_its_rules(server: Server, client: Client, time) -> None:
    server.pages["robots.txt"] = reply(DENY, "200 OK", PLAIN)
    client.fetch(server.url("ok"))
    server.pages["robots.txt"] = reply(b"", "500 Internal Server Error")
    time[0] += timedelta(hours=25)
    assert client.fetch(server.url("ok")).outcome is Outcome.OK
    assert client.fetch(server.url("private/a")).outcome is Outcome.ROBOTS_DENIED


def test_unreachable_is_asked_again_soon(server: Server, client: Client, time) -> None:
    server.pages["robots.txt"] = reply(b"", "500 Internal Server Error")
    denied = client.fetch(server.url("ok"))
    assert (denied.outcome, server.hits["ok"]) == (Outcome.SERVER_ERROR, 0)
    assert denied.detail == "robots.txt cannot be had: it answers 500"
    assert denied.retry_at > time[0]
    del server.pages["robots.txt"]
    time[0] = denied.retry_at
    assert client.fetch(server.url("ok")).outcome is Outcome.OK


@pytest.mark.parametrize(("delay", "gap"), [("5", 5), ("99999999", 60), ("x", 0), ("-3", 0)])
def test_a_crawl_delay_is_kept_up_to_a_minute(
    server: Server, client: Client, time, delay: str, gap: float
) -> None:
    lines = f"User-agent: *\nCrawl-delay: {delay}\n".encode()
    server.pages["robots.txt"] = reply(lines, "200 OK", PLAIN)
    client.fetch(server.url("ok"))
    began = time[0]
    client.fetch(server.url("ok"))
    assert (time[0] - began).total_seconds() == pytest.approx(gap)


def test_a_web_page_in_its_place_is_remarked(server: Server, client: Client) -> None:
    server.pages["robots.txt"] = reply("<html>首页</html>".encode())
    assert client.fetch(server.url("ok")).flags == ("robots_html",)


def test_an_index_is_not_subject_to_it(server: Server, client: Client) -> None:
    server.pages["robots.txt"] = reply(b"User-agent: *\nDisallow: /\n", "200 OK", PLAIN)
    assert client.fetch(Request(server.url("ok"), Expect.DATA)).outcome is Outcome.OK
    assert asked(server) == 0
