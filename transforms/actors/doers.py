"""Finds the bodies that no list names and that plainly act: 监测中心已受理, 吴庄村通过清理."""

from __future__ import annotations

import re
from functools import cache

from transforms.actors.acting import any_of, opening, words
from transforms.model import Span
from transforms.patterns import starts

LONGEST = 14  # characters of such a name
# A 村 or 科 acts only where a plain deed follows; what ends other names are the words `firm`.
WEAK = (
    "部(?<![内外全干本各总]部)(?![门队位署分])|办(?<![督交转经承协主举兴领]办)(?![公事理法案结])"
    "|村(?![民干组])|科|[一二三四五六七八九十]室|所(?<![场处厕]所)|站|厂|队|(?<!公司)账户"
)
DEED = "[共已累均]|先后|通过|对(?!于|照|标|接)|将|投入|利用|主动|采取|组织|抽调|安排|投资"
# What can be no part of a name: what is done to it stands before it.
NO_NAME = "[就因按曾已均以对在向为由与和及把被将到从的等全各们其这那个是有来我你他她它该此每]"
NO_WORDS = (
    "摧毁|捣毁|打掉|整合|领办|联合(?!会|执法|检查|督)|会同|协同|督促|推动|指导|要求|组织(?!部)"
)
CHAR = f"(?:(?!{NO_NAME}|{NO_WORDS})[\u4e00-\u9fff]|(?<=[祥永太兴泰仁平人云惠])和)"
POINTED = f"该{CHAR}{{0,6}}?"
BESIDE = f"(?:{CHAR}{{2,10}}[部科室局办处]、){{0,3}}"  # 风控部、|审计部
PLAIN = f"{CHAR}{{1,{LONGEST}}}?"
# 人社、公安等13个部门联合检查
LISTED = f"(?:(?![以对在向为由与和及把被将到从的等]|{NO_WORDS})[\u4e00-\u9fff]){{2,8}}"
LISTING = (
    f"(?:{LISTED}、){{0,6}}{LISTED}等"
    "(?:[0-9一二三四五六七八九十两]{1,3}个|多个|相关|有关|职能)?部门"
)


@cache
def ends() -> re.Pattern[str]:
    """Match the first character of what ends a name before a deed: a search skips all others."""
    first = f"[{''.join(sorted(starts(_acting(), 1)))}]"
    return re.compile(f"{first}(?<=(?={_acting()}){first})")


@cache
def _acting() -> str:
    deed = f"{DEED}|{any_of('does_alone')}"
    offices = f"(?<=[个等关能])部门(?={deed}|联合|协同)"
    return f"(?:(?:{any_of('firm')})(?={deed}|{any_of('does')})|{offices}|(?:{WEAK})(?={deed}))"


@cache
def _name() -> re.Pattern[str]:
    verbs = "|".join(word for word in words("does") if len(word) > 1)
    name = f"(?!(?:{verbs})(?!{any_of('firm')}))(?:{POINTED}|各?{BESIDE}{PLAIN}){_acting()}"
    return re.compile(f"{LISTING}(?={DEED}|{any_of('does_alone')}|联合|协同)|{name}")


def opening_with(text: str, clause: Span) -> Span | None:
    """Return the name that opens a clause, after dates and connecting words, and that acts."""
    begun = opening().match(text, clause.start, clause.end)
    return after(text, begun.end() if begun else clause.start, clause.end)


def after(text: str, start: int, end: int) -> Span | None:
    """Return the name that begins at `start`: after a region's name, a body of that region's."""
    match = _name().match(text, start, end)
    return Span(*match.span()) if match else None
