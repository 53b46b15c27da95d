"""福建省纪委监委网站, the discipline-inspection site of Fujian."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="fjcdi",
    title="福建省纪委监委网站",
    region="350000",
    hosts=("fjcdi.gov.cn",),
    article_url=re.compile(r"/html/[a-z0-9]{2,20}/(?P<day>[0-9]{8})/(?P<key>[0-9]{1,16})\.html$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h2",
            header="div.summary",
            body="#Info_Content",
        ),
    ),
    listings=("http://www.fjcdi.gov.cn/html/xxgkajcc/",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.news_list dl",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
