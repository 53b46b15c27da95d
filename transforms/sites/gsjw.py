"""甘肃省纪委监委网站, the discipline-inspection site of Gansu."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="gsjw",
    title="甘肃省纪委监委网站",
    region="620000",
    hosts=("gsjw.gov.cn",),
    article_url=re.compile(r"/contents/(?P<key>[0-9]{1,16})\.html$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h1",
            header="div.infoBox",
            body="div#content",
        ),
    ),
    listings=("http://www.gsjw.gov.cn/category/jlsc",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.list > li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
