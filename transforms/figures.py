"""Finds every figure of a text: number, unit, bounds, and the span that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from transforms import approximators, masks, unitwords
from transforms.approximators import Approximator
from transforms.model import Figure, Quantity, Span, Suppression
from transforms.numerals import BIG, LETTERS, parse_number, read_numeral
from transforms.unitwords import Unit
from transforms.written import LEAD, NUMBER, SP, Written, written_at

# The characters our rules name, one for one, so that offsets stay.
TRADITIONAL = (
    "個萬億點幾數餘約過達戶條項筆處間輛歲張雙場冊萊兩塊錢雲還門單頭隻總領級組類種節區縣鄉鎮進習傳開"
)
SIMPLE = (
    "个万亿点几数余约过达户条项笔处间辆岁张双场册莱两块钱云还门单头只总领级组类种节区县乡镇进习传开"
)
SIMPLIFIED = str.maketrans(TRADITIONAL, SIMPLE)
TRADITIONAL_ONE = re.compile("[個萬億點幾戶條項筆處歲雙]")
BARE_SCALE = re.compile("[百千万亿萬億]+")
INFIX = re.compile(
    rf"{SP}(?:（含）|\(含\))?(?:[至到–～~〜－]|—{{1,2}}|-{{1,2}}){SP}(?=[0-9{'一二两三四五六七八九十几百千'}])"
)
TO_BELOW = re.compile("(?:、|至|但?不[满足])?")
LISTED = re.compile(rf"{SP}[、和及与/]{SP}(?=[0-9])")
PART = re.compile("[零又]?")
LATER = re.compile("[以之]?[后前来]|以来|过后")
BARE_AFTER = re.compile(r"[，。；、）)！？：\s]|\Z|的|以上|以下|左右")
BARE_BEFORE = re.compile(
    r"[\u4e00-\u9fff](?<![第号字版图表件编话邮代路线热码年月日条款至近约是之“])\Z"
)
MONEY_NEAR = re.compile(r"[^，。；：、\n]{0,14}\Z")
SEPARATE = re.compile(r"(?:至少|最少|最多|至多)[^，。；：、\n0-9]{1,6}\Z")
PER = re.compile(
    "每一?个?(人|户|天|日|月|年|周|次|亩|家|村|名|位|季度|小时|平方米|吨|斤|公斤|件|份|场|期|轮"
    "|半年|学期|车|瓶|桌|顿|台|套|头|股|票|星期|工作日)|([人户日月年村])均"
)
PER_TAIL = re.compile("/(人|户|天|日|月|年|亩|斤|公斤|吨|平方米|平米|次|小时|件|套|辆|股)")
DURATION_CUE = re.compile("[刑期时历期仅用延缓役处满]\\Z")
COMPOUND = {
    ("年", "月"): 12,
    ("小时", "分钟"): 60,
    ("天", "小时"): 24,
}
COINS = {"角": Decimal("0.1"), "毛": Decimal("0.1"), "分": Decimal("0.01"), "分钱": Decimal("0.01")}
SMALL_SHARE = Decimal("0.01")
COIN = re.compile(f"(?P<number>{NUMBER})(?P<coin>[角毛]|分钱?)")


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a folded text in reading order; none overlaps another."""
    return scan(text)[0]


def scan(text: str) -> tuple[tuple[Figure, ...], tuple[Suppression, ...]]:
    """Return the figures, and the numbers that are none with the rule that said so."""
    if TRADITIONAL_ONE.search(text):
        text = text.translate(SIMPLIFIED)
    marked = masks.suppress(text)
    reader = _Reader(masks.masked(text, marked))
    figures = tuple(reader.figures())
    return figures, tuple(sorted((*marked, *reader.suppressed), key=_start))


def _start(suppression: Suppression) -> int:
    return suppression.span.start


class _Amount(NamedTuple):
    """A number valued with its unit, before the words around it are heard."""

    start: int
    number_end: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    code: str | None
    unit: str | None
    dimension: str | None
    unit_span: Span | None
    written: Written
    flags: tuple[str, ...] = ()


class _Reader:
    """Walks one masked text from number to number."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.suppressed: list[Suppression] = []

    def figures(self) -> Iterator[Figure]:
        """Yield the figures; what is none is noted in `suppressed`."""
        waiting: list[_Amount] = []  # 12、7.5、 of 12、7.5、3万元
        offset = 0
        while found := LEAD.search(self.text, offset):
            amount, offset = self._next(found.start())
            if amount is None:
                yield from self._release(waiting)
                continue
            if amount.unit is None and self._goes_on(amount):
                waiting.append(amount)
                continue
            if amount.unit is not None:
                waiting = [_sharing(one, amount) for one in waiting]
            yield from self._release(waiting)
            yield from self._one(amount)
        yield from self._release(waiting)

    def _next(self, start: int) -> tuple[_Amount | None, int]:
        """Return the amount that starts here, or note what it is instead; and where to go on."""
        text = self.text
        whole = _whole().match(text, start)
        if whole:
            return _fixed(whole), whole.end()
        stop = masks.at_number(text, start)
        if stop:
            self.suppressed.append(stop)
            return None, stop.span.end
        written = written_at(text, start)
        if written is None:
            return None, start + 1
        amount = _valued(written)
        if amount is None:
            self._note(written.start, written.number_end, "unreadable", "numeral")
            return None, written.number_end
        amount = self._joined(amount)
        return amount, amount.end

    def _joined(self, amount: _Amount) -> _Amount:
        """Put together what is one figure: 四年六个月, 123元1角, 3至5人, 500元以上2000元以下."""
        if amount.unit == "元" or amount.written.unit == "块":
            amount = self._coins(amount)
        elif amount.dimension == "duration" and amount.unit in ("年", "小时", "天"):
            amount = self._compound(amount)
        return self._range(amount)

    def _coins(self, amount: _Amount) -> _Amount:
        while coin := COIN.match(self.text, amount.end):
            number = parse_number(coin["number"])
            if number is None or amount.value is None:
                break
            value = amount.value + number * COINS[coin["coin"]]
            amount = amount._replace(
                value=value,
                low=value,
                high=value,
                end=coin.end(),
                unit="元",
                dimension="money",
                written=amount.written._replace(unit="元"),
            )
        return amount

    def _compound(self, amount: _Amount) -> _Amount:
        joint = PART.match(self.text, amount.end)
        following = self._plain_at(joint.end() if joint else amount.end)
        if following is None or amount.value is None or following.value is None:
            return amount
        factor = COMPOUND.get((amount.unit or "", following.unit or ""))
        if factor is None:
            return amount
        value = amount.value * factor + following.value
        return following._replace(start=amount.start, value=value, low=value, high=value)

    def _plain_at(self, offset: int) -> _Amount | None:
        written = written_at(self.text, offset) if LEAD.match(self.text, offset) else None
        return _valued(written) if written else None

    def _range(self, amount: _Amount) -> _Amount:
        infix = INFIX.match(self.text, amount.end)
        above = None if infix or not amount.unit else _above().match(self.text, amount.end)
        if not infix and not above:
            return amount
        following = self._plain_at((infix or above).end())  # type: ignore[union-attr]
        if following is None or following.unit is None:
            return amount
        if above:
            below = _below().match(self.text, following.end)
            if not below:
                return amount
            following = following._replace(end=below.end())
        return _between(amount, following)

    def _goes_on(self, amount: _Amount) -> bool:
        return not amount.written.han and LISTED.match(self.text, amount.end) is not None

    def _release(self, waiting: list[_Amount]) -> Iterator[Figure]:
        for amount in waiting:
            yield from self._one(amount)
        waiting.clear()

    def _one(self, amount: _Amount) -> Iterator[Figure]:
        """Yield the figure of an amount, or note why it is none."""
        reason = self._refusal(amount)
        if reason:
            self._note(amount.start, amount.end, *reason)
            return
        yield self._figure(amount)

    def _note(self, start: int, end: int, kind: str, rule: str) -> None:
        self.suppressed.append(Suppression(Span(start, end), kind, rule))

    # what is none --------------------------------------------------------------------------------

    def _refusal(self, amount: _Amount) -> tuple[str, str] | None:
        written = amount.written
        if amount.unit is None:
            if self._before(amount)[2]:
                return None
            return None if self._bare(amount) else ("no_unit", "bare_number")
        unit = unitwords.units().get(written.unit or "")
        if unit is None:
            return None
        if BARE_SCALE.fullmatch(written.number) and not self._blurred(amount):
            return "no_count", "bare_scale"
        if unit.dimension == "ordinal":
            return None if self._levels(amount) else ("ordinal", "grade")
        if unit.arabic_only and written.han and len(written.number) == 1:
            return "no_unit", "han_before_noun"
        if written.unit in ("日", "月") and amount.written is written:
            return None if self._within(amount) else ("date", "day")
        return self._refused_one(amount, unit) if written.number == "一" else None

    def _refused_one(self, amount: _Amount, unit: Unit) -> tuple[str, str] | None:
        """一种, 一次 count nothing; 一年 counts where a sentence or a term is told."""
        if amount.written.half or amount.written.middle or amount.code or unit.one:
            return None
        if amount.value != 1 or amount.start != amount.written.start or self._blurred(amount):
            return None
        if unit.dimension == "duration" and DURATION_CUE.search(
            self.text, max(0, amount.start - 1), amount.start
        ):
            return None
        return "indefinite", "one"

    def _blurred(self, amount: _Amount) -> bool:
        """Say whether an approximator stands at the amount: 百余, 近百, 上百, 亿元以上."""
        return bool(
            amount.written.middle
            or amount.code
            or _prefix(scale=True).search(self.text, max(0, amount.start - 5), amount.start)
            or _suffix().match(self.text, amount.end)
        )

    def _levels(self, amount: _Amount) -> bool:
        """市、县两级 counts levels; 二级巡视员 does not."""
        before = self.text[max(0, amount.start - 1) : amount.start]
        return amount.written.unit == "级" and (
            amount.written.number == "两" or (before != "" and before in "县市乡村镇区省组")
        )

    def _within(self, amount: _Amount) -> bool:
        suffix = _suffix().match(self.text, amount.end)
        return suffix is not None and suffix["cue"].endswith("内")

    def _bare(self, amount: _Amount) -> bool:
        """Say whether a number without unit is one that a verb asks for: 立案155，处分149。"""
        written, text = amount.written, self.text
        if amount.value is None or not BARE_AFTER.match(text, amount.end):
            return False
        if written.han or written.scale:
            return any(char in written.number + written.scale for char in "万亿") and (
                self._money(amount.start)
            )
        if amount.value >= 10**7 and not any(char in written.number for char in BIG):
            return False
        return BARE_BEFORE.search(text, max(0, amount.start - 1), amount.start) is not None

    def _money(self, start: int) -> bool:
        clause = MONEY_NEAR.search(self.text, max(0, start - 14), start)
        return bool(clause and _money_words().search(clause[0]))

    # what is one ---------------------------------------------------------------------------------

    def _figure(self, amount: _Amount) -> Figure:
        start, prefix, currency = self._before(amount)
        end, suffix = self._after(amount)
        value, low, high, code = amount.value, amount.low, amount.high, amount.code
        cue = prefix or suffix
        if cue is not None and value is not None and code in (None, "over", "about"):
            low, high = _bounds(cue, value, low, high, code)
            code = cue.code
        unit, dimension, flags = self._unit(amount, currency)
        return Figure(
            span=Span(start, end),
            quantity=Quantity(value, low, high, unit, dimension, code),
            number=Span(amount.start, amount.number_end),
            unit=amount.unit_span,
            flags=(*amount.flags, *flags),
            per=self._per(amount.start, end),
        )

    def _unit(
        self, amount: _Amount, currency: str | None
    ) -> tuple[str | None, str | None, tuple[str, ...]]:
        if amount.unit is None:
            scaled = any(char in amount.written.number + amount.written.scale for char in "万亿")
            if currency or (scaled and self._money(amount.start)):
                return *_currency(currency or "人民币"), ("unit_inferred",)
            return None, None, ("unit_missing",)
        if currency and amount.unit == "元":
            return *_currency(currency), ()
        return amount.unit, amount.dimension, self._flags(amount)

    def _flags(self, amount: _Amount) -> tuple[str, ...]:
        flags = []
        unit = unitwords.units().get(amount.written.unit or "")
        if amount.written.number == "一" and unit and unit.one == "vague":
            flags.append("vague_one")
        if amount.dimension == "duration" and LATER.match(self.text, amount.end):
            flags.append("in_time")
        return tuple(flags)

    def _before(self, amount: _Amount) -> tuple[int, Approximator | None, str | None]:
        """Walk left over approximators and currencies; the nearest approximator is the one."""
        text, start = self.text, amount.start
        near: Approximator | None = None
        currency: str | None = None
        scale = bool(BARE_SCALE.fullmatch(amount.written.number)) or amount.written.unit is None
        for _ in range(4):
            found = _prefix(scale=scale).search(text, max(0, start - 6), start)
            if not found:
                break
            cue = _prefix_cues().get(found["cue"] or "")
            if found["currency"]:
                if amount.unit not in (None, "元"):
                    break
                currency = found["currency"]
                if text[found.start() - 1 : found.start()] == "合":
                    break  # 折合人民币 is the verb's own
            near = near or cue
            if cue and not cue.in_surface:
                break
            start = found.start()
        if near is None:
            near = self._separate(amount.start)
        return start, near, currency

    def _separate(self, start: int) -> Approximator | None:
        """Hear 至少 before a verb: 至少开展2次."""
        found = SEPARATE.search(self.text, max(0, start - 8), start)
        return _prefix_cues().get(found[0][:2]) if found else None

    def _after(self, amount: _Amount) -> tuple[int, Approximator | None]:
        found = _suffix().match(self.text, amount.end)
        if not found:
            return amount.end, None
        cue = approximators.cues("suffix")[found["cue"]]
        if cue.cue == "内" and amount.dimension not in ("duration", "workday"):
            return amount.end, None
        return found.end(), cue

    def _per(self, start: int, end: int) -> str | None:
        tail = PER_TAIL.match(self.text, end)
        if tail:
            return tail[1]
        low = max(0, start - 20)
        if self.text.rfind("每", low, start) < 0 and self.text.rfind("均", low, start) < 0:
            return None
        low = max(low, *(self.text.rfind(mark, low, start) for mark in "，。；：\n"))
        words: list[str] = []
        last = -1
        for found in PER.finditer(self.text, low, start):
            words = words if found.start() == last else []
            words.append(found[1] or found[2])
            last = found.end()
        return "·".join(words) or None


def _valued(written: Written) -> _Amount | None:
    """Value what is written; None where the numeral cannot be read."""
    if written.over is not None:
        return _fraction(written)
    quantity = _value(
        written.number, written.middle, written.scale, written.unit, written.tail, written.half
    )
    if quantity is None:
        return None
    value, low, high, code, flags = quantity
    name, dimension = _named(written)
    end = written.end
    if written.unit is None and not written.scale:
        end = written.number_end if not written.middle else written.end
    return _Amount(
        start=written.start,
        number_end=written.number_end,
        end=end,
        value=value,
        low=low,
        high=high,
        code=code,
        unit=name,
        dimension=dimension,
        unit_span=Span(written.unit_start, written.end) if written.unit else None,
        written=written,
        flags=flags,
    )


def _named(written: Written) -> tuple[str | None, str | None]:
    """Return the unit a figure is given in and its dimension."""
    if written.unit is None:
        return None, None
    if written.currency:
        return _currency(written.currency)
    unit = unitwords.units().get(written.unit)
    return (unit.name, unit.dimension) if unit else (written.unit, None)


Valued = tuple[Decimal | None, Decimal | None, Decimal | None, str | None, tuple[str, ...]]


@lru_cache(maxsize=8192)
def _value(
    number: str, middle: str | None, scale: str, unit: str | None, tail: str | None, half: bool
) -> Valued | None:
    flags: tuple[str, ...] = ()
    plain = number.translate(LETTERS)
    if plain != number:
        flags = ("repaired",)
    numeral = read_numeral(plain)
    if numeral is None:
        return (None, None, None, None, ("out_of_range",)) if _too_long(plain) else None
    value, low, high, code = numeral.value, numeral.low, numeral.high, numeral.approximator
    factor = _scale(scale) * _unit_scale(unit, value)
    extra = Decimal("0.5") if half or tail == "半" else Decimal(0)
    if tail and tail != "半":
        extra = (parse_number(tail) or Decimal(0)) / 10
    value, low, high = (
        None if one is None else _tidy((one + extra) * factor) for one in (value, low, high)
    )
    if middle and value is not None:
        cue = approximators.cues("mid")[middle]
        low, high = cue.bounds(value)
        code = cue.code
    return value, low, high, code, flags


def _too_long(number: str) -> bool:
    return re.fullmatch(r"[-−]?[0-9.,，]+[万亿千百]*", number) is not None


def _scale(scale: str) -> Decimal:
    return (parse_number("一" + scale) or Decimal(1)) if scale else Decimal(1)


def _unit_scale(unit: str | None, value: Decimal | None) -> Decimal:
    found = unitwords.units().get(unit or "")
    if found is None:
        return Decimal(1)
    if unit == "折" and value is not None and value > 10:
        return Decimal(1)  # 75折 is 7.5 tenths
    return found.scale


def _tidy(value: Decimal) -> Decimal:
    """Drop zeros behind the point: 1.5亿 is 150000000, not 150000000.0."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _fraction(written: Written) -> _Amount | None:
    """Read 三分之二 and 百分之五 as percentages."""
    base, top = parse_number(written.number), read_numeral(written.over or "")
    if not base or top is None:
        return None
    value, low, high = (
        None if one is None else _share(one, base) for one in (top.value, top.low, top.high)
    )
    return _Amount(
        start=written.start,
        number_end=written.number_end,
        end=written.end,
        value=value,
        low=low,
        high=high,
        code=top.approximator,
        unit="%",
        dimension="ratio",
        unit_span=None,
        written=written._replace(unit="%", number=f"{written.number}分之{written.over}"),
    )


def _share(top: Decimal, base: Decimal) -> Decimal:
    exact = top / base * 100
    return _tidy(round(exact, 4) if abs(exact) > SMALL_SHARE else exact)


def _fixed(found: re.Match[str]) -> _Amount:
    """Read a word that is number and unit in one: 过半, 翻番."""
    cue = _fixed_cues()[found[0]]
    lower = Decimal(cue.lower)
    upper = Decimal(cue.upper) if cue.upper else None
    multiple = cue.position == "multiple"
    return _Amount(
        start=found.start(),
        number_end=found.end(),
        end=found.end(),
        value=lower,
        low=lower,
        high=upper,
        code=None if cue.code == "exact" else cue.code,
        unit="倍" if multiple else "%",
        dimension="ratio",
        unit_span=None,
        written=Written(found.start(), found.end(), found.end(), found[0], unit="%"),
    )


def _between(first: _Amount, last: _Amount) -> _Amount:
    """Make one range of two amounts, or leave the first alone where they make none."""
    if first.unit is not None and first.unit != last.unit:
        return first
    low, high = first.low, last.high
    if low is None or high is None:
        return first
    if first.unit is None:
        low = _lifted(first, last)
    if low > high:
        return first
    return last._replace(
        start=first.start,
        value=None,
        low=low,
        high=high,
        code="range",
        written=last.written._replace(number=first.written.number + last.written.number),
    )


def _lifted(first: _Amount, last: _Amount) -> Decimal:
    """Lend the first end of a range the scale of the last: 3至5万元."""
    low = first.low or Decimal(0)
    unit = _unit_scale(last.written.unit, first.value)
    scale = re.search("[百千万亿佰仟萬億]+$", last.written.number)
    own = re.search("[百千万亿佰仟萬億]", first.written.number)
    whole = (last.high or Decimal(0)) / unit
    if scale and not BARE_SCALE.fullmatch(last.written.number):
        factor = _scale(scale[0] if not own else "".join(c for c in scale[0] if c in "万亿萬億"))
        big_own = own and any(char in "万亿萬億" for char in first.written.number)
        if not big_own and low < whole / factor:
            low *= factor
    return _tidy(low * unit)


def _sharing(one: _Amount, last: _Amount) -> _Amount:
    """Give a number of a list the unit and scale of its last: 12、7.5、3万元."""
    unit = _unit_scale(last.written.unit, one.value)
    scale = re.search("[百千万亿]+$", last.written.number)
    own = re.search("[百千万亿]", one.written.number)
    factor = unit * (_scale(scale[0]) if scale and not own else Decimal(1))
    value, low, high = (
        None if number is None else _tidy(number * factor)
        for number in (one.value, one.low, one.high)
    )
    return one._replace(
        value=value,
        low=low,
        high=high,
        unit=last.unit,
        dimension=last.dimension,
        written=one.written._replace(unit=last.written.unit),
        flags=(*one.flags, "unit_shared"),
    )


def _bounds(
    cue: Approximator, value: Decimal, low: Decimal | None, high: Decimal | None, code: str | None
) -> tuple[Decimal | None, Decimal | None]:
    """Bound a value by a cue before or behind it; 约150余家 keeps what 余 says."""
    if code is not None:
        return low, high
    return cue.bounds(value)


def _currency(word: str) -> tuple[str, str]:
    word = "美元" if word == "$" else word
    unit = unitwords.units().get(word)
    return (unit.name, unit.dimension) if unit else ("元", "money")


@cache
def _prefix(*, scale: bool) -> re.Pattern[str]:
    """Match what may stand directly before a number: approximators, currencies, 各."""
    cues = approximators.pattern("prefix")
    if scale:
        cues += "|" + approximators.pattern("scale_prefix")
    return re.compile(
        rf"(?:(?P<cue>{cues})|(?<![0-9])(?P<currency>{unitwords.currencies()}|[￥¥$])|各)[ \t]{{0,2}}\Z"
    )


@cache
def _prefix_cues() -> dict[str, Approximator]:
    return approximators.cues("scale_prefix") | approximators.cues("prefix")


@cache
def _fixed_cues() -> dict[str, Approximator]:
    return approximators.cues("whole") | approximators.cues("multiple")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(approximators.pattern("whole") + "|" + approximators.pattern("multiple"))


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(rf"{SP}(?:（含(?:本数)?）|\(含\))?(?P<cue>{approximators.pattern('suffix')})")


@cache
def _above() -> re.Pattern[str]:
    return re.compile(rf"{SP}(?:（含）)?以上(?:、|但?不[满足])?(?=[0-9一二两三四五六七八九十])")


@cache
def _below() -> re.Pattern[str]:
    return re.compile(f"{SP}(?:（含）)?(?:以[下内])?")


@cache
def _money_words() -> re.Pattern[str]:
    words = (row["word"] for row in unitwords.rows("money_words.tsv"))
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
