"""广西纪检监察网, the discipline-inspection site of Guangxi."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="gxjjw",
    title="广西纪检监察网",
    region="450000",
    hosts=("gxjjw.gov.cn",),
    article_url=re.compile(
        r"/staticpages/(?P<day>[0-9]{8})/[a-z]{1,16}(?P<time>[0-9a-f]{8})-(?P<key>[0-9]{1,12})"
        r"\.shtml$"
    ),
    layouts=(
        Layout(
            since=date(2015, 1, 1),
            title="h2.tit, div.article.wbg h2",
            header="div.daty",
            body="div.content",
            end="more end",
            drop=("div.share_box",),
        ),
    ),
    listings=(
        "http://www.gxjjw.gov.cn/",
        "http://www.gxjjw.gov.cn/staticmores/908/908-1.shtml",
        "http://www.gxjjw.gov.cn/staticmores/700/700-1.shtml",
    ),
    column_url=re.compile(
        r"/staticmores/[0-9]{3}/[0-9]{1,6}-1\.shtml$|/more\.php\?sortid=[0-9]{1,6}(?:&pageno=1)?$"
    ),
    listing_layouts=(
        ListingLayout(since=date(2015, 1, 1), row="div.more_list", day="span"),
        ListingLayout(since=date(2018, 1, 1), row="ul.m_textlist > li", day="span"),
    ),
    evidence="four public parsers of 2015 to 2023 agree; no page of its own could be had",
)
