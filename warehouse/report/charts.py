"""Draw charts as SVG: stacked and ranked bars, heatmap, dumbbells, timeline, funnel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from warehouse.report.citing import Citation
from warehouse.report.svg import INK, LINE, MUTED, PAPER, cited, clipped, drawing, label, tag
from warehouse.report.svg import text_width as width_of

WIDTH = 520.0
NARROWEST, WIDEST = 72.0, 200.0  # room for row labels, at the left
ROW = 30.0
MOST_MONTHS = 7  # named along a timeline
BAR = 18.0
# Paul Tol's colour-blind-safe schemes: "muted" for kinds, a single-hue ramp for counts.
KINDS = ("#88ccee", "#44aa99", "#ddcc77", "#cc6677", "#882255", "#332288", "#999933", "#bbbbbb")
RAMP = ("#e3eef4", "#bcd9e6", "#8abed6", "#4f9cc0", "#22779f", "#0d4f74")
ACCENT, WARM, REST = "#22779f", "#b5533c", "#d8dcdf"
_HEAD = {"fill": MUTED, "font_size": 11, "text_anchor": "middle"}
_DARK = frozenset((*KINDS[3:6], *RAMP[3:], ACCENT, WARM))  # white reads better on these


@dataclass(frozen=True, slots=True)
class Mark:
    """One drawn value: its size, what is written on it and said of it, and its footnotes."""

    value: float
    text: str
    name: str
    colour: str = ACCENT
    citation: Citation | None = None
    low: float | None = None
    high: float | None = None
    hollow: bool = False
    region: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled row of marks."""

    label: str
    marks: tuple[Mark, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A dated mark of the timeline."""

    on: date
    name: str
    citation: Citation | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A labelled row of dated marks."""

    label: str
    dots: tuple[Dot, ...]


def stacked_bars(rows: Sequence[Row], title: str) -> str:
    """Draw one bar a row, its marks end to end on a scale common to all rows."""
    gutter = _gutter(row.label for row in rows)
    margin = 8 + max((width_of(row.note) for row in rows), default=0)
    scale = _scale(max((_whole(row) for row in rows), default=0), gutter + margin)
    drawn = [_stack(row, y, gutter, scale) for row, y in _placed(rows)]
    return drawing(WIDTH, len(rows) * ROW + 8, title, _baseline(len(rows), gutter), *drawn)


def _whole(row: Row) -> float:
    return sum(mark.value for mark in row.marks)


def _stack(row: Row, y: float, gutter: float, scale: float) -> str:
    edges = list(accumulate((mark.value * scale for mark in row.marks), initial=gutter))
    marks = (
        _segment(mark, left, right - left, y)
        for mark, left, right in zip(row.marks, edges, edges[1:], strict=False)
    )
    beside = label(edges[-1] + 8, y + 13.5, row.note) if row.note else ""
    return _row_label(row.label, y, gutter) + "".join(marks) + beside


def _segment(mark: Mark, x: float, width: float, y: float) -> str:
    bar = tag(
        "rect",
        x=x,
        y=y,
        width=max(width, 1.5),
        height=BAR,
        fill=mark.colour,
        stroke=PAPER,
        stroke_width=1,
    )
    fits = width_of(mark.text, 11) + 6 <= width
    text = _on_bar(mark, x + width / 2, y) if fits else ""
    return cited(bar + text, mark.name, mark.citation, **_facets(mark))


def _on_bar(mark: Mark, x: float, y: float) -> str:
    colour = PAPER if mark.colour in _DARK else INK
    return label(x, y + 13, mark.text, font_size=11, fill=colour, text_anchor="middle")


def ranked_bars(rows: Sequence[Row], title: str) -> str:
    """Draw every mark as a bar of its own with its value beside it and its bounds as whiskers."""
    flat = [
        (row.label if not at else "", mark) for row in rows for at, mark in enumerate(row.marks)
    ]
    gutter = _gutter(row.label for row in rows)
    scales = (_scale(_reach(mark), gutter + width_of(mark.text) + 20) for _, mark in flat)
    scale = min(scales, default=0.0)
    drawn = [
        _row_label(name, index * ROW + 6, gutter) + _single(mark, index * ROW + 6, gutter, scale)
        for index, (name, mark) in enumerate(flat)
    ]
    return drawing(WIDTH, len(flat) * ROW + 8, title, _baseline(len(flat), gutter), *drawn)


def _reach(mark: Mark) -> float:
    """Return how far a bar goes with its whisker; a bar of nothing still has its label."""
    return max(mark.value, mark.high or 0, 1e-9)


def _single(mark: Mark, y: float, gutter: float, scale: float) -> str:
    width = max(mark.value * scale, 2.0)
    fill, stroke = (PAPER, mark.colour) if mark.hollow else (mark.colour, mark.colour)
    bar = tag(
        "rect",
        x=gutter,
        y=y,
        width=width,
        height=BAR,
        fill=fill,
        stroke=stroke,
        stroke_width=1.5 if mark.hollow else 0,
        stroke_dasharray="4 3" if mark.hollow else None,
    )
    reach = max(width, (mark.high or 0) * scale)
    text = label(gutter + reach + 8, y + 13.5, mark.text)
    drawn = bar + _whisker(mark, y, gutter, scale) + text
    return cited(drawn, mark.name, mark.citation, **_facets(mark))


def _whisker(mark: Mark, y: float, gutter: float, scale: float) -> str:
    if mark.low is None or mark.high is None or mark.low == mark.high:
        return ""
    left, right, middle = gutter + mark.low * scale, gutter + mark.high * scale, y + BAR / 2
    path = (
        f"M{left:.1f} {middle:.1f}H{right:.1f}M{left:.1f} {y + 5:.1f}v8M{right:.1f} {y + 5:.1f}v8"
    )
    return tag("path", d=path, stroke=INK, stroke_width=1.2, fill="none")


def heatmap(columns: Sequence[str], rows: Sequence[Row], title: str) -> str:
    """Draw a grid of counts; a zero stays an empty cell, without a link."""
    gutter = _gutter(row.label for row in rows)
    step = (WIDTH - gutter) / max(len(columns), 1)
    top = max((mark.value for row in rows for mark in row.marks), default=0)
    heads = (
        label(gutter + (at + 0.5) * step, 14, name, **_HEAD) for at, name in enumerate(columns)
    )
    body = (
        _row_label(row.label, y + 20, gutter)
        + "".join(
            _cell(mark, gutter + at * step, y + 15, step, top) for at, mark in enumerate(row.marks)
        )
        for row, y in _placed(rows)
    )
    return drawing(WIDTH, len(rows) * ROW + 28, title, *heads, *body)


def _cell(mark: Mark, x: float, y: float, step: float, top: float) -> str:
    box = {"x": x + 1.5, "y": y + 1.5, "width": step - 3, "height": ROW - 3, "rx": 3}
    if not mark.value:
        return tag("rect", **box, fill="none", stroke=LINE)
    colour = _shade(mark.value, top)
    ink = PAPER if colour in _DARK else INK
    text = label(x + step / 2, y + 19, mark.text, fill=ink, text_anchor="middle")
    return cited(tag("rect", **box, fill=colour) + text, mark.name, mark.citation, **_facets(mark))


def _shade(value: float, top: float) -> str:
    """Pick a step of the ramp; by the square root, so that small counts can be told apart."""
    return RAMP[min(int((value / top) ** 0.5 * len(RAMP)), len(RAMP) - 1)]


def dumbbells(rows: Sequence[Row], title: str) -> str:
    """Draw two marks a row on a line: a dot, then a square that is hollow where not reported."""
    top = max((mark.value for row in rows for mark in row.marks), default=0)
    gutter = _gutter(text for row in rows for text in (row.label, row.note))
    told = max((width_of(_ends(row)) for row in rows), default=0)
    scale = _scale(top, gutter + told + 26)
    drawn = [
        _row_label(row.label, y, gutter, row.note) + _dumbbell(row, y, gutter, scale)
        for row, y in _placed(rows, 40)
    ]
    return drawing(WIDTH, len(rows) * 40 + 8, title, *drawn)


def _ends(row: Row) -> str:
    return " · ".join(mark.text for mark in row.marks)


def _dumbbell(row: Row, y: float, gutter: float, scale: float) -> str:
    fed, done = row.marks
    from_, to = gutter + done.value * scale + 8, gutter + fed.value * scale + 8
    middle = y + 11
    rail = tag(
        "path",
        d=f"M{from_:.1f} {middle}H{to:.1f}",
        stroke=MUTED,
        stroke_width=1.5,
        stroke_dasharray="2 4" if done.hollow else None,
    )
    square = tag(
        "rect",
        x=from_ - 6,
        y=middle - 6,
        width=12,
        height=12,
        fill=PAPER if done.hollow else done.colour,
        stroke=done.colour,
        stroke_width=2,
    )
    dot = tag("circle", cx=to, cy=middle, r=7, fill=fed.colour)
    beside = label(to + 14, middle + 4.5, _ends(row))
    return (
        rail
        + cited(dot + beside, fed.name, fed.citation, **_facets(fed))
        + cited(square, done.name, done.citation, **_facets(done))
    )


def timeline(strips: Sequence[Strip], start: date, end: date, title: str) -> str:
    """Draw each programme as a line from its first to its last article, a dot an article."""
    days = max((end - start).days, 1)
    gutter = _gutter(strip.label for strip in strips)
    scale = (WIDTH - gutter - 20) / days
    axis = _Axis(start, gutter + 10, scale)
    drawn = [_strip(strip, 30 + index * ROW, gutter, axis) for index, strip in enumerate(strips)]
    height = len(strips) * ROW + 30
    return drawing(WIDTH, height, title, *_months(start, end, axis, height), *drawn)


@dataclass(frozen=True, slots=True)
class _Axis:
    start: date
    left: float
    scale: float  # user units a day

    def x(self, on: date) -> float:
        return self.left + (on - self.start).days * self.scale


def _strip(strip: Strip, y: float, gutter: float, axis: _Axis) -> str:
    places = [(axis.x(dot.on), dot) for dot in strip.dots]
    line = tag(
        "path",
        d=f"M{places[0][0]:.1f} {y + 9}H{places[-1][0]:.1f}",
        stroke=ACCENT,
        stroke_width=4,
        stroke_linecap="round",
        opacity=0.35,
    )
    dots = (
        cited(
            tag("circle", cx=x, cy=y + 9, r=5.5, fill=ACCENT, stroke=PAPER, stroke_width=1.5),
            dot.name,
            dot.citation,
            data_r=dot.region,
        )
        for x, dot in places
    )
    return _row_label(strip.label, y, gutter) + line + "".join(dots)


def _months(start: date, end: date, axis: _Axis, height: float) -> list[str]:
    firsts = [
        date(month // 12, month % 12 + 1, 1)
        for month in range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    ]
    every = -(-len(firsts) // MOST_MONTHS)
    return [
        tag("path", d=f"M{axis.x(on):.1f} 20V{height:.1f}", stroke=LINE)
        + label(axis.x(on), 14, f"{on:%Y-%m}"[2:], **_HEAD)
        for on in firsts[::every]
    ]


def funnels(stages: Sequence[str], rows: Sequence[Row], title: str) -> str:
    """Draw the stages of each row as arrows under their names; one not reported is an outline."""
    gutter = _gutter(row.label for row in rows)
    room = (WIDTH - gutter) / max(len(stages), 1)
    heads = (
        label(gutter + (at + 0.5) * room, 14, clipped(name, room - 8, 11), **_HEAD)
        for at, name in enumerate(stages)
    )
    drawn = [_funnel(row, index * 34.0 + 24, gutter, room) for index, row in enumerate(rows)]
    return drawing(WIDTH, len(rows) * 34 + 26, title, *heads, *drawn)


def _funnel(row: Row, y: float, gutter: float, room: float) -> str:
    stages = (_stage(mark, gutter + at * room, room, y) for at, mark in enumerate(row.marks))
    return _row_label(row.label, y + 4, gutter) + "".join(stages)


def _stage(mark: Mark, x: float, room: float, y: float) -> str:
    shape = f"M{x:.1f} {y}h{room - 16:.1f}l10 13l-10 13h-{room - 16:.1f}l10 -13z"
    body = tag(
        "path",
        d=shape,
        fill=PAPER if mark.hollow else mark.colour,
        stroke=LINE if mark.hollow else mark.colour,
        stroke_dasharray="4 3" if mark.hollow else None,
    )
    ink = MUTED if mark.hollow else (PAPER if mark.colour in _DARK else INK)
    shown = clipped(mark.text, room - 30)
    text = label(x + room / 2 - 2, y + 17.5, shown, fill=ink, text_anchor="middle")
    return cited(body + text, mark.name, mark.citation, **_facets(mark))


def _placed(rows: Sequence[Row], height: float = ROW) -> list[tuple[Row, float]]:
    return [(row, index * height + 6) for index, row in enumerate(rows)]


def _scale(top: float, margin: float) -> float:
    """Return user units a unit of value, where the margin is what stands beside the longest bar."""
    return max(WIDTH - margin, WIDTH / 8) / top if top > 0 else 0.0


def _gutter(words: Iterable[str]) -> float:
    """Return the room that the longest row label takes, within limits."""
    longest = max((width_of(one) for one in words), default=0)
    return min(max(longest + 16, NARROWEST), WIDEST)


def _row_label(words: str, y: float, room: float, note: str = "") -> str:
    shown = label(room - 10, y + 13.5, clipped(words, room - 12), text_anchor="end")
    if not note:
        return shown
    small = {"text_anchor": "end", "font_size": 10, "fill": MUTED}
    return shown + label(room - 10, y + 27, clipped(note, room - 12, 10), **small)


def _baseline(rows: int, gutter: float) -> str:
    return tag("path", d=f"M{gutter:.1f} 0V{rows * ROW + 4:.1f}", stroke=LINE)


def _facets(mark: Mark) -> dict[str, object]:
    return {"data_r": mark.region or None, "data_c": mark.subject or None}
