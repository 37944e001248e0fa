"""WordPress: any feed of it goes on at `?paged=2`, and ends in 404."""

from typing import ClassVar

from orchestration.fetch.bodies import FEED_KINDS, body_kind
from orchestration.fetch.history.sites import with_query
from orchestration.fetch.history.source import Ask, Finding, Request
from orchestration.registry import FeedEntry
from transforms.feed import parse_feed

MAX_PAGES = 16_384
"""Pages of ten: more posts than any publication has."""


class WordPressPages:
    """The pages of a WordPress feed; the last one is found by doubling and halving."""

    name: ClassVar[str] = "wordpress"
    platforms: ClassVar[frozenset[str]] = frozenset({"wordpress"})
    spacing_seconds: ClassVar[float] = 2.0
    estimate: ClassVar[str] = "exactly"

    def walk(self, feed: FeedEntry, ask: Ask, /) -> Finding:
        """Ask for the last page first, then for all before it, newest first."""
        pages = _Pages(feed.url or "", ask)
        if not pages.is_there(1) or not pages.is_there(2) or pages.entries(1) == pages.entries(2):
            # Hosts that do not know the parameter answer with the same window again.
            return Finding(is_available=False)
        last = pages.last()
        ask.expect(last + 1)
        gone = [number for number in range(1, last + 1) if not pages.is_there(number, probe=False)]
        return Finding(proofs=() if gone else ("paging_end",))


class _Pages:
    """Pages that were asked for, by number, with what their entries are."""

    def __init__(self, feed_url: str, ask: Ask) -> None:
        self._feed_url = feed_url
        self._ask = ask
        self._entries: dict[int, frozenset[str]] = {}

    def is_there(self, number: int, *, probe: bool = True) -> bool:
        """Tell whether a page has entries; beyond the last some hosts send an empty feed."""
        if number not in self._entries:
            reply = self._ask(_request(self._feed_url, number, is_list=probe))
            self._entries[number] = _entries_of(reply.body) if reply else frozenset()
        return bool(self._entries[number])

    def entries(self, number: int) -> frozenset[str]:
        """Return what tells the entries of a page from those of another."""
        return self._entries.get(number, frozenset())

    def last(self) -> int:
        """Return the number of the last page with entries."""
        there, beyond = 2, 4
        while beyond < MAX_PAGES and self.is_there(beyond):
            there, beyond = beyond, beyond * 2
        while beyond - there > 1:
            middle = (there + beyond) // 2
            there, beyond = (middle, beyond) if self.is_there(middle) else (there, middle)
        return there


def _entries_of(body: bytes) -> frozenset[str]:
    return frozenset(entry.guid or entry.url or "" for entry in parse_feed(body).entries)


def _request(feed_url: str, number: int, *, is_list: bool) -> Request:
    return Request(
        url=with_query(feed_url, "paged", str(number)),
        is_wanted=lambda body: body_kind(body) in FEED_KINDS,
        is_window=number == 1,
        is_list=is_list,
    )
