"""来宾市纪检监察网, a city site of Guangxi: its addresses are known, its markup is not."""

import re

from transforms.sites.site import Site

SITE = Site(
    name="lbjjjc",
    title="来宾市纪检监察网",
    region="451300",
    hosts=("lbjjjc.gov.cn",),
    article_url=re.compile(
        r"/work/(?P<day>[0-9]{4}/[0-9]{2}/[0-9]{2})/detail_(?P<key>[0-9]{9,20})\.html$"
    ),
    layouts=(),
    listings=("https://www.lbjjjc.gov.cn/",),
    evidence="one stored address of 2025; pages are read by their looks",
)
