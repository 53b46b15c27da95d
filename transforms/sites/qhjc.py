"""青海省纪委监委网站, the discipline-inspection site of Qinghai."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="qhjc",
    title="青海省纪委监委网站",
    region="630000",
    hosts=("qhjc.gov.cn",),
    article_url=re.compile(r"/html/[0-9]{6,8}/n(?P<key>[0-9]{1,16})\.html$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.xl_tit1",
            header="div.xl_tit2",
            body="div.xl_con1",
        ),
    ),
    listings=("http://www.qhjc.gov.cn/html/ajcc/index.html",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.list li",
            day="span",
            file="index_{n}.html",
            first=2,
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
