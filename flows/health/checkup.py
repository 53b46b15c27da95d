"""What may keep the work from being done, and what to do about each: the findings of `doctor`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import islice
from pathlib import Path

from flows.archive.archive import Archive
from flows.archive.archive_writer import leftovers
from flows.one_run import reading
from flows.settings import Settings
from transforms.errors import ArchiveError, QinqingError
from warehouse.attempts import high_water

LOW, FULL = 2_000_000_000, 200_000_000  # bytes of free disk
SPOT = 20  # pages that are read again
SAYS_IT = {75, 78}  # a busy database and one of another schema say themselves what to do
OLDEST_PYTHON = (3, 11)
ENOUGH_AHEAD = 300.0  # seconds that a file's time may differ from the clock's


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ok, warn or fail, and what to do."""

    what: str
    level: str
    told: str
    remedy: str = ""


def check_up(
    settings: Settings, *, online: bool = False, sites: tuple[str, ...] = ()
) -> list[Finding]:
    """Look at everything; one look that breaks is a finding and stops nothing."""
    looks: list[Callable[[], Iterator[Finding]]] = [
        _python,
        _packages,
        lambda: _places(settings),
        lambda: _disk(settings),
        _clock,
        lambda: _database(settings),
        lambda: _archive(settings),
        lambda: _hosts(settings),
        _fonts,
        _prefect,
    ]
    if online:
        looks.append(lambda: _robots(settings, sites))
    return [finding for look in looks for finding in _tried(look)]


def _tried(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except QinqingError as error:
        yield Finding("check", "fail", str(error))
    except Exception as error:  # noqa: BLE001 - a look that breaks is a finding
        yield Finding("check", "fail", f"{type(error).__name__}: {error}")


def _python() -> Iterator[Finding]:
    told = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        yield Finding("Python", "fail", told, "install Python 3.11 or newer")
    else:
        yield Finding("Python", "ok", told)


def _packages() -> Iterator[Finding]:
    """Compare what is installed with what the package asks for."""
    from packaging.requirements import Requirement

    wrong = []
    for text in requires("qinqing") or []:
        wanted = Requirement(text)
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(wanted.name)
        except PackageNotFoundError:
            wrong.append(f"{wanted.name} is missing")
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            wrong.append(f"{wanted.name} {found} is installed, not {wanted.specifier}")
    remedy = "install from the lock: pip install --no-deps --require-hashes -r requirements.txt"
    level = "fail" if wrong else "ok"
    yield Finding("packages", level, "; ".join(wrong) or "as asked for", remedy if wrong else "")


def _places(settings: Settings) -> Iterator[Finding]:
    places = {settings.data, settings.database_path.parent, settings.archive_path}
    places |= {settings.reports_path}
    for place in sorted(places):
        yield _place(place)


def _place(place: Path) -> Finding:
    existing = next(path for path in (place, *place.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            return Finding("write", "ok", str(place))
    except OSError as error:
        remedy = f"chown or chmod {existing}, or choose another with --data"
        return Finding("write", "fail", f"{place}: {error.strerror}", remedy)


def _disk(settings: Settings) -> Iterator[Finding]:
    parents = (settings.data, *settings.data.absolute().parents)
    existing = next(path for path in parents if path.exists())
    free = shutil.disk_usage(existing).free
    level = "fail" if free < FULL else "warn" if free < LOW else "ok"
    remedy = "" if level == "ok" else "free some space, or move the data folder"
    yield Finding("disk", level, f"{free / 1e9:.1f} GB free at {settings.data}", remedy)


def _clock() -> Iterator[Finding]:
    with tempfile.NamedTemporaryFile() as file:
        ahead = abs(Path(file.name).stat().st_mtime - time.time())
    year, built = datetime.now(UTC).year, Path(__file__).stat().st_mtime
    if ahead > ENOUGH_AHEAD or time.time() < built - 86_400:
        told = f"the clock says {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, files say otherwise"
        yield Finding("clock", "fail", told, "set the clock; enable time synchronisation")
    else:
        yield Finding("clock", "ok", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, year {year}")


def _database(settings: Settings) -> Iterator[Finding]:
    path = settings.database_path
    if not path.exists():
        yield Finding(
            "database", "warn", f"{path} is not there yet", "qinqing run or qinqing ingest"
        )
        return
    log = path.with_name(path.name + ".wal")
    try:
        with reading(settings) as warehouse:
            articles = sum(count for _, count in high_water(warehouse.connection).values())
        yield Finding("database", "ok", f"{articles} articles, {path.stat().st_size / 1e6:.0f} MB")
    except QinqingError as error:
        remedy = (
            f"move {log} aside, then run qinqing reprocess: the archive has every page"
            if log.exists()
            else f"move {path} aside, then run qinqing reprocess: the archive has every page"
        )
        yield Finding("database", "fail", str(error), "" if error.exit_code in SAYS_IT else remedy)
        return
    if log.exists() and log.stat().st_size:
        told = f"{log.name} holds {log.stat().st_size} bytes: a writer died or is at work"
        yield Finding("database", "warn", told, "nothing: the next run takes them in")


def _archive(settings: Settings) -> Iterator[Finding]:
    archive = Archive(settings.archive_path)
    left = leftovers(archive)
    if left:
        told = f"{len(left)} files left open by a run that died"
        yield Finding(
            "archive", "warn", told, "the next run closes them; or archive verify --salvage"
        )
    damaged = len(archive.quarantined())
    if damaged:
        told = f"{damaged} pages known to be damaged"
        yield Finding("archive", "warn", told, "the next run fetches them again; restore a backup")
    files = archive.files()
    if not files:
        yield Finding("archive", "ok", f"{settings.archive_path} is empty")
        return
    read = 0
    for file in (files[0], files[len(files) // 2], files[-1]):
        for entry in islice(archive.entries_in(file), SPOT // 3):
            try:
                archive.read(entry)
                read += 1
            except ArchiveError as error:
                yield Finding(
                    "archive", "fail", str(error), "qinqing archive verify; restore a backup"
                )
                return
    yield Finding("archive", "ok", f"{len(files)} files; {read} pages read again as written")


def _hosts(settings: Settings) -> Iterator[Finding]:
    from flows.fetching.policy import load_host_rules
    from flows.fetching.tls import context_of

    if settings.hosts is None:
        yield Finding("hosts", "ok", "no rules of their own")
        return
    rules = load_host_rules(settings.hosts)
    for rule in rules.values():
        context_of(rule.tls)
    yield Finding("hosts", "ok", f"{len(rules)} hosts have rules and certificates that load")


def _fonts() -> Iterator[Finding]:
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
    fonts = Path("/usr/share/fonts")
    chinese = any(
        "cjk" in path.name.lower() or "wqy" in path.name.lower() for path in fonts.rglob("*")
    )
    told = f"Chinese font {'found' if chinese else 'not found'}, Chromium {chromium or 'not found'}"
    level = "ok" if chinese or not chromium else "warn"
    remedy = "" if level == "ok" else "install fonts-noto-cjk: printed reports need it"
    yield Finding("printing", level, told, remedy)


def _prefect() -> Iterator[Finding]:
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        yield Finding("Prefect", "ok", f"{version('prefect')}, no server set: runs bring their own")
        return
    import requests

    where = url.rsplit("@", 1)[-1]  # a password in it is nobody's business
    try:
        requests.get(f"{url.rstrip('/')}/health", timeout=5).raise_for_status()
        yield Finding("Prefect", "ok", f"a server answers at {where}")
    except requests.RequestException as error:
        told = f"no server answers at {where}: {type(error).__name__}"
        yield Finding(
            "Prefect", "fail", told, "start it, or unset PREFECT_API_URL; the verbs need none"
        )


def _robots(settings: Settings, sites: tuple[str, ...]) -> Iterator[Finding]:
    from flows import PRODUCT
    from flows.discovery.gathering import Order, hosts_for, sites_of
    from flows.fetch_stage import client_for

    order = Order("listing", sites or ("gxjjw",))
    with client_for(settings, hosts_for(order)) as client:
        for site in sites_of(order):
            start = site.listings[0] if site.listings else f"http://www.{site.hosts[0]}/"
            reason = client.robots(start).denies(start, PRODUCT)
            level = "warn" if reason else "ok"
            remedy = (
                "it may be fetched from archives: qinqing backfill --from wayback" if reason else ""
            )
            yield Finding(f"site {site.name}", level, reason or "may be asked", remedy)
