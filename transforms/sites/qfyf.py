"""清风扬帆网, the discipline-inspection site of Jiangsu."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="qfyf",
    title="清风扬帆网",
    region="320000",
    hosts=(
        "qfyf.net",
        "jssjw.gov.cn",
    ),
    article_url=re.compile(
        r"/art/(?P<day>[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})/art_[0-9]{1,8}_(?P<key>[0-9]{1,16})\.html$"
    ),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h1",
            header="div.c-conten-top",
            body="#c-conten-con",
        ),
    ),
    listings=("http://www.qfyf.net/col/col17/index.html",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.simple_pgContainer li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
