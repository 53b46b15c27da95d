"""A proxy is used only where the user names one; what holds without it holds with it."""

import contextlib
import socket
import ssl
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from flows.fetch_stage import policy
from flows.fetching.fetching import Client
from flows.fetching.policy import HostRule
from flows.fetching.tls import TlsProfile
from flows.outcomes import Outcome
from flows.settings import Settings, load_settings, shown
from tests.faults.probe import QUICK
from tests.faults.server import BODY, Server, reply
from tests.test_tls import SecureServer
from transforms.errors import ConfigurationError

PUBLIC = replace(QUICK, allow_private=False, retries=0)


class Proxy(Server):
    """Answers for any host itself; CONNECT leads to `behind`, whatever was asked for."""

    behind: int | None = None

    def respond(self, connection: socket.socket, path: str, head: bytes, hit: int) -> None:
        if not head.startswith(b"CONNECT "):
            super().respond(connection, path.rpartition("/")[2], head, hit)
        elif self.behind is None:
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        else:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with socket.create_connection(("127.0.0.1", self.behind)) as other:
                threading.Thread(target=carry, args=(connection, other), daemon=True).start()
                carry(other, connection)


def carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)


@pytest.fixture
def proxy():
    server = Proxy()
    yield server
    server.close()


def client(proxy: Proxy, hosts: list[str], **more) -> Client:
    through = replace(PUBLIC, proxy=f"http://127.0.0.1:{proxy.port}")
    return Client(hosts, through, **more)


def test_a_page_comes_through_the_proxy_that_is_named(proxy: Proxy) -> None:
    """The name is left to the proxy: nothing here resolves it."""
    with client(proxy, ["www.nowhere.example"]) as asked:
        attempt = asked.fetch("http://www.nowhere.example/ok")
        other = asked.fetch("http://elsewhere.example/ok")
    assert attempt.outcome is Outcome.OK
    assert attempt.snapshot is not None
    assert attempt.snapshot.body == BODY
    assert proxy.received[0].startswith(b"GET http://www.nowhere.example/ok HTTP/1.1\r\n")
    assert other.outcome is Outcome.BAD_URL
    assert len(proxy.received) == 1


def test_a_redirect_to_another_host_is_not_asked_of_a_proxy(proxy: Proxy) -> None:
    proxy.pages["moved"] = reply(b"", "302 Found", None, "Location: http://127.0.0.1/secret")
    with client(proxy, ["www.nowhere.example"]) as asked:
        attempt = asked.fetch("http://www.nowhere.example/moved")
    assert attempt.outcome is Outcome.REDIRECT_BLOCKED
    assert len(proxy.received) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.8", "169.254.169.254"])
def test_a_private_address_is_not_asked_of_a_proxy(proxy: Proxy, host: str) -> None:
    with client(proxy, [host]) as asked:
        attempt = asked.fetch(f"http://{host}/ok")
    assert attempt.outcome is Outcome.PEER_BLOCKED
    assert proxy.received == []


def test_a_certificate_is_verified_through_the_tunnel(proxy: Proxy, tmp_path: Path) -> None:
    authority = trustme.CA()
    (tmp_path / "root.pem").write_bytes(authority.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("www.nowhere.example").configure_cert(context)
    secure = SecureServer(context)
    proxy.behind = secure.port
    profile = {"www.nowhere.example": HostRule(tls=TlsProfile(extra_ca=tmp_path / "root.pem"))}
    with client(proxy, ["www.nowhere.example"]) as asked:
        refused = asked.fetch("https://www.nowhere.example/ok")
    assert refused.outcome is Outcome.TLS_ERROR
    assert secure.received == []
    with client(proxy, ["www.nowhere.example"], rules=profile) as asked:
        attempt = asked.fetch("https://www.nowhere.example/ok")
    secure.close()
    assert attempt.outcome is Outcome.OK
    assert proxy.received[-1].startswith(b"CONNECT www.nowhere.example:443 HTTP/1.")


def test_a_proxy_that_refuses_or_is_away_is_an_outcome(proxy: Proxy) -> None:
    with client(proxy, ["www.nowhere.example"]) as asked:
        refused = asked.fetch("https://www.nowhere.example/ok")
    assert refused.outcome is Outcome.NETWORK
    assert "403" in refused.detail
    proxy.close()
    with client(proxy, ["www.nowhere.example"]) as asked:
        away = asked.fetch("http://www.nowhere.example/ok")
    assert away.outcome is Outcome.NETWORK


def test_the_setting_is_checked_and_hides_its_password() -> None:
    settings, origin = load_settings({"proxy": "http://me:secret@proxy.example:3128"}, {})
    assert policy(settings).proxy == "http://me:secret@proxy.example:3128"
    assert origin["proxy"] == "option"
    assert shown(settings)["proxy"] == "http://…@proxy.example:3128"
    for wrong in ("proxy.example:3128", "socks5://a:1", "http://proxy.example", "http://a b:1"):
        with pytest.raises(ConfigurationError, match="http://host:port"):
            load_settings({"proxy": wrong}, {})
    with pytest.raises(ConfigurationError, match="cannot both"):
        policy(replace(Settings(proxy="http://a:1"), route="a:80=127.0.0.1:1"))
