"""四川省纪委监委网站, the discipline-inspection site of Sichuan."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="scjc",
    title="四川省纪委监委网站",
    region="510000",
    hosts=("scjc.gov.cn",),
    article_url=re.compile(
        r"/(?:[0-9]{6}|(?P<day>[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}))/"
        r"(?P<key>[0-9a-f]{32}|[0-9]{1,16})\.s?html$"
    ),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h3.article",
            header="p.laiyuan",
            body="div.content_txt",
        ),
    ),
    listings=("http://www.scjc.gov.cn/zhyw/qwfb/",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="p.name, ul.imglist_ul li",
            day="span",
            file="index_{n}.html",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
