"""Assemble the period report: one HTML page, no network, its style and script locked by hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from importlib.resources import files

import jinja2

from transforms.buckets import Bucket
from transforms.errors import UsageError
from warehouse.report import alerts, drawings
from warehouse.report.citing import Ledger, Mute
from warehouse.report.conclusions import conclusions, quality_line
from warehouse.report.drawings import Drawing, Pen
from warehouse.report.facts import Material, Sentence
from warehouse.report.framing import framed
from warehouse.report.inert import inert_cell, inert_markdown
from warehouse.report.labels import Labels
from warehouse.report.sentences import sources
from warehouse.report.tables import (
    MOST_APART,
    MOST_TOTALS,
    Line,
    Total,
    apart,
    apart_line,
    total_line,
    totals,
)

Lookup = Callable[[Sequence[str]], Iterable[Sentence]]

PAGE_BYTES = 290_000  # a page stays under 300 KB whatever the period; sentences fill what is left
_NOTE_BYTES, _PLACE_BYTES = 370, 200  # markup of a note; of a sentence or article around it
CHARTS = ("forms", "four", "heat", "inspection", "programmes", "funnel", "money")


def page(
    material: Material, lookup: Lookup, bucket: Bucket, labels: Labels, generated_on: date | None
) -> str:
    """Write the report of a period; `lookup` returns the sentences behind the measures cited."""
    pen = Pen(labels, Ledger(), bucket)
    parts = _parts(material, bucket, pen)
    frame = parts | {
        "t": labels,
        "bucket": bucket,
        "generated_on": generated_on,
        "empty": not material.facts,
        "quality": material.quality,
        "css": asset("report.css"),
        "js": asset("report.js"),
        "csp": content_policy(asset("report.css"), asset("report.js")),
    }
    bare = template("report.html.j2").render(frame, sources=[], more_sentences=0)
    cited, left_out = _affordable(lookup, pen.ledger, PAGE_BYTES - len(bare.encode()))
    listed = sources(cited, pen.ledger.numbers, labels)
    return template("report.html.j2").render(frame, sources=listed, more_sentences=left_out)


def _parts(material: Material, bucket: Bucket, pen: Pen) -> dict[str, object]:
    """Make each chapter in the order of reading, so that footnotes count up down the page."""
    sums = totals(material.facts)
    told = conclusions(material, sums, pen)
    shown = [total_line(total, pen.ledger, pen.labels) for total in sums[:MOST_TOTALS]]
    charts = _charts(material, sums, bucket, pen)
    raised = alerts.alerts(material, pen)
    others = apart(material.facts)
    lines = [apart_line(fact, pen.ledger, pen.labels) for fact in others[:MOST_APART]]
    return {
        "charts": charts,
        "conclusions": told,
        "totals": shown,
        "more_totals": len(sums) - len(shown),
        "alerts": raised,
        "apart": lines,
        "more_apart": len(others) - len(lines),
        "quality_line": quality_line(material.quality, pen),
        "counts": _counts(material),
        "chapters": _chapters(charts),
        **_facets([*shown, *lines], pen.labels),
    }


def _charts(
    material: Material, sums: Sequence[Total], bucket: Bucket, pen: Pen
) -> dict[str, Drawing]:
    parts = totals(material.facts, parts=True)
    return {
        "forms": drawings.forms(parts, pen),
        "four": drawings.four_forms(parts, pen),
        "heat": drawings.heat(material.cells, bucket, pen),
        "inspection": drawings.inspections(material.rounds, pen),
        "programmes": drawings.programmes(material.sightings, bucket, pen),
        "funnel": drawings.funnel(sums, pen),
        "money": drawings.money(sums, material.facts, pen),
    }


def chart(material: Material, bucket: Bucket, labels: Labels, name: str) -> str:
    """Return one chart as SVG without links; raise UsageError for a name not in CHARTS."""
    if name not in CHARTS:
        raise UsageError(f"no chart {name!r}; choose one of {', '.join(CHARTS)}")
    pen = Pen(labels, Mute(), bucket)
    drawn = _charts(material, totals(material.facts), bucket, pen)[name]
    return framed(drawn, f"{labels(f's_{name}')} · {bucket.name}", labels("product"))


def _chapters(charts: dict[str, Drawing]) -> list[str]:
    drawn = [name for name in CHARTS if charts[name].svg]
    return ["conclusions", "table", *drawn, "alerts", "apart", "quality", "sources"]


def _counts(material: Material) -> list[tuple[str, int]]:
    """Count what came out in the period, then what is told of it, whenever that came out."""
    quality = material.quality
    return [
        ("k_articles", quality.articles),
        ("k_figures", quality.figures),
        ("k_facts", quality.facts),
        ("k_touching", len(material.facts)),
        ("k_computed", material.computed),
        ("k_addable", sum(fact.addable for fact in material.facts)),
        ("k_regions", len({fact.region for fact in material.facts if fact.region})),
        ("k_programmes", len({one.name for one in material.sightings})),
        ("k_alerts", alerts.count(material)),
    ]


def _facets(lines: Sequence[Line], labels: Labels) -> dict[str, object]:
    """List what the rows of the page can be filtered by."""
    codes = sorted({line.subject for line in lines})
    return {
        "regions": list(dict.fromkeys(line.region for line in lines)),
        "subjects": [(code, labels.category(code)) for code in codes],
        "months": sorted({month for line in lines for month in line.months.split()}),
    }


def _affordable(lookup: Lookup, ledger: Ledger, room: int) -> tuple[list[Sentence], int]:
    """Keep sentences until the page is full; those a mark would be bare without come first."""
    wanted = ledger.by_need()
    found = {one.measure_id: one for one in lookup(wanted)}
    kept: list[Sentence] = []
    told = set[str]()
    for sentence in (found[one] for one in wanted if one in found):
        new = [text for text in (sentence.quote, sentence.article_id) if text not in told]
        room -= _NOTE_BYTES + sum(_PLACE_BYTES + len(text.encode()) for text in new)
        told.update(new)
        if room < 0:
            break
        kept.append(sentence)
    return kept, len(wanted) - len(kept)


def content_policy(css: str, js: str, form: str = "'none'") -> str:
    """Return the policy that lets this style and this script run and nothing else load."""
    hashes = {"style-src": css, "script-src": js}
    allowed = "; ".join(f"{what} 'sha256-{_digest(text)}'" for what, text in hashes.items())
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action {form}"


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def asset(name: str) -> str:
    """Return a file that stands beside the templates."""
    return files("warehouse.report").joinpath("templates", name).read_text("utf-8")


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(asset),
        autoescape=jinja2.select_autoescape(disabled_extensions=("md.j2",), default=True),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    made.filters |= {"md": inert_markdown, "cell": inert_cell}
    return made


def template(name: str) -> jinja2.Template:
    """Return a template; HTML escapes what it is given, Markdown through the filter `md`."""
    return _environment().get_template(name)
