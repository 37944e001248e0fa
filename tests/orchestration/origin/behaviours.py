"""What servers do to feed readers, one function each."""

import gzip
import socket
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.orchestration.origin.server import Behaviour, Exchange

START = datetime(2026, 5, 1, 12, tzinfo=UTC)
"""When the feeds of these tests were last written; the tests' clocks begin a little later."""


def rss(count: int = 20, *, newest: int = 100, gap: timedelta = timedelta(days=1)) -> bytes:
    """Return an RSS feed of posts numbered down from `newest`, a gap apart, the last at START."""
    items = "".join(
        f"<item><title>Post {newest - n}</title><guid>post-{newest - n}</guid>"
        f"<pubDate>{START - gap * n:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for n in range(count)
    )
    head = "<title>Letters</title><link>https://letters.test/</link>"
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
    )


FEED = rss()
PAGE = b"<!doctype html><html><head><title>Welcome home</title></head><body>Hello</body></html>"


def answers(status: int = 200, body: bytes = b"", **headers: str) -> Behaviour:
    """Answer always the same; `retry_after` becomes `Retry-After`."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return lambda exchange: exchange.answer(status, body, named)


def feed(body: bytes = FEED, **headers: str) -> Behaviour:
    return answers(200, body, content_type="application/rss+xml", **headers)


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Behave differently each time; the last goes on for ever."""

    def behave(exchange: Exchange) -> None:
        behaviours[min(exchange.count, len(behaviours) - 1)](exchange)

    return behave


def validated(body: Callable[[], bytes], etag: str, last_modified: str | None = None) -> Behaviour:
    """Answer 304 to whoever brings back the validator, byte for byte."""

    def behave(exchange: Exchange) -> None:
        headers = {"ETag": etag}
        if last_modified is not None:
            headers["Last-Modified"] = last_modified
        if exchange.asked.headers.get("if-none-match") == etag:
            exchange.answer(304, b"", headers)
        else:
            exchange.answer(200, body(), headers)

    return behave


def redirects(to: str, status: int = 301) -> Behaviour:
    return answers(status, b"", location=to)


def stalls(exchange: Exchange) -> None:
    """Begin a body and fall silent."""
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<?xml")
    exchange.wait(30)


def drips_body(exchange: Exchange) -> None:
    """Never silent for long, never done."""
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while exchange.wait(0.1):
        exchange.send(b"<")


def drips_head(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while exchange.wait(0.1):
        exchange.send(b"a")


def endless_body(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    while not exchange.origin.closed.is_set():
        exchange.send(chunk)


def gzip_bomb(exchange: Exchange) -> None:
    """A gigabyte in a megabyte: after a full flush the same packed block can be said again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * 1000
    exchange.answer(200, packed, {"Content-Encoding": "gzip"})


def cut_gzip(exchange: Exchange) -> None:
    packed = gzip.compress(FEED)
    exchange.answer(200, packed[: len(packed) // 2], {"Content-Encoding": "gzip"})


def cut_body(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + FEED)


def many_headers(exchange: Exchange) -> None:
    exchange.answer(200, FEED, {f"X-Header-{n}": "value" for n in range(300)})


def hangs_up(exchange: Exchange) -> None:
    exchange.connection.close()


def resets(exchange: Exchange) -> None:
    """Begin a body and drop the connection the hard way."""
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<?xml")
    exchange.wait(0.05)
    linger = struct.pack("ii", 1, 0)
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    exchange.connection.close()


def speaks_nonsense(exchange: Exchange) -> None:
    exchange.send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


CLOUDFLARE_PAGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"


def bot_wall(exchange: Exchange) -> None:
    exchange.answer(403, CLOUDFLARE_PAGE, {"cf-mitigated": "challenge", "Server": "cloudflare"})
