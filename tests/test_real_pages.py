"""Floors on pages that nobody here wrote; set QINQING_REAL_PAGES to a folder with a MANIFEST.tsv.

The manifest has the columns `file` and `url`; the pages stay where they are.
"""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from transforms.model import Snapshot
from transforms.pages.pages import read_page

FOLDER = Path(os.environ.get("QINQING_REAL_PAGES", "/nowhere"))
MANIFEST = FOLDER / "MANIFEST.tsv"
FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="QINQING_REAL_PAGES is not set")


def snapshots() -> list[Snapshot]:
    with MANIFEST.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [Snapshot(row["url"], (FOLDER / row["file"]).read_bytes()) for row in rows]


def test_every_page_is_read_with_title_minute_and_source_or_says_why() -> None:
    for snapshot in snapshots():
        article = read_page(snapshot)
        assert (article.status, bool(article.title)) == ("ok", True), snapshot.url
        assert article.published_at is not None, snapshot.url
        unsaid = {problem.partition(":")[0] for problem in article.problems}
        assert article.source or "source" in unsaid, snapshot.url
        assert article.published_at.hour or "published_at" in unsaid, snapshot.url


@pytest.mark.parametrize("host", ["ccdi.gov.cn", "example.cn"])
def test_no_character_of_the_body_is_lost_or_added(host: str) -> None:
    """Known or unknown, the site's longest div.content is the text, figure for figure."""
    for snapshot in snapshots():
        nodes = LexborHTMLParser(snapshot.body).css("div.content")
        whole = max((node.text() for node in nodes), key=len)
        article = read_page(Snapshot(snapshot.url.replace("ccdi.gov.cn", host), snapshot.body))
        assert "".join(article.text.split()) == "".join(whole.split()), snapshot.url
        assert Counter(FIGURE.findall(article.text)) == Counter(FIGURE.findall(whole))
