"""Articles are found on the site's own lists and in the indexes of web archives, each once."""

import contextlib
import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.archive import warc
from flows.archive.archive import Archive
from flows.discovery.captures import fetch_captures
from flows.discovery.cdx import (
    HOSTS,
    patterns_of,
    read_wayback,
    search_common_crawl,
    search_wayback,
    wayback_query,
    without_port,
    years,
)
from flows.discovery.discovery import Window, discover, identity, known_in
from flows.discovery.gathering import Order, hosts_for, url_list
from flows.fetching.clock import Clock
from flows.fetching.fetching import Client, fetch_all
from flows.fetching.redirects import hosts_of
from flows.outcomes import Outcome
from tests.faults.probe import QUICK
from tests.faults.server import C3VK, HTML, Server, reply
from tests.faults.site import SAMPLES, path_of, route_to, sample_site
from transforms.errors import InputError, UsageError
from transforms.model import ArticleRef, Snapshot
from transforms.sites import all_sites

GXJJW = all_sites()["gxjjw"]
ADDRESS = "http://www.gxjjw.gov.cn/staticpages/{}/gxjjw{}-{}.shtml"
ONE = ADDRESS.format("20210329", "60618291", "156609")
TWO = ADDRESS.format("20210910", "613b3628", "161934")


@pytest.fixture
def site():
    server = sample_site()
    yield server
    server.close()


def visitor(server: Server, hosts=None, **changes) -> Client:
    hosts = hosts or hosts_of([GXJJW])
    return Client(hosts, replace(QUICK, **changes), route=route_to(server))


def found(server: Server, **options) -> list[ArticleRef]:
    with visitor(server) as client:
        return list(discover(GXJJW, client, **options))


def articles(server: Server) -> set[str]:
    return {f"http://www.gxjjw.gov.cn/{path}" for path in server.pages if "staticpages" in path}


# Lists.


def test_every_article_of_the_lists_is_found_once(site: Server) -> None:
    refs = found(site)
    assert {ref.url for ref in refs} == listed(site)
    assert max(Counter(ref.url for ref in refs).values()) == 1
    assert all(ref.title and ref.published_on for ref in refs)
    # Each list is asked for once, both eras and all pages of them.
    assert set(site.hits.values()) == {1}
    assert lists_of() <= site.hits.keys()


def lists_of() -> set[str]:
    with (SAMPLES / "listings" / "MANIFEST.tsv").open(encoding="utf-8") as lines:
        return {path_of(row["url"]) for row in csv.DictReader(lines, delimiter="\t")}


def listed(site: Server) -> set[str]:
    text = b"".join(site.pages[path] for path in lists_of())
    return {url for url in articles(site) if path_of(url).encode() in text}


def test_the_lists_name_nearly_all_sample_pages(site: Server) -> None:
    gxjjw = {url for url in articles(site) if GXJJW.address(url)}
    assert len(listed(site)) >= 45
    assert listed(site) <= gxjjw


def test_a_window_of_days(site: Server) -> None:
    everything = {ref.url: ref.published_on for ref in found(site)}
    window = Window(date(2020, 6, 1), date(2020, 9, 30))
    chosen = {ref.url for ref in found(site, window=window)}
    assert chosen == {url for url, day in everything.items() if window.holds(day)}
    assert 0 < len(chosen) < len(everything)


def test_a_window_ends_the_walk_into_the_past(site: Server) -> None:
    found(site, window=Window(since=date(2030, 1, 1)))
    assert not any(path.startswith("more.php") for path in site.hits)


def test_a_known_page_ends_a_column(site: Server) -> None:
    refs = found(site)
    lists = sum(site.hits.values())
    site.hits.clear()
    assert found(site, known={ref.url for ref in refs}.__contains__) == []
    assert sum(site.hits.values()) < lists
    assert not any(path.startswith("more.php") for path in site.hits)


def test_a_known_article_on_top_hides_no_new_one(site: Server) -> None:
    """One pinned row is no known page: the walk goes on while a page names anything new."""
    refs = found(site)
    pinned = refs[0].url
    assert {ref.url for ref in found(site, known=lambda url: url == pinned)} == {
        ref.url for ref in refs if ref.url != pinned
    }


def test_a_list_that_cannot_be_read_is_told(site: Server) -> None:
    site.pages["staticmores/908/908-1.shtml"] = reply(b"", "500 Internal Server Error")
    site.pages["staticmores/700/700-1.shtml"] = reply("<html><p>改版</p></html>".encode())
    told = []
    refs = found(site, record=told.append)
    failed = {each.url.rpartition("/")[2]: each for each in told if not each.arrived}
    assert {name: str(each.outcome) for name, each in failed.items()} == {
        "908-1.shtml": "SERVER_ERROR",
        "700-1.shtml": "BAD_RESPONSE",
    }
    assert "names no article" in failed["700-1.shtml"].detail
    assert refs


def test_a_site_that_moved_to_https_is_walked_once(site: Server, monkeypatch) -> None:
    """The start lists are http, the links on its home page https: the same lists."""
    home = site.pages[""]
    body = home.partition(b"\r\n\r\n")[2]
    site.pages[""] = reply(body.replace(b'href="/', b'href="https://www.gxjjw.gov.cn/'))
    asked = []
    with visitor(site) as client:
        fetch = client.fetch

        def plainly(request):
            asked.append(request.url)
            return fetch(replace(request, url=request.url.replace("https:", "http:")))

        monkeypatch.setattr(client, "fetch", plainly)
        assert list(discover(GXJJW, client))
    assert set(site.hits.values()) == {1}
    assert any(url.startswith("https:") for url in asked)


def test_pages_without_end_are_left(site: Server) -> None:
    """A server that answers any page number with the last page is asked once more, not for ever."""
    last = site.pages["more.php?sortid=908&pageno=2"]
    for number in range(2, 60):
        following = f'<a href="/more.php?sortid=908&pageno={number + 1}">下一页</a>'.encode("gbk")
        body = last.partition(b"\r\n\r\n")[2].replace(b"</body>", following + b"</body>")
        site.pages[f"more.php?sortid=908&pageno={number}"] = reply(body, "200 OK", "text/html")
    found(site)
    assert sum(path.startswith("more.php?sortid=908") for path in site.hits) == 2


def test_an_article_is_the_same_under_all_its_addresses() -> None:
    twins = {ONE, ONE.replace("http:", "https:"), ONE.replace("www.", "")}
    assert {identity(url) for url in twins} == {"gxjjw/156609"}
    assert identity("http://a/b") == "http://a/b"


def test_discover_fetch_archive(site: Server, tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with visitor(site) as client, archive.writer("run-1") as writer:
        attempts = list(fetch_all(discover(GXJJW, client), client, writer, print))
    outcomes = Counter(str(attempt.outcome) for attempt in attempts)
    assert outcomes["OK"] >= 45
    assert outcomes["OK"] + outcomes["CHALLENGE"] + outcomes["GONE"] == len(listed(site))
    assert {entry.url for entry in archive.entries()} == {
        attempt.url for attempt in attempts if attempt.outcome is Outcome.OK
    }
    for entry in archive.entries():
        body = site.pages[path_of(entry.url)].partition(b"\r\n\r\n")[2]
        assert archive.read(entry).body == body
    again = found(site, known=known_in(archive))
    assert {ref.url for ref in again} == listed(site) - {entry.url for entry in archive.entries()}


# Lists of addresses.


def test_a_list_of_addresses(site: Server, tmp_path: Path) -> None:
    urls = sorted(articles(site))[:3]
    path = tmp_path / "urls.txt"
    path.write_text("\ufeff# pages\n\n" + "\n".join([*urls, urls[0]]) + "\n", "utf-8")
    order, archive = Order("urls", path=path), Archive(tmp_path / "archive")
    assert hosts_for(order) <= hosts_of()
    with visitor(site, hosts_for(order)) as client, archive.writer("run-1") as writer:
        attempts = list(fetch_all(url_list(path), client, writer, print))
    assert [attempt.url for attempt in attempts] == urls


@pytest.mark.parametrize("line", ["ftp://a/b", "a.txt", "http://[::1", "http://" + "a" * 3_000])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "urls.txt"
    path.write_text(f"http://a/1\n{line}\n", "utf-8")
    with pytest.raises(InputError, match="line 2"):
        url_list(path)


def test_unknown_names_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        hosts_for(Order("listing", sites=("nowhere",)))
    with pytest.raises(InputError):
        url_list(tmp_path / "none.txt")
    with pytest.raises(UsageError):
        url_list(None)


# Wayback Machine.

NAMES = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def capture_row(url: str, stamp: str = "20210401020304", status: str = "200") -> list[str]:
    return ["cn,gov,gxjjw)/", stamp, url, "text/html", status, "D" * 32, "1792"]


@pytest.mark.parametrize(
    ("answer", "rows", "key"),
    [
        ("[]", 0, None),
        ("", 0, None),
        ("\n", 0, None),
        (json.dumps([NAMES]), 0, None),
        (json.dumps([NAMES, capture_row(ONE)]), 1, None),
        (json.dumps([NAMES, capture_row(ONE), capture_row(TWO), [], ["cn,gov+1"]]), 2, "cn,gov+1"),
        (json.dumps([NAMES, [], ["cn,gov+2021"]]), 0, "cn,gov+2021"),
    ],
)  # fmt: skip
def test_answers_of_wayback(answer: str, rows: int, key: str | None) -> None:
    found_rows, found_key = read_wayback(answer.encode())
    assert (len(found_rows), found_key) == (rows, key)


@pytest.mark.parametrize(
    "answer",
    [
        "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots",
        "<html>504</html>", '{"a": 1}', "[[1, 2], [3]]", "17", "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_answer_is_said(answer: str) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        read_wayback(answer.encode())


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=9,
    )
)
def test_any_answer_is_read_or_refused(answer: object) -> None:
    with contextlib.suppress(ValueError):
        rows, key = read_wayback(json.dumps(answer).encode())
        assert all(isinstance(row, dict) for row in rows)
        assert key is None or isinstance(key, str)


def index_of_years(answers: dict[int, list]) -> Server:
    server = Server()
    for pattern in patterns_of(GXJJW):
        for first, last in years(date(2021, 1, 1), date(2023, 6, 1)):
            rows = answers.get(first.year, [])
            path = path_of(wayback_query(pattern, first, last))
            server.pages[path] = reply(json.dumps(rows).encode(), "200 OK", "application/json")
    return server


def searching(server: Server) -> Client:
    now = datetime(2023, 6, 1, tzinfo=UTC)
    return Client(
        HOSTS, replace(QUICK, breaker=99), clock=Clock(now=lambda: now), route=plain_route(server)
    )


def plain_route(server: Server):
    return lambda _host, _port: ("127.0.0.1", server.port)


@pytest.fixture
def plain(monkeypatch):
    """Ask the archives without TLS, as the stand-in server speaks none."""
    import flows.discovery.cdx as module

    for name in ("WAYBACK", "COMMON_CRAWL", "COMMON_CRAWL_DATA"):
        monkeypatch.setattr(module, name, getattr(module, name).replace("https:", "http:"))


@pytest.mark.usefixtures("plain")
def test_a_search_of_wayback() -> None:
    server = index_of_years(
        {
            2021: [
                NAMES,
                capture_row(ONE.replace("gov.cn/", "gov.cn:80/")),
                capture_row(ONE.replace("http:", "https:"), "20210501000000"),
                capture_row(TWO, status="-"),
                capture_row("http://www.gxjjw.gov.cn/"),
            ],
            2022: [NAMES, capture_row(TWO, "20220101000000")],
        }
    )
    with searching(server) as client:
        window = Window(since=date(2021, 1, 1))
        captures = list(search_wayback(GXJJW, client, window=window))
        few = list(search_wayback(GXJJW, client, window=window, known=lambda url: url == ONE))
        some = list(
            search_wayback(GXJJW, client, window=Window(date(2021, 8, 1), date(2021, 12, 31)))
        )
    server.close()
    assert [(each.ref.url, each.ref.published_on) for each in captures] == [
        (ONE, date(2021, 3, 29)),
        (TWO, date(2021, 9, 10)),
    ]
    assert captures[0].taken_at == datetime(2021, 4, 1, 2, 3, 4, tzinfo=UTC)
    assert captures[0].address.endswith(f"/web/20210401020304id_/{ONE}")
    assert [each.ref.url for each in few] == [TWO]
    assert [each.ref.url for each in some] == [TWO]


@pytest.mark.usefixtures("plain")
def test_a_resume_key_is_followed_and_a_heavy_window_halved() -> None:
    server = index_of_years({2022: [NAMES, capture_row(ONE), [], ["next"]]})
    (pattern,) = patterns_of(GXJJW)
    following = wayback_query(pattern, date(2022, 1, 1), date(2022, 12, 31), "next")
    server.pages[path_of(following)] = reply(json.dumps([NAMES, capture_row(TWO)]).encode())
    heavy = path_of(wayback_query(pattern, date(2023, 1, 1), date(2023, 6, 1)))
    server.pages[heavy] = reply(b"x", "504 Gateway Time-out")
    half = path_of(wayback_query(pattern, date(2023, 1, 1), date(2023, 3, 17)))
    third = ADDRESS.format("20230101", "63b0f000", "180000")
    server.pages[half] = reply(json.dumps([NAMES, capture_row(third)]).encode())
    told = []
    with searching(server) as client:
        captures = list(
            search_wayback(GXJJW, client, window=Window(date(2021, 1, 1)), record=told.append)
        )
    server.close()
    assert [each.ref.url for each in captures] == [ONE, TWO, third]
    assert server.hits[half] == 1
    assert {str(each.outcome) for each in told} == {"OK", "SERVER_ERROR", "GONE"}


@pytest.mark.usefixtures("plain")
def test_a_blocked_site_is_told() -> None:
    server = index_of_years({})
    for path in server.pages:
        server.pages[path] = reply(b"org.archive.RobotAccessControlException: gone", "200 OK", HTML)
    told = []
    with searching(server) as client:
        assert (
            list(search_wayback(GXJJW, client, window=Window(date(2021, 1, 1)), record=told.append))
            == []
        )
    server.close()
    assert [str(each.outcome) for each in told[:2]] == ["OK", "BLOCKED"]


def page(number: int) -> bytes:
    return f"<html><body>{'提醒谈话29人。' * 60}{number}</body></html>".encode()


@pytest.mark.usefixtures("plain")
def test_captures_are_archived_as_the_originals(tmp_path: Path) -> None:
    digest = warc.digest_of(page(1)).removeprefix("sha1:")
    first = [*capture_row(ONE)[:5], digest, "1"]
    moved_stamp = "20210911000000"
    server = index_of_years({2021: [NAMES, first, capture_row(TWO)]})
    server.pages[f"web/20210401020304id_/{ONE}"] = reply(page(1), "200 OK", "text/html")
    server.pages[f"web/20210401020304id_/{TWO}"] = reply(
        b"", "302 Found", HTML, f"Location: /web/{moved_stamp}id_/{TWO}"
    )
    server.pages[f"web/{moved_stamp}id_/{TWO}"] = reply(page(2), "200 OK", "text/html")
    archive, told = Archive(tmp_path), []
    with searching(server) as client, archive.writer("run-1") as writer:
        captures = search_wayback(GXJJW, client, window=Window(date(2021, 1, 1)))
        attempts = list(fetch_captures(captures, client, writer, told.append))
    server.close()
    one, two = archive.entries()
    assert (one.url, one.fetched_at) == (ONE, "2021-04-01T02:03:04+00:00")
    assert (two.url, two.fetched_at) == (TWO, "2021-09-11T00:00:00+00:00")
    assert archive.read(one).body == page(1)
    assert [each.flags for each in attempts] == [(), ("digest_differs",)]


@pytest.mark.usefixtures("plain")
def test_a_capture_that_leads_elsewhere_is_gone(tmp_path: Path) -> None:
    server = index_of_years({2021: [NAMES, capture_row(ONE)]})
    elsewhere = "web/20210401020304id_/http://www.gxjjw.gov.cn/"
    server.pages[f"web/20210401020304id_/{ONE}"] = reply(
        b"", "302 Found", HTML, f"Location: /{elsewhere}"
    )
    server.pages[elsewhere] = reply(page(0))
    archive = Archive(tmp_path)
    with searching(server) as client, archive.writer("run-1") as writer:
        captures = search_wayback(GXJJW, client, window=Window(date(2021, 1, 1)))
        (attempt,) = fetch_captures(captures, client, writer, print)
    server.close()
    assert (attempt.outcome, attempt.entry) == (Outcome.GONE, None)


@pytest.mark.usefixtures("plain")
def test_a_capture_of_a_challenge_gives_way_to_another(tmp_path: Path) -> None:
    server = index_of_years({2021: [NAMES, capture_row(ONE)]})
    first, other = (f"web/{stamp}id_/{ONE}" for stamp in ("20210401020304", "20220101000000"))
    server.pages[first] = reply(C3VK, "200 OK", "text/html")
    server.pages[other] = reply(page(1), "200 OK", "text/html")
    rows = [NAMES, capture_row(ONE), [*capture_row(ONE, "20220101000000")[:5], "E" * 32, "1"]]
    exact = (
        "cdx/search/cdx?url=http%3A%2F%2Fwww.gxjjw.gov.cn%2Fstaticpages%2F20210329%2F"
        "gxjjw60618291-156609.shtml&output=json&filter=statuscode%3A200&collapse=digest&limit=50"
    )
    server.pages[exact] = reply(json.dumps(rows).encode(), "200 OK", "application/json")
    archive, told = Archive(tmp_path), []
    with searching(server) as client, archive.writer("run-1") as writer:
        captures = search_wayback(GXJJW, client, window=Window(date(2021, 1, 1)))
        (attempt,) = fetch_captures(captures, client, writer, told.append)
    server.close()
    assert [str(each.outcome) for each in told] == ["CHALLENGE", "OK"]
    assert attempt.entry == next(archive.entries())
    assert attempt.entry.fetched_at == "2022-01-01T00:00:00+00:00"


# Common Crawl.

CRAWLS = [
    {"id": "CC-MAIN-2021-17", "cdx-api": "http://index.commoncrawl.org/CC-MAIN-2021-17-index",
     "from": "2021-04-10T00:00:00", "to": "2021-04-23T00:00:00"},
    {"id": "CC-MAIN-2008", "cdx-api": "http://index.commoncrawl.org/CC-MAIN-2008-index",
     "from": "2008-01-01T00:00:00", "to": "2009-01-01T00:00:00"},
]  # fmt: skip
API = (
    "CC-MAIN-2021-17-index?url=gxjjw.gov.cn%2Fstaticpages%2F%2A&output=json&filter=%3Dstatus%3A200"
)


def crawl(rows: list[dict[str, str]], files: dict[str, bytes]) -> Server:
    server = Server()
    server.pages["collinfo.json"] = reply(json.dumps(CRAWLS).encode(), "200 OK", "application/json")
    server.pages[f"{API}&showNumPages=true"] = reply(b'{"pages": 1, "pageSize": 5, "blocks": 1}')
    lines = "\n".join(map(json.dumps, rows)).encode()
    server.pages[f"{API}&page=0"] = reply(lines, "200 OK", "text/x-ndjson")
    for name, data in files.items():
        server.pages[name] = reply(data, "206 Partial Content", "application/octet-stream")
    return server


def crawled(url: str, name: str, member: bytes) -> dict[str, str]:
    return {
        "urlkey": "cn,gov,gxjjw)/", "timestamp": "20210411000000", "url": url, "status": "200",
        "mime": "text/html", "digest": "D" * 32, "length": str(len(member)), "offset": "4",
        "filename": name,
    }  # fmt: skip


@pytest.mark.usefixtures("plain")
def test_a_search_of_common_crawl(tmp_path: Path) -> None:
    taken = datetime(2021, 4, 11, tzinfo=UTC)
    good = warc.member_of(Snapshot(ONE, page(1), taken, 200, (("Content-Type", "text/html"),)))
    torn = warc.member_of(Snapshot(TWO, page(2), taken))[:-20]
    rows = [crawled(ONE, "crawl-data/a.warc.gz", good), crawled(TWO, "crawl-data/b.warc.gz", torn)]
    server = crawl(rows, {"crawl-data/a.warc.gz": good, "crawl-data/b.warc.gz": torn})
    archive, told = Archive(tmp_path), []
    with searching(server) as client, archive.writer("run-1") as writer:
        captures = search_common_crawl(GXJJW, client, window=Window(date(2021, 1, 1)))
        attempts = list(fetch_captures(captures, client, writer, told.append))
    server.close()
    assert [str(each.outcome) for each in attempts] == ["OK", "TRUNCATED"]
    (entry,) = archive.entries()
    assert archive.read(entry).body == page(1)
    assert entry.fetched_at == "2021-04-11T00:00:00+00:00"
    ranges = [head for head in server.received if b"Range" in head]
    assert f"bytes=4-{3 + len(good)}".encode() in ranges[0]
    assert not any("2008" in path for path in server.hits)


@pytest.mark.usefixtures("plain")
def test_no_capture_is_no_trouble() -> None:
    server = crawl([], {})
    server.pages[f"{API}&showNumPages=true"] = reply(
        b'{"message": "No Captures found for: gxjjw.gov.cn"}', "404 Not Found", "application/json"
    )
    told = []
    with searching(server) as client:
        window = Window(date(2021, 1, 1))
        assert list(search_common_crawl(GXJJW, client, window=window, record=told.append)) == []
    server.close()
    assert [str(each.outcome) for each in told] == ["OK", "GONE"]


@pytest.mark.parametrize(
    ("url", "plainly"),
    [
        ("http://a.gov.cn:80/x", "http://a.gov.cn/x"),
        ("http://a.gov.cn:8080/x", "http://a.gov.cn:8080/x"),
        ("https://a.gov.cn:80/x", "https://a.gov.cn:80/x"),
        ("http://a.gov.cn/x:80/", "http://a.gov.cn/x:80/"),
    ],
)
def test_the_usual_port_is_left_out(url: str, plainly: str) -> None:
    assert without_port(url) == plainly


# As the archives answered on 15 September 2025 when they were asked for one capture.
WAYBACK_ANSWER = (
    b'[["urlkey","timestamp","original","mimetype","statuscode","digest","length"],\n'
    b'["com,example)/","20020120142510","http://example.com:80/","text/html","200",'
    b'"HT2DYGA5UKZCPBSFVCV3JOBXGW2G5UUA","1792"]]\n'
)


def test_a_recorded_answer_is_read() -> None:
    (row,), key = read_wayback(WAYBACK_ANSWER)
    assert (row["timestamp"], row["statuscode"], key) == ("20020120142510", "200", None)
    assert without_port(row["original"]) == "http://example.com/"


def test_refs_go_to_the_client_in_their_order(site: Server, tmp_path: Path) -> None:
    refs = [ArticleRef(url) for url in sorted(articles(site))[:4]]
    archive = Archive(tmp_path)
    with visitor(site) as client, archive.writer("run-1") as writer:
        attempts = list(fetch_all(refs, client, writer, print))
    assert [attempt.url for attempt in attempts] == [ref.url for ref in refs]
