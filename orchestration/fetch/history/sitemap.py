"""Sitemaps: what a publication says exists, without any of it."""

from typing import ClassVar

from orchestration.fetch.history.sites import origin_of, site_of
from orchestration.fetch.history.source import Ask, Finding, Request
from orchestration.registry import FeedEntry
from transforms.listings import ListedPage, distinct_pages
from transforms.sitemaps import named_sitemaps, parse_sitemap

MAX_SITEMAPS = 500
"""Of one publication; news sites have one a day, for decades."""


class Sitemaps:
    """`sitemap.xml` of the publication, of its host, or whatever robots.txt names."""

    name: ClassVar[str] = "sitemap"
    platforms: ClassVar[frozenset[str]] = frozenset()
    spacing_seconds: ClassVar[float] = 2.0
    estimate: ClassVar[str] = "exactly"

    def walk(self, feed: FeedEntry, ask: Ask, /) -> Finding:
        """Ask for all sitemaps; those of the publication itself first, then its host's."""
        pending, asked = _likely_places(feed.url or ""), set[str]()
        pages: list[ListedPage] = []
        is_found = False
        while pending and len(asked) < MAX_SITEMAPS:
            url = pending.pop(0)
            if url in asked or (is_found and url in _likely_places(feed.url or "")):
                continue
            asked.add(url)
            reply = ask(_request(url))
            sitemap = parse_sitemap(reply.body) if reply else None
            if sitemap:
                is_found = True
                pages.extend(sitemap.pages)
                pending.extend(sitemap.sitemaps)
            elif not pending and not is_found and not asked & {_robots_url(feed.url or "")}:
                asked.add(_robots_url(feed.url or ""))
                pending.extend(_named(feed.url or "", ask))
            ask.expect(len(asked) + len(pending))
        proofs = ("sitemap",) if is_found and not pending else ()
        return Finding(listed=distinct_pages(pages), proofs=proofs, is_available=is_found)


def _likely_places(feed_url: str) -> list[str]:
    return list(
        dict.fromkeys(f"{base}/sitemap.xml" for base in (site_of(feed_url), origin_of(feed_url)))
    )


def _robots_url(feed_url: str) -> str:
    return f"{origin_of(feed_url)}/robots.txt"


def _named(feed_url: str, ask: Ask) -> tuple[str, ...]:
    reply = ask(robots_request(feed_url))
    return named_sitemaps(reply.body) if reply else ()


def robots_request(url: str) -> Request:
    """Return the request for what a host asks of robots."""
    return Request(
        url=_robots_url(url),
        is_wanted=lambda body: not body.lstrip().startswith(b"<"),
        format="robots",
        is_list=True,
    )


def _request(url: str) -> Request:
    return Request(
        url=url,
        is_wanted=lambda body: parse_sitemap(body) is not None,
        format="sitemap",
        is_list=True,
    )
