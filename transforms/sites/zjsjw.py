"""浙江省纪委监委网站, the discipline-inspection site of Zhejiang."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="zjsjw",
    title="浙江省纪委监委网站",
    region="330000",
    hosts=("zjsjw.gov.cn",),
    article_url=re.compile(
        r"/system/(?P<day>[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})/(?P<key>[0-9]{1,16})\.shtml$"
    ),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h1.artTitle",
            header="#source_baidu, #pubtime_baidu",
            body="div.artCon",
            drop=("div.artSpecial",),
        ),
    ),
    listings=("http://www.zjsjw.gov.cn/ch112/jlsc/",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.listUl > li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
