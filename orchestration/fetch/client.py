"""One GET with all its redirects: bounded in time, size, steps and where it may lead.

Built on httpcore (the engine of httpx), because only there the connection itself is ours to
make (`addresses`) and redirects, cookies, proxies and decoding do not happen behind our back.
A connection lives for one attempt: feeds rarely share a host, and a connection that was
allowed for one feed must not serve another.
"""

import io
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import certifi
import httpcore

from orchestration.fetch.addresses import SYSTEM_NETWORK, CheckedBackend, Network
from orchestration.fetch.decoding import ACCEPT_ENCODING, decode
from orchestration.fetch.errors import (
    FetchError,
    RedirectError,
    TooLargeError,
    explain,
)
from orchestration.fetch.politeness import HostTurns
from orchestration.fetch.settings import FetchSettings
from orchestration.fetch.targets import Target, TargetError, join_target, parse_target
from orchestration.fetch.timing import Stopwatch

ACCEPT = (
    b"application/atom+xml, application/rss+xml, application/feed+json;q=0.9,"
    b" application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
PERMANENT_STATUSES = frozenset({301, 308})
REDIRECT_STATUSES = frozenset({300, 301, 302, 303, 307, 308})
MAX_HEADER_BYTES = 32_768
"""Of response headers kept; hosts have sent three hundred of them."""
_BODILESS = frozenset({204, 304})

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A redirect that was followed."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The last response of an attempt, its body decoded."""

    url: str
    """Address that answered, after redirects."""
    status: int
    headers: Mapping[str, str]
    """By lower-case name, repeated ones joined by a comma; Latin-1, so that a value can be sent
    back byte for byte. Cookies are left out: they are the session's, not the feed's."""
    body: bytes
    hops: tuple[Hop, ...] = ()
    was_conditional: bool = False
    """True when validators were sent to the address that answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """What all attempts of a run share."""

    settings: FetchSettings
    turns: HostTurns | None = None
    network: Network = SYSTEM_NETWORK


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Validators of an earlier response and the only address they may be sent to."""

    url: str
    headers: tuple[tuple[str, str], ...]


def fetch_url(
    client: Client,
    url: str,
    *,
    conditions: Conditions | None = None,
    allow_private: bool = False,
    user_agent: str | None = None,
    stopwatch: Stopwatch | None = None,
) -> Answer:
    """Return the answer of an address after its redirects; raises FetchError when none came."""
    request = _Request(client, conditions, user_agent or client.settings.user_agent, stopwatch)
    return request.follow(_target(url), allow_private=allow_private)


class _Request:
    """An attempt on its way: the time it has left, and where it has been."""

    def __init__(
        self,
        client: Client,
        conditions: Conditions | None,
        user_agent: str,
        stopwatch: Stopwatch | None,
    ) -> None:
        self._client = client
        self._settings = client.settings
        self._conditions = conditions
        self._user_agent = user_agent
        self._stopwatch = stopwatch
        self._seconds_left = client.settings.total_seconds
        self._hops: list[Hop] = []

    def follow(self, target: Target, *, allow_private: bool) -> Answer:
        while True:
            try:
                answer = self._ask(target, allow_private=allow_private)
                location = answer.headers.get("location")
                if answer.status not in REDIRECT_STATUSES or (
                    answer.status == 300 and location is None
                ):
                    return answer
                target = self._next_target(target, answer.status, location)
            except FetchError as error:
                error.url = error.url or target.url
                if error.http_status is None and self._hops:
                    error.http_status = self._hops[-1].status
                raise

    def _ask(self, target: Target, *, allow_private: bool) -> Answer:
        with self._turn(target.host), self._timed():
            begin = time.monotonic()
            deadline = begin + self._seconds_left
            backend = CheckedBackend(
                self._client.network, deadline=deadline, allow_private=allow_private
            )
            try:
                return self._exchange(target, backend)
            finally:
                self._seconds_left = deadline - time.monotonic()

    def _exchange(self, target: Target, backend: CheckedBackend) -> Answer:
        limits = {
            "connect": self._settings.connect_seconds,
            "read": self._settings.read_seconds,
            "write": self._settings.read_seconds,
        }
        is_conditional = self._conditions is not None and self._conditions.url == target.url
        status: int | None = None
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=_trust(self._settings.ca_file),
                    http2=True,
                    network_backend=backend,
                ) as pool,
                pool.stream(
                    "GET",
                    _httpcore_url(target),
                    headers=self._headers(target, is_conditional=is_conditional),
                    extensions={"timeout": limits},
                ) as response,
            ):
                status = response.status
                headers = _readable(response.headers)
                is_redirect = status in REDIRECT_STATUSES and "location" in headers
                is_empty = status in _BODILESS or is_redirect
                body = b"" if is_empty else self._body(response, headers)
        except FetchError as error:
            error.http_status = status
            raise
        except Exception as error:
            failure = explain(error, target.host, self._settings, status=status)
            if failure is None:
                raise
            failure.http_status = status
            raise failure from error
        return Answer(
            url=target.url,
            status=status,
            headers=headers,
            body=body,
            hops=tuple(self._hops),
            was_conditional=is_conditional,
        )

    def _headers(self, target: Target, *, is_conditional: bool) -> Sequence[Header]:
        headers = [
            (b"Host", target.host_header),
            (b"User-Agent", self._user_agent.encode("ascii", "replace")),
            (b"Accept", ACCEPT),
            (b"Accept-Encoding", ACCEPT_ENCODING),
        ]
        if target.authorization is not None:
            headers.append((b"Authorization", target.authorization))
        if is_conditional and self._conditions is not None:
            headers.extend(
                (name.encode("ascii"), value.encode("latin-1"))
                for name, value in self._conditions.headers
            )
        return headers

    def _body(self, response: httpcore.Response, headers: Mapping[str, str]) -> bytes:
        """Return the decoded body; the packed one is capped too, for packing can also inflate."""
        limit = self._settings.max_body_bytes
        packed = _capped(response.iter_stream(), limit)
        body = io.BytesIO()
        for step in _capped(decode(packed, headers.get("content-encoding", "")), limit):
            body.write(step)
        return body.getvalue()

    def _next_target(self, target: Target, status: int, location: str | None) -> Target:
        if not location:
            raise _bad_redirect(f"status {status} without saying where to", status)
        if len(self._hops) >= self._settings.max_redirects:
            raise _bad_redirect(f"more than {self._settings.max_redirects} redirects", status)
        try:
            found = join_target(target, _utf8(location))
        except TargetError as error:
            raise _bad_redirect(f"redirect to {error}", status) from None
        self._hops.append(Hop(url=target.url, status=status, location=found.url))
        if any(hop.url == found.url for hop in self._hops):
            raise _bad_redirect(f"redirects in a circle at {found.url}", status)
        return found

    def _turn(self, host: str) -> AbstractContextManager[None]:
        turns = self._client.turns
        return nullcontext() if turns is None else turns.turn(host)

    def _timed(self) -> AbstractContextManager[None]:
        return nullcontext() if self._stopwatch is None else self._stopwatch.running()


def _capped(steps: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for step in steps:
        size += len(step)
        if size > limit:
            raise TooLargeError(
                f"body is larger than {limit / 1e6:g} MB and was not read to its end. Look"
                " whether the host offers a shorter feed; nothing was changed."
            )
        yield step


def _bad_redirect(problem: str, status: int) -> RedirectError:
    error = RedirectError(
        f"{problem}. Open the address in a browser, find the feed, and correct its url."
    )
    error.http_status = status
    return error


def _target(url: str) -> Target:
    try:
        return parse_target(url)
    except TargetError as error:
        raise RedirectError(f"{error}. Correct the url of the feed.") from None


def _httpcore_url(target: Target) -> httpcore.URL:
    return httpcore.URL(
        scheme=target.scheme.encode(),
        host=target.host.encode(),
        port=target.port,
        target=target.path,
    )


def _readable(raw: Sequence[Header]) -> dict[str, str]:
    """Return headers by name until the cap; what comes later is dropped."""
    headers: dict[str, str] = {}
    size = 0
    for raw_name, raw_value in raw:
        size += len(raw_name) + len(raw_value)
        if size > MAX_HEADER_BYTES:
            break
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name == "set-cookie":
            continue
        # A second validator or Location would make the first unusable; lists may be joined.
        is_single = name in {"etag", "last-modified", "location", "retry-after", "date", "expires"}
        if name not in headers:
            headers[name] = value
        elif not is_single:
            headers[name] = f"{headers[name]}, {value}"
    return headers


def _utf8(latin: str) -> str:
    """Return a header value that is UTF-8 on the wire, as browsers read Location."""
    raw = latin.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return latin


@cache
def _trust(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context
