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


def lines(batch: str, number: int, passage: dict) -> Iterator[str]:
    """Yield a line for each figure of a passage that the reader found."""
    labels = {one["start"]: one for one in passage["measures"]}
    times: dict[object, int] = {}
    actors: dict[str | None, int] = {}
    for measure in read(passage).measures:
        when = times.setdefault((measure.period.start, measure.period.end), len(times))
        who = actors.setdefault(measure.actor, len(actors))
        label = labels.get(measure.figure.span.start)
        if label is None:  # a figure without a label is no statistic
            right = "0" if measure.is_measure else "1"
            told = [right, right, "-", "-", "-"]
        elif label.get("optional"):
            continue
        else:
            told = _told(label, measure)
        yield "\t".join((batch, *map(str, (number, when, who)), *told, " ".join(measure.signs)))


def _told(label: dict, measure: Measure) -> list[str]:
    """Return whether the whole row and each part of it is right, - where the label is silent."""
    given = {key: right for key, (_, _, right) in answers(label, measure).items() if key in ROW}
    told = []
    for part in PARTS:
        asked = [given[key] for key in FIELDS[part] if key in given]
        told.append(("1" if all(asked) else "0") if asked else "-")
    full = not measure.is_measure or {"period", "actor"} <= given.keys()
    return [("1" if all(given.values()) else "0") if full else "-", *told]


def main() -> None:
    batch, path = sys.argv[1:]
    passages = map(json.loads, Path(path).read_text("utf-8").splitlines())
    with READINGS.open("a", encoding="utf-8") as out:
        for number, passage in enumerate(passages):
            out.writelines(f"{line}\n" for line in lines(batch, number, passage))


if __name__ == "__main__":
    main()
