"""Finds the deed that stands beyond the figure's clause: past a bracket, after 将…， or 对…，."""

from __future__ import annotations

import re
from collections import deque

from transforms.measures.candidates import Candidate
from transforms.measures.clauses import Place
from transforms.measures.settings import either, words
from transforms.measures.triggers import Hit
from transforms.measures.weighing import PEOPLE, Scale
from transforms.patterns import searchable

BRACKET = re.compile("[（(][^（()）\n]{1,24}[）)]")
LATER = re.compile(searchable(f"(?:{either('later')})$"))
NEXT_STOP = re.compile("[，,；;。\n]")
DIGIT = re.compile("[0-9]")
NEXT_WORDS = 14  # characters after a bracket in which the deed stands
MOVED = re.compile(searchable("(?<![即必势])[将把](?![象标照近要会])"))
HOLDS = re.compile(
    searchable(
        "(?:(?<![针面绝相应核])对|(?<![方纵横走定导意倾])向|(?<![即必势])将|(?<!一)把)(?![象标照近要会手应比])"
    )
)
WRONGS = words("wrong")
NEXT_CLAUSE = 16  # characters of the next clause in which the deed on 将… must stand
# 对37家单位服务企业的情况，通过暗访等方式进行检查: the way stands before the deed.
BY_WAY = re.compile(f"[，,](?:{either('by')})[^。；]{{2,70}}?(?:{either('way')})(?=进行|开展|予以)")
LIST_ON = 120  # characters over which a list after 对 may go on
DONE_ON = re.compile(f"(?:{either('done_on')})[^，。；]{{0,10}}$")
NEXT = 4  # figures that are looked at


def deeds(scale: Scale, place: Place, hit: Hit) -> list[Candidate]:
    """Return what a word after the figures may mean as a deed: 巡察 far off names no round.

    对26所高校、12个团体的巡视: after 的 it is what was done to them.
    """
    told = scale.text[hit.start - 1] == "的" and held_from(scale, place) is not None
    return [
        one
        for one in scale.weigh(place, hit, "far")
        if told or one.sense.role != "noun" or one.sense.code in hit.trigger.done
    ]


def past_bracket(scale: Scale, place: Place) -> list[Candidate]:
    """对108个单位（含70个村居）开展督查: a remark parts the figure from its deed."""
    bracket = BRACKET.match(scale.text, place.clause.end)
    if bracket is None:
        return []
    hits = scale.between(bracket.end(), bracket.end() + NEXT_WORDS)
    return next((found for hit in hits if (found := deeds(scale, place, hit))), [])


def through_people(scale: Scale, place: Place, before: Place) -> list[Candidate]:
    """追缴188人违规领取资金10万元: the deed before the people is one on their money."""
    people = before.clause == place.clause and before.figure.quantity.dimension in PEOPLE
    if not people or place.figure.quantity.dimension != "money":
        return []
    hits = scale.between(before.left.start, before.left.end)
    near = [hit for hit in hits if hit.end == before.left.end]
    return [one for hit in near for one in scale.weigh(place, hit, "list")]


def later_on(scale: Scale, place: Place) -> list[Candidate]:
    """35名受处分干部在影响期满后，得到提拔: a clause that tells when waits for the next."""
    end = place.clause.end
    if not LATER.search(scale.text, place.figure.span.end, end):
        return []
    stop = NEXT_STOP.search(scale.text, end + 1, place.sentence.end)
    limit = stop.start() if stop else place.sentence.end
    if DIGIT.search(scale.text, end, limit):
        return []
    acts = (hit for hit in scale.between(end, limit) if hit.trigger.act)
    return next((found for hit in acts if (found := deeds(scale, place, hit))), [])


def moved(scale: Scale, place: Place, later: tuple[Place, ...]) -> list[Candidate]:
    """将结余301.1万元，退还给家长: 将 and 把 wait for a deed, in the next clause if need be.

    `later` are the figures after this one.
    """
    mark = scale.text[place.clause.end : place.clause.end + 1]
    if mark not in {"，", ",", "；", ";"}:
        return []
    listed = _listed_on(scale, place)
    return listed if listed or mark in {"；", ";"} else _in_next_clause(scale, place, later)


def _in_next_clause(scale: Scale, place: Place, later: tuple[Place, ...]) -> list[Candidate]:
    moves = MOVED.search(scale.text, place.clause.start, place.figure.span.start)
    end = place.clause.end
    if moves is None:
        return []
    if any(_is_deed(scale, place, one) for one in scale.between(moves.end(), end)):
        return []  # 把17个乡镇划分为4个协作区，每个协作区…: the deed is told
    hit = next(iter(scale.between(end, min(place.sentence.end, end + NEXT_CLAUSE))), None)
    if hit is None or not hit.trigger.act:
        return []
    if any(end <= one.figure.span.start < hit.end for one in later[:NEXT]):
        return []
    return scale.weigh(place, hit, "far")


def _listed_on(scale: Scale, place: Place) -> list[Candidate]:
    """对甲局等13家部门，乙会等3家组织开展巡察: the deed on all that 对 names closes the list."""
    held = held_from(scale, place)
    on = held is None and _held_before(scale, place)
    if not on and (held is None or not scale.text.startswith("对", held)):
        return []
    end = place.clause.end
    stop = min(place.whole.end if on else place.sentence.end, end + LIST_ON)
    if way := BY_WAY.match(scale.text, end, stop):
        end = way.end()
    acts = (one for one in scale.between(end, stop) if _is_told(scale, one))
    hit = next((one for one in acts if not DONE_ON.fullmatch(one.trigger.word[-2:])), None)
    if hit is None:
        return []
    done = DONE_ON.search(scale.text, end, hit.start) or DONE_ON.search(scale.text, end, hit.end)
    return deeds(scale, place, hit) if done else []


def held_from(scale: Scale, place: Place) -> int | None:
    """Return where 对, 向 or 将 stands that holds the figure: no deed between them, none before.

    要求对12个乡镇的898个工程开展排查: what 对 holds is counted by the deed after it.
    """
    last = deque(HOLDS.finditer(scale.text, place.clause.start, place.figure.span.start), 1)
    if not last:
        return None
    between = scale.between(last[0].end(), place.figure.span.start)
    return None if any(one.trigger.act for one in between) else last[0].start()


def _is_told(scale: Scale, hit: Hit) -> bool:
    """以及9个承担帮扶任务的单位…进行了巡察: a deed before 的 says which."""
    comma = NEXT_STOP.search(scale.text, hit.end)
    stop = comma.start() if comma else None
    return hit.trigger.act and scale.text.find("的", hit.end, stop) < 0


def _held_before(scale: Scale, place: Place) -> bool:
    """对单位9个，其中县级2个；责任人7人…进行了追责: 对 opens a list that clauses go on with."""
    low = max(place.whole.start, place.clause.start - LIST_ON)
    last = deque(HOLDS.finditer(scale.text, low, place.clause.start), 1)
    if not last or last[0].group() != "对":
        return False
    between = scale.between(last[0].end(), place.figure.span.start)
    return not any(one.trigger.act for one in between)


def _is_deed(scale: Scale, place: Place, hit: Hit) -> bool:
    """把多收的水费…: what stands before 的 says which."""
    wrong = hit.trigger.word.startswith(WRONGS)  # 把违规收取的12万元，退还给群众
    return hit.trigger.act and not wrong and scale.text.find("的", hit.end, place.left.end) < 0


def led(
    scale: Scale, place: Place, last: tuple[Place, Candidate | None] | None, hit: Hit, low: int
) -> list[Candidate]:
    """新增充电桩5组、端口50个: the deed that named the one before leads a list, not its noun.

    `hit` is the nearest word that may lead it, `low` where the list may begin.
    """
    best = last[1] if last else None
    if best is None or best.sense.role == "noun" or hit.trigger.deed:
        return []
    if not low <= best.hit.start < hit.start:
        return []
    found = scale.weigh(place, best.hit, "list")
    return [one for one in found if one.sense.code == best.sense.code]
