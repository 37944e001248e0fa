"""What a parsed document is made of, whatever its format: between parsing and extraction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from transforms.blocks import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """A landed body with the facts of its capture."""

    document_id: str
    feed_id: str
    fetched_at: datetime
    source_uri: str
    body: bytes
    content_type: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    """Choices of an import: `format`, `timezone`; `captured_by` where nobody told the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that comes with an entry: a podcast's episode, a cover picture."""

    url: str
    media_type: str | None = None
    length: int | None = None
    """Bytes as the feed declares them; None where it says nothing or 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a document, values as the source gives them, nothing judged yet."""

    number: int
    guid: str | None = None
    url: str | None = None
    title: str | None = None
    summary_html: str | None = None
    content_html: str | None = None
    authors: tuple[str, ...] = ()
    published_raw: str | None = None
    updated_raw: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    base_url: str | None = None
    """Address that the body's relative links start from, where the source declares one."""
    published_from: str | None = None
    """Which date `published_raw` is: published, created or, for want of those, updated."""
    blocks: tuple[Block, ...] | None = None
    """The body as blocks where the format has no markup (captures); None for feeds."""
    published_at: datetime | None = None
    published_rule: str | None = None
    """How a capture read its own local times; None leaves `published_raw` to the date reader."""
    publication: str | None = None
    """Publication the entry itself names, where a capture runs several together."""
    entry_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTrouble:
    """An entry, or a whole document with number 0, that could not be read."""

    number: int
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A document as its format describes it; `format` is None when it is no feed at all."""

    format: str | None
    title: str | None = None
    home_url: str | None = None
    self_url: str | None = None
    language: str | None = None
    author: str | None = None
    platform: str | None = None
    built_raw: str | None = None
    """When the feed says it was made, as it writes it."""
    entries: tuple[Entry, ...] = ()
    troubles: tuple[EntryTrouble, ...] = ()
