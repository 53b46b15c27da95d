"""Serve the explorer: read-only pages over a copy of the database, on this machine alone.

Readers never hold the database itself: an open reader would keep a load from starting. The pages
are drawn from a private copy of the file and its log, taken anew when they have changed; a copy
that a write overtook is thrown away, and the last whole one goes on being served.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from transforms.errors import BusyError, QinqingError, WarehouseError
from warehouse.connection import Connection, check_complete, check_schema, connect
from warehouse.explorer import view
from warehouse.explorer.question import Question, read_question
from warehouse.explorer.search import (
    CSV_ROWS,
    Found,
    Frame,
    as_csv,
    frame,
    named_as_csv,
    programmes,
    search,
    sheet,
)
from warehouse.report.labels import labels

HOST, PORT = "127.0.0.1", 8765
HOSTS = ["127.0.0.1", "localhost", "[::1]"]  # another name means another site is asking
LOCKED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


Stamp = tuple[tuple[int, int] | None, tuple[int, int] | None]  # of the database and its log
SECONDS_BETWEEN_COPIES = 2.0
MOST_REMEMBERED = 256  # answers kept for pages asked for again


class Copies:
    """Keeps a private copy of a database, as new as can be had without disturbing a writer."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._guard = threading.Lock()
        self._seen: Stamp | None = None
        self._looked = 0.0
        self._connection: Connection | None = None
        self._frame: Frame | None = None
        self._remembered: dict[Question, Found] = {}

    def current(self) -> tuple[Connection, Frame]:
        """Return a connection to the newest copy and what its controls offer.

        Raises WarehouseError if there is no database and BusyError if none could be copied yet.
        """
        with self._guard:
            if self._due():
                self._renew_if_possible()
            if self._connection is None or self._frame is None:
                raise BusyError(f"{self.database.name} is being written")
            return self._connection, self._frame

    def found(self, asked: Question) -> Found:
        """Return what a search finds; the same question on the same copy is not asked twice."""
        connection, _ = self.current()
        known = self._remembered.get(asked)
        if known is None:
            known = search(connection, asked)
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[asked] = known
        return known

    def close(self) -> None:
        """Close the copy."""
        if self._connection is not None:
            self._connection.close()

    def _due(self) -> bool:
        """Say whether to look for news: always without a copy, else once in a while."""
        now = time.monotonic()
        if self._connection is not None and now - self._looked < SECONDS_BETWEEN_COPIES:
            return False
        self._looked = now
        return self._stamp() != self._seen

    def _renew_if_possible(self) -> None:
        """Take a new copy; where there is one already, it does until a new one can be had."""
        try:
            self._renew()
        except (OSError, WarehouseError):
            if self._connection is None:
                raise

    def _stamp(self) -> Stamp:
        """Return what changes whenever the database or the log beside it is written to."""
        return _stamp(self.database), _stamp(self._log())

    def _log(self) -> Path:
        return self.database.with_name(self.database.name + ".wal")

    def _renew(self) -> None:
        """Copy the file and its log; a copy that was overtaken by a write is thrown away."""
        stamp = self._stamp()
        if stamp[0] is None:
            raise WarehouseError(
                f"there is no database at {self.database}; "
                "run `qinqing run` or `qinqing ingest` first"
            )
        # An open file needs no name: the folder goes at once, so nothing is ever left behind.
        with tempfile.TemporaryDirectory(prefix="qinqing-serve-") as folder:
            copy = Path(folder) / "copy.duckdb"
            shutil.copyfile(self.database, copy)
            if stamp[1] is not None:
                shutil.copyfile(self._log(), copy.with_name("copy.duckdb.wal"))
            if self._stamp() == stamp:
                self._switch(copy, stamp)

    def _switch(self, copy: Path, stamp: Stamp) -> None:
        with _of_the_original(copy, self.database):
            opened = connect(str(copy), read_only=True, config=LOCKED)
            check_schema(opened)
            check_complete(opened)
        self._connection, self._frame, self._seen = opened, frame(opened), stamp
        self._remembered = {}


@contextmanager
def _of_the_original(copy: Path, database: Path) -> Iterator[None]:
    """Let what is raised of the copy name the database."""
    try:
        yield
    except WarehouseError as error:
        told = str(error).replace(str(copy), str(database)).replace(copy.name, database.name)
        raise type(error)(told) from None


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size


def create_app(database: Path | str) -> Starlette:
    """Return the explorer of a database as an ASGI application; it never writes to the database."""
    copies = Copies(Path(database))
    pages: dict[str, Callable[[Copies, Request], Response]] = {
        "/": _results,
        "/measures.csv": _measures_csv,
        "/programmes.csv": _programmes_csv,
        "/article/{article_id:path}": _article,
    }
    routes = [Route(path, partial(_answer, copies, draw)) for path, draw in pages.items()]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)
    app = Starlette(routes=routes, middleware=[hosts, Middleware(GZipMiddleware)])
    app.state.copies = copies
    return app


def serve(database: Path, port: int = PORT, told: Callable[[str], object] = print) -> None:
    """Serve the explorer on 127.0.0.1 until interrupted; `told` is given its address.

    Raises WarehouseError where there is no database to read, QinqingError where the port is taken.
    """
    app = create_app(database)
    try:
        app.state.copies.current()
        with socket.socket() as listening:
            _bind(listening, port)
            told(f"http://{HOST}:{port}/")
            uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])
    finally:
        app.state.copies.close()


def _bind(listening: socket.socket, port: int) -> None:
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        raise QinqingError(
            f"cannot listen on port {port} ({error.strerror}); choose another with --port"
        ) from None


def _answer(
    copies: Copies, draw: Callable[[Copies, Request], Response], request: Request
) -> Response:
    """Answer one request; what keeps the database from being read becomes a page that says so."""
    lang = _asked(request).lang
    try:
        answer = draw(copies, request)
    except BusyError:
        page = view.message_page(lang, labels(lang)("x_busy"), refresh=True)
        answer = HTMLResponse(page, 503, {"Retry-After": "5"})
    except WarehouseError as error:
        text = labels(lang)("x_absent", cause=error)
        answer = HTMLResponse(view.message_page(lang, text), 503)
    answer.headers.update(HEADERS | {"Content-Security-Policy": view.policy()})
    return answer


def _asked(request: Request) -> Question:
    return read_question(request.query_params)


def _results(copies: Copies, request: Request) -> Response:
    asked = _asked(request)
    connection, offered = copies.current()
    if asked.view == "programmes":
        total, named = programmes(connection, asked)
        return HTMLResponse(view.programmes_page(asked, total, named, offered))
    return HTMLResponse(view.results_page(asked, copies.found(asked), offered))


def _measures_csv(copies: Copies, request: Request) -> Response:
    connection, _ = copies.current()
    return _csv(as_csv(search(connection, _asked(request), CSV_ROWS).hits), "measures")


def _programmes_csv(copies: Copies, request: Request) -> Response:
    connection, _ = copies.current()
    return _csv(named_as_csv(programmes(connection, _asked(request), CSV_ROWS)[1]), "programmes")


def _csv(text: str, name: str) -> Response:
    """Return a file that Excel reads as UTF-8."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.encode("utf-8-sig"), 200, headers, "text/csv; charset=utf-8")


def _article(copies: Copies, request: Request) -> Response:
    asked = _asked(request)
    connection, _ = copies.current()
    found = sheet(connection, request.path_params["article_id"], asked.lang)
    if found is None:
        return HTMLResponse(view.message_page(asked.lang, labels(asked.lang)("x_missing")), 404)
    at = request.query_params.get("at", "")
    return HTMLResponse(
        view.article_page(asked, found, int(at) if at.isascii() and at.isdigit() else -1)
    )
