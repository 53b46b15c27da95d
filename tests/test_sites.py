"""Every saved page reads as the JSON beside it says; a page with no JSON gets one to review."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from transforms.errors import UnknownSiteError
from transforms.model import Snapshot
from transforms.pages.pages import first_reading, read_page
from transforms.sites import all_sites, site_of
from transforms.sites.site import day_stamp, host_of

FOLDER = Path(__file__).parent / "sites"
PAGES = sorted(path for path in FOLDER.glob("*/*.*html") if path.with_suffix(".url").exists())


def saved(page: Path) -> Snapshot:
    return Snapshot(page.with_suffix(".url").read_text("utf-8").strip(), page.read_bytes())


def identify(page: Path) -> str:
    return f"{page.parent.name}/{page.stem}"


@pytest.mark.parametrize("page", PAGES, ids=identify)
def test_page_reads_as_expected(page: Path) -> None:
    found = json.loads(json.dumps(first_reading(saved(page), page.parent.name)))
    expected = page.with_suffix(".json")
    if not expected.exists():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"wrote {expected.name}: read it against the page, correct it, commit it")
    wanted = json.loads(expected.read_text("utf-8"))
    assert {name: found[name] for name in wanted} == wanted


@pytest.mark.parametrize("page", PAGES, ids=identify)
def test_page_reads_alike_where_nobody_knows_the_site(page: Path) -> None:
    """The reader by looks finds the text and the time that the site's layout names."""
    page_here = saved(page)
    elsewhere = re.sub(r"//[^/]+", "//www.example.gov.cn", page_here.url)
    known = read_page(page_here)
    unknown = read_page(Snapshot(elsewhere, page_here.body))
    assert unknown.text == known.text
    assert unknown.title == known.title
    assert unknown.published_on == known.published_on


@pytest.mark.parametrize("name", all_sites())
def test_every_site_has_a_saved_page(name: str) -> None:
    assert any(page.parent.name == name for page in PAGES)


@pytest.mark.parametrize("name", all_sites())
def test_site_is_consistent(name: str) -> None:
    site = all_sites()[name]
    assert site.name == name
    assert "key" in site.article_url.groupindex
    assert site.evidence, "say how sure we are of the selectors"
    assert all(site_of(f"https://www.{host}/") is site for host in site.hosts)
    assert all(not site.address(url) for url in site.listings), "a list is no article"
    assert [layout.since for layout in site.layouts] == sorted(
        layout.since for layout in site.layouts
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://www.gxjjw.gov.cn/staticpages/20210329/gxjjw60618291-156609.shtml",
        "https://www.gxjjw.gov.cn/staticpages/20210329/gxjjw60618291-156609.shtml",
        "http://gxjjw.gov.cn/staticpages/20210329/gxjjw60618291-156609.shtml",
        "http://www.gxjjw.gov.cn:80/staticpages/20210329/gxjjw60618291-156609.shtml",
    ],
)
def test_one_article_has_one_id(url: str) -> None:
    site = site_of(url)
    assert site is not None
    assert site.article_id(url) == "gxjjw/156609"
    stamp = site.stamp(url)
    assert stamp is not None
    assert f"{stamp.at:%Y-%m-%d %H:%M:%S %z}" == "2021-03-29 15:32:33 +0800"


def test_mobile_twin_is_the_same_article() -> None:
    site = all_sites()["ccdi"]
    urls = [f"https://www.ccdi.gov.cn/pln/202205/t20220507_190989{end}.html" for end in ("", "_m")]
    assert {site.article_id(url) for url in urls} == {"ccdi/190989"}


@pytest.mark.parametrize(
    ("digits", "day"),
    [
        ("20210329", date(2021, 3, 29)),
        ("2021/3/9", date(2021, 3, 9)),
        ("2018-05/22", date(2018, 5, 22)),
        ("20211329", None),
        ("2021/02/30", None),
        ("", None),
        ("202103", None),
    ],
)
def test_day_in_an_address(digits: str, day: date | None) -> None:
    stamp = day_stamp(digits)
    assert (stamp.at.date() if stamp else None) == day


@pytest.mark.parametrize("url", ["", "http://[::1", "not an address", "http://", "//x:99999999/"])
def test_address_that_cannot_be_read_belongs_to_no_site(url: str) -> None:
    assert site_of(url) is None
    assert isinstance(host_of(url), str)


def test_unknown_site_is_named() -> None:
    with pytest.raises(UnknownSiteError, match="gxjjw"):
        read_page(Snapshot("", b"<p>x</p>"), site="nowhere")
