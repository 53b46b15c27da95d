"""Where headline, header zone and body stand on a page of a site nobody has described.

The body is the container whose lines read like sentences and are not links; the headline is the
heading that `<title>` repeats or the last one above the date; the header zone lies between them.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from transforms.locating import Located


def locate_by_looks(page: LexborHTMLParser) -> Located | None:
    """Find the parts of an article; None where nothing on the page reads like one."""
    return None
