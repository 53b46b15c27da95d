"""`qinqing config show`: the settings and where each comes from."""

from __future__ import annotations

import click

from flows.cli.common import print_rows, printed_in
from flows.settings import load_settings, shown


@click.group("config")
def command() -> None:
    """Show the settings.

    \b
    Precedence: options, then QINQING_* variables, then qinqing.toml, then defaults.
    Example: qinqing config show --origin
    """


@command.command("show")
@click.option("--origin", is_flag=True, help="say where each value comes from")
@printed_in()
def show(form: str, *, origin: bool) -> int:
    """Print every setting."""
    settings, origins = load_settings()
    values = shown(settings).items()
    names = ("setting", "value", "origin") if origin else ("setting", "value")
    print_rows(names, [(name, value, origins[name])[: len(names)] for name, value in values], form)
    return 0
