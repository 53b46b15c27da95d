"""北京市东城区纪委监委网站, the discipline-inspection site of Dongcheng, Beijing."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="dcqjw",
    title="北京市东城区纪委监委网站",
    region="110101",
    hosts=("dcqjw.gov.cn",),
    article_url=re.compile(r"/default\.jsf\?id=(?P<key>[0-9]{1,16})$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="div.defaultTitle h2",
            header="div.defaultTitle div",
            body="div.defaultContent",
        ),
    ),
    listings=("http://www.dcqjw.gov.cn/ywdt.jsf?id=8",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div#list2 li",
            day="span",
            file="?page={n}&id=8",
            first=2,
        ),
    ),
    evidence="one public parser of 2018",
)
