"""秦风网, the discipline-inspection site of Shaanxi."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="qinfeng",
    title="秦风网",
    region="610000",
    hosts=("qinfeng.gov.cn",),
    article_url=re.compile(r"/info/(?:[0-9]{1,8}/){0,2}(?P<key>[0-9]{1,16})\.htm$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.article_title",
            header="div.article_date",
            body="div.v_news_content",
        ),
    ),
    listings=("http://www.qinfeng.gov.cn/scdc/sggb/zjsc.htm",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="ul.xsxc_index_center_list > li",
            day="span",
        ),
    ),
    evidence="one public parser of 2018",
)
