"""Adds the first reading of labelled passages to first_readings.tsv, before anybody mends on them.

`python -m tests.calibration.add BATCH FILE` reads passages labelled as in tests/gold/README.md,
one JSON object a line, and appends a line a figure: what was right of it and the signs it showed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.calibration.fit import READINGS
from tests.gold_scores import ROW, answers, read
from transforms.measures.confidence import PARTS
from transforms.model import Measure

FIELDS = {  # the labelled fields that make up each part of a row
    "category": {"category", "is_measure", "value", "unit", "bounds", "modality"},
    "period": {"period"},
    "aggregation": {"aggregation"},
    "actor": {"actor"},
}


def lines(batch: str, passage: dict) -> Iterator[str]:
    """Yield a line for each figure of a passage that the reader found."""
    labels = {one["start"]: one for one in passage["measures"]}
    for measure in read(passage).measures:
        label = labels.get(measure.figure.span.start)
        if label is None:  # a figure without a label is no statistic
            right = "0" if measure.is_measure else "1"
            cells = [batch, right, right, "-", "-", "-", " ".join(measure.signs)]
            yield "\t".join(cells)
        elif not label.get("optional"):
            yield "\t".join(_line(batch, label, measure))


def _line(batch: str, label: dict, measure: Measure) -> list[str]:
    given = {key: right for key, (_, _, right) in answers(label, measure).items() if key in ROW}
    whole = "1" if all(given.values()) else "0"
    told = []
    for part in PARTS:
        asked = [given[key] for key in FIELDS[part] if key in given]
        told.append(("1" if all(asked) else "0") if asked else "-")
    return [batch, whole, *told, " ".join(measure.signs)]


def main() -> None:
    batch, path = sys.argv[1:]
    passages = map(json.loads, Path(path).read_text("utf-8").splitlines())
    with READINGS.open("a", encoding="utf-8") as out:
        for passage in passages:
            out.writelines(f"{line}\n" for line in lines(batch, passage))


if __name__ == "__main__":
    main()
