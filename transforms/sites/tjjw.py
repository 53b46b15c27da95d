"""天津纪检监察网, the discipline-inspection site of Tianjin."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="tjjw",
    title="天津纪检监察网",
    region="120000",
    hosts=("tjjw.gov.cn",),
    article_url=re.compile(
        r"/html/[\w/]{1,80}/(?P<day>[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})/(?P<key>[0-9]{1,16})\.html$"
    ),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.l-xq-tite h1",
            header="label.l-from, label.l-time",
            body="div.l-content",
            end="热词",
        ),
    ),
    listings=("http://www.tjjw.gov.cn/html/quanweifabu/shenchadiaocha/tianjin/index.html",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.l-ul-list-other > li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
