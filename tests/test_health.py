"""Status and doctor say how things stand, to people and to monitors."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.health.checkup import check_up
from flows.health.health import as_record, health_of, prometheus_text
from flows.settings import Settings
from tests.told import reading, said
from transforms.errors import WarehouseError
from warehouse.attempts import (
    Tried,
    forget_attempts,
    high_water,
    last_attempts,
    record_attempts,
    requests_since,
)
from warehouse.store import Warehouse

NOON = datetime(2021, 9, 20, 4, tzinfo=UTC)  # noon in China


def tried(url: str, outcome: str, at: datetime = NOON, **words) -> Tried:
    known = {"retry_at": None, "requests": 1, "run_id": "r1"} | words
    return Tried(
        url=url, host="www.gxjjw.gov.cn", site="gxjjw", kind="article", outcome=outcome,
        http_status=200, detail="", started_at=at, seconds=0.1, wire_bytes=1, sha256=None, **known,
    )  # fmt: skip


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(data=tmp_path)


def run(settings: Settings, status: str, ended_at: datetime | None, run_id: str = "r1") -> None:
    with Warehouse(settings.database_path) as warehouse:
        began = (ended_at or NOON) - timedelta(minutes=5)
        warehouse.begin_run(run_id, kind="ingest", started_at=began)
        if ended_at:
            warehouse.finish_run(run_id, status=status, finished_at=ended_at)


@pytest.mark.parametrize(
    ("status", "hours_ago", "told"),
    [
        ("done", 1, None),
        ("partial", 35, None),
        ("done", 37, "ended 37 h ago"),
        ("blocked", 1, "is blocked"),
        ("failed", 1, "is failed"),
        ("empty", 1, "is empty"),
        ("done", -48, "the clock has jumped"),
    ],
)
def test_a_monitor_is_told_of_what_is_stale_or_failed(settings, status, hours_ago, told) -> None:
    run(settings, status, NOON - timedelta(hours=hours_ago))
    problems = health_of(settings, NOON).problems(36)
    assert (told is None) == (problems == [])
    assert told is None or any(told in problem for problem in problems)


def test_a_failed_run_does_not_make_the_work_fresh(settings) -> None:
    run(settings, "done", NOON - timedelta(hours=40), "r1")
    run(settings, "failed", NOON - timedelta(hours=1), "r2")
    health = health_of(settings, NOON)
    assert health.hours == pytest.approx(40)
    assert len(health.problems(36)) == 2


def test_no_run_at_all_is_no_freshness(settings) -> None:
    Warehouse(settings.database_path).__exit__(None, None, None)
    assert health_of(settings, NOON).problems(36) == ["no run has been done yet"]


def test_no_database_is_told(settings) -> None:
    with pytest.raises(WarehouseError, match="no database"):
        health_of(settings, NOON)


def test_the_last_attempt_at_a_page_counts(settings) -> None:
    later = NOON + timedelta(hours=1)
    with Warehouse(settings.database_path) as warehouse:
        connection = warehouse.connection
        record_attempts(connection, [tried("http://a/1", "TIMEOUT", retry_at=later)])
        record_attempts(connection, [tried("http://a/2", "TIMEOUT", retry_at=later)])
        record_attempts(connection, [tried("http://a/2", "OK", later)])
        record_attempts(connection, [tried("http://a/3", "GONE")])
        waiting = {one.url: one.retry_at for one in last_attempts(connection) if one.retry_at}
    assert waiting == {"http://a/1": datetime(2021, 9, 20, 13)}  # noqa: DTZ001 - a clock in China
    assert [one.url for one in health_of(settings, NOON).deferred] == ["http://a/1"]


def test_requests_count_from_midnight_in_china(settings) -> None:
    midnight = datetime(2021, 9, 19, 16, tzinfo=UTC)
    with Warehouse(settings.database_path) as warehouse:
        connection = warehouse.connection
        record_attempts(
            connection,
            [
                tried("http://a/1", "OK", midnight - timedelta(seconds=1), requests=5),
                tried("http://a/2", "OK", midnight, requests=2),
                tried("http://a/3", "OK", NOON, requests=3),
            ],
        )
        assert requests_since(connection, midnight) == {"www.gxjjw.gov.cn": 5}
        forget_attempts(connection, midnight)
        assert len(last_attempts(connection)) == 2
        assert high_water(connection) == {}


def test_prometheus_reads_every_line(settings) -> None:
    run(settings, "done", NOON)
    with Warehouse(settings.database_path) as warehouse:
        record_attempts(warehouse.connection, [tried('http://a/"1\n', "TIMEOUT", retry_at=NOON)])
    text = prometheus_text(health_of(settings, NOON))
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    for line in samples:
        name, _, value = line.rpartition(" ")
        assert name.startswith("qinqing_")
        float(value)
    assert 'qinqing_fetch_outcomes{kind="article",outcome="TIMEOUT"} 1' in samples
    assert "qinqing_deferred_pages 1" in samples
    helped = {line.split()[2] for line in text.splitlines() if line.startswith("# HELP")}
    assert {line.split("{")[0].split()[0] for line in samples} <= helped


def test_all_of_it_is_json(settings) -> None:
    run(settings, "done", NOON)
    record = json.loads(json.dumps(as_record(health_of(settings, NOON), 36), default=str))
    assert record["runs"][0]["run_id"] == "r1"
    assert record["problems"] == []


def test_status_answers_a_monitor(qinqing, sample_data, tmp_path) -> None:
    file = tmp_path / "qinqing.prom"
    done = qinqing("status", "--data", sample_data, "--check", "--prometheus", file)
    assert done.returncode == 0, done.stderr
    assert 'qinqing_articles{site="gxjjw"} 48' in file.read_text()
    assert qinqing("status", "--data", sample_data, "--check", "--max-age", "0h").returncode == 3
    assert qinqing("status", "--data", sample_data, "--max-age", "soon").returncode == 2


def level(settings: Settings, what: str) -> str:
    return {one.what: one.level for one in check_up(settings)}[what]


def test_doctor_finds_a_healthy_home_healthy(sample_data) -> None:
    found = check_up(Settings(data=sample_data))
    assert {one.level for one in found if one.what != "printing"} == {"ok"}


def test_doctor_finds_a_damaged_database(settings) -> None:
    settings.database_path.write_bytes(b"nothing of a database" * 1000)
    finding = next(one for one in check_up(settings) if one.what == "database")
    assert finding.level == "fail"
    assert "qinqing reprocess" in finding.remedy


def test_doctor_finds_damaged_and_open_files_of_the_archive(settings) -> None:
    from flows.archive.archive import Archive
    from flows.pipeline import archive_pages
    from tests.synthetic import Site

    archive = Archive(settings.archive_path)
    archive_pages(Site(3).pages(), archive, "first")
    [file] = archive.files()
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 1
    file.write_bytes(body)
    (settings.archive_path / "second.warc.gz.open").write_bytes(b"")
    found = {(one.level, one.told) for one in check_up(settings) if one.what == "archive"}
    assert {name for name, _ in found} == {"fail", "warn"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_doctor_names_a_place_it_may_not_write(settings, tmp_path) -> None:
    tmp_path.chmod(0o500)
    assert level(settings, "write") == "fail"


def test_doctor_says_what_to_do_about_each_failure(settings) -> None:
    settings.database_path.write_bytes(b"torn")
    for one in check_up(Settings(data=settings.data, hosts=Path("no-such.toml"))):
        assert one.level == "ok" or one.remedy or "no-such.toml" in one.told


def told_by(settings: Settings, articles: int, *, short: int = 0, silent: int = 0) -> list[str]:
    """Load articles of a site, the newest of them shorter or without figures; say the problems."""
    run(settings, "done", NOON)
    with Warehouse(settings.database_path) as warehouse:
        readings = [one_of(n, articles - n, short, silent) for n in range(articles)]
        warehouse.load(readings, run_id="r1")
    return health_of(settings, NOON).problems(36)


def one_of(n: int, from_the_end: int, short: int, silent: int):
    day = NOON.date() - timedelta(days=from_the_end)
    visits = [said(f"走访企业{{{n + 1}家}}。", "enterprise_visit", day, day)] * (1 if n % 3 else 4)
    prose = "监督检查组深入乡镇了解情况。" * (15 + n % 9)
    return reading(
        f"gxjjw/{n}", day, *(visits if from_the_end > silent else ()),
        text_after=prose if from_the_end > short else "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"articles": 120, "short": 25}, "characters where"),
        ({"articles": 120, "silent": 28}, "measures each where"),
    ],
)
def test_a_site_that_says_less_than_usual_is_an_alarm(settings, words, told) -> None:
    [problem] = told_by(settings, **words)
    assert told in problem
    assert "of gxjjw have" in problem


@pytest.mark.parametrize(
    "words",
    [
        {"articles": 120},
        {"articles": 120, "short": 8},
        {"articles": 120, "silent": 10},
        {"articles": 60, "short": 60},
        {"articles": 70, "silent": 25},  # a young site
    ],
)
def test_a_site_that_is_as_usual_raises_no_alarm(settings, words) -> None:
    assert told_by(settings, **words) == []
