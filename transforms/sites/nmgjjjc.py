"""内蒙古纪检监察网, the discipline-inspection site of Inner Mongolia."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="nmgjjjc",
    title="内蒙古纪检监察网",
    region="150000",
    hosts=("nmgjjjc.gov.cn",),
    article_url=re.compile(r"/[a-z]{2,12}/(?P<key>[0-9]{1,16})\.shtml$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.detail_tit h2",
            header="div.detail_tit span, div.detail_tit em",
            body="div.detail_con",
        ),
    ),
    listings=(
        "http://www.nmgjjjc.gov.cn/ajcc/",
        "http://www.nmgjjjc.gov.cn/scdc/",
    ),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.zMain_list",
            day="span",
            file="index_{n}.shtml",
            first=2,
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
