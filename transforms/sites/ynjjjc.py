"""云南省纪委监委网站, the discipline-inspection site of Yunnan."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="ynjjjc",
    title="云南省纪委监委网站",
    region="530000",
    hosts=("jjjc.yn.gov.cn",),
    article_url=re.compile(r"/info-[0-9]{1,6}-(?P<key>[0-9]{1,16})\.html$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.iTitle",
            header="div.dt",
            body="div.itp",
        ),
    ),
    listings=("http://www.jjjc.yn.gov.cn/list-5.html",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.tList, div.tListTit",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
