"""Certificates are always checked; what an old server lacks is named and allowed host by host."""

import datetime as dt
import ssl
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from flows.fetching.fetching import Client
from flows.fetching.policy import HostRule
from flows.fetching.tls import LEGACY_SERVER_CONNECT, TlsProfile, context_of, explained
from flows.outcomes import Outcome
from tests.faults.old_tls import OldTls
from tests.faults.probe import QUICK
from tests.faults.server import BODY, Server, reply
from transforms.errors import ConfigurationError


class SecureServer(Server):
    """The same server behind TLS; `handshakes` counts what got through."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context
        super().__init__()

    def _serve(self, connection) -> None:
        try:
            connection.settimeout(5)
            with self.context.wrap_socket(connection, server_side=True) as secured:
                head = self._head(secured)
                if head:
                    self._answer(secured, head)
        except OSError:
            connection.close()  # the client turned away


@pytest.fixture(scope="module")
def root() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def authority(root: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "root.pem"
    path.write_bytes(root.cert_pem.bytes())
    return path


@pytest.fixture
def serve():
    running = []

    def start(certificate: trustme.LeafCert, *, chain: bool = True, old: bool = False):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if chain:
            certificate.configure_cert(context)
        else:
            pem = certificate.private_key_pem.bytes() + certificate.cert_chain_pems[0].bytes()
            with trustme.Blob(pem).tempfile() as path:
                context.load_cert_chain(path)
        if old:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
        running.append(SecureServer(context))
        return running[-1]

    yield start
    for server in running:
        server.close()


def fetched(server: Server, host: str = "localhost", **profile):
    place = f"localhost:{server.port}"
    rules = {host: HostRule(tls=TlsProfile(**profile))}
    with Client([place], replace(QUICK, retries=0), rules=rules) as client:
        return client.fetch(f"https://{place}/ok")


def days(count: int) -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=count)


def test_a_good_certificate_of_a_trusted_authority(serve, root, authority: Path) -> None:
    server = serve(root.issue_cert("localhost"))
    assert fetched(server, extra_ca=authority).outcome is Outcome.OK


def test_what_cannot_be_verified_is_not_fetched(serve, root, authority: Path) -> None:
    expired = root.issue_cert("localhost", not_before=days(-20), not_after=days(-2))
    other = root.issue_cert("other.example")
    good = root.issue_cert("localhost")
    for certificate, profile, reason in (
        (expired, {"extra_ca": authority}, "expired"),
        (other, {"extra_ca": authority}, "not valid for 'localhost'"),
        (good, {}, "certificate verify failed"),
    ):
        server = serve(certificate)
        attempt = fetched(server, **profile)
        assert attempt.outcome is Outcome.TLS_ERROR
        assert reason in attempt.detail
        assert server.received == []  # not once, not even unverified


def test_a_missing_intermediate_can_be_given(serve, root, authority: Path, tmp_path: Path) -> None:
    between = root.create_child_ca()
    server = serve(between.issue_cert("localhost"), chain=False)
    failed = fetched(server, extra_ca=authority)
    assert failed.outcome is Outcome.TLS_ERROR
    assert "unable to get local issuer certificate" in failed.detail
    assert "extra_ca" in failed.detail
    both = tmp_path / "both.pem"
    both.write_bytes(root.cert_pem.bytes() + between.cert_pem.bytes())
    assert fetched(server, extra_ca=both).outcome is Outcome.OK


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
def test_tls_1_0_needs_a_profile(serve, root, authority: Path) -> None:
    server = serve(root.issue_cert("localhost"), old=True)
    failed = fetched(server, extra_ca=authority)
    assert failed.outcome is Outcome.TLS_ERROR
    assert "seclevel = 0" in failed.detail
    assert fetched(server, extra_ca=authority, seclevel=0).outcome is Outcome.OK


def test_every_profile_verifies() -> None:
    for profile in (TlsProfile(), TlsProfile(legacy=True), TlsProfile(seclevel=1)):
        context = context_of(profile)
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


def test_legacy_renegotiation_is_allowed_by_the_profile_alone() -> None:
    assert not context_of(TlsProfile()).options & LEGACY_SERVER_CONNECT
    assert context_of(TlsProfile(legacy=True)).options & LEGACY_SERVER_CONNECT
    reason = "[SSL: UNSAFE_LEGACY_RENEGOTIATION_DISABLED] unsafe legacy renegotiation disabled"
    assert explained(reason).endswith("set legacy = true for this host")


class OldServer(Server):
    """A server of 2008, which knows no secure renegotiation (RFC 5746), with its certificate."""

    def __init__(self, certificate: trustme.LeafCert) -> None:
        self.certificate = certificate
        super().__init__()

    def _serve(self, connection) -> None:
        with connection:
            try:
                connection.settimeout(5)
                old = OldTls(connection, self.certificate)
                old.accept()
                self.received.append(old.receive())
                old.send(reply())
            except OSError:
                pass  # the client turned away


def test_a_server_without_secure_renegotiation_needs_a_profile(root, authority: Path) -> None:
    """With the profile a whole handshake and a page; without it nothing is asked for."""
    server = OldServer(root.issue_cert("localhost", key_type=trustme.KeyType.RSA))
    failed = fetched(server, extra_ca=authority)
    assert failed.outcome is Outcome.TLS_ERROR
    assert "UNSAFE_LEGACY_RENEGOTIATION_DISABLED" in failed.detail
    assert "legacy = true" in failed.detail
    assert server.received == []
    attempt = fetched(server, extra_ca=authority, legacy=True)
    assert attempt.outcome is Outcome.OK
    assert attempt.snapshot is not None
    assert attempt.snapshot.body == BODY
    assert [head.split()[1] for head in server.received] == [b"/ok"]
    server.close()


def test_a_profile_is_of_its_host_alone(serve, root, authority: Path) -> None:
    old = OldServer(root.issue_cert("localhost", key_type=trustme.KeyType.RSA))
    for server in (serve(root.issue_cert("localhost")), old):
        attempt = fetched(server, "www.localhost", extra_ca=authority, legacy=True)
        assert attempt.outcome is Outcome.TLS_ERROR
        assert server.received == []
    old.close()


def test_an_old_server_is_verified_all_the_same(root, authority: Path) -> None:
    other = OldServer(root.issue_cert("other.example", key_type=trustme.KeyType.RSA))
    mine = OldServer(root.issue_cert("localhost", key_type=trustme.KeyType.RSA))
    for server, profile in ((other, {"extra_ca": authority}), (mine, {})):
        attempt = fetched(server, legacy=True, **profile)
        assert attempt.outcome is Outcome.TLS_ERROR
        assert "certificate verify failed" in attempt.detail
        assert server.received == []
        server.close()


def test_a_certificate_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "bad.pem").write_text("no certificate", "utf-8")
    for name in ("none.pem", "bad.pem"):
        with pytest.raises(ConfigurationError, match=name):
            context_of(TlsProfile(extra_ca=tmp_path / name))


def test_a_handshake_that_drips_ends_in_time() -> None:
    class Silent(Server):
        def _serve(self, connection) -> None:
            with connection:
                self.most_busy = 1
                for _ in range(20):
                    try:
                        connection.sendall(b"\x16")
                    except OSError:
                        return
                    threading.Event().wait(0.3)

    server = Silent()
    attempt = fetched(server)
    server.close()
    assert attempt.outcome in {Outcome.TIMEOUT, Outcome.TLS_ERROR}
    assert attempt.seconds < 2
    assert reply()
