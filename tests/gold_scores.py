"""Scores readings against the labelled passages of tests/gold; shared by the test and by people.

Run `python -m tests.gold_scores [PATTERN]` from the checkout to print the rates and every wrong
row. Passages marked `held_out` are counted apart as `held_out` and their mistakes are not printed:
who mends the rules must not have read them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from transforms.model import Measure, Reading
from transforms.reading import read_text

GOLD = Path(__file__).parent / "gold"
ENOUGH = 30  # sure rows that a share can be told of: of fewer, one is three in a hundred
# A row is right when a reader who loads it into a table would have nothing to mend.
ROW = {
    "value",
    "unit",
    "bounds",
    "category",
    "period",
    "aggregation",
    "modality",
    "is_measure",
    "actor",
}


@dataclass
class Scores:
    """Counts of right answers by field, and what was wrong."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)
    causes: Counter[str] = field(default_factory=Counter)
    sure: Counter[bool] = field(default_factory=Counter)

    def rates(self) -> dict[str, float]:
        rates = {key: self.right[key] / self.asked[key] for key in self.asked if self.asked[key]}
        rates.pop("named", None)
        rates.pop("found", None)
        rates["figure_f1"] = _f1(self.right["figure"], self.asked["found"], self.asked["figure"])
        rates["programme_f1"] = _f1(
            self.right["programme"], self.asked["named"], self.asked["programme"]
        )
        if self.sure.total() >= ENOUGH:
            rates["sure"] = self.sure[True] / self.sure.total()
        return rates

    def told_sure(self) -> str:
        """Say how many rows are at 0.9 and above, and how many of these and of all right ones."""
        sure, right = self.sure.total(), self.sure[True]
        return (
            f"at 0.9 and above: {sure} rows, {right / max(1, sure):.1%} right, "
            f"{right / max(1, self.right['row']):.1%} of the right rows"
        )


def _f1(right: int, found: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall; 1 where nothing was wanted or found."""
    return 2 * right / (found + wanted) if found + wanted else 1.0


def passages(pattern: str = "*.jsonl") -> list[dict]:
    return [
        {**json.loads(line), "file": path.stem}
        for path in sorted(GOLD.glob(pattern))
        for line in path.read_text("utf-8").splitlines()
    ]


def read(passage: dict) -> Reading:
    published = passage.get("published")
    return read_text(
        passage["text"],
        title=passage.get("title", ""),
        source=passage.get("source"),
        published_at=date.fromisoformat(published) if published else None,
    )


def score(cases: list[dict]) -> dict[str, Scores]:
    """Return the scores of each file and of all of them together."""
    scores: dict[str, Scores] = defaultdict(Scores)
    for passage in cases:
        reading = read(passage)
        part = "held_out" if passage.get("held_out") else "development"
        for name in (passage["file"], part, "all"):
            printed = len(scores[name].mistakes)
            _score_passage(scores[name], passage, reading)
            if part == "held_out":  # a failing test prints mistakes too: none of these
                del scores[name].mistakes[printed:]
    return dict(scores)


def _score_passage(scores: Scores, passage: dict, reading: Reading) -> None:
    found = {(m.figure.span.start, m.figure.span.end): m for m in reading.measures}
    wanted = {(one["start"], one["end"]): one for one in passage["measures"]}
    for key in [key for key, one in wanted.items() if one.get("optional")]:
        found.pop(key, None)
        del wanted[key]
    scores.asked["found"] += sum(one.is_measure or key in wanted for key, one in found.items())
    for key, label in wanted.items():
        scores.asked["figure"] += 1
        scores.right["figure"] += key in found
        if key not in found:
            scores.mistakes.append(f"{passage['id']} missed {label['surface']}")
            scores.asked["row"] += 1
            continue
        _score_row(scores, passage, label, found[key])
    for key in sorted(found.keys() - wanted.keys()):
        if found[key].is_measure:
            text = passage["text"][max(0, key[0] - 12) : key[1] + 8]
            scores.mistakes.append(
                f"{passage['id']} invented {passage['text'][key[0] : key[1]]} …{text}…"
            )
    names = {one.name for one in reading.programmes if not one.short}
    named = names - set(passage.get("programmes_optional", ()))
    scores.asked["named"] += len(named)
    for name in passage.get("programmes", ()):
        scores.asked["programme"] += 1
        scores.right["programme"] += name in names
        if name not in names:
            scores.mistakes.append(f"{passage['id']} programme {name} not in {sorted(names)}")
    for name in sorted(named - set(passage.get("programmes", ()))):
        scores.mistakes.append(f"{passage['id']} programme invented {name}")
    if notice := passage.get("case_notice"):
        got = reading.case_notices[0] if reading.case_notices else None
        is_right = (
            got is not None
            and got.stage == notice["stage"]
            and sorted(got.sanctions) == sorted(notice["sanctions"])
        )
        scores.asked["case_notice"] += 1
        scores.right["case_notice"] += is_right
        if not is_right:
            scores.mistakes.append(f"{passage['id']} notice {got}")


def _score_row(scores: Scores, passage: dict, label: dict, measure: Measure) -> None:
    given = answers(label, measure)
    for key, (want, got, is_right) in given.items():
        scores.asked[key] += 1
        scores.right[key] += is_right
        if not is_right:
            scores.causes[key] += 1
            scores.mistakes.append(
                f"{passage['id']} {label['surface']} {key}: want {want} got {got} "
                f"[{measure.confidence} {measure.rule}]"
            )
    whole = all(is_right for key, (_, _, is_right) in given.items() if key in ROW)
    scores.asked["row"] += 1
    scores.right["row"] += whole
    if measure.confidence >= 0.9:
        scores.sure[whole] += 1
        if not whole:
            scores.mistakes.append(f"{passage['id']} {label['surface']} SURE BUT WRONG")


def answers(label: dict, measure: Measure) -> dict[str, tuple[object, object, bool]]:
    """Compare one label with one measure: field → (wanted, got, right).

    A label may list the answers that are all right where the code list leaves a choice; "*"
    asks nothing.
    """
    quantity, period = measure.figure.quantity, measure.period
    given: dict[str, tuple[object, object, bool]] = {}

    def ask(key: str, want: object, got: object) -> None:
        if want != "*":
            given[key] = (want, got, got in want if isinstance(want, list) else want == got)

    if "value" in label:
        ask("value", label["value"], float(quantity.value) if quantity.value is not None else None)
    ask("unit", label.get("unit", "*"), quantity.unit)
    if "low" in label:
        bounds = [None if x is None else float(x) for x in (quantity.low, quantity.high)]
        ask("bounds", [[label["low"], label["high"]]], bounds)
    ask("category", label["category"], measure.category)
    for key in ("problem", "rank", "object"):
        if key in label:
            ask(key, label[key], getattr(measure, key))
    days = [day.isoformat() if day else None for day in (period.start, period.end)]
    counted = label["is_measure"]
    if label["period"] is not None and counted:
        ask("period", label["period"] if label.get("period_any") else [label["period"]], days)
    for key in ("aggregation", "modality", "is_measure") if counted else ("modality", "is_measure"):
        ask(key, label[key], getattr(measure, key))
    ask("polarity", label.get("polarity", 1), measure.polarity)
    if "actor" in label:
        wanted = label["actor"] if isinstance(label["actor"], list) else [label["actor"]]
        got_actors = (measure.actor, measure.actor_organ)
        given["actor"] = (wanted, got_actors, not set(wanted).isdisjoint(got_actors))
    if "region" in label:
        scoped = bool(label["region_scope"])
        got_region = [measure.region, measure.region_scope] if scoped else [measure.region]
        ask(
            "region",
            [[label["region"], label["region_scope"]] if scoped else [label["region"]]],
            got_region,
        )
    if label.get("relation") != "*":
        has_parent = "parent" in label
        want_relation = (
            [label.get("relation"), label["parent"]] if has_parent else [label.get("relation")]
        )
        ask(
            "relation",
            [want_relation],
            [measure.relation, measure.parent] if has_parent else [measure.relation],
        )
    return given


def main() -> None:
    scores = score(passages(sys.argv[1] if len(sys.argv) > 1 else "*.jsonl"))
    for mistake in scores["development"].mistakes if "development" in scores else ():
        print(mistake)
    for name, one in scores.items():
        rates = one.rates()
        print(name, {key: round(rates[key], 3) for key in sorted(rates)}, dict(one.asked)["figure"])
        print(name, one.told_sure())


if __name__ == "__main__":
    main()
