"""The one pure function of a document: its bytes in, the rows of every table out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transforms.articles import ArticleRows, Reading, continued, published_of, read_article
from transforms.content import Publication, publication_hosts
from transforms.document import Entry, EntryTrouble, ParsedFeed, SourceDocument
from transforms.identity import choose_rule
from transforms.known import CAPTURE_FORMATS, PAGE_FORMAT, KnownArticle, KnownArticles
from transforms.lexicons import Lexicons
from transforms.lexicons.sponsor_lexicon import Profile
from transforms.matching import Match, match_entries
from transforms.parsing import parse_document
from transforms.records import (
    Article,
    ArticleRevision,
    ArticleSource,
    Document,
    Reject,
    month_of,
)
from transforms.revisions import changed_parts

# A window of fewer entries says nothing of what is missing from it.
LEAST_WINDOW = 3

# Raised with every change that makes the same bytes give other rows; part of each document's row.
EXTRACTOR_VERSION = "5"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """What is known of a feed before its document is read."""

    feed_id: str
    url: str | None = None
    title: str | None = None
    home_url: str | None = None
    identity_rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The rows of one document.

    `seen` are known articles that it repeats unchanged, `vanished` those that it should have
    shown and does not.
    """

    document: Document
    parsed: ParsedFeed
    articles: tuple[ArticleRows, ...] = ()
    revisions: tuple[ArticleRevision, ...] = ()
    sources: tuple[ArticleSource, ...] = ()
    rejects: tuple[Reject, ...] = ()
    seen: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()


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
    parsed = parse_document(document, known, feed.url)
    rule = choose_rule(parsed.entries, feed.identity_rule)
    reading = Reading(
        document=document,
        source_format=parsed.format or "",
        publication=_publication(parsed, feed, lexicons),
        profile=profile,
        lexicons=lexicons,
    )
    matches = match_entries(parsed.entries, feed.feed_id, rule, reading.source_format, known)
    results = [_read_entry(match, known, reading) for match in matches]
    return _extraction(document, parsed, rule, results, known)


def rejected_document(document: SourceDocument, trouble: EntryTrouble) -> Extraction:
    """Return the rows of a document that could not be read at all."""
    parsed = ParsedFeed(format=None, troubles=(trouble,))
    return _extraction(document, parsed, "guid", [], KnownArticles())


@dataclass(frozen=True, slots=True, kw_only=True)
class _EntryResult:
    entry: Entry
    article_id: str
    was_known: bool
    rows: ArticleRows | None
    said: ArticleRows | None
    """What the document says, whether or not it takes the place of what is known."""
    changes: tuple[str, ...]


def _read_entry(match: Match, known: KnownArticles, reading: Reading) -> _EntryResult:
    earlier = known.by_id.get(match.article_id)
    rows: ArticleRows | None = None
    said: ArticleRows | None = None
    changes: tuple[str, ...] = ()
    if earlier is None or match.entry.entry_hash != earlier.entry_hash:
        said = read_article(match.entry, match.article_id, reading)
    if earlier is None:
        rows = said
    elif said is not None and _is_taken(match.entry, said.article, earlier, reading):
        if earlier.source_format == reading.source_format:
            changes = changed_parts(earlier.content_hash, said.article.content_hash)
        article = continued(said.article, earlier, is_changed=bool(changes))
        rows = replace(said, article=article)
    return _EntryResult(
        entry=match.entry,
        article_id=match.article_id,
        was_known=earlier is not None,
        rows=rows,
        said=said,
        changes=changes,
    )


def _is_taken(entry: Entry, said: Article, earlier: KnownArticle, reading: Reading) -> bool:
    """Tell whether what an entry says takes the place of what is known of its article.

    Between a feed and an article's own page the whole text wins, whichever has it: feeds of
    summaries keep the body that a page gave.
    """
    formats = {reading.source_format, earlier.source_format}
    is_page_against_feed = PAGE_FORMAT in formats and len(formats - CAPTURE_FORMATS) == 1
    if is_page_against_feed and said.is_truncated != earlier.is_truncated:
        return earlier.is_truncated
    return _is_better(entry, earlier, reading)


def _is_better(entry: Entry, earlier: KnownArticle, reading: Reading) -> bool:
    """Tell whether an entry is to take the place of what is known of its article.

    A feed beats a capture whenever either was made, a titled capture one without titles; among
    equals the later state of changed bytes counts.
    """
    is_capture = reading.source_format in CAPTURE_FORMATS
    if is_capture != earlier.is_from_capture:
        return not is_capture
    if is_capture and (entry.title is None) != (earlier.title is None):
        return entry.title is not None
    is_later = reading.document.fetched_at >= earlier.last_seen_at
    return entry.entry_hash != earlier.entry_hash and is_later


def _publication(parsed: ParsedFeed, feed: FeedFacts, lexicons: Lexicons) -> Publication:
    home = parsed.home_url or feed.home_url
    urls = [home, feed.url, parsed.self_url]
    hosts, domains = publication_hosts(urls, lexicons.furniture.shared_domains)
    return Publication(
        feed_id=feed.feed_id,
        title=parsed.title or feed.title,
        home_url=home,
        platform=parsed.platform,
        language=parsed.language,
        own_hosts=hosts,
        own_domains=domains,
    )


def _extraction(
    document: SourceDocument,
    parsed: ParsedFeed,
    rule: str,
    results: Sequence[_EntryResult],
    known: KnownArticles,
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
        vanished=_vanished(document, parsed, results, known),
    )


def _vanished(
    document: SourceDocument,
    parsed: ParsedFeed,
    results: Sequence[_EntryResult],
    known: KnownArticles,
) -> tuple[str, ...]:
    """Return articles that the window before showed and this one, reaching as far back, does not.

    Leaving the window at its end is not vanishing. Undated entries tell nothing.
    """
    is_part = document.options.get("is_window") == "false"  # an older page of the feed
    if parsed.format is None or parsed.format in CAPTURE_FORMATS or is_part:
        return ()
    dates = [at for entry in parsed.entries if (at := published_of(entry).at)]
    if len(dates) < LEAST_WINDOW or len(dates) < len(parsed.entries):
        return ()
    shown, oldest = {result.article_id for result in results}, min(dates)
    return tuple(
        article.article_id
        for article in known.visible_before(document.fetched_at)
        if article.article_id not in shown
        and article.vanished_at is None
        and article.published_at is not None
        and article.published_at > oldest
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
    said = result.said
    return ArticleSource(
        article_id=result.article_id,
        document_id=document.document_id,
        format=format_name,
        entry_number=result.entry.number,
        fields=_supplied(result.entry) if result.rows else (),
        title=said.article.title if said else None,
        published_at=said.article.published_at if said else None,
        word_count=said.article.word_count if said else None,
        placement_count=len(said.placements) if said else None,
        content_hash=said.article.content_hash if said else None,
        is_truncated=said.article.is_truncated if said else None,
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
        "text": entry.content_html or entry.summary_html or entry.blocks,
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
