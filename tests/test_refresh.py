"""Over the network from lists to the warehouse: once, once more, and refreshed."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest

import flows.fetch_stage
from flows.archive.archive import Archive
from flows.discovery.cdx import WAYBACK, Capture
from flows.fetch_stage import Fetched, Ledger, client_for, fetch
from flows.fetching.redirects import hosts_of
from flows.jobs import Watch, order_of, run_ingest
from flows.settings import Settings
from tests.faults.server import BODY, Server, reply
from tests.faults.site import path_of, sample_site
from transforms.model import ArticleRef
from transforms.sites import all_sites
from warehouse.connection import all_rows
from warehouse.store import Warehouse

GXJJW = all_sites()["gxjjw"]
SINCE = date(2015, 1, 1)


@pytest.fixture
def site():
    server = sample_site()
    rules = b"User-agent: *\nDisallow: /attachs/\n"
    server.pages["robots.txt"] = reply(rules, "200 OK", "text/plain")
    yield server
    server.close()


@pytest.fixture
def settings(site: Server, tmp_path: Path, monkeypatch) -> Settings:
    """Settings that lead to the sample site, without the gap between requests."""
    polite = flows.fetch_stage.policy
    monkeypatch.setattr(
        flows.fetch_stage, "policy", lambda given: replace(polite(given), gap=0, jitter=0)
    )
    hosts = sorted(hosts_of([GXJJW]) | {"web.archive.org"})
    pairs = [f"{host}:{port}=127.0.0.1:{site.port}" for host in hosts for port in (80, 443)]
    return Settings(data=tmp_path / "data", route=",".join(pairs))


def outcomes(settings: Settings) -> dict[str, int]:
    sql = "SELECT outcome, count(*) FROM fetch_attempt WHERE kind = 'article' GROUP BY 1"
    with Warehouse(settings.database_path, read_only=True) as warehouse:
        return dict(all_rows(warehouse.connection, sql))


def articles(settings: Settings) -> dict[str, str]:
    with Warehouse(settings.database_path, read_only=True) as warehouse:
        return dict(all_rows(warehouse.connection, "SELECT article_id, text FROM article"))


def test_a_site_is_fetched_once_and_refreshed_on_request(site: Server, settings: Settings) -> None:
    tagged = path_of("http://www.gxjjw.gov.cn/staticpages/20210514/gxjjw609e3ecc-157670.shtml")
    site.pages[tagged] = site.pages[tagged].replace(b"Connection:", b'ETag: "v1"\r\nConnection:')
    site.tagged.add(tagged)
    run_ingest(order_of("listing", since=SINCE), settings, Watch())
    first, before = outcomes(settings), articles(settings)
    archive = Archive(settings.archive_path)
    held = {path_of(entry.url) for entry in archive.entries()}
    assert len(held) == first["OK"] >= 45

    site.hits.clear()
    run_ingest(order_of("listing", since=SINCE), settings, Watch())
    assert not held & site.hits.keys()  # what is archived is not asked for

    name = next(name for name, text in before.items() if len(text) > 300 and "157670" not in name)
    path = next(path for path in held if f"-{name.partition('/')[2]}.shtml" in path)
    words = before[name][:8]
    body = site.pages[path].partition(b"\r\n\r\n")[2].decode("gb18030")
    corrected = body.replace(words, f"（更正）{words}")
    site.pages[path] = reply(corrected.encode("gb18030"), "200 OK", "text/html")
    run_ingest(order_of("listing", since=SINCE, refresh=True), settings, Watch())
    assert held <= site.hits.keys()
    assert outcomes(settings)["NOT_MODIFIED"] == 1
    after = articles(settings)
    assert {key for key, text in after.items() if before[key] != text} == {name}
    assert "（更正）" in after[name]
    kinds = [entry.kind for entry in archive.entries(unchanged=True)]
    assert (kinds.count("response"), kinds.count("unchanged")) == (first["OK"] + 1, 1)
    assert kinds.count("revisit") == first["OK"] - 2  # the same bytes once more


def test_copies_and_pages_are_fetched_side_by_side(site: Server, settings: Settings) -> None:
    """An index names copies; what waits from earlier runs is asked for at its own address."""
    one, two = sorted(path for path in site.pages if "staticpages/2020" in path)[:2]
    original = f"http://www.gxjjw.gov.cn/{two}"
    address = f"{WAYBACK.replace('https', 'http')}/web/20210401020304id_/{original}"
    site.pages[path_of(address)] = site.pages[two]
    ref = ArticleRef(original)
    capture = Capture(ref, datetime(2021, 4, 1, 2, 3, 4, tzinfo=UTC), "", address)
    with client_for(settings, hosts_of([GXJJW]) | {"web.archive.org"}) as client:
        targets = [ArticleRef(f"http://www.gxjjw.gov.cn/{one}"), capture]
        fetched = fetch(targets, client, settings, Ledger(settings, "run-1"))
    assert fetched.arrived == 2
    found = [
        (entry.url, entry.fetched_at[:10]) for entry in Archive(settings.archive_path).entries()
    ]
    assert (original, "2021-04-01") in found


class Slow(Server):
    """Every page takes its time; `at_once` counts the answers under way on all servers."""

    at_once: ClassVar[list[int]] = []
    under_way: ClassVar[set[int]] = set()

    def respond(self, connection, path, head, hit) -> None:  # noqa: ARG002 - the server's
        self.under_way.add(self.port)
        time.sleep(0.05)
        self.at_once.append(len(self.under_way))
        self.under_way.discard(self.port)
        body = BODY.replace(b"<title>t", f"<title>{self.port} {path}".encode())
        connection.sendall(reply(body) if path != "robots.txt" else reply(b"", "404 Not Found"))


@pytest.fixture
def hosts():
    servers = {f"h{number}.example": Slow() for number in range(4)}
    yield servers
    for server in servers.values():
        server.close()


def visited(hosts: dict[str, Slow], data: Path, stop=None) -> tuple[Settings, Fetched]:
    pairs = [f"{name}:80=127.0.0.1:{server.port}" for name, server in hosts.items()]
    settings = Settings(data=data, route=",".join(pairs), batch_size=5)
    refs = [ArticleRef(f"http://{name}/{number}.shtml") for number in range(8) for name in hosts]
    with client_for(settings, hosts) as client:
        return settings, fetch(refs, client, settings, Ledger(settings, "run"), stop=stop)


@pytest.fixture
def gapless(monkeypatch) -> None:
    polite = flows.fetch_stage.policy
    monkeypatch.setattr(
        flows.fetch_stage, "policy", lambda given: replace(polite(given), gap=0.02, jitter=0)
    )


@pytest.mark.usefixtures("gapless")
def test_hosts_are_asked_side_by_side_each_with_its_gap(hosts, tmp_path: Path) -> None:
    settings, fetched = visited(hosts, tmp_path)
    archive = Archive(settings.archive_path)
    assert fetched.outcomes == {"OK": 32}
    assert outcomes(settings) == {"OK": 32}
    assert {entry.sha256 for entry in archive.entries()} == {
        archive.read(entry).sha256 for entry in archive.entries()
    }
    assert len({entry.url for entry in archive.entries()}) == 32
    for server in hosts.values():
        assert server.most_busy == 1
        times = [at for at, _ in server.arrivals]
        assert min(later - earlier for earlier, later in pairwise(times)) >= 0.06
        asked = [path for _, path in server.arrivals if path != "robots.txt"]
        assert asked == [f"{number}.shtml" for number in range(8)]
    assert max(Slow.at_once) == len(hosts)


@pytest.mark.usefixtures("gapless")
def test_a_host_that_refuses_is_left_alone_and_the_others_are_not(hosts, tmp_path: Path) -> None:
    refusing = hosts["h1.example"]
    refusing.respond = lambda connection, *_: connection.sendall(reply(b"no", "403 Forbidden"))
    settings, fetched = visited(hosts, tmp_path)
    # Five bad answers in a row, its robots.txt among them: then it is left alone.
    assert fetched.outcomes == {"OK": 24, "BLOCKED": 4, "DEFERRED": 1}
    assert fetched.waiting == 3
    assert fetched.exit_code == 4
    assert fetched.retry_at is not None
    assert outcomes(settings) == {"OK": 24, "BLOCKED": 4, "DEFERRED": 1}
    assert sum(refusing.hits.values()) == 5


@pytest.mark.usefixtures("gapless")
def test_an_interrupt_lets_every_host_finish_its_page(hosts, tmp_path: Path) -> None:
    answers = iter([False] * 40)
    settings, fetched = visited(hosts, tmp_path, stop=lambda: next(answers, True))
    held = {entry.url for entry in Archive(settings.archive_path).entries()}
    assert fetched.interrupted
    assert 0 < len(held) < 32
    assert fetched.outcomes == outcomes(settings) == {"OK": len(held)}
    _, again = visited(hosts, tmp_path / "again")
    assert not again.interrupted
