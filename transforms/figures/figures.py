"""Finds every figure of a text: number, unit, bounds, and the span that holds them."""

from __future__ import annotations

import re

from transforms.figures import masks, unitwords
from transforms.figures.amounts import (
    Amount,
    currency_of,
    fixed,
    sharing,
    valued,
    whole,
    whole_begins,
)
from transforms.figures.joining import joined
from transforms.figures.refusals import refusal
from transforms.figures.surroundings import after, before, bounded, near_money, noun_unit, per_what
from transforms.figures.written import LEAD, SP, written_at
from transforms.model import Figure, Quantity, Span, Suppression

# The characters our rules name, one for one, so that offsets stay.
TRADITIONAL = (
    "個萬億點幾數餘約過達戶條項筆處間輛歲張雙場冊萊兩塊錢雲還門單頭隻總領級組類種節區縣鄉鎮進習傳開"
)
SIMPLE = (
    "个万亿点几数余约过达户条项笔处间辆岁张双场册莱两块钱云还门单头只总领级组类种节区县乡镇进习传开"
)
SIMPLIFIED = str.maketrans(TRADITIONAL, SIMPLE)
TRADITIONAL_ONE = re.compile("[個萬億點幾戶條項筆處歲雙]")
LISTED = re.compile(rf"{SP}[、和及与/]{SP}(?=[0-9])")
# A digit and a blank, or a character that was lost, in front: which number was meant, none can say.
TORN = re.compile(r"(?:[0-9] {1,3}|[0-9]?\ufffd)(?=[0-9])")
LONGEST_RUN = 50  # figures that touch one another: more of them are no prose
LATER = re.compile("[以之]?[后前来]|以来|过后")


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a folded text in reading order; none overlaps another."""
    return scan(text)[0]


def scan(text: str) -> tuple[tuple[Figure, ...], tuple[Suppression, ...]]:
    """Return the figures, and the numbers that are none with the rule that said so."""
    if TRADITIONAL_ONE.search(text):
        text = text.translate(SIMPLIFIED)
    marked = masks.suppress(text)
    reader = _Reader(masks.masked(text, marked))
    reader.read()
    return tuple(reader.found), tuple(sorted((*marked, *reader.suppressed), key=_start))


def _start(suppression: Suppression) -> int:
    return suppression.span.start


def _torn(text: str, start: int) -> bool:
    """Say whether what stands in front belonged to the number: 2 9人 is 29 or 9."""
    if text[start - 1 : start] not in (" ", "\ufffd"):
        return False
    return any(
        (found := TORN.match(text, max(0, start - back))) and found.end() == start
        for back in range(1, 5)
    )


class _Reader:
    """Walks one masked text from number to number."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Figure] = []
        self.suppressed: list[Suppression] = []
        self.floor = 0  # where the figure before ended
        self.run = 0  # figures before that touch one another

    def read(self) -> None:
        """Find the figures; what is none is noted in `suppressed`."""
        waiting: list[Amount] = []  # 12、7.5、 of 12、7.5、3万元
        offset = 0
        while lead := LEAD.search(self.text, offset):
            amount, offset = self._next(lead.start())
            if amount is not None and amount.unit is None and self._goes_on(amount):
                waiting.append(amount)
                continue
            for one in waiting:
                self._one(one if amount is None or amount.unit is None else sharing(one, amount))
            waiting.clear()
            if amount is not None:
                self._one(amount)
        for one in waiting:
            self._one(one)

    def _next(self, start: int) -> tuple[Amount | None, int]:
        """Return the amount that starts here, or note what it is instead; and where to go on."""
        text = self.text
        single = whole().match(text, start) if text[start] in whole_begins() else None
        if single:
            return fixed(single), single.end()
        stop = masks.at_number(text, start)
        if stop:
            self.suppressed.append(stop)
            return None, stop.span.end
        written = written_at(text, start)
        if written is None:
            return None, start + 1
        amount = valued(written)
        if amount is None:
            self._note(written.start, written.number_end, "unreadable", "numeral")
            return None, written.number_end
        amount = joined(text, amount)
        return amount, amount.end

    def _goes_on(self, amount: Amount) -> bool:
        return not amount.written.han and LISTED.match(self.text, amount.end) is not None

    def _one(self, amount: Amount) -> None:
        """Keep the figure of an amount, or note why it is none."""
        self.run = self.run + 1 if amount.start == self.floor else 0
        reason = refusal(self.text, amount)
        if reason is None and self.run < LONGEST_RUN:
            self.found.append(self._figure(amount))
            return
        self._note(amount.start, amount.end, *(reason or ("no_count", "endless_run")))
        self.floor = self.floor if reason else amount.end

    def _note(self, start: int, end: int, kind: str, rule: str) -> None:
        self.suppressed.append(Suppression(Span(start, end), kind, rule))

    def _figure(self, amount: Amount) -> Figure:
        start, prefix, currency = before(self.text, amount, self.floor)
        end, suffix = after(self.text, amount)
        self.floor = end
        if _torn(self.text, amount.start):
            torn = (*amount.flags, "torn_number")
            amount = amount._replace(value=None, low=None, high=None, flags=torn)
        value, low, high, code = amount.value, amount.low, amount.high, amount.code
        cue = prefix or suffix
        if cue is not None and value is not None and code in (None, "over", "about"):
            low, high = bounded(cue, value, low, high, code)
            code = cue.code
        unit, dimension, flags = self._unit(amount, currency)
        return Figure(
            Span(start, end),
            Quantity(value, low, high, unit, dimension, code),
            Span(amount.start, amount.number_end),
            amount.unit_span,
            amount.flags + flags,
            per_what(self.text, amount.start, end),
        )

    def _unit(
        self, amount: Amount, currency: str | None
    ) -> tuple[str | None, str | None, tuple[str, ...]]:
        if amount.unit is None:
            scaled = any(char in amount.written.number + amount.written.scale for char in "万亿")
            if currency or (scaled and near_money(self.text, amount.start)):
                return *currency_of(currency or "人民币"), ("unit_inferred",)
            return self._counted(amount)
        if currency and amount.unit == "元":
            return *currency_of(currency), ()
        return amount.unit, amount.dimension, self._flags(amount)

    def _counted(self, amount: Amount) -> tuple[str | None, str | None, tuple[str, ...]]:
        name = noun_unit(self.text, amount)
        if name is None:
            return None, None, ("unit_missing",)
        return name, unitwords.units()[name].dimension, ("unit_inferred",)

    def _flags(self, amount: Amount) -> tuple[str, ...]:
        flags = []
        unit = unitwords.units().get(amount.written.unit or "")
        if amount.written.number == "一" and unit and unit.one == "vague":
            flags.append("vague_one")
        if amount.dimension == "duration" and LATER.match(self.text, amount.end):
            flags.append("in_time")
        return tuple(flags)
