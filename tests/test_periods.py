"""What days the words of an article stand for, and which of them a figure takes."""

import json
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.actors.actors import ActorReader
from transforms.document import Document, fold
from transforms.lexicon import listed, rows
from transforms.mentions.mentions import find_mentions
from transforms.periods.anchors import anchors, holidays, seasons, words
from transforms.periods.days import add_months, month_days, week_days
from transforms.periods.finding import find_times
from transforms.periods.periods import PeriodReader

HERE = Path(__file__).parent
PUBLISHED = date(2021, 3, 29)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and text != "-" else None


def reader(text: str, published: date | None = PUBLISHED, title: str = "") -> PeriodReader:
    return PeriodReader(Document(fold(text), title=fold(title), published_on=published))


# words, the day of publication, first day, last day, cue; - is a bound nobody says
EXPRESSIONS = """
2020年 2021-03-29 2020-01-01 2020-12-31 whole
2021年 2021-03-29 2021-01-01 2021-03-29 ytd
二〇二〇年 2021-03-29 2020-01-01 2020-12-31 whole
２０２０年度 2021-03-29 2020-01-01 2020-12-31 whole
2021年3月 2021-06-01 2021-03-01 2021-03-31 whole
2024年1至11月 2025-01-03 2024-01-01 2024-11-30 ytd
3月 2021-06-01 2021-03-01 2021-03-31 whole
12月份 2021-03-29 2020-12-01 2020-12-31 whole
3月 2021-03-29 2021-03-01 2021-03-29 whole
1-7月 2022-08-09 2022-01-01 2022-07-31 ytd
去年1～7月 2022-08-09 2021-01-01 2021-07-31 ytd
今年三至五月 2023-06-02 2023-03-01 2023-05-31 whole
前8个月 2022-09-09 2022-01-01 2022-08-31 ytd
2019—2020年 2021-03-12 2019-01-01 2020-12-31 whole
2018年至2020年 2021-03-12 2018-01-01 2020-12-31 whole
2012年10月至2017年2月 2018-07-30 2012-10-01 2017-02-28 whole
2020年5月31日 2021-03-29 2020-05-31 2020-05-31 whole
2020-05-31 2021-03-29 2020-05-31 2020-05-31 whole
12月20日至1月10日 2022-01-12 2021-12-20 2022-01-10 whole
3月5日至7日 2021-03-29 2021-03-05 2021-03-07 whole
2月28日至3月1日 2024-03-05 2024-02-28 2024-03-01 whole
截至６月底 2021-07-03 - 2021-06-30 until
截至2020年10月底 2021-03-29 - 2020-10-31 until
截至3月25日 2021-03-29 - 2021-03-25 until
截止2020年底 2021-03-29 - 2020-12-31 until
截至目前 2021-03-29 - 2021-03-29 until
上半年 2022-07-06 2022-01-01 2022-06-30 whole
上半年 2022-03-06 2021-01-01 2021-06-30 whole
下半年 2022-07-06 2021-07-01 2021-12-31 whole
一季度 2022-04-06 2022-01-01 2022-03-31 whole
第四季度 2022-04-06 2021-10-01 2021-12-31 whole
前三季度 2022-10-20 2022-01-01 2022-09-30 ytd
第三季度末 2022-10-20 2022-07-01 2022-09-30 whole
2020年第三季度 2022-10-20 2020-07-01 2020-09-30 whole
首季度 2022-04-06 2022-01-01 2022-03-31 whole
全年 2022-01-10 2021-01-01 2021-12-31 whole
全年 2021-12-28 2021-01-01 2021-12-28 ytd
上月 2021-01-10 2020-12-01 2020-12-31 whole
本月 2021-03-29 2021-03-01 2021-03-29 whole
上周 2021-03-29 2021-03-22 2021-03-28 whole
昨天 2021-03-01 2021-02-28 2021-02-28 whole
6月中旬 2021-07-03 2021-06-11 2021-06-20 whole
去年 2021-03-29 2020-01-01 2020-12-31 whole
今年 2021-07-19 2021-01-01 2021-07-19 ytd
今年以来 2021-03-29 2021-01-01 2021-03-29 ytd
今年上半年 2021-07-19 2021-01-01 2021-06-30 whole
今年3月以来 2021-07-19 2021-03-01 2021-07-19 since
二〇二〇年以来 2022-01-05 2020-01-01 2022-01-05 since
自2018年1月起 2021-03-01 2018-01-01 2021-03-01 since
自2018年1月监委挂牌成立以来 2021-03-01 2018-01-01 2021-03-01 since
2018年至今 2021-03-01 2018-01-01 2021-03-01 since
去年同期 2022-10-08 2021-01-01 2021-10-08 whole
三年前 2022-10-08 2019-01-01 2019-12-31 whole
三年来 2022-09-27 2019-09-27 2022-09-27 rolling
近三年 2021-12-08 2018-12-08 2021-12-08 rolling
过去五年 2021-12-08 2016-12-08 2021-12-08 rolling
半年来 2021-12-08 2021-06-08 2021-12-08 rolling
近3个月来 2021-12-08 2021-09-08 2021-12-08 rolling
近三年 2024-02-29 2021-02-28 2024-02-29 rolling
日前 2021-03-29 - 2021-03-29 vague
近日 2021-03-29 - 2021-03-29 vague
近年来 2021-03-29 - 2021-03-29 vague
近几年 2021-03-29 - 2021-03-29 vague
三个月后 2021-03-29 - 2021-03-29 vague
党的十九大以来 2021-03-29 2017-10-18 2021-03-29 since
党的十九大以来至2020年底 2021-02-26 2017-10-18 2020-12-31 since
党的二十大召开以来 2023-05-06 2022-10-16 2023-05-06 since
十八届三中全会以来 2021-03-29 2013-11-12 2021-03-29 since
“十三五”期间 2021-03-01 2016-01-01 2020-12-31 whole
十三五”期间 2021-03-01 2016-01-01 2020-12-31 whole
党史学习教育开展以来 2021-09-01 2021-02-20 2021-09-01 since
“不忘初心、牢记使命”主题教育期间 2021-03-29 2019-05-31 2020-01-08 whole
元旦春节期间 2021-10-09 2021-01-01 2021-02-17 whole
中秋国庆“两节”期间 2021-10-09 2021-09-19 2021-10-07 whole
2020年春节期间 2021-10-09 2020-01-24 2020-02-02 whole
“五一”假期 2021-10-09 2021-05-01 2021-05-05 whole
专项行动开展以来 2021-03-29 - 2021-03-29 since
专项整治启动以来 2021-03-29 - 2021-03-29 since
上任以来 2021-03-29 - 2021-03-29 since
到2025年 2021-03-29 2025-01-01 2025-12-31 future
明年 2021-03-29 2022-01-01 2022-12-31 future
6月底前 2021-03-29 - 2021-06-30 future
6月底前 2021-07-03 - 2021-06-30 until
年底前 2021-11-08 - 2021-12-31 future
今年一至三季度 2021-11-08 2021-01-01 2021-09-30 ytd
今年3、4月份 2021-11-08 2021-03-01 2021-04-30 whole
下半年以来 2021-11-08 2021-07-01 2021-11-08 since
“十四五”时期 2021-11-08 2021-01-01 2021-11-08 whole
一个多月来 2021-11-08 2021-10-08 2021-11-08 rolling
2025年底前 2021-03-29 - 2025-12-31 future
"""
TABLE = [line.split() for line in EXPRESSIONS.split("\n") if line]


@pytest.mark.parametrize(("words_", "published", "start", "end", "cue"), TABLE)
def test_expression(words_: str, published: str, start: str, end: str, cue: str) -> None:
    text = f"全市通报，{words_}，共立案12件。"
    (time_,) = find_times(fold(text), day(published))
    read = time_.period
    assert (read.start, read.end, read.cue) == (day(start), day(end), cue), read
    assert words_.removeprefix("到") in text[time_.span.start : time_.span.end]


NOT_TIMES = (
    "判处有期徒刑三年六个月",
    "做到一案一总结、一月一调度",
    "一季度一通报",
    "《2020年工作报告》",
    "近3天",
    "用时近三年",
    "三月三活动",
    "2020个",
    "桂纪发〔2021〕15号",
    "0771-3380000",
    "http://www.example.gov.cn/20210329/gxjjw60618291.shtml",
    "受理以来信访件",
    "2021年2月30日"[5:],
    "13月",
    "担任村党支部书记期间",
    "连续三个月",
    "年轻干部",
    "1.2月",
)


@pytest.mark.parametrize("text", NOT_TIMES)
def test_what_is_no_time(text: str) -> None:
    assert find_times(text, PUBLISHED) == ()


def governed(text: str, figure: str, published: str, title: str = "", *, done: bool = True):
    read = reader(text, day(published), title)
    return read.period_at(fold(text).index(figure), done=done)


def governing() -> list[list[str]]:
    """Sentences of our own with the figure asked for and the period it takes."""
    lines = (HERE / "cases" / "periods.tsv").read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


@pytest.mark.parametrize(("text", "figure", "published", "start", "end", "basis"), governing())
def test_governing(
    text: str, figure: str, published: str, start: str, end: str, basis: str
) -> None:
    read = governed(text, figure, published)
    assert (read.start, read.end, read.basis) == (day(start), day(end), basis), read


def test_a_paragraph_that_sorts_what_the_one_before_counted_goes_on_with_its_period() -> None:
    first = "网站27日发布消息，今年7月查处问题5178起。\n"
    read = governed(f"{first}从查处问题类型看，违规吃喝达到1376起。", "1376起", "2018-08-28")
    assert (read.start, read.end) == (day("2018-07-01"), day("2018-07-31"))
    read = governed(f"{first}违规吃喝达到1376起。", "1376起", "2018-08-28")
    assert read.start is None


def test_days_to_come_are_on_a_schedule() -> None:
    text = "区委第三轮巡察从6月9日至8月23日，对所辖9个社区开展常规巡察。"
    read = governed(text, "9个社区", "2022-06-09")
    assert (read.start, read.end) == (day("2022-06-09"), day("2022-08-23"))


def test_planned_ends_as_stated() -> None:
    text = "到2025年，建成清廉村居100个。"
    read = governed(text, "100个", "2021-03-29", done=False)
    assert (read.start, read.end) == (date(2025, 1, 1), date(2025, 12, 31))
    assert governed(text, "100个", "2021-03-29").basis == "publication"
    assert governed("今年立案3件。", "3件", "2021-03-29", done=False).end == date(2021, 12, 31)
    assert governed("将新建3个。", "3个", "2021-03-29", done=False).basis == "unknown"


def test_the_headline_is_the_last_resort() -> None:
    read = governed("立案12件。", "12件", "2022-01-20", "某县2021年工作综述")
    assert (read.start, read.end, read.basis) == (date(2021, 1, 1), date(2021, 12, 31), "inherited")
    assert read.surface == "2021年"
    assert read.span is None


def test_a_paragraph_bounds_inheritance() -> None:
    read = governed("2020年立案3件。\n发现问题5个。", "5个", "2021-03-29")
    assert read.basis == "publication"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020年，共立案3件。\n从类型看，发现问题5个。", date(2020, 1, 1), date(2020, 12, 31)),
        ("今年以来，深入企业。\n某县纪委走访5家。", date(2021, 1, 1), date(2021, 3, 29)),
        ("今年以来，深入企业。1至2月，立案9件。\n其中5件。", date(2021, 1, 1), date(2021, 2, 28)),
        ("2020年，立案3件。\n2019年，立案8件。\n发现问题5个。", None, date(2021, 3, 29)),
        ("2020年立案3件。\n发现问题5个。", None, date(2021, 3, 29)),
        ("某人说：“2020年，我很难。”\n发现问题5个。", None, date(2021, 3, 29)),
        ("近年来，深入企业。\n发现问题5个。", None, date(2021, 3, 29)),
        ("年初，工地忙。\n发现问题5个。", None, date(2021, 3, 29)),
        ("某县起底2019年以来的项目，追责5人。", None, date(2021, 3, 29)),
        ("3月6日，走访企业。\n发现问题5个。", None, date(2021, 3, 29)),
    ],
)
def test_what_opens_a_paragraph_frames_those_after_it(
    text: str, start: date | None, end: date
) -> None:
    read = governed(text, "5", "2021-03-29")
    assert (read.start, read.end) == (start, end)


def test_a_mere_month_does_not_tell_how_far_a_frame_goes() -> None:
    text = "今年以来，县纪委监委狠抓作风。\n1月，暗访3次。\n立案20件。"
    read = governed(text, "20件", "2024-06-20")
    assert (read.start, read.end) == (day("2024-01-01"), day("2024-06-20"))


def test_a_frame_ends_where_another_organ_is_told_of() -> None:
    text = "今年以来，桂林市纪委监委狠抓作风。\n灵川县纪委监委入户走访，共查明资金20万元。"
    own = "今年以来，灵川县纪委监委狠抓作风。\n县纪委监委入户走访，共查明资金20万元。"
    for told, start in ((text, None), (own, day("2024-01-01"))):
        document = Document(told, published_on=date(2024, 6, 20))
        actors = ActorReader(document, find_mentions(document))
        read = PeriodReader(document, actors.goes_on).period_at(told.index("20万元"))
        assert (read.start, read.end) == (start, day("2024-06-20"))


def test_a_month_in_which_a_story_began_frames_no_later_paragraph() -> None:
    begun = "今年1月，巡察组进驻某社区，接到反映。\n该社区筹集资金，搭建车棚20个。"
    counted = "今年1月，巡察组走访居民300户。\n解决问题20个。"
    assert governed(begun, "20个", "2024-06-20").start is None
    assert governed(counted, "20个", "2024-06-20").end == day("2024-01-31")


@pytest.mark.parametrize(
    "text",
    [
        "调取2023年补贴数据，比对信息20条。",
        "对全镇2023年度确定的20户改造户进行走访。",
        "对去年上半年排名靠后的20个单位开展约谈。",
        "与上月相同，查处问题20起。",
        "清退近三年不合理收费20万元。",
        "对过去两年侦破的案件逐案过筛，发现线索20条。",
        "今年第一批督察已结束，共查阅资料20份。",
        "随着6月中旬降雨增多，发现隐患20处。",
        "起底2018年至2021年的信访件，清理出问题20件。",
        "推动解决过去三年遗留的20项问题。",
        "全县计划今年完成的20处水体已治理。",
        "对2019年以来未报批的20名干部进行批评教育。",
        "梳理2018年以来的20条线索。",
        "聚焦2019年以来实施的项目开展全覆盖排查，发现问题20个。",
    ],
)
def test_the_time_of_what_is_looked_into_is_not_that_of_the_looking(text: str) -> None:
    assert governed(text, "20", "2024-06-20").start is None


def test_a_day_may_follow_on_its_figure() -> None:
    read = governed("20个巡察组于6月5日分别进驻。", "20个", "2024-06-20")
    assert (read.start, read.end) == (day("2024-06-05"), day("2024-06-05"))
    apart = governed("20个巡察组进驻，于6月5日动员。", "20个", "2024-06-20")
    assert apart.start is None


@pytest.mark.parametrize(
    ("text", "figure", "start", "end"),
    [
        ("去年查处10起，另有20起出现在今年一季度。", "20起", "2024-01-01", "2024-03-31"),
        ("今年5月查处10起，比去年12月的20起减少一半。", "20起", "2023-12-01", "2023-12-31"),
        ("自2022年启动追逃工作至今，追回20人。", "20人", "2022-01-01", "2024-06-20"),
        ("4月27日，市纪委通报了20名干部。", "20名", "2024-04-27", "2024-04-27"),
        ("某社某市5月29日电 市纪委29日对20起问题发出通报。", "20起", "2024-05-29", "2024-05-29"),
        ("自2022年12月规定出台至今年5月，查处20起。", "20起", "2022-12-01", "2024-05-31"),
        ("占比从2022年的31%，下降至今年上半年的20%。", "20%", "2024-01-01", "2024-06-20"),
        ("今年头两个月，新办照20户。", "20户", "2024-01-01", "2024-02-29"),
    ],
)
def test_the_time_of_the_deed(text: str, figure: str, start: str, end: str) -> None:
    read = governed(text, figure, "2024-06-20")
    assert (read.start, read.end) == (day(start), day(end))


def test_two_years_named_one_after_the_other_are_one_period() -> None:
    read = governed("2022年、2023年发放资金20万元。", "20万元", "2024-06-20")
    assert (read.start, read.end) == (day("2022-01-01"), day("2023-12-31"))
    apart = governed("2020年、2023年发放资金20万元。", "20万元", "2024-06-20")
    assert apart.start == day("2023-01-01")


def test_a_frame_costs_by_the_length_of_the_text() -> None:
    """Eight times the paragraphs take some eight times as long; the square would be 64 times."""

    def cost(count: int) -> float:
        text = "今年以来，深入企业。\n" + "1月。\n2月。\n发现问题5个。\n" * count
        read = PeriodReader(Document(text, published_on=date(2024, 8, 2)))
        places = [place for place, char in enumerate(text) if char == "5"]
        began = time.process_time()
        assert {read.period_at(place).start for place in places} == {date(2024, 1, 1)}
        return time.process_time() - began

    assert cost(4_000) < max(0.2, 24 * cost(500))


def test_without_a_publication_date() -> None:
    for words_ in ("今年以来", "去年", "近三年", "3月", "春节期间", "去年同期", "上月"):
        (read,) = reader(f"{words_}，立案3件。", None).times
        assert (read.start, read.end, read.reason) == (None, None, "no publication date"), words_
    assert reader("2020年，立案3件。", None).times[0].start == date(2020, 1, 1)
    read = reader("党的十九大以来，立案3件。", None).times[0]
    assert (read.start, read.end) == (date(2017, 10, 18), None)
    bare = reader("立案3件。", None).period_at(2)
    assert (bare.basis, bare.reason) == ("unknown", "no publication date")


def lexicon_forms() -> list[tuple[str, str]]:
    forms = []
    for row in rows("anchors.tsv"):
        suffix = "期间" if row["kind"] in {"plan", "holiday", "season"} else "以来"
        suffix = suffix if row["rule"] in DATED else ""
        forms += [(row["code"], phrase + suffix) for phrase in listed(row["phrases"])]
    return forms


DATED = {"since_start", "since_end", "holiday", "season", "joint"}


@pytest.mark.parametrize(("code", "words_"), lexicon_forms())
def test_every_row_of_the_lexicon_is_read(code: str, words_: str) -> None:
    row = next(row for row in rows("anchors.tsv") if row["code"] == code)
    context = "广西。2020年3月通报，" if row["rule"].startswith("context") else "广西。"
    published = date(2026, 12, 30)
    if row["rule"] in {"since_start", "since_end", "holiday"}:
        first = date.fromisoformat(row["start"])
        later = [d for d in known_days(row) if d > first]
        published = min([*later, date(2027, 1, 1)]) - timedelta(days=7)
    found = find_times(f"{context}{words_}，立案3件", published)
    if row["rule"] == "frequency":
        assert not found
        return
    read = next(time_.period for time_ in found if words_.rstrip("前") in str(time_.period.surface))
    if row["rule"] in {"since_start", "since_end"}:
        end = row["start"] if row["rule"] == "since_start" or not row["end"] else row["end"]
        since = words_.endswith("以来")
        assert read.start == day(end if since else row["start"])
        assert read.basis == "anchor"
    if row["rule"] == "holiday":
        assert read.start == day(row["start"])
    assert read.start or read.end


def known_days(row: dict[str, str]) -> list[date]:
    """Return the first days of everything that shares a phrase with the row."""
    phrases = listed(row["phrases"])
    dated = [a.start for phrase in phrases for a in anchors().get(phrase, ())]
    return dated + [days[0] for phrase in phrases for days in holidays().get(phrase, ())]


def test_no_two_rows_contradict() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in rows("anchors.tsv"):
        if row["rule"] == "grammar" or row["rule"] == "event":
            continue
        for phrase in listed(row["phrases"]):
            key = (phrase, row["start"])
            assert key not in seen, (phrase, row["code"], seen.get(key))
            seen[key] = row["code"]
    for row in rows("anchors.tsv"):
        if row["start"] and row["end"]:
            assert row["start"] <= row["end"], row["code"]
    assert not set(words()) & (set(anchors()) | set(holidays()) | set(seasons()))


def suite() -> list[dict]:
    path = HERE / "suites" / "ms_DateTime_DatePeriodParser.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def differences() -> dict[int, str]:
    lines = (HERE / "suites" / "differences_periods.tsv").read_text("utf-8").splitlines()[1:]
    return {int(line.split("\t")[1]): line.split("\t")[2] for line in lines}


@pytest.mark.parametrize("case", suite(), ids=lambda case: str(case["case"]))
def test_suite_of_periods(case: dict) -> None:
    expected = case["expected"][0]
    past = expected["past"]
    found = find_times(case["input"], day(case["reference"][:10]))
    got = [(t.period.surface, t.period.start, t.stated_end) for t in found]
    wanted = past and (
        expected["surface"],
        day(past["startDate"]),
        date.fromisoformat(past["endDate"]) - timedelta(days=1),
    )
    agrees = bool(wanted) and wanted in got
    assert agrees != (case["case"] in differences()), (case["input"], got)


def test_the_suite_agrees_where_nothing_is_said_against_it() -> None:
    scopes = list(differences().values())
    inside = len(suite()) - scopes.count("outside")
    assert scopes.count("differs") < inside
    assert set(scopes) == {"differs", "outside"}


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(-40, 40))
def test_months_add_up(start: date, count: int) -> None:
    there = add_months(start, count)
    assert (there.year * 12 + there.month) - (start.year * 12 + start.month) == count
    assert there.day <= start.day
    first, last = month_days(there.year, there.month)
    assert first <= there <= last
    monday, sunday = week_days(start, 0)
    assert monday <= start <= sunday


@given(
    st.sampled_from([row[0] for row in TABLE]),
    st.dates(date(2014, 1, 1), date(2026, 12, 31)),
    st.booleans(),
)
def test_laws_of_periods(words_: str, published: date, done: bool) -> None:
    text = fold(f"全市，{words_}，共立案12件。")
    read = PeriodReader(Document(text, published_on=published))
    for period in (*read.times, read.period_at(text.index("12件"), done=done)):
        assert period.start is None or period.end is None or period.start <= period.end
        assert period.span is None or period.surface == text[period.span.start : period.span.end]
    period = read.period_at(text.index("12件"))
    assert period.end is not None
    assert period.end <= published or "至" in words_ or period.basis == "explicit"


@given(st.text(alphabet="年月日今去至到截以来期间前后1二十季度上半，。\n“”", max_size=60))
def test_any_text_is_read(text: str) -> None:
    read = reader(text)
    for offset in range(0, len(text), 7):
        read.period_at(offset)
    spans = [time_.span for time_ in read.found]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


ADVERSARIAL = (
    "1",
    "一",
    "2020年",
    "以来",
    "至",
    "1月",
    "今年",
    "“",
    "期间",
    "a",
    "前",
    "近三年",
    "党的",
    "《",
)


@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_time_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        text = (unit * count)[:count]
        started = time.process_time()
        find_times(text, PUBLISHED)
        return time.process_time() - started

    find_times(unit, PUBLISHED)
    assert seconds(100_000) < 6  # about 1 s on an idle core


@pytest.mark.parametrize(
    "unit", ["比去年3件", "去年同期3件", "3月5日3件", "今年，", "3件，", "将于6月3件"]
)
def test_asking_is_linear(unit: str) -> None:
    text = (unit * 20_000)[:40_000]
    started = time.process_time()
    read = reader(text)
    for offset in range(0, len(text), 4):
        read.period_at(offset)
    assert time.process_time() - started < 6


def test_months_of_a_review_are_of_the_year_it_looks_back_on():
    text = "在元旦、春节所在的1月，查处问题1739起；岁末12月，查处问题9000起。"
    review = PeriodReader(Document(text, "解读2023年月报数据", published_on=date(2024, 2, 8)))
    assert review.period_at(text.index("1739")).start == date(2023, 1, 1)
    assert review.period_at(text.index("9000")).end == date(2023, 12, 31)
    later = PeriodReader(Document(text, "解读2023年月报数据", published_on=date(2024, 9, 8)))
    assert later.period_at(text.index("1739")).start == date(2024, 1, 1)
    plain = PeriodReader(Document(text, "解读月报数据", published_on=date(2024, 2, 8)))
    assert plain.period_at(text.index("1739")).start == date(2024, 1, 1)


def test_what_stands_by_now_begins_with_the_paragraphs_since():
    text = "今年以来，某县深入开展整治。截至目前，立案12件。\n截至目前，走访34户。"
    reader = PeriodReader(Document(text, published_on=date(2024, 8, 2)))
    first = reader.period_at(text.index("12件"))
    assert (first.start, first.end, first.basis) == (
        date(2024, 1, 1),
        date(2024, 8, 2),
        "inherited",
    )
    later = reader.period_at(text.index("34户"))
    assert (later.start, later.basis) == (date(2024, 1, 1), "inherited")
    assert later.reason == "an earlier paragraph opens with it"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("至2022年12月31日，共受理诉求12件。", None, date(2022, 12, 31)),
        ("1月至2022年12月31日，共受理诉求12件。", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_bare_end_opens_a_clause(text, start, end):
    reader = PeriodReader(Document(text, published_on=date(2023, 2, 9)))
    period = reader.period_at(text.index("12件"))
    assert (period.start, period.end) == (start, end)
