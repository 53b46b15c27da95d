"""The period report: what it adds up, what it leaves apart, the sentences behind each number."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import report_rows as rows
from tests import sample_warehouse
from tests.told import reading, said
from transforms import lexicon
from transforms.buckets import parse_period
from transforms.errors import UsageError
from warehouse.connection import MEMORY
from warehouse.report import CHARTS, charts, render_brief, render_chart, render_period
from warehouse.report.alerts import alerts, count, shared_names
from warehouse.report.charts import Dot, Mark, Row, Strip
from warehouse.report.citing import PER_MARK, Citation, Ledger
from warehouse.report.conclusions import _forms, conclusions
from warehouse.report.drawings import Pen
from warehouse.report.inert import inert_cell, inert_markdown
from warehouse.report.labels import LANGUAGES, labels
from warehouse.report.numbers import amount, bounds, span, told_span
from warehouse.report.page import content_policy, page
from warehouse.report.sentences import followable, parts
from warehouse.report.tables import apart, plainest, totals, uppermost, why_apart
from warehouse.store import Warehouse

ZH, EN = labels("zh"), labels("en")


def tags(html: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """Return the tags of a page with their attributes, as a browser would see them."""
    found = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append((tag, attributes))
    reader.feed(html)
    return found


def rendered(lang: str = "zh") -> str:
    return page(rows.material(), rows.lookup, rows.QUARTER, labels(lang), date(2021, 1, 2))


# Numbers


@pytest.mark.parametrize(
    ("value", "unit", "lang", "written"),
    [
        (150, "家", "zh", "150家"),
        (Decimal("6911100.000000"), "元", "zh", "691.11万元"),
        (150_000_000, "元", "zh", "1.5亿元"),
        (9_999, "元", "zh", "9,999元"),
        (12.5, "%", "zh", "12.5%"),
        (Decimal("1000.000000"), "件", "zh", "1,000件"),
        (None, "人", "zh", "—"),
        (0, "人", "zh", "0人"),
        (3, None, "zh", "3"),
        (1, "人", "en", "1 person"),
        (2, "人次", "en", "2 person-times"),
        (6_911_100, "元", "en", "6.9111m yuan"),
        (7, "粒", "en", "7粒"),
    ],
)
def test_amounts_read_as_the_field_writes_them(value, unit, lang, written):
    assert amount(value, unit, labels(lang)) == written


@pytest.mark.parametrize(
    ("low", "high", "unit", "written"),
    [
        (150, 160, "家", "[150, 160]"),
        (50, None, "家", "[50, ∞)"),
        (None, 9, "家", "(−∞, 9]"),
        (145_000_000, 155_000_000, "元", "[1.45, 1.55]亿元"),
        (29, 29, "人", "[29, 29]"),
    ],
)
def test_bounds_are_intervals(low, high, unit, written):
    assert bounds(low, high, unit, ZH) == written


@given(st.integers(0, 10**15))
def test_an_amount_in_yuan_loses_nothing(yuan):
    written = amount(yuan, "元", ZH)
    number, word = re.fullmatch(r"([0-9.,]+)(亿元|万元|元)", written).groups()
    size = {"亿元": 10**8, "万元": 10**4, "元": 1}[word]
    assert Decimal(number.replace(",", "")) * size == yuan


def test_an_unknown_end_is_said_and_not_guessed():
    assert span(None, date(2021, 3, 29), ZH) == "起点未明 → 2021-03-29"
    assert span(None, None, ZH) == "期间未明"


# Texts


def test_every_text_exists_in_every_language_with_the_same_places():
    from warehouse.report.labels import _texts

    for key, texts in _texts().items():
        places = {lang: set(re.findall(r"{(\w+)}", texts[lang])) for lang in LANGUAGES}
        assert places["zh"] == places["en"], key
        assert all(texts[lang] for lang in LANGUAGES), key


def test_every_code_of_the_data_has_a_word():
    for kind, dim in (("n", "aggregation"), ("m", "modality")):
        for code in lexicon.codes(dim):
            assert ZH.code(kind, code[3:]) != code[3:], code
    assert ZH.code("b", "not_yet_known") == "not_yet_known"


def test_another_language_is_refused():
    with pytest.raises(UsageError, match="zh, en"):
        labels("fr")


def test_english_page_keeps_chinese_only_where_articles_speak():
    html = rendered("en")
    chrome = re.sub(
        r"<details.*?</details>|<script>.*?</script>|<style>.*?</style>", "", html, flags=re.DOTALL
    )
    words = set(re.findall(r"[\u4e00-\u9fff]+", re.sub(r"<[^>]+>|“[^”]*”", " ", chrome)))
    names = {*rows.PLACES.values(), "行政审批局"}
    units = {unit for fact in rows.FACTS for unit in (fact.unit or "",)}
    printed = {run for fact in rows.FACTS for run in re.findall(r"[\u4e00-\u9fff]+", fact.surface)}
    programmes = {
        run
        for one in rows.material().sightings
        for run in re.findall(r"[\u4e00-\u9fff]+", one.name)
    }
    glosses = {"人", "人次"}  # the note on units names them
    left = words - names - units - printed - glosses
    assert {word for word in left if not any(run.startswith(word) for run in programmes)} == set()


# Sums


def test_only_addable_facts_enter_a_total_and_all_others_stand_apart():
    facts = rows.FACTS
    summed = [one for total in totals(facts) for one in total.facts]
    assert {one.measure_id for one in summed} == {f.measure_id for f in facts if f.addable}
    assert {f.measure_id for f in apart(facts)} == {f.measure_id for f in facts if not f.addable}


def test_a_total_never_crosses_region_scope_category_unit_problem_or_rank():
    one = rows.fact("x#1")
    others = [
        rows.fact("x#2", region="450102"),
        rows.fact("x#3", region_scope="all_levels"),
        rows.fact("x#4", category="admonition"),
        rows.fact("x#5", unit="人次"),
        rows.fact("x#6", problem="dm_bizenv"),
        rows.fact("x#7", rank="rank_county"),
    ]
    assert len(totals([one, *others])) == 7
    assert [t.value for t in totals([one, rows.fact("x#8", value=5, low=5, high=6)])] == [34]


def test_bounds_add_up_and_one_open_bound_leaves_the_sum_open():
    exact, loose = rows.fact("x#1"), rows.fact("x#2", value=150, low=150, high=160)
    total = totals([exact, loose])[0]
    assert (total.low, total.high) == (179, 189)
    assert totals([exact, replace(loose, high=None)])[0].high is None


def test_parts_have_sums_of_their_own_and_a_broader_category_takes_them_in():
    part = rows.fact("x#1", category="party_warning", addable=False, counted=True, part=True)
    assert totals([part]) == []
    assert [t.category for t in totals([part], parts=True)] == ["party_warning"]
    whole = rows.fact("x#2", category="party_discipline")
    sums = totals([part, whole], parts=True)
    assert [t.category for t in uppermost(sums)] == ["party_discipline"]
    elsewhere = rows.fact("x#3", category="party_discipline", region="450102")
    assert len(uppermost(totals([part, elsewhere], parts=True))) == 2


def test_a_breakdown_by_rank_gives_way_to_the_undivided_total():
    whole, part = rows.fact("x#1"), rows.fact("x#2", rank="rank_county", value=3)
    assert [t.rank for t in plainest(totals([whole, part]))] == [None]
    assert [t.rank for t in plainest(totals([part]))] == ["rank_county"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"modality": "planned"}, "w_not_achieved"),
        ({"polarity": -1}, "w_negative"),
        ({"aggregation": "cumulative"}, "n_cumulative"),
        ({"aggregation": "rate"}, "n_rate"),
        ({"covered": True}, "w_covered"),
        ({"relation": "subset"}, "w_part"),
        ({"part": True}, "w_part"),
        ({"standing": "undated"}, "w_undated"),
        ({"standing": "spanning"}, "w_spanning"),
        ({}, "w_not_additive"),
    ],
)
def test_what_stands_apart_says_why(changes, key):
    assert why_apart(rows.fact("x#1", addable=False, **changes)) == key


# Conclusions and alerts


def test_conclusions_say_nothing_of_an_empty_period():
    pen = Pen(ZH, Ledger())
    assert conclusions(rows.empty(), [], pen) == []
    assert alerts(rows.empty(), pen) == []


def test_every_number_of_a_conclusion_stands_on_the_page_and_leads_to_sentences():
    told = conclusions(rows.material(), totals(rows.FACTS), Pen(ZH, Ledger()))
    assert len(told) >= 7
    assert [one.text for one in told if one.citation is None] == [told[-1].text]
    assert "尚未公布整改完成数" in " ".join(one.text for one in told)
    assert not any("undefined" in one.text or "None" in one.text for one in told)


@pytest.mark.parametrize(
    ("start", "end", "shown", "zh", "en"),
    [
        ("2020-01-01", "2020-12-31", "2020", "2020年", "2020"),
        ("2020-01-01", "2020-05-31", "2020-01 → 2020-05", "2020年1月至5月", "Jan–May 2020"),
        ("2020-05-01", "2020-05-31", "2020-05", "2020年5月", "May 2020"),
        ("2020-05-03", "2020-05-03", "2020-05-03", "2020-05-03", "2020-05-03"),
        ("2019-12-01", "2020-01-31", "2019-12 → 2020-01", "2019-12-01至2020-01-31",
         "2019-12-01 to 2020-01-31"),
        ("2020-05-01", "2020-06-29", "2020-05-01 → 2020-06-29", "2020-05-01至2020-06-29",
         "2020-05-01 to 2020-06-29"),
    ],
)  # fmt: skip
def test_a_period_is_written_in_the_largest_steps_it_fills(start, end, shown, zh, en):
    days = date.fromisoformat(start), date.fromisoformat(end)
    assert span(*days, ZH) == shown
    assert told_span(*days, ZH) == zh
    assert told_span(*days, EN) == en


def test_a_conclusion_says_which_part_of_the_period_it_tells_of():
    pen = Pen(ZH, Ledger(), parse_period("2020"))
    part = {"period_start": date(2020, 1, 1), "period_end": date(2020, 5, 31)}
    whole = {"period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31)}
    day = {"period_start": date(2020, 5, 1), "period_end": date(2020, 5, 1)}

    def told(*facts):
        return [one.text for one in _forms(totals(facts), pen)]

    assert told(rows.fact("x#1", **whole)) == ["西乡塘区处理与问责：提醒谈话29人。"]
    assert told(rows.fact("x#1", **part)) == ["西乡塘区2020年1月至5月处理与问责：提醒谈话29人。"]
    assert told(
        rows.fact("x#1", **part), rows.fact("x#2", category="admonition", value=3, **whole)
    ) == ["西乡塘区处理与问责：提醒谈话29人（2020年1月至5月）、诫勉3人。"]
    assert told(rows.fact("x#1", **part), rows.fact("x#2", value=1, **day | {
        "period_start": date(2020, 8, 1), "period_end": date(2020, 8, 31)})) == [
        "西乡塘区2020年1月至8月（其间有缺）处理与问责：提醒谈话30人。"]  # fmt: skip
    assert told(rows.fact("x#1", **day)) == []


@pytest.mark.parametrize(
    ("unit", "word"),
    [("人", "person"), ("批", "batch"), ("市", "city"), ("辆", "vehicle"), ("平方米", "m²")],
)
def test_one_of_a_unit_is_singular_in_english(unit, word):
    assert amount(1, unit, EN) == f"1 {word}"


def test_a_name_in_several_regions_is_an_alert_and_in_one_is_none():
    shared = shared_names(rows.material().sightings)
    assert list(shared) == ["“亲清护航”专项行动"]
    raised = alerts(rows.material(), Pen(ZH, Ledger()))
    assert [one.kind for one in raised] == ["same_name", "falling", "rate", "silent", "jump"]
    assert all(one.citation for one in raised)


def test_of_very_many_alerts_the_oddest_are_told_and_the_others_counted():
    one = next(pair for pair in rows.material().pairs if pair.kind == "jump")
    many = tuple(replace(one, after=one.before * n, after_id=f"x#{n}") for n in range(10, 60))
    material = replace(rows.empty(), pairs=many)
    raised = alerts(material, Pen(EN, Ledger()))
    assert len(raised) == 13
    assert raised[-1].text == "and 38 more; see them with qinqing query."
    assert count(material) == 50


# Sentences


def test_a_figure_is_marked_where_it_stands_even_if_printed_twice():
    quote = "走访企业12家,解决12家企业的问题。"
    assert [p.text for p in parts(quote, [(10, "12家", 1)])] == [
        "走访企业12家,解决",
        "12家",
        "企业的问题。",
    ]


@given(
    st.text(alphabet="甲乙丙。<>&", max_size=80),
    st.integers(-5, 90),
    st.text(alphabet="甲乙", min_size=1, max_size=3),
)
def test_cutting_a_sentence_loses_no_character(quote, offset, surface):
    cut = parts(quote, [(offset, surface, 1)])
    assert "".join(part.text for part in cut) == quote
    assert all(part.text == surface for part in cut if part.number)


def test_a_very_long_sentence_is_cut_around_its_figure():
    quote = "甲" * 5000 + "29人" + "乙" * 5000
    cut = parts(quote, [(5000, "29人", 7)])
    assert [part.text for part in cut if part.number] == ["29人"]
    assert sum(len(part.text) for part in cut) < 1300


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("http://www.gxjjw.gov.cn/a.shtml", "http://www.gxjjw.gov.cn/a.shtml"),
        ("HTTPS://example.org/", "HTTPS://example.org/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//evil.example", ""),
        ("http://[::1", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_become_links(url, link):
    assert followable(url) == link


def test_footnotes_are_counted_even_beyond_what_a_mark_holds():
    ledger = Ledger()
    cited = ledger.cite([f"a#{n}" for n in range(PER_MARK + 5)])
    assert (len(cited.notes), cited.total) == (PER_MARK, PER_MARK + 5)
    assert ledger.cite(["b#1", "a#0", "b#1"]) == Citation((PER_MARK + 1, 1), 2)
    assert ledger.cite([]) is None
    assert ledger.by_need()[:2] == ("a#0", "b#1")


# The page


def test_the_page_is_one_file_that_loads_nothing():
    html = rendered()
    assert html.startswith("<!doctype html>")
    assert "default-src &#39;none&#39;" in html
    assert not {tag for tag, _ in tags(html)} & {"link", "img", "iframe", "object", "embed", "base"}
    assert not [a for _, attributes in tags(html) for a in attributes if a[0] in {"src", "srcset"}]
    assert "@import" not in html
    assert "url(" not in html
    assert len(html.encode()) < 300_000


def test_style_and_script_are_locked_by_their_hash():
    html = rendered()
    css = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    js = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
    assert policy == content_policy(css, js)
    written = {name for _, attributes in tags(html) for name, _ in attributes}
    assert "style" not in written
    assert not {name for name in written if name.startswith("on")}


COUNTS = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_head_tells_what_came_out_from_what_is_told_of_the_period(lang: str) -> None:
    since = partial(
        said,
        category="enterprise_visit",
        start=date(2020, 1, 1),
        region="450107",
        aggregation="ytd",
    )
    with Warehouse(MEMORY) as warehouse:
        warehouse.load(
            [
                reading(
                    "g/1",
                    date(2020, 4, 9),
                    since("1至3月，走访企业{10家}。", end=date(2020, 3, 31)),
                ),
                reading(
                    "g/2",
                    date(2020, 7, 9),
                    since("1至6月，走访企业{25家}。", end=date(2020, 6, 30)),
                ),
            ],
            run_id="r",
        )
        html = render_period(warehouse.connection, parse_period("2020Q2"), lang=lang)
    word = labels(lang)
    told = dict(COUNTS.findall(html))
    # One article with one figure came out; of the quarter its claim, the other's and 15 are told.
    for key, number in (("k_articles", 1), ("k_figures", 1), ("k_facts", 1), ("k_computed", 1)):
        assert told[word(key)] == str(number), key
    facts = {
        "zh": "涉及本期的事实共{}条（不论何时发布；其中1条",
        "en": "{} facts touch the period",
    }[lang]
    assert facts.format(told[word("k_touching")]) in html
    assert told[word("k_touching")] == "2"


def test_hostile_text_is_inert():
    html = rendered()
    assert html.count("<script>") == 1
    assert html.count("</script>") == 1
    assert "<img" not in html
    assert "javascript:" not in html
    assert "&lt;/script&gt;" in html


def test_every_number_leads_to_its_sentences():
    html = rendered()
    targets = set(re.findall(r'<li id="(f[0-9]+)"', html))
    links = re.findall(r'<a href="#(f[0-9]+)" data-f="([0-9 ]+)"', html)
    assert len(links) > 60
    assert {first for first, _ in links} <= targets
    values = re.findall(r'<td class="n cell"[^>]*>(<a |[^<])', html)
    assert values
    assert set(values) == {"<a "}


def test_each_note_shows_value_bounds_nature_period_basis_confidence_and_source():
    html = rendered()
    note = re.search(
        r'<li id="f[0-9]+"[^>]*>(?:(?!</li>).)*走访企业(?:(?!</li>).)*</li>', html, re.DOTALL
    )[0]
    for piece in (
        "增量",
        "150家",
        "[150, 160]",
        "2020-10 → 2020-12",
        "写明",
        "可信 0.95",
        "主体",
    ):
        assert piece in note
    assert "<mark data-k=" in html
    assert "0" * 64 in html


def test_a_page_that_is_too_full_keeps_a_sentence_for_every_mark_it_can_and_counts_the_rest():
    facts = tuple(
        rows.fact(f"x/{n}#1", region=None, category="admonition", value=n, rank=None, unit=f"{n}")
        for n in range(3000)
    )
    material = replace(rows.material(), facts=facts)
    long = rows.lookup(["a/1#200"])[0]
    html = page(
        material,
        lambda ids: [
            replace(long, measure_id=one, article_id=one, quote=f"{one}" + "句" * 200)
            for one in ids
        ],
        rows.QUARTER,
        ZH,
        None,
    )
    assert len(html.encode()) < 300_000
    assert re.search(r"另有 [0-9]+ 行未列入本页", html)
    assert re.search(r"另有 [0-9]+ 条原句未列入本页", html)


def test_an_empty_period_is_said_plainly():
    html = page(rows.empty(), rows.lookup, rows.QUARTER, ZH, None)
    assert "本期在库中没有数字" in html
    assert "“没有数字”不等于“没有发生”" in html
    assert "<svg" not in html


# Charts


def marks(*values: float) -> tuple[Mark, ...]:
    return tuple(Mark(v, f"{v}", f"<甲> & {v}", citation=Citation((1, 2), 2)) for v in values)


DRAWN = {
    "stacked": charts.stacked_bars([Row("甲<b>", marks(3, 0, 5)), Row("乙", marks(1))], "t&t"),
    "ranked": charts.ranked_bars([Row("甲", marks(3, 9))], "t"),
    "heat": charts.heatmap(["20-01", "20-02"], [Row("甲", marks(4, 0))], "t"),
    "dumbbell": charts.dumbbells(
        [Row("甲", (Mark(8, "8", "8"), Mark(0, "未公布", "未公布", hollow=True)), "18个")], "t"
    ),
    "timeline": charts.timeline(
        [Strip("甲", (Dot(date(2020, 1, 5), "a"), Dot(date(2020, 3, 1), "b", Citation((3,), 1))))],
        date(2020, 1, 1),
        date(2020, 3, 31),
        "t",
    ),
    "funnel": charts.funnels(["a", "b", "c"], [Row("甲", marks(1, 1, 1))], "t"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_is_well_formed_svg_without_style_or_script(name):
    root = ET.fromstring(DRAWN[name])
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    for element in root.iter():
        assert "style" not in element.attrib
        assert not element.tag.endswith(("script", "image", "use", "foreignObject"))
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    for rect in root.iter("{http://www.w3.org/2000/svg}rect"):
        right = float(rect.attrib["x"]) + float(rect.attrib["width"])
        assert right <= width + 1, rect.attrib
        assert float(rect.attrib["y"]) + float(rect.attrib["height"]) <= height


def test_bars_are_as_long_as_their_values():
    root = ET.fromstring(charts.stacked_bars([Row("甲", marks(2, 6)), Row("乙", marks(4))], "t"))
    widths = [float(r.attrib["width"]) for r in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[1] == pytest.approx(3 * widths[0], rel=0.01)
    assert widths[2] == pytest.approx(2 * widths[0], rel=0.01)


def test_a_cited_mark_is_a_named_link_and_an_empty_cell_is_none():
    assert DRAWN["heat"].count("<a ") == 1
    assert 'href="#f1" data-f="1 2" data-n="2" aria-label="&lt;甲&gt; &amp; 4"' in DRAWN["heat"]


def test_charts_with_nothing_to_draw_do_not_fail():
    zero = Mark(0, "0", "0")
    for draw in (charts.stacked_bars, charts.ranked_bars, partial(charts.funnels, ["a"])):
        ET.fromstring(draw([Row("甲", (zero,))], "t"))
    ET.fromstring(charts.dumbbells([Row("甲", (zero, zero))], "t"))
    ET.fromstring(charts.heatmap([], [], "t"))


# Markdown


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("[x](http://evil)", r"[x]\(http://evil)"),
        ("[x][y] [z]: http://evil", r"[x]\[y] [z]\: http://evil"),
        ("![x](y)", r"\![x]\(y)"),
        ("<script>", r"\<script>"),
        ("150余家 [150, 160]", "150余家 [150, 160]"),
        ("深度关注 | 粮安天下", "深度关注 | 粮安天下"),
        ("多\n行", "多 行"),
        ("**粗**_斜_`码`", r"\*\*粗\*\*\_斜\_\`码\`"),
    ],
)
def test_markdown_from_outside_is_inert(text, inert):
    assert inert_markdown(text) == inert
    assert inert_cell(text) == inert.replace("|", r"\|")


# From a real warehouse


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = sample_warehouse.build(tmp_path_factory.mktemp("report") / "report.duckdb")
    with Warehouse(path, read_only=True) as warehouse:
        yield warehouse.connection


@pytest.mark.parametrize("period", ["2020-10", "2020Q4", "2020H2", "2020"])
def test_the_table_is_the_warehouse_s_own_summary(sample, period):
    from warehouse.report.material import gather

    bucket = parse_period(period)
    kind = {"half": "half_year"}.get(bucket.kind, bucket.kind)
    wanted = sample.execute(
        "SELECT region, region_scope, category, problem, rank, unit, value, high "
        f"FROM summary_{kind} WHERE period = ? AND standing = 'whole'",
        [period],
    ).fetchall()
    ours = totals(gather(sample, bucket).facts)
    found = [
        (t.region, t.region_scope, t.category, t.problem, t.rank, t.unit, t.value, t.high)
        for t in ours
    ]
    assert sorted(map(str, found)) == sorted(map(str, wanted))
    assert found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_year_of_samples_fits_one_page_and_every_mark_has_a_sentence(sample, lang):
    html = render_period(sample, parse_period("2020"), lang=lang, generated_on=date(2021, 1, 2))
    assert 100_000 < len(html.encode()) < 300_000
    targets = set(re.findall(r'<li id="(f[0-9]+)"', html))
    assert set(re.findall(r'<a href="#(f[0-9]+)"', html)) <= targets
    assert html.count("<mark") > 100


def test_the_figure_is_marked_in_nearly_every_sentence(sample):
    from warehouse.report.material import sentences

    ids = [
        row[0]
        for row in sample.execute("SELECT measure_id FROM measure WHERE is_measure").fetchall()
    ]
    told = sentences(sample, "zh", ids)
    assert len(told) == len(ids)
    assert all(one.quote[one.offset : one.offset + len(one.surface)] == one.surface for one in told)


def test_an_english_report_names_regions_in_english(sample):
    html = render_period(sample, parse_period("2020"), lang="en", generated_on=date(2021, 1, 2))
    regions = set(re.findall(r'data-r="([^"]+)"', html))
    assert {"Guangxi", "Xixiangtang District", "Hengzhou"} <= regions
    assert not re.search("[一-鿿]", "".join(regions))


def test_the_report_is_the_same_each_time(sample):
    once, again = (render_period(sample, parse_period("2020Q4")) for _ in range(2))
    assert once == again


def test_the_brief_fits_a_page_and_cites_its_articles(sample):
    text = render_brief(sample, parse_period("2020"), generated_on=date(2021, 1, 2))
    assert len(text) < 6_000
    assert "一、先看结论" in text
    cited = set(re.findall(r"\| (S[0-9]+)", text))
    assert cited
    assert all(f"- {one} " in text for one in cited)


@pytest.mark.parametrize("name", CHARTS)
def test_a_single_chart_is_svg_or_nothing(sample, name):
    drawn = render_chart(sample, parse_period("2020"), name)
    assert not drawn or ET.fromstring(drawn).tag.endswith("svg")
    assert "<a " not in drawn


def test_a_chart_that_does_not_exist_is_refused(sample):
    with pytest.raises(UsageError, match="forms"):
        render_chart(sample, parse_period("2020"), "pie")


def test_an_empty_warehouse_has_a_report_too():
    with Warehouse(MEMORY) as warehouse:
        assert "本期在库中没有数字" in render_period(warehouse.connection, parse_period("2020"))
        assert "本期没有读到" in render_brief(warehouse.connection, parse_period("2020"))
