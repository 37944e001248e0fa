"""Why no answer came: the exceptions of a request, each with the outcome it leads to.

FetchError
  ResolveError        dns
  RefusedAddressError refused_address
  RedirectError       bad_redirect
  TooLargeError       too_large
  TooSlowError        timeout
  CertificateError    tls
  BrokenAnswerError   server_error
  UnreachableError    unreachable
"""

import ssl
from typing import ClassVar

import httpcore

from orchestration.fetch.settings import FetchSettings


class FetchError(Exception):
    """A request brought no usable answer; the message says why and names the cure."""

    outcome: ClassVar[str] = "unreachable"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.http_status: int | None = None
        """Status of the last response, when one had come before the failure."""
        self.url: str | None = None
        """Address that was being asked."""


class ResolveError(FetchError):
    """The host name leads nowhere."""

    outcome = "dns"


class RefusedAddressError(FetchError):
    """The host is on a private network."""

    outcome = "refused_address"


class RedirectError(FetchError):
    """The redirects lead nowhere, in circles, or away from http."""

    outcome = "bad_redirect"


class TooLargeError(FetchError):
    """The decoded body is beyond the cap."""

    outcome = "too_large"


class TooSlowError(FetchError):
    """Connecting, a silence or the whole took too long."""

    outcome = "timeout"


class CertificateError(FetchError):
    """No secure connection came about."""

    outcome = "tls"


class BrokenAnswerError(FetchError):
    """What came is not HTTP, or broke off, or cannot be decoded."""

    outcome = "server_error"


class UnreachableError(FetchError):
    """The host took no connection, or dropped it before it answered."""


def explain(
    error: Exception, host: str, settings: FetchSettings, *, status: int | None
) -> FetchError | None:
    """Return an error of the HTTP library as ours, with the cure; None for a fault of our own."""
    if isinstance(error, httpcore.ConnectError) and (cause := _tls_cause(error)):
        return _certificate_error(cause, host)
    if isinstance(error, httpcore.ConnectTimeout):
        return TooSlowError(
            f"{host} took no connection within {settings.connect_seconds:g} s. Asked again"
            " later; if it stays so, check the address."
        )
    if isinstance(error, httpcore.TimeoutException):
        return TooSlowError(
            f"{host} fell silent for {settings.read_seconds:g} s or the whole took longer"
            f" than {settings.total_seconds:g} s. Asked again later."
        )
    is_network = isinstance(error, httpcore.NetworkError)
    if is_network and status is None:
        return UnreachableError(
            f"{host} took or held no connection ({error}). Check the address and the network;"
            " asked again later."
        )
    if is_network or isinstance(error, httpcore.ProtocolError):
        return BrokenAnswerError(
            f"{host} broke off its answer or does not speak HTTP ({error}). The host's fault;"
            " asked again later."
        )
    return None


def _tls_cause(error: BaseException | None) -> ssl.SSLError | None:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _certificate_error(error: ssl.SSLError, host: str) -> CertificateError:
    detail = getattr(error, "verify_message", "") or error.reason or str(error)
    return CertificateError(
        f"no secure connection to {host} ({detail}). The host must renew its certificate; if"
        " your network has its own authority, name its file in the settings (ca_file)."
    )
