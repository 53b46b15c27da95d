"""南粤清风网, the discipline-inspection site of Guangdong."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="gdjct",
    title="南粤清风网",
    region="440000",
    hosts=("gdjct.gd.gov.cn",),
    article_url=re.compile(r"/[a-z]{2,12}/(?P<key>[0-9]{1,16})\.jhtml$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="#ScDetailTitle",
            header="div.desc",
            body="#ScDetailContent",
        ),
    ),
    listings=("http://www.gdjct.gd.gov.cn/ffkb/index.jhtml",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.GsTL5 > li",
            day="span",
            file="index_{n}.jhtml",
            first=2,
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
