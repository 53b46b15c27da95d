"""江西廉政网, the discipline-inspection site of Jiangxi."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="jxlz",
    title="江西廉政网",
    region="360000",
    hosts=("jxlz.gov.cn",),
    article_url=re.compile(r"/t(?P<day>[0-9]{8})_(?P<key>[0-9]{1,16})\.html?$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h2.tit, div.Article_61 h2",
            header="em.e1, em.e2",
            body=".TRS_Editor",
        ),
    ),
    listings=("http://www.jxlz.gov.cn/jjjcyw/jlsc/",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="td.title",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
