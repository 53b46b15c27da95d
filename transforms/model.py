"""The nouns, in the order the data meets them: Snapshot, Article, Figure, Measure, Programme.

Every value can be walked back to what the server sent: a Measure holds the Span of Article.text it
was read from, and an Article holds the sha256 of its Snapshot. Offsets are code points, half open.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, TypeVar

from transforms.making import quick

Noun = TypeVar("Noun")


@dataclass(frozen=True)
class Snapshot:
    """A page exactly as the server sent it."""

    url: str
    body: bytes
    fetched_at: datetime | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    final_url: str | None = None
    reason: str = ""  # of the status line, as sent

    @cached_property
    def sha256(self) -> str:
        """Identify the body, whatever it was called and whenever it was fetched."""
        return hashlib.sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """Return the first header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article that a listing page names, before anyone has fetched it."""

    url: str
    title: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one listing page holds: the articles in its order, and the page that follows it."""

    refs: tuple[ArticleRef, ...]
    next_url: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Article:
    """What a reader sees; `text` is the only text that a Span may point into, never rewritten."""

    article_id: str
    site: str | None
    url: str | None
    title: str
    published_at: datetime | None  # Asia/Shanghai
    source: str | None
    author: str | None
    column: str | None
    text: str
    snapshot_sha256: str | None = None
    subtitle: str | None = None
    editor: str | None = None
    kind: str = "report"  # report | case_notice
    status: str = "ok"  # the quality gate's word, see transforms.pages.gates
    encoding: str | None = None
    removed_characters: int = 0  # NUL, controls, zero-width, bidi marks taken out of the text
    problems: tuple[str, ...] = ()  # why a field is empty or two sources of it disagree

    @property
    def published_on(self) -> date | None:
        """The day of publication in Asia/Shanghai."""
        return self.published_at.date() if self.published_at else None


@quick
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range [start, end) of characters in Article.text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters the span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Say whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


@quick
@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: 691.11万元 is 6911100 元. None: an open bound, an unknown value."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    dimension: str | None = None
    approximator: str | None = None  # the code of approx.tsv: over, under, about, at_least, range …


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity where the text states it, before anyone says what it measures."""

    span: Span  # approximator, number, inner spaces and unit
    quantity: Quantity
    number: Span  # the digits or numerals alone
    unit: Span | None  # the unit as written
    flags: tuple[str, ...] = ()  # repaired, unit_inferred, out_of_range, torn_number …
    per: str | None = None  # 每天 → 天: the figure is a rate per that unit


@quick
@dataclass(frozen=True, slots=True)
class Suppression:
    """A number the reader saw and did not take for a figure, with the rule that said so."""

    span: Span
    kind: str
    rule: str


@quick
@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive days; None where the text does not say, never guessed; `reason` says why."""

    start: date | None
    end: date | None
    basis: str  # explicit | anchor | inherited | campaign | publication | unknown
    surface: str | None = None
    span: Span | None = None
    cue: str | None = None  # ytd | since | until | as_of | whole: how the words bound it
    reason: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Mention:
    """An organ or a region named in the text, normalised."""

    span: Span
    kind: str  # organ | region
    name: str  # canonical: 城区司法局 → 西乡塘区司法局
    code: str | None = None  # GB/T 2260 of the region, dated by the article
    level: str | None = None  # lv_* of taxonomy.tsv
    org_kind: str | None = None  # org_kind of taxonomy.tsv
    scope: str = "self"  # self | all_levels | national


@quick
@dataclass(frozen=True, slots=True)
class Programme:
    """A named campaign, action, list, mechanism or inspection round."""

    span: Span
    name: str  # canonical, lost quotes restored
    kind: str  # ck_* of taxonomy.tsv
    organ: str | None = None
    region: str | None = None
    parent: str | None = None  # the name of the programme it is a part of
    short: bool = False  # a later short mention (该专项行动) resolved to `name`
    round_no: int | None = None  # of an inspection round
    term_no: int | None = None


@quick
@dataclass(frozen=True, slots=True)
class Measure:
    """A figure and what it means; the same names stand in JSON, SQL and the data dictionary."""

    figure: Figure
    sentence: Span
    category: str  # a code of taxonomy.tsv, or "uncategorised"
    period: Period
    problem: str | None = None
    rank: str | None = None
    predicate: str | None = None
    predicate_span: Span | None = None
    object: str | None = None
    object_span: Span | None = None
    actor: str | None = None  # whose doing is counted, as printed
    actor_organ: str | None = None  # the same organ, canonical
    actor_span: Span | None = None
    reporter: str | None = None  # who tells or urges it
    target: str | None = None  # to whom it was done
    region: str | None = None  # GB/T 2260
    region_scope: str = "self"  # self | all_levels
    is_measure: bool = True
    aggregation: str = "increment"  # increment cumulative ytd stock rate change threshold
    modality: str = "achieved"  # achieved ongoing planned required alleged hypothetical negative
    polarity: int = 1
    parent: int | None = None  # start offset of the measure it is a part of
    relation: str | None = None  # partition subset overlap two_level funnel share_of same_as …
    programme: str | None = None  # name of the programme it belongs to
    confidence: float = 0.0
    rule: str = ""
    flags: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()  # what lost, for `explain`
    signs: tuple[str, ...] = ()  # of doubts.tsv, for `explain`: what makes it more or less sure


@dataclass(frozen=True, slots=True)
class CaseNotice:
    """The outcome of one notice of a case, without the person's name."""

    span: Span
    stage: str  # investigated | expelled | sanctioned | prosecuted | sentenced
    sanctions: tuple[str, ...]  # category codes: party_expelled, gov_dismissed …
    organ: str | None
    level: str | None  # rank_* of taxonomy.tsv
    region: str | None
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read out of one article."""

    article: Article
    measures: tuple[Measure, ...]
    programmes: tuple[Programme, ...]
    mentions: tuple[Mention, ...] = ()
    case_notices: tuple[CaseNotice, ...] = ()
    suppressions: tuple[Suppression, ...] = field(default=(), repr=False)


def changed(noun: Noun, **changes: Any) -> Noun:  # noqa: ANN401 - as dataclasses.replace
    """Return a copy of a noun with some values changed.

    The same as dataclasses.replace in half its time: an article asks for it a hundred times.
    Raises KeyError for a field the noun does not have.
    """
    kind: type[Any] = type(noun)
    places, values_of = _fields_of(kind)  # type: ignore[arg-type] # a class is hashable
    values = list(values_of(noun))
    for name, value in changes.items():
        values[places[name]] = value
    copy: Noun = kind(*values)
    return copy


@cache
def _fields_of(kind: type[Any]) -> tuple[dict[str, int], attrgetter[tuple[Any, ...]]]:
    names = [one.name for one in fields(kind)]
    return {name: place for place, name in enumerate(names)}, attrgetter(*names)
