"""The self-test of the site profiles finds pages that read otherwise than accepted."""

import json
import shutil
from pathlib import Path

import pytest

from flows.health.site_checks import PAGES, check_sites, saved_page
from transforms.errors import InputError
from transforms.sites import all_sites


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    shutil.copytree(PAGES / "gxjjw", tmp_path / "gxjjw")
    return tmp_path


def statuses(folder: Path) -> dict[str, str]:
    return {each.page: each.status for each in check_sites(("gxjjw",), folder)}


def test_every_profile_passes_its_self_test() -> None:
    checked = list(check_sites(()))
    assert {each.site for each in checked} == set(all_sites())
    assert [each for each in checked if each.status != "ok"] == []


def test_a_page_that_reads_otherwise_is_named(pages: Path) -> None:
    accepted = pages / "gxjjw" / "article.json"
    reading = json.loads(accepted.read_text("utf-8")) | {"title": "另一个标题"}
    accepted.write_text(json.dumps(reading), "utf-8")
    changed = next(each for each in check_sites(("gxjjw",), pages) if each.page == "article.html")
    assert changed.status == "changed"
    assert changed.detail.startswith("title: '另一个标题' became ")


def test_other_ends(pages: Path) -> None:
    assert set(statuses(pages).values()) == {"ok"}
    (pages / "gxjjw" / "article.json").unlink()
    assert statuses(pages)["article.html"] == "unreviewed"
    (pages / "gxjjw" / "article.html").write_text("<html></html>", "utf-8")
    assert statuses(pages)["article.html"] == "broken"
    assert [each.status for each in check_sites(("ccdi",), pages)] == ["missing"]
    with pytest.raises(InputError):
        list(check_sites((), pages / "none"))
    with pytest.raises(InputError):
        saved_page(pages / "none.html")


def test_the_verbs(qinqing, pages: Path) -> None:
    done = qinqing("site", "check", "gxjjw", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert {json.loads(line)["status"] for line in done.stdout.splitlines()} == {"ok"}
    (pages / "gxjjw" / "article.json").unlink()
    assert qinqing("site", "check", "gxjjw", "--pages", pages).returncode == 65
    assert qinqing("site", "check", "nowhere").returncode == 2
    page = PAGES / "gxjjw" / "article.html"
    url = page.with_suffix(".url").read_text("utf-8").strip()
    done = qinqing("site", "first-reading", page, "--url", url)
    assert json.loads(done.stdout)["article_id"].startswith("gxjjw/")
    assert "广西纪检监察网" in qinqing("site", "list").stdout
