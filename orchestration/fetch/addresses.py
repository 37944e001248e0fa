"""Which network addresses may be asked, and connections to nothing else.

The name is resolved here, once, every address checked, and the connection made to the very
address that was checked: a name server that answers differently the second time (DNS
rebinding) is never asked a second time.
"""

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address

import httpcore

from orchestration.fetch.errors import RefusedAddressError, ResolveError, TooSlowError

Resolver = Callable[[str, int], list[str]]
"""From host and port to numeric addresses, best first; raises OSError for an unknown name."""

_UNKNOWN_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_MIN_CONNECT_SECONDS = 1.0
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """True for an address of the open internet.

    Refused are loopback, RFC 1918, link-local, carrier NAT (100.64/10), unique local, 0.0.0.0,
    multicast, reserved ones, and IPv6 forms that carry such an IPv4 address inside.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _embedded(parsed) if isinstance(parsed, IPv6Address) else None
    if inner is not None:
        parsed = inner
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses the system knows for a host, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def resolve_within(resolve: Resolver, host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of a host, or raise ResolveError; never takes longer than told.

    getaddrinfo knows no timeout and can hang for half a minute, so it gets a thread to hang in.
    """
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise ResolveError(
            f"name server did not answer for {host} within {seconds:.0f} s. Check the network"
            " connection and the name server."
        ) from None
    if isinstance(answer, socket.gaierror) and answer.errno not in _UNKNOWN_NAME:
        raise ResolveError(
            f"host {host} could not be looked up ({answer.strerror}). Check the network"
            " connection and the name server."
        )
    if isinstance(answer, Exception) or not answer:
        raise ResolveError(
            f"host {host} is not known to the name server. Check the spelling of the address and"
            " the network connection; if the site is gone, remove the feed."
        )
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How names are resolved and connections made: the system's way, or a test's own."""

    resolve: Resolver = resolve_host
    backend: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)


SYSTEM_NETWORK = Network()


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only (or to any, when told), and only until a deadline."""

    def __init__(self, network: Network, *, deadline: float, allow_private: bool) -> None:
        self._network = network
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first checked address that takes one."""
        limit = _left(self._deadline, timeout)
        addresses = resolve_within(self._network.resolve, host, port, limit)
        if not self._allow_private:
            addresses = _public_only(host, addresses)
        connect_by = time.monotonic() + _left(self._deadline, timeout)
        for count_left in range(len(addresses), 0, -1):
            address = addresses[len(addresses) - count_left]
            # A dead first address (often IPv6) must leave time for the others.
            share = max(_left(connect_by, None) / count_left, _MIN_CONNECT_SECONDS)
            try:
                stream = self._network.backend.connect_tcp(
                    address, port, _left(self._deadline, share), local_address, socket_options
                )
                return DeadlineStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if count_left == 1:
                    raise
        raise AssertionError("resolve_within returns at least one address")


class DeadlineStream(httpcore.NetworkStream):
    """A connection on which nothing, however slowly it drips, outlasts the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what came, within the time that is left."""
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send within the time that is left."""
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the connection secured, under the same deadline."""
        limit = _left(self._deadline, timeout)
        secured = self._stream.start_tls(ssl_context, server_hostname, limit)
        return DeadlineStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        """Return what the plain connection knows of itself."""
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    """Return the seconds a step may take; raises TooSlowError when none are left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TooSlowError(
            "the whole answer took longer than allowed. Nothing to do if it happens now and"
            " then; else the host is too slow to follow."
        )
    return left if timeout is None else min(left, timeout)


def _public_only(host: str, addresses: list[str]) -> list[str]:
    public = [address for address in addresses if is_public(address)]
    if not public:
        raise RefusedAddressError(
            f"host {host} is at {addresses[0]}, a private or reserved address. If the feed is on"
            " your own network, say so: allow_private = true in feeds.toml, or --allow-private."
        )
    return public
