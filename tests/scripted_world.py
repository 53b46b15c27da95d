# ruff: noqa: E501, DTZ001 - sentences stand in one line; times are those of a clock in China
"""A world whose truth is known: what each district did each month, and articles that tell it in every way of the genre."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from transforms.model import Article, Figure, Measure, Period, Quantity, Reading, Span

CITY = "450100"
DISTRICTS = ("450102", "450103", "450105", "450107")
CATEGORIES = {
    "issue_conduct_investigated": "起",
    "enterprise_visit": "家",
    "person_sanctioned": "人",
}
ANCHOR = date(2017, 10, 24)
YEARS = (2020, 2021)


def first_day(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def last_day(year: int, month: int) -> date:
    return first_day(year, month + 1) - timedelta(days=1)


@dataclass
class Line:
    """One sentence with one figure, and what a careful reader takes from it."""

    region: str
    scope: str
    category: str
    start: date | None
    end: date | None
    value: int
    aggregation: str = "increment"
    low: int | None = None
    high: int | None = None
    problem: str | None = None
    rank: str | None = None
    parent: int | None = None  # index of the line it is a part of
    relation: str | None = None
    basis: str = "explicit"
    modality: str = "achieved"
    object: str | None = None
    nearly: bool = False  # 近130, not 120余

    @property
    def exact(self) -> bool:
        return self.low is None

    def sentence(self) -> str:
        told = f"{self.start}至{self.end}" if self.start else ""
        return f"{told}，{self.region}{self.scope}{self.object or ''}{self.rank or ''}{self.category}{self.value}{CATEGORIES[self.category]}。"


@dataclass
class World:
    seed: int
    as_sentences: bool = (
        False  # articles are texts that the engine reads, not measures made by hand
    )
    truth: dict[tuple[str, str, str, int, int], int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    wrong: set[tuple[str, str, str, int]] = field(
        default_factory=set
    )  # series-years with an erroneous line

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self._invent()
        for key in sorted({key[:3] for key in self.truth}):
            self._publish(*key)

    def total(self, series: tuple[str, str, str], start: date, end: date) -> int:
        """The truth of whole months from 2020 on, and 1000 before that."""
        before = 1000 if start < date(2020, 1, 1) else 0
        months = (key for key in self.truth if key[:3] == series)
        return before + sum(
            self.truth[key] for key in months if start <= date(key[3], key[4], 1) <= end
        )

    def _invent(self) -> None:
        for category in CATEGORIES:
            for year in YEARS:
                for month in range(1, 13):
                    own = {region: self.dice.randint(1, 60) for region in (*DISTRICTS, CITY)}
                    for region, value in own.items():
                        self.truth[region, "self", category, year, month] = value
                    self.truth[CITY, "all_levels", category, year, month] = sum(own.values())

    def _publish(self, region: str, scope: str, category: str) -> None:
        series = (region, scope, category)
        for year in YEARS:
            style = self.dice.choice(
                ("months", "quarters", "halves", "ytd", "since", "mixed", "mixed", "sparse")
            )
            for month in range(1, 13):
                for line in self._lines(series, year, month, style):
                    self._print(line)

    def _lines(self, series, year, month, style):
        dice, end = self.dice, last_day(year, month)
        chance = {"sparse": 0.3}.get(style, 0.9)
        if style in ("months", "mixed", "sparse") and dice.random() < chance:
            yield self._line(series, first_day(year, month), end, "increment")
        if style in ("quarters", "mixed") and month % 3 == 0 and dice.random() < chance:
            yield self._line(series, first_day(year, month - 2), end, "increment")
        if style in ("halves", "mixed") and month % 6 == 0 and dice.random() < chance:
            yield self._line(series, first_day(year, month - 5), end, "increment")
        if month == 9 and dice.random() < 0.2:
            yield self._line(series, date(year, 1, 1), end, dice.choice(("ytd", "increment")))
        if style in ("ytd", "mixed") and dice.random() < (0.9 if style == "ytd" else 0.3):
            yield self._line(series, date(year, 1, 1), end, "ytd")
        if style == "since" and month % 3 == 0:
            yield self._line(series, ANCHOR, end, "cumulative")
        if month == 12 and dice.random() < 0.2:
            yield self._line(series, date(year, 1, 1), end, "increment")
        if dice.random() < 0.05:
            yield self._line(series, None, None, "increment", hidden=(first_day(year, month), end))
        if dice.random() < 0.05:
            planned = self._line(series, first_day(year, month), end, "increment")
            planned.modality, planned.value, planned.low, planned.high = (
                "planned",
                planned.value * 2,
                None,
                None,
            )
            yield planned

    def _line(self, series, start, end, aggregation, hidden=None):
        true = self.total(series, *(hidden or (start, end)))
        line = Line(*series, start, end, true, aggregation)
        if start is None:
            line.basis = "publication"
        elif self.dice.random() < 0.12 and true > 20:
            self._round(line)
        return line

    def _round(self, line: Line) -> Line:
        """Tell the value as 120余 or 近130: to its last place."""
        place = 10 ** (len(str(line.value)) - 1) if line.value >= 100 else 10
        line.low = line.value // place * place
        line.high = line.low + place
        line.value = line.low
        if self.as_sentences and self.dice.random() < 0.4:
            line.value, line.nearly = line.high, True
        return line

    def _print(self, line: Line) -> None:
        """Publish a line; perhaps with parts, again in later articles, reprinted, or with a slip corrected later."""
        dice = self.dice
        on = (line.end or date(dice.choice(YEARS), dice.randint(1, 12), 15)) + timedelta(
            days=dice.randint(1, 9)
        )
        if dice.random() < 0.015 and line.exact and line.start and line.modality == "achieved":
            slip = Line(
                line.region,
                line.scope,
                line.category,
                line.start,
                line.end,
                line.value + dice.choice((-1, 7)),
                line.aggregation,
            )
            self.wrong.add((line.region, line.scope, line.category, line.end.year))
            if line.start < date(2020, 1, 1):
                self.wrong |= {(line.region, line.scope, line.category, year) for year in YEARS}
            self._article(on - timedelta(days=1), [slip])
        lines = [line]
        if dice.random() < 0.3 and line.value > 10 and not self.as_sentences:
            lines += self._parts(line)
        if dice.random() < 0.2 and line.value >= 10 and line.start and not self.as_sentences:
            headline = Line(
                line.region,
                line.scope,
                line.category,
                None,
                None,
                line.value,
                low=line.low,
                high=line.high,
                basis="publication",
                modality=line.modality,
            )
            lines = [headline, *[self._moved(part) for part in lines]]
        first = self._article(on, lines)
        for _ in range(dice.choice((0, 0, 1, 2))):
            self._reprint(first, on + timedelta(days=dice.randint(1, 30)))
        if dice.random() < 0.3 and line.start:
            again = replace(line)
            if dice.random() < 0.3 and line.exact and line.value > 20:
                again = self._round(again)
            self._article(on + timedelta(days=dice.randint(1, 200)), [again])
        self.lines += [line]

    def _parts(self, line: Line) -> list[Line]:
        inside = Line(
            line.region,
            line.scope,
            line.category,
            line.start,
            line.end,
            line.value // 2,
            line.aggregation,
            parent=0,
            relation="subset",
            object="民营",
            basis=line.basis,
            modality=line.modality,
        )
        ranks = []
        if line.category == "person_sanctioned" and line.exact:
            ranks = [
                Line(
                    line.region,
                    line.scope,
                    line.category,
                    line.start,
                    line.end,
                    value,
                    line.aggregation,
                    parent=0,
                    relation="partition",
                    rank=rank,
                    basis=line.basis,
                    modality=line.modality,
                )
                for rank, value in (("rank_county", 1), ("rank_other", line.value - 1))
            ]
        return [inside, *ranks]

    @staticmethod
    def _moved(part: Line) -> Line:
        if part.parent is not None:
            part.parent += 1
        return part

    def _article(self, on: date, lines: list[Line]) -> Reading:
        make = read if self.as_sentences else reading_of
        reading = make(f"site/{len(self.readings):05d}", on, lines)
        self.readings.append(reading)
        return reading

    def _reprint(self, first: Reading, on: date) -> None:
        """The same text on another site, later; what hangs on the day of publication moves with it."""
        moment = datetime(on.year, on.month, on.day, 9)
        article = first.article
        again = Article(
            f"site/{len(self.readings):05d}",
            "other",
            f"http://other.example/{len(self.readings)}",
            article.title,
            moment,
            article.source,
            None,
            None,
            article.text,
        )
        measures = tuple(
            measure
            if measure.period.basis != "publication"
            else replace_period(measure, Period(None, on, "publication"))
            for measure in first.measures
        )
        self.readings.append(Reading(again, measures, ()))


def replace_period(measure: Measure, period: Period) -> Measure:
    return replace(measure, period=period)


def reading_of(article_id: str, on: date, lines: list[Line]) -> Reading:
    text, measures, starts = "", [], []
    for line in lines:
        sentence = line.sentence()
        surface = f"{line.value}{CATEGORIES[line.category]}"
        at = len(text) + sentence.rindex(surface)
        starts.append(at)
        measures.append(
            (line, Span(len(text), len(text) + len(sentence)), Span(at, at + len(surface)))
        )
        text += sentence
    made = tuple(measure_of(line, sentence, span, starts, on) for line, sentence, span in measures)
    moment = datetime(on.year, on.month, on.day, 8)
    return Reading(
        Article(
            article_id,
            "site",
            f"http://site.example/{article_id}",
            "标题",
            moment,
            "来源",
            None,
            None,
            text,
        ),
        made,
        (),
    )


def measure_of(line: Line, sentence: Span, span: Span, starts: list[int], on: date) -> Measure:
    unit = CATEGORIES[line.category]
    low = line.value if line.low is None else line.low
    high = line.value if line.high is None else line.high
    quantity = Quantity(Decimal(line.value), Decimal(low), Decimal(high), unit, "count")
    number = Span(span.start, span.end - len(unit))
    return Measure(
        Figure(span, quantity, number, Span(number.end, span.end)), sentence, line.category,
        Period(line.start, line.end if line.start else on, line.basis),
        problem=line.problem, rank=line.rank, object=line.object, region=line.region, region_scope=line.scope,
        aggregation=line.aggregation, modality=line.modality, parent=None if line.parent is None else starts[line.parent],
        relation=line.relation, confidence=0.9, rule="scripted",
    )  # fmt: skip


NAMES = {
    "450100": "南宁市",
    "450102": "兴宁区",
    "450103": "青秀区",
    "450105": "江南区",
    "450107": "西乡塘区",
}
DOINGS = {
    "issue_conduct_investigated": "查处违反中央八项规定精神问题{}起",
    "enterprise_visit": "走访企业{}家",
    "person_sanctioned": "给予党纪政务处分{}人",
}


def read(article_id: str, on: date, lines: list[Line]) -> Reading:
    """Write the lines as an organ would and let the engine read them."""
    from transforms.reading import read_text

    text = (
        "近年来，纪检监察机关立足职能职责，坚持把纪律和规矩挺在前面，推动全面从严治党向纵深发展。\n"
        + "\n".join(map(prose, lines))
    )
    source = NAMES[lines[0].region] + "纪委监委"
    moment = datetime(on.year, on.month, on.day, 8)
    return read_text(
        text,
        title="工作情况",
        source=source,
        published_at=moment,
        article_id=article_id,
        url=f"http://site.example/{article_id}",
    )


def read_again(article: Article, article_id: str, moment: datetime) -> Reading:
    from transforms.reading import read_text

    return read_text(
        article.text,
        title=article.title,
        source=article.source,
        published_at=moment,
        article_id=article_id,
        url=f"http://other.example/{article_id}",
    )


def prose(line: Line) -> str:
    """One sentence: when, who, what."""
    who = NAMES[line.region] + ("各级纪检监察机关" if line.scope == "all_levels" else "纪委监委")
    number = (
        f"近{line.value}" if line.nearly else str(line.value) if line.exact else f"{line.value}余"
    )
    doing = DOINGS[line.category].format(number)
    verb = (
        "计划"
        if line.modality == "planned"
        else "累计"
        if line.aggregation == "cumulative"
        else "共"
    )
    return f"{when(line)}{who}{verb}{doing}。"


def when(line: Line) -> str:
    """Say a period in one of the ways of the genre."""
    if line.start is None:
        return ""
    year, first, last = line.start.year, line.start.month, line.end.month
    if line.aggregation == "cumulative":
        return f"党的十九大以来，截至{line.end.year}年{last}月{line.end.day}日，"
    if line.aggregation == "increment":
        return f"{year}年{span(first, last, year)}，"
    if (first, last) == (1, 1):
        return f"{year}年1月，"
    if last in (6, 9) and line.value % 3 == 0:
        return f"{year}年{'上半年' if last == 6 else '前三季度'}，"
    return (
        f"截至{year}年{last}月底，{year}年以来"
        if (first + last) % 5 == 0
        else f"{year}年{first}至{last}月，"
    )


def span(first: int, last: int, year: int) -> str:
    """Name the months from first to last of a year, in either of two ways."""
    if last - first == 11:
        return "" if year % 2 else "全年"
    if first == last:
        return f"{first}月" if first % 2 else f"{first}月份"
    if last - first == 5:
        return "上半年" if first == 1 else "下半年"
    if last - first == 2:
        quarter = "一二三四"[last // 3 - 1] + "季度"
        return quarter if last % 2 else f"第{quarter}"
    return "前三季度"


def month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def determined(lines: list[tuple[date, date, int]], start: date, end: date) -> int | None:
    """Solve for a bucket by elimination: an oracle that shares nothing with warehouse.series.

    Unknowns are the months (and the time before 2020); each line says what some of them sum to.
    """
    columns = range(month_index(date(2019, 12, 1)), month_index(date(2022, 1, 1)))

    def vector(first: date, last: date) -> list[Fraction]:
        lo, hi = max(month_index(first), columns[0]), month_index(last)
        return [Fraction(lo <= column <= hi) for column in columns]

    rows = [[*vector(first, last), Fraction(value)] for first, last, value in lines]
    target = [*vector(start, end), Fraction(0)]
    for column in range(len(columns)):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        rows = [
            row
            if row is pivot or not row[column]
            else [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
            for row in rows
        ]
        if target[column]:
            factor = target[column] / pivot[column]
            target = [a - b * factor for a, b in zip(target, pivot, strict=True)]
    return None if any(target[:-1]) else int(-target[-1])
