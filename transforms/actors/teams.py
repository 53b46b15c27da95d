"""Matches the teams an organ sends and the rounds of inspection it holds: 问责专班, 第四轮巡察."""

from __future__ import annotations

import re
from functools import cache

from transforms.actors.acting import NUMBER, any_of
from transforms.model import Span

ROUND = re.compile(
    f"(?:[{NUMBER}]{{1,3}}届)?(?:第[{NUMBER}]{{1,3}}|首|本|[{NUMBER}])?轮?"
    "(?:常规|专项|提级|交叉|延伸)?(?:巡察|巡视)组?(?![员]|整改|反馈|办|工作领导|利剑)"
    f"(?:[{NUMBER}]{{1,3}}个(?:巡察|巡视)组)?"
)
LISTED_ON = re.compile("[^，,。；0-9]{2,24}等[0-9]{1,4}[个家所名]")
HELD = re.compile("(?<![针面绝相应核])对[^。；]{2,80}[0-9][个家所名][^。；0-9]{0,16}$")
# The last characters of what is listed, and a list that 对 opened and no verb has ended.
NAMED = frozenset("村镇乡区道局")
NO_VERB = "(?!开展|进行|实施|督促|发现|完成|查处|检查|巡察|作出|给予|提出|负责)"
OPENED = re.compile(f"(?<![针面绝相应核])对(?:{NO_VERB}[^。；;\n]){{4,150}}[，,]$")
LIST_REACH = 160  # characters before a clause in which 对 may open a list
ROUND_REACH = 14  # characters after a name in which the 巡 of its round of inspection stands
TEAM_REACH = 16  # characters of a team's own topic: 县纪委监委|营商环境专项|督查组
# What stands before a team without being of its name: 成立, 派出, 组织, 在, 对 …
NO_TOPIC = (
    "[分又先再还也均多次两成派抽选由会的对向和与及在到把将被是为有设据经要请让使给从并等共已了着过进入随赴给自以下内中"
    "每各该本组抓推开采立聚紧围建统筹牵安充发依通某]"
)
NO_WORDS = "配合|协助|协同|积极|主动|立即"
TOPIC = (
    f"(?:中央|全面推行|(?!{NO_TOPIC}|{NO_WORDS}|联合(?![督检调工监巡执核排]|$))[\u4e00-\u9fff“”])"
)


# 察访组, 核验组: what a team does tells that it is one.
DOES = "[督查检导察访研核验评估监考办战巡]组"
OFFICES = "厂|总站|站|所|中心|大队|中队|支队|分局|科|室"  # 市水利局|孙店供水厂
NO_OFFICE = "[投建改修拨配送资新扩关停整治检查督办调审批审]"
OFFICE = re.compile(
    f"(?:(?!{NO_OFFICE}){TOPIC}){{1,8}}?(?:{OFFICES})(?=[通在对于已共将按从以先采累还也]|发现|开展)"
)


@cache
def _own_team() -> re.Pattern[str]:
    many = f"(?:[{NUMBER}]{{1,3}}个)?"  # 省委|8个巡视组
    team = f"(?:{any_of('team')}|{DOES})(?![组员长人成内织])"
    return re.compile(f"{many}(?:{TOPIC}|12345){{0,{TEAM_REACH}}}?{team}")


@cache
def _begun() -> re.Pattern[str]:
    """Match how many teams and their topic, up to the words of the team itself."""
    return re.compile(f"(?:[{NUMBER}]{{1,3}}个)?{TOPIC}{{0,{TEAM_REACH}}}$")


def after(text: str, stop: int, end: int) -> re.Match[str] | None:
    """Match the team of the organ whose name ends at `stop`: 县纪委监委|问责专班."""
    return _own_team().match(text, stop, min(end, stop + 2 * TEAM_REACH))


def office(text: str, stop: int, end: int) -> re.Match[str] | None:
    """Match the station or plant of the bureau whose name ends at `stop`."""
    return OFFICE.match(text, stop, min(end, stop + TEAM_REACH))


def begin(text: str, low: int, start: int) -> int:
    """Return where the name of a team begins whose last words begin at `start`."""
    found = _begun().search(text, max(low, start - TEAM_REACH), start)
    return found.start() if found else start


def round_after(text: str, stop: int, end: int) -> re.Match[str] | None:
    """Match the round of inspection right after a name; few texts have one at all."""
    if text.find("巡", stop, stop + ROUND_REACH) < 0:
        return None
    return ROUND.match(text, stop, end)


def goes_on_list(text: str, clause: Span) -> bool:
    """对甲村等8个重点村，乙镇丙村等6个重点村开展巡察: what 对 opened goes on, nobody acts."""
    if text[clause.start - 1] not in "，,":
        return False
    low = max(0, clause.start - LIST_REACH)
    if text[clause.start - 2] in NAMED and OPENED.search(text, low, clause.start):
        return True  # 对甲镇乙村、丙村，|丁镇戊村等6个镇街开展巡察
    if text.find("等", clause.start, clause.end) < 0:
        return False
    held = HELD.search(text, low, clause.start)
    return held is not None and LISTED_ON.match(text, clause.start, clause.end) is not None
