"""上海市纪委监委网站, the discipline-inspection site of Shanghai."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="shjcw",
    title="上海市纪委监委网站",
    region="310000",
    hosts=("shjcw.gov.cn",),
    article_url=re.compile(r"/u1ai(?P<key>[0-9]{1,16})\.html$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="#ivs_title",
            header="p.source, span.date",
            body="#ivs_content",
        ),
    ),
    listings=("http://www.shjcw.gov.cn/2015jjw/n2233/index.html",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.newsList > li",
            day="span",
            file="index{n}.html",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
