"""Tells the time of the things that are looked into from the time of the looking."""

from __future__ import annotations

import re
from typing import Final

from transforms.model import Span
from transforms.periods.timescan import TimeScan

# 核查2022年度30户, 开展2022年度…的再核查: the year of what is looked into, not of the looking.
CHECKING = (
    "调取|提取|导出|抓取|核查|复核|审核|审计|检查|抽查|回访|比对|查阅|调阅|清查|评估|听取|审议"
)
LOOKED_INTO = re.compile(f"(?:{CHECKING})了?$")
# 起底2021年以来…: from when on the things are, not the looking.
DUG_UP = re.compile(
    f"(?:展示|回顾|总结|起底|倒查|回溯|清退|退还|清缴|补发|排查|摸排|梳理|筛查|清理|检视|复查|{CHECKING})(?:出?了|出)?$"
)
TAKEN_UP = re.compile("(?:开展|对|组织|启动|进行|完成)了?$")
THEN_CHECKED = re.compile(
    f"度?[^，,。；;\n]{{1,30}}?(?:的|进行|开展)(?:再|全面|专项)?(?:{CHECKING}|核实)"
)

# 过去三年遗留的19项, 党的十七大以来暂存的…: from when on they lay there, not the deed.
LEFT_OVER = re.compile("度?(?:遗留|积压|沉淀|沉积|拖欠|积欠|暂存|历欠|累积)(?:下来)?的")
# 全县计划今年完成的9处: how many were to be done, whenever that was.
DUE = re.compile("(?:计划|预计|拟|应)$")
DUE_OF = re.compile("[^，,。；;\n0-9]{1,12}的")
# 对全镇2019年度确定的12户进行走访: which are meant, not when they were called on.
GIVEN_IN = re.compile("(?:对|聚焦|围绕|紧盯)[^，,。；;：:\n]{0,8}$")
THEN_DONE = re.compile("度?[^，,。；;\n]{1,60}?的[^，,。；;\n]{1,40}?(?:进行|开展|予以|给予)")
THEN_AUDITED = re.compile(
    "[^，,。；;\\n]{1,30}?(?:进行|开展)[\u4e00-\u9fff]{0,4}(?:核查|复核|审核|审计|检查|清查|排查|复查)"
)
THEN_TREATED = re.compile("[^，,。；;\n]{1,60}?的[^，,。；;\n]{1,40}?(?:进行|予以|给予)")
RANGES: Final = frozenset({"years", "months"})  # 起底2013年-2017年
PLAIN: Final = frozenset({"year", "half", "quarter", "months", "month"})


def of_things(scan: TimeScan, span: Span) -> bool:
    """Say whether a time tells since when things lay there: 过去三年遗留的19项问题."""
    return LEFT_OVER.match(scan.text, span.end) is not None


def of_given(scan: TimeScan, span: Span) -> bool:
    """Say whether a time tells which are meant: 对去年以来未报批的11人进行教育."""
    given = scan.before(GIVEN_IN, span.start, 10)
    done = THEN_TREATED.match(scan.text, span.end) or THEN_AUDITED.match(scan.text, span.end)
    return given is not None and done is not None


def of_object(scan: TimeScan, span: Span, grain: str) -> bool:
    """Say whether a time belongs to what is looked into: 核查2022年度的补贴."""
    due = scan.before(DUE, span.start, ends="划计拟应") and DUE_OF.match(scan.text, span.end)
    if due or of_things(scan, span):
        return True
    if grain in RANGES and scan.before(DUG_UP, span.start, 8):
        return True
    if grain in PLAIN and scan.before(GIVEN_IN, span.start, 10):
        return THEN_DONE.match(scan.text, span.end) is not None
    if grain != "year":
        return False
    if scan.before(LOOKED_INTO, span.start):
        return True
    taken = scan.before(TAKEN_UP, span.start)
    return bool(taken and THEN_CHECKED.match(scan.text, span.end))
