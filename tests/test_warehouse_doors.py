# ruff: noqa: E501, A001, ARG001, RUF005 - sentences stand in one line; times are those of a clock in China
"""Questions, exports and audits: what leaves the warehouse, and what is noticed in it."""

import csv
import json
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from transforms.errors import UsageError, WarehouseError
from warehouse.asking import query_names
from warehouse.audited import all_audits
from warehouse.exports import verify
from warehouse.store import Warehouse

sys.path.insert(0, str(Path(__file__).parent))
from told import reading, said

YEAR, Q1 = (date(2020, 1, 1), date(2020, 12, 31)), (date(2020, 1, 1), date(2020, 3, 31))
NATION = {"region": "000000", "region_scope": "all_levels"}


def nation(number, on, value, start, end, aggregation):
    return reading(
        f"ccdi/{number}",
        on,
        said(
            f"{start}至{end}，全国查处违反中央八项规定精神问题{{{value}起}}。",
            "issue_conduct_investigated",
            start,
            end,
            aggregation=aggregation,
            **NATION,
        ),
        site="ccdi",
    )


# The official series of 2023 as the national site told it, month by month or as totals of the year so far.
SERIES_2023 = [
    nation(1, date(2023, 4, 26), 19635, date(2023, 1, 1), date(2023, 3, 31), "ytd"),
    nation(2, date(2023, 7, 28), 43193, date(2023, 1, 1), date(2023, 6, 30), "ytd"),
    nation(3, date(2023, 12, 27), 91581, date(2023, 1, 1), date(2023, 11, 30), "ytd"),
    nation(4, date(2024, 1, 26), 15966, date(2023, 12, 1), date(2023, 12, 31), "increment"),
    nation(5, date(2024, 1, 29), 107547, date(2023, 1, 1), date(2023, 12, 31), "increment"),
]
DISTRICT = reading(
    "gxjjw/156609",
    date(2021, 3, 29),
    said(
        "2020年，城区各级党政主要领导走访会员企业{150余家}，",
        "enterprise_visit",
        *YEAR,
        value=150,
        low=150,
        high=160,
        unit="家",
        actor="城区各级党政主要领导",
        object="会员企业",
    ),
    said(
        "调处涉企案件{50宗}，",
        "dispute_mediated",
        *YEAR,
        actor_organ="西乡塘区司法局",
        object="涉企案件",
    ),
    said(
        "涉及标的额{15000万元}，",
        "dispute_amount",
        *YEAR,
        value=150000000,
        low=145000000,
        high=155000000,
        unit="元",
        actor_organ="西乡塘区司法局",
    ),
    said(
        "“强作风、优环境、促发展”专项行动开展以来，提醒谈话{29人}，",
        "talk_reminder",
        None,
        date(2021, 3, 29),
        basis="campaign",
        programme="“强作风、优环境、促发展”专项行动",
    ),
    said(
        "诫勉{7人}，",
        "admonition",
        None,
        date(2021, 3, 29),
        basis="campaign",
        programme="“强作风、优环境、促发展”专项行动",
    ),
    said("2020年第二季度约谈{18人}，", "interview_summoned", date(2020, 4, 1), date(2020, 6, 30)),
    said(
        "累计贴息{691.11万元}。",
        "interest_subsidy",
        date(2020, 1, 1),
        date(2021, 3, 29),
        value=6911100,
        low=6911100,
        high=6911150,
        unit="元",
        aggregation="cumulative",
        actor_organ="西乡塘区财政局",
    ),
    said(
        "第七轮巡察反馈问题{8项}",
        "inspection_issue_fedback",
        None,
        date(2021, 3, 29),
        programme="第七轮巡察",
        target="行政审批局",
    ),
    said(
        "{18个}。",
        "inspection_issue_fedback",
        None,
        date(2021, 3, 29),
        programme="第七轮巡察",
        target="行政审批局",
        parent=7,
        relation="two_level",
    ),
    programmes=(
        (
            "“强作风、优环境、促发展”专项行动",
            "ck_special_action",
            {"organ": "西乡塘区纪委监委", "region": "450107"},
        ),
        ("第七轮巡察", "ck_special_supervision", {"round_no": 7, "region": "450107"}),
    ),
)
KUNMING = reading(
    "kunming/1",
    date(2021, 5, 1),
    said(
        "第二轮巡察反馈问题{697个}，",
        "inspection_issue_fedback",
        None,
        date(2021, 5, 1),
        region="530102",
        programme="第二轮巡察",
    ),
    said(
        "完成整改{688个}，",
        "inspection_issue_rectified",
        None,
        date(2021, 5, 1),
        region="530102",
        programme="第二轮巡察",
    ),
    said(
        "整改完成率{98.71%}，",
        "inspection_rectify_rate",
        None,
        date(2021, 5, 1),
        region="530102",
        programme="第二轮巡察",
        aggregation="rate",
    ),
    said(
        "巡察中追缴资金{1369.5万元}。",
        "money_recovered",
        date(2021, 1, 1),
        date(2021, 4, 30),
        value=13695000,
        unit="元",
        region="530102",
        aggregation="cumulative",
    ),
    programmes=(("第二轮巡察", "ck_special_supervision", {"round_no": 2, "region": "530102"}),),
)
ANQING = reading(
    "anqing/1",
    date(2023, 4, 20),
    said(
        "一季度，全市处置问题线索{1080件}，",
        "clue_disposed",
        date(2023, 1, 1),
        date(2023, 3, 31),
        region="340800",
        region_scope="all_levels",
        aggregation="ytd",
    ),
    said(
        "立案{369件}，",
        "case_filed",
        date(2023, 1, 1),
        date(2023, 3, 31),
        region="340800",
        region_scope="all_levels",
        aggregation="ytd",
    ),
    said(
        "处分{334人}，",
        "person_sanctioned",
        date(2023, 1, 1),
        date(2023, 3, 31),
        region="340800",
        region_scope="all_levels",
        aggregation="ytd",
    ),
    said(
        "其中县处级{5人}，",
        "person_sanctioned",
        date(2023, 1, 1),
        date(2023, 3, 31),
        region="340800",
        region_scope="all_levels",
        aggregation="ytd",
        rank="rank_county",
        parent=2,
        relation="partition",
    ),
    said(
        "乡科级{46人}，",
        "person_sanctioned",
        date(2023, 1, 1),
        date(2023, 3, 31),
        region="340800",
        region_scope="all_levels",
        aggregation="ytd",
        rank="rank_township",
        parent=2,
        relation="partition",
    ),
    said(
        "一般干部{12人}，",
        "person_sanctioned",
        date(2023, 1, 1),
        date(2023, 3, 31),
        region="340800",
        region_scope="all_levels",
        aggregation="ytd",
        rank="rank_ordinary",
        parent=2,
        relation="partition",
    ),
    said(
        "其他人员{271人}。",
        "person_sanctioned",
        date(2023, 1, 1),
        date(2023, 3, 31),
        region="340800",
        region_scope="all_levels",
        aggregation="ytd",
        rank="rank_other",
        parent=2,
        relation="partition",
    ),
    said("另有{3件}不知何事。", "uncategorised", None, date(2023, 4, 20), region="340800"),
)
EVERYTHING = [*SERIES_2023, DISTRICT, KUNMING, ANQING]

EXPECTED = {
    "accountability_by_quarter": [("安庆市", "2023Q1", None, 0)][:0]
    + [
        ("西乡塘区", "2020Q2", "约谈", 18),
        ("西乡塘区", "未定期间", "提醒谈话", 29),
        ("西乡塘区", "未定期间", "诫勉", 7),
    ],
    "inspection_rounds": [
        ("五华区", None, 2, None, 697, None, 688, 98.71, 98.71, "一致"),
        ("西乡塘区", None, 7, "行政审批局", 8, 18, None, None, None, "未报"),
    ],
    "programme_timeline": [
        ("第二轮巡察", "专项监督/检查", None, date(2021, 5, 1), date(2021, 5, 1), 1, 3),
        (
            "“强作风、优环境、促发展”专项行动",
            "专项行动",
            "西乡塘区纪委监委",
            date(2021, 3, 29),
            date(2021, 3, 29),
            1,
            2,
        ),
        ("第七轮巡察", "专项监督/检查", None, date(2021, 3, 29), date(2021, 3, 29), 1, 2),
    ],
    "policy_money": [
        ("五华区", "追缴/挽回资金", "cumulative", "2021-04", None, 1369.5, 1369.5, 1369.5, 1),
        (
            "西乡塘区",
            "涉及标的额",
            "increment",
            "2020-12",
            "西乡塘区司法局",
            15000.0,
            14500.0,
            15500.0,
            1,
        ),
        (
            "西乡塘区",
            "财政贴息",
            "cumulative",
            "2021-03",
            "西乡塘区财政局",
            691.11,
            691.11,
            691.115,
            1,
        ),
    ],
    "eight_point_rule_increments": [
        (date(2023, 1, 1), date(2023, 3, 31), 19635),
        (date(2023, 1, 1), date(2023, 12, 31), 107547),
        (date(2023, 4, 1), date(2023, 6, 30), 23558),
        (date(2023, 7, 1), date(2023, 11, 30), 48388),
        (date(2023, 12, 1), date(2023, 12, 31), 15966),
    ],
    "naive_and_right_total": [("2023", 277922, 107547, True)],
    "arithmetic_checks": [
        ("anqing/1#27", "person_sanctioned", 334, "partition", True, 4, 334, "pass")
    ],
    "case_funnel": [("安庆市", 2023, date(2023, 3, 31), 1080, 369, 334, 0.342)],
    "rank_structure": [
        ("安庆市", date(2023, 1, 1), date(2023, 3, 31), "农村、企业等其他人员", 271, 81.1),
        ("安庆市", date(2023, 1, 1), date(2023, 3, 31), "乡科级", 46, 13.8),
        ("安庆市", date(2023, 1, 1), date(2023, 3, 31), "一般干部", 12, 3.6),
        ("安庆市", date(2023, 1, 1), date(2023, 3, 31), "县处级", 5, 1.5),
    ],
    "money_recovered": [
        ("巡察", "五华区", 1369.5, "cumulative", date(2021, 1, 1), date(2021, 4, 30), 1)
    ],
    "data_quality": [(8, 0, 26, 26, 69.2, 0.9, 1, 0, 0)],
    "provenance": [
        ("gxjjw/156609#34", "50宗"),
        ("gxjjw/156609#83", "7人"),
        ("gxjjw/156609#22", "150余家"),
    ],
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    path = tmp_path_factory.mktemp("doors") / "q.duckdb"
    with Warehouse(path) as writing:
        writing.load(EVERYTHING, run_id="r")
        assert writing.audit() == {}
    with Warehouse(path, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("name", EXPECTED)
def test_a_named_query_answers_its_question(warehouse, name) -> None:
    columns, rows = warehouse.named_query(name)
    assert len(columns) == len(rows[0])
    wanted = EXPECTED[name]
    width = len(wanted[0])
    found = [
        tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row[:width])
        for row in rows
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_one_programme_however_it_is_written_and_a_round_to_each_region(tmp_path) -> None:
    def told(number, name, kind, **more):
        sentence = said(
            f"{name}约谈{{{number}人}}。",
            "talk_reminder",
            date(2023, 4, number),
            date(2023, 4, number),
            programme=name,
            region=more["region"],
        )
        return reading(
            f"gxjjw/{number}", date(2023, 4, 1), sentence, programmes=((name, kind, more),)
        )

    readings = [
        told(1, "“清风护苗”专项行动", "ck_special_action", region="450107"),
        told(2, "清风护苗专项行动", "ck_special_action", region="450107"),
        told(3, "“清风护苗”专项行动工作", "ck_special_action", region="450107"),
        told(4, "“清风护苗”专项行动", "ck_special_action", region="450107"),
        told(5, "区委第三轮巡察", "ck_inspection_round", region="450107", round_no=3),
        told(6, "区委第三轮巡察", "ck_inspection_round", region="450105", round_no=3),
    ]
    with Warehouse(tmp_path / "q.duckdb") as writing:
        writing.load(readings, run_id="r")
        found = writing.connection.sql(
            "SELECT name, len(variants), articles FROM programme ORDER BY ALL"
        )
        rows = found.fetchall()
        times = writing.connection.sql(
            "SELECT figures FROM programme_timeline ORDER BY ALL"
        ).fetchall()
    assert rows == [
        ("“清风护苗”专项行动", 3, 4),
        ("区委第三轮巡察", 1, 1),
        ("区委第三轮巡察", 1, 1),
    ]
    assert times == [(1,), (1,), (4,)]


def test_a_round_is_not_paired_with_what_was_rectified_since_some_other_day() -> None:
    def told(number, words, category, **more):
        return reading(
            f"gxjjw/{number}",
            date(2023, 7, 5),
            said(words, category, programme="第三轮巡察", **more),
            programmes=(
                ("第三轮巡察", "ck_inspection_round", {"round_no": 3, "region": "450107"}),
            ),
            text_after="第三轮巡察",
        )

    days = {"start": date(2021, 6, 1), "end": date(2023, 6, 30), "aggregation": "cumulative"}
    readings = [
        told(1, "反馈问题{281个}，", "inspection_issue_fedback"),
        told(2, "累计整改问题{1698个}，", "inspection_issue_rectified", **days),
    ]
    with Warehouse(":memory:") as warehouse:
        warehouse.load(readings, run_id="r")
        sql = (
            "SELECT fed_back, rectified, recomputed_pct, agreement FROM inspection_round ORDER BY 1"
        )
        found = warehouse.connection.sql(sql).fetchall()
    assert found == [(281, None, None, "未报"), (None, 1698, None, "未报")]


def test_every_named_query_is_tested() -> None:
    assert set(query_names()) - {"demo_summary"} == set(EXPECTED)


def test_the_official_series_adds_up_to_the_official_year(warehouse) -> None:
    rows = warehouse.query(
        "SELECT period, value, complete FROM summary_quarter WHERE region = '000000' ORDER BY 1"
    ).rows
    assert rows == [("2023Q1", 19635, True), ("2023Q2", 23558, True), ("2023Q4", 15966, False)]
    assert warehouse.query(
        "SELECT value FROM summary_half_year WHERE region = '000000' ORDER BY period"
    ).rows == [(43193,), (64354,)]


# --- questions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "COPY article TO '/tmp/out.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "RESET lock_configuration",
        "PRAGMA database_list",
        "CREATE TABLE t (i INTEGER)",
        "DELETE FROM article",
        "SELECT 1; SELECT 2",
        "EXPORT DATABASE '/tmp/out'",
        "SELEC 1",
        "SELECT * FROM nowhere",
        "",
    ],
)
def test_nothing_but_reading_the_tables_is_possible(warehouse, sql) -> None:
    with pytest.raises((UsageError, WarehouseError)) as caught:
        warehouse.query(sql)
    assert "\n" not in str(caught.value)


def test_a_question_is_limited_in_rows_and_time(warehouse) -> None:
    answer = warehouse.query("SELECT * FROM range(50)", limit=3)
    assert (answer.columns, answer.rows, answer.truncated) == (("range",), [(0,), (1,), (2,)], True)
    assert not warehouse.query("SELECT 1", limit=1).truncated
    began = time.monotonic()
    with pytest.raises(WarehouseError, match="stopped after"):
        warehouse.query("SELECT count(*) FROM range(100000000000) a, range(1000) b", timeout=0.3)
    assert time.monotonic() - began < 10
    assert warehouse.query("SELECT 1").rows == [(1,)]


def test_a_writer_does_not_answer_strangers() -> None:
    with Warehouse(":memory:") as writing, pytest.raises(UsageError, match="read-only"):
        writing.query("SELECT 1")


def test_an_unknown_query_is_answered_with_the_known_ones(warehouse) -> None:
    with pytest.raises(UsageError, match="data_quality"):
        warehouse.named_query("no_such")


# --- exports --------------------------------------------------------------------------------------

EVIL = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", '"quoted", with comma']


@pytest.fixture
def exporting(tmp_path):
    sentences = [
        said(f"一季度，走访第{n}批企业{{{n}家}}。", "enterprise_visit", *Q1, object=object)
        for n, object in enumerate(EVIL, 11)
    ]
    with Warehouse(tmp_path / "q.duckdb") as writing:
        writing.load([reading("g/1", date(2020, 4, 2), *sentences)], run_id="r")
        yield writing


def test_csv_is_safe_and_known_to_spreadsheets(exporting, tmp_path) -> None:
    assert exporting.export("fact", tmp_path / "out.csv") == 6
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    records = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert {record["object"] for record in records} == {
        "'=HYPERLINK(1)",
        "'+1",
        "'-1",
        "'@SUM(1)",
        "'\tx",
        '"quoted", with comma',
    }
    assert {record["value"] for record in records} == {"11", "12", "13", "14", "15", "16"}


def test_json_lines_keep_numbers_and_days(exporting, tmp_path) -> None:
    exporting.export("fact", tmp_path / "out.jsonl")
    records = [
        json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    ]
    assert {record["object"] for record in records} == set(EVIL)
    assert all(
        record["period_start"] == "2020-01-01" and isinstance(record["value"], int)
        for record in records
    )


def test_xlsx_holds_no_formula_and_no_lost_digit(exporting, tmp_path) -> None:
    xlsx = pytest.importorskip("xlsxwriter")
    assert xlsx
    import zipfile

    exporting.export("fact", tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        [(claim,)] = exporting.connection.execute("SELECT min(claim_id) FROM fact").fetchall()
        assert "<f>" not in sheet
        assert (
            str(claim) in sheet + book.read("xl/sharedStrings.xml").decode()
            if "xl/sharedStrings.xml" in book.namelist()
            else str(claim) in sheet
        )
    assert "=HYPERLINK" in sheet


def test_parquet_has_a_manifest_that_notices_one_changed_bit(exporting, tmp_path) -> None:
    path = tmp_path / "out.parquet"
    assert exporting.export("fact", path) == 6
    verify(path)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    with pytest.raises(WarehouseError, match="damaged"):
        verify(path)


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_the_same_content_is_the_same_file(exporting, tmp_path, suffix) -> None:
    exporting.export("summary_quarter", tmp_path / f"a.{suffix}")
    exporting.export("summary_quarter", tmp_path / f"b.{suffix}")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("name", "file"),
    [("no_such", "a.csv"), ("fact; DROP TABLE article", "a.csv"), ("fact", "a.doc"), ("fact", "a")],
)
def test_what_cannot_be_exported_leaves_nothing(exporting, tmp_path, name, file) -> None:
    with pytest.raises(UsageError):
        exporting.export(name, tmp_path / file)
    assert not (tmp_path / file).exists()


def test_a_named_query_can_be_exported(exporting, tmp_path) -> None:
    assert exporting.export("data_quality", tmp_path / "q.csv") == 1


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "xlsx", "parquet"])
def test_a_select_can_be_exported_and_reaches_no_other_file(tmp_path, suffix) -> None:
    if suffix == "xlsx":
        pytest.importorskip("xlsxwriter")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    database, target = tmp_path / "q.duckdb", tmp_path / f"out.{suffix}"
    with Warehouse(database) as writing:
        writing.load(EVERYTHING, run_id="r")
    with Warehouse(database, read_only=True) as reading_only:
        assert reading_only.export("SELECT surface FROM fact LIMIT 3 -- three", target) == 3
    for sql in (
        f"SELECT * FROM read_text('{tmp_path / 'secret.txt'}')",
        f"SELECT 1) TO '{tmp_path / 'evil.csv'}' --",
        "SELECT no_such FROM fact",
    ):
        with (
            Warehouse(database, read_only=True) as reading_only,
            pytest.raises(WarehouseError),
        ):
            reading_only.export(sql, tmp_path / f"evil.{suffix}")
    assert not list(tmp_path.glob("*evil*"))


# --- audits ---------------------------------------------------------------------------------------

PLANTED = {
    "summaries_follow_from_claims": "UPDATE summary SET value = value + 1",
    "surface_is_the_text": "UPDATE measure SET surface = 'x' WHERE measure_id = 'gxjjw/156609#34'",
    "quote_holds_the_surface": "UPDATE measure SET quote = 'x' WHERE measure_id = 'gxjjw/156609#34'",
    "one_row_each": "INSERT INTO measure FROM measure WHERE measure_id = 'gxjjw/156609#34'",
    "nothing_without_its_article": "DELETE FROM article WHERE article_id = 'kunming/1'",
    "every_article_has_its_snapshot": "UPDATE article SET snapshot_sha256 = 'ff'; INSERT INTO snapshot BY NAME SELECT 'x' AS url, 'ok' AS outcome",
    "every_measure_states_a_claim": "UPDATE measure SET claim_id = 1 WHERE measure_id = 'gxjjw/156609#34'",
    "nothing_counts_twice": "UPDATE claim SET in_year = true WHERE region = '000000' AND kind = 'stated'",
    "a_bucket_holds_whole_periods": "UPDATE claim SET in_month = true WHERE region = '000000'",
    "addable_rows_are_addable": "INSERT INTO claim FROM claim WHERE category = 'enterprise_visit'",
    "bounds_hold_the_value": "UPDATE measure SET low = 1000000 WHERE measure_id = 'gxjjw/156609#34'",
    "no_replacement_characters": "UPDATE article SET title = chr(65533) WHERE article_id = 'kunming/1'",
    "codes_are_known": "UPDATE measure SET category = 'nonsense' WHERE measure_id = 'gxjjw/156609#34'",
    "periods_run_forward": "UPDATE measure SET period_end = DATE '2030-01-01' WHERE measure_id = 'gxjjw/156609#34'",
    "a_part_has_its_whole": "UPDATE measure SET parent = 'gxjjw/156609#1' WHERE measure_id = 'gxjjw/156609#34'",
    "parts_fit_their_whole": "UPDATE measure SET value = 500, low = 500, high = 500 WHERE rank = 'rank_county'",
    "claims_do_not_contradict": "UPDATE claim SET contradicted = true WHERE region = '340800'",
    "sources_agree": "UPDATE claim SET conflict = true WHERE region = '340800'",
}


@pytest.fixture
def spoiled(tmp_path):
    with Warehouse(":memory:") as writing:
        writing.load(EVERYTHING, run_id="r")
        yield writing


@pytest.mark.parametrize("name", PLANTED)
def test_an_audit_notices_what_offends_it(spoiled, name) -> None:
    assert name not in spoiled.audit()
    spoiled.connection.execute(PLANTED[name])
    assert spoiled.audit()[name]


def test_the_arithmetic_of_the_domain_is_audited() -> None:
    article = reading(
        "g/1",
        date(2020, 4, 2),
        *(
            said(f"{form}{{{value}人次}}，", category, *Q1)
            for form, value, category in (
                ("四种形态", 100, "four_forms_total"),
                ("一", 70, "form_1"),
                ("二", 20, "form_2"),
                ("三", 5, "form_3"),
                ("四", 6, "form_4"),
            )
        ),
        said("处分{30人}，", "person_sanctioned", *Q1),
        said("党纪{12人}，", "person_sanctioned_party", *Q1),
        said("政务{10人}，", "person_sanctioned_gov", *Q1),
        said("反馈问题{50个}，", "inspection_issue_fedback", *Q1),
        said("完成整改{40个}，", "inspection_issue_rectified", *Q1),
        said("未完成{5个}，", "inspection_issue_rectified", *Q1, polarity=-1),
        said("整改完成率{99%}。", "inspection_rectify_rate", *Q1, aggregation="rate"),
        said(
            "南宁市各级走访企业{10家}，",
            "enterprise_visit",
            *Q1,
            region="450100",
            region_scope="all_levels",
        ),
        said("本级走访企业{11家}。", "enterprise_visit", *Q1, region="450100"),
    )
    with Warehouse(":memory:") as writing:
        writing.load([article], run_id="r")
        assert set(writing.audit()) == {
            "four_forms_sum_to_their_total",
            "two_kinds_of_sanction_reach_their_total",
            "done_and_undone_make_what_was_fed_back",
            "rates_recompute",
            "regions_fit_their_whole",
        }
        assert writing.audit("error") == {}


def test_every_audit_is_shown_to_notice_something() -> None:
    domain = {
        "four_forms_sum_to_their_total",
        "two_kinds_of_sanction_reach_their_total",
        "done_and_undone_make_what_was_fed_back",
        "rates_recompute",
        "regions_fit_their_whole",
    }
    assert {audit.name for audit in all_audits()} == set(PLANTED) | domain
