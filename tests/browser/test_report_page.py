"""The report in Chromium, as a reader uses it: by mouse, by keyboard, on a phone, on paper."""

import re
import subprocess

import pytest

from tests import report_rows

pytestmark = pytest.mark.browser


def open_panel(tab):
    return tab.locator("dialog[open]")


def test_from_a_bar_to_the_marked_sentence_and_back(tab, reports, screenshots, accessible):
    tab.goto(reports["zh"])
    bar = tab.locator("#forms svg a").first
    bar.click()
    panel = open_panel(tab)
    assert panel.locator("h2").inner_text() == bar.get_attribute("aria-label")
    figure = panel.locator("mark.on").first.inner_text()
    assert figure in panel.locator(".say").first.inner_text()
    note = panel.locator("li").first.inner_text()
    for piece in ("增量", "期间", "写明", "可信 0.95"):
        assert piece in note
    assert re.search("[0-9a-f]{64}", panel.inner_text())
    tab.screenshot(path=screenshots / "report-panel.png")
    accessible(tab)
    tab.keyboard.press("Escape")
    assert open_panel(tab).count() == 0
    assert bar.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_each_number_of_the_tables_is_in_sight(tab, reports, lang):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(reports[lang])
    edges = tab.locator("td.cell").evaluate_all(
        "cells => cells.filter(c => c.checkVisibility()).map(c => c.getBoundingClientRect().right)"
    )
    assert len(edges) > 20
    assert max(edges) <= 360
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_dark_pages_keep_their_contrast(browser, reports, screenshots, accessible):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(reports["en"])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 28)"
    page.screenshot(path=screenshots / "report-dark.png")
    accessible(page)
    context.close()


def test_a_number_of_the_table_opens_by_keyboard(tab, reports):
    tab.goto(reports["zh"])
    link = tab.locator("#table td.cell a").first
    link.focus()
    tab.keyboard.press("Enter")
    assert link.inner_text() in open_panel(tab).locator("h2").inner_text()
    assert open_panel(tab).locator("mark.on").count() >= 1


def test_the_panel_shows_only_the_figures_asked_for(tab, reports):
    tab.goto(reports["zh"])
    tab.locator("#table td.cell a", has_text="150家").click()
    assert open_panel(tab).locator("li").count() == 1
    assert open_panel(tab).locator("mark.on").all_inner_texts() == ["150余家"]
    assert "[150, 160]" in open_panel(tab).inner_text()


def test_filters_narrow_rows_charts_and_sources(tab, reports):
    tab.goto(reports["zh"])
    shown = "#table tbody tr:not([hidden]), #apart tbody tr:not([hidden])"
    everything = tab.locator(shown).count()
    tab.select_option("#f-r", "西乡塘区")
    rows = tab.locator(shown)
    assert 0 < rows.count() < everything
    assert {row.split("\t")[0] for row in rows.all_inner_texts()} == {"西乡塘区"}
    assert tab.locator("#forms svg a.off").count() > 0
    assert tab.locator("output").inner_text() == f"显示 {rows.count()} / {everything} 行"
    tab.select_option("#f-c", "business")
    tab.select_option("#f-m", "2020-12")
    assert 0 < tab.locator(shown).count() < everything
    tab.click("#f-x")
    assert tab.locator(shown).count() == everything


def test_search_finds_words_and_says_when_nothing_fits(tab, reports):
    tab.goto(reports["zh"])
    tab.fill("#f-q", "诫勉")
    assert tab.locator("#table tbody tr:not([hidden])").count() == 1
    tab.fill("#f-q", "绝无此词")
    assert tab.locator("output").inner_text().startswith("显示 0 /")


def test_a_column_sorts_both_ways_by_value(tab, reports):
    tab.goto(reports["zh"])
    head = tab.locator("#table th").nth(2)
    for order in ("ascending", "descending"):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == order
        sizes = tab.locator("#table td.cell").evaluate_all("cells => cells.map(c => +c.dataset.v)")
        assert sizes == sorted(sizes, reverse=order == "descending")


def test_a_hostile_title_stays_text(tab, reports):
    tab.goto(reports["zh"])
    assert tab.title() == "监督护航营商环境报告 · 2020Q4"
    assert tab.locator("img").count() == 0
    titles = tab.locator("#sources h3").all_inner_texts()
    assert report_rows.HOSTILE in titles
    assert tab.locator("a[href^='javascript']").count() == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing(tab, reports, screenshots, accessible, lang):
    tab.goto(reports[lang])
    accessible(tab)
    tab.screenshot(path=screenshots / f"report-{lang}.png", full_page=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_never_scrolls_sideways(tab, reports, screenshots, lang):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(reports[lang])
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.screenshot(path=screenshots / f"report-{lang}-360.png", full_page=True)
    tab.locator("#table td.cell a").first.click()
    assert open_panel(tab).bounding_box()["width"] <= 360
    tab.screenshot(path=screenshots / f"report-{lang}-360-panel.png")


def test_paper_has_every_row_and_every_source(tab, reports, screenshots, tmp_path):
    tab.goto(reports["zh"])
    tab.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    printed = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    squeezed = re.sub(r"\s", "", printed)
    for piece in (
        "先看结论",
        "数字表",
        "出处与原句",
        "推动形成亲清政商关系",
        "http://example.org/a/1.shtml",
    ):
        assert piece in squeezed
    assert "筛选" not in squeezed
    subprocess.run(
        ["pdftoppm", "-r", "70", "-png", tmp_path / "report.pdf", screenshots / "report-print"],
        check=True,
    )


def test_without_script_every_number_still_leads_to_its_sentence(browser, reports):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(reports["zh"])
    page.locator("#table td.cell a", has_text="150家").click()
    target = page.url.split("#")[1]
    assert page.locator(f"#{target}").is_visible()
    assert page.locator(".tools").is_hidden()
    context.close()


def test_the_samples_make_a_report_one_can_use(tab, database, tmp_path, screenshots, accessible):
    from transforms.buckets import parse_period
    from warehouse.report import render_period
    from warehouse.store import Warehouse

    with Warehouse(database, read_only=True) as warehouse:
        html = render_period(warehouse.connection, parse_period("2020"))
    (tmp_path / "2020.html").write_text(html, "utf-8")
    tab.goto((tmp_path / "2020.html").as_uri())
    accessible(tab)
    tab.screenshot(path=screenshots / "report-samples-2020.png", full_page=True)
    for link in tab.locator("#conclusions a").all():
        link.click()
        assert open_panel(tab).locator("mark.on").count() >= 1
        tab.keyboard.press("Escape")
