"""The rows a report is made of, as the queries return them and before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warehouse.report.numbers import Number


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim touching the period; `standing` says how its own period lies to the report's."""

    measure_id: str
    region: str | None
    region_name: str
    region_scope: str
    category: str
    unit: str | None
    value: Number | None
    low: Number | None
    high: Number | None
    surface: str | None  # None where the figure was computed from two year-to-date totals
    aggregation: str
    modality: str
    polarity: int
    relation: str | None
    period_start: date | None
    period_end: date | None
    period_basis: str
    ends_on: date | None  # the day it speaks up to: its period's end, else its publication
    programme: str | None
    confidence: float
    statements: int  # how many places tell this claim
    standing: str  # inside | spanning | undated
    addable: bool  # a SUM may touch it, and its whole period lies inside
    problem: str | None = None
    rank: str | None = None
    part: bool = False  # a breakdown of another figure: its own sums stand apart from the whole's
    counted: bool = False  # a sum of this bucket takes it in, as a whole or as a part
    covered: bool = False  # told again by a figure of a longer period, which is the one counted
    measure_ids: tuple[str, ...] = ()  # all that state it, the best first


@dataclass(frozen=True, slots=True)
class Sentence:
    """A figure in its sentence, with the article around it: what a citation leads to."""

    measure_id: str
    article_id: str
    category: str
    region_name: str
    surface: str
    quote: str
    offset: int  # of the figure in the quote, in characters; -1 where the quote lacks it
    value: Number | None
    low: Number | None
    high: Number | None
    unit: str | None
    aggregation: str
    modality: str
    period_start: date | None
    period_end: date | None
    period_basis: str
    period_surface: str | None
    actor: str | None
    confidence: float | None  # None for a programme's mention, which has no value either
    title: str
    source: str | None
    site: str | None
    published_on: date | None
    url: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A named programme in one article of the period."""

    name: str
    kind: str
    region: str | None
    region_name: str
    published_on: date
    article_id: str
    mention_id: str  # article@start


@dataclass(frozen=True, slots=True)
class Round:
    """What one inspection round fed back and what of it was rectified."""

    region_name: str
    round_no: int | None
    target: str  # the body inspected, where the figures are of one
    base: Number  # issues fed back, or found where none were told as fed back
    base_word: str  # fed_back | found
    items: Number | None  # the finer of two counts: 8项18个
    rectified: Number | None
    reported_pct: Number | None
    recomputed_pct: Number | None
    disagrees: bool  # the reported rate is not what the two counts give
    measure_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of one series whose order is odd: a fall, or a jump."""

    kind: str  # falling | jump
    region_name: str
    category: str
    unit: str | None
    before: Number
    before_on: date
    before_id: str
    after: Number
    after_on: date
    after_id: str


@dataclass(frozen=True, slots=True)
class Silence:
    """A region whose last article with a figure lies long before the period's end."""

    region_name: str
    last_on: date
    days: int
    measure_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many figures a region has for a month, by the last day they speak of."""

    region_name: str
    month: str  # 2021-03
    figures: int
    measure_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """How much was read for the period, and how well."""

    articles: int
    reposts: int
    unread: int  # articles that did not pass the quality gate
    figures: int
    facts: int
    dated: int  # facts whose period is stated or follows from a known event
    uncategorised: int
    median_confidence: float | None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the database says about a period."""

    facts: tuple[Fact, ...]
    sightings: tuple[Sighting, ...]
    rounds: tuple[Round, ...]
    pairs: tuple[Pair, ...]
    silences: tuple[Silence, ...]
    cells: tuple[Cell, ...]
    quality: Quality

    @property
    def computed(self) -> int:
        """How many of the facts no text tells: they follow from running totals."""
        return sum(fact.surface is None for fact in self.facts)
