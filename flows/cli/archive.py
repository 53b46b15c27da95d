"""`qinqing archive list|verify|import|export`: the archived pages."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from flows.cli.common import print_rows, printed_in, with_settings
from flows.settings import Settings
from flows.speech.speech import say
from transforms.errors import ArchiveError

IO_ERROR = 74
LONGEST_TABLE = 100  # rows
NAMES = ("url", "fetched_at", "kind", "sha256", "file", "offset", "length")


@click.group("archive")
def command() -> None:
    """List, verify, import and export archived pages.

    \b
    The archive holds the pages as they were sent, in WARC files of any tool's liking.
    Example: qinqing archive list --url 20210329
             qinqing archive verify
             qinqing archive import saved.warc.gz
             qinqing archive export --to pages.warc.gz --since 2021-01-01
    """


def existing(settings: Settings) -> Path:
    """Return the archive's folder; raise ArchiveError where there is none to look at."""
    if not settings.archive_path.is_dir():
        raise ArchiveError(
            f"there is no archive at {settings.archive_path}; name its data folder with --data"
        )
    return settings.archive_path


@command.command("list")
@click.option("--url", "words", default="", help="only addresses that hold these words")
@click.option("--damaged", is_flag=True, help="the quarantine list instead")
@click.option("--limit", type=int, default=0, help="print so many at most [all; 100 in a table]")
@printed_in()
@with_settings("data")
def list_pages(settings: Settings, words: str, limit: int, form: str, *, damaged: bool) -> int:
    """Print the archived pages, or those known to be damaged."""
    from flows.archive.archive import Archive

    archive = Archive(existing(settings))
    if damaged:
        names = ("url", "file", "offset", "length", "reason")
        damages = [[getattr(each, name) for name in names] for each in archive.damages()]
        print_rows(names, damages, form)
        return 0
    entries = (entry for entry in archive.entries(unchanged=True) if words in entry.url)
    most = limit or (LONGEST_TABLE if form == "table" else None)
    rows = ([getattr(entry, name) for name in NAMES] for entry in islice(entries, most))
    print_rows(NAMES, rows, form)
    further = sum(1 for _ in entries)
    if further:
        say(f"and {further} more; see --limit")
    return 0


@command.command("verify")
@click.option("--salvage", "salvaging", is_flag=True, help="close files that a dead run left open")
@printed_in()
@with_settings("data")
def verify_pages(settings: Settings, form: str, *, salvaging: bool) -> int:
    """Read every record again; damaged ones go on the quarantine list, and the exit code is 74."""
    from flows.archive.archive import Archive
    from flows.archive.archive_checks import verify
    from flows.archive.archive_writer import leftovers, salvage

    archive = Archive(existing(settings))
    for path in leftovers(archive) if salvaging else ():
        kept, lost = salvage(archive, path)
        say(f"{path.name}: {kept} pages kept, {lost} bytes lost")
    damages = list(verify(archive))
    archive.quarantine(damage for damage in damages if damage.url)
    names = ("file", "offset", "length", "url", "reason")
    if damages:
        print_rows(names, ([getattr(each, name) for name in names] for each in damages), form)
        return IO_ERROR
    pages = sum(1 for _ in archive.entries())
    print(f"{pages} pages in {len(archive.files())} files, all as they were written")
    return 0


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@with_settings("data")
def import_pages(settings: Settings, files: tuple[Path, ...]) -> int:
    """Take the pages of WARC files into the archive; damaged records are refused and told."""
    from flows.archive.archive import Archive
    from flows.archive.transfers import Import, warc_snapshots
    from flows.pipeline import new_run_id

    met, archive = Import(), Archive(settings.archive_path)
    held = {(entry.url, entry.sha256) for entry in archive.entries()}
    with archive.writer(new_run_id("import")) as writer:
        for file in files:
            for snapshot in warc_snapshots(file, met):
                if (snapshot.url, snapshot.sha256) not in held:
                    held.add((snapshot.url, snapshot.sha256))
                    writer.add(snapshot)
        count = writer.count
    for reason in met.refused:
        say(f"refused: {reason}")
    print(
        f"{count} pages added, {met.pages - count} known, {met.others} records of other kinds, "
        f"{len(met.refused)} refused"
    )
    return 65 if met.refused else 0


@command.command("export")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="a .warc.gz")
@click.option("--url", "words", default="", help="only addresses that hold these words")
@click.option("--since", default="", help="only pages taken on or after this day, YYYY-MM-DD")
@click.option("--until", default="", help="only pages taken on or before this day")
@with_settings("data")
def export_pages(settings: Settings, target: Path, words: str, since: str, until: str) -> int:
    """Write the newest copy of each chosen page to one WARC file."""
    from flows.archive.archive import Archive
    from flows.archive.transfers import export_warc

    count, failures = export_warc(
        Archive(existing(settings)),
        lambda entry: (
            words in entry.url
            and since <= entry.fetched_at
            and (not until or entry.fetched_at[: len(until)] <= until)
        ),
        target,
    )
    for reason in failures:
        say(f"left out: {reason}")
    print(f"{count} pages written to {target}")
    return IO_ERROR if failures else 0
