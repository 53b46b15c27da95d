"""`qinqing audit`: the invariants of the warehouse, and what offends them."""

from __future__ import annotations

import click

from flows.cli.common import plain, print_rows, printed_in, with_settings
from flows.settings import Settings
from flows.speech.speech import say

GATE = 3


@click.command("audit")
@printed_in()
@with_settings("data", "database")
def command(settings: Settings, form: str) -> int:
    """Check every invariant; print the offenders and exit 3 where there are any.

    \b
    Example: qinqing audit
    """
    from flows.pipeline import check

    found = check(settings.database_path)
    rows = [
        (name, " · ".join("" if cell is None else str(plain(cell)) for cell in offender))
        for name, offenders in found.items()
        for offender in offenders
    ]
    print_rows(("audit", "offender"), rows, form)
    if not found:
        say("every invariant holds")
    return GATE if found else 0
