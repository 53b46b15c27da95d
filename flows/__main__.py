"""The command line `qinqing` (also `python -m flows`)."""

from __future__ import annotations

import atexit
import io
import os
import sys
import traceback
from importlib import import_module
from typing import NoReturn

import click

from flows.speech.helping import Formatter
from flows.speech.speech import LANGUAGES, choose, say

VERBS = {
    "run": "read the bundled sample pages into a DuckDB file and a report, offline",
    "ingest": "fetch or import pages, read them and load what they say",
    "backfill": "ingest years of an archive, in batches, resumable",
    "extract": "print what pages or texts say, one JSON object a line; no database needed",
    "summarise": "write the report of a month, quarter, half-year or year",
    "explain": "show how a measure was read: its sentence, its marks, the rule, what lost",
    "why-not": "say why a figure was not taken, or what it became",
    "query": "run SQL or a named query, read-only and limited",
    "export": "write a view or query to Parquet, CSV, XLSX or JSON lines",
    "audit": "check the invariants of the warehouse",
    "reprocess": "read the archived pages again with the rules of today",
    "correct": "correct single fields of measures, each with a reason",
    "suppress": "take withdrawn articles out of the facts, or put them back",
    "diff": "list what changed between two runs",
    "lake": "append parts to a lake that many loaders share, and tell its claims",
    "archive": "list, verify, import and export archived pages",
    "serve": "open the explorer, a local read-only web page",
    "schedule": "run ingest and summaries on a schedule, in this process",
    "status": "last runs, freshness, outcomes; --check for monitors",
    "doctor": "say what is installed, reachable, writable, stale, and what to do",
    "config": "show the settings and where each comes from",
    "site": "check the site profiles; take the first reading of a new one",
}
LONGEST_SUMMARY = 200  # characters: the whole first sentence of a verb under a verb


class LazyGroup(click.Group):
    """Lists every verb without importing it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order in which a user meets them."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one verb."""
        del ctx
        if cmd_name not in VERBS:
            return None
        module = import_module(f"flows.cli.{cmd_name.replace('-', '_')}")
        return speaking(module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list from the table above, so that help imports nothing."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl([*VERBS.items()])


def speaking(command: click.Command) -> click.Command:
    """Give a verb, and the verbs under it, the option --lang where it has none of its own."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            each.short_help = each.get_short_help_str(limit=LONGEST_SUMMARY)
            speaking(each)
    elif not any(option.name == "lang" for option in command.params):
        choice = click.Choice(LANGUAGES)
        option = click.Option(
            ["--lang"], type=choice, expose_value=False, help="language of messages"
        )
        command.params.append(option)
    return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qinqing")
@click.option("--lang", type=click.Choice(LANGUAGES), help="language of messages and reports")
@click.pass_context
def qinqing(context: click.Context, lang: str | None) -> None:
    """Turn the prose of Chinese discipline-inspection organs into a table one can trust.

    \b
    Example: qinqing run
             qinqing extract page.shtml
             qinqing query "SELECT * FROM summary_quarter LIMIT 10"

    Exit codes: 0 done · 1 failed · 2 wrong usage · 3 quality gate · 4 partial, retries scheduled ·
    5 blocked · 65 bad data · 73 cannot create · 74 I/O or disk · 75 busy · 78 bad configuration ·
    130 interrupted, resumable.
    """  # noqa: D301 - click wants the backspace itself
    context.default_map = {verb: {"lang": lang} for verb in VERBS}


click.Context.formatter_class = Formatter


def main(argv: list[str] | None = None) -> int:
    """Run one verb; errors are one line on stderr. Returns the exit code."""
    choose(sys.argv[1:] if argv is None else argv)
    try:
        status = qinqing.main(args=argv, prog_name="qinqing", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        return _end(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        return _end("interrupted; the same command resumes", 130)
    except BrokenPipeError:
        # The reader of our output left (| head): not our failure, and nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last resort: one line, never a traceback
        return _failed(error)
    return status if isinstance(status, int) else 0


def _failed(error: Exception) -> int:
    from flows.cli.endings import ending

    if os.environ.get("QINQING_DEBUG"):
        traceback.print_exception(error)
    else:
        sys.unraisablehook = _nothing  # what closes a broken file once more says nothing new
    message, code = ending(error)
    return _end(f"error: {message}", code)


def _nothing(args: object) -> None:
    del args


def _end(message: str, code: int) -> int:
    say(message)
    return code


def entry() -> NoReturn:
    """Run one verb as a program of its own."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal of another encoding
    code = main()
    if "prefect" in sys.modules:
        # Prefect leaves threads behind that hold on to DuckDB's types; at the interpreter's end its
        # binding would report them as leaks on stderr. So: run the exit functions, then leave.
        atexit._run_exitfuncs()  # noqa: SLF001 - nothing public does it
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    entry()
