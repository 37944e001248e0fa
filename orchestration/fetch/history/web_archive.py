"""Captures of the feed in a web archive: old windows as they were, sponsors included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from urllib.parse import quote, urlencode

from orchestration.fetch.bodies import FEED_KINDS, body_kind
from orchestration.fetch.history.source import Ask, Finding, Request
from orchestration.registry import FeedEntry
from transforms.articles import published_of
from transforms.feed import parse_feed
from transforms.web_archive import FIELDS, Capture, distinct_captures, parse_capture_index

ARCHIVE_URL = "https://web.archive.org"
INDEX_ROWS = 5_000
MAX_INDEX_PAGES = 200
NEXT_CAPTURES = 3
"""Captures after the first that are asked for to see whether its window was full."""
LEAST_SHARED = 2
"""Entries two windows share so that nothing can be between them; one can be pinned to the top."""


@dataclass(frozen=True, slots=True)
class WebArchive:
    """An archive with a CDX index, such as the Internet Archive's.

    Feeds are captured often and change with every post: thousands of captures for a hundred
    windows. The walk halves its way: between two captures that share entries nothing is asked.
    """

    archive_url: str = ARCHIVE_URL
    addresses: tuple[str, ...] = ()
    """Under which the feed was captured, former ones included; its own when empty. The index
    treats http and https, with and without `www.`, as one."""

    name: ClassVar[str] = "web-archive"
    platforms: ClassVar[frozenset[str]] = frozenset()
    spacing_seconds: ClassVar[float] = 4.0
    """The archive turns away who asks more than fifteen times a minute."""
    estimate: ClassVar[str] = "at most"

    def walk(self, feed: FeedEntry, ask: Ask, /) -> Finding:
        """Ask for the index, then for captures until neighbours share entries."""
        addresses = self.addresses or (feed.url or "",)
        found = [capture for url in addresses for capture in self._index(url, ask)]
        captures = distinct_captures(found)
        if not captures:
            return Finding(is_available=False)
        windows = _Windows(captures, self.archive_url, ask)
        edges = [windows.first(), windows.last()]
        if None in edges:
            return Finding()
        gaps = list(windows.gaps(edges[0] or 0, edges[1] or 0))
        first = edges[0] or 0
        since = None if windows.had_room(first) else windows.oldest(first)
        proofs = () if gaps else ("overlapping_captures",)
        until = captures[edges[1] or 0].captured_at
        return Finding(proofs=proofs, since=since, until=until)

    def _index(self, feed_url: str, ask: Ask) -> list[Capture]:
        captures: list[Capture] = []
        resume_key: str | None = None
        for _ in range(MAX_INDEX_PAGES):
            reply = ask(self._index_request(feed_url, resume_key))
            page = parse_capture_index(reply.body) if reply else None
            if page is None:
                break
            captures.extend(page.captures)
            resume_key = page.resume_key
            if resume_key is None:
                break
        return captures

    def _index_request(self, feed_url: str, resume_key: str | None) -> Request:
        parameters = {
            "url": feed_url,
            "output": "json",
            "fl": ",".join(FIELDS),
            "filter": "statuscode:200",
            "collapse": "digest",
            "limit": str(INDEX_ROWS),
            "showResumeKey": "true",
        }
        if resume_key is not None:
            parameters["resumeKey"] = resume_key
        return Request(
            url=f"{self.archive_url}/cdx/search/cdx?{urlencode(parameters)}",
            is_wanted=lambda body: parse_capture_index(body) is not None,
            format="capture-index",
            is_list=True,
        )


class _Windows:
    """Captures by number, oldest first, each asked for when it is needed."""

    def __init__(self, captures: list[Capture], archive_url: str, ask: Ask) -> None:
        self._captures = captures
        self._archive_url = archive_url
        self._ask = ask
        self._shown: dict[int, dict[str, datetime | None] | None] = {}

    def first(self) -> int | None:
        """Return the oldest capture that can be read."""
        return next((n for n in range(len(self._captures)) if self._window(n)), None)

    def last(self) -> int | None:
        """Return the newest capture that can be read."""
        return next((n for n in reversed(range(len(self._captures))) if self._window(n)), None)

    def oldest(self, number: int) -> datetime | None:
        """Return the date of the oldest entry of a capture."""
        dates = [at for at in (self._window(number) or {}).values() if at]
        return min(dates, default=None)

    def had_room(self, number: int) -> bool:
        """Tell whether a capture shows all posts there were: later ones came beside, not instead.

        A full window loses its oldest post to each new one.
        """
        shown = (self._window(number) or {}).keys()
        for later in range(number + 1, min(number + 1 + NEXT_CAPTURES, len(self._captures))):
            window = self._window(later)
            if window and not window.keys() >= shown:
                return False
            if window and len(window) > len(shown):
                return True
        return False

    def gaps(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield neighbouring captures between which posts may have been missed."""
        pending = [(begin, end)]
        while pending:
            left, right = pending.pop()
            if left == right or self._do_overlap(left, right):
                continue
            middle = self._between(left, right)
            if middle is None:
                yield left, right
            else:
                pending.extend([(middle, right), (left, middle)])

    def _do_overlap(self, left: int, right: int) -> bool:
        earlier, later = self._window(left) or {}, self._window(right) or {}
        least = min(LEAST_SHARED, len(earlier), len(later))
        return len(earlier.keys() & later.keys()) >= max(least, 1)

    def _between(self, left: int, right: int) -> int | None:
        """Return the readable capture nearest to the middle of two; None when there is none."""
        middle = (left + right) // 2
        inside = sorted(range(left + 1, right), key=lambda number: abs(number - middle))
        return next((number for number in inside if self._window(number)), None)

    def _window(self, number: int) -> dict[str, datetime | None] | None:
        if number not in self._shown:
            capture = self._captures[number]
            reply = self._ask(_capture_request(self._archive_url, capture))
            self._shown[number] = _entries_of(reply.body) if reply else None
            self._ask.expect(len(self._shown) + 1)
        return self._shown[number]


def _entries_of(body: bytes) -> dict[str, datetime | None]:
    entries = parse_feed(body).entries
    return {
        entry.guid or entry.url or entry.title or "": published_of(entry).at for entry in entries
    }


def _capture_request(archive_url: str, capture: Capture) -> Request:
    # Behind `id_` the archive gives the bytes as they were, without its own frame and links.
    original = quote(capture.original_url, safe="/:?&=%,;@+$!*'()~#[]")
    return Request(
        url=f"{archive_url}/web/{capture.timestamp}id_/{original}",
        is_wanted=lambda body: body_kind(body) in FEED_KINDS,
        captured_at=capture.captured_at,
        original_url=capture.original_url,
        is_lasting=True,
    )
