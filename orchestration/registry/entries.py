"""A feed as the registry knows it, and what makes two of them the same."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from transforms import slugs

MAX_ID_LENGTH = 64
"""Ids name folders and are typed by hand."""

SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class RegistryError(Exception):
    """The registry cannot be used as it is; the message names file, line, key and cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A feed to follow, as `feeds.toml` has it; the file explains each key."""

    id: str
    url: str | None = None
    profile: str | None = None
    timezone: str = "UTC"
    tags: tuple[str, ...] = ()
    title: str | None = None
    allow_private: bool = False
    is_active: bool = True
    allow_pages: bool = False
    user_agent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """The feeds of one file, in its order."""

    path: Path
    feeds: tuple[FeedEntry, ...]

    def feed(self, feed_id: str) -> FeedEntry | None:
        """Return the feed of that id; None when the registry does not list it."""
        return next((each for each in self.feeds if each.id == feed_id), None)

    @property
    def followed(self) -> tuple[FeedEntry, ...]:
        """The feeds that are fetched: active ones with an address."""
        return tuple(each for each in self.feeds if each.is_active and each.url is not None)


def url_key(url: str) -> str:
    """Return what is equal for two spellings of one feed address.

    Lists gathered over years name the same feed with http and https, with and without `www.`
    and a closing slash; the query is left alone, for it often is the name of the feed.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def slug_of(text: str) -> str:
    """Return a title or host as an id: lower case, ASCII, words joined by `-`; maybe empty."""
    # Plain already, so that a name without such letters has no slug here: ids are typed by hand.
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return slugs.slug_of(plain.replace("'", ""))[:MAX_ID_LENGTH].rstrip("-")


def unused_id(title: str | None, url: str, taken: Collection[str]) -> str:
    """Return an id for a new feed, from its title or else its address, that is not taken.

    Ids ending in `-2`, `-3` tell feeds of one title apart.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    stem = slug_of(title or "") or slug_of(host) or "feed"
    if stem not in taken:
        return stem
    stem = stem[: MAX_ID_LENGTH - 6]
    return next(
        candidate
        for number in range(2, len(taken) + 3)
        if (candidate := f"{stem}-{number}") not in taken
    )
