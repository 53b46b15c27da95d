"""黑龙江省纪委监委网站, the discipline-inspection site of Heilongjiang."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="hljjjjc",
    title="黑龙江省纪委监委网站",
    region="230000",
    hosts=("hljjjjc.gov.cn",),
    article_url=re.compile(r"\.php\?(?:[a-z]{1,12}=[\w-]{1,20}&){0,4}id=(?P<key>[0-9]{1,16})$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.main02_tit01",
            header="div.main02_tit02",
            body="div.main02_con",
            end="三级页",
        ),
    ),
    listings=("http://www.hljjjjc.gov.cn/news.php?cid=15&page=1",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.main01_con > ul > li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
