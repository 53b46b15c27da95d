"""中央纪委国家监委网站 and its magazine 中国纪检监察."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="ccdi",
    title="中央纪委国家监委网站",
    hosts=("ccdi.gov.cn", "zgjjjc.ccdi.gov.cn", "m.ccdi.gov.cn"),
    article_url=re.compile(r"/t(?P<day>[0-9]{8})_(?P<key>[0-9]{1,12})(?:_m)?\.s?html?$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h2.tit",
            header=".daty",
            body="div.content",
            drop=(".share_box", ".e3", "div.clear"),
            column=".other_Location span",
        ),
        Layout(
            since=date(2018, 1, 2),
            title="div.Article_61 > div.tit",
            body="div.Article_61 > div.content",
            drop=(".sharearea", ".bdsharebuttonbox"),
        ),
    ),
    listings=(
        "https://www.ccdi.gov.cn/toutiaon/",
        "https://www.ccdi.gov.cn/yaowenn/",
        "https://www.ccdi.gov.cn/pln/",
        "https://www.ccdi.gov.cn/scdcn/zggb/djcf/",
        "https://www.ccdi.gov.cn/scdcn/sggb/djcf/",
    ),
    listing_layouts=(
        ListingLayout(since=date(2018, 1, 1), row="ul.list_news_dl > li", day="span"),
        ListingLayout(since=date(2021, 1, 1), row=".list_news_dl2 > li", day=".more"),
    ),
    evidence="41 saved pages of 2022 to 2025; lists by two public parsers",
)
