"""The one pure function of a document: its bytes in, the rows of every table out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from transforms.articles import ArticleRows, Reading, published_of, read_article
from transforms.content import Publication, publication_hosts
from transforms.document import Entry, EntryTrouble, ParsedFeed, SourceDocument
from transforms.feed import parse_feed
from transforms.identity import choose_rule
from transforms.known import KnownArticle, KnownArticles
from transforms.lexicons import Lexicons
from transforms.lexicons.sponsor_lexicon import Profile
from transforms.records import (
    Article,
    ArticleRevision,
    ArticleSource,
    Document,
    Reject,
    month_of,
)
from transforms.revisions import changed_parts
from transforms.urls import identity_url

# Raised with every change that makes the same bytes give other rows; part of each document's row.
EXTRACTOR_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """What is known of a feed before its document is read."""

    feed_id: str
    url: str | None = None
    home_url: str | None = None
    identity_rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The rows of one document. `seen` are known articles that it repeats unchanged."""

    document: Document
    parsed: ParsedFeed
    articles: tuple[ArticleRows, ...] = ()
    revisions: tuple[ArticleRevision, ...] = ()
    sources: tuple[ArticleSource, ...] = ()
    rejects: tuple[Reject, ...] = ()
    seen: tuple[str, ...] = ()


def extract_document(
    document: SourceDocument,
    *,
    profile: Profile,
    lexicons: Lexicons,
    feed: FeedFacts,
    known: KnownArticles,
) -> Extraction:
    """Return what a document says, given what is known of its feed; never raises for its content.

    An entry whose bytes are known is not read again. A document older than what is known of
    an article adds a sighting but does not undo the later revision.
    """
    parsed = parse_feed(document.body)
    rule = choose_rule(parsed.entries, feed.identity_rule)
    reading = Reading(
        document=document,
        publication=_publication(parsed, feed, lexicons),
        profile=profile,
        lexicons=lexicons,
    )
    url_counts = Counter(identity_url(entry.url) for entry in parsed.entries if entry.url)
    results: dict[str, _EntryResult] = {}
    for entry in parsed.entries:
        article_id = known.match(entry, feed.feed_id, rule, url_counts)
        if article_id not in results:
            results[article_id] = _read_entry(entry, article_id, known, reading)
    return _extraction(document, parsed, rule, list(results.values()))


def rejected_document(document: SourceDocument, trouble: EntryTrouble) -> Extraction:
    """Return the rows of a document that could not be read at all."""
    return _extraction(document, ParsedFeed(format=None, troubles=(trouble,)), "guid", [])


@dataclass(frozen=True, slots=True, kw_only=True)
class _EntryResult:
    entry: Entry
    article_id: str
    was_known: bool
    rows: ArticleRows | None
    changes: tuple[str, ...]


def _read_entry(
    entry: Entry, article_id: str, known: KnownArticles, reading: Reading
) -> _EntryResult:
    earlier = known.by_id.get(article_id)
    rows: ArticleRows | None = None
    changes: tuple[str, ...] = ()
    if earlier is None:
        rows = read_article(entry, article_id, reading)
    elif _may_differ(entry, earlier, reading.document.fetched_at):
        fresh = read_article(entry, article_id, reading)
        changes = changed_parts(earlier.content_hash, fresh.article.content_hash)
        rows = replace(fresh, article=_continued(fresh.article, earlier, bool(changes)))
    return _EntryResult(
        entry=entry,
        article_id=article_id,
        was_known=earlier is not None,
        rows=rows,
        changes=changes,
    )


def _may_differ(entry: Entry, earlier: KnownArticle, fetched_at: datetime) -> bool:
    return entry.entry_hash != earlier.entry_hash and fetched_at >= earlier.last_seen_at


def _continued(article: Article, earlier: KnownArticle, is_changed: bool) -> Article:  # noqa: FBT001
    return replace(
        article,
        first_seen_at=min(earlier.first_seen_at, article.first_seen_at),
        revision=earlier.revision + is_changed,
    )


def _publication(parsed: ParsedFeed, feed: FeedFacts, lexicons: Lexicons) -> Publication:
    home = parsed.home_url or feed.home_url
    urls = [home, feed.url, parsed.self_url]
    hosts, domains = publication_hosts(urls, lexicons.furniture.shared_domains)
    return Publication(
        feed_id=feed.feed_id,
        title=parsed.title,
        home_url=home,
        platform=parsed.platform,
        language=parsed.language,
        own_hosts=hosts,
        own_domains=domains,
    )


def _extraction(
    document: SourceDocument, parsed: ParsedFeed, rule: str, results: Sequence[_EntryResult]
) -> Extraction:
    fresh = [
        result for result in results if result.rows and (result.changes or not result.was_known)
    ]
    return Extraction(
        document=_document_row(document, parsed, rule, results),
        parsed=parsed,
        articles=tuple(result.rows for result in results if result.rows),
        revisions=tuple(_revision(result, document) for result in fresh),
        sources=tuple(_source(result, document, parsed.format or "") for result in results),
        rejects=tuple(_reject(trouble, document) for trouble in parsed.troubles),
        seen=tuple(result.article_id for result in results if result.rows is None),
    )


def _document_row(
    document: SourceDocument, parsed: ParsedFeed, rule: str, results: Sequence[_EntryResult]
) -> Document:
    dates = [at for e in parsed.entries if (at := published_of(e).at)]
    is_read = parsed.format is not None
    return Document(
        document_id=document.document_id,
        feed_id=document.feed_id,
        fetched_at=document.fetched_at,
        source_uri=document.source_uri,
        format=parsed.format,
        entry_count=len(parsed.entries),
        new_count=sum(not result.was_known for result in results),
        changed_count=sum(bool(result.changes) for result in results),
        known_count=sum(result.was_known for result in results),
        oldest_published_at=min(dates, default=None),
        newest_published_at=max(dates, default=None),
        identity_rule=rule if is_read else None,
        status="rejected" if not is_read else "partial" if parsed.troubles else "read",
        reason=parsed.troubles[0].detail if parsed.troubles else None,
        extractor_version=EXTRACTOR_VERSION,
        month=month_of(document.fetched_at),
    )


def _revision(result: _EntryResult, document: SourceDocument) -> ArticleRevision:
    assert result.rows is not None
    article = result.rows.article
    return ArticleRevision(
        article_id=article.article_id,
        revision=article.revision,
        seen_at=document.fetched_at,
        title=article.title,
        content_hash=article.content_hash,
        word_count=article.word_count,
        changes=result.changes,
        document_id=document.document_id,
        month=month_of(document.fetched_at),
    )


def _source(result: _EntryResult, document: SourceDocument, format_name: str) -> ArticleSource:
    return ArticleSource(
        article_id=result.article_id,
        document_id=document.document_id,
        format=format_name,
        entry_number=result.entry.number,
        fields=_supplied(result.entry) if result.rows else (),
        month=month_of(document.fetched_at),
    )


def _supplied(entry: Entry) -> tuple[str, ...]:
    given = {
        "guid": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "subtitle": entry.summary_html,
        "authors": entry.authors,
        "published_at": entry.published_raw,
        "updated_at": entry.updated_raw,
        "categories": entry.categories,
        "text": entry.content_html or entry.summary_html,
    }
    return tuple(name for name, value in given.items() if value)


def _reject(trouble: EntryTrouble, document: SourceDocument) -> Reject:
    return Reject(
        document_id=document.document_id,
        feed_id=document.feed_id,
        entry_number=trouble.number,
        reason=trouble.reason,
        detail=trouble.detail,
        seen_at=document.fetched_at,
        month=month_of(document.fetched_at),
    )
