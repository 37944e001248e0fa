"""Archives on disk to the landing: feeds, posts and pages as they were captured."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from orchestration.fetch.bodies import FEED_KINDS, body_kind
from orchestration.fetch.history.shelf import LANDED, Land
from orchestration.fetch.history.sites import site_of
from orchestration.fetch.history.warc import (
    DAMAGES,
    PAGE_SUFFIXES,
    WARC_SUFFIXES,
    SavedResponse,
    is_warc,
    read_page,
    read_warc,
)
from orchestration.registry import FeedEntry, url_key
from transforms.listings import unpacked
from transforms.sitemaps import parse_sitemap
from transforms.substack_api import parse_archive_page, read_post
from warehouse.landing import Attempt, Landing


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOutcome:
    """What came of one file."""

    path: Path
    landed: int = 0
    known: int = 0
    passed_over: int = 0
    """Responses that are no part of any of the feeds' publications."""
    feed_ids: tuple[str, ...] = ()
    """Feeds that something of it belongs to."""
    note: str | None = None
    """Where the file is damaged, or why nothing came of it."""


def import_archives(
    landing: Landing,
    feeds: Sequence[FeedEntry],
    paths: Iterable[Path],
    *,
    land: Land | None = None,
    captured_at: Callable[[Path], datetime] | None = None,
) -> list[ArchiveOutcome]:
    """Land what WARC files and folders of saved pages hold of the feeds' publications.

    A damaged or cut file gives what stands before the damage. The same bytes land once.
    `captured_at` tells when a saved page was; without it, when its file was last written.
    """
    shelf = _Shelf(landing, feeds, land or landing.land)
    return [_import(shelf, file, captured_at) for path in paths for file in _files_of(path)]


@dataclass(slots=True)
class _Held:
    """A feed with the bodies and the moments that its landing has."""

    feed: FeedEntry
    documents: set[str]
    moments: set[datetime] = field(default_factory=set)


class _Shelf:
    """The feeds an archive can hold something of, those of the longest address first."""

    def __init__(self, landing: Landing, feeds: Sequence[FeedEntry], land: Land) -> None:
        self.land = land
        self.held = [
            _hold(landing, feed) for feed in sorted(feeds, key=lambda each: -len(each.url or ""))
        ]

    def home_of(self, response: SavedResponse) -> tuple[_Held, dict[str, str]] | None:
        """Return whose a response is, and how to read it; None for what is nobody's."""
        kind = body_kind(response.body)
        for held in self.held:
            is_own = _is_own_feed if kind in FEED_KINDS else self._is_own_page
            if is_own(response.url, held.feed):
                options = _options(response, kind)
                return (held, options) if options is not None else None
        return None

    def _is_own_page(self, url: str, feed: FeedEntry) -> bool:
        if url.startswith("file:"):
            return len(self.held) == 1
        return _is_own_site(url, feed)


def _hold(landing: Landing, feed: FeedEntry) -> _Held:
    attempts = list(landing.attempts(feed.id, on_damage=lambda _: None))
    documents = {each.document_id for each in attempts if each.document_id}
    return _Held(feed, documents, {each.fetched_at for each in attempts})


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    wanted = (*WARC_SUFFIXES, *PAGE_SUFFIXES)
    return sorted(each for each in path.rglob("*") if each.name.lower().endswith(wanted))


def _responses(path: Path, captured_at: datetime | None) -> Iterator[SavedResponse]:
    return read_warc(path) if is_warc(path) else read_page(path, captured_at)


def _import(
    shelf: _Shelf, path: Path, captured_at: Callable[[Path], datetime] | None
) -> ArchiveOutcome:
    outcome = ArchiveOutcome(path=path)
    responses = _responses(path, captured_at(path) if captured_at else None)
    while True:
        try:
            response = next(responses, None)
        except FileNotFoundError:
            return replace(outcome, note="there is no such file; check the path")
        except DAMAGES as error:
            return replace(outcome, note=_damage(outcome, error))
        if response is None:
            return outcome
        outcome = _land(response, outcome, shelf)


def _damage(outcome: ArchiveOutcome, error: Exception) -> str:
    count = outcome.landed + outcome.known + outcome.passed_over
    if count == 0:
        return f"damaged or cut ({error}): nothing of it can be read; get the file again"
    return (
        f"damaged or cut after {count} responses ({error}); those are kept. Get the file again"
        " and import it: what has landed does not land twice"
    )


def _land(response: SavedResponse, outcome: ArchiveOutcome, shelf: _Shelf) -> ArchiveOutcome:
    home = shelf.home_of(response)
    if home is None:
        return replace(outcome, passed_over=outcome.passed_over + 1)
    held, options = home
    outcome = replace(outcome, feed_ids=tuple(dict.fromkeys([*outcome.feed_ids, held.feed.id])))
    if held.feed.url is None and not options:
        # Of a feed without an address, the first one in the file is it: a crawl holds many.
        held.feed = replace(held.feed, url=response.url)
    document_id = hashlib.sha256(response.body).hexdigest()
    if document_id in held.documents:
        return replace(outcome, known=outcome.known + 1)
    attempt = Attempt(
        feed_id=held.feed.id,
        fetched_at=_free_moment(response.captured_at, held.moments),
        outcome=LANDED,
        source_uri=outcome.path.absolute().as_uri(),
        content_type=response.content_type,
        options={"source": "warc", "original_url": response.url, **options},
    )
    shelf.land(attempt, response.body)
    held.documents.add(document_id)
    held.moments.add(attempt.fetched_at)
    return replace(outcome, landed=outcome.landed + 1)


def _free_moment(moment: datetime, taken: set[datetime]) -> datetime:
    """Return a moment no other attempt has: archives tell seconds, and robots are quicker."""
    while moment in taken:
        moment += timedelta(microseconds=1)
    return moment


def _options(response: SavedResponse, kind: str) -> dict[str, str] | None:
    """Return how to read a response of a publication; None for what is neither post nor list."""
    if kind in FEED_KINDS:
        return {}
    if kind == "json" and read_post(response.body):
        return {"format": "substack-post"}
    if kind == "json" and parse_archive_page(response.body, response.url):
        return {"format": "substack-archive"}
    if kind in {"xml", "binary"} and parse_sitemap(unpacked(response.body)):
        return {"format": "sitemap"}
    return {"format": "html"} if kind == "html" and _is_article(response) else None


def _is_article(response: SavedResponse) -> bool:
    # trafilatura takes a second to load, and most archives of feeds hold no page.
    from transforms.pages import parse_page  # noqa: PLC0415 trafilatura is slow to import

    return parse_page(response.body, response.url).format is not None


def _is_own_feed(url: str, feed: FeedEntry) -> bool:
    """Tell whether an address is the feed's, pages of it included; other feeds of the site not."""
    if feed.url is None:
        return True
    return url_key(url.partition("?")[0]) == url_key(feed.url.partition("?")[0])


def _is_own_site(url: str, feed: FeedEntry) -> bool:
    if feed.url is None:
        return True
    site = urlsplit(site_of(feed.url))
    own, found = site.netloc.removeprefix("www."), urlsplit(url)
    is_host = found.netloc.removeprefix("www.") == own
    return is_host and found.path.startswith(site.path)
