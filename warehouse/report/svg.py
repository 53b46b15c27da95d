"""Write SVG elements as escaped text, and guess how wide a label will be."""

from __future__ import annotations

from html import escape

from warehouse.report.citing import Citation

FONT = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif"
INK, MUTED, LINE, PAPER = "#1d2226", "#5b646b", "#dfe3e6", "#ffffff"

_WIDE_FROM = "\u2e80"  # the first of the CJK blocks: one em each from here on
_NARROW, _UPRIGHT = 0.5, 0.58  # of an em: a small Latin letter; a digit or a capital


def tag(name: str, *children: str, **attributes: object) -> str:
    """Write an element; `stroke_width` becomes stroke-width, None leaves an attribute out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_shown(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def label(x: float, y: float, words: str, **attributes: object) -> str:
    """Write text at a point; its words are escaped."""
    return tag("text", escape(words), x=x, y=y, **{"font_size": 12, "fill": INK} | attributes)


def cited(body: str, name: str, citation: Citation | None, **data: object) -> str:
    """Wrap a mark so that pointing tells its name and following it leads to its sentences."""
    told = f"{tag('title', escape(name))}{body}"
    if citation is None:
        return tag("g", told, **data)
    notes = " ".join(map(str, citation.notes))
    return tag(
        "a",
        told,
        href=f"#f{citation.notes[0]}",
        data_f=notes,
        data_n=citation.total,
        aria_label=name,
        **data,
    )


def drawing(width: float, height: float, title: str, *children: str) -> str:
    """Close the marks into one SVG that stands alone or inside a page."""
    return tag(
        "svg",
        tag("title", escape(title)),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_shown(width)} {_shown(height)}",
        width=width,
        height=height,
        role="group",
        aria_label=title,
        font_family=FONT,
    )


def text_width(words: str, size: float = 12) -> float:
    """Guess the width of a label in user units."""
    return size * sum(map(_em, words))


def _em(char: str) -> float:
    if char >= _WIDE_FROM:
        return 1
    return _UPRIGHT if char.isdigit() or char.isupper() else _NARROW


def clipped(words: str, room: float, size: float = 12) -> str:
    """Shorten a label to the room there is, with an ellipsis."""
    if text_width(words, size) <= room:
        return words
    kept = words
    while kept and text_width(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept}…"


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) and value < _PRECISE else _rounded(value)


def _rounded(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


_PRECISE = 10
