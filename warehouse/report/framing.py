"""Give a chart that leaves the page its title, its legend and the period it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from warehouse.report.drawings import Drawing, Key
from warehouse.report.svg import INK, MUTED, PAPER, drawing, label, tag, text_width

HEAD, LINE_HEIGHT, GAP = 56.0, 22.0, 34.0  # room for the title; of a line of the legend

_SIZE = re.compile(r'viewBox="0 0 ([0-9.]{1,8}) ([0-9.]{1,8})"')


def framed(chart: Drawing, title: str, note: str) -> str:
    """Return a chart as an SVG that explains itself; empty where the chart is."""
    size = _SIZE.search(chart.svg)
    if size is None:
        return ""
    width, height = map(float, size.groups())
    lines = _lines(chart.keys, width)
    whole = HEAD + height + LINE_HEIGHT * len(lines) + 8
    return drawing(
        width,
        whole,
        title,
        tag("rect", width=width, height=whole, fill=PAPER),
        label(0, 20, title, font_size=17, font_weight=600, fill=INK),
        label(0, 40, note, font_size=12, fill=MUTED),
        chart.svg.replace("<svg ", f'<svg x="0" y="{HEAD:.0f}" ', 1),
        *(_line(keys, HEAD + height + LINE_HEIGHT * at) for at, keys in enumerate(lines)),
    )


def _lines(keys: Sequence[Key], width: float) -> list[list[Key]]:
    """Break the legend into lines that fit the chart."""
    lines: list[list[Key]] = []
    used = width
    for key in keys:
        needed = text_width(key.word) + GAP
        if used + needed > width:
            lines.append([])
            used = 0
        lines[-1].append(key)
        used += needed
    return lines


def _line(keys: Sequence[Key], y: float) -> str:
    places = accumulate((text_width(key.word) + GAP for key in keys), initial=0.0)
    return "".join(
        tag("rect", x=x, y=y + 4, width=11, height=11, fill=key.colour)
        + label(x + 17, y + 14, key.word, fill=MUTED)
        for key, x in zip(keys, places, strict=False)
    )
