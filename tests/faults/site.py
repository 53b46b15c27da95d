"""The bundled sample site, served on loopback under its own name."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import urlsplit

import flows
from tests.faults.server import Server, reply

SAMPLES = Path(flows.__file__).parent / "samples"


def sample_site() -> Server:
    """Serve the sample pages and lists; whatever host is asked for, this server answers."""
    server = Server()
    for folder in ("pages", "listings"):
        with (SAMPLES / folder / "MANIFEST.tsv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                body = (SAMPLES / folder / row["file"]).read_bytes()
                server.pages[path_of(row["url"])] = reply(body, "200 OK", "text/html")
    return server


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return parts.path.removeprefix("/") + (f"?{parts.query}" if parts.query else "")


def route_to(server: Server):
    """Return a route that leads every host to this server."""
    return lambda _host, _port: ("127.0.0.1", server.port)
