"""风正巴渝网, the discipline-inspection site of Chongqing."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="cqjjc",
    title="风正巴渝网",
    region="500000",
    hosts=("jjc.cq.gov.cn",),
    article_url=re.compile(
        r"/html/(?P<day>[0-9]{4}-[0-9]{2}/[0-9]{2})/content_(?P<key>[0-9]{1,16})\.htm$"
    ),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div#text h1",
            header="div.ls",
            body="div.nr",
        ),
    ),
    listings=(
        "http://jjc.cq.gov.cn/html/node_282706.htm",
        "http://jjc.cq.gov.cn/html/col610287.htm",
    ),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="#list > ul > li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree; header and body also by one of 2023",
)
