"""Builds the pages that hold no article: the lists, a challenge, a torn page, an image."""

from __future__ import annotations

from datetime import datetime

from flows.samples.layouts import NOTE, encoded
from flows.samples.source import CHINA, Source

NAVIGATION = (
    (908, "审查调查：本周新增通报"),
    (1201, "巡视巡察：各地启动新一轮巡察"),
    (1305, "八桂清风：清廉故事汇编上线"),
    (1306, "监督执纪：护航复工复产进行时"),
    (1307, "清风专题：乡村里的监督员"),
    (1308, "权威发布：月报数据一览"),
    (1309, "要闻：自治区召开工作部署会"),
    (1310, "读者来信：您的留言我们在看"),
)
COOKIE = "3a5f0c8e71d24b6f9e02"


def failed_pages() -> list[tuple[datetime, str, bytes, str]]:
    """Return publication, reason, bytes and a word on each page that cannot be read."""
    return [
        (
            _at("2020-07-21 09:30:00"),
            "NotAnArticleError",
            _list_page(),
            "a list at an article's URL",
        ),
        (
            _at("2020-08-05 10:00:07"),
            "NotAnArticleError",
            _challenge(),
            "a script that sets a cookie",
        ),
        (_at("2020-09-24 14:12:31"), "LayoutError", _torn(), "cut off before the headline ends"),
        (_at("2020-10-30 16:45:00"), "NotAnArticleError", _image(), "a scanned notice, no words"),
    ]


def home_page(columns: dict[str, str]) -> bytes:
    """Return a front page that names the columns' static lists."""
    links = "\n".join(f'<a href="{path}">{name}</a>' for name, path in columns.items())
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gbk" />'
    return encoded(
        f"<html><head>{head}\n{NOTE}\n<title>广西纪检监察网</title></head><body>\n"
        f'<div class="nav">{links}</div></body></html>\n',
        "gbk",
    )


def list_2015(sources: list[Source], urls: dict[str, str]) -> bytes:
    """Return a list in the layout of 2015, its first title highlighted."""
    rows = "\n".join(
        f'<div class="more_list lh28 fn-clear"><span>{source.published_at:%Y-%m-%d}</span>'
        f'<a href="{urls[source.name]}">{_bold(source.head["title"], first=number == 0)}</a></div>'
        for number, source in enumerate(sources)
    )
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />'
    return encoded(f"<html><head>{head}\n{NOTE}</head><body>{rows}</body></html>", "gb18030")


def list_2018(sources: list[Source], urls: dict[str, str], column: str, pager: str) -> bytes:
    """Return a list in the layout of 2018, static or of /more.php, with its pager."""
    rows = "\n".join(
        f'<li><a href="{urls[source.name]}" target="_blank">{source.head["title"]}</a>'
        f"<span>{source.published_at:%Y-%m-%d}</span></li>"
        for source in sources
    )
    return encoded(
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk" />\n'
        f"{NOTE}\n<title>{column}-广西纪检监察网</title></head><body>\n"
        f'<ul class="m_textlist">\n{rows}\n</ul>\n'
        f'<div class="more_page lh30 text-center">{pager}</div></body></html>\n',
        "gb18030",
    )


def pager(column_id: int, page: int, pages: int) -> str:
    """Return the links of a list's pager; the last page has no 下一页."""
    address = f"/more.php?sortid={column_id}&pageno="
    numbers = (
        f"<strong>{number}</strong>"
        if number == page
        else f'<a href="{address}{number}">{number}</a>'
        for number in range(1, pages + 1)
    )
    following = f' <a href="{address}{page + 1}">下一页</a>' if page < pages else ""
    return " ".join(numbers) + following


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def _bold(title: str, *, first: bool) -> str:
    return f"<b>{title}</b>" if first else title


def _list_page() -> bytes:
    rows = "\n".join(
        f'<li><a href="/more.php?sortid={number}">{name}</a><span>2020-07-{day}</span></li>'
        for day, (number, name) in enumerate(NAVIGATION, start=10)
    )
    return encoded(
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk" />\n'
        f"{NOTE}\n<title>广西纪检监察网</title></head><body>\n"
        f'<ul class="m_textlist">\n{rows}\n</ul>\n'
        f'<div class="more_page lh30 text-center">{pager(1305, 1, 9)}</div></body></html>\n',
        "gbk",
    )


def _challenge() -> bytes:
    filler = "".join(f"var k{n}={n * 7919 % 1000};" for n in range(40))
    return (
        "<html><head><script>\n"
        f'{filler}\nvar v="{COOKIE}";document.cookie="C3VK="+v+"; path=/; max-age=300";\n'
        "window.location.reload();\n</script></head><body></body></html>\n"
    ).encode("ascii")


def _torn() -> bytes:
    return encoded(
        '<!DOCTYPE html>\n<html><head>\n<meta http-equiv="Content-Type" '
        f'content="text/html; charset=gbk" />\n{NOTE}\n</head><body>\n<div class="article wbg">\n'
        '<div class="daty text-center">\n<span>来源：南宁市',
        "gbk",
    )


def _image() -> bytes:
    return encoded(
        '<!DOCTYPE html>\n<html><head>\n<meta http-equiv="Content-Type" '
        f'content="text/html; charset=gbk" />\n{NOTE}\n'
        "<title>廉政公益海报-广西纪检监察网</title>\n</head><body>\n"
        '<div class="article wbg">\n<h2 class="tit">廉政公益海报</h2>\n'
        '<div class="daty text-center">\n<span>来源：广西纪检监察网</span>&nbsp;&nbsp;'
        "<span>作者：</span>&nbsp;&nbsp;<span>发布时间：2020年10月30日 16:45</span>\n"
        '<div class="share_box e"></div>\n</div>\n<div class="content">\n<!--more start-->\n'
        '<p style="text-align:center"><img src="/attachs/2020/10/30/poster.jpg" alt="" /></p>\n'
        "<!--more end-->\n</div>\n</div>\n</body></html>\n",
        "gbk",
    )
