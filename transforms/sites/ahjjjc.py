"""安徽纪检监察网, the discipline-inspection site of Anhui."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="ahjjjc",
    title="安徽纪检监察网",
    region="340000",
    hosts=("ahjjjc.gov.cn",),
    article_url=re.compile(r"/p/(?P<key>[0-9]{1,16})\.html$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.article h2",
            header="div.article h3.clearfix, div.article div.fl",
            body="#content",
        ),
    ),
    listings=("http://www.ahjjjc.gov.cn/sggb/index.html",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="dl.clearfix > dt",
            day="span",
            file="index_{n}.html",
            first=2,
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
