"""`qinqing extract`: what pages or texts say, as JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

import click

from flows.cli.common import tells_of_file
from flows.files import Told, read_file
from flows.speech.speech import say
from transforms.errors import QinqingError


@click.command("extract")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@tells_of_file
@click.option("--text", is_flag=True, help="print the text of each article too")
def command(files: tuple[Path, ...], told: Told, *, text: bool) -> int:
    """Read HTML pages or plain texts (FILE… or - for stdin) and print JSON lines.

    \b
    First a line {"type": "article", …}, then {"type": "measure", …} and {"type": "programme", …}.
    Example: qinqing extract page.shtml --url http://www.gxjjw.gov.cn/staticpages/…
             echo 今年以来，全县走访企业150余家。 | qinqing extract - --published 2021-03-29
    """
    from transforms.records import reading_records

    status = 0
    for file in files or (Path("-"),):
        try:
            records = reading_records(read_file(file, told), text=text)
        except QinqingError as error:
            say(f"error: {error}" if str(file) in str(error) else f"error: {file}: {error}")
            status = max(status, error.exit_code)
            continue
        for record in records:
            print(json.dumps(record, ensure_ascii=False))
    return status
