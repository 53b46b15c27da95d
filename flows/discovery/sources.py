"""Pages already at hand: the bundled samples, a folder of saved pages, a WARC file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from flows.archive.transfers import warc_snapshots
from transforms.errors import InputError, UsageError
from transforms.model import Snapshot

SAMPLES = Path(__file__).parents[1] / "samples" / "pages"
MANIFEST = "MANIFEST.tsv"
PAGES = frozenset({".html", ".htm", ".shtml", ".shtm", ".jhtml", ".php", ".jsp", ".aspx", ""})
HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}")


def folder_snapshots(folder: Path) -> Iterator[Snapshot]:
    """Yield the pages of a folder; MANIFEST.tsv (columns `file` and `url`) says where each is from.

    Raises InputError where the folder, its manifest or a page of it cannot be read.
    """
    for row in _manifest(folder):
        path = folder / row["file"]
        try:
            yield Snapshot(url=row["url"], body=_within(folder, row["file"]).read_bytes())
        except OSError as error:
            raise InputError(
                f"{folder / MANIFEST} names a page that cannot be read: {path}"
            ) from error


def _within(folder: Path, name: str) -> Path:
    """Return a file of the folder; a saved manifest may name none of the files elsewhere."""
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise PermissionError(f"{name} lies outside")
    return folder / name


def sample_snapshots() -> Iterator[Snapshot]:
    """Yield the bundled sample pages."""
    return folder_snapshots(SAMPLES)


def mirror_snapshots(folder: Path) -> Iterator[Snapshot]:
    """Yield the pages of a mirrored site: <folder>/<host>/<path>, as wget and the like save them.

    Raises InputError where the folder holds none.
    """
    hosts = sorted(each for each in folder.iterdir() if each.is_dir() and HOST.fullmatch(each.name))
    pages = (page for host in hosts for page in sorted(host.rglob("*")) if page.is_file())
    empty = True
    for page in pages:
        if page.suffix.lower() in PAGES:
            empty = False
            yield Snapshot(f"http://{page.relative_to(folder).as_posix()}", page.read_bytes())
    if empty:
        raise InputError(
            f"{folder} holds no pages that tell their address: add {MANIFEST} with the columns "
            "file and url, or mirror the site with wget"
        )


def pages_of(source: str, path: str | Path | None) -> Iterator[Snapshot]:
    """Yield the pages of a source by its name: samples, folder PATH, warc FILE."""
    if source == "samples":
        return sample_snapshots()
    if source == "folder" and path is not None:
        folder = Path(path)
        mirrored = folder.is_dir() and not (folder / MANIFEST).exists()
        return mirror_snapshots(folder) if mirrored else folder_snapshots(folder)
    if source == "warc" and path is not None:
        return warc_snapshots(Path(path))
    if source in {"folder", "warc"}:
        raise UsageError(f"--from {source} needs its path: --from {source} PATH")
    raise UsageError(
        f"cannot read pages from {source!r}; write listing, wayback, commoncrawl, urls FILE, "
        "warc PATH, folder PATH or samples"
    )


def _manifest(folder: Path) -> list[dict[str, str]]:
    path = folder / MANIFEST
    try:
        rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        if not folder.exists():
            raise InputError(f"there is no folder {folder}") from error
        raise InputError(
            f"{folder} has no readable {MANIFEST}; it needs one with the columns file and url"
        ) from error
    if not rows or not {"file", "url"} <= rows[0].keys():
        raise InputError(f"{path} needs a header with the columns file and url, and a row a page")
    return rows
