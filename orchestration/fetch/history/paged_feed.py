"""Feeds that name their own older parts: RFC 5005 archives and pages, JSON Feed's next_url."""

from typing import ClassVar

from orchestration.fetch.bodies import FEED_KINDS, body_kind
from orchestration.fetch.history.source import Ask, Finding, Request
from orchestration.registry import FeedEntry
from transforms.paging import read_paging

MAX_PAGES = 10_000


class PagedFeed:
    """The feed itself, and from there whatever it calls `prev-archive` or `next`.

    See https://www.rfc-editor.org/rfc/rfc5005.
    """

    name: ClassVar[str] = "paged-feed"
    platforms: ClassVar[frozenset[str]] = frozenset()
    spacing_seconds: ClassVar[float] = 2.0
    estimate: ClassVar[str] = "at least"

    def walk(self, feed: FeedEntry, ask: Ask, /) -> Finding:
        """Ask for the feed and its older parts until one names no other.

        An archive document stays as it is, by the standard; a page does not.
        """
        url, is_archive, asked = feed.url or "", False, set[str]()
        while url not in asked and len(asked) < MAX_PAGES:
            asked.add(url)
            reply = ask(_request(url, is_first=len(asked) == 1, is_archive=is_archive))
            if reply is None:
                return Finding(is_available=len(asked) > 1)
            paging = read_paging(reply.body, url)
            following = paging.prev_archive or paging.next_page
            if following is None:
                if len(asked) == 1 and not paging.is_complete:
                    return Finding(is_available=False)
                proof = "complete_feed" if paging.is_complete else "paging_end"
                return Finding(proofs=(proof,))
            is_archive = paging.prev_archive is not None
            url = following
            ask.expect(len(asked) + 1)
        return Finding(is_available=len(asked) > 1)


def _request(url: str, *, is_first: bool, is_archive: bool) -> Request:
    return Request(
        url=url,
        is_wanted=lambda body: body_kind(body) in FEED_KINDS,
        is_window=is_first,
        is_list=is_first,
        is_lasting=is_archive,
    )
