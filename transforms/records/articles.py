"""Records of articles, their parts, their history and where they were seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from transforms.records.schema import Table

ArticleId = Annotated[str, "Article, 16 hex digits (articles)"]
ArticleMonth = Annotated[str, "Month the article was published, UTC; undated without a date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article in its latest revision."""

    TABLE: ClassVar[Table] = Table(
        name="articles",
        grain="article, latest revision",
        key=("article_id",),
        owner=("article_id",),
    )

    article_id: Annotated[str, "16 hex digits of SHA-256 over feed and identity"]
    feed_id: Annotated[str, "Feed it belongs to (feeds)"]
    guid: Annotated[str | None, "Identifier the feed gives, opaque and verbatim"]
    url: Annotated[str | None, "Address of the article, absolute"]
    title: Annotated[str | None, "Title as plain text; NULL when the source has none"]
    subtitle: Annotated[str | None, "Subtitle or summary as plain text"]
    authors: Annotated[tuple[str, ...], "Names of the authors, in the feed's order"]
    published_at: Annotated[datetime | None, "Time of publication, UTC; NULL when unreadable"]
    published_raw: Annotated[str | None, "Publication date as the source writes it"]
    published_rule: Annotated[
        str, "How published_at was read from published_raw, or why it is NULL"
    ]
    updated_at: Annotated[datetime | None, "Time of the last edit the source declares, UTC"]
    first_seen_at: Annotated[datetime, "Capture time of the first document that held it, UTC"]
    last_seen_at: Annotated[datetime, "Capture time of the latest document that held it, UTC"]
    kind: Annotated[str, "deep_dive, digest, preview, promo, interview or other"]
    issue_number: Annotated[int | None, "Number of the issue, when the title tells it (EP216)"]
    is_paywalled: Annotated[bool, "True when only the free opening of a paid article is here"]
    is_truncated: Annotated[bool, "True when the source holds less than the article"]
    language: Annotated[str | None, "Language of the article, as BCP 47"]
    categories: Annotated[tuple[str, ...], "Categories the feed gives it"]
    word_count: Annotated[int, "Editorial words: without sponsors, house promotions, furniture"]
    section_count: Annotated[int, "Number of its sections"]
    link_count: Annotated[int, "Number of its links"]
    image_count: Annotated[int, "Number of its pictures, furniture left out"]
    revision: Annotated[int, "Number of its latest revision, from 1"]
    content_hash: Annotated[str, "SHA-256 over what a reader sees; equal hashes mean no change"]
    entry_hash: Annotated[str, "SHA-256 over the entry as the source wrote it"]
    document_id: Annotated[str, "Document its latest revision was read from (documents)"]
    source_format: Annotated[str, "Format of that document; captures hold less than feeds"]
    publication: Annotated[
        str | None, "Publication the source itself names, where a capture runs several together"
    ]
    lexicon_version: Annotated[str, "Digest of the lexicons that gave its kind and tags"]
    vanished_at: Annotated[
        datetime | None,
        "Capture time of the window that should have shown it and did not; NULL while it shows"
        " or since it left the window's end",
    ]
    text: Annotated[str, "Editorial plain text, blocks parted by a newline"]
    month: ArticleMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRevision:
    """A state an article was seen in; the first is its first sight."""

    TABLE: ClassVar[Table] = Table(
        name="article_revisions",
        grain="article and revision",
        key=("article_id", "revision"),
        owner=("article_id", "revision"),
    )

    article_id: ArticleId
    revision: Annotated[int, "Number of the revision, from 1"]
    seen_at: Annotated[datetime, "Capture time of the document that showed it, UTC"]
    title: Annotated[str | None, "Title in this revision"]
    content_hash: Annotated[str, "SHA-256 over what a reader saw"]
    word_count: Annotated[int, "Editorial words in this revision"]
    changes: Annotated[
        tuple[str, ...], "What changed: title, body, sponsor, links; empty at first sight"
    ]
    text_before: Annotated[
        str | None,
        "Editorial text until then, blocks parted by a newline; NULL where the body stayed",
    ] = None
    copies_before: Annotated[
        tuple[str, ...] | None, "Copy of its placements until then; NULL where the sponsors stayed"
    ] = None
    links_before: Annotated[
        tuple[str, ...] | None,
        "Addresses it led to until then, without tracking; NULL where the links stayed",
    ] = None
    document_id: Annotated[str, "Document that showed it (documents)"]
    month: Annotated[str, "Month of seen_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSource:
    """A sighting of an article in a document."""

    TABLE: ClassVar[Table] = Table(
        name="article_sources",
        grain="article and document it was seen in",
        key=("article_id", "document_id"),
        owner=("article_id", "document_id"),
    )

    article_id: ArticleId
    document_id: Annotated[str, "Document that held it (documents)"]
    format: Annotated[str, "Format of that document"]
    entry_number: Annotated[int, "Place of its entry in the document, from 1"]
    fields: Annotated[
        tuple[str, ...], "Columns of the article this document supplied; empty when it repeated"
    ]
    title: Annotated[
        str | None,
        "Title this document gave it; this and the columns after it are NULL when it repeated"
        " the bytes already known",
    ]
    published_at: Annotated[datetime | None, "Publication time this document gave it, UTC"]
    word_count: Annotated[int | None, "Editorial words in this document"]
    placement_count: Annotated[int | None, "Sponsor and house placements in this document"]
    content_hash: Annotated[
        str | None,
        "SHA-256 over what a reader saw in this document: 16 hex digits each for title, body,"
        " sponsors and links",
    ]
    is_truncated: Annotated[bool | None, "True where this document cut the text"]
    month: Annotated[str, "Month the document was captured"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of an article under one heading, or one sponsor block."""

    TABLE: ClassVar[Table] = Table(
        name="sections",
        grain="article and section",
        key=("article_id", "section_number"),
        owner=("article_id",),
    )

    article_id: ArticleId
    section_number: Annotated[int, "Place in the article, from 1"]
    level: Annotated[int, "Heading level 1 to 6; 0 for text before any heading"]
    heading: Annotated[str | None, "Heading as plain text; NULL for text without one"]
    role: Annotated[str, "editorial, sponsor, house_promo, digest_item, references or furniture"]
    text: Annotated[str, "Plain text under the heading, blocks parted by a newline"]
    word_count: Annotated[int, "Words of text"]
    char_start: Annotated[
        int | None, "Where text begins in articles.text; NULL when it is not editorial"
    ]
    char_end: Annotated[int | None, "Where text ends in articles.text, exclusive"]
    month: ArticleMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of an article, in reading order."""

    TABLE: ClassVar[Table] = Table(
        name="links",
        grain="article and link",
        key=("article_id", "link_number"),
        owner=("article_id",),
    )

    article_id: ArticleId
    link_number: Annotated[int, "Place in the article, from 1"]
    section_number: Annotated[int, "Section it stands in (sections)"]
    url: Annotated[str, "Address as found, absolute"]
    canonical_url: Annotated[str, "Address without tracking and subscriber tokens"]
    host: Annotated[str | None, "Host of the address, lower case"]
    domain: Annotated[str | None, "Registrable domain of the host"]
    anchor_text: Annotated[str, "Words of the link; empty for a linked picture"]
    role: Annotated[str, "sponsor, house, reference, internal, social, image, furniture or body"]
    month: ArticleMonth
