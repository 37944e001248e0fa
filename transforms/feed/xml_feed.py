"""XML feeds to a ParsedFeed. The only module that knows feedparser.

feedparser gets whole, mended UTF-8. Its sanitiser is off, being 37 times slower and dropping
pictures and iframes that we want; its `bozo` flag is ignored, as it is set for feeds that read
well and not set for HTML pages.
"""

import hashlib
import json
import re
from typing import Any
from urllib.parse import urlsplit

import feedparser

from transforms.document import Enclosure, Entry, EntryTrouble, ParsedFeed
from transforms.feed.held_texts import HeldTexts
from transforms.feed.repair import MendedFeed
from transforms.feed.values import (
    author_name,
    distinct,
    has_markup,
    one_line,
    platform_of,
    read_title,
    text_as_html,
)
from transforms.urls import absolute_url

_RDF_VERSIONS = frozenset({"rss10", "rss090"})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# Links of an Atom entry that are not the entry's own page.
_OTHER_RELS = frozenset(
    {"self", "edit", "edit-media", "enclosure", "replies", "license", "hub", "next", "first",
     "last", "previous", "prev", "related", "via", "payment", "service", "comments"}
)  # fmt: skip
_EMPTY_ELEMENT = re.compile(r"<((br|hr|img|wbr|source|embed|input)\b[^<>]*)></\2>")
_ABSOLUTE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# FeedBurner's redirects, also under a publisher's own host; the article's address stands beside.
_REDIRECT_MARK = "/~r/"
_NOTHING = HeldTexts()


def parse_xml_feed(feed: MendedFeed, base_url: str | None = None) -> ParsedFeed | None:
    """Return the feed of an XML document, or None where it holds none."""
    try:
        parsed = feedparser.parse(feed.xml, sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # noqa: BLE001  what its lax parser raises on hostile markup is undocumented
        return None
    head = parsed.feed
    if not (parsed.get("version") or parsed.entries or head.get("title")):
        return None
    home_url = absolute_url(_link_of(head, "alternate"), base_url)
    self_url = absolute_url(_link_of(head, "self"), base_url)
    version = parsed.get("version") or ""
    base = _base_of(base_url or self_url, home_url)
    pairs = [
        _read_entry(number, raw, version, base, feed.held)
        for number, raw in enumerate(parsed.entries, start=1)
    ]
    return ParsedFeed(
        format=_format_of(version),
        title=_title_of(head, version, feed.held),
        home_url=home_url,
        self_url=self_url,
        language=one_line(head.get("language")),
        author=next(iter(_authors_of(head, feed.held)), None),
        platform=platform_of(head.get("generator"), home_url),
        built_raw=_own(head, "updated") or _own(head, "published"),
        entries=tuple(entry for entry, _ in pairs if entry is not None),
        troubles=tuple(trouble for _, trouble in pairs if trouble is not None),
    )


def _format_of(version: str) -> str:
    if version in _RDF_VERSIONS:
        return "rdf"
    return "atom" if version.startswith("atom") else "rss"


def _base_of(feed_url: str | None, home_url: str | None) -> str | None:
    """Return what relative links start from: the feed's address, the site's on another host.

    A feed served by FeedBurner or a CDN means its site.
    """
    if not feed_url or not home_url or not _ABSOLUTE.match(home_url):
        return feed_url or home_url
    try:
        is_same = urlsplit(feed_url).hostname == urlsplit(home_url).hostname
    except ValueError:
        return home_url
    return feed_url if is_same else home_url


def _read_entry(
    number: int, raw: Any, version: str, base: str | None, held: HeldTexts
) -> tuple[Entry | None, EntryTrouble | None]:
    is_atom = version.startswith("atom")
    summary, content = _texts_of(raw, held, is_atom=is_atom)
    published_from = next((n for n in ("published", "created", "updated") if _own(raw, n)), None)
    entry = Entry(
        number=number,
        guid=_own(raw, "id", held),
        url=absolute_url(_url_of(raw), base),
        title=_title_of(raw, version, held),
        summary_html=summary,
        content_html=content,
        authors=_authors_of(raw, held),
        published_raw=_own(raw, published_from) if published_from else None,
        published_from=published_from,
        updated_raw=_updated_of(raw, published_from, is_atom=is_atom),
        categories=_categories_of(raw, held),
        language=_language_of(raw),
        enclosures=_enclosures_of(raw, base),
        base_url=_declared_base(raw, base),
        entry_hash=_hash_of(raw),
    )
    if entry.title or entry.content_html or entry.summary_html or entry.url:
        return entry, None
    detail = "the entry has neither title, text nor link; ask the publisher to mend the feed"
    return None, EntryTrouble(number=number, reason="empty_entry", detail=detail)


def _own(raw: Any, name: str, held: HeldTexts = _NOTHING) -> str | None:
    """Return a value without feedparser's substitutes (it answers `updated` by `published`)."""
    value = dict.get(raw, name)
    return held.restore(value).strip() or None if isinstance(value, str) else None


def _updated_of(raw: Any, published_from: str | None, *, is_atom: bool) -> str | None:
    # feedparser calls dc:date `updated`; in RSS without pubDate it is the publication.
    return None if published_from == "updated" and not is_atom else _own(raw, "updated")


def _title_of(raw: Any, version: str, held: HeldTexts) -> str | None:
    detail = dict.get(raw, "title_detail") or {}
    is_own = (detail.get("value") or "").strip() == _own(raw, "title")
    declared = detail.get("type") if is_own else None
    value = _own(raw, "title", held)
    if not version.startswith("atom"):
        return read_title(value)
    return read_title(value, is_html=declared in _HTML_TYPES, is_literal=declared == "text/plain")


def _texts_of(raw: Any, held: HeldTexts, *, is_atom: bool) -> tuple[str | None, str | None]:
    """Return an entry's summary and content as HTML.

    content:encoded beats description; of several contents the longest is the article. feedparser
    copies content to a missing summary, and calls the second of two descriptions (podcasts:
    description and itunes:summary) content: neither is one.
    """
    contents = [_restored(part, held) for part in raw.get("content", ()) if _is_text(part)]
    content, kind = max(contents, key=lambda pair: len(pair[0]), default=("", None))
    summary, summary_kind = _summary_of(raw, held)
    if not is_atom and kind == "text/plain" and len(summary) >= len(content):
        content, kind, summary, summary_kind = summary, summary_kind, content, kind
    if content == summary:
        summary = ""
    return _as_html(summary, summary_kind), _as_html(content, kind)


def _summary_of(raw: Any, held: HeldTexts) -> tuple[str, str | None]:
    detail = dict.get(raw, "summary_detail")
    if not detail:
        return "", None
    # The value is the entry's own; the detail may be that of a picture's description further in.
    value = _own(raw, "summary") or ""
    kind = detail.get("type") if detail.get("value") == value else None
    return _restored({"value": value, "type": kind}, held)


def _restored(part: Any, held: HeldTexts) -> tuple[str, str | None]:
    kind = part.get("type")
    is_xhtml = kind == "application/xhtml+xml"
    value = held.restore(part.get("value") or "", is_xhtml=is_xhtml).strip()
    # HTML reads the end of an empty element, as in <br></br>, as a second one.
    return _EMPTY_ELEMENT.sub(r"<\1/>", value) if is_xhtml else value, kind


def _is_text(part: Any) -> bool:
    kind = part.get("type")
    return not kind or kind.startswith("text/") or kind.endswith(("xml", "html"))


def _as_html(value: str, kind: str | None) -> str | None:
    if not value.strip():
        return None
    # Atom text is plain unless it says so; publishers forget to say so.
    return text_as_html(value) if kind == "text/plain" and not has_markup(value) else value


def _categories_of(raw: Any, held: HeldTexts) -> tuple[str, ...]:
    terms = (tag.get("term") or tag.get("label") for tag in raw.get("tags", ()))
    return distinct(held.restore(term) for term in terms if term)


def _authors_of(raw: Any, held: HeldTexts) -> tuple[str, ...]:
    names = [person.get("name") for person in raw.get("authors", ()) if person]
    whole = raw.get("author")
    if whole and ("@" in whole or not names):
        # feedparser cuts addresses under long top-level domains in two.
        names = [*names[:-1], whole]
    return distinct(author_name(held.restore(name)) for name in names if name)


def _language_of(raw: Any) -> str | None:
    """Return the language an entry declares of its own, or that its text declares."""
    details = [
        *raw.get("content", ()),
        dict.get(raw, "summary_detail"),
        dict.get(raw, "title_detail"),
    ]
    declared = (detail.get("language") for detail in details if detail)
    return one_line(_own(raw, "language") or next((name for name in declared if name), None))


def _url_of(raw: Any) -> str | None:
    link = raw.get("link") or _page_link(raw)
    origin = dict.get(raw, "feedburner_origlink")
    if isinstance(origin, str) and _ABSOLUTE.match(origin) and _REDIRECT_MARK in (link or ""):
        return origin
    return link or None


def _page_link(raw: Any) -> str | None:
    """Return the link to an entry's page where none says that it is an HTML page."""
    links = [link for link in raw.get("links", ()) if link.get("href")]
    pages = [link["href"] for link in links if link.get("rel", "alternate") == "alternate"]
    others = (link["href"] for link in links if link.get("rel") not in _OTHER_RELS)
    return pages[0] if pages else next(others, None)


def _link_of(head: Any, rel: str) -> str | None:
    if rel == "alternate" and head.get("link"):
        return str(head["link"])
    found = (link.get("href") for link in head.get("links", ()) if link.get("rel") == rel)
    return next((href for href in found if href), None)


def _enclosures_of(raw: Any, base: str | None) -> tuple[Enclosure, ...]:
    found = [link for link in raw.get("links", ()) if link.get("rel") == "enclosure"]
    return tuple(
        Enclosure(url=url, media_type=link.get("type") or None, length=_length(link.get("length")))
        for link in found
        if (url := absolute_url(link.get("href"), base))
    )


def _length(written: Any) -> int | None:
    digits = str(written or "").strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 19
    return int(digits) or None if is_number else None


def _declared_base(raw: Any, base: str | None) -> str | None:
    """Return the xml:base that an entry's text stands under, absolute; None without one."""
    details = [*raw.get("content", ()), dict.get(raw, "summary_detail")]
    declared = next((d.get("base") for d in details if d and d.get("base")), None)
    return absolute_url(declared, base)


def _hash_of(raw: Any) -> str:
    """Hash an entry as the source wrote it; values feedparser computes from it are left out."""
    written = {name: value for name, value in raw.items() if not name.endswith("_parsed")}
    text = json.dumps(written, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
