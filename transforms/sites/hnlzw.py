"""海南廉政网, the discipline-inspection site of Hainan."""

import re
from datetime import date

from transforms.pages.listings import ListingLayout
from transforms.sites.site import Layout, Site

SITE = Site(
    name="hnlzw",
    title="海南廉政网",
    region="460000",
    hosts=("hnlzw.net",),
    article_url=re.compile(r"/page\.php\?xuh=(?P<key>[0-9]{1,16})$"),
    layouts=(
        Layout(
            since=date(2018, 1, 1),
            title="#arttitl",
            header="#artdes",
            body="#artcon",
        ),
    ),
    listings=("http://www.hnlzw.net/jlsc_sggb.php?ncount=8&nbegin=0",),
    listing_layouts=(
        ListingLayout(
            since=date(2018, 1, 1),
            row="div#mainrconlist > ul > li",
            day="span",
        ),
    ),
    evidence="two public parsers of 2018 agree",
)
