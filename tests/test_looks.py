"""Pages of systems that public offices run, none of them described: the reader finds its way."""

import pytest

from transforms.errors import NotAnArticleError
from transforms.model import Snapshot
from transforms.pages import read_page

TITLE = "石榴县开展“校园餐”专项监督 追回资金29.1万元"
TEXT = (
    "石榴县纪委监委聚焦“校园餐”管理，抽调12名业务骨干组成3个检查组，走访学校46所。",
    "检查中发现问题108个，已督促整改97个，追回资金29.1万元，给予党纪政务处分6人。",
    "“孩子吃得好不好，家长最有发言权。”检查组组长说，下一步将开展回头看。",
)
NOTICE = ("石榴县交通运输局原局长陆某某涉嫌严重违纪违法，目前正接受纪律审查和监察调查。",)
NEWS = "".join(
    f'<li><a href="/n/{i}.html">某地召开第{i}次全面从严治党工作会议并对下一阶段工作作出部署</a><span>2021-04-{i:02}</span></li>'
    for i in range(1, 20)
)
LEGAL = (
    "<p>本网站所有内容受著作权法保护，未经许可，任何单位和个人不得转载、摘编或者以其他方式使用。</p>"
    "<p>建议使用分辨率1024×768以上，浏览器版本不低于8.0，以获得更好的浏览体验。</p>"
)
PARAGRAPHS = "".join(f"<p>　　{line}</p>" for line in TEXT)
DIVISIONS = "".join(f"<div>&nbsp;&nbsp;{line}</div>" for line in TEXT)
BREAKS = "<br/><br/>".join(f"　　{line}" for line in TEXT)
WINDOW = f"<title>{TITLE}_石榴县人民政府门户网站</title>"

# name: (page, source, time or day, lines)
PAGES = {
    "UCAP, the page ends in its middle": (
        f"<html><head>{WINDOW}</head><body><div class='nav'><ul>{NEWS}</ul></div></body></html>"
        f"<div class='article'><h1>{TITLE}</h1><div class='pages-date'>2021-04-20 09:15 "
        f"<span class='font'>来源： 石榴县纪委监委</span>【字体：大 中 小】打印</div>"
        f"<div class='pages_content' id='UCAP-CONTENT'>{PARAGRAPHS}</div></div>",
        ("石榴县纪委监委", "2021-04-20 09:15", TEXT),
    ),
    "JCMS": (
        f"<html><head>{WINDOW}<meta name='PubDate' content='2021-04-20 09:15'>"
        f"<meta name='ContentSource' content='石榴县纪委监委'></head><body><table width=1000><tr>"
        f"<td><ul>{NEWS}</ul></td><td><table><tr><td class='title'>{TITLE}</td></tr>"
        f"<tr><td>发布日期：2021-04-20 浏览次数：<script>count()</script></td></tr>"
        f"<tr><td><div id='zoom'><!--ZJEG_RSS.content.begin-->{PARAGRAPHS}"
        f"<!--ZJEG_RSS.content.end--></div></td></tr></table></td></tr></table>{LEGAL}</body></html>",
        ("石榴县纪委监委", "2021-04-20 09:15", TEXT),
    ),
    "Founder": (
        f"<html><head>{WINDOW}</head><body><h1>{TITLE}</h1><div class='info'>2021年04月20日 09:15"
        f"　来源：石榴日报　作者：陆一心</div><founder-content><!--enpcontent-->{PARAGRAPHS}"
        f"<!--/enpcontent--></founder-content><div class='xgxw'><h3>相关新闻</h3><ul>{NEWS}</ul></div>",
        ("石榴日报", "2021-04-20 09:15", TEXT),
    ),
    "VSB": (
        f"<html><head>{WINDOW}</head><body><form name='_newscontent_fromname'><h2>{TITLE}</h2>"
        f"<div>日期：2021/04/20 09:15　来源：石榴县纪委监委　点击：[<span>12</span>]</div>"
        f"<div id='vsb_content_2'><div class='v_news_content'>{DIVISIONS}</div></div>"
        f"<p>上一条：<a href='1.htm'>石榴县召开会议</a></p><p>下一条：<a href='2.htm'>再部署</a></p>"
        f"</form>{LEGAL}",
        ("石榴县纪委监委", "2021-04-20 09:15", TEXT),
    ),
    "one cell with line breaks, no headings": (
        f"<html><head>{WINDOW}</head><body><table><tr><td align=center><font size=5><b>{TITLE}</b>"
        f"</font></td></tr><tr><td align=center>来源：石榴县纪委　发布时间：2021-04-20 09:15:33</td>"
        f"</tr><tr><td><font style='line-height:2'>{BREAKS}</font></td></tr></table>"
        f"<table><tr><td>版权所有：石榴县纪委监委　桂ICP备12345678号</td></tr></table>",
        ("石榴县纪委", "2021-04-20 09:15", TEXT),
    ),
    "a source without a label": (
        f"<html><head>{WINDOW}</head><body><div id='main'><h1>{TITLE}</h1><p class='date'>"
        f"2021-04-20 09:15　石榴日报</p><div id='article'>{PARAGRAPHS}</div></div>",
        ("石榴日报", "2021-04-20 09:15", TEXT),
    ),
    "labels set apart with spaces": (
        f"<html><head>{WINDOW}</head><body><h1>{TITLE}</h1><div>来　　源：<a href='/'>石榴县纪委监委"
        f"</a></div><div>发布时间：<em>2021-04-20</em> <em>09:15</em></div><div>{DIVISIONS}</div>",
        ("石榴县纪委监委", "2021-04-20 09:15", TEXT),
    ),
    "credits at the foot": (
        f"<html><head>{WINDOW}</head><body><h1>{TITLE}</h1><div class='con'>{PARAGRAPHS}"
        f"<p>来源：石榴县纪委监委</p><p>责任编辑：韦禾</p></div>"
        f"<div>发布时间：2021-04-20 09:15</div><div class='share'>分享到：微信</div>",
        ("石榴县纪委监委", "2021-04-20 09:15", TEXT),
    ),
    "a short notice beside a long list": (
        f"<html><head><title>石榴县交通运输局原局长陆某某接受审查调查</title></head><body>"
        f"<div class='left'><ul>{NEWS}</ul></div><div class='right'><h2>石榴县交通运输局原局长陆某某接受"
        f"审查调查</h2><div>来源：石榴县纪委监委　时间：2021-04-20 09:15</div>"
        f"<div class='text'><p>{NOTICE[0]}</p></div></div>{LEGAL}",
        ("石榴县纪委监委", "2021-04-20 09:15", NOTICE),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_of_an_unknown_site(name: str) -> None:
    markup, (source, at, lines) = PAGES[name]
    article = read_page(Snapshot("http://www.example.gov.cn/zwgk/8812.html", markup.encode()))
    assert article.text.split("\n") == list(lines)
    assert article.source == source
    assert article.published_at is not None
    assert f"{article.published_at:%Y-%m-%d %H:%M}" == at
    assert article.title == (TITLE if lines is TEXT else "石榴县交通运输局原局长陆某某接受审查调查")
    assert article.status == "ok"
    assert article.article_id.startswith("example.gov.cn/")


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("a list", f"<title>工作动态</title><h2>工作动态</h2><ul>{NEWS}</ul>{LEGAL}"),
        (
            "a home page",
            f"<title>石榴县</title>{'<div><h3>栏目</h3><ul>' + NEWS + '</ul></div>'}" * 3,
        ),
        ("a picture", f"<title>{TITLE}</title><h1>{TITLE}</h1><div><img src='1.jpg'></div>"),
        ("nothing", "<html><head><title>404</title></head><body></body></html>"),
    ],
)
def test_page_without_an_article(name: str, markup: str) -> None:
    with pytest.raises(NotAnArticleError):
        read_page(Snapshot("http://www.example.gov.cn/zwgk/", markup.encode()))
