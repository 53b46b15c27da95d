"""Pages at hand come with the addresses they were saved from."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.archive import warc
from flows.discovery.sources import pages_of
from transforms.errors import InputError, UsageError
from transforms.model import Snapshot

URL = "http://www.gxjjw.gov.cn/staticpages/20210329/gxjjw60618291-156609.shtml"


def test_a_folder_with_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"one")
    (tmp_path / "MANIFEST.tsv").write_text(f"file\turl\na.html\t{URL}\n", "utf-8")
    assert [(page.url, page.body) for page in pages_of("folder", tmp_path)] == [(URL, b"one")]


def test_a_mirrored_site(tmp_path: Path) -> None:
    page = tmp_path / URL.removeprefix("http://")
    page.parent.mkdir(parents=True)
    page.write_bytes(b"one")
    (page.parent / "logo.png").write_bytes(b"no page")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.html").write_bytes(b"no host")
    assert [(page.url, page.body) for page in pages_of("folder", tmp_path)] == [(URL, b"one")]


def test_a_warc(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc.member_of(Snapshot(URL, b"one", datetime(2021, 3, 29, tzinfo=UTC))))
    assert [(page.url, page.body) for page in pages_of("warc", path)] == [(URL, b"one")]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "MANIFEST.tsv").write_text(f"file\turl\ngone.html\t{URL}\n", "utf-8")
    for source, path in (
        ("folder", tmp_path),
        ("folder", tmp_path / "empty"),
        ("folder", tmp_path / "none"),
        ("warc", tmp_path / "none"),
    ):
        with pytest.raises(InputError):
            list(pages_of(source, path))
    for source in ("folder", "warc", "nothing"):
        with pytest.raises(UsageError):
            pages_of(source, None)
