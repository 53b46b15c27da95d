"""贵州省纪委监委网站, the discipline-inspection site of Guizhou."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="gzdis",
    title="贵州省纪委监委网站",
    region="520000",
    hosts=("gzdis.gov.cn",),
    article_url=re.compile(r"/t(?P<day>[0-9]{8})_(?P<key>[0-9]{1,16})\.html?$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.btnr span",
            header="div.btnr p",
            body="div#textBox",
        ),
    ),
    listings=("http://www.gzdis.gov.cn/gzdt/jlsc/",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.list01 dd",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree; list links stand in scripts",
)
