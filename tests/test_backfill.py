"""A backfill may be killed, interrupted or started twice: nothing is lost or asked for twice."""

import json
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.archive.archive import OPEN
from tests.homes import YEARS, Home, wait_for
from tests.synthetic import HOST, Site, served


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(240)


@pytest.fixture(scope="module")
def undisturbed(site: Site, tmp_path_factory) -> list[list]:
    with served(site) as (address, asked):
        home = Home(tmp_path_factory.mktemp("undisturbed"), address)
        home.run("backfill", *YEARS)
        pages = {path: count for path, count in asked.items() if "/staticpages/" in path}
    assert set(pages.values()) == {1}
    assert len(pages) == site.count
    rows = home.rows()
    assert len(rows[1]) == site.count
    return rows


def test_killed_five_times_it_ends_with_the_same_rows(site, undisturbed, tmp_path) -> None:
    dice = random.Random(11)
    with served(site) as (address, asked):
        home = Home(tmp_path, address, gap=0.01)
        kills = ended = 0
        while kills < 5:
            held, before = home.asked_in_full(), dict(asked)
            process = home.start("backfill", *YEARS)
            while asked == before and process.poll() is None:  # a busy machine begins late
                time.sleep(0.01)
            moment = time.monotonic() + dice.uniform(0.1, 1.5)
            while time.monotonic() < moment and process.poll() is None:
                time.sleep(0.01)
            ended += process.poll() is not None  # what is done is forgotten, and begun anew
            process.kill()
            process.communicate(timeout=30)
            kills += 1
            again = {path for path in held if asked[path] > before.get(path, 0)}
            assert not again, "asked for although archived"
        held, before = home.asked_in_full(), dict(asked)
        home.run("backfill", *YEARS)
        assert not {path for path in held if asked[path] > before.get(path, 0)}
        assert home.rows() == undisturbed
        lists = {path: count for path, count in asked.items() if "/staticmores/" in path}
        assert max(lists.values()) <= 2 + ended  # a list is kept as soon as it is read
        statuses = json.loads(home.run("status", "--json"))["runs"]
        assert {run["status"] for run in statuses} == {"crashed", "done"}


def test_backfills_in_any_order_and_twice_are_one(site, undisturbed, tmp_path) -> None:
    with served(site) as (address, asked):
        home = Home(tmp_path, address)
        home.run("backfill", "--since", "2019-03", "--until", "2021")
        home.run("backfill", "--since", "2015", "--until", "2019-05")
        home.run("backfill", *YEARS)
        assert home.rows() == undisturbed
        assert max(n for path, n in asked.items() if "/staticpages/" in path) == 1


def test_a_plan_tells_pages_and_time_and_fetches_none(site, tmp_path) -> None:
    with served(site) as (address, asked):
        home = Home(tmp_path, address, gap=3, cap=100)
        home.env["QINQING_HOSTS"] = str(quick_lists(tmp_path))
        told = json.loads(home.run("backfill", *YEARS, "--dry-run", "--format", "json"))[0]
        assert (told["found"], told["to_fetch"], told["archived"]) == (240, 240, 0)
        assert told["hours"] > 0
        assert not [path for path in asked if "/staticpages/" in path]


def quick_lists(folder: Path) -> Path:
    rules = folder / "quick.toml"
    rules.write_text(f'["{HOST}"]\ngap = 0.01\ndaily_cap = 100\n')
    return rules


def test_a_used_up_share_is_partial_and_the_next_day_goes_on(site, tmp_path) -> None:
    with served(site) as (address, asked):
        home = Home(tmp_path, address, cap=60)
        told = home.run("backfill", *YEARS, code=4)
        assert "not all is done" in told
        fetched = {path for path in asked if "/staticpages/" in path}
        assert 0 < len(fetched) < 60
        home.run("status", "--check")
        home.run("backfill", *YEARS, code=4)  # the share is still used up: nothing more is asked
        assert {path for path in asked if "/staticpages/" in path} == fetched
        Home(tmp_path, address).run("backfill", *YEARS)
        assert max(n for path, n in asked.items() if "/staticpages/" in path) == 1


def test_an_interrupt_ends_at_a_good_place(site, tmp_path) -> None:
    with served(site) as (address, asked):
        home = Home(tmp_path, address, gap=0.05)
        process = home.start("backfill", *YEARS)
        wait_for(lambda: sum("/staticpages/" in path for path in asked) > 10)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130, out + err
        assert "the same command" in err
        assert not list((home.data / "archive").glob(f"*{OPEN}"))
        held = home.asked_in_full()
        assert {path for path in asked if "/staticpages/" in path} == held


def test_an_interrupt_while_lists_are_read_keeps_them(site, tmp_path) -> None:
    with served(site) as (address, asked):
        home = Home(tmp_path, address, gap=0.3)
        process = home.start("backfill", *YEARS)
        wait_for(lambda: len(asked) > 3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130, out + err
        assert not [path for path in asked if "/staticpages/" in path]
        before = dict(asked)
        Home(tmp_path, address).run("backfill", *YEARS, "--dry-run")
        again = [path for path in before if asked[path] > before[path] and path != "/robots.txt"]
        assert not again


def test_a_second_run_is_refused_and_told_who_holds(site, tmp_path) -> None:
    with served(site) as (address, asked):
        home = Home(tmp_path, address, gap=0.1)
        first = home.start("backfill", *YEARS)
        wait_for(lambda: len(asked) > 3)
        told = home.run("ingest", "--from", "listing", code=75)
        assert f"process {first.pid}" in told
        assert "backfill-" in told
        first.kill()
        first.communicate(timeout=30)


@pytest.fixture
def caught_up(tmp_path) -> Iterator[tuple[Site, Home]]:
    site = Site(80)
    with served(site) as (address, _):
        home = Home(tmp_path, address)
        home.run("backfill", "--since", "2015", "--until", "2020-12")
        yield site, home


def test_days_off_are_caught_up_in_one_run(caught_up) -> None:
    site, home = caught_up
    before = len(home.rows()[1])
    assert before < site.count
    home.run("ingest", "--from", "listing")
    assert len(home.rows()[1]) == site.count
    assert "nothing new" in home.run("ingest", "--from", "listing")


def test_a_list_that_names_nothing_is_no_success(tmp_path) -> None:
    with served(Site(0)) as (address, _):
        told = Home(tmp_path, address).run("ingest", "--from", "listing", code=3)
        assert "empty" in told


def test_pages_of_a_folder_and_a_warc_are_backfilled_too(site, undisturbed, tmp_path) -> None:
    with served(Site(1)) as (address, _):
        home = Home(tmp_path, address)
        folder = tmp_path / "saved"
        folder.mkdir()
        rows = ["file\turl"]
        for number in range(site.count):
            (folder / f"{number}.html").write_bytes(site.page(number))
            rows.append(f"{number}.html\t{site.url(number)}")
        (folder / "MANIFEST.tsv").write_text("\n".join(rows) + "\n")
        home.run("backfill", "--from", "folder", folder)
        assert home.rows() == undisturbed
        home.run("archive", "export", "--to", tmp_path / "all.warc.gz")
        other = Home(tmp_path / "..", address)
        other.data = tmp_path / "other"
        other.run("backfill", "--from", "warc", tmp_path / "all.warc.gz")
        assert other.rows() == undisturbed


def test_refresh_asks_again_and_changes_nothing_that_did_not(caught_up) -> None:
    _, home = caught_up
    before = home.rows()
    told = home.run(
        "ingest", "--from", "listing", "--since", "2020", "--until", "2020-12", "--refresh"
    )
    assert " OK" in told  # asked for again, though archived
    assert home.rows() == before
