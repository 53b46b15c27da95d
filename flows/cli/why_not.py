"""`qinqing why-not`: what suppressed a figure, or what it became."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.common import shown, tells_of_file
from flows.files import Told, read_file
from flows.speech.speech import told as spoken
from transforms.errors import InputError


@click.command("why-not")
@click.argument("surface")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@tells_of_file
def command(surface: str, file: Path, told: Told) -> int:
    """Say for each place where FILE holds SURFACE why it is no figure, or which measure it became.

    \b
    Example: qinqing why-not 29人 page.shtml
    """
    from transforms.explain import why_not

    fates = why_not(read_file(file, told), surface)
    if not fates:
        raise InputError(f"{surface!r} does not stand in {file}")
    for fate in fates:
        print(f"{fate.span.start}–{fate.span.end}  …{shown(fate.quote)}…")
        if fate.measure:
            print(
                "  "
                + spoken(f"read as {fate.measure.category}, is_measure {fate.measure.is_measure}")
            )
        elif fate.suppression:
            print(
                "  "
                + spoken(f"no figure: {fate.suppression.kind}, by the rule {fate.suppression.rule}")
            )
        else:
            print("  " + spoken("holds no number that any rule reads"))
    return 0
