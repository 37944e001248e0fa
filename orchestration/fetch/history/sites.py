"""Addresses of a publication: its site, its posts, and the words feeds' addresses end in."""

import re
from urllib.parse import urlsplit, urlunsplit

_FEED_WORD = re.compile(
    r"/(?:feed|rss|atom|index|feeds/posts/default|blog)?[-.]?(?:rss|atom|feed|xml|json|rdf)?"
    r"(?:\.(?:xml|rss|atom|json))?/?$",
    re.IGNORECASE,
)


def site_of(feed_url: str) -> str:
    """Return the address of the publication that a feed's address belongs to, without a slash.

    `https://letters.example/feed` is the feed of `https://letters.example`, and
    `https://medium.com/feed/letters` that of `https://medium.com/letters`.
    """
    parts = urlsplit(feed_url)
    path = parts.path
    if path.startswith("/feed/") and len(path) > len("/feed/"):
        path = path.removeprefix("/feed")
    else:
        path = _FEED_WORD.sub("", path)
    return urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), "", ""))


def origin_of(url: str) -> str:
    """Return scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def with_query(url: str, name: str, value: str) -> str:
    """Return an address with a parameter set."""
    parts = urlsplit(url)
    kept = [each for each in parts.query.split("&") if each and each.partition("=")[0] != name]
    return urlunsplit((*parts[:3], "&".join([*kept, f"{name}={value}"]), ""))
