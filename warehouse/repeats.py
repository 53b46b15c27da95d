"""Work out which of the staged and stored articles tell another again, before anything is written.

Only what shares passages with the staged texts is compared, and only what is tied to them is led
back anew; the outcome is the same in whatever order and batches articles arrive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import TypeVar

from transforms.pages.repeats import Text, passages, resemblance
from warehouse.appending import append_rows
from warehouse.connection import Connection, all_rows, run, sql_files

AT_ONCE = 1000  # texts or pairs of texts in memory
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
    fresh = all_rows(connection, "SELECT text_key FROM fresh_text ORDER BY ALL")
    keys: list[int] = [key for (key,) in fresh]
    for some in _slices(keys):
        rows: list[Row] = [
            (key, passage)
            for key, text in _texts(connection, some).items()
            for passage in sorted(passages(text))
        ]
        append_rows(connection, "new_passage", rows)


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


def _slices(rows: Sequence[Each]) -> Iterator[Sequence[Each]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _texts(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    sql = files("warehouse").joinpath("reads/texts.sql").read_text("utf-8")
    return dict(all_rows(connection, sql, [list(keys)]))
