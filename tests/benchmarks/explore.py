"""Print how fast the explorer answers and a report is written. Run it by hand: it asserts nothing.

python tests/benchmarks/explore.py DATABASE [PERIOD]
"""

import asyncio
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx

from flows.serve import create_app
from transforms.buckets import parse_period
from warehouse.report import render_period
from warehouse.store import Warehouse

ADDRESSES = (
    "/",
    "/?region=450000",
    "/?region=450107",
    "/?category=business&sort=-value",
    "/?start=2020-01&end=2020-12",
    "/?nature=ytd",
    "/?sort=value",
    "/?q=办结",  # in every sentence
    "/?q=办结&region=450000&sort=-value",
    "/?q=企业",
    "/?q=绝无此词",
    "/?view=programmes",
    "/?lang=en&once=1&category=casework&start=2015-01&end=2018-12",
    "/measures.csv?region=450107",
)
PAGES = 7  # of each address; each page is another question, so none is answered from memory


async def timed(client: httpx.AsyncClient, address: str) -> tuple[list[float], list[float]]:
    """Return the milliseconds that each page of an address took, by the wall and of processors."""
    took, worked = [], []
    for page in range(1, PAGES + 1):
        start, busy = time.perf_counter(), time.process_time()
        await client.get(f"{address}{'&' if '?' in address else '?'}page={page}")
        took.append(1000 * (time.perf_counter() - start))
        worked.append(1000 * (time.process_time() - busy))
    return took, worked


async def explore(database: Path) -> None:
    """Print the median and the slowest answer of each address."""
    app = create_app(database)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        await client.get("/")
        for address in ADDRESSES:
            took, worked = await timed(client, address)
            print(
                f"{address:60} {statistics.median(took):6.0f} ms  slowest {max(took):6.0f} ms"
                f"  processors {statistics.median(worked):6.0f} ms"
            )
    app.state.copies.close()


def report(database: Path, period: str) -> None:
    """Print how long the report of a period took and how large it is."""
    with Warehouse(database, read_only=True) as warehouse:
        start = time.perf_counter()
        html = render_period(warehouse.connection, parse_period(period))
    took = time.perf_counter() - start
    print(f"report of {period}: {took:.2f} s, {len(html.encode()):,} bytes")


if __name__ == "__main__":
    given = Path(sys.argv[1])
    asyncio.run(explore(given))
    report(given, sys.argv[2] if len(sys.argv) > 2 else "2020")
