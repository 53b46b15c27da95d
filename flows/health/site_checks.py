"""The self-test of the site profiles: each saved page still reads as a person accepted it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import transforms
from transforms.errors import InputError, PageError
from transforms.model import Snapshot
from transforms.pages.pages import first_reading
from transforms.sites import all_sites

PAGES = Path(transforms.__file__).parent.parent / "tests" / "sites"  # of a checkout


@dataclass(frozen=True, slots=True)
class Checked:
    """A saved page, and what of it reads otherwise than accepted."""

    site: str
    page: str
    status: str  # ok | changed | broken | unreviewed | missing
    detail: str = ""


def check_sites(names: tuple[str, ...], folder: Path = PAGES) -> Iterator[Checked]:
    """Read the saved pages of sites, of all known ones by default; a folder a site.

    Raises InputError where there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} holds no saved pages; give their folder with --pages")
    for name in names or tuple(all_sites()):
        pages = sorted(path for path in folder.glob(f"{name}/*.*html") if _address(path).exists())
        yield from (_check(name, page) for page in pages)
        if not pages:
            yield Checked(name, "", "missing", "no saved page")


def saved_page(page: Path, url: str | None = None) -> Snapshot:
    """Return a saved page; its address stands in the .url beside it where none is given."""
    try:
        body = page.read_bytes()
    except OSError as error:
        raise InputError(f"{page} cannot be read: {error.strerror}") from error
    if url is None and not _address(page).exists():
        raise InputError(f"{_address(page)} with the page's address is missing; name it with --url")
    try:
        return Snapshot(url or _address(page).read_text("utf-8").strip(), body)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{page} and its address cannot be read: {error}") from error


def _check(name: str, page: Path) -> Checked:
    accepted = page.with_suffix(".json")
    try:
        found = json.loads(json.dumps(first_reading(saved_page(page), name)))
    except PageError as error:
        return Checked(name, page.name, "broken", str(error))
    if not accepted.exists():
        return Checked(name, page.name, "unreviewed", f"there is no {accepted.name}")
    wanted = json.loads(accepted.read_text("utf-8"))
    differing = [
        f"{field}: {str(value)[:40]!r} became {str(found.get(field))[:40]!r}"
        for field, value in wanted.items()
        if found.get(field) != value
    ]
    return Checked(name, page.name, "changed" if differing else "ok", "; ".join(differing))


def _address(page: Path) -> Path:
    return page.with_suffix(".url")
