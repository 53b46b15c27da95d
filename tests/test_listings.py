"""Lists name their articles and the page that follows, in every way the sites have of doing so."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.errors import PageError
from transforms.model import Snapshot
from transforms.pages.listings import Addresses, ListingLayout, read_listing
from transforms.sites import all_sites

GXJJW = all_sites()["gxjjw"]
HOME = "http://www.gxjjw.gov.cn/"
FIRST = "/staticpages/20210329/gxjjw60618291-156609.shtml"
SECOND = "/staticpages/20210910/gxjjw613b3628-161934.shtml"
NEWS = (
    f'<ul class="m_textlist"><li><a href="{FIRST}" target="_blank">石榴县开展专项监督</a>'
    f'<span>2021-03-30</span></li><li><a href="{SECOND}">石榴县通报…</a></li>'
    f'<li><a href="http://mp.weixin.qq.com/s/1">推送</a></li></ul>'
)
OLD = (
    f'<div class="more_list lh28 fn-clear"><span>2015-06-12</span><a href="{FIRST}"><b>标红</b></a>'
    f'</div><div class="more_list lh28 fn-clear"><span>2015-06-11</span>'
    f'<a href="{SECOND}">平常</a></div>'
)


def listing(markup: str, url: str = HOME):
    return GXJJW.read_listing(Snapshot(url, markup.encode("gb18030")))


def test_list_of_2018_prints_days_or_leaves_them_to_the_address() -> None:
    first, second = listing(NEWS).refs
    assert (first.url, first.title) == (HOME + FIRST[1:], "石榴县开展专项监督")
    assert first.published_on == date(2021, 3, 30)
    assert second.published_on == date(2021, 9, 10)


def test_list_of_2015_keeps_title_and_link_together() -> None:
    assert [(ref.title, ref.published_on) for ref in listing(OLD).refs] == [
        ("标红", date(2015, 6, 12)),
        ("平常", date(2015, 6, 11)),
    ]


def test_page_without_rows_gives_any_article_link_once() -> None:
    link = f'<a href="{FIRST}">题</a>'
    refs = listing(f"<div>{link}</div><p>{link}</p><a href='/about.shtml'>关于</a>").refs
    assert [(ref.title, ref.published_on) for ref in refs] == [("题", date(2021, 3, 29))]


def test_a_row_of_several_articles_leaves_their_days_to_the_addresses() -> None:
    rows = (
        f'<div class="more_list lh28 fn-clear"><span>2021-03-29</span><a href="{FIRST}">甲</a>'
        f'<span>2021-09-10</span><a href="{SECOND}">乙</a></div>'
    )
    assert [(ref.title, ref.published_on) for ref in listing(rows).refs] == [
        ("甲", date(2021, 3, 29)),
        ("乙", date(2021, 9, 10)),
    ]


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ('<a href="{}" title="石榴县通报三起典型问题">石榴县通报…</a>', "石榴县通报三起典型问题"),
        ('<a href="{}" title="石榴县通报三起典型问题">石榴县通报...</a>', "石榴县通报三起典型问题"),
        ('<a href="{}" title="点击查看">石榴县通报三起典型问题</a>', "石榴县通报三起典型问题"),
        ('<a href="{}" title="石榴县通报"><img src="1.jpg"></a>', "石榴县通报"),
    ],
)
def test_cut_titles_are_completed(link: str, title: str) -> None:
    assert listing(link.format(FIRST)).refs[0].title == title


@pytest.mark.parametrize(
    ("pager", "url", "following"),
    [
        (
            '<a href="/more.php?sortid=908&pageno=2">下一页</a>',
            HOME,
            "more.php?sortid=908&pageno=2",
        ),
        (
            '<a href="908-2.shtml"> 下一页 </a>',
            HOME + "staticmores/908/908-1.shtml",
            "staticmores/908/908-2.shtml",
        ),
        ('<a href="/a/3.htm">&gt;</a>', HOME, "a/3.htm"),
        ('<a href="javascript:void(0)">下一页</a>', HOME, None),
        ('<a href="#">下一页</a>', HOME, None),
        ("", HOME, None),
        ('<script>createPageHTML(40, 0, "index", "html");</script>', HOME + "a/", "a/index_1.html"),
        (
            '<script>createPageHTML(40, 38, "index", "htm")</script>',
            HOME + "a/index_38.htm",
            "a/index_39.htm",
        ),
        (
            '<script>createPageHTML(40, 39, "index", "html");</script>',
            HOME + "a/index_39.html",
            None,
        ),
        ("<script>var countPage = 9;</script>", HOME + "a/index_3.html", "a/index_4.html"),
        ("<script>var countPage = 4;</script>", HOME + "a/index_3.html", None),
    ],
)
def test_page_that_follows(pager: str, url: str, following: str | None) -> None:
    assert listing(NEWS + pager, url).next_url == (HOME + following if following else None)


@pytest.mark.parametrize(
    ("file", "first", "base", "following"),
    [
        ("index_{n}.html", 1, "http://x.cn/a/index.html", "http://x.cn/a/index_1.html"),
        ("index_{n}.html", 2, "http://x.cn/a/", "http://x.cn/a/index_2.html"),
        ("index_{n}.html", 1, "http://x.cn/a/index_9.html", "http://x.cn/a/index_10.html"),
        ("?page={n}&id=8", 2, "http://x.cn/a.jsf?page=2&id=8", "http://x.cn/a.jsf?page=3&id=8"),
    ],
)
def test_pages_that_are_counted(file: str, first: int, base: str, following: str) -> None:
    layout = ListingLayout(since=date(2018, 1, 1), row="li", file=file, first=first)
    anything = Addresses(lambda url: "mark" in url, lambda _: None)
    page = Snapshot(base, b'<li><a href="/mark.html">x</a></li>')
    assert read_listing(page, (layout,), anything).next_url == following


def test_list_inside_a_script() -> None:
    site = all_sites()["qfyf"]
    record = '<li><a href="/art/2018/5/30/art_17_700107.html">题</a><span>2018-05-31</span></li>'
    record = f"<record><![CDATA[{record}]]></record>"
    store = f'<script type="text/xml"><datastore>{record}</datastore></script>'
    refs = site.read_listing(
        Snapshot("http://www.qfyf.net/col/col17/index.html", store.encode())
    ).refs
    assert [(ref.title, ref.published_on) for ref in refs] == [("题", date(2018, 5, 31))]


def test_link_inside_a_script() -> None:
    site = all_sites()["gzdis"]
    page = b'<dd><script>var str_1="./201806/t20180615_700118.html";</script></dd>'
    refs = site.read_listing(Snapshot("http://www.gzdis.gov.cn/gzdt/jlsc/", page)).refs
    assert [ref.url for ref in refs] == [
        "http://www.gzdis.gov.cn/gzdt/jlsc/201806/t20180615_700118.html"
    ]


def test_port_80_is_no_other_address() -> None:
    site = all_sites()["gdjct"]
    link = b'<a href="http://www.gdjct.gd.gov.cn:80/ffkb/7.jhtml">x</a>'
    page = b'<ul class="GsTL5"><li>' + link + b"</li></ul>"
    refs = site.read_listing(Snapshot("http://www.gdjct.gd.gov.cn/ffkb/index.jhtml", page)).refs
    assert refs[0].url == "http://www.gdjct.gd.gov.cn/ffkb/7.jhtml"


def test_columns_are_harvested_from_the_home_page() -> None:
    page = (
        '<a href="/staticmores/908/908-1.shtml">审查调查</a><a href="/more.php?sortid=1052">要闻'
        '</a><a href="/staticmores/052/38052-1.shtml">县区</a>'
        '<a href="/staticmores/908/908-2.shtml">2</a>'
        '<a href="/staticmores/908/908-1.shtml">更多</a>'
    )
    assert GXJJW.read_columns(Snapshot(HOME, page.encode())) == (
        HOME + "staticmores/908/908-1.shtml",
        HOME + "more.php?sortid=1052",
        HOME + "staticmores/052/38052-1.shtml",
    )


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([HOME, "", "http://[::1", "x"]))
def test_any_bytes_give_a_listing_or_a_page_error(noise: bytes, url: str) -> None:
    links = b"<a href='http://[bad'>1</a><a href='//'>2</a><a href='http://x:y/'>3</a>"
    for site in (GXJJW, all_sites()["ccdi"]):
        try:
            found = site.read_listing(Snapshot(url, links + noise))
        except PageError:
            continue
        assert all(ref.url.startswith("http") for ref in found.refs)
