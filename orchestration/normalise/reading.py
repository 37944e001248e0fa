"""Reading landed documents: batches in order of capture, each written before the next."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from pathlib import Path

from orchestration.normalise.extraction import FeedResult, FeedTask, by_size, extract_feeds
from orchestration.normalise.fingerprinting import apply_fingerprints, begin_fingerprints
from orchestration.normalise.report import NormaliseReport, OnDocuments
from orchestration.normalise.writing import write_results
from orchestration.registry import Registry
from transforms.document import ParsedFeed, SourceDocument
from transforms.extract import FeedFacts
from transforms.known import CAPTURE_FORMATS, KnownArticle
from transforms.records import Article, Document, arrow_schema
from warehouse.landing import LandedDocument, Landing, LandingError
from warehouse.tables import read_rows

# Documents read and written at a time: memory stays bounded however large an import is.
BATCH_DOCUMENTS = 200

_KNOWN_COLUMNS = [name for name in KnownArticle.__dataclass_fields__ if name != "month"]


def read_documents(
    landing: Landing,
    core: Path,
    registry: Registry,
    pending: Sequence[LandedDocument],
    report: NormaliseReport,
    on_documents: OnDocuments | None = None,
) -> dict[str, ParsedFeed]:
    """Write what documents say to core and to the report; return what they say of their feeds.

    Killed half-way, the next run reads the unfinished batch again to the same result.
    """
    parsed: dict[str, ParsedFeed] = {}
    fresh = begin_fingerprints(core, has_work=bool(pending))
    for start in range(0, len(pending), BATCH_DOCUMENTS):
        batch = pending[start : start + BATCH_DOCUMENTS]
        bodies = _read_bodies(landing, batch, report)
        results = extract_feeds(by_size(_tasks(core, registry, bodies)))
        report.add_changes(write_results(core, results))
        _remember(results, report, parsed)
        fresh |= {key: each.article.month for r in results for key, each in r.articles.items()}
        if on_documents:
            on_documents(start + len(batch), len(pending))
    report.add_changes(apply_fingerprints(core, fresh))
    return parsed


def _remember(
    results: Iterable[FeedResult], report: NormaliseReport, parsed: dict[str, ParsedFeed]
) -> None:
    for result in results:
        report.add_documents(result.documents)
        if result.parsed and (result.parsed.title or result.feed_id not in parsed):
            parsed[result.feed_id] = result.parsed


def _read_bodies(
    landing: Landing, batch: Sequence[LandedDocument], report: NormaliseReport
) -> list[SourceDocument]:
    """Return documents with their bytes; a damaged one is told and tried again next time."""
    bodies = []
    for document in batch:
        try:
            bodies.append(_source_document(landing, document))
        except LandingError as error:
            report.troubles.append(str(error))
    return bodies


def _tasks(core: Path, registry: Registry, bodies: Sequence[SourceDocument]) -> list[FeedTask]:
    ordered = sorted(bodies, key=lambda each: each.feed_id)
    grouped = {key: tuple(each) for key, each in groupby(ordered, key=lambda each: each.feed_id)}
    known, rules = _known_articles(core, grouped), _last_rules(core, grouped)
    return [
        FeedTask(
            feed=FeedFacts(
                feed_id=feed_id,
                url=entry.url if entry else None,
                title=entry.title if entry else None,
                identity_rule=rules.get(feed_id),
            ),
            profile_id=entry.profile if entry else None,
            documents=documents,
            known=tuple(known.get(feed_id, ())),
        )
        for feed_id, documents in grouped.items()
        for entry in [registry.feed(feed_id)]
    ]


def _known_articles(core: Path, feed_ids: Collection[str]) -> dict[str, list[KnownArticle]]:
    """Return what is known of the articles of some feeds; all are read in one pass."""
    columns = ["feed_id", *_KNOWN_COLUMNS]
    rows = read_rows(core, arrow_schema(Article), columns=columns, feed_ids=feed_ids)
    known: dict[str, list[KnownArticle]] = {}
    for row in rows.to_pylist():
        known.setdefault(row.pop("feed_id"), []).append(KnownArticle(**row))
    return known


def _last_rules(core: Path, feed_ids: Collection[str]) -> dict[str, str]:
    """Return the identity rule that each feed's latest readable document was read under."""
    columns = ["feed_id", "fetched_at", "identity_rule", "format"]
    rows = read_rows(core, arrow_schema(Document), columns=columns, feed_ids=feed_ids).to_pylist()
    latest = sorted(rows, key=lambda row: row["fetched_at"])
    return {
        row["feed_id"]: row["identity_rule"]
        for row in latest
        if row["identity_rule"] and row["format"] not in CAPTURE_FORMATS
    }


def _source_document(landing: Landing, document: LandedDocument) -> SourceDocument:
    return SourceDocument(
        document_id=document.document_id,
        feed_id=document.feed_id,
        fetched_at=document.fetched_at,
        source_uri=document.source_uri,
        body=landing.read(document),
        content_type=document.content_type,
        options=document.options,
    )
