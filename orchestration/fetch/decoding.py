"""Undoing Content-Encoding in small steps, so that a bomb is noticed while it is small.

See: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Encoding
"""

import itertools
import zlib
from collections.abc import Iterable, Iterator

import brotli  # type: ignore[import-untyped]
import zstandard

from orchestration.fetch.errors import BrokenAnswerError

ACCEPT_ENCODING = b"gzip, deflate, br, zstd"

STEP_BYTES = 65_536
"""Most that one step puts out: a chunk of 64 KB can unpack to 64 MB."""
MAX_ZSTD_WINDOW = 8 * 1024 * 1024
"""What RFC 9659 lets a server ask of a client's memory."""
ZSTD_SLICE_BYTES = 256
"""Fed at a time, for its output has no limit: four bytes can stand for 128 KB, so 8 MB a slice."""
MAX_LAYERS = 3
"""Encodings within encodings; honest servers use one."""

_GZIP_MAGIC = b"\x1f\x8b"
_PLAIN_STARTS = (b"<?xml", b"<rss", b"<feed", b"<rdf", b"<html", b"<!", b'{"')
_TELLING_BYTES = 5
_ANY_WBITS = zlib.MAX_WBITS | 32
_KNOWN = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})


def decode(chunks: Iterable[bytes], content_encoding: str) -> Iterator[bytes]:
    """Yield the decoded body in steps; raises BrokenAnswerError when it is damaged or cut."""
    names = [name.strip().lower() for name in content_encoding.split(",")]
    layers = [name for name in names if name in _KNOWN]
    if len(layers) > MAX_LAYERS:
        raise BrokenAnswerError(f"body is packed {len(layers)} times over; not read.")
    for name in reversed(layers):
        chunks = _unpack(name, chunks)
    return iter(chunks)


def _unpack(name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    source = _gathered(chunks, _TELLING_BYTES)
    first = next(source, b"")
    packed = itertools.chain([first], source)
    if not first or first.lstrip().lower().startswith(_PLAIN_STARTS):
        yield from packed  # says it is packed and is not
        return
    try:
        if name == "br":
            yield from _unbrotli(packed)
        elif name == "zstd":
            yield from _unzstd(packed)
        else:
            yield from _inflate(packed, _wbits(first))
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise BrokenAnswerError(
            f"body says it is {name} but cannot be unpacked ({error}). The host's fault; asked"
            " again later."
        ) from error


def _cut(name: str) -> BrokenAnswerError:
    return BrokenAnswerError(f"{name} body broke off before its end. Asked again later.")


def _inflate(chunks: Iterable[bytes], wbits: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits)
    for chunk in chunks:
        data = chunk
        while data:
            if unpacker.eof:
                if not data.startswith(_GZIP_MAGIC):
                    return  # padding after the end
                unpacker = zlib.decompressobj(_ANY_WBITS)  # members glued together
            yield unpacker.decompress(data, STEP_BYTES)
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    yield unpacker.flush()
    if not unpacker.eof:
        raise _cut("gzip")


def _wbits(data: bytes) -> int:
    """Return the window for gzip, zlib, or the bare deflate some servers send for `deflate`."""
    is_zlib = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] * 256 + data[1]) % 31 == 0
    return _ANY_WBITS if is_zlib or data.startswith(_GZIP_MAGIC) else -zlib.MAX_WBITS


def _unbrotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    for chunk in chunks:
        yield unpacker.process(chunk, output_buffer_limit=STEP_BYTES)
        while not unpacker.can_accept_more_data():
            yield unpacker.process(b"", output_buffer_limit=STEP_BYTES)
    if not unpacker.is_finished():
        raise _cut("brotli")


def _unzstd(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpackers = zstandard.ZstdDecompressor(max_window_size=MAX_ZSTD_WINDOW)
    unpacker = unpackers.decompressobj()
    for chunk in chunks:
        for begin in range(0, len(chunk), ZSTD_SLICE_BYTES):
            data = chunk[begin : begin + ZSTD_SLICE_BYTES]
            while data:
                if unpacker.eof:
                    unpacker = unpackers.decompressobj()  # frames follow one another
                yield unpacker.decompress(data)
                data = unpacker.unused_data if unpacker.eof else b""
    if not unpacker.eof:
        raise _cut("zstd")


def _gathered(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Yield chunks, the first of them at least `size` bytes long when there are so many."""
    first = b""
    is_open = True
    for chunk in chunks:
        if not is_open:
            yield chunk
            continue
        first += chunk
        if len(first) >= size:
            is_open = False
            yield first
    if is_open and first:
        yield first
