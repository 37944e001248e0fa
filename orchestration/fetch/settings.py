"""How fetching behaves: every limit by name, with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROJECT_URL = "https://github.com/feedhouse/feedhouse"
CONTACT_VARIABLE = "FEEDHOUSE_CONTACT"
PROJECT_URL_VARIABLE = "FEEDHOUSE_PROJECT_URL"
CA_FILE_VARIABLE = "FEEDHOUSE_CA_FILE"


class SettingsError(Exception):
    """A setting cannot be used; the message names it and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """Limits and manners of fetching; the defaults are meant for the open internet."""

    contact: str | None = None
    """Mail or web address of whoever runs this copy, told to every host: a host that is
    bothered can then write instead of blocking."""
    project_url: str = PROJECT_URL
    ca_file: Path | None = None
    """Further certificates to trust, in PEM, for networks with their own authority."""

    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    """Longest silence within a response."""
    total_seconds: float = 60.0
    """Longest attempt over all its redirects, whatever drips in; waiting for a turn aside."""
    max_body_bytes: int = 15_000_000
    """Of the decoded body. The largest honest feeds (podcasts with full archives) have 10 MB."""
    max_redirects: int = 5

    host_concurrency: int = 2
    host_spacing_seconds: float = 1.0
    """From the start of one request to the start of the next to the same host."""
    max_workers: int = 32
    """Feeds fetched side by side; memory is at worst this times the body cap."""

    min_poll: timedelta = timedelta(minutes=10)
    max_poll: timedelta = timedelta(hours=24)
    default_poll: timedelta = timedelta(minutes=50)
    """For a feed whose rhythm is not known yet; with its spread still within an hourly run."""
    max_backoff: timedelta = timedelta(hours=24)
    """Cap of every wait after a failure, Retry-After included: hosts have sent 317,100 s."""
    gone_poll: timedelta = timedelta(days=7)
    """How often a feed that said 410 is still asked: some come back."""
    unconditional_after: timedelta = timedelta(days=7)
    """How often a feed is fetched without validators, to catch a host that says 304 wrongly."""
    move_polls: int = 5
    move_span: timedelta = timedelta(days=1)
    """A permanent redirect is believed after so many polls over so long: captive portals and
    mistakes in configuration say 301 too."""

    def __post_init__(self) -> None:
        """Refuse what could not be sent, before every feed fails by it."""
        for name, text in (("contact", self.contact or ""), ("project url", self.project_url)):
            if not (text.isascii() and text.isprintable()):
                raise SettingsError(
                    f"the {name} {text!r} cannot be sent to hosts. Use plain ASCII on one line,"
                    " such as a mail address."
                )
        if self.ca_file is not None and not self.ca_file.is_file():
            raise SettingsError(f"there is no file of certificates at {self.ca_file}.")

    @property
    def user_agent(self) -> str:
        """What Feedhouse calls itself, with where to read about it and whom to write to."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"Feedhouse/{_version()} (+{self.project_url}{contact})"


def settings_from(environment: Mapping[str, str]) -> FetchSettings:
    """Return the settings the environment names: contact, project url and certificates."""
    ca_file = environment.get(CA_FILE_VARIABLE)
    return FetchSettings(
        contact=environment.get(CONTACT_VARIABLE, "").strip() or None,
        project_url=environment.get(PROJECT_URL_VARIABLE, "").strip() or PROJECT_URL,
        ca_file=Path(ca_file) if ca_file else None,
    )


@cache
def _version() -> str:
    """Return the version that is installed; reading it anew for each request costs a file."""
    try:
        return version("feedhouse")
    except PackageNotFoundError:
        return "0"
