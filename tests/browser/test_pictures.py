"""A single chart becomes a picture."""

import struct

import pytest

from flows import pictures
from tests import report_rows
from tests.browser.conftest import chromium
from transforms.errors import QinqingError
from warehouse.report.labels import labels
from warehouse.report.page import CHARTS, chart

pytestmark = pytest.mark.browser


@pytest.mark.skipif(chromium() is None, reason="no Chromium: pictures not drawn")
def test_a_chart_becomes_a_png_of_its_size(screenshots):
    svg = chart(report_rows.material(), report_rows.QUARTER, labels("zh"), "forms")
    drawn = pictures.png(svg)
    assert drawn.startswith(b"\x89PNG\r\n")
    width, _ = struct.unpack(">II", drawn[16:24])
    assert width == 2 * (520 + 2 * pictures.MARGIN)
    (screenshots / "chart-forms.png").write_bytes(drawn)
    assert len(drawn) > 5_000


def test_every_chart_of_the_full_quarter_is_drawn():
    drawn = {n: chart(report_rows.material(), report_rows.QUARTER, labels("en"), n) for n in CHARTS}
    assert all(svg.startswith("<svg") for svg in drawn.values())


def test_what_is_missing_is_said(monkeypatch):
    with pytest.raises(QinqingError, match="nothing to draw"):
        pictures.png("")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("QINQING_CHROMIUM", raising=False)
    with pytest.raises(QinqingError, match="QINQING_CHROMIUM"):
        pictures.chromium()
