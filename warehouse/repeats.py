"""Work out which of the staged and stored articles tell another again, before anything is written.

Only what shares passages with the staged texts is compared, and only what is tied to them is led
back anew; the outcome is the same in whatever order and batches articles arrive.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import TypeVar

from transforms.pages.repeats import Text, passages, resemblance
from warehouse.appending import append_rows
from warehouse.connection import Connection, all_rows, run, sql_files

AT_ONCE = 1000  # texts or pairs of texts in memory
ROWS = 50_000  # passages that are appended at once
Row = tuple[object, ...]
Each = TypeVar("Each")


def find_repeats(connection: Connection) -> None:
    """Fill the notebooks repeat_now, retold and turned for what is staged."""
    texts, pairs, repeats = (step.read_text("utf-8") for step in sql_files("repeating"))
    run(connection, texts)
    _number_passages(connection)
    run(connection, pairs)
    _compare_pairs(connection)
    run(connection, repeats)


def _number_passages(connection: Connection) -> None:
    """Read the texts that came unread, a few at a time, and hold of them no more than numbers."""
    keys, numbers = array("Q"), array("I")
    texts = connection.execute(_sql("fresh_texts"))
    while some := texts.fetchmany(AT_ONCE):
        for key, text in some:
            found = sorted(passages(text))
            keys.extend([key] * len(found))
            numbers.extend(found)
    for some_keys, some_numbers in zip(_slices(keys, ROWS), _slices(numbers, ROWS), strict=True):
        append_rows(connection, "new_passage", list(zip(some_keys, some_numbers, strict=True)))


def _compare_pairs(connection: Connection) -> None:
    found: list[tuple[int, int]] = all_rows(connection, "FROM pair ORDER BY ALL")
    for pairs in _slices(found):
        held = _texts(connection, sorted({key for pair in pairs for key in pair}))
        texts = {key: Text(text) for key, text in held.items()}
        rows: list[Row] = []
        for keys in pairs:
            shorter, longer = sorted(keys, key=lambda key: (len(texts[key].bare), key))
            if told := resemblance(texts[shorter], texts[longer]):
                rows.append((shorter, longer, told.likeness, told.within, told.excerpt))
        append_rows(connection, "new_likeness", rows)


def _slices(rows: Sequence[Each], size: int = AT_ONCE) -> Iterator[Sequence[Each]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _texts(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    return dict(all_rows(connection, _sql("texts"), [list(keys)]))


def _sql(name: str) -> str:
    return files("warehouse").joinpath("reads", f"{name}.sql").read_text("utf-8")
