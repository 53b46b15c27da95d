"""What the words of ingest and backfill order, and what they may not be put together to say."""

from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from flows.cli.ordering import _on_the_wall, orders
from flows.discovery.gathering import Order, url_list
from flows.health.site_checks import saved_page
from transforms.errors import InputError, UsageError


def ordered(*words: str, default: str = "samples") -> Order:
    found: list[Order] = []

    @click.command()
    @orders(default)
    def command(order: Order) -> None:
        found.append(order)

    done = CliRunner().invoke(command, list(words), catch_exceptions=False, standalone_mode=False)
    assert done.exit_code == 0
    return found[0]


@pytest.mark.parametrize(
    "words", [["--site", "ccdi"], ["--since", "2020"], ["--until", "2020-02"], ["--refresh"]]
)
def test_sites_and_days_mean_the_lists_where_no_source_is_named(words: list[str]) -> None:
    assert ordered(*words).source == "listing"
    assert ordered().source == "samples"
    assert ordered(default="listing").source == "listing"


def test_days_of_a_window_are_whole_years_and_months() -> None:
    window = ordered("--since", "2019", "--until", "2020-02").window
    assert (window.since, window.until) == (date(2019, 1, 1), date(2020, 2, 29))


@pytest.mark.parametrize("source", ["samples", "folder", "warc", "urls"])
def test_days_are_never_ignored(source: str) -> None:
    with pytest.raises(UsageError, match="reads every page"):
        ordered("--from", source, "x", "--since", "2020")


def test_a_time_to_come_back_is_that_of_a_clock_in_china() -> None:
    assert _on_the_wall(datetime(2021, 3, 29, 16, 5, 7, tzinfo=UTC)) == "2021-03-30 00:05"


def test_a_list_that_is_missing_is_named_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        url_list(tmp_path / "a.txt")
    assert str(caught.value) == f"{tmp_path / 'a.txt'} cannot be read: No such file or directory"


def test_a_saved_page_that_is_missing_is_named_before_its_address(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    with pytest.raises(InputError, match=r"a\.html cannot be read: No such file"):
        saved_page(page)
    page.write_text("<p>x</p>", "utf-8")
    with pytest.raises(InputError, match=r"a\.url with the page's address is missing"):
        saved_page(page)
    assert saved_page(page, "http://a.example/").url == "http://a.example/"
