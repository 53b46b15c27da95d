"""Chromium for the browser tests, and the pages they open."""

import os
import shutil
import socket
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from tests import report_rows, sample_warehouse

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


def chromium() -> str | None:
    """Return the path of Chromium: $QINQING_CHROMIUM, or the first known name on PATH."""
    named = os.environ.get("QINQING_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome-stable")
    return named or next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture(scope="module")
def browser():
    """Chromium for one module: while it is open, its event loop keeps others from running."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on PATH and QINQING_CHROMIUM is not set: browser tests not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser):
    """A tab in which an error, a refused resource or a request to the network fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: troubles.append(asked.url) if _outside(asked.url) else None)
    yield page
    context.close()
    assert troubles == []


def _outside(url: str) -> bool:
    return not url.startswith(("file:", "data:", "http://127.0.0.1:"))


@pytest.fixture(scope="session")
def screenshots() -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS


@pytest.fixture(scope="session")
def reports(tmp_path_factory) -> dict[str, str]:
    """The addresses of a report of our own rows, in both languages."""
    from warehouse.report.labels import labels
    from warehouse.report.page import page

    folder = tmp_path_factory.mktemp("reports")
    told = {}
    for lang in ("zh", "en"):
        file = folder / f"{lang}.html"
        html = page(
            report_rows.material(),
            report_rows.lookup,
            report_rows.QUARTER,
            labels(lang),
            date(2021, 1, 2),
        )
        file.write_text(html, "utf-8")
        told[lang] = file.as_uri()
    return told


@pytest.fixture(scope="session")
def database(tmp_path_factory) -> Path:
    return sample_warehouse.build(tmp_path_factory.mktemp("browser") / "browser.duckdb")


@pytest.fixture(scope="session")
def explorer(database):
    """The address of a running explorer over the samples."""
    import uvicorn

    from flows.serve import create_app

    app = create_app(database)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    app.state.copies.close()


@pytest.fixture
def accessible():
    """Return a check that a page breaks none of axe's rules."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    return check
