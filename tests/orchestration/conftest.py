"""A hostile web server, a landing and a clock for the tests of this room."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpcore
import pytest

from orchestration.fetch.addresses import Network
from orchestration.fetch.fetching import fetch_feeds
from orchestration.fetch.settings import FetchSettings
from orchestration.registry import FeedEntry
from tests.orchestration.command import FeedCommand
from tests.orchestration.origin import behaviours as b
from tests.orchestration.origin.behaviours import START
from tests.orchestration.origin.server import CERTIFICATE, Behaviour, Origin, running_origin
from warehouse.landing import Attempt, Landing

SETTINGS = FetchSettings(
    connect_seconds=1.0,
    read_seconds=0.6,
    total_seconds=1.5,
    host_spacing_seconds=0.0,
    host_concurrency=32,
    ca_file=CERTIFICATE,
)
"""Short limits, so that what must be cut off is cut off soon."""


@pytest.fixture
def settings() -> FetchSettings:
    return SETTINGS


@pytest.fixture
def origin() -> Iterator[Origin]:
    with running_origin() as origin:
        yield origin


@pytest.fixture
def secure_origin() -> Iterator[Origin]:
    with running_origin(is_secure=True) as origin:
        yield origin


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "landing")


class Reader:
    """Feedhouse following feeds of one origin, with a clock that only moves when told."""

    def __init__(self, origin: Origin, landing: Landing) -> None:
        self.origin = origin
        self.landing = landing
        self.settings = SETTINGS
        self.network = Network()
        self.now = START + timedelta(minutes=1)
        self.feeds: dict[str, FeedEntry] = {}

    def follow(self, feed_id: str, behaviour: Behaviour, **values: object) -> FeedEntry:
        """Follow a feed at /<feed_id> of the origin, which behaves as given."""
        self.origin.behaviours[f"/{feed_id}"] = behaviour
        entry = FeedEntry(id=feed_id, url=self.origin.url(f"/{feed_id}"), allow_private=True)
        self.feeds[feed_id] = replace(entry, **values)
        return self.feeds[feed_id]

    def run(self, *, force: bool = False) -> dict[str, Attempt]:
        """Fetch what is due now; return the attempts by feed."""
        attempts = fetch_feeds(
            list(self.feeds.values()),
            self.landing,
            self.settings,
            self.clock,
            force=force,
            network=self.network,
        )
        return {attempt.feed_id: attempt for attempt in attempts}

    def run_at_due(self, feed_id: str) -> Attempt:
        """Let time pass until the feed is due, and fetch it."""
        last = list(self.landing.attempts(feed_id))[-1]
        self.now = last.next_due_at
        return self.run()[feed_id]

    def clock(self) -> datetime:
        return self.now


class LoopbackInternet(httpcore.NetworkBackend):
    """An internet whose every address is this machine; notes which were connected."""

    def __init__(self) -> None:
        self.connected: list[str] = []
        self._plain = httpcore.SyncBackend()

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.connected.append(host)
        return self._plain.connect_tcp("127.0.0.1", port, timeout, local_address, socket_options)


@pytest.fixture
def internet() -> LoopbackInternet:
    return LoopbackInternet()


@pytest.fixture
def loopback_names() -> Network:
    """A network where every name is this machine."""
    return Network(resolve=lambda host, port: ["127.0.0.1"])


@pytest.fixture
def reader(origin: Origin, landing: Landing) -> Reader:
    return Reader(origin, landing)


COMMENTED = """\
# My feeds.

[[feed]]
id = "letters"  # the good one
url = "{url}"
timezone = "Europe/Paris"  # they sit there
allow_private = true

# Only files.
[[feed]]
id = "archive"
"""


@pytest.fixture
def feedhouse(tmp_path):
    return FeedCommand(tmp_path)


@pytest.fixture
def following(feedhouse, origin):
    """The command, following one feed that answers."""
    origin.behaviours["/letters.xml"] = b.validated(lambda: b.FEED, '"1"')
    feedhouse.feeds.write_text(COMMENTED.format(url=origin.url("/letters.xml")))
    return feedhouse
