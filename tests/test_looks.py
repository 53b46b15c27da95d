"""Pages of systems that public offices run, none of them described: the reader finds its way."""

import json
from pathlib import Path

import pytest

from transforms.errors import NotAnArticleError
from transforms.model import Snapshot
from transforms.pages.pages import first_reading, read_page

FOLDER = Path(__file__).parent / "looks"
ARTICLES = sorted(path for path in FOLDER.glob("*.html") if path.with_suffix(".json").exists())
OTHERS = sorted(FOLDER.glob("no_article_*.html"))
ADDRESS = "http://www.example.gov.cn/zwgk/8812.html"


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.stem)
def test_page_of_an_unknown_site(page: Path) -> None:
    found = first_reading(Snapshot(ADDRESS, page.read_bytes()))
    wanted = json.loads(page.with_suffix(".json").read_text("utf-8"))
    assert {name: found[name] for name in wanted} == wanted
    assert found["article_id"] == "example.gov.cn/356d4d2a2304"


@pytest.mark.parametrize("page", OTHERS, ids=lambda page: page.stem)
def test_page_without_an_article(page: Path) -> None:
    with pytest.raises(NotAnArticleError):
        read_page(Snapshot(ADDRESS, page.read_bytes()))
