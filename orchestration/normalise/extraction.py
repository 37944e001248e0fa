"""The documents of a feed, one after the other, each read in the light of those before it."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from multiprocessing import get_context
from os import cpu_count

from transforms.articles import ArticleRows
from transforms.document import EntryTrouble, ParsedFeed, SourceDocument
from transforms.extract import Extraction, FeedFacts, extract_document, rejected_document
from transforms.known import CAPTURE_FORMATS, KnownArticle, KnownArticles
from transforms.lexicons import load_lexicons, load_profile
from transforms.records import ArticleRevision, ArticleSource, Document, Reject
from transforms.revisions import with_state_before

# Below this many bytes starting processes takes longer than reading the documents here.
POOL_BYTES = 12_000_000

# What a sighting changes of an article that is not read again.
SIGHT_COLUMNS = ("first_seen_at", "last_seen_at", "vanished_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTask:
    """The new documents of one feed, oldest first, and what is known of it."""

    feed: FeedFacts
    profile_id: str | None
    documents: tuple[SourceDocument, ...]
    known: tuple[KnownArticle, ...]

    @property
    def byte_count(self) -> int:
        """Size of the bodies."""
        return sum(len(document.body) for document in self.documents)


@dataclass(slots=True, kw_only=True)
class FeedResult:
    """Rows of one feed's documents; of an article read twice the later state."""

    feed_id: str
    articles: dict[str, ArticleRows] = field(default_factory=dict)
    old_months: dict[str, str] = field(default_factory=dict)
    sightings: dict[str, KnownArticle] = field(default_factory=dict)
    revisions: list[ArticleRevision] = field(default_factory=list)
    edits: list[ArticleRevision] = field(default_factory=list)
    """Revisions of articles whose state before stands in core alone."""
    sources: list[ArticleSource] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    parsed: ParsedFeed | None = None


def extract_feeds(tasks: Sequence[FeedTask]) -> list[FeedResult]:
    """Return the rows of each feed's documents; large work is spread over processes by feed."""
    workers = min(len(tasks), cpu_count() or 1)
    if workers < 2 or sum(task.byte_count for task in tasks) < POOL_BYTES:
        return [extract_feed(task) for task in tasks]
    # Spawned, not forked: the calling process runs threads (Dagster, the fetcher).
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(extract_feed, tasks))


def extract_feed(task: FeedTask) -> FeedResult:
    """Return the rows of one feed's documents, read in order of capture."""
    result = FeedResult(feed_id=task.feed.feed_id)
    known = KnownArticles(task.known)
    feed = task.feed
    for document in task.documents:
        extraction = _extract(document, task, feed, known)
        _gather(result, extraction, known)
        if is_remembered(extraction.document):
            feed = replace(feed, identity_rule=extraction.document.identity_rule)
    return result


def _extract(
    document: SourceDocument, task: FeedTask, feed: FeedFacts, known: KnownArticles
) -> Extraction:
    profile, lexicons = load_profile(task.profile_id), load_lexicons()
    try:
        return extract_document(
            document, profile=profile, lexicons=lexicons, feed=feed, known=known
        )
    except Exception as error:  # noqa: BLE001 a document that breaks a rule must not stop others
        detail = f"reading it failed with {type(error).__name__}: {error}; please report it"
        return rejected_document(
            document, EntryTrouble(number=0, reason="extractor_failed", detail=detail)
        )


def _gather(result: FeedResult, extraction: Extraction, known: KnownArticles) -> None:
    seen_at = extraction.document.fetched_at
    for revision in extraction.revisions:
        _gather_revision(result, revision)
    for rows in extraction.articles:
        earlier = known.by_id.get(rows.article.article_id)
        if earlier:
            result.old_months.setdefault(earlier.article_id, earlier.month)
        result.articles[rows.article.article_id] = rows
        result.sightings.pop(rows.article.article_id, None)
        known.add(known_article(rows))
    for article_id in extraction.seen:
        _sight(result, known.by_id[article_id], seen_at, known)
    for article_id in extraction.vanished:
        _update(result, replace(known.by_id[article_id], vanished_at=seen_at), known)
    result.sources.extend(extraction.sources)
    result.rejects.extend(extraction.rejects)
    result.documents.append(extraction.document)
    # Posts, pages and lists of history say nothing of the feed itself.
    if extraction.parsed.format and (extraction.parsed.title or result.parsed is None):
        result.parsed = extraction.parsed


def _gather_revision(result: FeedResult, revision: ArticleRevision) -> None:
    """Take over a revision, with the state before where this run has read that."""
    before = result.articles.get(revision.article_id)
    if before:
        text, placements, links = before.article.text, before.placements, before.links
        result.revisions.append(with_state_before(revision, text, placements, links))
    elif revision.changes:
        result.edits.append(revision)
    else:
        result.revisions.append(revision)


def _sight(
    result: FeedResult, article: KnownArticle, seen_at: datetime, known: KnownArticles
) -> None:
    """Widen the time an article was seen in; an older capture moves its first sight back."""
    first, last = min(article.first_seen_at, seen_at), max(article.last_seen_at, seen_at)
    vanished_at = None if seen_at >= article.last_seen_at else article.vanished_at
    _update(
        result,
        replace(article, first_seen_at=first, last_seen_at=last, vanished_at=vanished_at),
        known,
    )


def _update(result: FeedResult, article: KnownArticle, known: KnownArticles) -> None:
    """Take over a new sighting, in the row just read or as one to write."""
    if article == known.by_id[article.article_id]:
        return
    known.add(article)
    rows = result.articles.get(article.article_id)
    if rows is None:
        result.sightings[article.article_id] = article
        return
    times = {name: getattr(article, name) for name in SIGHT_COLUMNS}
    seen = replace(rows.article, **times)
    result.articles[article.article_id] = replace(rows, article=seen)


def is_remembered(document: Document) -> bool:
    """Tell whether a document's identity rule is its feed's; captures have no ids to go by."""
    return document.identity_rule is not None and document.format not in CAPTURE_FORMATS


def known_article(rows: ArticleRows) -> KnownArticle:
    """Return what later documents need to know of an article that was just read."""
    names = KnownArticle.__dataclass_fields__
    return KnownArticle(**{name: getattr(rows.article, name) for name in names})


def by_size(tasks: Iterable[FeedTask]) -> list[FeedTask]:
    """Return tasks largest first, so that no long one is left for the end."""
    return sorted(tasks, key=lambda task: (-task.byte_count, task.feed.feed_id))
