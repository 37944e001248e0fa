"""From the address of a home page to its feeds: what the page declares, else what is usual."""

import contextlib
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.filter import SoupStrainer

from orchestration.fetch.addresses import SYSTEM_NETWORK, Network
from orchestration.fetch.bodies import FEED_KINDS, body_kind
from orchestration.fetch.client import PERMANENT_STATUSES, Answer, Client, fetch_url
from orchestration.fetch.errors import FetchError
from orchestration.fetch.outcomes import judge
from orchestration.fetch.politeness import HostTurns
from orchestration.fetch.settings import FetchSettings
from orchestration.fetch.targets import TargetError, join_target, parse_target
from orchestration.fetch.well_known import usual_feeds
from orchestration.fetch.windows import WindowEntry, read_window

MAX_PROBES = 10
"""Requests to one host to find its feed; whoever has none is not asked for more."""
NEWEST_COUNT = 5
MAX_PAGE_BYTES = 2_000_000
"""Of a home page that are read; what declares feeds stands in its head."""

_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
    }
)

_NO_HOST = frozenset({"dns", "refused_address", "timeout", "tls", "unreachable"})
"""Outcomes after which other addresses of the host would only take the user's time."""


class DiscoveryError(Exception):
    """No feed was found; the message says what was tried and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that answered, with enough of it to recognise it."""

    url: str
    title: str | None
    home_url: str | None
    kind: str
    entry_count: int
    newest: tuple[WindowEntry, ...]


def discover_feeds(
    url: str,
    settings: FetchSettings,
    *,
    allow_private: bool = False,
    network: Network = SYSTEM_NETWORK,
) -> tuple[FoundFeed, ...]:
    """Return the feeds of an address, best first; every one was asked and answered.

    The address may be the feed itself, or a page of the site; `https://` may be left out.
    Raises DiscoveryError when nothing there is a feed.
    """
    turns = HostTurns(
        concurrency=settings.host_concurrency, spacing_seconds=settings.host_spacing_seconds
    )
    client = Client(settings=settings, turns=turns, network=network)
    address = url.strip() if "://" in url else f"https://{url.strip()}"
    page, problem = _get(client, address, allow_private=allow_private, is_first=True)
    if page is not None and (found := _found(address, page)):
        return (found,)
    declared = [] if page is None else declared_feeds(page.body, page.url)
    base = address if page is None else page.url
    body = b"" if page is None else page.body
    usual = [each for each in usual_feeds(base, body) if each not in declared]
    feeds = _probe(client, declared, allow_private=allow_private, stop_at_first=False)
    if not feeds:
        left = usual[: MAX_PROBES - min(len(declared), MAX_PROBES)]
        feeds = _probe(client, left, allow_private=allow_private, stop_at_first=True)
    if not feeds:
        raise DiscoveryError(
            f"no feed found at {address}: "
            + (problem or "the page declares none, and none is at the usual addresses.")
            + ("" if page is None else " Look for an RSS link on the page and give its address.")
        )
    return tuple(sorted(feeds, key=_is_for_comments))


def declared_feeds(body: bytes, page_url: str) -> list[str]:
    """Return the addresses a page declares as its feeds, absolute, in its order."""
    with warnings.catch_warnings():
        # Some home pages are XHTML with an XML declaration; they read well as HTML.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(
            body[:MAX_PAGE_BYTES], "lxml", parse_only=SoupStrainer(["base", "link"])
        )
    base = parse_target(page_url)
    if isinstance(first := soup.find("base"), Tag):
        with contextlib.suppress(TargetError):
            base = join_target(base, str(first.get("href", "")))
    found: dict[str, None] = {}
    for link in soup.find_all("link"):
        if "alternate" not in [str(word).lower() for word in link.get_attribute_list("rel")]:
            continue
        if str(link.get("type", "")).split(";")[0].strip().lower() in _FEED_TYPES:
            with contextlib.suppress(TargetError):
                found[join_target(base, str(link.get("href", ""))).url] = None
    return list(found)


def _probe(
    client: Client, urls: Iterable[str], *, allow_private: bool, stop_at_first: bool
) -> list[FoundFeed]:
    feeds = []
    for url in list(urls)[:MAX_PROBES]:
        answer, _ = _get(client, url, allow_private=allow_private)
        found = None if answer is None else _found(url, answer)
        if found is not None:
            feeds.append(found)
            if stop_at_first:
                break
    return feeds


def _get(
    client: Client, url: str, *, allow_private: bool, is_first: bool = False
) -> tuple[Answer | None, str | None]:
    """Return the answer of an address, or why there is none worth reading.

    Raises DiscoveryError when the first address shows that its host cannot be asked at all.
    """
    try:
        answer = fetch_url(client, url, allow_private=allow_private)
    except FetchError as error:
        if is_first and error.outcome in _NO_HOST:
            raise DiscoveryError(f"no feed found at {url}: {error}") from None
        return None, str(error)
    if 200 <= answer.status < 300:
        return answer, None
    return None, judge(answer, None).reason


def _found(url: str, answer: Answer) -> FoundFeed | None:
    kind = body_kind(answer.body)
    if kind not in FEED_KINDS:
        return None
    window = read_window(answer.body, kind)
    is_moved = bool(answer.hops) and all(hop.status in PERMANENT_STATUSES for hop in answer.hops)
    return FoundFeed(
        url=answer.url if is_moved else url,
        title=window.title,
        home_url=window.home_url,
        kind=kind,
        entry_count=len(window.entries),
        newest=window.entries[:NEWEST_COUNT],
    )


def _is_for_comments(feed: FoundFeed) -> bool:
    return "comments" in f"{feed.url} {feed.title or ''}".lower()
