"""Makes the sample pages, their lists and the expected readings from the articles we wrote.

`python -m flows.samples.make` writes pages/, listings/ and expected/readings.jsonl and
expected/failures.tsv beside this file; the same articles always make the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.samples.expected import reading
from flows.samples.failures import failed_pages, home_page, list_2015, list_2018, pager
from flows.samples.layouts import page
from flows.samples.source import HERE, Source, read_sources

HOST = "http://www.gxjjw.gov.cn"
FIRST_SECONDS, FIRST_SERIAL = 0x59CCBBE1, 127255  # a known page of 2017-09-28
SECONDS_A_PAGE = 3761  # the serial rises by about 23 a day
COLUMNS = {
    "审查调查": 908,
    "巡视巡察": 1201,
    "八桂清风": 1305,
    "监督执纪": 1306,
    "清风专题": 1307,
    "权威发布": 1308,
}


def make() -> dict[str, bytes]:
    """Return every file that is made, by its path below this folder."""
    sources = read_sources()
    urls = {source.name: url_of(source) for source in sources}
    made = {}
    for source in sources:
        url = urls[source.name]
        made[f"pages/{file_of(url, source.published_at)}"] = (url, page(source))
    failures = []
    for at, reason, body, why in failed_pages():
        url = gxjjw_url(at)
        made[f"pages/{file_of(url, at)}"] = (url, body)
        failures.append((file_of(url, at), url, reason, why))
    lists = {f"listings/{name}": pair for name, pair in listings(sources, urls).items()}
    files = {path: body for path, (_, body) in (made | lists).items()}
    files["pages/MANIFEST.tsv"] = manifest(made)
    files["listings/MANIFEST.tsv"] = manifest(lists)
    files["expected/readings.jsonl"] = _json_lines(expected(source) for source in sources)
    files["expected/failures.tsv"] = table(("file", "url", "reason", "why"), failures)
    return files


def expected(source: Source) -> dict[str, Any]:
    """Return the expected reading of one page: the head, the text and what it says."""
    url = url_of(source)
    named = source.head["layout"] in {"ccdi", "lbjjjc"}
    gxjjw_serial = serial_of(source.published_at) if "url" not in source.head else None
    return {
        "file": file_of(url, source.published_at),
        "url": url,
        "article_id": gxjjw_serial and f"gxjjw/{gxjjw_serial}",
        "title": source.head["title"],
        "published_at": source.published_at.isoformat(timespec="minutes"),
        "source": source.get("source"),
        "author": source.get("author") or source.get("byline"),
        "column": source.head["column"] if named else None,
        "listed_in": source.head["column"],
        "kind": "case_notice" if source.head["column"] == "审查调查" else "report",
        "status": "ok",
        "encoding": source.head["encoding"],
        "copy_of": source.get("copy_of"),
        "text": source.text,
        **reading(source),
    }


def url_of(source: Source) -> str:
    """Return the address of a page: the one it states, or gxjjw's from its second."""
    return source.get("url") or gxjjw_url(source.published_at)


def gxjjw_url(at: datetime) -> str:
    """Return gxjjw's address of a page published at that second."""
    seconds = int(at.timestamp())
    return f"{HOST}/staticpages/{at:%Y%m%d}/gxjjw{seconds:08x}-{serial_of(at)}.shtml"


def serial_of(at: datetime) -> int:
    """Return a serial that rises with time as the site's does."""
    return FIRST_SERIAL + (int(at.timestamp()) - FIRST_SECONDS) // SECONDS_A_PAGE


def file_of(url: str, at: datetime) -> str:
    """Return where a page is kept: a folder a day, the site's own file name."""
    return f"{at:%Y%m%d}/{url.rsplit('/', 1)[1]}"


def listings(sources: list[Source], urls: dict[str, str]) -> dict[str, tuple[str, bytes]]:
    """Return the list pages with their addresses: two layouts, a next page, a last page."""
    newest = sorted(sources, key=lambda source: source.published_at, reverse=True)
    ours = [source for source in newest if "url" not in source.head]
    paths = {name: url.removeprefix(HOST) for name, url in urls.items()}
    statics = {column: static_list(number) for column, number in COLUMNS.items()}
    found = {
        "index.html": (f"{HOST}/", home_page(statics)),
        "700-1.shtml": (f"{HOST}{static_list(700)}", list_2015(ours[-8:], paths)),
    }
    for column, number in COLUMNS.items():
        rows = [source for source in ours if source.head["column"] == column]
        half = (len(rows) + 1) // 2
        static = f"{HOST}{statics[column]}"
        last = f"{HOST}/more.php?sortid={number}&pageno=2"
        first_page = list_2018(rows[:half], paths, column, pager(number, 1, 2))
        last_page = list_2018(rows[half:], paths, column, pager(number, 2, 2))
        found[f"{number}-1.shtml"] = (static, first_page)
        found[f"more-{number}-2.html"] = (last, last_page)
    return found


def static_list(number: int) -> str:
    """Return the path of a column's static list."""
    return f"/staticmores/{number % 1000:03}/{number}-1.shtml"


def manifest(pages: dict[str, tuple[str, bytes]]) -> bytes:
    """Return a table of file, url, bytes and sha256."""
    rows = [
        (path.split("/", 1)[1], url, str(len(body)), hashlib.sha256(body).hexdigest())
        for path, (url, body) in sorted(pages.items())
    ]
    return table(("file", "url", "bytes", "sha256"), rows)


def table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return tab-separated lines below a header."""
    return "".join("\t".join(row) + "\n" for row in [names, *rows]).encode()


def write(folder: Path = HERE) -> int:
    """Write what is made, take away pages that are made no longer; return the number of files."""
    files = make()
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    for old in folder.glob("pages/*/*"):
        if old.relative_to(folder).as_posix() not in files:
            old.unlink()
    return len(files)


def _json_lines(records: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


if __name__ == "__main__":
    write()
