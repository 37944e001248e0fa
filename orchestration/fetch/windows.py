"""The window of a feed: its entries by key and date, read lightly to plan the next poll.

Not the extraction (`transforms`): nothing here reaches a table. A streaming parser without a
tree, so that a hostile feed of millions of elements costs time only.
"""

import contextlib
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from orchestration.fetch.hints import http_date, time_to_live, update_period

MAX_ENTRIES = 500
"""Rhythm and overlap show in far fewer; archives in one file have tens of thousands."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_NAMESPACES = (
    "",
    _ATOM,
    "{http://purl.org/atom/ns#}",
    "{http://purl.org/rss/1.0/}",
    "{http://my.netscape.com/rdf/simple/0.9/}",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://purl.org/rss/1.0/modules/syndication/}",
)
"""Where title, link and date mean the entry's own; media:title and itunes:title do not."""
_ENTRY_NAMES = frozenset({"item", "entry"})
_HEAD_NAMES = frozenset({"channel", "feed"})
_DATE_NAMES = ("pubdate", "published", "date", "issued", "updated", "modified")


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowEntry:
    """An entry as far as planning goes."""

    key: str
    """Guid, link, or else title: what tells it from the others of its feed."""
    title: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a feed document shows at one time."""

    title: str | None
    home_url: str | None
    entries: tuple[WindowEntry, ...]
    declared_wait: timedelta | None
    """Longest of RSS ttl and sy:updatePeriod."""

    @property
    def keys(self) -> frozenset[str]:
        """What tells its entries apart."""
        return frozenset(entry.key for entry in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a feed publishes, as its window shows."""

    gap: timedelta
    """Median time from one entry to the next."""
    half_life: timedelta
    """Time in which the newer half of the window was published."""
    newest_at: datetime


def read_window(body: bytes, kind: str) -> Window:
    """Return the window of a feed body; an unreadable one has no entries. Never raises."""
    if kind == "json_feed":
        return _json_window(body)
    target = _Reader()
    parser = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    with contextlib.suppress(etree.LxmlError, ValueError, _EnoughError):
        parser.feed(body)
        parser.close()
    return target.window()


def overlap_of(window: Window, earlier: Window) -> float | None:
    """Return the share of a window's entries that an earlier one had; None when empty."""
    if not window.keys:
        return None
    return len(window.keys & earlier.keys) / len(window.keys)


def rhythm_of(window: Window, now: datetime) -> Rhythm | None:
    """Return the rhythm of a window; None with fewer than three different dates up to now."""
    dates = [entry.published_at for entry in window.entries if entry.published_at is not None]
    past = sorted({date for date in dates if date <= now + timedelta(hours=1)}, reverse=True)
    if len(past) < 3:
        return None
    gaps = sorted(newer - older for newer, older in itertools.pairwise(past))
    gap = gaps[len(gaps) // 2]
    return Rhythm(gap=gap, half_life=past[0] - past[len(past) // 2], newest_at=past[0])


class _EnoughError(Exception):
    """More entries than are looked at."""


class _Reader:
    """Gathers a window from the events of the parser (the interface is lxml's)."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._text: list[str] | None = None
        self._head: dict[str, str] = {}
        self._entry: dict[str, str] | None = None
        self._entry_depth = 0
        self._entries: list[WindowEntry] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _name(tag)
        self._path.append(name)
        if self._entry is None and name in _ENTRY_NAMES:
            self._entry, self._entry_depth = {}, len(self._path)
            about = next((v for k, v in attributes.items() if _name(k) == "about"), None)
            if about:
                self._entry["id"] = about
        holder = self._holder()
        if holder is None:
            return
        if name == "link" and attributes.get("href"):
            if attributes.get("rel", "alternate") == "alternate":
                holder.setdefault("link", attributes["href"])
        elif name:
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:  # noqa: ARG002  lxml passes it
        holder, text = self._holder(), self._text
        if holder is not None and text is not None:
            value = " ".join("".join(text).split())
            if value:
                holder.setdefault(self._path[-1], value)
        self._text = None
        if self._entry is not None and len(self._path) == self._entry_depth:
            self._keep(self._entry)
            self._entry = None
        self._path.pop()

    def close(self) -> None:
        """Lxml calls it at the end of the document."""

    def window(self) -> Window:
        head = self._head
        ttl = time_to_live(head.get("ttl", ""))
        period = update_period(head.get("updateperiod", ""), head.get("updatefrequency", ""))
        waits = [wait for wait in (ttl, period) if wait is not None]
        return Window(
            title=head.get("title"),
            home_url=head.get("link"),
            entries=tuple(self._entries),
            declared_wait=max(waits, default=None),
        )

    def _holder(self) -> dict[str, str] | None:
        """Return where the element at hand belongs: the entry, the feed's head, or nowhere."""
        if self._entry is not None:
            return self._entry if len(self._path) == self._entry_depth + 1 else None
        parent = self._path[-2] if len(self._path) > 1 else ""
        return self._head if parent in _HEAD_NAMES else None

    def _keep(self, entry: Mapping[str, str]) -> None:
        key = entry.get("guid") or entry.get("id") or entry.get("link") or entry.get("title")
        if key is None:
            return
        dates = (_moment(entry[name]) for name in _DATE_NAMES if name in entry)
        published_at = next((date for date in dates if date is not None), None)
        self._entries.append(
            WindowEntry(key=key, title=entry.get("title"), published_at=published_at)
        )
        if len(self._entries) >= MAX_ENTRIES:
            raise _EnoughError


def _name(tag: object) -> str:
    """Return the local name in lower case, or nothing for a name of another vocabulary."""
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.rpartition("}")
    return local.lower() if not namespace or f"{namespace}}}" in _NAMESPACES else ""


def _json_window(body: bytes) -> Window:
    try:
        feed: Any = json.loads(body)
    except (ValueError, RecursionError):
        feed = {}
    if not isinstance(feed, dict):
        feed = {}
    listed = feed.get("items")
    items = listed[:MAX_ENTRIES] if isinstance(listed, list) else []
    entries = (
        WindowEntry(
            key=str(item.get("id") or item.get("url") or item.get("title") or ""),
            title=_text(item.get("title")),
            published_at=_moment(str(item.get("date_published") or "")),
        )
        for item in items
        if isinstance(item, dict)
    )
    return Window(
        title=_text(feed.get("title")),
        home_url=_text(feed.get("home_page_url")),
        entries=tuple(entry for entry in entries if entry.key),
        declared_wait=None,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _moment(value: str) -> datetime | None:
    """Return a date of RSS or Atom in UTC; None for what does not read at once."""
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return http_date(value)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
