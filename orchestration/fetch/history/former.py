"""Addresses a feed is or was known under: its own, and what its polls asked for and ended at."""

from collections.abc import Iterable

from orchestration.fetch.outcomes import SUCCESSES
from orchestration.registry import FeedEntry, url_key
from warehouse.landing import Attempt

MAX_ADDRESSES = 6
"""Of one feed that are asked for: publications move now and then, loops of redirects daily."""


def known_addresses(feed: FeedEntry, attempts: Iterable[Attempt]) -> tuple[str, ...]:
    """Return the registered address of a feed and its former ones, the latest known first.

    Former ones are what feeds.toml named earlier and where redirects led, as polls that brought
    the feed tell. Of spellings that differ in scheme, `www.` or a closing slash there is one:
    the index of a web archive treats them the same.
    """
    seen: dict[str, str] = {}
    for attempt in attempts:
        if attempt.request_url is None or attempt.outcome not in SUCCESSES:
            continue
        for url in (attempt.request_url, attempt.final_url):
            if url and url.startswith(("http://", "https://")):
                seen.pop(url_key(url), None)
                seen[url_key(url)] = url
    if feed.url:
        seen.pop(url_key(feed.url), None)
        seen[url_key(feed.url)] = feed.url
    return tuple(reversed(seen.values()))[:MAX_ADDRESSES]
