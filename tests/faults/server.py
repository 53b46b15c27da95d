"""A server on raw sockets that misbehaves on purpose: each path is one fault."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable
from functools import cache

TEXT = (
    '<html><head><meta charset="utf-8"><title>t</title></head><body><div class="content">'
    + "提醒谈话29人。" * 400
    + "</div></body></html>"
)
BODY = TEXT.encode()
HTML = "text/html; charset=utf-8"
GBK = TEXT.replace("utf-8", "gb2312")
DELAY = 0.3  # seconds between two bytes of a dripping server


def reply(
    body: bytes = BODY,
    status: str = "200 OK",
    kind: str | None = HTML,
    *extra: str,
    length: int | None = -1,
) -> bytes:
    """Return a whole HTTP reply; `length` -1 is the true one, None leaves the header out."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += (
        [f"Content-Length: {len(body) if length == -1 else length}"] if length is not None else []
    )
    return "\r\n".join([*lines, *extra, "Connection: close", "", ""]).encode("latin-1") + body


def moved(location: str, status: str = "302 Found") -> bytes:
    return reply(b"", status, HTML, f"Location: {location}")


def packed(body: bytes, coding: str = "gzip") -> bytes:
    return reply(body, "200 OK", HTML, f"Content-Encoding: {coding}")


@cache
def bomb(megabytes: int = 512) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    blank = b"<p>" + b" " * (1 << 20)
    return b"".join(packer.compress(blank) for _ in range(megabytes)) + packer.flush()


@cache
def bomb_in_bomb() -> bytes:
    return gzip.compress(bomb(), 9)


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    body = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + end
    return reply(b"", "200 OK", HTML, "Transfer-Encoding: chunked", length=None) + body


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


RUISHU = (
    b'<!DOCTYPE html><html><head><meta charset="utf-8"><script type="text/javascript" r="m" '
    b"src=\"/xZ4.8ac4.js\"></script></head><body><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};"
    b'$_ts.nsd=12345;$_ts.cd="x";</script></body></html>'
)
JSL = (
    b"<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_')+'clearance_s=1616986513.1|-1|x;"
    b"Max-age=3600';location.href=location.pathname+location.search</script>"
)
C3VK = (
    b'<html><head><script>var v="3a5f";document.cookie="C3VK="+v+"; path=/; max-age=300";\n'
    b"window.location.reload();</script></head><body></body></html>"
)
SOFT_404 = (
    "<html><head><title>提示</title></head>"
    "<body>您访问的页面不存在或已被删除，3秒后返回首页</body></html>"
)
WAF = (
    "<html><head><title>访问被拦截</title></head>"
    "<body>您的请求存在威胁，已被网站防火墙拦截。</body></html>"
)
REFRESH = b'<html><head><meta http-equiv="refresh" content="0;url=/ok"></head></html>'
LONG_404 = f"<html><head><title>页面不存在</title></head><body>{'导航 要闻 ' * 4_000}</body></html>"
LONG_WAF = (
    f"<html><head><title>安全验证</title></head><body><script>{'a=1;' * 9_000}</script></body>"
)
NEWS_OF_404 = TEXT.replace("</div>", "有的网站打开后显示“页面不存在”，被督促整改。</div>")
PDF = b"%PDF-1.4 " + bytes(range(256)) * 2
JPEG = b"\xff\xd8\xff\xe0" + bytes(500)

STEADY: dict[str, bytes | Callable[[], bytes]] = {
    "ok": reply(),
    "cl_short": reply(BODY[:500], length=len(BODY)),
    "cl_nonsense": reply(BODY[:500], length=None).replace(b"Conn", b"Content-Length: -1\r\nConn"),
    "cl_two": reply().replace(b"Conn", b"Content-Length: 7\r\nConn"),
    "cl_over": reply(BODY + b"X" * 50, length=len(BODY)),
    "chunked": chunked(BODY[:500], BODY[500:]),
    "chunk_trunc": chunked(BODY[:500], end=b""),
    "chunk_torn": chunked(BODY[:500], end=b"400\r\nonly this"),
    "chunk_bad": chunked(end=b"ZZ\r\n" + BODY[:500] + b"\r\n0\r\n\r\n"),
    "nocl": reply(length=None),
    "nocl_trunc": reply(BODY[:500], length=None),
    "gzip": packed(gzip.compress(BODY)),
    "gzip_twice": packed(gzip.compress(gzip.compress(BODY)), "gzip, gzip"),
    "gzip_members": packed(gzip.compress(BODY[:900]) + gzip.compress(BODY[900:])),
    "gzip_junk": packed(gzip.compress(BODY) + b"\0" * 20),
    "deflate": packed(zlib.compress(BODY), "deflate"),
    "deflate_raw": packed(raw_deflate(BODY), "deflate"),
    "gzip_nocl": reply(gzip.compress(BODY), "200 OK", HTML, "Content-Encoding: gzip", length=None),
    "gzip_trunc": packed(gzip.compress(BODY)[: len(gzip.compress(BODY)) // 2]),
    "gzip_tail": packed(gzip.compress(BODY)[:-8]),
    "gzip_flip": packed(gzip.compress(BODY)[:60] + b"\0\0\0" + gzip.compress(BODY)[63:]),
    "gzip_lie": packed(BODY),
    "gzip_bomb": lambda: packed(bomb()),
    "gzip_nested": lambda: packed(bomb_in_bomb(), "gzip, gzip"),
    "gzip_chain": packed(gzip.compress(BODY), ", ".join(["gzip"] * 50)),
    "brotli": packed(b"\x8b\x02\x80hello\x03", "br"),
    "huge_header": b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 200_000 + b"\r\n\r\n",
    "many_headers": b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 5_000 + b"\r\n",
    "cookie_bomb": reply(
        BODY, "200 OK", HTML, *(f"Set-Cookie: c{n}={'a' * 4000}" for n in range(90))
    ),
    "odd_header": reply(BODY, "200 OK", HTML, "X-Title: \xe6\x8f\x90\x01\x02"),
    "garbage": b"\x00\x01\x02garbage\r\n\r\n",
    "http09": BODY,
    "no_status": b"HTTP/1.1\r\n\r\n",
    "redir_loop": moved("/redir_loop"),
    "redir_file": moved("file:///etc/passwd"),
    "redir_bad": moved("http://[::1"),
    "redir_noloc": reply(b"", "302 Found"),
    "redir_home": moved("/ok"),
    "redir_utf8": moved("/é/redir_utf8"),
    "redir_slash": moved("/redir_slash/"),
    "redir_slash/": reply(),
    "meta_refresh": reply(REFRESH),
    "412_ruishu": reply(RUISHU, "412 Precondition Failed", HTML, "Set-Cookie: 8tS3x=abc; path=/"),
    "202_ruishu": reply(RUISHU, "202 Accepted"),
    "521_jsl": reply(JSL, "521 Web Server Is Down", HTML, "Set-Cookie: __jsluid_h=aaa; path=/"),
    "512_jsl": reply(JSL, "512 Unknown"),
    "200_c3vk": reply(C3VK),
    "403_geo": reply(b"<html>403 Forbidden</html>", "403 Forbidden"),
    "405_waf": reply(b"<html>blocked</html>", "405 Method Not Allowed"),
    "404": reply(b"nf", "404 Not Found"),
    "410": reply(b"", "410 Gone"),
    "500": reply(b"x", "500 Internal Server Error"),
    "soft404": reply(SOFT_404.encode()),
    "soft404_gbk": reply(SOFT_404.encode("gb18030"), "200 OK", "text/html"),
    "soft404_long": reply(LONG_404.encode()),
    "waf200": reply(WAF.encode()),
    "waf200_gbk": reply(WAF.encode("gbk"), "200 OK", "text/html; charset=gbk"),
    "waf200_long": reply(LONG_WAF.encode()),
    "news_of_waf": reply(TEXT.replace("<title>t", "<title>云防护平台上线").encode() * 2),
    "news_of_404": reply(NEWS_OF_404.encode()),
    "empty200": reply(b""),
    "blank200": reply(b" \r\n "),
    "204": reply(b"", "204 No Content"),
    "206_unasked": reply(BODY, "206 Partial Content"),
    "304_unasked": b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n",
    "ct_pdf": reply(PDF),
    "ct_jpeg": reply(JPEG, "200 OK", "image/jpeg"),
    "ct_json": reply(b'{"a": 1}', "200 OK", "application/json"),
    "ct_none": reply(BODY, "200 OK", None),
    "503_huge": reply(b"x", "503 Service Unavailable", HTML, "Retry-After: 999999"),
    "503_neg": reply(b"x", "503 Service Unavailable", HTML, "Retry-After: -5"),
    "503_garb": reply(b"x", "503 Service Unavailable", HTML, "Retry-After: soon"),
    "enc_hdr_utf8_body_gbk": reply(GBK.encode("gb18030")),
    "enc_none_meta_gbk": reply(GBK.encode("gb18030"), "200 OK", "text/html"),
    "enc_rare": reply(GBK.replace("提醒", "㐂镕𠮷").encode("gb18030"), "200 OK", "text/html"),
    "enc_none_utf8": reply(BODY, "200 OK", "text/html"),
    "enc_iso": reply(BODY, "200 OK", "text/html; charset=ISO-8859-1"),
    "enc_bogus": reply(BODY, "200 OK", "text/html; charset=x-foo"),
    "enc_utf16": reply(TEXT.encode("utf-16"), "200 OK", "text/html"),
    "enc_badbyte": reply(BODY[:300] + b"\xff" + BODY[301:]),
}


class Server:
    """Listens on loopback; `arrivals` holds the time and path of every request in their order."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.listener = socket.create_server((host, port), backlog=256)
        self.port: int = self.listener.getsockname()[1]
        self.arrivals: list[tuple[float, str]] = []
        self.received: list[bytes] = []
        self.hits: Counter[str] = Counter()
        self.busy = self.most_busy = 0
        self.pages: dict[str, bytes] = {}  # further paths, or other replies for known ones
        self.tagged: set[str] = set()  # paths whose page has the ETag "v1" and keeps it
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def close(self) -> None:
        self._closed.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)  # closing alone leaves accept() waiting
        self.listener.close()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                connection.settimeout(20)
                head = self._head(connection)
                if head:
                    self._answer(connection, head)
            except OSError:
                pass  # the client left, as it should

    def _head(self, connection: socket.socket) -> bytes:
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(65_536)
            if not data:
                return b""
            head += data
        return head

    def _answer(self, connection: socket.socket, head: bytes) -> None:
        path = head.split(b" ", 2)[1].decode("latin-1").removeprefix("/")
        with self._lock:
            self.arrivals.append((time.monotonic(), path))
            self.received.append(head)
            self.hits[path] += 1
            hit = self.hits[path]
            self.busy += 1
            self.most_busy = max(self.most_busy, self.busy)
        try:
            self.respond(connection, path, head, hit)
        finally:
            with self._lock:
                self.busy -= 1

    def respond(self, connection: socket.socket, path: str, head: bytes, hit: int) -> None:
        name = path.partition("?")[0]
        if path in self.tagged and b'if-none-match: "v1"' in head.lower():
            connection.sendall(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
        elif path in self.pages:
            connection.sendall(self.pages[path])
        elif name in STEADY:
            steady = STEADY[name]
            connection.sendall(steady if isinstance(steady, bytes) else steady())
        elif hasattr(self, f"do_{name}"):
            getattr(self, f"do_{name}")(connection, path, head, hit)
        else:
            connection.sendall(reply(b"nf", "404 Not Found"))

    # Faults that take time, count, or look at the request.

    def do_big_nocl(self, connection: socket.socket, *_: object) -> None:
        connection.sendall(reply(b"", length=None))
        for _ in range(512):
            connection.sendall(b" " * (1 << 20))

    def do_drip_head(self, connection: socket.socket, *_: object) -> None:
        drip(connection, reply())

    def do_drip_body(self, connection: socket.socket, *_: object) -> None:
        connection.sendall(reply(b"", length=len(BODY)))
        drip(connection, BODY)

    def do_drip_nocl(self, connection: socket.socket, *_: object) -> None:
        connection.sendall(reply(b"", length=None))
        drip(connection, BODY)

    def do_hang_accept(self, *_: object) -> None:
        self._closed.wait(8)

    def do_hang_after_head(self, connection: socket.socket, *_: object) -> None:
        connection.sendall(reply(b"", length=len(BODY)))
        self._closed.wait(8)

    def do_rst_mid(self, connection: socket.socket, *_: object) -> None:
        connection.sendall(reply(BODY[:500], length=len(BODY)))
        reset(connection)

    def do_rst_now(self, connection: socket.socket, *_: object) -> None:
        reset(connection)

    def do_redir_chain(self, connection: socket.socket, path: str, *_: object) -> None:
        connection.sendall(moved(f"/redir_chain?{int(path.partition('?')[2] or 0) + 1}"))

    def do_redir_lo(self, connection: socket.socket, *_: object) -> None:
        connection.sendall(moved(f"http://127.0.0.2:{self.port}/secret"))

    def do_redir_dec(self, connection: socket.socket, *_: object) -> None:
        connection.sendall(moved(f"http://2130706434:{self.port}/secret"))

    def do_redir_user(self, connection: socket.socket, *_: object) -> None:
        connection.sendall(moved(f"http://127.0.0.1:{self.port}@127.0.0.2:{self.port}/secret"))

    def do_429_sec(self, connection: socket.socket, _path: str, _head: bytes, hit: int) -> None:
        slow = reply(b"slow", "429 Too Many Requests", HTML, "Retry-After: 1")
        connection.sendall(slow if hit == 1 else reply())

    def do_503_date(self, connection: socket.socket, _path: str, _head: bytes, hit: int) -> None:
        past = "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT"
        down = reply(b"x", "503 Service Unavailable", HTML, past)
        connection.sendall(down if hit == 1 else reply())

    def do_flap(self, connection: socket.socket, _path: str, _head: bytes, hit: int) -> None:
        connection.sendall(reply(b"x", "502 Bad Gateway") if hit < 3 else reply())

    def do_etag(self, connection: socket.socket, _path: str, head: bytes, _hit: int) -> None:
        if b"if-none-match" in head.lower():
            connection.sendall(
                b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\nConnection: close\r\n\r\n'
            )
        else:
            dated = "Last-Modified: Mon, 29 Mar 2021 02:55:13 GMT"
            connection.sendall(reply(BODY, "200 OK", HTML, 'ETag: "v1"', dated))


def drip(connection: socket.socket, data: bytes) -> None:
    for place in range(len(data)):
        connection.sendall(data[place : place + 1])
        time.sleep(DELAY)


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
