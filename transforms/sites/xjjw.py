"""新疆纪检监察网, the discipline-inspection site of Xinjiang."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="xjjw",
    title="新疆纪检监察网",
    region="650000",
    hosts=("xjjw.gov.cn",),
    article_url=re.compile(r"/(?P<day>[0-9]{8})/(?P<key>[0-9]{1,16})\.html$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h1.ctitle",
            header="div.msgbar",
            body="div.newsCon",
            drop=("div.pagebar",),
        ),
    ),
    listings=("http://www.xjjw.gov.cn/zhuzhan/jilvjc/",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.cclist > li",
            day="span",
            file="index_{n}.html",
            first=2,
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
