"""山西纪检监察网, the discipline-inspection site of Shanxi."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="sxdi",
    title="山西纪检监察网",
    region="140000",
    hosts=("sxdi.gov.cn",),
    article_url=re.compile(r"/(?P<key>(?P<day>[0-9]{8})[0-9]{1,6})\.html$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="h1.fl",
            header="p.fl, span.fl",
            body="dd",
        ),
    ),
    listings=("http://www.sxdi.gov.cn/gzdt/jlsc/",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="li",
            day="span",
            file="list_15_{n}.html",
            first=2,
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
