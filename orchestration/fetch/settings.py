"""How fetching behaves: every limit by name, with its reason."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROJECT_URL = "https://github.com/feedhouse/feedhouse"


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

    @property
    def user_agent(self) -> str:
        """What Feedhouse calls itself, with where to read about it and whom to write to."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"Feedhouse/{_version()} (+{self.project_url}{contact})"


@cache
def _version() -> str:
    """Return the version that is installed; reading it anew for each request costs a file."""
    try:
        return version("feedhouse")
    except PackageNotFoundError:
        return "0"
