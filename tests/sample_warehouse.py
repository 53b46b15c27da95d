"""A small warehouse made of the sample pages, by reading and loading alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flows.discovery.sources import sample_snapshots
from transforms.errors import PageError
from transforms.model import Reading
from transforms.pages.pages import read_page
from transforms.reading import read_article
from warehouse.store import Warehouse


def build(path: Path, *more: Reading) -> Path:
    """Load the samples and some more readings into a new database; return its path."""
    with Warehouse(path) as warehouse:
        warehouse.load([*_readings(), *more], run_id="test")
    return path


def _readings() -> Iterator[Reading]:
    for snapshot in sample_snapshots():
        try:
            article = read_page(snapshot)
        except PageError:
            continue  # some samples are pages that are no articles
        yield read_article(article)
