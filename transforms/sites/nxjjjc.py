"""宁夏纪检监察网, the discipline-inspection site of Ningxia."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="nxjjjc",
    title="宁夏纪检监察网",
    region="640000",
    hosts=("nxjjjc.gov.cn",),
    article_url=re.compile(r"/t(?P<day>[0-9]{8})_(?P<key>[0-9]{1,16})\.html?$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h2.tit",
            header="div.bon",
            body="div.TRS_Editor",
            end="endprint",
        ),
    ),
    listings=(
        "http://www.nxjjjc.gov.cn/jlsc/qn/index.html",
        "http://www.nxjjjc.gov.cn/xbnxjw/xxgk/jlsc/zzqjlsc/index.html",
    ),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.news-list > li, .news-list > li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
