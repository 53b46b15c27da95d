"""Remember which pages were read, in eight bytes a page."""

from __future__ import annotations

from hashlib import md5
from importlib.resources import files

from transforms.version import EXTRACTOR, lexicon_hash
from warehouse.connection import Connection


def page_number(url: str, sha256: str) -> int:
    """Return the number by which a page is remembered."""
    digest = md5(f"{url} {sha256}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little")


def pages_read(connection: Connection, *, by_any_rules: bool) -> dict[int, bool]:
    """Return the pages that were read, and for each whether it is an article.

    Pages that failed for what they hold are among them; those that failed for want of time, or
    with the process that read them, are not.
    """
    sql = files("warehouse").joinpath("reads/pages_read.sql").read_text("utf-8")
    rules = {"any": by_any_rules, "extractor": EXTRACTOR, "lexicon": lexicon_hash()}
    return dict(connection.execute(sql, rules).fetchall())
