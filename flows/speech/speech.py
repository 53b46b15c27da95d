"""Speak to the user in English or Chinese.

The code says English sentences; messages.tsv holds their Chinese, with {names} for what is put in.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

LANGUAGES = ("zh", "en")
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides, as everywhere
ERROR = "error: "
LONGEST = 20_000  # characters; what is longer is somebody's data and no sentence of ours
DEEPEST = 4  # messages within messages
# What a terminal would obey rather than show: control characters, and marks that turn lines round.
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SECRET = re.compile("[^\\s/@:'\"]{1,100}:[^\\s/@'\"]{1,200}@")  # user:password@ of an address

_chosen = "en"


def choose(words: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> str:
    """Settle the language by --lang among the words, QINQING_LANG, the locale; else English."""
    global _chosen  # noqa: PLW0603 - a process speaks one language
    _chosen = language_of(words, os.environ if environment is None else environment)
    return _chosen


def language_of(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that a command line and an environment ask for.

    >>> language_of(["status", "--lang", "zh"], {"LANG": "en_GB.UTF-8"})
    'zh'
    """
    options = [
        after if word == "--lang" else word.removeprefix("--lang=")
        for word, after in pairwise([*words, ""])
        if word.startswith("--lang")
    ]
    locale = next((environment[name] for name in LOCALE if environment.get(name)), "")
    asked = (*options, environment.get("QINQING_LANG", ""), locale[:2])
    return next((word for word in asked if word in LANGUAGES), "en")


def spoken_language() -> str:
    """Return the language that was settled."""
    return _chosen


def say(text: str) -> None:
    """Print a sentence to stderr, in the language of the user; no terminal obeys it."""
    print(discreet(inert(told(text))), file=sys.stderr)  # noqa: T201 - the one place that talks


def discreet(text: str) -> str:
    """Return a text without the user and password of any address in it."""
    return SECRET.sub("…@", text)


def inert(text: str) -> str:
    """Return a text with a sign in the place of whatever a terminal would obey."""
    return OBEYED.sub("�", text)


def told(text: str) -> str:
    """Return a sentence in the language of the user."""
    return in_chinese(text) if _chosen == "zh" else text


def in_chinese(text: str, depth: int = 0) -> str:
    """Return a sentence in Chinese, as far as messages.tsv knows it and the sentences within it."""
    if len(text) > LONGEST or depth > DEEPEST:
        return text
    for literals, names, chinese in _table():
        parts = _between(literals, text)
        if parts is not None:
            spoken = (in_chinese(part, depth + 1) for part in parts)
            return chinese.format(**dict(zip(names, spoken, strict=True)))
    head, colon, tail = text.partition(": ")
    if not colon:
        return text
    return f"{in_chinese(head, depth + 1)}：{in_chinese(tail, depth + 1)}"


@cache
def _table() -> list[tuple[list[str], list[str], str]]:
    """Return the table: what stands between the {names}, the names, the Chinese; longest first."""
    text = files("flows.speech").joinpath("messages.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line]
    pieces = [(re.split(r"\{([a-z_]{1,20})\}", english), chinese) for english, chinese in rows]
    table = [(cut[::2], cut[1::2], chinese) for cut, chinese in pieces]
    return sorted(table, key=lambda row: -sum(map(len, row[0])))


def _between(literals: list[str], text: str) -> list[str] | None:
    """Return what stands between the literals, none of it empty; None where the text is another."""
    first, last = literals[0], literals[-1]
    if len(literals) == 1:
        return [] if text == first else None
    if not (text.startswith(first) and text.endswith(last)):
        return None
    if literals[:2] == ["", ": "] and text.startswith(ERROR):
        return None  # that opens every error, and is no name that the sentence begins with
    parts, at, end = [], len(first), len(text) - len(last)
    for literal in literals[1:-1]:
        found = text.find(literal, at + 1, end)
        if found < 0:
            return None
        parts.append(text[at:found])
        at = found + len(literal)
    return [*parts, text[at:end]] if at < end else None
