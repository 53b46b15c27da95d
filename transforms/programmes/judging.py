"""Say whether what stands before a head noun makes it the name of a programme, and how surely.

A programme is a campaign, action, activity, project, list, mechanism or inspection round with a
name of its own, one that could stand in a timeline. 专项整治, 专项治理 and 专项行动 are launched
under the name of their topic. A check (专项检查, 专项督查, 专项监督) with a mere topic is everyday
work: it is a programme if it has a name in quotes, a name with a deed of its own (护航春耕), if
it is launched (启动, 部署), or if the article comes back to it (该专项检查). A mechanism or a way
of checking is one where the organ makes it (建立, 推行), not where it is a means (通过, 依托).
"""

from __future__ import annotations

import re
from functools import cache

from transforms.patterns import alternatives
from transforms.programmes.headnouns import Found
from transforms.programmes.names import Named
from transforms.programmes.words import (
    CLOSE,
    MARKS,
    OPEN,
    any_verb,
    is_generic,
    opening,
    shortening,
    used,
    verbal,
)

# What follows on 集中整治 as a noun; before anything else it is a verb: 集中整治形式主义.
NOUN_NEXT = frozenset("中以工行期成的和与及暨取启开作有方领等将为推结阶进已覆后情“”‘’、") | MARKS
COUNT = re.compile(r"[0-9]{1,3}[个项条]")
LISTED = re.compile(r"[一-龥]{2}工程")
BARE_CORE = 4  # an unquoted name of fewer characters needs a verb before it
SHORT_NAME = 2
STRATEGY = 6
LONGEST = 40
CREATE_REACH = 40  # characters before a name in which the verb of its making stands
KINDS = ("类", "型", "式")  # “空壳类”信息平台: a kind of things is no name
# 4轮常规巡察、1轮专项巡察: how many there were is no name.
HOW_MANY = re.compile("[和与及对]?[0-9]{1,4}(?:余|多)?(?:轮|次|场|期|批|个|家|名)(?!必|带头|严禁)")
HELD = re.compile("[0-9]{1,5}[余多]?[场次期批]")  # 廉洁主题活动36场次
SO_MANY = re.compile("[0-9]{1,4}[余多]?[个项次轮场]$")  # …等28个专项整治
JOINED = re.compile("[\u4e00-\u9fff][+＋]|——")  # 随机抽查+专项检查 are ways of checking
CHANNELS = frozenset({"微信公众号", "二维码", "小程序", "热线"})  # named where they are opened
ACTIVITY = "ck_theme_activity"
MADE = "ck_mechanism"  # a name where it is made


def is_name(text: str, found: Found, name: Named) -> bool:
    """Say whether what stands before a head noun makes it the name of a programme."""
    form, core = found.head.form, name.core
    if form in {"fixed", "titled"}:
        return len(core) <= LONGEST and (form == "fixed" or _in_brackets(text, found))
    if form == "counted" and not name.quoted:
        return bool(COUNT.fullmatch(core))
    if len(core) > LONGEST or verbal().search(core) or HOW_MANY.match(core):
        return False
    if (
        is_generic(core)
        or core in used("short")
        or core.endswith(_never_last())
        or core.rstrip(CLOSE).endswith(KINDS)
        or SO_MANY.search(core)
        or (not name.quoted and found.head.kind == ACTIVITY and HELD.match(text, name.end))
        or core.rstrip(OPEN).endswith("线索")  # 问题线索“大起底” is a step of handling
        or (JOINED.search(core) and not (name.quoted and found.head.kind == "ck_mechanism"))
    ):
        return False
    if form == "named":
        least = SHORT_NAME if name.quoted or name.bounded else BARE_CORE
        return len(core) >= least and not _is_verb(text, found, name)
    return core not in used("concept") and _fits(text, found, name)


def _fits(text: str, found: Found, name: Named) -> bool:
    """Say whether a common head noun stands as its form asks: quoted, listed, a short strategy."""
    if found.head.form == "after_quote" and text[found.start - 1 : found.start] not in set(CLOSE):
        return False
    if name.quoted:
        return len(name.core) >= SHORT_NAME
    if found.head.form == "listed":
        return _in_list(text, found, name.core)
    short = SHORT_NAME <= len(name.core) <= STRATEGY
    return found.head.form == "strategy" and name.bounded and short


def _in_brackets(text: str, found: Found) -> bool:
    return text[found.start - 1 : found.start] == "《" and text.startswith("》", found.end)


def _is_verb(text: str, found: Found, name: Named) -> bool:
    """Tell 集中整治形式主义 (what is done) from 突出问题集中整治 (what it is called)."""
    if name.quoted or found.head.kind != "ck_special_rectification":
        return False
    after = text[found.end : found.end + 1]
    if found.head.word.startswith("专项") and (name.bounded or after == "各"):
        return False  # 开展扶贫领域作风问题专项治理五项, 乱象专项治理各牵头部门
    return after not in NOUN_NEXT and found.end < len(text)


def _in_list(text: str, found: Found, core: str) -> bool:
    """Say whether 强责工程 stands in a list of its like."""
    if len(core) != SHORT_NAME:
        return False
    before = text[found.start - 3 : found.start - 2] == "、" and text[: found.start - 3].endswith(
        "工程"
    )
    after = text[found.end : found.end + 1] == "、" and LISTED.match(text, found.end + 1)
    return bool(before or after)


def is_sure(text: str, found: Found, name: Named) -> bool:
    """Say whether a name stands for itself; else the article must come back to it."""
    head = found.head
    supervises = head.kind == "ck_special_supervision"
    if head.kind == MADE or head.word in CHANNELS:
        return _verb_before(text, name.start) in used("create")
    if head.form == "after_quote" and (supervises or head.kind == "ck_regular_check"):
        return _verb_before(text, name.start) in used("create") | _opening_verbs()
    if not supervises or head.form != "named" or head.word.endswith("行动"):
        return True
    if name.quoted and "“" not in name.core:
        return name.core not in used("concept")
    return bool(_deed().search(name.core)) or _verb_before(text, name.start) in used("create")


def _verb_before(text: str, start: int) -> str:
    """Return the last verb in front of a name, within its clause."""
    low = max(0, start - CREATE_REACH)
    low = max(low, *(text.rfind(mark, low, start) + 1 for mark in "，。；：\n"))
    found = [match[0] for match in any_verb().finditer(text, low, start)]
    return found[-1] if found else ""


@cache
def _opening_verbs() -> frozenset[str]:
    return frozenset(word for word in used("launch") if "开展" in word)


@cache
def _deed() -> re.Pattern[str]:
    """Match the deeds a check is named for: 护航, 助力."""
    return re.compile(alternatives(used("deed")))


@cache
def _long_shorts() -> tuple[str, ...]:
    """Return the words that point back wherever they end what stands before a head noun."""
    return tuple(word for word in used("short") if len(word) > 1)


@cache
def _never_last() -> tuple[str, ...]:
    """Return what no name ends with before its head noun."""
    return (*_long_shorts(), "等", "和", "与", "及")


def points_back(text: str, found: Found, name: Named) -> bool:
    """Say whether a head noun without a name stands for a programme named before."""
    if found.head.form != "named":
        return False
    if name.core.endswith(_long_shorts()):
        return True
    if name.core.strip("该此次本这一项个轮上述其"):
        return False
    low = max(0, found.start - 3)
    if shortening().search(text, low, found.start) or found.head.kind == "ck_party_education":
        return True
    begins = found.start == 0 or text[found.start - 1] in MARKS
    return begins and bool(opening().match(text, found.end))
