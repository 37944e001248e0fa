"""The history of one feed in its place: which sources, which lock, which pages are allowed."""

import time
from collections.abc import Callable, Iterator, Sequence

from orchestration.fetch.history.former import known_addresses
from orchestration.fetch.history.paged_feed import PagedFeed
from orchestration.fetch.history.pages import ArticlePages
from orchestration.fetch.history.settings import HistorySettings
from orchestration.fetch.history.shelf import Land
from orchestration.fetch.history.sitemap import Sitemaps
from orchestration.fetch.history.source import Source
from orchestration.fetch.history.substack import SubstackArchive
from orchestration.fetch.history.visiting import Budget
from orchestration.fetch.history.walking import WalkReport, likely_sources, walk_history
from orchestration.fetch.history.wanted import wanted_pages
from orchestration.fetch.history.web_archive import WebArchive
from orchestration.fetch.history.wordpress import WordPressPages
from orchestration.fetch.timing import Clock
from orchestration.places import Places
from orchestration.registry import FeedEntry
from warehouse.landing import Attempt, Landing
from warehouse.lock import WriterBusyError, writer_lock

LONGEST_WAIT_SECONDS = 900.0
"""For another writer: a run over hundreds of feeds takes minutes, a walk can wait for it."""
_RETRY_SECONDS = 0.5
PAGES_ALLOWED = "allow_pages"
"""Key of feeds.toml that says that the publication's terms allow its pages to be read."""


class HistoryError(Exception):
    """History cannot be asked for as wished; the message names the feed and the cure."""


def fill_history(
    places: Places,
    feed: FeedEntry,
    names: Sequence[str],
    settings: HistorySettings,
    now: Clock,
    *,
    budget: Budget | None = None,
) -> list[WalkReport]:
    """Walk through the named sources of a feed, or through those that fit it.

    The data directory is locked for each landing, not for the walk: a walk takes hours, and
    the hourly run is not to wait for it.
    """
    landing = Landing(places.landing)
    sources = chosen_sources(places, feed, names, landing)
    land = guarded(landing, places)
    return walk_history(feed, sources, landing, settings, now, land=land, budget=budget)


def chosen_sources(
    places: Places, feed: FeedEntry, names: Sequence[str], landing: Landing
) -> tuple[Source, ...]:
    """Return the sources of those names, or the likely ones; pages only where they are allowed.

    Raises HistoryError for a feed without an address, and for pages that are not allowed.
    """
    if feed.url is None:
        raise HistoryError(
            f"feed {feed.id!r} has no url, so nobody can be asked; saved archives are read with"
            f" feedhouse history {feed.id} --from PATH"
        )
    sources: tuple[Source, ...] = (
        Sitemaps(), SubstackArchive(), PagedFeed(), WordPressPages(),
        WebArchive(addresses=known_addresses(feed, _attempts(feed, landing))),
    )  # fmt: skip
    if getattr(feed, PAGES_ALLOWED, False):
        sources = (*sources, ArticlePages(wanted_pages(landing, places.core, feed.id)))
    elif ArticlePages.name in names:
        raise HistoryError(
            f"pages of {feed.id!r} are not read: say that its terms allow it, with"
            f" {PAGES_ALLOWED} = true in feeds.toml"
        )
    if names:
        return tuple(source for source in sources if source.name in names)
    return likely_sources(sources, feed, landing)


def _attempts(feed: FeedEntry, landing: Landing) -> Iterator[Attempt]:
    return landing.attempts(feed.id, on_damage=lambda _: None)


def guarded(landing: Landing, places: Places, sleep: Callable[[float], None] = time.sleep) -> Land:
    """Return how to land under the writer's lock, waiting for another writer to end."""

    def land(attempt: Attempt, body: bytes | None) -> Attempt:
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        while True:
            try:
                with writer_lock(places.data, "history"):
                    return landing.land(attempt, body)
            except WriterBusyError:
                if time.monotonic() > deadline:
                    raise
                sleep(_RETRY_SECONDS)

    return land
