"""One story is one cluster: two addresses, reposts, revisions, excerpts meet; bulletins do not."""

import random
import sys
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.model import Article, Reading
from transforms.pages.headers import CHINA
from transforms.pages.repeats import Text, passages, resemblance
from warehouse.connection import migrate
from warehouse.loading import load_readings
from warehouse.parts import write_part
from warehouse.rows import Reader
from warehouse.store import Warehouse

sys.path.insert(0, str(Path(__file__).parent))
from told import reading, said

PLACES = ("河口村", "石桥镇", "新圩社区", "白沙屯", "龙潭乡", "老街居委会", "松岭林场")
THINGS = ("饮水", "修路", "路灯", "补贴发放", "危房改造", "低保评议", "林权登记")
STORY = "\n".join(
    f"第{index}站，巡察干部来到{place}，走访{index + 3}户群众，收集意见{index * 7 + 2}条，"
    f"推动解决{place}{thing}的问题，群众对{thing}的满意度明显提高。"
    for index, (place, thing) in enumerate(zip(PLACES, THINGS, strict=True))
)
BULLETIN = (
    "{year}年{month}月，全区共查处违反中央八项规定精神问题{a}起，批评教育和处理{b}人，"
    "其中给予党纪政务处分{c}人。查处形式主义、官僚主义问题{d}起，批评教育和处理{e}人；"
    "查处享乐主义、奢靡之风问题{f}起，批评教育和处理{g}人。"
)
NOTICE = (
    "{post}{name}涉嫌严重违纪违法，目前正接受纪律审查和监察调查。{name}，男，汉族，{born}出生，"
    "大学学历，中共党员，曾任{post}，长期在基层工作。经查，{name}违反中央八项规定精神，"
    "接受可能影响公正执行公务的宴请；违反组织纪律，在组织函询时不如实说明问题。"
)


def article(name: str, text: str, day: int = 1, site: str | None = "gxjjw") -> Article:
    at = datetime(2021, 3, day, 9, tzinfo=CHINA)
    url = f"https://{name}.example.cn/"
    return Article(f"{site}/{name}", site, url, "题", at, None, None, None, text)


def loaded(*batches: list[Article]) -> Warehouse:
    warehouse = Warehouse(":memory:")
    for batch in batches:
        warehouse.load([Reading(one, (), ()) for one in batch], run_id="r")
    return warehouse


def repeats(*batches: list[Article]) -> list[tuple[object, ...]]:
    with loaded(*batches) as warehouse:
        return warehouse.connection.execute("FROM repeat ORDER BY ALL").fetchall()


def kinds(*articles: Article) -> dict[object, tuple[object, object]]:
    return {row[0]: (row[2], row[3]) for row in repeats(list(articles))}


def bulletin(month: int, dice: random.Random) -> str:
    numbers = {letter: dice.randint(100, 999) for letter in "abcdefg"}
    return BULLETIN.format(year=2021, month=month, **numbers)


def test_two_addresses_of_one_text_are_one_article() -> None:
    again = article("2", STORY, day=2)
    spaced = article("3", STORY.replace("\n", " \n　　"), day=3)
    assert repeats([article("1", STORY), again, spaced]) == [
        ("gxjjw/2", "gxjjw/1", "gxjjw/1", "same_text", "text", 1, 1),
        ("gxjjw/3", "gxjjw/1", "gxjjw/1", "same_text", "signature", 1, 1),
    ]


def test_repost_with_another_byline_is_led_back_to_the_earliest() -> None:
    repost = f"原标题：进村入户\n{STORY}\n（河口村 供稿）"
    found = kinds(article("9", repost, day=5, site="ccdi"), article("1", STORY, day=2))
    assert found == {"ccdi/9": ("gxjjw/1", "repost")}


def test_sites_without_a_name_are_told_apart_by_their_hosts() -> None:
    found = kinds(article("a", STORY, site=None), article("b", STORY, day=2, site=None))
    assert found == {"None/b": ("None/a", "repost")}


def test_corrected_text_is_a_revision() -> None:
    corrected = STORY.replace("明显提高", "显著提升", 2)
    found = kinds(article("1", STORY), article("2", corrected, day=3))
    assert found == {"gxjjw/2": ("gxjjw/1", "revision")}


def test_a_part_printed_later_is_an_excerpt_and_the_longer_text_of_a_brief_is_not() -> None:
    part = article("2", STORY[:190], day=3, site="ccdi")
    assert kinds(article("1", STORY), part) == {"ccdi/2": ("gxjjw/1", "excerpt")}
    assert kinds(article("1", STORY, day=9), part) == {}


def test_two_briefs_that_a_later_summary_holds_stay_two_stories() -> None:
    other = NOTICE.format(post="某县水利局原局长", name="甲某某", born="1968年5月")
    summary = article("3", f"一周综述。\n{STORY}\n{other}", day=7)
    assert kinds(article("1", STORY), article("2", other, day=2), summary) == {}


def test_bulletins_of_two_months_are_two_articles() -> None:
    january = BULLETIN.format(year=2021, month=1, a=731, b=1042, c=688, d=305, e=433, f=426, g=609)
    february = BULLETIN.format(year=2021, month=2, a=542, b=799, c=501, d=210, e=318, f=332, g=481)
    assert kinds(article("1", january), article("2", february, day=2)) == {}


def test_notices_of_two_persons_are_two_articles_and_a_reposted_notice_is_one() -> None:
    one = NOTICE.format(post="某县水利局原局长", name="甲某某", born="1968年5月")
    other = NOTICE.format(post="某市城市建设投资公司原董事长", name="乙某", born="1971年9月")
    repost = article("3", one.replace("目前正", "目前正在"), day=3, site="ccdi")
    found = kinds(article("1", one), article("2", other, day=2), repost)
    assert found == {"ccdi/3": ("gxjjw/1", "repost")}


def test_short_texts_that_differ_by_one_number_are_two_articles() -> None:
    texts = (f"全县纪检监察机关本月立案{number}件，处分5人，谈话函询12人次。" for number in (3, 4))
    assert kinds(*(article(str(i), text, day=i + 1) for i, text in enumerate(texts))) == {}


def test_hardly_any_text_repeats_nothing() -> None:
    assert kinds(article("1", "（图片新闻）"), article("2", "（图片新闻）", day=2)) == {}


def test_a_later_repeat_of_a_repeat_has_the_same_original() -> None:
    texts = [STORY, STORY.replace("满意度", "评价", 3), STORY.replace("满意度", "评价", 6)]
    found = repeats([article(str(i), text, day=i + 1) for i, text in enumerate(texts)])
    assert [(row[0], row[1], row[2]) for row in found] == [
        ("gxjjw/1", "gxjjw/0", "gxjjw/0"),
        ("gxjjw/2", "gxjjw/0", "gxjjw/1"),
    ]


def test_the_view_shows_every_article_with_its_role() -> None:
    articles = [article("1", STORY), article("2", STORY, 2), article("3", STORY[:9] * 5)]
    with loaded(articles) as held:
        sql = "SELECT cluster_id, article_id, role, repeats, articles FROM article_cluster"
        assert sorted(held.connection.execute(sql).fetchall(), key=str) == [
            ("gxjjw/1", "gxjjw/1", "original", None, 2),
            ("gxjjw/1", "gxjjw/2", "same_text", "gxjjw/1", 2),
            ("gxjjw/3", "gxjjw/3", "original", None, 1),
        ]
        sql = "SELECT sum(articles), sum(reprints), max(reprint_share) FROM quality"
        assert held.connection.execute(sql).fetchall() == [(3, 1, 1.0)]


def world(dice: random.Random) -> list[Article]:
    """Make stories with reposts, revisions, excerpts and bulletins on random days and sites."""
    found: list[Article] = []
    for number in range(12):
        words = [dice.choice(PLACES) + dice.choice(THINGS) for _ in range(14)]
        lines = [
            f"{one}一事办结后，督查组回访{dice.randint(10, 999)}户，{other}的办理也由群众来评。"
            for one, other in pairwise(words)
        ]
        texts = ["\n".join(lines)]
        for _ in range(dice.randint(0, 4)):
            text = dice.choice(texts)
            change = dice.randrange(4)
            if change == 1:
                text = text.replace("回访", "走访", dice.randint(1, 4))
            elif change == 2:
                text = "\n".join(text.split("\n")[: dice.randint(3, 9)])
            elif change == 3:
                text += f"\n（通讯员 {dice.choice(PLACES)}）"
            texts.append(text)
        texts.append(bulletin(number + 1, dice))
        found += [
            article(f"{number}x{i}", text, dice.randint(1, 28), dice.choice(("gxjjw", "ccdi")))
            for i, text in enumerate(texts)
        ]
    return found


@settings(max_examples=4, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_and_batches_make_no_difference(dice: random.Random) -> None:
    articles = world(dice)
    wanted = repeats(articles)
    assert {row[3] for row in wanted} <= {"same_text", "repost", "revision", "excerpt"}
    shuffled = dice.sample(articles, len(articles))
    cuts = [0, *sorted(dice.sample(range(1, len(articles)), 4)), len(articles)]
    assert repeats(*(shuffled[a:b] for a, b in pairwise(cuts))) == wanted


@settings(max_examples=4, deadline=None)
@given(st.randoms(use_true_random=False))
def test_articles_read_anew_leave_no_trace_of_what_they_said(dice: random.Random) -> None:
    articles = world(dice)
    other = {one.article_id: one for one in dice.sample(articles, 9)}
    texts = dice.sample([one.text for one in articles], 9)
    before = [
        article(name.split("/")[1], text, dice.randint(1, 28), name.split("/")[0])
        for name, text in zip(other, texts, strict=True)
    ]
    first = [one for one in articles if one.article_id not in other]
    assert repeats(first + before, list(other.values())) == repeats(articles)


def test_a_set_phrase_is_one_in_whatever_order_it_becomes_one() -> None:
    """More texts than one passage may tell of: all alike, they are a pattern and no repeats."""
    family = [
        article(f"{n:03}", f"{STORY}\n编号{n * n}的附注{n}。", day=1 + n % 28) for n in range(230)
    ]
    wanted = repeats(family)
    assert repeats(family[:40], family[40:150], family[150:]) == wanted
    assert repeats(family[:150]) != []
    fewer = [article(one.article_id[-3:], f"另文{n}" * 20) for n, one in enumerate(family[:100])]
    fewer = [article(one.article_id.split("/")[1], one.text, 5) for one in fewer]
    assert repeats(family, fewer) == repeats(fewer + family[100:])


def test_the_original_is_the_best_source_of_a_claim_whichever_came_first() -> None:
    def told(name: str, site: str, day: int, confidence: float) -> Reading:
        words = "今年一季度，区纪委监委组织干部走访重点企业{150家}，推动解决问题。"
        day_of = date(2020, 4, day)
        said_so = said(words, "enterprise_visit", date(2020, 1, 1), date(2020, 3, 31))
        said_so[4]["confidence"] = confidence
        return reading(f"{site}/{name}", day_of, said_so, site=site, text_after=STORY)

    original, repost = told("1", "gxjjw", 2, 0.8), told("2", "ccdi", 3, 0.95)
    for batches in ([[original, repost]], [[repost], [original]], [[original], [repost]]):
        with Warehouse(":memory:") as warehouse:
            for batch in batches:
                warehouse.load(batch, run_id="r")
            sql = "SELECT article_id, value, sources, reposts FROM fact"
            assert warehouse.connection.execute(sql).fetchall() == [("gxjjw/1", 150, 1, 1)]


def visits(name: str, day: int, text: str) -> Reading:
    """Tell one claim, with a text after it that is a story of its own or another's."""
    words = "今年一季度，区纪委监委组织干部走访重点企业{150家}，推动解决问题。"
    said_so = said(words, "enterprise_visit", date(2020, 1, 1), date(2020, 3, 31))
    return reading(f"gxjjw/{name}", date(2020, 4, day), said_so, text_after=text)


def test_sources_are_the_articles_that_tell_on_their_own_in_whatever_order_they_come() -> None:
    other = STORY[::-1]
    told = [visits("1", 2, STORY), visits("2", 3, STORY), visits("3", 4, STORY + "（完）")]
    told.append(visits("4", 5, other))
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 1, 3, 0], [1, 2, 0, 3]):
        with Warehouse(":memory:") as warehouse:
            for number in order:
                warehouse.load([told[number]], run_id="r")
            asked = warehouse.connection.execute
            sql = "SELECT sources, reposts, statements FROM fact"
            assert asked(sql).fetchall() == [(2, 2, 4)]
            sql = "SELECT sources, reposts, restatements_removed FROM summary_quarter"
            assert asked(sql).fetchall() == [(2, 2, 3)]
            warehouse.suppress([("gxjjw/1", "withdrawn", date(2021, 1, 1))])
            assert asked("SELECT sources, reposts FROM fact").fetchall() == [(2, 1)]


def test_an_increment_follows_from_independent_articles_and_their_reposts() -> None:
    words = "{0}，区纪委监委组织干部走访重点企业{{{1}家}}，推动解决问题。"
    told = [
        reading(
            f"gxjjw/{name}",
            date(2020, 8, day),
            said(words.format(until, value), "enterprise_visit", *period, aggregation="ytd"),
            text_after=STORY if until == "上半年" else STORY[::-1],
        )
        for name, day, until, value, period in (
            ("1", 2, "一季度", 50, (date(2020, 1, 1), date(2020, 3, 31))),
            ("2", 3, "上半年", 80, (date(2020, 1, 1), date(2020, 6, 30))),
            ("3", 4, "上半年", 80, (date(2020, 1, 1), date(2020, 6, 30))),
        )
    ]
    with Warehouse(":memory:") as warehouse:
        warehouse.load(told, run_id="r")
        sql = "SELECT value, sources, reposts FROM claim WHERE kind = 'derived'"
        assert warehouse.connection.execute(sql).fetchall() == [(30, 2, 1)]


def test_a_database_from_before_learns_which_sources_are_reposts(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.load([visits("1", 2, STORY), visits("2", 3, STORY)], run_id="r")
    with duckdb.connect(str(path)) as connection:
        for sql in (
            "ALTER TABLE claim DROP COLUMN reposts",
            "ALTER TABLE summary DROP COLUMN reposts",
            "UPDATE claim SET sources = 2",
            "DELETE FROM migration WHERE name IN ('0006_reposts.sql', 'views')",
        ):
            connection.execute(sql).fetchall()
    with Warehouse(path) as warehouse:
        for table in ("fact", "summary_quarter"):
            found = warehouse.connection.execute(f"SELECT sources, reposts FROM {table}")
            assert found.fetchall() == [(1, 1)]


def test_a_database_from_before_is_caught_up_with_the_next_load(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    connection = duckdb.connect(str(path))
    migrate(connection, comments=False)
    readings = [Reading(article(str(n), STORY, day=n + 1), (), ()) for n in range(2)]
    load_readings(connection, readings, Reader("r", "1", "1"))
    for table in ("repeat", "text_passage", "text_likeness"):
        connection.execute(f"DELETE FROM {table}").fetchall()
    connection.close()
    with Warehouse(path) as warehouse:
        warehouse.load([Reading(article("9", STORY + "（完）", day=9), (), ())], run_id="r")
        sql = "SELECT article_id, repeats FROM repeat ORDER BY ALL"
        assert warehouse.connection.execute(sql).fetchall() == [
            ("gxjjw/1", "gxjjw/0"),
            ("gxjjw/9", "gxjjw/0"),
        ]


def test_a_part_that_carries_no_passages_is_read_for_them(tmp_path: Path) -> None:
    reader = Reader("r", "1", "1")
    old = write_part([Reading(article("1", STORY), (), ())], tmp_path / "a.parquet", reader).path
    new = write_part(
        [Reading(article("2", STORY + "（完）", day=2), (), ())], tmp_path / "b.parquet", reader
    ).path
    before = tmp_path / "before.parquet"
    duckdb.execute(f"COPY (SELECT * EXCLUDE (passages) FROM '{old}') TO '{before}'")
    found = []
    for parts in ([old, new], [before, new], [before]):
        with Warehouse(":memory:") as warehouse:
            warehouse.load_parts(parts, run_id="r")
            sql = "FROM text_passage ORDER BY ALL"
            found.append(warehouse.connection.execute(sql).fetchall())
            told = warehouse.connection.execute("SELECT article_id, repeats FROM repeat").fetchall()
            assert told == [("gxjjw/2", "gxjjw/1")] * (len(parts) - 1)
    assert found[0] == found[1]
    assert len(found[2]) == len(passages(STORY))


@given(st.text(max_size=200), st.text(max_size=200))
def test_resemblance_is_a_symmetric_share(one: str, other: str) -> None:
    found, back = resemblance(Text(one), Text(other)), resemblance(Text(other), Text(one))
    assert found == back
    assert found is None or 0 <= found.likeness <= found.within <= 1
    same = resemblance(Text(one), Text(one))
    assert same is not None
    assert (same.likeness, same.excerpt) == (1, False)


@pytest.mark.parametrize("text", ["", "。。。", "提醒 谈话，２９人次。", STORY])
def test_passages_are_the_same_on_every_machine(text: str) -> None:
    assert passages(text) == passages(text.replace("，", ", "))
    assert sorted(passages("提醒 谈话，２９人次。")) == [3250030331]
