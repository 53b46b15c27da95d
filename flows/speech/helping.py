"""Write the help of a verb in the language of the user; help.tsv holds its Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

import click

from flows.speech.speech import spoken_language, told

EXAMPLE = "Example: "
WIDEST_NAME = 30  # columns for the names of options and verbs
CELLS = {"W": 2, "F": 2}
CLOSING = "，。、；：？！）》”’…"  # these begin no line
WORD = re.compile(r"[!-~]{1,200}|\s{1,200}|.")  # a run of Latin print, of blanks, or one sign
EXTRA = re.compile(r"  \[(?P<extra>[^\[]{1,80})\]$")  # what click writes behind an option's help


class Formatter(click.HelpFormatter):
    """Writes click's help; in Chinese where that is spoken, each sign as wide as it is shown."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the first line."""
        super().write_usage(prog, args, prefix or f"{in_chinese('Usage')}: ")

    def write_heading(self, heading: str) -> None:
        """Write the name of a section."""
        super().write_heading(in_chinese(heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs; examples stay as they are."""
        if spoken_language() != "zh":
            super().write_text(text)
            return
        for number, (prose, examples) in enumerate(_paragraphs(text)):
            if number:
                self.write_paragraph()
            self._write_lines([*_wrapped(in_chinese(prose), self.width - self.current_indent)])
            self._write_lines([*examples])

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = WIDEST_NAME, col_spacing: int = 2
    ) -> None:
        """Write a list of options or verbs."""
        if spoken_language() != "zh":
            super().write_dl(rows, col_max, col_spacing)
            return
        kept = list(rows)
        wide = min(max((len(name) for name, _ in kept), default=0), col_max) + col_spacing
        for name, text in kept:
            lines = [*_wrapped(_of_option(text), self.width - self.current_indent - wide)]
            if len(name) + col_spacing > wide or not lines:
                lines = ["", *lines]
            first, *others = (f"{' ' * wide}{line}" for line in lines)
            self._write_lines([(name + first[len(name) :]).rstrip(), *others])

    def _write_lines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.write(f"{' ' * self.current_indent}{line}\n")


def in_chinese(text: str) -> str:
    """Return a piece of help in Chinese where that is spoken and the table knows it."""
    if spoken_language() != "zh":
        return text
    return _table().get(text) or told(text)


def _of_option(text: str) -> str:
    """Return the help of an option, with what click adds to it: [default: 8765]."""
    found = EXTRA.search(text)
    if found is None:
        return in_chinese(text)
    label, colon, value = found["extra"].partition(": ")
    return f"{in_chinese(text[: found.start()])}  [{in_chinese(label)}{colon}{value}]"


def _paragraphs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each paragraph's prose as one line, and its examples line by line."""
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.splitlines() if line != "\b"]
        at = next((n for n, line in enumerate(lines) if line.startswith(EXAMPLE)), len(lines))
        shown = [f"例：     {line.removeprefix(EXAMPLE).lstrip()}" for line in lines[at : at + 1]]
        shown += [f"         {line.lstrip()}" for line in lines[at + 1 :]]
        yield " ".join(" ".join(lines[:at]).split()), shown


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Break a text into lines, between any two signs of Chinese and between words of Latin."""
    line, room = "", width
    for word in WORD.findall(text):
        cells = sum(CELLS.get(unicodedata.east_asian_width(char), 1) for char in word)
        if line and cells > room and word not in CLOSING:
            yield line.rstrip()
            line, room = "", width
        line += word if line else word.lstrip()
        room -= cells
    if line.strip():
        yield line.rstrip()


@cache
def _table() -> dict[str, str]:
    text = files("flows.speech").joinpath("help.tsv").read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines()[1:] if line)
    return {english: chinese for english, _, chinese in rows}
