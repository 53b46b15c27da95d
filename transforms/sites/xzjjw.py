"""西藏纪检监察网, the discipline-inspection site of Tibet."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="xzjjw",
    title="西藏纪检监察网",
    region="540000",
    hosts=(
        "xzjjw.gov.cn",
        "lsjjw.gov.cn",
    ),
    article_url=re.compile(r"/[a-z]{1,8}_detail\.php\?id=(?P<key>[0-9]{1,16})$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.title1, h4",
            header="div.time",
            body="div.content div.main",
            drop=("div.fb",),
        ),
    ),
    listings=("http://www.xzjjw.gov.cn/gz.php?type=97",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.new_title > ul > li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
