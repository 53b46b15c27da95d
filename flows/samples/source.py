"""Reads the sample articles: a head of `key: value` lines, then paragraphs with labels inline.

A figure is written `[150余家](enterprise_visit 2020 actor=…)`, a programme
`[亮剑”专项行动]{ck_special_action “亮剑”专项行动}`; what stands outside the labels is the text, in
which `<span>` and its like may cut a word as they do on the site. `README.md` lists the words of
a label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).parent
CHINA = timezone(timedelta(hours=8))
LABELLED = re.compile(r"\[([^\[\]]*)\](?:\(([^()]*)\)|\{([^{}]*)\})")
TAG = re.compile(r"</?[a-z][^<>]*>")
CELL_END = "</td><td>"  # the cells of a row are read with a tab between them


@dataclass(frozen=True)
class Label:
    """A stretch of the text and what a careful reader says of it."""

    start: int
    end: int
    surface: str
    words: tuple[str, ...]
    is_programme: bool


@dataclass(frozen=True)
class Source:
    """One article as it is written in articles/."""

    name: str
    head: dict[str, str]
    lines: tuple[str, ...]  # as written, with labels and tags
    text: str = ""
    labels: tuple[Label, ...] = field(default=(), repr=False)

    @property
    def published_at(self) -> datetime:
        """The second of publication in Asia/Shanghai."""
        return datetime.fromisoformat(self.head["date"]).replace(tzinfo=CHINA)

    def get(self, key: str) -> str | None:
        """Return a value of the head, None where it is absent or empty."""
        return self.head.get(key) or None


def read_sources() -> list[Source]:
    """Read every article, in the order of their file names; copies take over text and labels."""
    found = [read_source(path) for path in sorted((HERE / "articles").glob("*.md"))]
    by_name = {source.name: source for source in found}
    return [_copied(source, by_name) for source in found]


def read_source(path: Path) -> Source:
    """Read one article; raise ValueError where a line of its head is not `key: value`."""
    head_text, _, body = path.read_text("utf-8").partition("\n\n")
    head = dict(_pair(line) for line in head_text.splitlines())
    lines = tuple(line for line in body.splitlines() if line.strip())
    text, labels = read_body(lines)
    return Source(path.stem, head, lines, text, labels)


def read_body(lines: tuple[str, ...]) -> tuple[str, tuple[Label, ...]]:
    """Return the text a reader sees and the labels with their offsets in it."""
    text, labels = "", []
    for line in lines:
        text += "\n" if text else ""
        text, found = _append(text, line)
        labels += found
    return text, tuple(labels)


def page_lines(source: Source) -> list[str]:
    """Return the paragraphs with their tags and without their labels."""
    return [LABELLED.sub(lambda match: match[1], line) for line in source.lines]


def _pair(line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon:
        raise ValueError(f"not a `key: value` line: {line}")
    return key.strip(), value.strip()


def _append(text: str, line: str) -> tuple[str, list[Label]]:
    labels, done = [], 0
    for match in LABELLED.finditer(line):
        text += _seen(line[done : match.start()])
        surface = _seen(match[1])
        words = tuple((match[2] or match[3]).split())
        labels.append(Label(len(text), len(text) + len(surface), surface, words, bool(match[3])))
        text += surface
        done = match.end()
    return text + _seen(line[done:]), labels


def _seen(markup: str) -> str:
    return TAG.sub("", markup.replace(CELL_END, "\t"))


def _copied(source: Source, by_name: dict[str, Source]) -> Source:
    original = source.get("copy_of")
    if original is None:
        return source
    model = by_name[original]
    head = {**model.head, **source.head}
    return replace(source, head=head, lines=model.lines, text=model.text, labels=model.labels)
