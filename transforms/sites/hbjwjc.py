"""湖北省纪委监委网站, the discipline-inspection site of Hubei."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="hbjwjc",
    title="湖北省纪委监委网站",
    region="420000",
    hosts=("hbjwjc.gov.cn",),
    article_url=re.compile(r"/[a-z]{2,12}/(?P<key>[0-9]{1,16})\.htm$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h2#tts-title",
            header="p.info",
            body="div#tts-text",
        ),
    ),
    listings=("http://www.hbjwjc.gov.cn/info/iList.jsp?cat_id=10007",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.list-b-t > li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
