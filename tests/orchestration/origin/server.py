"""A web server for tests that does what it is told, also what no honest server would do.

Real sockets on loopback. A behaviour is a function that gets the exchange and writes bytes;
what was asked, when and with which headers is kept in `log`.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("secure_test.pem")


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    path: str
    at: float
    """Monotonic seconds."""
    headers: dict[str, str]
    """By lower-case name."""


@dataclass
class Exchange:
    """A request and the connection to answer on."""

    asked: Asked
    connection: socket.socket
    origin: "Origin"
    count: int
    """Times this path was asked before."""

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def answer(
        self, status: int = 200, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> None:
        """Send a whole and honest response."""
        lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.send("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body)

    def wait(self, seconds: float) -> bool:
        """Wait; return False when the server was closed meanwhile."""
        return not self.origin.closed.wait(seconds)


Behaviour = Callable[[Exchange], None]


@dataclass
class Origin:
    """A running server; `behaviours` is by path without query, and may change while it runs."""

    port: int
    scheme: str = "http"
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        return [each for each in self.log if each.path == path]


@contextlib.contextmanager
def running_origin(*, is_secure: bool = False) -> Iterator[Origin]:
    """Yield a server on a free loopback port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    origin = Origin(listener.getsockname()[1], "https" if is_secure else "http")
    context = _server_context() if is_secure else None
    accepting = threading.Thread(target=_accept, args=(listener, origin, context), daemon=True)
    accepting.start()
    try:
        yield origin
    finally:
        origin.closed.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(2)


def _server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def _accept(listener: socket.socket, origin: Origin, context: ssl.SSLContext | None) -> None:
    while not origin.closed.is_set():
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, origin, context), daemon=True).start()


def _serve(connection: socket.socket, origin: Origin, context: ssl.SSLContext | None) -> None:
    # A client that goes away in mid-sentence is what most of these tests are about.
    with contextlib.suppress(OSError), connection:
        if context is not None:
            connection = context.wrap_socket(connection, server_side=True)
        with connection:
            asked = _read_request(connection)
            if asked is None:
                return
            count = len(origin.asked(asked.path))
            origin.log.append(asked)
            behaviour = origin.behaviours.get(asked.path.partition("?")[0], _not_found)
            behaviour(Exchange(asked, connection, origin, count))


def _read_request(connection: socket.socket) -> Asked | None:
    head = b""
    while b"\r\n\r\n" not in head:
        received = connection.recv(65_536)
        if not received:
            return None
        head += received
        if head.startswith(b"\x16\x03"):  # the beginning of TLS, where plain HTTP is spoken
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    path = first.split(" ")[1]
    return Asked(path, time.monotonic(), {name.lower(): v for name, v in headers.items()})


def _not_found(exchange: Exchange) -> None:
    exchange.answer(404)
