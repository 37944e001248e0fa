"""Where platforms keep their feeds, for pages that do not declare them."""

import re
from urllib.parse import parse_qs, quote, urlsplit

_ROOT_PATHS = (
    "/feed",  # Substack, Medium on its own domain, WordPress (redirects to /feed/)
    "/rss/",  # Ghost
    "/feed/",  # WordPress
    "/rss.xml",
    "/atom.xml",  # Jekyll, Hexo
    "/feed.xml",
    "/index.xml",  # Hugo
    "/feed.json",
)
_FOLDER_NAMES = ("feed", "rss", "rss.xml", "feed.xml", "index.xml")
_GENERATORS = (
    # (what the page says, the path that platform uses)
    (re.compile(rb"substackcdn\.com|substack-post-media"), "/feed"),
    (
        re.compile(rb"<meta[^>]{0,80}generator[^>]{0,40}wordpress|/wp-content/", re.IGNORECASE),
        "/feed/",
    ),
    (re.compile(rb"<meta[^>]{0,80}generator[^>]{0,40}ghost", re.IGNORECASE), "/rss/"),
    (re.compile(rb"cdn-client\.medium\.com|medium\.com/_/stat"), "/feed"),
)
_YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
_YOUTUBE_ID = re.compile(rb"(?:\"(?:channelId|externalId)\"\s*:\s*\"|channel_id=)(UC[\w-]{22})")
_HEAD_BYTES = 500_000


def usual_feeds(page_url: str, body: bytes) -> list[str]:
    """Return where the feed of a page usually is, likeliest first, none twice."""
    parts = urlsplit(page_url)
    host = (parts.hostname or "").removeprefix("www.")
    if host == "medium.com":
        return _medium(parts.path)
    if host in {"youtube.com", "m.youtube.com"}:
        return _youtube(parts.path, parts.query, body)
    root = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    head = body[:_HEAD_BYTES]
    paths = [path for pattern, path in _GENERATORS if pattern.search(head)]
    folder = parts.path.rstrip("/")
    if folder:
        paths += [f"{folder}/{name}" for name in _FOLDER_NAMES]
    return [f"{root}{path}" for path in dict.fromkeys([*paths, *_ROOT_PATHS])]


def _medium(path: str) -> list[str]:
    """Return the feed of a Medium user (`/@name`) or publication (`/name`)."""
    first = path.strip("/").split("/")[0]
    return [f"https://medium.com/feed/{first}"] if first else []


def _youtube(path: str, query: str, body: bytes) -> list[str]:
    """Return the feed of a channel or playlist; a handle's channel id stands in its page."""
    playlist = parse_qs(query).get("list", [""])[0]
    if playlist:
        return [f"{_YOUTUBE}?playlist_id={quote(playlist, safe='')}"]
    kind, _, name = path.strip("/").partition("/")
    if kind == "channel" and name:
        return [f"{_YOUTUBE}?channel_id={quote(name.split('/')[0], safe='')}"]
    match = _YOUTUBE_ID.search(body)
    return [f"{_YOUTUBE}?channel_id={match[1].decode()}"] if match else []
