"""Compiles the words of actor_cues.tsv: who may act, what makes them act, what stands before."""

from __future__ import annotations

import re
from functools import cache

from transforms import lexicon
from transforms.patterns import alternatives

NUMBER = "0-9〇零一二三四五六七八九十两几"
FORMER_REACH = 24  # characters after a place in which 原 may tell a former post
# 新华网长沙9月5日电 opens an article before whoever acts.
DATELINE = re.compile(
    "(?:[\u4e00-\u9fff]{2,20}[0-9]{1,2}月[0-9]{1,2}日(?:专?电|讯)|(?:本报|本网|本台)[\u4e00-\u9fff]{0,6}讯)"
    "(?:[（(][^（）()]{0,24}[）)])?[ \u3000]{0,2}"
)
TOLD_OF = re.compile(
    "聚焦|围绕|紧盯|针对|展示|回顾|总结|梳理|介绍|汇报|听取|分析|反映"
)  # 展示2022年以来某区的成果
TIME = (
    f"(?:[{NUMBER}]{{1,4}}(?:年度?|月份?|日|号|时|季度|月底|年底|月初|个月|周年|届)?"
    '|第|至|到|—|-|~|、|底|初|末|[“”‘’"（(《》）) ])'
)

# 20个省区的 before 纪检监察机关 says how many act.
SO_MANY = (
    f"[{NUMBER}]{{1,3}}个(?:省区市|省区|省份|省|地市|市州|县市区|县区|市|县|区|乡镇|镇街|部门)?的?"
)


@cache
def words(kind: str) -> tuple[str, ...]:
    """Return the words of one kind of actor_cues.tsv, longest first."""
    found = (
        word
        for row in lexicon.rows("actor_cues.tsv")
        if row["kind"] == kind
        for word in lexicon.listed(row["words"])
    )
    return tuple(sorted(found, key=len, reverse=True))


def any_of(kind: str) -> str:
    """Return the words of one kind as alternatives."""
    return alternatives(words(kind))


@cache
def opening() -> re.Pattern[str]:
    """Match what may stand before a subject: dates, 同时, 据悉."""
    return re.compile(f"(?:{any_of('opening')}|{TIME}|{SO_MANY}){{0,12}}")


@cache
def group() -> re.Pattern[str]:
    """Match the people or units right after an organ: 各级党政主要领导."""
    return re.compile(f"(?:{any_of('group_before')}){{0,4}}(?:{any_of('group')})")


@cache
def field_people() -> re.Pattern[str]:
    """Match the system of a trade, or an account, right after a place: 住房城乡建设|系统."""
    return re.compile(
        "(?:(?![对向在由把将被和与及的共])[\u4e00-\u9fff]){2,8}?(?:系统|账户)(?![性地内的化工])"
    )


@cache
def group_begins() -> frozenset[str]:
    """Return the characters `group` can begin with."""
    return frozenset(word[0] for word in (*words("group_before"), *words("group")))


@cache
def titled() -> re.Pattern[str]:
    """Match a post right after an organ: its holder acts."""
    titles = any_of("title")
    part = "党组|党委|党工委|党总支|党支部|政府|常务|机关|[\u4e00-\u9fff]{1,8}[局处室办科部司队]"
    return re.compile(f"(?:{part})?副?(?:{titles})(?!会)(?:、副?(?:{titles})){{0,3}}")


@cache
def title() -> re.Pattern[str]:
    """Match the titles alone: where none stands near, `titled` has nothing to match."""
    return re.compile(any_of("title"))


@cache
def former() -> re.Pattern[str]:
    """Match a former post some words after a place or an organ: 省烟草公司原党委书记."""
    within = "[^，。；：、\\n]"
    titles = any_of("title")
    return re.compile(f"{within}{{0,{FORMER_REACH}}}?(?:原|时任){within}{{0,8}}?(?:{titles})")


@cache
def joint() -> re.Pattern[str]:
    """Match what lists organs that act; one that 会同 or 联合 brings in is no actor of its own."""
    return re.compile("[、和与及]|以及")


@cache
def partner() -> re.Pattern[str]:
    """Match the word that brings in organs which act beside the subject: 会同, 联合."""
    return re.compile(any_of("co"))


@cache
def joint_begins() -> frozenset[str]:
    """Return the characters `joint` can begin with."""
    return frozenset("、和与及以")


@cache
def urge() -> re.Pattern[str]:
    """Match the verb that makes the organ after it act."""
    return re.compile(f"(?:{any_of('urge')})(?:辖区|有关|属地|所在|并|各级?)?")


@cache
def collective() -> re.Pattern[str]:
    """Match actors without a name of their own: 相关部门, 检查组."""
    team = any_of("team")  # each branch begins with a literal: a search skips what none begins with
    pointed = "|".join(f"{word}(?:{team})" for word in "各该本")
    # 四市已办结; each branch begins with a literal, so that a search can skip to it.
    tail = f"(?<![第{NUMBER}].)[两三四五六七八九十]?[市县区](?=[已共均都分])"
    places = "|".join(f"{some}{tail}" for some in "两三四五六七八九十")
    # 察访组 that does something; only its last character, so that a search skips fast.
    other = (
        "组(?<=[督查检导察访研核验评估监考办战巡]组)(?=[先分共对通采深到赴累已还及]|发现|走访|实地)"
    )
    return re.compile(f"{alternatives(words('collective'))}|{pointed}|{team}|{places}|{other}")


@cache
def units() -> re.Pattern[str]:
    """Match units without a name of their own, and the people of them: 市场监管、住建等部门."""
    listing = "[\u4e00-\u9fff、]{1,24}?等(?:相关|有关|职能|多个)?(?:部门|单位)"
    people = f"(?:(?:{any_of('group_before')}){{0,2}}(?:{any_of('group')}))?"
    return re.compile(f"(?:{any_of('collective')}|{listing}){people}")


@cache
def loose() -> re.Pattern[str]:
    """Match what may stand right before an office: 相关|纪检监察组, 医保、|卫生健康部门."""
    fields = any_of("field")
    return re.compile(f"(?:该|各?(?:相关|有关|涉事|涉案)|多[个家]|(?:(?:{fields})[、和]){{1,6}})$")


def opens(before: str) -> bool:
    """Say whether these words may stand between a clause's start and its subject."""
    if before.endswith(("到", "至")) and not before.endswith(("截至", "直至")):
        return False  # 到县医保局开展检查: where one goes
    if dated := DATELINE.match(before):
        before = before[dated.end() :]
    if not before or opening().fullmatch(before):
        return True
    return before.endswith(words("adverbial")) and not TOLD_OF.match(before)
