"""Web archives on disk (WARC) to the landing: feeds, posts and pages as they were captured.

The only module that knows warcio. See https://iipc.github.io/warc-specifications/.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from orchestration.fetch.bodies import FEED_KINDS, body_kind
from orchestration.fetch.history.shelf import LANDED, Land
from orchestration.fetch.history.sites import site_of
from orchestration.registry import FeedEntry, url_key
from transforms.dates import read_date
from transforms.listings import unpacked
from transforms.sitemaps import parse_sitemap
from transforms.substack_api import parse_archive_page, read_post
from warehouse.landing import Attempt, Landing

MAX_RECORD_BYTES = 64_000_000
"""Of one response, unpacked; the largest feeds have 30 MB."""
WARC_SUFFIXES = (".warc", ".warc.gz")
_PAGE_SUFFIXES = (".html", ".htm")
_DAMAGES = (ArchiveLoadFailed, OSError, EOFError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedResponse:
    """A response as an archive holds it. Times are UTC."""

    url: str
    captured_at: datetime
    body: bytes
    content_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOutcome:
    """What came of one file."""

    path: Path
    landed: int = 0
    known: int = 0
    passed_over: int = 0
    """Responses that are no part of the feed's publication."""
    note: str | None = None
    """Where the file is damaged, or why nothing came of it."""


def import_archives(
    landing: Landing, feed: FeedEntry, paths: Iterable[Path], *, land: Land | None = None
) -> list[ArchiveOutcome]:
    """Land what WARC files and folders of saved pages hold of one feed's publication.

    A damaged or cut file gives what stands before the damage. The same bytes land once.
    """
    known = {each.document_id for each in landing.attempts(feed.id) if each.document_id}
    keep = land or landing.land
    return [_import(file, feed, known, keep) for path in paths for file in _files_of(path)]


def read_warc(path: Path) -> Iterator[SavedResponse]:
    """Yield the successful responses of a WARC file; raises what warcio does at a damage."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            head = record.http_headers
            if record.rec_type != "response" or head is None or head.get_statuscode() != "200":
                continue
            captured = read_date(record.rec_headers.get_header("WARC-Date")).at
            url = record.rec_headers.get_header("WARC-Target-URI")
            body = record.content_stream().read(MAX_RECORD_BYTES)
            if record.raw_stream.limit > 0 and not record.raw_stream.read(1):
                # warcio takes the end of a cut file for the end of the response.
                raise EOFError(f"the file ends within the response of {url}")
            if captured is not None and url:
                kind = head.get_header("Content-Type")
                yield SavedResponse(url=url, captured_at=captured, body=body, content_type=kind)


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    wanted = (*WARC_SUFFIXES, *_PAGE_SUFFIXES)
    return sorted(each for each in path.rglob("*") if each.name.lower().endswith(wanted))


def _import(path: Path, feed: FeedEntry, known: set[str], keep: Land) -> ArchiveOutcome:
    outcome = ArchiveOutcome(path=path)
    read: Callable[[Path], Iterator[SavedResponse]] = (
        read_warc if path.name.lower().endswith(WARC_SUFFIXES) else _read_page
    )
    responses = read(path)
    while True:
        try:
            response = next(responses, None)
        except FileNotFoundError:
            return replace(outcome, note="there is no such file; check the path")
        except _DAMAGES as error:
            return replace(outcome, note=f"damaged or cut from here on ({error})")
        if response is None:
            return outcome
        outcome = _land(response, outcome, feed, known, keep)


def _land(
    response: SavedResponse,
    outcome: ArchiveOutcome,
    feed: FeedEntry,
    known: set[str],
    keep: Land,
) -> ArchiveOutcome:
    options = _options(response, feed)
    if options is None:
        return replace(outcome, passed_over=outcome.passed_over + 1)
    document_id = hashlib.sha256(response.body).hexdigest()
    if document_id in known:
        return replace(outcome, known=outcome.known + 1)
    known.add(document_id)
    attempt = Attempt(
        feed_id=feed.id,
        fetched_at=response.captured_at,
        outcome=LANDED,
        source_uri=outcome.path.absolute().as_uri(),
        content_type=response.content_type,
        options={"source": "warc", "original_url": response.url, **options},
    )
    keep(attempt, response.body)
    return replace(outcome, landed=outcome.landed + 1)


def _options(response: SavedResponse, feed: FeedEntry) -> dict[str, str] | None:
    """Return how to read a response of the publication; None for what is none of it."""
    kind = body_kind(response.body)
    if kind in FEED_KINDS:
        return {} if _is_own_feed(response.url, feed) else None
    if not _is_own_site(response.url, feed):
        return None
    if kind == "json" and read_post(response.body):
        return {"format": "substack-post"}
    if kind == "json" and parse_archive_page(response.body, response.url):
        return {"format": "substack-archive"}
    if kind in {"xml", "binary"} and parse_sitemap(unpacked(response.body)):
        return {"format": "sitemap"}
    return {"format": "html"} if kind == "html" and _is_article(response) else None


def _is_article(response: SavedResponse) -> bool:
    # trafilatura takes a second to load, and most archives of feeds hold no page.
    from transforms.pages import parse_page  # noqa: PLC0415

    return parse_page(response.body, response.url).format is not None


def _is_own_feed(url: str, feed: FeedEntry) -> bool:
    """Tell whether an address is the feed's, pages of it included; other feeds of the site not."""
    if feed.url is None:
        return True
    return url_key(url.partition("?")[0]) == url_key(feed.url.partition("?")[0])


def _is_own_site(url: str, feed: FeedEntry) -> bool:
    if feed.url is None or url.startswith("file:"):
        return True
    site = urlsplit(site_of(feed.url))
    own, found = site.netloc.removeprefix("www."), urlsplit(url)
    is_host = found.netloc.removeprefix("www.") == own
    return is_host and found.path.startswith(site.path)


def _read_page(path: Path) -> Iterator[SavedResponse]:
    """Yield a saved page; its own canonical link tells its address."""
    captured = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    yield SavedResponse(
        url=path.absolute().as_uri(),
        captured_at=captured,
        body=path.read_bytes(),
        content_type="text/html",
    )
