"""The explorer: what it finds, what it shows, what it refuses, and that no writer waits for it."""

import asyncio
import csv
import io
import re
import shutil
import socket
import subprocess
import sys
import time
from datetime import datetime

import duckdb
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.serve import Copies, create_app, serve
from tests import sample_warehouse
from transforms.errors import BusyError, QinqingError, WarehouseError
from transforms.reading import read_text
from warehouse.explorer.question import MOST_PAGES, Question, read_question
from warehouse.explorer.search import as_csv, below, region_pattern, search
from warehouse.explorer.view import region_tree
from warehouse.store import Warehouse

TITLE = "</script><script>document.title='owned'</script>西乡塘区"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    hostile = read_text(
        "2020年11月,西乡塘区纪委监委走访企业31家。",
        title=TITLE,
        published_at=datetime.fromisoformat("2020-12-01T09:00:00+08:00"),
        article_id="test/1",
        url="javascript:alert(1)",
    )
    return sample_warehouse.build(tmp_path_factory.mktemp("explorer") / "explorer.duckdb", hostile)


@pytest.fixture(scope="module")
def app(database):
    app = create_app(database)
    yield app
    app.state.copies.close()


def get(app, address: str, host: str = "127.0.0.1") -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.get(address)

    return asyncio.run(ask())


# Questions


@given(
    st.dictionaries(
        st.sampled_from([*Question.__dataclass_fields__, "other"]), st.text(max_size=20), max_size=8
    )
)
def test_any_address_is_read_and_written_back_the_same(given_parameters):
    asked = read_question(given_parameters)
    again = read_question(dict(httpx.QueryParams(asked.address(page=asked.page))))
    assert again == asked


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({}, Question()),
        ({"q": "  走访   企业 "}, Question(q="走访 企业")),
        ({"page": "0"}, Question()),
        ({"page": "9999"}, Question(page=MOST_PAGES)),
        ({"page": "２"}, Question()),
        ({"region": "450107"}, Question(region="450107")),
        ({"region": "45%"}, Question()),
        ({"start": "2020-13"}, Question()),
        ({"sort": "; DROP TABLE article"}, Question()),
        ({"view": "programmes", "lang": "en"}, Question(view="programmes", lang="en")),
    ],
)
def test_what_is_malformed_counts_as_not_said(parameters, asked):
    assert read_question(parameters) == asked


@pytest.mark.parametrize(
    ("code", "pattern"),
    [
        ("", None),
        ("450000", "45%"),
        ("450100", "4501%"),
        ("450107", "450107"),
        ("000000", "000000"),
    ],
)
def test_a_region_stands_for_all_below_it(code, pattern):
    assert region_pattern(code) == pattern


def test_a_subject_stands_for_all_its_indicators():
    assert {"accountability", "talk_reminder", "form_1"} <= set(below("accountability"))
    assert "enterprise_visit" not in below("accountability")


def test_the_tree_of_regions_counts_what_lies_below():
    names = {"450000": "广西壮族自治区", "450100": "南宁市", "450107": "西乡塘区", "000000": "全国"}
    tree = region_tree({"450107": 3, "450100": 2, "000000": 1, "999999": 9}, names, "450107")
    assert [(place.name, place.count) for place in tree] == [("全国", 1), ("广西壮族自治区", 5)]
    city = tree[1].below[0]
    assert (city.name, city.count, city.open) == ("南宁市", 5, True)
    assert city.below[0].chosen


# Searches


def counted(database, sql: str, *parameters: object) -> int:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql, list(parameters)).fetchone()[0]


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        (Question(), "true"),
        (Question(region="450100"), "region LIKE '4501%'"),
        (Question(region="450107"), "region = '450107'"),
        (Question(category="enterprise_visit"), "category = 'enterprise_visit'"),
        (Question(nature="rate"), "aggregation = 'rate'"),
        (
            Question(start="2020-10", end="2020-12"),
            "coalesce(period_end, published_on) BETWEEN '2020-10-01' AND '2020-12-31'",
        ),
        (
            Question(q="走访"),
            "claim_id IN (SELECT claim_id FROM measure WHERE contains(quote, '走访'))",
        ),
        (Question(q="%"), "claim_id IN (SELECT claim_id FROM measure WHERE contains(quote, '%'))"),
        (Question(q="x'); DROP TABLE claim; --"), "false"),
    ],
)
def test_a_search_finds_what_the_table_holds(database, asked, condition):
    wanted = counted(database, f"SELECT count(*) FROM claim WHERE kind = 'stated' AND {condition}")
    with Warehouse(database, read_only=True) as warehouse:
        found = search(warehouse.connection, asked)
    assert found.total == wanted
    assert len(found.hits) == min(wanted, 50)


def test_pages_follow_each_other_without_gap_or_overlap(database):
    with Warehouse(database, read_only=True) as warehouse:
        pages = [search(warehouse.connection, Question(page=page)).hits for page in range(1, 15)]
    told = [hit.measure_id for page in pages for hit in page]
    assert len(told) == len(set(told))
    assert len(told) == min(
        counted(database, "SELECT count(*) FROM claim WHERE kind = 'stated'"), 700
    )
    days = [hit.published_on for page in pages for hit in page]
    assert len(days) > 100


@pytest.mark.parametrize("sort", ["-value", "value"])
def test_results_come_in_the_order_asked_for(database, sort):
    with Warehouse(database, read_only=True) as warehouse:
        hits = search(warehouse.connection, Question(sort=sort, category="business")).hits
    assert len(hits) > 20
    values = [
        hit.value for hit in hits if hit.unit not in {"亩", "公顷"}
    ]  # those are compared as m²
    assert values == sorted(values, reverse=sort == "-value")


# Pages


def test_a_result_leads_to_the_sentence_in_its_article(app):
    results = get(app, "/?q=走访企业&region=450107")
    assert results.status_code == 200
    link = re.search(r'href="(/article/[^"]+)#here"', results.text)[1].replace("&amp;", "&")
    article = get(app, link)
    assert article.status_code == 200
    assert re.search(r'id="here"><mark class="on">[^<]+</mark>', article.text)
    assert re.search(r'class="chosen"><b>[^<]+</b>', article.text)
    assert re.search(r"<code>[0-9a-f]{64}</code>", article.text)
    assert 'href="http://www.gxjjw.gov.cn/' in article.text


def test_hostile_text_is_inert_and_its_address_is_no_link(app):
    article = get(app, "/article/test/1?at=17").text
    assert article.count("<script>") == 1
    assert "&lt;/script&gt;" in article
    assert "javascript:" not in article
    echoed = get(app, "/?q=</script><img src=x>").text
    assert "<img" not in echoed
    assert echoed.count("</script>") == 1


@pytest.mark.parametrize("address", ["/", "/?view=programmes", "/article/none", "/measures.csv"])
def test_every_answer_bears_the_policy(app, address):
    headers = get(app, address).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "form-action 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("address", "status"),
    [("/article/none", 404), ("/nothing", 404), ("/?page=199", 200), ("/article/test/1?at=²", 200)],
)
def test_odd_addresses_are_answered_plainly(app, address, status):
    assert get(app, address).status_code == status


def test_another_site_s_name_is_refused(app):
    assert get(app, "/", host="evil.example").status_code == 400
    assert get(app, "/", host="localhost").status_code == 200


def test_it_can_only_be_read(app):
    async def post() -> int:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return (await client.post("/")).status_code

    assert asyncio.run(post()) == 405


def test_english_has_its_own_words_and_keeps_them_while_turning_pages(app):
    text = get(app, "/?lang=en&q=企业").text
    assert '<html lang="en">' in text
    assert ">Xixiangtang District</a>" in text
    assert "Newest first" in text
    assert re.search(r'href="/\?[^"]*lang=en', text)


def test_programmes_can_be_searched(app):
    text = get(app, "/?view=programmes").text
    total = int(re.search(r"<h1>([0-9,]+) 个命名行动", text)[1].replace(",", ""))
    assert total > 5
    assert "专项" in text
    assert "没有符合的数字" in get(app, "/?view=programmes&q=绝无此名").text


# CSV


def test_csv_is_what_is_shown_and_opens_in_a_spreadsheet(app):
    answer = get(app, "/measures.csv?region=450107")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert 'filename="measures.csv"' in answer.headers["content-disposition"]
    read = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    shown = get(app, "/?region=450107").text
    assert len(read) == int(re.search(r"<h1>([0-9,]+) 条", shown)[1])
    assert {row["region"] for row in read} == {"450107"}
    assert all(row["surface"] in row["quote"] for row in read)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1"])
def test_a_formula_in_the_text_is_defused(database, text):
    with Warehouse(database, read_only=True) as warehouse:
        hit = search(warehouse.connection, Question()).hits[0]
    from dataclasses import replace

    rows = list(csv.DictReader(io.StringIO(as_csv([replace(hit, title=text)]))))
    assert rows[0]["title"] == f"'{text}"


# Copies


def test_a_load_can_start_while_the_explorer_is_open_and_its_news_is_shown(
    database, tmp_path, monkeypatch
):
    monkeypatch.setattr("flows.serve.SECONDS_BETWEEN_COPIES", 0)
    here = tmp_path / "w.duckdb"
    shutil.copy(database, here)
    app = create_app(here)
    before = get(app, "/?q=走访企业九千家").text
    assert "没有符合的数字" in before
    news = read_text(
        "2021年5月,西乡塘区纪委监委走访企业9000家。",
        title="新闻",
        published_at=datetime.fromisoformat("2021-06-01T09:00:00+08:00"),
        article_id="test/2",
    )
    with Warehouse(here) as warehouse:
        assert get(app, "/").status_code == 200
        warehouse.load([news], run_id="news")
        assert get(app, "/").status_code == 200
    assert "9000家" in get(app, "/?q=走访企业9000家").text
    app.state.copies.close()


def test_an_absent_database_and_one_never_free_are_said_plainly(tmp_path):
    app = create_app(tmp_path / "none.duckdb")
    answer = get(app, "/")
    assert answer.status_code == 503
    assert "数据库不可读" in answer.text
    assert "qinqing ingest" in answer.text
    torn = tmp_path / "torn.duckdb"
    torn.write_bytes(b"no database" * 1000)
    with pytest.raises(WarehouseError):
        Copies(torn).current()


def test_serving_says_at_once_what_is_missing(database, tmp_path):
    with pytest.raises(WarehouseError, match="qinqing ingest"):
        serve(tmp_path / "none.duckdb")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(QinqingError, match="--port"):
            serve(database, taken.getsockname()[1])


def test_a_copy_that_a_write_overtook_is_not_served(database, tmp_path, monkeypatch):
    here = tmp_path / "w.duckdb"
    shutil.copy(database, here)
    real = shutil.copyfile

    def overtaken(source, target):
        real(source, target)
        with here.open("ab") as file:
            file.write(b"more")

    monkeypatch.setattr("shutil.copyfile", overtaken)
    with pytest.raises(BusyError):
        Copies(here).current()


def test_what_is_committed_but_only_in_the_log_is_shown(database, tmp_path):
    here = tmp_path / "w.duckdb"
    shutil.copy(database, here)
    killed = """
import duckdb, os, sys
connection = duckdb.connect(sys.argv[1])
connection.execute("UPDATE article SET title = '只在日志' WHERE article_id = 'test/1'")
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", killed, here], check=False)
    assert here.with_name("w.duckdb.wal").exists()
    app = create_app(here)
    assert "只在日志" in get(app, "/article/test/1").text
    app.state.copies.close()


def test_no_copy_is_left_behind(database, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    copies = Copies(database)
    copies.current()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    copies.close()
    assert list(tmp_path.iterdir()) == []


def test_a_page_of_the_samples_is_drawn_quickly(app):
    get(app, "/")
    took = []
    for _ in range(5):
        start = time.perf_counter()
        get(app, "/?q=企业")
        took.append(time.perf_counter() - start)
    assert min(took) < 0.2


@pytest.mark.parametrize("words", ["，", "企业", "2020", "绝无此词"])
@pytest.mark.parametrize("sort", ["-date", "date", "-value", "value"])
def test_words_are_found_alike_whether_most_sentences_hold_them_or_few(database, words, sort):
    from warehouse.explorer.search import _NEWEST, _ORDERS, _filters, _query, _run

    asked = Question(q=words, sort=sort, category="business")
    given = _filters(asked) | {"rows": 500, "skip": 0}
    sql = _query("search").replace(_NEWEST, _ORDERS[sort])
    with Warehouse(database, read_only=True) as warehouse:
        few, many = (
            _run(warehouse.connection, sql, given | {"common": common})[0]
            for common in (False, True)
        )
        assert few == many
        found = warehouse.connection.execute(
            "SELECT count(DISTINCT c.claim_id) FROM claim c JOIN measure m USING (claim_id)"
            " WHERE c.kind = 'stated' AND contains(m.quote, $words)"
            " AND list_contains($categories, c.category)",
            {"words": words, "categories": given["categories"]},
        ).fetchall()
    assert found == [(few[0],)]
