"""The zone between headline and body: when an article was published, by whom, written by whom.

Labels (来源：, 发布时间：) are rows of page_labels.tsv; a value runs to the next label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache

from transforms.document import fold
from transforms.lexicon import rows

CHINA = timezone(timedelta(hours=8))
DATE = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})\s?[-/.年－／]\s?(?P<month>[0-9]{1,2})\s?[-/.月－／]\s?"
    r"(?P<day>[0-9]{1,2})(?![0-9])\s?日?"
    r"(?:[T\s]{0,4}(?P<half>上午|下午|中午|晚上|凌晨)?\s?(?P<hour>[0-9]{1,2})\s?[:：时]\s?(?P<minute>[0-9]{2})(?![0-9])"
    r"(?:[:：][0-9]{2}(?:\.[0-9]{1,6})?)?(?P<zone>Z|[+-]00:?00)?)?"
)
SPACED_LABEL = re.compile(r"(来|作|编)\s{1,8}(源|者|辑)(?=\s?[:：])")  # 来　源：
EDGES = " \t|｜/【】[]（）()；;，,、-—:："
LINE_END = "  "  # between the lines of a zone; within one there are only single spaces
LONGEST_VALUE = 60
AFTERNOON, NOON = ("下午", "晚上"), 12
SENTENCE = re.compile(r"[。！？；]")  # no name of a source: the label has no value, the text begins
ORGAN = re.compile(
    r"[\u4e00-\u9fff]{0,14}(?:纪委|监委|监察局|监察厅|委员会|政府|办公室|[市县区]委|宣传部|组织部|"
    r"[局厅院网台]|网站|日报|晚报|时报|通讯社|新华社|杂志社|融媒体中心|新闻中心)"
)
CREDIT = re.compile(r"\s?[（(【\[]?(?:实习|见习)?(?:摄影|摄像|图|供图|制图)[:：/].*")
SITE_WORDS = re.compile(r"(?:原创|原创稿|转载)$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time of publication in Asia/Shanghai; `precise` says whether the minute was printed."""

    at: datetime
    precise: bool

    def same_day(self, other: Stamp) -> bool:
        """Say whether both name one day."""
        return self.at.date() == other.at.date()


@dataclass(frozen=True, slots=True)
class Header:
    """What a header zone says; None where it says nothing, "" where a label has no value."""

    stamp: Stamp | None = None
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    issuer: str | None = None  # 发布机构：of the form above a document


@lru_cache(maxsize=8)  # one page asks for its zone more than once
def read_header(text: str) -> Header:
    """Read the labels of a header zone; its lines are joined by two spaces."""
    text = SPACED_LABEL.sub(r"\1\2", fold(text))
    values = _labelled(text)
    stamp = stamp_of(values.get("date") or "") or stamp_of(text)
    return Header(stamp, *map(values.get, ("source", "author", "editor", "issuer")))


def stamp_of(text: str) -> Stamp | None:
    """Return the first date in the text, or the same date with a minute where one is printed."""
    found = [stamp for match in DATE.finditer(text[:2000]) if (stamp := _stamp(match))]
    if not found:
        return None
    twins = (stamp for stamp in found if stamp.precise and stamp.same_day(found[0]))
    return next(twins, found[0])


def label_roles(text: str) -> list[str]:
    """Return the roles of a line's labels, in order; none where it does not begin with a label."""
    text = SPACED_LABEL.sub(r"\1\2", text)
    marks = [mark for mark in _label().finditer(text) if mark[1]]
    return [_roles()[mark[1]] for mark in marks] if marks and not marks[0].start() else []


def unlabelled_source(text: str) -> str | None:
    """Return the name that stands right after or before the date: 2021-03-29 15:32 南宁日报."""
    date = DATE.search(text)
    if date is None:
        return None
    before = text[: date.start()].strip(EDGES).split(" ")[-1]
    if ORGAN.fullmatch(before):
        return before
    words = " ".join(text[date.end() :].split()).strip(EDGES)
    word = words.split(" ")[0].strip(EDGES)
    plain = re.fullmatch(r"[\u4e00-\u9fff]{2,16}", word)
    return word if plain and not _label().search(word + "：") else None


def _labelled(text: str) -> dict[str, str]:
    """Return the first value of each role that has one."""
    values: dict[str, str] = {}
    marks = list(_label().finditer(text))
    ends = [*(mark.start() for mark in marks), len(text)][1:]
    for mark, end in zip(marks, ends, strict=True):
        role = _roles()[mark[1] or mark[2]]
        value = _value(text[mark.end() : end], role)
        if not values.get(role):
            values[role] = value
    return values


def _value(text: str, role: str) -> str:
    if role == "date":
        return text[:LONGEST_VALUE]
    date = DATE.search(text[: 2 * LONGEST_VALUE])
    value = (text[: date.start()] if date else text).lstrip(EDGES).partition(LINE_END)[0]
    if len(value) > LONGEST_VALUE:
        value = value[:LONGEST_VALUE].partition(" ")[0]
    if role in {"source", "issuer"} and SENTENCE.search(value):
        return ""
    return SITE_WORDS.sub("", CREDIT.sub("", value).strip(EDGES)).strip(EDGES)


def _stamp(match: re.Match[str]) -> Stamp | None:
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    precise = match["hour"] is not None
    hour, minute = (int(match["hour"]), int(match["minute"])) if precise else (0, 0)
    if match["half"] in AFTERNOON and hour < NOON:
        hour += NOON
    try:
        at = datetime(year, month, day, hour, minute, tzinfo=CHINA)
    except ValueError:
        return None
    return Stamp(at + timedelta(hours=8) if match["zone"] else at, precise)


@cache
def _roles() -> dict[str, str]:
    return {row["label"]: row["role"] for row in rows("page_labels.tsv")}


@cache
def _label() -> re.Pattern[str]:
    words = sorted(_roles(), key=len, reverse=True)
    bare = [word for word in words if _roles()[word] == "stop"]  # 打印 ends a value without a colon
    return re.compile(
        rf"({'|'.join(map(re.escape, words))})\s?[:：]\s?"
        rf"|(?<![\u4e00-\u9fff])({'|'.join(map(re.escape, bare))})"
    )
