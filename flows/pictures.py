"""Turn a chart into a PNG with the Chromium that is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from transforms.errors import QinqingError

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--force-device-scale-factor=2",
)
SECONDS = 60
MARGIN = 16  # pixels around the chart

_SIZE = re.compile(r'viewBox="0 0 ([0-9.]{1,8}) ([0-9.]{1,8})"')
_FRAME = '<!doctype html><meta charset="utf-8"><body style="margin:{margin}px">{svg}'


def chromium() -> str:
    """Return the path of Chromium: $QINQING_CHROMIUM, or a known name on PATH; raise if none."""
    named = os.environ.get("QINQING_CHROMIUM")
    found = named or next((path for path in map(shutil.which, NAMES) if path), None)
    if not found:
        raise QinqingError(
            "a PNG needs Chromium, and none is on PATH: install it, set QINQING_CHROMIUM, "
            "or ask for svg"
        )
    return found


def png(svg: str) -> bytes:
    """Return a chart as PNG, twice its size in pixels; raise QinqingError if it cannot be drawn."""
    size = _SIZE.search(svg)
    if size is None:
        raise QinqingError("there is nothing to draw for this period")
    width, height = (int(float(side)) + 2 * MARGIN for side in size.groups())
    with tempfile.TemporaryDirectory(prefix="qinqing-chart-") as folder:
        page, picture = Path(folder) / "chart.html", Path(folder) / "chart.png"
        page.write_text(_FRAME.format(margin=MARGIN, svg=svg), "utf-8")
        _shoot(
            page, picture, f"--window-size={width},{height}", f"--user-data-dir={folder}/profile"
        )
        return picture.read_bytes()


def _shoot(page: Path, picture: Path, *options: str) -> None:
    # As root, as in a container, Chromium starts only without its sandbox; the page is our own.
    rooted = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [chromium(), *FLAGS, *rooted, *options, f"--screenshot={picture}", page.as_uri()]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - no shell, our own words
    except (OSError, subprocess.SubprocessError) as error:
        raise QinqingError(f"Chromium could not draw the chart: {error}") from None
    if not picture.exists():
        raise QinqingError("Chromium drew no picture of the chart")
