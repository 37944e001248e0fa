"""Feed bytes to a ParsedFeed. The only module that knows feedparser."""

import hashlib
import html
import json
import re
from collections.abc import Iterable
from typing import Any

import feedparser

from transforms.document import Entry, EntryTrouble, ParsedFeed

_FORMATS = {"rss10": "rdf", "rss090": "rdf", "cdf": "rss"}
_MAIL_WITH_NAME = re.compile(r"^\S+@\S+\s*\((?P<name>[^)]+)\)$|^(?P<first>[^<(]+?)\s*[<(]\S+@\S+[>)]$")
_MARKUP = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")
_PLATFORMS = (
    ("substack", "substack"),
    ("medium", "medium"),
    ("wordpress", "wordpress"),
    ("ghost", "ghost"),
    ("blogger", "blogger"),
    ("hugo", "hugo"),
    ("jekyll", "jekyll"),
)


def parse_feed(body: bytes) -> ParsedFeed:
    """Return what a feed document holds; never raises for what a publisher wrote.

    feedparser gets bytes only: it then reads the encoding as XML asks. Its sanitiser is off,
    being 37 times slower and dropping pictures and iframes that we want; its `bozo` flag is
    ignored, as it is set for feeds that read well and not set for HTML pages.
    """
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.version and not parsed.entries:
        return ParsedFeed(
            format=None,
            troubles=(EntryTrouble(number=0, reason="not_a_feed", detail=_describe(body)),),
        )
    head = parsed.feed
    pairs = [_read_entry(number, raw) for number, raw in enumerate(parsed.entries, start=1)]
    return ParsedFeed(
        format=_format_of(parsed.version),
        title=_plain(head.get("title")),
        home_url=_link_of(head, "alternate"),
        self_url=_link_of(head, "self"),
        language=head.get("language") or None,
        author=_author_name(head.get("author")),
        platform=_platform_of(head),
        entries=tuple(entry for entry, _ in pairs if entry is not None),
        troubles=tuple(trouble for _, trouble in pairs if trouble is not None),
    )


def _format_of(version: str) -> str:
    if version in _FORMATS:
        return _FORMATS[version]
    return "atom" if version.startswith("atom") else "rss"


def _describe(body: bytes) -> str:
    start = body[:400].decode("utf-8", "replace").strip().lower()
    if not start:
        return "the document is empty; check the address or fetch it again"
    if start.startswith(("<!doctype html", "<html")):
        return "this is a web page, not a feed; look for the page's feed link"
    return "no RSS or Atom was found in it; check that the file is the feed itself"


def _read_entry(number: int, raw: Any) -> tuple[Entry | None, EntryTrouble | None]:
    entry = Entry(
        number=number,
        guid=raw.get("id") or None,
        url=raw.get("link") or None,
        title=_plain(raw.get("title")),
        summary_html=raw.get("summary") or None,
        content_html=_content_of(raw),
        authors=_authors_of(raw),
        published_raw=_own(raw, "published") or _own(raw, "created") or _own(raw, "updated"),
        updated_raw=_own(raw, "updated"),
        categories=_distinct(tag.get("term") for tag in raw.get("tags", ())),
        entry_hash=_hash_of(raw),
    )
    if entry.title or entry.content_html or entry.summary_html or entry.url:
        return entry, None
    detail = "the entry has neither title, text nor link; ask the publisher to mend the feed"
    return None, EntryTrouble(number=number, reason="empty_entry", detail=detail)


def _own(raw: Any, name: str) -> str | None:
    """Return a value without feedparser's substitutes (it answers `updated` by `published`)."""
    value = dict.get(raw, name)
    return value.strip() or None if isinstance(value, str) else None


def _content_of(raw: Any) -> str | None:
    # content:encoded beats description; of several Atom contents the longest is the article.
    values = [part.get("value") or "" for part in raw.get("content", ())]
    return max(values, key=len, default="") or None


def _authors_of(raw: Any) -> tuple[str, ...]:
    names = [_author_name(author.get("name")) for author in raw.get("authors", ()) if author]
    return _distinct(names) or _distinct([_author_name(raw.get("author"))])


def _author_name(author: str | None) -> str | None:
    """Return the name of `mail (name)` or `name <mail>`, never the address alone."""
    if not author or not author.strip():
        return None
    author = html.unescape(author.strip())
    match = _MAIL_WITH_NAME.match(author)
    if match:
        return (match["name"] or match["first"]).strip()
    return None if "@" in author and " " not in author else author


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    kept = (value.strip() for value in values if value and value.strip())
    return tuple(dict.fromkeys(kept))


def _plain(text: str | None) -> str | None:
    """Return a title as people read it: markup gone, references resolved once more, trimmed."""
    if not text:
        return None
    bare = _MARKUP.sub("", text) if "<" in text else text
    return _SPACE.sub(" ", html.unescape(bare)).strip() or None


def _link_of(head: Any, rel: str) -> str | None:
    found = [link.get("href") for link in head.get("links", ()) if link.get("rel") == rel]
    if rel == "alternate" and not found:
        found = [head.get("link")]
    return next((href for href in found if href), None)


def _platform_of(head: Any) -> str | None:
    made_by = f"{head.get('generator', '')} {head.get('link', '')}".lower()
    return next((name for mark, name in _PLATFORMS if mark in made_by), None)


def _hash_of(raw: Any) -> str:
    """Hash an entry as the source wrote it; values feedparser computes from it are left out."""
    written = {name: value for name, value in raw.items() if not name.endswith("_parsed")}
    text = json.dumps(written, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
