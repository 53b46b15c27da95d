"""Holds the names of a text, and says whose of a list a figure is: 南宁市73起、柳州市88起."""

from __future__ import annotations

import re
from bisect import bisect_left

from transforms.actors import acting
from transforms.actors.acting import NUMBER
from transforms.actors.stances import Subject
from transforms.model import Mention, Span

GIVEN = re.compile("(?:[向对给同与赴到]|进驻|走访|覆盖)[^向对给，]{2,56}、$")
GIVEN_REACH = 60  # characters before a name in which a list of addressees opens
ADVERBS = re.compile("[共已又还先后累计均]{0,4}")
SHORT_DEED = re.compile("[共已又还先后累计均]{0,4}[\u4e00-\u9fff]{0,4}")
SHARE = re.compile(f"(?<![{NUMBER}.])[{NUMBER}]{{1,12}}(?:\\.[0-9]{{1,4}})?[余多]?[\u4e00-\u9fff%]")
BESIDE = re.compile("[\u4e00-\u9fff]{0,4}(?:[、和及,，]|以及)[^0-9，,。]{0,12}")
LISTED = re.compile("(?:^|[、，,；;：:]|其中|[是为的]|[0-9][\u4e00-\u9fff]{1,2}[、，])$")
LIST_REACH = 40  # characters before a verb in which a name bears its own figure
SHARES_REACH = 200  # characters that 分别 and the figures it shares out may take
MADE_UP = re.compile("[^的将把]{0,30}?(?:组成|组建|[任为][组队]长|挂帅)的?")


class Named:
    """The names of one text, to be asked for by where they begin."""

    def __init__(self, text: str, mentions: list[Mention]) -> None:
        self.text = text
        self._mentions = mentions
        self.starts = [mention.span.start for mention in mentions]

    def at(self, start: int) -> Mention | None:
        """Return the mention that begins there."""
        found = self.first_in(start, start + 1)
        return found if found and found.span.start == start else None

    def first_in(self, start: int, end: int) -> Mention | None:
        """Return the first mention that begins in [start, end)."""
        index = bisect_left(self.starts, start)
        near = index < len(self.starts) and self.starts[index] < end
        return self._mentions[index] if near else None

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that begin in [start, end)."""
        return self._mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def listed(self, clause: Span, anchor: int, figure: int) -> Subject | None:
        """Return 柳州市 in 南宁市73起、柳州市88起: a name right before its own figure or verb."""
        near = max(clause.start, anchor - LIST_REACH)
        for mention in self.within(near, max(anchor, figure)):
            stop = mention.span.end
            at_verb = stop <= anchor and ADVERBS.fullmatch(self.text, stop, anchor)
            if not at_verb and not self._at_figure(mention, figure):
                continue
            if stop == figure and self._of_list(mention):
                continue
            if MADE_UP.match(self.text, stop, clause.end) or self._given(clause, mention):
                continue
            if acting.partner().search(self.text, clause.start, mention.span.start):
                break  # 会同市财政局、市教育局开展: those who are brought in
            if LISTED.search(self.text[clause.start : mention.span.start][-4:]):
                return Subject(mention.span, mention, mention.kind)
        return None

    def _shares(self, start: int, end: int) -> list[re.Match[str]]:
        """Return the figures that stand side by side: 查处27人、21人、20人|位居前三位."""
        shares: list[re.Match[str]] = []
        for share in SHARE.finditer(self.text, start, end):
            if shares and not BESIDE.fullmatch(self.text, shares[-1].end(), share.start()):
                break
            shares.append(share)
        return shares

    def _at_figure(self, mention: Mention, figure: int) -> bool:
        """Say whether a place stands before its own figure: 柳州市|移送|88起."""
        stop = mention.span.end
        near = mention.kind == "region" and stop <= figure
        return near and SHORT_DEED.fullmatch(self.text, stop, figure) is not None

    def _of_list(self, mention: Mention) -> bool:
        """Say whether a name follows on another, so that a figure counts both: 甲村、乙村2个村."""
        start = mention.span.start
        index = bisect_left(self.starts, start) - 1
        near = self.text[start - 1 : start] in {"、", "和", "及"} and index >= 0
        return near and self._mentions[index].span.end == start - 1

    def _given(self, clause: Span, mention: Mention) -> bool:
        """Say whether a name ends a list that 向 or 对 opens: 向省委、省政府提出."""
        start = max(clause.start, mention.span.start - GIVEN_REACH)
        return GIVEN.search(self.text, start, mention.span.start) is not None

    def respective(self, actor: Subject, clause: Span, figure: int) -> Subject | None:
        """Return the second of 甲县、乙县 for the second figure of 分别约谈3人、5人."""
        told = self.text.rfind("分别", max(actor.span.end, figure - SHARES_REACH), figure)
        if told < 0 or actor.span.end - actor.span.start > SHARES_REACH:
            return None
        members = self.within(actor.span.start, actor.span.end)
        if len(members) == 1:
            return None
        end = min(clause.end, told + SHARES_REACH)
        shares = self._shares(max(told, clause.start), end)
        places = [place for place, share in enumerate(shares) if share.start() <= figure]
        if len(members) != len(shares) or not places:
            return None
        one = members[places[-1]]
        return Subject(one.span, one, one.kind)
