"""Give back an article as it was stored."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta, timezone
from importlib.resources import files
from typing import Any

from transforms.model import Article
from warehouse.connection import Connection

CHINA = timezone(timedelta(hours=8))


def stored_article(connection: Connection, article_id: str) -> Article | None:
    """Return the article of that id, None where the database has none."""
    sql = files("warehouse").joinpath("lookups", "article.sql").read_text("utf-8")
    found = connection.execute(sql, [article_id]).fetchall()
    if not found:
        return None
    names = [column[0] for column in connection.description or []]
    values: dict[str, Any] = dict(zip(names, found[0], strict=True))
    values["problems"] = tuple(values["problems"] or ())
    if values["published_at"] is not None:
        values["published_at"] = values["published_at"].replace(tzinfo=CHINA)
    return Article(**{field.name: values[field.name] for field in fields(Article)})
