"""The explorer in Chromium, as an analyst uses it."""

import pytest

pytestmark = pytest.mark.browser


def test_search_then_the_sentence_then_back(tab, explorer, screenshots, accessible):
    tab.goto(explorer)
    accessible(tab)
    tab.screenshot(path=screenshots / "explorer.png")
    tab.fill("input[name=q]", "走访企业")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?q=*")
    assert "走访企业" in tab.locator(".hits .say").first.inner_text()
    figure = tab.locator(".hits mark").first.inner_text()
    tab.locator(".hits .say").first.click()
    tab.wait_for_url("**/article/**")
    assert tab.locator("#here mark.on").inner_text() == figure
    assert tab.locator(".chosen b").inner_text() == figure
    accessible(tab)
    tab.screenshot(path=screenshots / "explorer-article.png")
    tab.locator("main a").first.click()
    assert tab.locator("input[name=q]").input_value() == "走访企业"


def test_the_address_holds_the_whole_question(tab, explorer):
    tab.goto(explorer)
    tab.locator("aside a", has_text="南宁市").click()
    tab.wait_for_url("**region=450100*")
    tab.select_option("select[name=category]", "business")
    tab.wait_for_url("**category=business*")
    total = tab.locator(".sum h1").inner_text()
    assert "region=450100" in tab.url
    tab.goto(tab.url)
    assert tab.locator(".sum h1").inner_text() == total
    assert tab.locator("aside [aria-current]").inner_text() == "南宁市"


def test_the_slider_narrows_the_months(tab, explorer):
    tab.goto(explorer)
    everything = tab.locator(".sum h1").inner_text()
    low = tab.locator(".slide input").first
    low.focus()
    for _ in range(3):
        low.evaluate("e => { e.stepUp(6); e.dispatchEvent(new Event('input')); }")
    low.evaluate("e => e.dispatchEvent(new Event('change'))")
    tab.wait_for_url("**start=*")
    assert tab.locator(".sum h1").inner_text() != everything
    assert tab.locator("input[name=start]").input_value() in tab.url


def test_programmes_are_listed(tab, explorer, screenshots, accessible):
    tab.goto(f"{explorer}/?view=programmes")
    assert tab.locator("tbody tr").count() > 5
    accessible(tab)
    tab.screenshot(path=screenshots / "explorer-programmes.png")


def test_the_csv_is_offered(tab, explorer):
    tab.goto(f"{explorer}/?q=企业")
    with tab.expect_download() as download:
        tab.locator("a[href^='/measures.csv']").click()
    assert download.value.suggested_filename == "measures.csv"


@pytest.mark.parametrize("path", ["/", "/?view=programmes", "/?q=企业&lang=en"])
def test_a_phone_never_scrolls_sideways(tab, explorer, screenshots, accessible, path):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(explorer + path)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    accessible(tab)
    tab.screenshot(path=screenshots / "explorer-360.png")
    if tab.locator(".hits .say").count():
        tab.locator(".hits .say").first.click()
        tab.wait_for_url("**/article/**")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("address", ["/?lang=en", "/?lang=en&view=programmes", "/?q=走访企业"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_first_answer_comes_before_the_tree(
    browser, explorer, accessible, address, scheme
):
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    page.goto(explorer + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".sum h1").bounding_box()["y"] < 740
    accessible(page)
    context.close()


def test_at_twice_the_size_nothing_is_cut(browser, explorer):
    context = browser.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    page = context.new_page()
    page.goto(f"{explorer}/?lang=en")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    context.close()


def test_everything_is_reached_by_keyboard(tab, explorer):
    tab.goto(explorer)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**#main")
    tab.locator(".tree summary").first.focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "广西壮族自治区"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**region=450000*")
    tab.locator(".hits .say").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/article/**")
