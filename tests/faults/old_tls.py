"""A TLS 1.2 server as of 2008: it answers with no extension at all, so it knows no RFC 5746.

OpenSSL cannot be told to be that old; the handshake is made here by hand, with one suite.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import socket

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509 import load_pem_x509_certificate
from trustme import LeafCert

SUITE = b"\xc0\x2f"  # ECDHE-RSA-AES128-GCM-SHA256, which every client offers
VERSION = b"\x03\x03"
CHANGE, HANDSHAKE, DATA = 20, 22, 23
HELLO, CERTIFICATE, KEY_EXCHANGE, DONE, FINISHED = 2, 11, 12, 14, 20


def prf(secret: bytes, label: bytes, seed: bytes, size: int) -> bytes:
    """Stretch a secret (RFC 5246, section 5)."""
    seed, out, link = label + seed, b"", label + seed
    while len(out) < size:
        link = hmac.digest(secret, link, "sha256")
        out += hmac.digest(secret, link + seed, "sha256")
    return out[:size]


def sized(data: bytes, width: int) -> bytes:
    return len(data).to_bytes(width, "big") + data


class OldTls:
    """One connection: `accept` makes the handshake, then `receive` and `send` carry text."""

    def __init__(self, connection: socket.socket, certificate: LeafCert) -> None:
        self.stream = connection.makefile("rwb", buffering=0)
        self.certificate = certificate
        self.told = b""  # all handshake messages so far
        self.read_key = self.write_key = None
        self.read_salt = self.write_salt = b""
        self.numbers = {"read": 0, "write": 0}

    def accept(self) -> None:
        client = self.message()[6:38]
        server = os.urandom(32)
        self.tell(HELLO, VERSION + server + b"\x00" + SUITE + b"\x00")
        chain = b"".join(sized(der_of(pem.bytes()), 3) for pem in self.certificate.cert_chain_pems)
        self.tell(CERTIFICATE, sized(chain, 3))
        secret = x25519.X25519PrivateKey.generate()
        self.tell(KEY_EXCHANGE, self.signed(client + server, secret))
        self.tell(DONE, b"")
        theirs = x25519.X25519PublicKey.from_public_bytes(self.message()[5:37])
        master = prf(secret.exchange(theirs), b"master secret", client + server, 48)
        keys = prf(master, b"key expansion", server + client, 40)
        self.expected(CHANGE)
        self.read_key, self.read_salt = AESGCM(keys[:16]), keys[32:36]
        wanted = self.verify_data(master, b"client finished")
        assert self.message()[4:] == wanted
        finished = self.verify_data(master, b"server finished")
        self.write(CHANGE, b"\x01")
        self.write_key, self.write_salt = AESGCM(keys[16:32]), keys[36:40]
        self.tell(FINISHED, finished)

    def receive(self) -> bytes:
        kind, body = self.record()
        return body if kind == DATA else b""

    def send(self, text: bytes) -> None:
        for start in range(0, len(text), 16_000):
            self.write(DATA, text[start : start + 16_000])

    def signed(self, randoms: bytes, secret: x25519.X25519PrivateKey) -> bytes:
        point = b"\x03\x00\x1d" + sized(secret.public_key().public_bytes_raw(), 1)
        key = serialization.load_pem_private_key(self.certificate.private_key_pem.bytes(), None)
        assert isinstance(key, rsa.RSAPrivateKey)
        signature = key.sign(randoms + point, padding.PKCS1v15(), hashes.SHA256())
        return point + b"\x04\x01" + sized(signature, 2)

    def verify_data(self, master: bytes, label: bytes) -> bytes:
        return prf(master, label, hashlib.sha256(self.told).digest(), 12)

    def tell(self, kind: int, body: bytes) -> None:
        message = bytes([kind]) + sized(body, 3)
        self.told += message
        self.write(HANDSHAKE, message)

    def message(self) -> bytes:
        """Return the next handshake message, which a client sends in a record of its own."""
        body = self.expected(HANDSHAKE)
        self.told += body
        return body

    def expected(self, wanted: int) -> bytes:
        """Return the body of the next record; an alert is a client that turns away."""
        kind, body = self.record()
        if kind != wanted:
            raise ConnectionError("the client objects")
        return body

    def record(self) -> tuple[int, bytes]:
        head = self.exactly(5)
        body = self.exactly(int.from_bytes(head[3:], "big"))
        if self.read_key is not None:
            nonce, body = self.read_salt + body[:8], body[8:]
            body = self.read_key.decrypt(nonce, body, self.extra("read", head[0], len(body) - 16))
        return head[0], body

    def write(self, kind: int, body: bytes) -> None:
        if self.write_key is not None:
            explicit = os.urandom(8)
            extra = self.extra("write", kind, len(body))
            body = explicit + self.write_key.encrypt(self.write_salt + explicit, body, extra)
        self.stream.write(bytes([kind]) + VERSION + sized(body, 2))

    def extra(self, way: str, kind: int, size: int) -> bytes:
        number = self.numbers[way].to_bytes(8, "big")
        self.numbers[way] += 1
        return number + bytes([kind]) + VERSION + size.to_bytes(2, "big")

    def exactly(self, size: int) -> bytes:
        body = b""
        while len(body) < size:
            more = self.stream.read(size - len(body))
            if not more:
                raise ConnectionError("the client left")
            body += more
        return body


def der_of(pem: bytes) -> bytes:
    """Return the bytes of a certificate in PEM."""
    return load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)
