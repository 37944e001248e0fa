"""JSON Feed 1.0 and 1.1 to a ParsedFeed. See https://www.jsonfeed.org/version/1.1/."""

import hashlib
import json
from typing import Any

from transforms.document import Enclosure, Entry, EntryTrouble, ParsedFeed
from transforms.feed.values import (
    author_name,
    clean,
    distinct,
    one_line,
    platform_of,
    text_as_html,
)
from transforms.urls import absolute_url


def looks_like_json(text: str) -> bool:
    """Tell whether a document is an object of JSON rather than XML."""
    return text.lstrip("\ufeff \t\r\n")[:1] == "{"


def parse_json_feed(text: str, base_url: str | None = None) -> ParsedFeed | None:
    """Return the feed of a JSON document, or None where it is no JSON Feed.

    1.0 names one `author`, 1.1 several `authors`; both are read in either version, as are
    numbers for ids, which the format asks readers to take as strings.
    """
    try:
        head = json.loads(text.lstrip("\ufeff \t\r\n"), strict=False)
        return _read_head(head, base_url) if isinstance(head, dict) and _is_feed(head) else None
    except (ValueError, RecursionError):  # no JSON, or brackets nested by the thousand
        return None


def _is_feed(head: dict[str, Any]) -> bool:
    version = head.get("version")
    if isinstance(version, str) and "jsonfeed.org" in version:
        return True
    return isinstance(head.get("items"), list) and ("title" in head or "feed_url" in head)


def _read_head(head: dict[str, Any], base_url: str | None) -> ParsedFeed:
    home_url = absolute_url(_text(head, "home_page_url"), base_url)
    self_url = absolute_url(_text(head, "feed_url"), base_url)
    items = head.get("items")
    pairs = [
        _read_item(number, item, base_url or self_url or home_url)
        for number, item in enumerate(items if isinstance(items, list) else [], start=1)
    ]
    return ParsedFeed(
        format="json",
        title=one_line(_text(head, "title")),
        home_url=home_url,
        self_url=self_url,
        language=_text(head, "language"),
        author=next(iter(_authors(head)), None),
        platform=platform_of(_text(head, "generator"), home_url),
        entries=tuple(entry for entry, _ in pairs if entry is not None),
        troubles=tuple(trouble for _, trouble in pairs if trouble is not None),
    )


def _read_item(
    number: int, item: Any, base_url: str | None
) -> tuple[Entry | None, EntryTrouble | None]:
    if not isinstance(item, dict):
        detail = "the item is no JSON object; ask the publisher to mend the feed"
        return None, EntryTrouble(number=number, reason="broken_entry", detail=detail)
    published = _text(item, "date_published")
    updated = _text(item, "date_modified")
    entry = Entry(
        number=number,
        guid=_identifier(item.get("id")),
        url=absolute_url(_text(item, "url") or _text(item, "external_url"), base_url),
        title=one_line(_text(item, "title")),
        summary_html=text_as_html(_text(item, "summary")),
        content_html=_text(item, "content_html") or text_as_html(_text(item, "content_text")),
        authors=_authors(item),
        published_raw=published or updated,
        published_from="published" if published else "updated" if updated else None,
        updated_raw=updated,
        categories=distinct(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        language=_text(item, "language"),
        enclosures=_attachments(item, base_url),
        entry_hash=_hash_of(item),
    )
    if entry.title or entry.content_html or entry.summary_html or entry.url:
        return entry, None
    detail = "the entry has neither title, text nor link; ask the publisher to mend the feed"
    return None, EntryTrouble(number=number, reason="empty_entry", detail=detail)


def _text(value: dict[str, Any], name: str) -> str | None:
    found = value.get(name)
    return clean(found).strip() or None if isinstance(found, str) else None


def _list(value: dict[str, Any], name: str) -> list[Any]:
    found = value.get(name)
    return found if isinstance(found, list) else []


def _identifier(value: Any) -> str | None:
    if isinstance(value, str):
        return clean(value).strip() or None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return json.dumps(value) if is_number else None


def _authors(value: dict[str, Any]) -> tuple[str, ...]:
    people = [*_list(value, "authors"), value.get("author")]
    names = (_text(person, "name") for person in people if isinstance(person, dict))
    return distinct(author_name(name) for name in names)


def _attachments(item: dict[str, Any], base_url: str | None) -> tuple[Enclosure, ...]:
    found = (part for part in _list(item, "attachments") if isinstance(part, dict))
    return tuple(
        Enclosure(url=url, media_type=_text(part, "mime_type"), length=_size(part))
        for part in found
        if (url := absolute_url(_text(part, "url"), base_url))
    )


def _size(part: dict[str, Any]) -> int | None:
    size = part.get("size_in_bytes")
    return size if isinstance(size, int) and 0 < size < 1 << 63 else None


def _hash_of(item: dict[str, Any]) -> str:
    written = json.dumps(item, sort_keys=True)
    return hashlib.sha256(written.encode("ascii")).hexdigest()
