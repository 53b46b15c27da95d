"""Every fault of a server ends as a typed outcome, in time, in little memory, and politely."""

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.archive.archive import Archive
from flows.archive.archive_writer import ArchiveWriter
from flows.archive.bodies import unpack
from flows.fetching.attempts import Attempt
from flows.fetching.clock import Clock
from flows.fetching.fetching import Client, Request, fetch_all
from flows.fetching.judging import Expect
from flows.fetching.policy import HostRule, load_host_rules, policy_for
from flows.fetching.politeness import retry_after
from flows.fetching.redirects import Allowed, is_same_article, target_of
from flows.fetching.transport import Road
from flows.outcomes import Outcome, exit_code
from tests.faults.probe import QUICK
from tests.faults.server import BODY, HTML, Server, bomb_in_bomb, reply
from transforms.errors import ConfigurationError
from transforms.model import ArticleRef

ROOT = Path(__file__).parent.parent

# path → outcome and requests sent; None where their number does not matter.
FAULTS: dict[str, tuple[str, int | None]] = {
    "ok": ("OK", 1),
    "cl_short": ("TRUNCATED", 3),
    "cl_nonsense": ("TRUNCATED", 3),
    "cl_two": ("BAD_RESPONSE", 1),
    "cl_over": ("OK", 1),
    "chunked": ("OK", 1),
    "chunk_trunc": ("TRUNCATED", 3),
    "chunk_torn": ("TRUNCATED", 3),
    "chunk_bad": ("BAD_RESPONSE", 1),
    "nocl": ("OK", 1),
    "nocl_trunc": ("TRUNCATED", 3),
    "gzip": ("OK", 1),
    "gzip_twice": ("OK", 1),
    "gzip_members": ("OK", 1),
    "gzip_junk": ("OK", 1),
    "deflate": ("OK", 1),
    "deflate_raw": ("OK", 1),
    "gzip_nocl": ("OK", 1),
    "gzip_trunc": ("TRUNCATED", 3),
    "gzip_tail": ("TRUNCATED", 3),
    "gzip_flip": ("TRUNCATED", 3),
    "gzip_lie": ("OK", 1),
    "gzip_bomb": ("TOO_BIG", 1),
    "gzip_nested": ("TOO_BIG", 1),
    "gzip_chain": ("BAD_RESPONSE", 1),
    "brotli": ("BAD_RESPONSE", 1),
    "big_nocl": ("TOO_BIG", 1),
    "drip_head": ("TIMEOUT", 1),
    "drip_body": ("TIMEOUT", 1),
    "drip_nocl": ("TIMEOUT", 1),
    "hang_accept": ("TIMEOUT", None),
    "hang_after_head": ("TIMEOUT", None),
    "rst_now": ("NETWORK", 3),
    "rst_mid": ("TRUNCATED", 3),
    "huge_header": ("BAD_RESPONSE", 1),
    "many_headers": ("BAD_RESPONSE", 1),
    "cookie_bomb": ("BAD_RESPONSE", 1),
    "odd_header": ("OK", 1),
    "garbage": ("BAD_RESPONSE", 1),
    "http09": ("BAD_RESPONSE", 1),
    "no_status": ("BAD_RESPONSE", 1),
    "redir_loop": ("REDIRECT_LOOP", 6),
    "redir_chain": ("REDIRECT_LOOP", 6),
    "redir_lo": ("REDIRECT_BLOCKED", 1),
    "redir_dec": ("REDIRECT_BLOCKED", 1),
    "redir_user": ("REDIRECT_BLOCKED", 1),
    "redir_file": ("REDIRECT_BLOCKED", 1),
    "redir_bad": ("REDIRECT_BLOCKED", 1),
    "redir_noloc": ("BAD_RESPONSE", 1),
    "redir_home": ("GONE", 2),
    "redir_utf8": ("GONE", 2),
    "redir_slash": ("OK", 2),
    "meta_refresh": ("BAD_RESPONSE", 1),
    "412_ruishu": ("CHALLENGE", 1),
    "202_ruishu": ("CHALLENGE", 1),
    "521_jsl": ("CHALLENGE", 1),
    "512_jsl": ("CHALLENGE", 1),
    "200_c3vk": ("CHALLENGE", 1),
    "403_geo": ("BLOCKED", 1),
    "405_waf": ("BLOCKED", 1),
    "404": ("GONE", 1),
    "410": ("GONE", 1),
    "500": ("SERVER_ERROR", 3),
    "soft404": ("GONE", 1),
    "soft404_gbk": ("GONE", 1),
    "soft404_long": ("GONE", 1),
    "waf200": ("BLOCKED", 1),
    "waf200_gbk": ("BLOCKED", 1),
    "waf200_long": ("BLOCKED", 1),
    "news_of_404": ("OK", 1),
    "news_of_waf": ("OK", 1),
    "empty200": ("BAD_RESPONSE", 1),
    "blank200": ("BAD_RESPONSE", 1),
    "204": ("BAD_RESPONSE", 1),
    "206_unasked": ("BAD_RESPONSE", 1),
    "304_unasked": ("BAD_RESPONSE", 1),
    "ct_pdf": ("NOT_HTML", 1),
    "ct_jpeg": ("NOT_HTML", 1),
    "ct_json": ("NOT_HTML", 1),
    "ct_none": ("OK", 1),
    "429_sec": ("OK", 2),
    "503_date": ("OK", 2),
    "503_huge": ("SERVER_ERROR", 1),
    "503_neg": ("SERVER_ERROR", 3),
    "503_garb": ("SERVER_ERROR", 3),
    "flap": ("OK", 3),
    "etag": ("OK", 1),
    "enc_hdr_utf8_body_gbk": ("OK", 1),
    "enc_none_meta_gbk": ("OK", 1),
    "enc_rare": ("OK", 1),
    "enc_none_utf8": ("OK", 1),
    "enc_iso": ("OK", 1),
    "enc_bogus": ("OK", 1),
    "enc_utf16": ("OK", 1),
    "enc_badbyte": ("OK", 1),
}
LATER = {"TIMEOUT", "NETWORK", "TRUNCATED", "SERVER_ERROR"}


@pytest.fixture(scope="module")
def probed():
    """What became of every fault, from a process of its own; and hits on the forbidden host."""
    server = Server()
    forbidden = Server("127.0.0.2", server.port)
    bomb_in_bomb()  # made before the clock runs
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.probe", str(server.port)],
        input="\n".join(FAULTS), capture_output=True, text=True, timeout=100, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = {each["path"]: each for each in map(json.loads, done.stdout.splitlines())}
    yield found, forbidden
    server.close()
    forbidden.close()


@pytest.mark.faults
@pytest.mark.parametrize("path", FAULTS)
def test_a_fault_has_its_outcome(probed, path: str) -> None:
    found = probed[0][path]
    outcome, requests = FAULTS[path]
    assert found["outcome"] == outcome, found["detail"]
    assert requests in (None, found["requests"])
    assert found["seconds"] < QUICK.total + 3  # 1 s of Retry-After among them
    assert found["rss_mb"] < 120
    assert found["cookies"] == 0
    assert found["good"] == (outcome == "OK")
    assert bool(found["retry_at"]) == (outcome in LATER)
    assert outcome == "OK" or found["detail"]


@pytest.mark.faults
def test_a_forbidden_host_is_never_asked(probed) -> None:
    assert probed[1].received == []


@pytest.mark.faults
def test_texts_survive_what_their_headers_say(probed) -> None:
    assert "㐂镕𠮷谈话29人" in probed[0]["enc_rare"]["text"]
    assert {path: each["broken"] for path, each in probed[0].items() if each["broken"]} == {
        "enc_badbyte": 2  # the byte, and the rest of the character it stood in
    }


@pytest.mark.faults
def test_challenges_are_named_and_a_lie_is_flagged(probed) -> None:
    found = probed[0]
    assert "Ruishu" in found["412_ruishu"]["detail"]
    assert "jsl" in found["521_jsl"]["detail"]
    assert found["gzip_lie"]["flags"] == ["encoding_lie"]


# In this process, with a clock that is told what time it is.


class Hands:
    """A clock whose sleep only moves its hands."""

    def __init__(self) -> None:
        self.time = datetime(2021, 3, 29, 2, tzinfo=UTC)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)

    def chance(self) -> float:
        return 0.5

    def now(self) -> datetime:
        return self.time

    def seconds(self) -> float:
        return self.time.timestamp()

    def clock(self) -> Clock:
        return Clock(self.now, self.seconds, self.sleep, self.chance)


@pytest.fixture
def server():
    running = Server()
    yield running
    running.close()


@pytest.fixture
def hands() -> Hands:
    return Hands()


def client_of(server: Server, hands: Hands | None = None, **changes) -> Client:
    options = {name: changes.pop(name) for name in ("rules", "spent", "route") if name in changes}
    clock = hands.clock() if hands else None
    policy = replace(QUICK, **({"breaker": 5} | changes))
    return Client([f"127.0.0.1:{server.port}"], policy, clock=clock, **options)


def outcomes(client: Client, server: Server, paths: list[str]) -> list[str]:
    return [str(client.fetch(server.url(path)).outcome) for path in paths]


def test_the_user_agent_tells_whom_to_write_to(server: Server) -> None:
    with Client(
        [f"127.0.0.1:{server.port}"],
        policy_for("mailto:ops@example.org", allow_private=True, obey_robots=False),
    ) as client:
        client.fetch(server.url("ok"))
    head = server.received[0].decode()
    assert "User-Agent: qinqing/" in head
    assert "(+mailto:ops@example.org)" in head
    assert "Cookie" not in head
    assert "Accept-Encoding: gzip, deflate\r\n" in head


def test_threads_share_one_visitor(server: Server) -> None:
    """Four threads, one host: one request at a time, and a gap between any two."""
    with client_of(server, gap=0.1) as client, ThreadPoolExecutor(4) as pool:
        list(pool.map(client.fetch, [server.url("ok")] * 10))
    starts = [at for at, _ in server.arrivals]
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert len(starts) == 10
    assert min(gaps) >= 0.1 * 0.95
    assert server.most_busy == 1


def test_jitter_lengthens_the_gap_and_redirects_wait_too(server: Server, hands: Hands) -> None:
    with client_of(server, hands, gap=3.0, jitter=0.5) as client:
        outcomes(client, server, ["ok", "ok", "redir_home"])
    assert hands.slept == [pytest.approx(3.75)] * 3  # 3 × (1 + 0.5 × 0.5)


def test_a_host_has_rules_of_its_own(server: Server, hands: Hands) -> None:
    rules = {f"127.0.0.1:{server.port}": HostRule(gap=7.0, daily_cap=2)}
    with client_of(server, hands, gap=3.0, jitter=0, rules=rules) as client:
        assert outcomes(client, server, ["ok"] * 3) == ["OK", "OK", "DEFERRED"]
    assert hands.slept == [pytest.approx(7.0)]


def test_the_daily_share_ends_at_midnight_in_china(server: Server, hands: Hands) -> None:
    place = f"127.0.0.1:{server.port}"
    with client_of(server, hands, daily_cap=10, spent={place: 9}) as client:
        assert outcomes(client, server, ["ok"]) == ["OK"]
        deferred = client.fetch(server.url("ok"))
        assert deferred.outcome is Outcome.DEFERRED
        assert deferred.retry_at == datetime(2021, 3, 29, 16, tzinfo=UTC)
        hands.time = deferred.retry_at
        assert outcomes(client, server, ["ok"]) == ["OK"]
    assert server.hits["ok"] == 2


def test_retry_after_is_kept_for_the_whole_host(server: Server, hands: Hands) -> None:
    server.pages["busy"] = reply(b"x", "503 Service Unavailable", HTML, "Retry-After: 600")
    with client_of(server, hands) as client:
        busy = client.fetch(server.url("busy"))
        assert (busy.outcome, busy.requests) == (Outcome.SERVER_ERROR, 1)
        assert busy.retry_at == hands.time + timedelta(seconds=600)
        other = client.fetch(server.url("ok"))
        assert (other.outcome, other.retry_at, other.requests) == (
            Outcome.DEFERRED, busy.retry_at, 0,
        )  # fmt: skip
        hands.time = busy.retry_at
        assert outcomes(client, server, ["ok"]) == ["OK"]
    assert server.hits == {"busy": 1, "ok": 1}
    assert sum(hands.slept) == 0


def test_a_short_retry_after_is_slept(server: Server) -> None:
    with client_of(server) as client:
        attempt = client.fetch(server.url("429_sec"))
    first, second = (at for at, _ in server.arrivals)
    assert attempt.outcome is Outcome.OK
    assert 1.0 <= second - first < 4.0


def test_a_rate_limit_without_a_time_pauses_a_minute(server: Server, hands: Hands) -> None:
    server.pages["busy"] = reply(b"x", "429 Too Many Requests")
    with client_of(server, hands) as client:
        attempt = client.fetch(server.url("busy"))
    assert attempt.outcome is Outcome.RATE_LIMITED
    assert attempt.retry_at == hands.time + timedelta(seconds=60)


NOW = datetime(2021, 3, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("999999", 86_400),
        ("9" * 400, 86_400),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("１２", None),
        ("Mon, 29 Mar 2021 00:01:00 GMT", 60),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize("path", ["403_geo", "500", "521_jsl"])
def test_a_host_that_only_refuses_is_left_alone(server: Server, hands: Hands, path: str) -> None:
    with client_of(server, hands) as client:
        found = outcomes(client, server, [path] * 20)
        assert sum(server.hits.values()) == 5
        assert found[-1] == "DEFERRED"
        assert exit_code(map(Outcome, found)) == (4 if path == "500" else 5)
        hands.time += timedelta(hours=1)
        outcomes(client, server, [path] * 3)
        assert sum(server.hits.values()) == 6  # one more question, then silence again
        hands.time += timedelta(hours=1)
        assert outcomes(client, server, ["ok", path, "ok"]) == ["OK", found[0], "OK"]


def test_pages_that_are_gone_are_no_trouble(server: Server, hands: Hands) -> None:
    with client_of(server, hands) as client:
        assert outcomes(client, server, ["404"] * 9 + ["ok"]) == ["GONE"] * 9 + ["OK"]


def test_waits_before_retries_are_drawn_at_random(server: Server, hands: Hands) -> None:
    with client_of(server, hands, backoff=2.0) as client:
        client.fetch(server.url("500"))
    assert [each for each in hands.slept if each] == [1.0, 2.0]  # half of 2, half of 4


# Conditional requests.


def test_an_unchanged_page_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    url = server.url("etag")
    archive, told = Archive(tmp_path), []
    with client_of(server) as client:
        with archive.writer("run-1") as writer:
            (first,) = fetch_all([ArticleRef(url)], client, writer, told.append)
        known = archive.validators()
        assert known == {url: first.entry}
        assert first.entry.etag == '"v1"'
        assert first.entry.last_modified == "Mon, 29 Mar 2021 02:55:13 GMT"
        with archive.writer("run-2") as writer:
            (again,) = fetch_all([ArticleRef(url)], client, writer, told.append, known.get)
    assert (first.outcome, again.outcome) == (Outcome.OK, Outcome.NOT_MODIFIED)
    assert first.entry == next(archive.entries())
    assert again.snapshot is None
    assert told == [first, again]
    assert b'If-None-Match: "v1"' in server.received[1]
    assert [entry.kind for entry in archive.entries(unchanged=True)] == ["response", "unchanged"]
    assert len(list(archive.entries())) == 1


def test_a_range_is_a_part(server: Server) -> None:
    server.pages["part"] = reply(b"\x1f\x8b\x08", "206 Partial Content", "application/warc")
    with client_of(server) as client:
        request = Request(server.url("part"), Expect.DATA, byte_range=(10, 12))
        attempt = client.fetch(request)
    assert attempt.snapshot.body == b"\x1f\x8b\x08"
    assert b"Range: bytes=10-12" in server.received[0]
    assert b"Accept-Encoding: identity" in server.received[0]


# Peers and addresses.


def test_loopback_is_no_peer_by_default(server: Server) -> None:
    with client_of(server, allow_private=False) as client:
        attempt = client.fetch(server.url("ok"))
    assert attempt.outcome is Outcome.PEER_BLOCKED
    assert server.received == []


def test_a_name_that_turns_private_is_not_followed(server: Server, monkeypatch) -> None:
    """What was vetted is what is connected to: rebinding changes nothing."""
    answers = iter([["203.0.113.7", "127.0.0.1"], ["127.0.0.1"]])
    asked = []

    def getaddrinfo(host: str, port: int, **_: object) -> list:
        asked.append(host)
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, (address, port)) for address in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    place = f"www.example.gov.cn:{server.port}"
    with Client([place], replace(QUICK, allow_private=False)) as client:
        first = client.fetch(f"http://{place}/ok")
        second = client.fetch(f"http://{place}/ok")
    # 203.0.113.0/24 is kept for documentation and is no public address either.
    assert {first.outcome, second.outcome} == {Outcome.PEER_BLOCKED}
    assert asked == ["www.example.gov.cn"] * 2
    assert server.received == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2400:3200::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("::1", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
        ("0.0.0.0", False),        ("224.0.0.1", False), ("255.255.255.255", False),
    ],
)  # fmt: skip
def test_peers(address: str, public: bool) -> None:
    from flows.fetching.transport import PeerBlockedError

    road = Road(1.0)
    if public:
        road.vet(address)
    else:
        with pytest.raises(PeerBlockedError):
            road.vet(address)


def test_a_proxy_of_the_environment_is_not_used(server: Server, monkeypatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with client_of(server) as client:
        assert client.fetch(server.url("ok")).outcome is Outcome.OK


def test_a_name_that_is_not_resolved_in_time_is_a_time_out(monkeypatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(4) or [])
    began = time.monotonic()
    with Client(["slow.example"], replace(QUICK, connect=0.2, retries=0)) as client:
        attempt = client.fetch("http://slow.example/")
    assert attempt.outcome is Outcome.TIMEOUT
    assert time.monotonic() - began < 3  # the resolver would have taken four seconds


@pytest.mark.parametrize(
    "url",
    [
        "ftp://www.gxjjw.gov.cn/a", "http://www.gxjjw.gov.cn.evil.example/", "http://evil.example/",
        "http://www.gxjjw.gov.cn@evil.example/", "http://u:p@www.gxjjw.gov.cn/", "http://[::1",
        "http://www.gxjjw.gov.cn:8080/", "http://www.gxjjw.gov.cn/\r\nHost: x", "file:///etc/passwd",
        "//www.gxjjw.gov.cn/", "", "http://", "http://www.gxjjw.gov.cn:99999/", "javascript:1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_asked(url: str) -> None:
    with Client(["www.gxjjw.gov.cn"], QUICK) as client:
        attempt = client.fetch(url)
    assert (attempt.outcome, attempt.requests) == (Outcome.BAD_URL, 0)
    assert attempt.detail


ARTICLE = "http://www.gxjjw.gov.cn/staticpages/20210329/gxjjw60618291-156609.shtml"


@pytest.mark.parametrize(
    ("asked", "final", "same"),
    [
        (ARTICLE, ARTICLE.replace("http:", "https:"), True),
        (ARTICLE, ARTICLE.replace("www.", ""), True),
        (ARTICLE, "https://www.gxjjw.gov.cn/mobile/article.php?articleid=156609", True),
        (ARTICLE, "https://www.gxjjw.gov.cn/", False),
        (ARTICLE, ARTICLE.replace("156609", "156610"), False),
        (ARTICLE, "https://www.gxjjw.gov.cn/more.php?id=1566090", False),
        ("http://a.gov.cn/art/2021/3/29/art_17_88123.html", "http://a.gov.cn/x/88123.html", True),
        ("http://a.gov.cn/art/2021/3/29/art_17_88123.html", "http://a.gov.cn/index.html", False),
        ("http://a.gov.cn/column", "http://a.gov.cn/column/", True),
        ("http://a.gov.cn/column", "http://a.gov.cn/", False),
    ],
)
def test_is_same_article(asked: str, final: str, same: bool) -> None:
    assert is_same_article(asked, final) is same


@given(location=st.text(max_size=80), base=st.text(max_size=40))
def test_any_location_leads_somewhere_or_is_refused(location: str, base: str) -> None:
    """Whatever a server sends, a redirect stays within the list of hosts."""
    allowed = Allowed(frozenset({"www.gxjjw.gov.cn"}))
    with contextlib.suppress(ValueError):
        target = target_of(f"http://www.gxjjw.gov.cn/{base}", location)
        if allowed.refusal(target) is None:
            parts = urlsplit(target)
            assert (parts.scheme in {"http", "https"}, parts.hostname) == (True, "www.gxjjw.gov.cn")
    assert isinstance(allowed.refusal(location), str | None)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/a b", "http://h/a%20b"),
        ("?x=1", "http://h/d/p?x=1"),
        ("../e#frag", "http://h/e"),
        ("提醒".encode().decode("latin-1"), "http://h/d/%E6%8F%90%E9%86%92"),
        ("//other/x", "http://other/x"),
        ("%E6%8F%90", "http://h/d/%E6%8F%90"),
    ],
)
def test_where_a_redirect_leads(location: str, target: str) -> None:
    assert target_of("http://h/d/p", location) == target


# Bodies.


@pytest.mark.parametrize("cut", [1, 5, 9, 200])
def test_no_cut_stream_passes(cut: int) -> None:
    import gzip

    whole = gzip.compress(BODY)
    assert unpack(whole, "gzip", 1 << 20).body == BODY
    assert unpack(whole[:-cut], "gzip", 1 << 20).outcome is Outcome.TRUNCATED


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_body_is_unpacked_or_has_an_outcome(wire: bytes, coding: str) -> None:
    for name in (coding, "gzip", "deflate", "gzip, deflate"):
        found = unpack(wire, name, 1_000)
        assert (found.outcome is None) or not found.body
        assert len(found.body) <= 1_000


def test_a_cap_is_a_cap() -> None:
    assert unpack(b"x" * 11, None, 10).outcome is Outcome.TOO_BIG
    assert unpack(b"x" * 10, None, 10).body == b"x" * 10
    assert unpack(b"x" * 10, "identity", 10).body == b"x" * 10


# What a run ends with.


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([], 0),
        (["OK", "NOT_MODIFIED", "GONE"], 0),
        (["NOT_MODIFIED"], 0),
        (["OK", "TIMEOUT"], 4),
        (["OK", "CHALLENGE"], 4),
        (["CHALLENGE", "DEFERRED"], 5),
        (["ROBOTS_DENIED"], 5),
        (["TIMEOUT"], 4),
        (["DEFERRED"], 4),
        (["GONE", "GONE"], 3),
        (["BAD_RESPONSE"], 3),
    ],
)
def test_exit_codes(found: list[str], code: int) -> None:
    assert exit_code(map(Outcome, found)) == code


def test_host_rules_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "hosts.toml"
    path.write_text('["www.A.gov.cn"]\ngap = 5\nlegacy = true\nextra_ca = "a.pem"\n', "utf-8")
    rule = load_host_rules(path)["www.a.gov.cn"]
    assert (rule.gap, rule.tls.legacy, rule.tls.extra_ca) == (5, True, tmp_path / "a.pem")
    path.write_text('["www.a.gov.cn"]\nverify = false\n', "utf-8")
    with pytest.raises(ConfigurationError, match="verify"):
        load_host_rules(path)


def test_a_page_is_whole_in_the_archive_before_it_is_told(server: Server, tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    writer: ArchiveWriter = archive.writer("run-1")

    def record(attempt: Attempt) -> None:
        assert archive.read(attempt.entry).body == BODY
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), client_of(server) as client, writer:
        list(fetch_all([ArticleRef(server.url("ok"))], client, writer, record))
    assert len(list(archive.entries())) == 1


def test_a_lost_connection_is_opened_again(server: Server) -> None:
    keep = reply().replace(b"Connection: close\r\n", b"")
    server.pages["keep"] = keep
    with client_of(server) as client:
        assert outcomes(client, server, ["keep", "keep", "keep"]) == ["OK"] * 3


def test_no_thread_is_left_waiting(server: Server) -> None:
    with client_of(server) as client:
        outcomes(client, server, ["ok"] * 3)
    assert [thread.name for thread in threading.enumerate()].count("deadlines") <= 1
