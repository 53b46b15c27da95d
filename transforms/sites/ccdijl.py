"""吉林省纪委监委网站, the discipline-inspection site of Jilin."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="ccdijl",
    title="吉林省纪委监委网站",
    region="220000",
    hosts=("ccdijl.gov.cn",),
    article_url=re.compile(r"/t(?P<day>[0-9]{8})_(?P<key>[0-9]{1,16})\.html?$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h3",
            header="p.pLine",
            body="div.contentMainPage",
            script_source=r"""laiyuan\s{0,3}=\s{0,3}["\']([^"\']{1,60})""",
        ),
    ),
    listings=("http://www.ccdijl.gov.cn/scdc/djzwcf/index.html",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.scdc_news_lj, .subnews_list_lj > li",
            day="span",
        ),
    ),
    evidence="one public parser of 2018",
)
