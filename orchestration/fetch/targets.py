"""A feed address as a request needs it: host in ASCII, path and query byte for byte.

General URL types re-encode what they take apart (`|`, `%7e`, an empty `?`); signed and
otherwise exact feed addresses then stop working.
"""

import base64
import re
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote_to_bytes, urljoin

import idna

MAX_URL_LENGTH = 8_000
"""What servers commonly take; longer ones are attacks or loops that grow."""

_URL = re.compile(r"(https?)://([^/?#\\]*)((?:[/?][^#]*)?)(?:#.*)?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(?:(.*)@)?(\[[0-9A-Fa-f:.%]+\]|[^:\[\]]+)(?::([0-9]*))?", re.DOTALL)
_HOST = re.compile(r"[a-z0-9_.-]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PRINTABLE = "".join(chr(code) for code in range(33, 127))


class TargetError(ValueError):
    """A text is no address that can be asked; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An http(s) address taken apart for a request."""

    url: str
    """The address as it was written, without fragment and credentials."""
    scheme: str
    host: str
    """ASCII (IDNA) name or address in lower case; IPv6 without brackets."""
    port: int
    path: bytes
    """Path and query, as sent."""
    authorization: bytes | None = None
    """Basic credentials that stood in the address."""

    @property
    def host_header(self) -> bytes:
        """The Host header: brackets around IPv6, the port unless it is the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_default = self.port == _DEFAULT_PORTS[self.scheme]
        return (host if is_default else f"{host}:{self.port}").encode("ascii")


def parse_target(url: str) -> Target:
    """Return the parts of an address; raises TargetError for what cannot be asked."""
    if len(url) > MAX_URL_LENGTH:
        raise TargetError(f"an address of more than {MAX_URL_LENGTH} characters")
    match = _URL.fullmatch(url.strip())
    if match is None:
        raise TargetError(f"not an http or https address: {url[:200]!r}")
    scheme, authority, path = match[1].lower(), match[2], match[3]
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        raise TargetError(f"no valid host in {url[:200]!r}")
    port = int(parts[3]) if parts[3] else _DEFAULT_PORTS[scheme]
    if not 0 < port < 65536:
        raise TargetError(f"no valid port in {url[:200]!r}")
    place = authority[parts.start(2) :]
    return Target(
        url=f"{match[1]}://{place}{path}",
        scheme=scheme,
        host=_ascii_host(parts[2]),
        port=port,
        path=_ascii_path(path),
        authorization=_basic(parts[1]) if parts[1] else None,
    )


def plain_url(url: str) -> str:
    """Return an address without credentials and fragment, fit to be written down."""
    try:
        return parse_target(url).url
    except TargetError:
        return url


def join_target(base: Target, location: str) -> Target:
    """Return where a Location header or link of an answer leads; raises TargetError."""
    try:
        joined = urljoin(base.url, location.strip())
    except ValueError as error:
        raise TargetError(f"not an address: {location[:200]!r} ({error})") from None
    found = parse_target(joined)
    if found.authorization is None and _origin(found) == _origin(base):
        return replace(found, authorization=base.authorization)
    return found


def _origin(target: Target) -> tuple[str, str, int]:
    return (target.scheme, target.host, target.port)


def _ascii_host(host: str) -> str:
    if host.startswith("["):
        return host[1:-1].lower()
    if not host.isascii():
        try:
            return idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise TargetError(f"no valid host name: {host!r} ({error})") from None
    if not _HOST.fullmatch(host.lower()):
        raise TargetError(f"no valid host name: {host!r}")
    return host.lower()


def _ascii_path(path: str) -> bytes:
    rooted = path if path.startswith("/") else f"/{path}"
    return quote(rooted, safe=_PRINTABLE).encode("ascii")


def _basic(userinfo: str) -> bytes:
    name, _, password = userinfo.partition(":")
    pair = unquote_to_bytes(name) + b":" + unquote_to_bytes(password)
    return b"Basic " + base64.b64encode(pair)
