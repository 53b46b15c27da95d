"""Builds page bytes around the sample articles in the layouts of the sites they stand for."""

from __future__ import annotations

import html
from collections.abc import Callable

from flows.samples.source import Source, page_lines

NOTE = "<!-- a sample page written for the qinqing project, published nowhere -->"
SITE_TITLE = "广西纪检监察网"


def page(source: Source) -> bytes:
    """Return the bytes of an article's page in its layout and encoding."""
    return encoded(LAYOUTS[source.head["layout"]](source), source.head["encoding"])


def encoded(text: str, encoding: str) -> bytes:
    """Encode as the site does: what GBK lacks becomes a character reference."""
    return text.encode(encoding, "xmlcharrefreplace" if encoding == "gbk" else "strict")


def paragraphs(source: Source, opening: str = "<p>　　", closing: str = "</p>") -> str:
    """Return the body with its paragraphs marked; lines of a table stand as they are."""
    return "\n".join(
        line if line.startswith(("<table", "<tr")) else f"{opening}{line}{closing}"
        for line in page_lines(source)
    )


def gxjjw(source: Source, when: str = "%Y年%m月%d日 %H:%M") -> str:
    """Return the article markup of 2018–2023."""
    return _gxjjw(source, f'<h2 class="tit">{html.escape(source.head["title"])}</h2>', when)


def gxjjw_child_title(source: Source) -> str:
    """Return the same with the headline in a child tag of the heading."""
    title = html.escape(source.head["title"])
    return _gxjjw(source, f'<h2 class="tit"><span>{title}</span></h2>', "%Y年%m月%d日 %H:%M")


def gxjjw_dash_date(source: Source) -> str:
    """Return the same with the date in dashes."""
    return gxjjw(source, "%Y-%m-%d %H:%M")


def gxjjw_day_only(source: Source) -> str:
    """Return the same without hour and minute, which only the address then tells."""
    return gxjjw(source, "%Y年%m月%d日")


def gxjjw_br(source: Source) -> str:
    """Return the same with one paragraph cut by line breaks, as pasted from Word."""
    body = "<p>　　" + "<br />\n　　".join(page_lines(source)) + "</p>"
    return gxjjw(source).replace(paragraphs(source), body)


def ccdi(source: Source) -> str:
    """Return the TRS markup of the national site, with its meta tags."""
    head = source.head
    shown = source.published_at.strftime("%Y-%m-%d %H:%M")
    return f"""<!DOCTYPE html>
<html><head>
{NOTE}
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="SiteName" content="中央纪委国家监委网站">
<meta name="SiteDomain" content="www.ccdi.gov.cn">
<meta name="ColumnName" content="{head["column"]}">
<meta name="ArticleTitle" content="{html.escape(head["title"])}">
<meta name="PubDate" content="{shown}">
<meta name="ContentSource" content="{head["source"]}">
<title>{head["column"]}——中央纪委国家监委网站</title>
</head><body class="in_bg">
<div class="top"><a href="../../">返回首页</a></div>
<section class="fixed"><div class="main_bwzp fixed"><div class="container">
<h2 class="tit">
    {html.escape(head["title"])}
</h2>
<h3 class="daty"><em class="e e1">来源：{head["source"]}</em>
<em class="e e2">发布时间：
    {shown}
</em><em class="e e3"><span class="share">分享<b></b></span></em></h3>
<div class="content"><div class="TRS_Editor">
{paragraphs(source, "<p>　　")}
</div></div><div class="clear"></div>
<div class="page_bot">责任编辑：某某</div>
</div></div></section>
</body></html>
"""


def lbjjjc(source: Source) -> str:
    """Return the markup of a city's site, as government CMSs write it."""
    head = source.head
    shown = source.published_at.strftime("%Y-%m-%d %H:%M:%S")
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>
{NOTE}
<meta charset="utf-8">
<meta name="ColumnName" content="{head["column"]}">
<meta name="PubDate" content="{shown[:16]}">
<title>{html.escape(head["title"])}-来宾纪检监察网</title>
</head><body>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/yw/">{head["column"]}</a></div>
<div class="detail">
<h1 class="detail-title">{html.escape(head["title"])}</h1>
<div class="detail-info"><span>信息来源：{head["source"]}</span> <span>发布日期：{shown}</span> \
<span>浏览次数：<i id="hits"></i></span> <a href="javascript:window.print()">打印</a></div>
<div class="detail-content" id="zoom">
{paragraphs(source)}
</div>
<div class="detail-page"><a href="#">上一篇</a> <a href="#">下一篇</a></div>
</div>
</body></html>
"""


def yunnan(source: Source) -> str:
    """Return the markup of a neighbouring province's site of 2018."""
    head = source.head
    shown = source.published_at.strftime("%Y-%m-%d %H:%M")
    return f"""<!DOCTYPE html>
<html><head>
{NOTE}
<meta charset="utf-8" />
<title>{html.escape(head["title"])}_云南省纪委省监委网站</title>
</head><body>
<div class="iMain">
<div class="iTitle">{html.escape(head["title"])}</div>
<div class="dt"><span>发布时间: {shown}</span> <span>来源: {head["source"]}</span></div>
<div class="itp">
{paragraphs(source, "<p>")}
</div></div>
</body></html>
"""


def _gxjjw(source: Source, heading: str, when: str) -> str:
    head = source.head
    charset = "utf-8" if head["encoding"] == "utf-8" else head.get("declared", "gbk")
    author = head.get("author", "")
    return f"""<!DOCTYPE html>
<html><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}" />
{NOTE}
<title>{html.escape(head["title"])}-{SITE_TITLE}</title>
</head><body>
<div class="article wbg">
{heading}
<div class="daty text-center">
<span>来源：{head["source"]}</span>&nbsp;&nbsp;<span>作者：{author}</span>&nbsp;&nbsp;\
<span>发布时间：{source.published_at.strftime(when)}</span>
<div class="share_box e"></div>
</div>
<div class="content">
<!--more start-->
{paragraphs(source)}
<!--more end-->
</div>
</div>
</body></html>
"""


LAYOUTS: dict[str, Callable[[Source], str]] = {
    "gxjjw": gxjjw,
    "gxjjw_child_title": gxjjw_child_title,
    "gxjjw_dash_date": gxjjw_dash_date,
    "gxjjw_day_only": gxjjw_day_only,
    "gxjjw_br": gxjjw_br,
    "ccdi": ccdi,
    "lbjjjc": lbjjjc,
    "yunnan": yunnan,
}
