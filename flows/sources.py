"""Pages already at hand: a folder of saved pages with its manifest, or the bundled samples."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from transforms.errors import InputError, UsageError
from transforms.model import Snapshot

SAMPLES = Path(__file__).parent / "samples" / "pages"
MANIFEST = "MANIFEST.tsv"


def folder_snapshots(folder: Path) -> Iterator[Snapshot]:
    """Yield the pages of a folder; MANIFEST.tsv (columns `file` and `url`) says where each is from.

    Raises InputError where the folder, its manifest or a page of it cannot be read.
    """
    for row in _manifest(folder):
        path = folder / row["file"]
        try:
            yield Snapshot(url=row["url"], body=path.read_bytes())
        except OSError as error:
            raise InputError(f"{folder / MANIFEST} names a page that cannot be read: {path}") from error


def sample_snapshots() -> Iterator[Snapshot]:
    """Yield the bundled sample pages."""
    return folder_snapshots(SAMPLES)


def pages_of(source: str, path: str | Path | None) -> Iterator[Snapshot]:
    """Yield the pages of a source by its name: samples, or folder with its path."""
    if source == "samples":
        return sample_snapshots()
    if source == "folder" and path is not None:
        return folder_snapshots(Path(path))
    raise UsageError(f"cannot read pages from {source!r}; write samples, or folder PATH")


def _manifest(folder: Path) -> list[dict[str, str]]:
    path = folder / MANIFEST
    try:
        rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{folder} has no readable {MANIFEST}; it needs one with the columns file and url"
        ) from error
    if not rows or not {"file", "url"} <= rows[0].keys():
        raise InputError(f"{path} needs a header with the columns file and url, and a row a page")
    return rows
