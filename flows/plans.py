"""What a backfill has to fetch: found once from lists or indexes, kept until it is done."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from flows.archive.archive import Archive
from flows.archive.archive_writer import ArchiveWriter
from flows.discovery.cdx import Capture, search_common_crawl, search_wayback
from flows.discovery.discovery import discover
from flows.discovery.gathering import Order, sites_of, url_list
from flows.discovery.side_by_side import in_turn
from flows.fetching.attempts import Attempt
from flows.fetching.clock import Clock
from flows.fetching.fetching import Client, Record, Request
from flows.outcomes import REFUSED, RETRYABLE, Outcome
from flows.pipeline import close_leftovers
from flows.speech.interrupts import Asked
from transforms.errors import ArchiveError, CannotCreateError
from transforms.model import ArticleRef

Target = ArticleRef | Capture
REMEMBERED = "remembered"
COMES_BACK = RETRYABLE | REFUSED | {Outcome.DEFERRED}  # of a list: it may be had another time
SEARCHES = {"wayback": search_wayback, "commoncrawl": search_common_crawl}


def never() -> bool:
    """Stand in for whoever might ask a run to stop."""
    return False


class Plan:
    """The articles of one order, in a folder of its own; no list is fetched twice for it."""

    def __init__(self, order: Order, folder: Path) -> None:
        self.order = order
        self.path = folder / name_of(order)

    @property
    def targets_path(self) -> Path:
        """The file of targets; it is there when all of them are."""
        return self.path / "targets.jsonl"

    @property
    def partial_path(self) -> Path:
        """The targets found so far, where some lists could not be had."""
        return self.path / "targets.partial"

    def targets(self) -> Iterator[Target]:
        """Yield what is to be fetched, as it was found."""
        if self.order.source == "urls":
            yield from url_list(self.order.path)
            return
        whole = self.targets_path.exists()
        path = self.targets_path if whole else self.partial_path
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield _target(json.loads(line))

    def find(self, client: Client, record: Record, run_id: str, stop: Asked = never) -> None:
        """Find the targets, unless they were found before; lists that failed are asked again."""
        if self.order.source == "urls" or self.targets_path.exists():
            return
        missing: list[Outcome] = []

        def note(attempt: Attempt) -> None:
            missing.extend({attempt.outcome} & COMES_BACK)
            if not stop():
                record(attempt)

        try:
            self.path.mkdir(parents=True, exist_ok=True)
            temporary = self.targets_path.with_suffix(".open")
            lists = Archive(self.path / "lists")
            with remembering(client, lists, run_id, stop) as asked, temporary.open("w") as file:
                for target in _found(self.order, asked, note):
                    file.write(json.dumps(_line(target)) + "\n")
            temporary.replace(self.partial_path if missing else self.targets_path)
        except OSError as error:
            raise CannotCreateError(f"cannot write the plan {self.path}: {error}") from error

    def forget(self) -> None:
        """Drop the plan: all of it is done."""
        shutil.rmtree(self.path, ignore_errors=True)


def name_of(order: Order) -> str:
    """Return the name of an order's plan: source, sites and days."""
    window = order.window
    days = [day.isoformat() if day else "open" for day in (window.since, window.until)]
    return "_".join([order.source, "+".join(order.sites), *days])


def _found(order: Order, client: Client, record: Record) -> Iterator[Target]:
    search = discover if order.source == "listing" else SEARCHES[order.source]
    found = [search(site, client, window=order.window, record=record) for site in sites_of(order)]
    return in_turn(found)


@contextmanager
def remembering(client: Client, archive: Archive, run_id: str, stop: Asked) -> Iterator[Client]:
    """Give a client that asks for each list once, even if this process dies before all are read."""
    close_leftovers(archive)
    with archive.writer(run_id) as writer:
        yield cast("Client", _Remembering(client, archive, writer, stop))


class _Remembering:
    """Stands in for a client where lists are asked for."""

    def __init__(
        self, client: Client, archive: Archive, writer: ArchiveWriter, stop: Asked
    ) -> None:
        self.client, self.archive, self.writer, self.stop = client, archive, writer, stop
        self.entries = {entry.url: entry for entry in archive.entries()}

    @property
    def clock(self) -> Clock:
        return self.client.clock

    def fetch(self, request: Request) -> Attempt:
        """Return the page as it was, or ask for it and keep it."""
        entry = self.entries.get(request.url)
        if entry is not None:
            try:
                page = self.archive.read(entry)
                return Attempt(request.url, Outcome.OK, page.status, page, flags=(REMEMBERED,))
            except ArchiveError:
                del self.entries[request.url]
        if self.stop():
            return Attempt(request.url, Outcome.DEFERRED, detail="interrupted")
        attempt = self.client.fetch(request)
        if attempt.snapshot is not None:
            self.writer.add(attempt.snapshot)
        return attempt


def _line(target: Target) -> dict[str, Any]:
    ref = target if isinstance(target, ArticleRef) else target.ref
    day = ref.published_on and ref.published_on.isoformat()
    line: dict[str, Any] = {"url": ref.url, "title": ref.title, "published_on": day}
    if isinstance(target, Capture):
        line |= {
            "taken_at": target.taken_at.isoformat(),
            "digest": target.digest,
            "address": target.address,
            "byte_range": target.byte_range,
        }
    return line


def _target(line: dict[str, Any]) -> Target:
    day = line["published_on"]
    ref = ArticleRef(line["url"], line["title"], day and date.fromisoformat(day))
    if "address" not in line:
        return ref
    taken_at = datetime.fromisoformat(line["taken_at"])
    capture = Capture(ref, taken_at, line["digest"], line["address"])
    return replace(capture, byte_range=line["byte_range"] and tuple(line["byte_range"]))


def url_of(target: Target) -> str:
    """Return the address of the article itself."""
    return target.url if isinstance(target, ArticleRef) else target.ref.url
