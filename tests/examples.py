"""Run the SQL examples of a document: after a ```sql block stands the ```text that it prints.

`python -m tests.examples DATABASE FILE…` writes the text blocks anew.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

EXAMPLE = re.compile(r"```sql\n(?P<sql>[^`]+)```\n\n```text\n(?P<output>[^`]*)```\n")


def examples(text: str) -> list[tuple[str, str]]:
    """Return each statement and what the document says it prints."""
    return [(found["sql"], found["output"]) for found in EXAMPLE.finditer(text)]


def answer(sql: str, database: Path) -> str:
    """Return what `qinqing query` prints, without the space around it."""
    words = [sys.executable, "-m", "flows", "query", sql, "--database", str(database)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines() if line.strip())


def renewed(text: str, database: Path) -> str:
    """Return the document with the output that its statements have today."""

    def block(found: re.Match[str]) -> str:
        return f"```sql\n{found['sql']}```\n\n```text\n{answer(found['sql'], database)}```\n"

    return EXAMPLE.sub(block, text)


if __name__ == "__main__":
    for name in sys.argv[2:]:
        path = Path(name)
        path.write_text(renewed(path.read_text("utf-8"), Path(sys.argv[1])), "utf-8")
