"""One HTTP exchange: vetted peers, no cookies, no redirects, a deadline that holds.

A proxy is used only where the user names one: it then resolves the names, and its address is the
only peer; an address in the place of a name is still vetted here.
"""

from __future__ import annotations

import http.client
import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import InvalidChunkLength, ProtocolError

from flows.fetching.deadlines import Deadline
from flows.fetching.policy import HostRule, Policy
from flows.fetching.tls import TlsProfile, context_of, explained
from flows.outcomes import Outcome

Address = tuple[str, int]
Route = Callable[[str, int], Address]  # where to connect for a host and port
CHUNK = 65_536
IN_FLIGHT: ContextVar[Deadline] = ContextVar("in_flight")


class PeerBlockedError(Exception):
    """The name leads to an address that is not public."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `outcome` is set where the exchange itself failed, else the body is whole."""

    url: str
    status: int | None = None
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    wire: bytes = b""
    outcome: Outcome | None = None
    detail: str = ""

    def header(self, name: str) -> str | None:
        """Return the first header of that name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def delimited(self) -> bool:
        """Whether length or chunks told where the body ends."""
        chunked = "chunked" in (self.header("transfer-encoding") or "").lower()
        return chunked or (self.header("content-length") or "").strip().isdigit()


@dataclass(frozen=True, slots=True)
class Road:
    """How connections are made: where a host is, and which peers are let in."""

    connect: float
    allow_private: bool = False
    route: Route | None = None

    def open(
        self, host: str, port: int, options: Iterable[tuple[Any, ...]] | None
    ) -> socket.socket:
        """Connect to the first address that answers; its peer is vetted before and after."""
        host, port = self.route(host, port) if self.route else (host, port)
        deadline = IN_FLIGHT.get()
        failure: OSError = OSError(f"{host} has no address")
        for address in resolve(host, port, min(self.connect, deadline.left())):
            self.vet(address)
            try:
                found = socket.create_connection(
                    (address, port), min(self.connect, deadline.left())
                )
            except OSError as error:
                failure = error
                continue
            return self._vetted(found, options or ())
        raise failure

    def _vetted(
        self, connection: socket.socket, options: Iterable[tuple[Any, ...]]
    ) -> socket.socket:
        try:
            self.vet(connection.getpeername()[0])
            for option in options:
                connection.setsockopt(*option)
        except BaseException:
            connection.close()
            raise
        return connection

    def vet(self, address: str) -> None:
        """Raise PeerBlockedError for loopback, private, link-local, multicast, reserved peers."""
        ip = ipaddress.ip_address(address.partition("%")[0])
        mapped = getattr(ip, "ipv4_mapped", None) or ip
        if not self.allow_private and (not mapped.is_global or mapped.is_multicast):
            raise PeerBlockedError(f"peer {ip} is not a public address")


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of a host; raise TimeoutError where the resolver takes longer."""
    answers: queue.Queue[list[str] | OSError] = queue.Queue(1)

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(each[4][0]) for each in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else socket.gaierror(str(error)))

    # getaddrinfo cannot be interrupted; a thread can be left behind.
    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"the name {host} was not resolved in time") from None
    if isinstance(answer, OSError):
        raise answer
    return answer


class _Watched:
    """What both kinds of connection share: the road makes them, the deadline watches them."""

    road: Road

    def _new_conn(self: Any) -> socket.socket:
        connection: socket.socket = self.road.open(self.host, self.port, self.socket_options)
        IN_FLIGHT.get().watch(connection)
        return connection

    def request(self: Any, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as above
        if self.sock is not None:
            IN_FLIGHT.get().watch(self.sock)
        super().request(*args, **options)  # type: ignore[misc]


class Adapter(HTTPAdapter):
    """Connections by one road or a proxy, with the TLS of one profile, never retried by urllib3."""

    def __init__(self, road: Road, context: ssl.SSLContext) -> None:
        self.road = road
        self.context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - requests' own
        """Make the pools build our connections."""
        super().init_poolmanager(*args, ssl_context=self.context, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self.road)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:  # noqa: ANN401 - as above
        """Make the pools of a proxy build our connections too; the user vouches for its address."""
        manager = super().proxy_manager_for(proxy, ssl_context=self.context, **options)
        manager.pool_classes_by_scheme = _pools(replace(self.road, allow_private=True, route=None))
        return manager


def _pools(road: Road) -> dict[str, Any]:
    plain = type("Plain", (_Watched, HTTPConnection), {"road": road})
    secure = type("Secure", (_Watched, HTTPSConnection), {"road": road})
    return {
        "http": type("PlainPool", (urllib3.HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("SecurePool", (urllib3.HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }


class Session(requests.Session):
    """Takes nothing from the environment, keeps no cookie, follows no redirect."""

    def __init__(
        self, road: Road, rules: Mapping[str, HostRule], user_agent: str, proxy: str = ""
    ) -> None:
        super().__init__()
        self.trust_env = False
        self.road = road
        self.proxies = {"http": proxy, "https": proxy} if proxy else {}
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.clear()
        self.headers.update(
            {
                "User-Agent": user_agent,
                "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "zh-CN,zh;q=0.9",
            }
        )
        self.adapters.clear()
        self.usual = Adapter(road, context_of(TlsProfile()))
        self.special = {
            host: Adapter(road, context_of(rule.tls))
            for host, rule in rules.items()
            if rule.tls != TlsProfile()
        }

    def get_adapter(self, url: str) -> BaseAdapter:
        """Return the adapter with the TLS profile of the host."""
        return self.special.get(urlsplit(url).hostname or "", self.usual)

    def vet(self, url: str) -> None:
        """Raise PeerBlockedError for a private address that a proxy would be asked for."""
        with suppress(ValueError):
            address = ipaddress.ip_address(urlsplit(url).hostname or "")
            if self.proxies:
                self.road.vet(str(address))

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Return None: redirects are followed by hand, within the list of hosts."""
        del resp
        return None

    def close(self) -> None:
        """Close every connection."""
        for adapter in (self.usual, *self.special.values()):
            adapter.close()


def exchange(
    session: Session,
    url: str,
    headers: Mapping[str, str],
    policy: Policy,
    deadline: Deadline,
    cut: int = 0,
) -> Reply:
    """Send one GET and take its whole body; a failure is the reply's outcome, never an exception.

    With `cut` a longer body is cut after so many bytes instead of refused.
    """
    mark = IN_FLIGHT.set(deadline)
    response: requests.Response | None = None
    try:
        session.vet(url)
        prepared = session.prepare_request(requests.Request("GET", url, headers=dict(headers)))
        response = session.send(
            prepared, stream=True, allow_redirects=False, timeout=(policy.connect, policy.read)
        )
        return _body_of(url, response, policy, deadline, cut)
    except Exception as error:  # noqa: BLE001 - a typed outcome is the contract
        return _failed(url, response, error, deadline)
    finally:
        IN_FLIGHT.reset(mark)
        if response is not None:
            response.close()


def _body_of(
    url: str, response: requests.Response, policy: Policy, deadline: Deadline, cut: int
) -> Reply:
    headers = tuple(response.raw.headers.iteritems())
    head = Reply(url, response.status_code, response.reason or "", headers)
    if sum(len(name) + len(value) for name, value in headers) > policy.max_headers:
        return _with(head, Outcome.BAD_RESPONSE, "headers too large")
    body = bytearray()
    for chunk in _chunks(response):
        body += chunk
        if cut and len(body) > cut:
            return _with(head, None, "", bytes(body[:cut]))
        if len(body) > policy.max_wire:
            return _with(head, Outcome.TOO_BIG, f"more than {policy.max_wire} bytes on the wire")
    if deadline.fired:
        return _with(head, Outcome.TIMEOUT, "total deadline")
    return _with(head, None, "", bytes(body))


def _chunks(response: requests.Response) -> Iterator[bytes]:
    chunks: Iterator[bytes] = response.raw.stream(CHUNK, decode_content=False)
    return chunks


def _with(head: Reply, outcome: Outcome | None, detail: str, wire: bytes = b"") -> Reply:
    return replace(head, outcome=outcome, detail=detail, wire=wire)


def _failed(
    url: str, response: requests.Response | None, error: Exception, deadline: Deadline
) -> Reply:
    status = response.status_code if response is not None else None
    if deadline.fired:
        return Reply(url, status, outcome=Outcome.TIMEOUT, detail="total deadline")
    found = ((outcome_of(cause, status), cause) for cause in _causes(error))
    outcome, cause = next((pair for pair in found if pair[0]), (Outcome.BAD_RESPONSE, error))
    reason = str(cause) or type(cause).__name__
    if outcome is Outcome.TLS_ERROR:
        reason = explained(reason)
    return Reply(url, status, outcome=outcome, detail=reason[:300])


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it wraps, the outermost first."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = (
            *current.args,
            getattr(current, "reason", None),
            current.__cause__,
            current.__context__,
        )
        waiting += [each for each in inner if isinstance(each, BaseException)]


# The first row that fits names an error: its outcome before any header came, and inside the body.
# ConnectionError and SSLError are OSErrors too, so the order matters.
MEANINGS: tuple[
    tuple[type[BaseException] | tuple[type[BaseException], ...], Outcome, Outcome], ...
] = (
    (PeerBlockedError, Outcome.PEER_BLOCKED, Outcome.PEER_BLOCKED),
    (http.client.IncompleteRead, Outcome.TRUNCATED, Outcome.TRUNCATED),
    (
        (ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionError),
        Outcome.NETWORK,
        Outcome.TRUNCATED,
    ),
    ((TimeoutError, urllib3.exceptions.TimeoutError), Outcome.TIMEOUT, Outcome.TIMEOUT),
    (ssl.SSLError, Outcome.TLS_ERROR, Outcome.TLS_ERROR),
    (http.client.HTTPException, Outcome.BAD_RESPONSE, Outcome.BAD_RESPONSE),
    (
        (requests.exceptions.InvalidURL, urllib3.exceptions.LocationParseError),
        Outcome.BAD_URL,
        Outcome.BAD_URL,
    ),
)


def outcome_of(error: BaseException, status: int | None) -> Outcome | None:
    """Return what an error means, before (no status) or inside a body; None for a wrapper."""
    if isinstance(error, InvalidChunkLength):
        return Outcome.BAD_RESPONSE
    if isinstance(error, ProtocolError) and len(error.args) == 1:
        return Outcome.TRUNCATED  # "Response ended prematurely": there was no further chunk
    for kinds, before, inside in MEANINGS:
        if isinstance(error, kinds):
            return before if status is None else inside
    # requests and urllib3 wrap what is told more precisely further in.
    wrapper = requests.RequestException | urllib3.exceptions.HTTPError
    plain = isinstance(error, OSError) and not isinstance(error, wrapper)
    return Outcome.NETWORK if plain else None
