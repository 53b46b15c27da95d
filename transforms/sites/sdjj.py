"""山东省纪委监委网站, the discipline-inspection site of Shandong."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="sdjj",
    title="山东省纪委监委网站",
    region="370000",
    hosts=("sdjj.gov.cn",),
    article_url=re.compile(r"/t(?P<day>[0-9]{8})_(?P<key>[0-9]{1,16})\.html?$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.head h2, h2",
            header="div.head p",
            body="div.TRS_Editor, #show3",
        ),
    ),
    listings=("http://www.sdjj.gov.cn/tbbg/",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul#mycarousel > li",
            day="span",
            file="index_{n}.htm",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
