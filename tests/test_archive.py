"""The archive returns the bytes that were put in, or says that they are damaged; never others."""

import contextlib
import gzip
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.archive import members, warc
from flows.archive.archive import Archive, Damage, Entry, index_of
from flows.archive.archive_checks import verify
from flows.archive.archive_writer import _Places, leftovers, salvage
from flows.archive.transfers import Import, export_warc, warc_snapshots
from flows.discovery.discovery import known_in
from transforms.errors import ArchiveError, InputError
from transforms.model import Snapshot

AT = datetime(2021, 3, 29, 7, 32, 33, tzinfo=UTC)
ADDRESS = "http://www.gxjjw.gov.cn/staticpages/20210329/gxjjw60618291-{}.shtml"
HEADERS = (("Content-Type", "text/html; charset=gbk"), ("ETag", '"v1"'))
NOISE = random.Random(7)


def page(number: int, body: bytes | None = None) -> Snapshot:
    text = f"<html><p>第{number}篇：提醒谈话29人。{NOISE.random()}</p></html>".encode()
    body = text * 3 if body is None else body
    return Snapshot(ADDRESS.format(number), body, AT, 200, HEADERS, reason="OK")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def written(archive: Archive, snapshots: list[Snapshot], name: str = "run-1") -> list[Entry]:
    with archive.writer(name) as writer:
        return [writer.add(snapshot) for snapshot in snapshots]


def test_a_page_comes_back_as_it_was_sent(archive: Archive) -> None:
    entries = written(archive, [page(1), page(2)])
    assert [archive.read(entry) for entry in entries] == [page_of(archive, e) for e in entries]
    assert list(archive.entries()) == entries
    back = archive.read(entries[0])
    assert (back.url, back.status, back.reason, back.fetched_at) == (
        ADDRESS.format(1),
        200,
        "OK",
        AT,
    )
    assert back.headers == HEADERS


def page_of(archive: Archive, entry: Entry) -> Snapshot:
    return archive.read(entry)


@settings(max_examples=60, deadline=None)
@given(
    body=st.binary(max_size=3_000),
    url=st.text(min_size=1, max_size=60).map(lambda tail: "http://www.gxjjw.gov.cn/" + tail),
    value=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=40),
)
def test_any_bytes_come_back(tmp_path_factory, body: bytes, url: str, value: str) -> None:
    archive = Archive(tmp_path_factory.mktemp("any"))
    snapshot = Snapshot(url, body, AT, 200, (("X-Any", value.strip(" \t")),))
    url.encode("utf-8", "ignore")
    entry = written(archive, [snapshot])[0]
    back = archive.read(entry)
    assert (back.body, back.url, back.headers) == (body, url, snapshot.headers)
    assert not list(verify(archive))


def test_a_digest_that_begins_like_another_is_told_from_it(archive: Archive, monkeypatch) -> None:
    """Of a digest sixty-four bits are kept in memory; the bytes are read before they are shared."""
    kept: list[tuple[int, int]] = []
    monkeypatch.setattr(_Places, "find", lambda *_: kept[0] if kept else None)
    monkeypatch.setattr(_Places, "keep", lambda _, digest, *place: kept.append(place))  # noqa: ARG005
    pages = [page(1), page(2), page(3)]
    entries = written(archive, pages)
    assert {entry.kind for entry in entries} == {"response"}
    assert [archive.read(entry).body for entry in entries] == [each.body for each in pages]


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=60))
def test_places_are_found_again_and_the_first_stays(digests: list[bytes]) -> None:
    places, wanted = _Places(), {}
    for number, digest in enumerate(digests * 2):
        places.keep(digest, number % 9, number * 10**6)
        wanted.setdefault(digest[:8], (number % 9, number * 10**6))
    assert [places.find(digest) for digest in digests] == [wanted[d[:8]] for d in digests]
    assert digests or places.find(bytes(32)) is None


def test_codings_are_undone_and_their_headers_renamed(archive: Archive) -> None:
    headers = (
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Length", "12"),
    )
    entry = written(archive, [Snapshot(ADDRESS.format(1), b"plain", AT, 200, headers)])[0]
    assert archive.read(entry).headers == (
        ("X-Archive-Orig-Content-Encoding", "gzip"),
        ("X-Archive-Orig-Transfer-Encoding", "chunked"),
        ("Content-Length", "5"),
    )
    assert archive.read(entry).body == b"plain"


def test_where_redirects_led_is_kept(archive: Archive) -> None:
    moved = replace(page(1), final_url="https://www.gxjjw.gov.cn/a.shtml")
    assert archive.read(written(archive, [moved])[0]).final_url == moved.final_url


def test_other_tools_read_our_files(archive: Archive) -> None:
    written(archive, [page(1), page(2), replace(page(3), body=page(1).body)])
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(archive.files()[0])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    from warcio.archiveiterator import ArchiveIterator

    with archive.files()[0].open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream)]
    assert kinds == ["warcinfo", "response", "response", "response"]


def test_the_same_bytes_are_kept_once(archive: Archive) -> None:
    first = page(1)
    again = replace(page(2), body=first.body)
    later = replace(page(3), body=first.body)
    one, two = written(archive, [first, again])
    (three,) = written(archive, [later], "run-2")
    assert [entry.kind for entry in (one, two, three)] == ["response", "revisit", "revisit"]
    assert (two.file, two.offset) == (three.file, three.offset) == (one.file, one.offset)
    assert archive.read(three).body == first.body
    assert archive.read(three).url == later.url
    record = revisit_record(archive, three)
    assert record.headers["warc-refers-to-target-uri"] == first.url
    assert record.headers["warc-payload-digest"] == warc.digest_of(first.body)
    assert not list(verify(archive))


def revisit_record(archive: Archive, entry: Entry) -> warc.Record:
    file, offset, length, digest = entry.own.split()
    member = archive.member(file, int(offset), int(length), digest)
    return next(warc.records_of(members.inflate(member)))


def test_an_unchanged_page_is_a_revisit_and_no_page(archive: Archive) -> None:
    with archive.writer("run-1") as writer:
        first = writer.add(page(1))
        head = Snapshot(first.url, b"", AT, 304, (("ETag", '"v1"'),), reason="Not Modified")
        unchanged = writer.add_unchanged(head, first)
    assert unchanged.kind == "unchanged"
    assert list(archive.entries()) == [first]
    assert list(archive.entries(unchanged=True)) == [first, unchanged]
    record = revisit_record(archive, unchanged)
    assert record.headers["warc-profile"].endswith("server-not-modified")
    assert record.block.startswith(b"HTTP/1.1 304 Not Modified")
    assert archive.validators() == {first.url: unchanged}


def test_the_index_can_be_made_anew(archive: Archive) -> None:
    written(archive, [page(1), page(2), replace(page(3), body=page(1, b"x").body)])
    written(archive, [replace(page(4), body=b"x")], "run-2")
    entries = list(archive.entries(unchanged=True))
    index_of(archive.files()[0]).unlink()
    index_of(archive.files()[1]).write_text('{"url": "torn', "utf-8")
    assert list(archive.entries(unchanged=True)) == entries


@pytest.mark.parametrize("kept", range(4))
def test_lines_that_an_index_lost_are_found_again(archive: Archive, kept: int) -> None:
    entries = written(archive, [page(1), page(2), replace(page(3), body=b""), page(4)])
    index = index_of(archive.files()[0])
    lines = index.read_text("utf-8").splitlines(keepends=True)
    for damaged in (lines[:kept], [*lines[:kept], "{}\n", *lines[kept + 1 :]]):
        index.write_text("".join(damaged), "utf-8")
        assert list(archive.entries()) == entries


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_times_do_not_hang_on_the_zone_of_the_machine(tmp_path: Path, zone: str) -> None:
    code = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from flows.archive.archive import Archive; from transforms.model import Snapshot\n"
        "with Archive(Path(sys.argv[1])).writer('run-1') as writer:\n"
        "    print(writer.add(Snapshot('http://a/1', b'x', datetime(2021, 3, 31, 20))).fetched_at)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parent.parent, env={**os.environ, "TZ": zone},
    )  # fmt: skip
    assert done.stdout == "2021-03-31T20:00:00+00:00\n"


def test_files_roll_at_a_size(archive: Archive) -> None:
    with archive.writer("run-1", roll=4_000) as writer:
        entries = [writer.add(page(number, os.urandom(1_500))) for number in range(7)]
    names = [file.name for file in archive.files()]
    assert names[:2] == ["run-1-0001.warc.gz", "run-1-0002.warc.gz"]
    assert len(names) > 2
    assert all(file.stat().st_size <= 4_000 for file in archive.files())
    assert {archive.read(entry).url for entry in archive.entries()} == {e.url for e in entries}


def test_an_empty_run_leaves_nothing(archive: Archive) -> None:
    with archive.writer("run-1"):
        pass
    assert list(archive.root.iterdir()) == []


def test_a_run_that_fails_keeps_what_it_fetched(archive: Archive) -> None:
    with pytest.raises(KeyboardInterrupt), archive.writer("run-1") as writer:
        entry = writer.add(page(1))
        raise KeyboardInterrupt
    assert list(archive.entries()) == [entry]


def test_a_closed_file_is_never_written_again(archive: Archive) -> None:
    written(archive, [page(1)])
    with pytest.raises(ArchiveError, match="exists already"):
        archive.writer("run-1")


@pytest.mark.parametrize(
    "name", ["../out", "/etc/out", "a/../../out", "a\nb", "", ".hidden", "a//b", "x" * 400]
)
def test_no_name_leads_out_of_the_archive(archive: Archive, name: str) -> None:
    with pytest.raises(ArchiveError):
        archive.writer(name)
    entry = written(archive, [page(1)])[0]
    with pytest.raises(ArchiveError):
        archive.read(replace(entry, file=f"{name}.warc.gz"))


def test_an_address_cannot_break_out_of_its_header(archive: Archive) -> None:
    url = "http://www.gxjjw.gov.cn/a\r\nWARC-Type: metadata"
    entry = written(archive, [replace(page(1), url=url)])[0]
    assert archive.read(entry).url == url
    assert next(scan(archive)).kind == "response"


def scan(archive: Archive):
    for member in members.members(archive.files()[0]):
        for record in warc.records_of(member.data):
            if record.kind != "warcinfo":
                yield record


# Damage.


def damaged(archive: Archive, change) -> tuple[int, int, int]:
    """Change the bytes of the file; count pages read right, refused, and read wrong."""
    file = archive.files()[0]
    whole = file.read_bytes()
    bodies = {entry.url: archive.read(entry).body for entry in archive.entries()}
    entries = list(archive.entries())
    file.write_bytes(change(whole))
    right = refused = wrong = 0
    for entry in entries:
        try:
            same = archive.read(entry).body == bodies[entry.url]
            right, wrong = right + same, wrong + (not same)
        except ArchiveError:
            refused += 1
    file.write_bytes(whole)
    return right, refused, wrong


def flip(data: bytes, at: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    return bytes(changed)


def corruptions(count: int, seed: int):
    """Return random changes: cuts, flips, and good records behind a torn one."""
    chance = random.Random(seed)
    for number in range(count):
        where, other = chance.random(), chance.random()
        if number % 3 == 0:
            yield lambda data, w=where: data[: int(w * len(data))]
        elif number % 3 == 1:
            bit = chance.randrange(8)
            yield lambda data, w=where, b=bit: flip(data, int(w * len(data)), b)
        else:
            yield (
                lambda data, w=where, o=other: (
                    data[: int(w * len(data))] + data[int(o * len(data)) :]
                )
            )


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive(tmp_path_factory.mktemp("forty"))
    written(archive, [page(number) for number in range(40)])
    return archive


def test_no_corruption_gives_a_wrong_body(forty: Archive) -> None:
    refused_by_flips = []
    for number, change in enumerate(corruptions(100, seed=1)):
        right, refused, wrong = damaged(forty, change)
        assert wrong == 0
        assert right + refused == 40
        if number % 3 == 1:
            refused_by_flips.append(refused)
    assert max(refused_by_flips) == 1  # only the damaged record is lost


@pytest.mark.faults
def test_three_hundred_more_corruptions_give_no_wrong_body(forty: Archive) -> None:
    for change in corruptions(300, seed=2):
        assert damaged(forty, change)[2] == 0


def test_records_read_without_an_index_are_right_or_missing(forty: Archive) -> None:
    """The salvaging reader trusts no index: what it returns is what was written."""
    file = forty.files()[0]
    whole = file.read_bytes()
    bodies = {entry.url: entry.sha256 for entry in forty.entries()}
    for change in corruptions(60, seed=3):
        file.write_bytes(change(whole))
        met = Import()
        for snapshot in refused_or(file, met):
            assert snapshot.sha256 == bodies[snapshot.url]
    file.write_bytes(whole)


def refused_or(file: Path, met: Import) -> list[Snapshot]:
    try:
        return list(warc_snapshots(file, met))
    except InputError:
        return []


def test_records_behind_a_damaged_one_are_found_again(forty: Archive) -> None:
    file = forty.files()[0]
    whole = file.read_bytes()
    victim = list(forty.entries())[10]
    middle = victim.offset + victim.length // 2
    file.write_bytes(whole[:middle] + b"\0\0\0\0" + whole[middle + 4 :])
    met = Import()
    urls = {snapshot.url for snapshot in warc_snapshots(file, met)}
    file.write_bytes(whole)
    assert len(urls) == 39
    assert victim.url not in urls
    assert len(met.refused) == 1


def test_damage_is_quarantined_and_the_page_counts_as_missing(archive: Archive) -> None:
    pages = [page(1), page(2), page(3)]
    entries = written(archive, pages)
    file = archive.files()[0]
    file.write_bytes(flip(file.read_bytes(), entries[1].offset + 50, 3))
    damages = list(verify(archive))
    assert [(each.offset, each.url) for each in damages] == [(entries[1].offset, entries[1].url)]
    archive.quarantine(damages)
    archive.quarantine(damages)
    assert archive.damages() == damages
    assert [entry.url for entry in archive.entries()] == [entries[0].url, entries[2].url]
    assert not known_in(archive)(entries[1].url)
    assert known_in(archive)(entries[0].url)


def test_a_page_whose_earlier_copy_is_damaged_is_kept_whole(archive: Archive) -> None:
    entries = written(archive, [page(1, b"same" * 99)])
    file = archive.files()[0]
    file.write_bytes(flip(file.read_bytes(), entries[0].offset + 40, 3))
    again = written(archive, [page(2, b"same" * 99)], "run-2")[0]
    assert again.kind == "response"
    assert archive.read(again).body == b"same" * 99


# A run that dies.

CHILD = """
import os, sys
from pathlib import Path
from flows.archive.archive import Archive
from transforms.model import Snapshot
writer = Archive(Path(sys.argv[1])).writer("run-1")
for number in range(5):
    writer.add(Snapshot(f"http://www.gxjjw.gov.cn/{number}", os.urandom(700)))
print("ready", flush=True)
sys.stdin.read()
"""


def dying(archive: Archive) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(archive.root)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert child.stdout.readline() == "ready\n"
    return child


def test_a_killed_run_loses_no_page(archive: Archive) -> None:
    child = dying(archive)
    assert leftovers(archive) == []  # still being written
    child.kill()
    child.communicate()
    (left,) = leftovers(archive)
    left.write_bytes(left.read_bytes() + b"\x1f\x8b\x08torn")
    assert [each.reason for each in verify(archive)] == ["left open by a run that died; salvage it"]
    assert salvage(archive, left) == (5, 7)
    assert not list(verify(archive))
    assert len(list(archive.entries())) == 5
    assert sorted(path.name for path in archive.root.iterdir()) == [
        "run-1.index.jsonl",
        "run-1.warc.gz",
    ]


@pytest.mark.faults
def test_six_kills_at_any_moment_lose_no_page(archive: Archive) -> None:
    endless = CHILD.replace("range(5)", "range(10**6)").replace(
        "os.urandom(700)))", "os.urandom(9_000)))\n    print(number, flush=True)"
    )
    chance, added = random.Random(5), 0
    for run in range(6):
        code = endless.replace("run-1", f"run-{run}").replace("/{number}", f"/{run}/{{number}}")
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(archive.root)],
            stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        child.stdout.readline()
        time.sleep(chance.random() * 0.1)
        child.kill()
        added += 1 + len(child.communicate()[0].splitlines())
        for left in leftovers(archive):
            salvage(archive, left)
        found = sum(1 for entry in archive.entries() if archive.read(entry))
        assert added <= found <= added + run + 1  # one may be whole and not yet told
        assert not list(verify(archive))


def test_a_full_disk_keeps_what_was_written(archive: Archive) -> None:
    code = CHILD.replace(
        "import os, sys",
        "import os, resource, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))"
    ).replace("range(5)", "range(50)")  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code, str(archive.root)],
        capture_output=True, text=True, cwd=Path(__file__).parent.parent, check=False,
    )  # fmt: skip
    assert "ArchiveError: cannot write" in done.stderr
    for left in leftovers(archive):
        salvage(archive, left)
    assert len(list(archive.entries())) >= 2
    assert not list(verify(archive))


@given(st.binary(max_size=400), st.integers(0, 3))
def test_any_bytes_are_read_or_refused(tmp_path_factory, noise: bytes, place: int) -> None:
    """A reader of foreign files raises nothing but our own errors, and ends."""
    good = warc.member_of(page(1))
    parts = [good, good, noise, good]
    path = tmp_path_factory.mktemp("any") / "a.warc.gz"
    path.write_bytes(b"".join([*parts[place:], *parts[:place]]))
    assert {snapshot.body for snapshot in refused_or(path, Import())} <= {warc_body(good)}
    with contextlib.suppress(ArchiveError):
        list(warc.records_of(b"WARC/1.1\r\n" + noise))
    with contextlib.suppress(ArchiveError):
        warc.snapshot_of(warc.Record("response", {}, noise))


def warc_body(member: bytes) -> bytes:
    return warc.snapshot_of(next(warc.records_of(members.inflate(member)))).body


# WARC files of others.


def foreign(path: Path, *records: dict) -> Path:
    """Write a WARC as warcio writes it; a record is url, body, and headers to add."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=path.suffix == ".gz")
        for each in records:
            from io import BytesIO

            head = StatusAndHeaders(
                each.get("status", "200 OK"), list(each.get("http", ())), protocol="HTTP/1.1"
            )
            kind = each.get("kind", "response")
            writer.write_record(
                writer.create_warc_record(
                    each["url"], kind, BytesIO(each["body"]), len(each["body"]),
                    http_headers=head if kind == "response" else None,
                    warc_headers_dict=dict(each.get("warc", {})),
                )
            )  # fmt: skip
    return path


BODY = "<html>提醒谈话29人</html>".encode()
CHUNKED = b"5\r\n" + BODY[:5] + b"\r\n%x\r\n" % len(BODY[5:]) + BODY[5:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize("name", ["saved.warc", "saved.warc.gz"])
def test_pages_of_other_writers_are_taken(tmp_path: Path, name: str) -> None:
    path = foreign(
        tmp_path / name,
        {"url": "http://a/1", "body": BODY},
        {"url": "http://a/2", "body": gzip.compress(BODY), "http": [("Content-Encoding", "gzip")]},
        {"url": "http://a/3", "body": CHUNKED, "http": [("Transfer-Encoding", "chunked")]},
        {"url": "http://a/4", "body": BODY, "status": "404 Not Found"},
        {"url": "http://a/5", "body": b"GET", "kind": "metadata"},
        {"url": "http://a/6", "body": BODY, "kind": "resource"},
    )
    met = Import()
    found = {snapshot.url: snapshot.body for snapshot in warc_snapshots(path, met)}
    assert found == dict.fromkeys(["http://a/1", "http://a/2", "http://a/3", "http://a/6"], BODY)
    assert (met.pages, met.others, met.refused) == (4, 2, [])


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"warc": {"WARC-Payload-Digest": "sha1:" + "A" * 32}}, "payload digest"),
        ({"warc": {"WARC-Block-Digest": "sha1:" + "A" * 32}}, "block digest"),
        ({"warc": {"WARC-Block-Digest": "sha256:" + "0" * 64}}, "block digest"),
        ({"warc": {"WARC-Truncated": "length"}}, "truncated"),
        (
            {"body": gzip.compress(BODY)[:-9], "http": [("Content-Encoding", "gzip")]},
            "ends early",
        ),
    ],
)
def test_records_that_are_not_whole_are_refused(tmp_path: Path, record: dict, reason: str) -> None:
    good = {"url": "http://a/good", "body": BODY}
    path = foreign(tmp_path / "a.warc.gz", {"url": "http://a/1", "body": BODY} | record, good)
    met = Import()
    assert [snapshot.url for snapshot in warc_snapshots(path, met)] == ["http://a/good"]
    assert len(met.refused) == 1
    assert reason in met.refused[0]


def test_a_gzip_file_of_one_member_is_taken(tmp_path: Path) -> None:
    plain = foreign(tmp_path / "a.warc", *({"url": f"http://a/{n}", "body": BODY} for n in "123"))
    packed = tmp_path / "a.warc.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert len(list(warc_snapshots(packed))) == 3


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04", gzip.compress(b"<html>")])
def test_what_is_no_warc_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no WARC"):
        list(warc_snapshots(path))
    with pytest.raises(InputError, match="cannot be read"):
        list(warc_snapshots(tmp_path / "none.warc"))


def test_an_export_can_be_imported(archive: Archive, tmp_path: Path) -> None:
    written(archive, [page(1), replace(page(2), body=page(1, b"same").body)])
    written(archive, [replace(page(3), body=b"same"), page(1, b"newer")], "run-2")
    target = tmp_path / "out" / "pages.warc.gz"
    target.parent.mkdir()
    assert export_warc(archive, lambda entry: entry.url != page(2).url, target) == (2, [])
    found = {snapshot.url: snapshot.body for snapshot in warc_snapshots(target)}
    assert found == {page(3).url: b"same", page(1).url: b"newer"}
    with pytest.raises(ArchiveError, match="exists"):
        export_warc(archive, lambda _: True, target)


def test_the_newest_copy_is_the_one_taken_last(archive: Archive, tmp_path: Path) -> None:
    """Whatever the names of the files say."""
    later = replace(page(1, b"later"), fetched_at=datetime(2022, 1, 1, tzinfo=UTC))
    written(archive, [later], "a-run")
    written(archive, [page(1, b"sooner")], "b-run")
    export_warc(archive, lambda _: True, tmp_path / "out.warc.gz")
    assert [each.body for each in warc_snapshots(tmp_path / "out.warc.gz")] == [b"later"]
    assert archive.read(archive.validators()[later.url]).body == b"later"


# The command line.


def test_the_verbs(qinqing, tmp_path: Path) -> None:
    data, archive = tmp_path / "data", Archive(tmp_path / "data" / "archive")
    path = foreign(
        tmp_path / "saved.warc.gz",
        {"url": "http://a/1", "body": BODY},
        {"url": "http://a/2", "body": BODY, "warc": {"WARC-Block-Digest": "sha1:" + "A" * 32}},
    )
    done = qinqing("archive", "import", path, "--data", data)
    assert done.returncode == 65
    assert "1 pages added" in done.stdout
    assert "block digest" in done.stderr
    listed = qinqing("archive", "list", "--data", data, "--format", "jsonl")
    assert json.loads(listed.stdout)["url"] == "http://a/1"
    assert "more" in qinqing("archive", "list", "--limit", "1", "--data", other(tmp_path)).stderr
    assert qinqing("archive", "verify", "--data", data).returncode == 0
    (entry,) = archive.entries()
    file = archive.files()[0]
    file.write_bytes(flip(file.read_bytes(), entry.offset + 30, 0))
    done = qinqing("archive", "verify", "--data", data, "--format", "json")
    assert done.returncode == 74
    assert json.loads(done.stdout)[0]["url"] == "http://a/1"
    assert "http://a/1" in qinqing("archive", "list", "--damaged", "--data", data).stdout


def other(folder: Path) -> Path:
    written(Archive(folder / "other" / "archive"), [page(1), page(2)])
    return folder / "other"


def test_a_damage_is_one_line_of_the_list(archive: Archive) -> None:
    damage = Damage("run-1.warc.gz", 5, 6, None, "cut")
    archive.quarantine([damage])
    assert archive.damages() == [damage]
