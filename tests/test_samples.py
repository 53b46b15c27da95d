"""The sample pages are made from our articles, say what was labelled, and yield the totals."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from flows.samples.expected import period, quantity
from flows.samples.make import COLUMNS, file_of, gxjjw_url, make
from flows.samples.source import HERE, read_sources
from transforms import sites
from transforms.document import Document, document_of, fold
from transforms.errors import PageError
from transforms.figures.figures import find_figures
from transforms.lexicon import rows
from transforms.measures import cases
from transforms.model import Snapshot
from transforms.pages import pages
from transforms.periods.periods import PeriodReader
from transforms.regions import successor_of

READINGS = [
    json.loads(line) for line in (HERE / "expected/readings.jsonl").read_text().splitlines()
]
BY_FILE = {reading["file"]: reading for reading in READINGS}
BY_URL = {reading["url"]: reading for reading in READINGS}
MEASURES = [measure for reading in READINGS for measure in reading["measures"]]


def table(path: Path) -> list[dict[str, str]]:
    header, *lines = path.read_text("utf-8").splitlines()
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


FAILURES = table(HERE / "expected/failures.tsv")
TOTALS = table(HERE / "expected/totals.tsv")
MANIFEST = table(HERE / "pages/MANIFEST.tsv")


def test_the_maker_reproduces_every_committed_byte():
    made = make()
    kept = {
        path.relative_to(HERE).as_posix()
        for folder in ("pages", "listings")
        for path in (HERE / folder).rglob("*")
        if path.is_file()
    }
    assert kept == {path for path in made if not path.startswith("expected/")}
    for path, body in made.items():
        assert (HERE / path).read_bytes() == body, f"run python -m flows.samples.make: {path}"


def test_there_are_enough_articles_and_figures():
    assert len(READINGS) >= 44
    assert sum(measure["is_measure"] is True for measure in MEASURES) >= 350
    lengths = [len(reading["text"]) for reading in READINGS if reading["kind"] == "report"]
    assert min(lengths) >= 280
    assert max(lengths) <= 900


def test_a_surface_is_what_stands_in_the_text():
    for reading in READINGS:
        for found in reading["measures"] + reading["programmes"]:
            assert reading["text"][found["start"] : found["end"]] == found["surface"]


def test_no_two_labels_overlap():
    for reading in READINGS:
        spans = sorted((m["start"], m["end"]) for m in reading["measures"])
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_codes_are_those_of_the_taxonomy():
    known = {(row["dim"], row["code"]) for row in rows("taxonomy.tsv")}
    for measure in MEASURES:
        assert measure["category"] is None or ("category", measure["category"]) in known
        for dim in ("rank", "problem"):
            assert dim not in measure or (dim, measure[dim]) in known
    for reading in READINGS:
        assert all(("campaign_kind", p["kind"]) in known for p in reading["programmes"])


def test_values_lie_within_their_bounds_and_periods_run_forward():
    for measure in MEASURES:
        assert measure["low"] is None or measure["low"] <= measure["value"]
        assert measure["high"] is None or measure["value"] <= measure["high"]
        if measure["period_start"] and measure["period_end"]:
            assert measure["period_start"] <= measure["period_end"]


def test_nothing_achieved_ends_after_its_publication():
    for reading in READINGS:
        for measure in reading["measures"]:
            if measure["modality"] == "achieved" and measure["period_end"]:
                assert measure["period_end"] <= reading["published_at"][:10], measure


def test_parts_sum_to_their_whole():
    for reading in READINGS:
        parts = defaultdict(list)
        for measure in reading["measures"]:
            if measure["relation"] == "partition":
                key = (measure["parent"], "rank" in measure, measure["unit"])
                parts[key].append(measure["value"])
        wholes = {measure["start"]: measure["value"] for measure in reading["measures"]}
        for (parent, *_), values in parts.items():
            assert sum(values) == wholes[parent], (reading["title"], values)


def test_a_part_never_exceeds_its_whole():
    for reading in READINGS:
        wholes = {measure["start"]: measure["value"] for measure in reading["measures"]}
        for measure in reading["measures"]:
            if measure["relation"] in {"subset", "overlap", "partition"}:
                assert measure["value"] <= wholes[measure["parent"]], measure


def test_addresses_tell_the_second_of_publication():
    by_url = {row["url"]: row["file"] for row in MANIFEST}
    assert len(by_url) == len(MANIFEST)
    for source in read_sources():
        if "url" not in source.head:
            url = gxjjw_url(source.published_at)
            seconds = int(url.rsplit("gxjjw", 1)[1].split("-")[0], 16)
            assert seconds == source.published_at.timestamp()
            assert by_url[url] == file_of(url, source.published_at)
            assert f"/{source.published_at:%Y%m%d}/" in url


def test_serials_rise_with_time():
    serials = [
        (reading["published_at"], int(reading["article_id"].split("/")[1]))
        for reading in READINGS
        if reading["article_id"]
    ]
    assert [serial for _, serial in sorted(serials)] == sorted({serial for _, serial in serials})


def test_the_bytes_are_in_the_encodings_of_the_sites():
    for reading in READINGS:
        body = (HERE / "pages" / reading["file"]).read_bytes()
        assert reading["title"] in body.decode(reading["encoding"])
        if reading["encoding"] != "utf-8":
            with pytest.raises(UnicodeDecodeError):
                body.decode("utf-8")
    assert {reading["encoding"] for reading in READINGS} == {"gbk", "gb18030", "utf-8"}


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("150余家", (150, 150, 160, "家")),
        ("1860余万元", (18_600_000, 18_600_000, 18_700_000, "元")),
        ("近80家", (80, 70, 80, "家")),
        ("约190条", (190, 185, 195, "条")),
        ("超1500万元", (15_000_000, 15_000_000, None, "元")),
        ("40家以上", (40, 40, None, "家")),
        ("2,360.5万元", (23_605_000, 23_605_000, 23_605_000, "元")),
        ("１２５．６ 万元", (1_256_000, 1_256_000, 1_256_000, "元")),
        ("340余名", (340, 340, 350, "人")),
    ],
)
def test_labels_read_quantities_by_the_conventions(surface, expected):
    assert quantity(surface) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("2020Q3", (date(2020, 7, 1), date(2020, 9, 30), "explicit", "increment")),
        ("2020-02", (date(2020, 2, 1), date(2020, 2, 29), "explicit", "increment")),
        ("~2020", (date(2020, 1, 1), date(2020, 12, 31), "inherited", "increment")),
        ("ytd", (date(2021, 1, 1), date(2021, 5, 7), "explicit", "ytd")),
        ("..2021-04-30", (None, date(2021, 4, 30), "explicit", "increment")),
        ("campaign", (None, date(2021, 5, 7), "campaign", "cumulative")),
        ("anchor@2017-10-18", (date(2017, 10, 18), date(2021, 5, 7), "anchor", "cumulative")),
    ],
)
def test_labels_read_periods(word, expected):
    assert period(word, date(2021, 5, 7)) == expected


# The totals, derived from the labels alone: what the warehouse must reproduce from the pages.


@dataclass(frozen=True)
class Claim:
    start: str
    end: str
    aggregation: str
    value: float
    low: float
    high: float

    def within(self, bucket):
        return bucket[0] <= self.start and self.end <= bucket[1]


def days(bucket):
    start, end, _, _ = period(bucket, date(2022, 1, 1))
    return start.isoformat(), end.isoformat()


def today(region):
    """A place keeps one series when its code changes: 横县 is told under 横州市."""
    return (region and successor_of(region)) or region


def measures_of(total):
    return [
        measure
        for measure in MEASURES
        if (today(measure["region"]), measure["region_scope"]) == (total["region"], total["scope"])
        and (measure["category"], measure["unit"]) == (total["category"], total["unit"])
    ]


def claims_of(total):
    """Return what may be counted: told once, done, whole, with both ends known."""
    return {
        Claim(m["period_start"], m["period_end"], m["aggregation"], m["value"], m["low"], m["high"])
        for m in measures_of(total)
        if (m["category"], m["period_start"], m["period_end"], m["value"]) not in withdrawn(total)
        and m["is_measure"] and m["modality"] == "achieved" and m["polarity"] == 1
        and m["period_start"] and m["aggregation"] in {"increment", "ytd"}
        and not ({"rank", "problem"} & m.keys())
        and (m["relation"] is None or m["category"].startswith("form_"))
    }  # fmt: skip


def withdrawn(total):
    """Return what a correction quotes as wrong."""
    corrections = [reading for reading in READINGS if reading["title"] == "更正"]
    return {
        (m["category"], m["period_start"], m["period_end"], m["value"])
        for reading in corrections
        for m in reading["measures"]
        if not m["is_measure"] and m["region"] == total["region"]
    }


def total_of(claims, bucket):
    start, end = bucket
    inside = sorted((c for c in claims if c.within(bucket)), key=lambda c: (c.start, c.end))
    exact = [claim for claim in inside if (claim.start, claim.end) == bucket]
    series = {c.end: c for c in claims if c.aggregation == "ytd" and c.start[:4] == start[:4]}
    before = series.get((date.fromisoformat(start) - timedelta(days=1)).isoformat())
    if exact:
        return {(c.value, c.low, c.high) for c in exact}
    if before and end in series:
        last = series[end]
        return {(last.value - before.value, last.low - before.high, last.high - before.low)}
    return {
        tuple(sum(getattr(claim, name) for claim in inside) for name in ("value", "low", "high"))
    } if inside else set()  # fmt: skip


@pytest.mark.parametrize(
    "total", TOTALS, ids=lambda t: f"{t['region']}-{t['category']}-{t['bucket']}"
)
def test_the_labels_yield_the_totals(total):
    found = total_of(claims_of(total), days(total["bucket"]))
    stated = tuple(float(total[name]) for name in ("value", "low", "high") if total[name])
    assert found == ({stated} if stated else set())


def test_naive_sums_are_wrong():
    wrong = 0
    for total in TOTALS:
        end_in = days(total["bucket"])
        naive = sum(
            measure["value"]
            for measure in measures_of(total)
            if measure["period_end"] and end_in[0] <= measure["period_end"] <= end_in[1]
        )
        wrong += naive != float(total["value"] or 0)
    assert wrong >= 20


# The pages, read by the page reader.


def snapshot(row):
    return Snapshot(url=row["url"], body=(HERE / "pages" / row["file"]).read_bytes())


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading["file"])
def test_the_page_reader_reads_the_article(reading):
    article = pages.read_page(snapshot(reading))
    assert article.text == reading["text"]
    assert article.title == reading["title"]
    assert article.published_at.strftime("%Y-%m-%dT%H:%M") == reading["published_at"][:16]
    assert (
        article.published_at.utcoffset()
        == datetime.fromisoformat(reading["published_at"]).utcoffset()
    )
    assert (article.source, article.author) == (reading["source"], reading["author"])
    assert article.status == reading["status"]
    assert cases.kind_of(document_of(article)) == reading["kind"]
    assert reading["column"] is None or article.column == reading["column"]
    assert reading["article_id"] is None or article.article_id == reading["article_id"]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure["why"])
def test_a_page_that_holds_no_article_says_why(failure):
    with pytest.raises(PageError) as caught:
        pages.read_page(snapshot(failure))
    assert type(caught.value).__name__ == failure["reason"]


def test_the_manifest_names_every_page_once():
    assert {row["file"] for row in MANIFEST} == BY_FILE.keys() | {row["file"] for row in FAILURES}


def listing(name):
    row = next(row for row in table(HERE / "listings/MANIFEST.tsv") if row["file"] == name)
    page = Snapshot(url=row["url"], body=(HERE / "listings" / name).read_bytes())
    return sites.site_of(row["url"]).read_listing(page)


@pytest.mark.parametrize("number", COLUMNS.values())
def test_a_column_is_walked_from_its_static_list_to_its_last_page(number):
    first, last = listing(f"{number}-1.shtml"), listing(f"more-{number}-2.html")
    assert first.next_url == f"http://www.gxjjw.gov.cn/more.php?sortid={number}&pageno=2"
    assert last.next_url is None
    named = [ref for page in (first, last) for ref in page.refs]
    column = next(name for name, known in COLUMNS.items() if known == number)
    expected = {
        r["url"]: r["title"] for r in READINGS if r["listed_in"] == column and r["article_id"]
    }
    assert {ref.url: ref.title for ref in named} == expected
    assert all(BY_URL[ref.url]["published_at"][:10] == str(ref.published_on) for ref in named)


def test_the_list_of_2015_names_its_articles():
    found = listing("700-1.shtml")
    assert len(found.refs) == 8
    assert all(BY_URL[ref.url]["title"] == ref.title for ref in found.refs)


def test_the_lists_reach_every_article_of_the_site():
    names = [row["file"] for row in table(HERE / "listings/MANIFEST.tsv")]
    reached = {ref.url for name in names if name != "index.html" for ref in listing(name).refs}
    assert reached == {reading["url"] for reading in READINGS if reading["article_id"]}


# The engine against the labels: floors that only rise.


def documents():
    for reading in READINGS:
        if reading["copy_of"] is None:
            on = datetime.fromisoformat(reading["published_at"]).date()
            text, title = fold(reading["text"]), fold(reading["title"])
            yield reading, Document(text, title, reading["source"], on, "gxjjw")


def test_figures_are_found_with_the_labelled_quantities():
    wanted, found = 0, 0
    for reading, document in documents():
        figures = {figure.span.start: figure for figure in find_figures(document.text)}
        for measure in filter(lambda m: m["is_measure"], reading["measures"]):
            wanted += 1
            figure = figures.get(measure["start"])
            read = figure and figure.quantity
            found += read is not None and (
                read.unit == measure["unit"] and float(read.value or -1) == (measure["value"] or -1)
            )
    assert found / wanted >= 0.97, (found, wanted)


def test_periods_are_those_labelled():
    wanted, found = 0, 0
    for reading, document in documents():
        periods = PeriodReader(document)
        for measure in filter(lambda m: m["is_measure"], reading["measures"]):
            wanted += 1
            time = periods.period_at(measure["start"], done=measure["modality"] == "achieved")
            ends = tuple(day and day.isoformat() for day in (time.start, time.end))
            found += ends == (measure["period_start"], measure["period_end"])
    assert found / wanted >= 0.9, (found, wanted)
