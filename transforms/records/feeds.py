"""Records of feeds and of what was fetched from them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from transforms.records.schema import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A publication that is followed, as the registry and its own documents describe it."""

    TABLE: ClassVar[Table] = Table(
        name="feeds", grain="feed", key=("feed_id",), owner=("feed_id",), is_monthly=False
    )

    feed_id: Annotated[str, "Stable slug of the feed, as in feeds.toml"]
    title: Annotated[str | None, "Title the feed gives itself"]
    url: Annotated[str | None, "Address the feed is fetched from; NULL when it is only imported"]
    home_url: Annotated[str | None, "Web page of the publication"]
    platform: Annotated[
        str | None, "Publishing platform: substack, medium, wordpress, ghost, ... or other"
    ]
    language: Annotated[str | None, "Language the feed declares, as BCP 47"]
    timezone: Annotated[str, "IANA zone of the publisher, for local publishing hours"]
    tags: Annotated[tuple[str, ...], "Labels the registry gives the feed"]
    author: Annotated[str | None, "Author or owner the feed names"]
    is_active: Annotated[bool, "True while the registry lists the feed as followed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """An attempt to fetch a feed, whatever came of it; imports of files are attempts too."""

    TABLE: ClassVar[Table] = Table(
        name="fetches",
        grain="attempt",
        key=("feed_id", "fetched_at"),
        owner=("feed_id", "fetched_at"),
    )

    feed_id: Annotated[str, "Feed that was asked"]
    fetched_at: Annotated[datetime, "When the attempt began, UTC"]
    source: Annotated[
        str | None,
        "Who was asked: feed (a poll of the feed itself), history:<source> (a walk through its"
        " past) or import (a file); NULL in rows of an earlier version until they are read anew",
    ]
    outcome: Annotated[
        str,
        "ok, unchanged, imported, moved, gone, not_found, rate_limited, server_error, blocked,"
        " not_a_feed, too_large, timeout, dns, tls, refused_address, bad_redirect or unreachable",
    ]
    http_status: Annotated[int | None, "Status of the last response; NULL when none came"]
    reason: Annotated[str | None, "What happened in words, with the cure; NULL when all went well"]
    duration_ms: Annotated[int | None, "Time the attempt took, milliseconds"]
    bytes: Annotated[int | None, "Size of the decoded body"]
    etag: Annotated[str | None, "ETag of the response, verbatim"]
    last_modified: Annotated[str | None, "Last-Modified of the response, verbatim"]
    final_url: Annotated[str | None, "Address that answered, after redirects; file URI of imports"]
    document_id: Annotated[str | None, "Body that was received, when one was (documents)"]
    window_overlap: Annotated[
        float | None,
        "Share of the entries of a new document that were known before it; 0 in a later window"
        " means posts may have been missed; NULL without a new document",
    ]
    month: Annotated[str, "Month of fetched_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A landed body and what was read from it; the row that says a document is done."""

    TABLE: ClassVar[Table] = Table(
        name="documents",
        grain="landed body of a feed",
        key=("feed_id", "document_id"),
        owner=("feed_id", "document_id"),
    )

    document_id: Annotated[str, "SHA-256 of the body, 64 hex digits"]
    feed_id: Annotated[str, "Feed it was landed for"]
    fetched_at: Annotated[datetime, "When it was captured, UTC"]
    source_uri: Annotated[str, "Where it came from: URL, or file URI of an import"]
    format: Annotated[
        str | None, "rss, atom, rdf, json, preview-text, blog-text, html; NULL when unreadable"
    ]
    entry_count: Annotated[int, "Entries found in it"]
    new_count: Annotated[int, "Articles first seen in it"]
    changed_count: Annotated[int, "Articles it revised"]
    known_count: Annotated[int, "Entries whose article was known before it"]
    oldest_published_at: Annotated[datetime | None, "Earliest readable date of its entries, UTC"]
    newest_published_at: Annotated[datetime | None, "Latest readable date of its entries, UTC"]
    shown_until_at: Annotated[
        datetime | None,
        "Until when it shows what was published, where nobody told when a file was captured"
        " (fetched_at is then when it was last written): what the feed says of its making, at"
        " least its newest entry; NULL where fetched_at is the time of capture",
    ]
    identity_rule: Annotated[
        str | None, "What told its entries apart: guid, url, url_date or content"
    ]
    status: Annotated[str, "read, partial (some entries rejected) or rejected"]
    reason: Annotated[str | None, "Why it is not whole, with the cure; NULL when read"]
    extractor_version: Annotated[str, "Version of the rules that read it"]
    month: Annotated[str, "Month of fetched_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Something in a document that could not be read, and why."""

    TABLE: ClassVar[Table] = Table(
        name="rejects",
        grain="document and unreadable entry",
        key=("feed_id", "document_id", "entry_number"),
        owner=("feed_id", "document_id"),
    )

    document_id: Annotated[str, "Document it was found in (documents)"]
    feed_id: Annotated[str, "Feed of the document"]
    entry_number: Annotated[int, "Place of the entry, from 1; 0 for the whole document"]
    reason: Annotated[str, "Kind of trouble: not_a_feed, empty_entry, unreadable_entry, ..."]
    detail: Annotated[str, "What was found, and the cure"]
    seen_at: Annotated[datetime, "Capture time of the document, UTC"]
    month: Annotated[str, "Month of seen_at"]
