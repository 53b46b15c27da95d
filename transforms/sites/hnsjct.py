"""清风中原网, the discipline-inspection site of Henan."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="hnsjct",
    title="清风中原网",
    region="410000",
    hosts=("hnsjct.gov.cn",),
    article_url=re.compile(r"/article(?P<key>[0-9a-f]{32})\.html$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.cms-article-tit",
            header="div.cms-article-attach",
            body="div.article-detail",
            end=" 文章评论-start",
        ),
    ),
    listings=("http://www.hnsjct.gov.cn/sitesources/hnsjct/page_pc/gzdt/jlsc/list1.html",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div.colRtitle",
            day="span",
            file="list{n}.html",
            first=2,
        ),
    ),
    evidence="two public parsers of 2018 agree; lists are filled by a script",
)
