"""河北省纪委监委网站, the discipline-inspection site of Hebei."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="hebcdi",
    title="河北省纪委监委网站",
    region="130000",
    hosts=("hebcdi.gov.cn",),
    article_url=re.compile(
        r"/(?P<day>[0-9]{4}-[0-9]{2}/[0-9]{2})/content_(?P<key>[0-9]{1,16})\.htm$"
    ),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h1",
            header="div.min_cc",
            body="div.min_content",
            end="/enpcontent",
        ),
    ),
    listings=(
        "http://www.hebcdi.gov.cn/node_122866.htm",
        "http://www.hebcdi.gov.cn/node_124627.htm",
    ),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.feed-item",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
