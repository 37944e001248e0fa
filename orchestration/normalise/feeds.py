"""Rows of feeds and fetches: the registry and the attempts, with what documents add to them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.normalise.history import write_history_months, write_history_walks
from orchestration.registry import FeedEntry, Registry
from transforms.document import ParsedFeed
from transforms.records import Document, Feed, Fetch, arrow_schema, month_of, to_arrow
from warehouse.landing import Attempt, Landing, OnDamage
from warehouse.tables import TableChange, read_rows, upsert

IMPORTED = "imported"
"""Outcome of a file that was landed, and of a document of history."""
ARCHIVE_FILES = "warc"
"""Source that `orchestration.fetch.history.archives` names for what it finds in files."""


def write_feeds(
    core: Path, registry: Registry, landing: Landing, parsed: Mapping[str, ParsedFeed]
) -> TableChange:
    """Write a row for every feed that is followed or was ever landed."""
    held = {row["feed_id"]: row for row in read_rows(core, arrow_schema(Feed)).to_pylist()}
    entries = {entry.id: entry for entry in registry.feeds}
    feed_ids = sorted({*entries, *landing.feed_ids(), *held})
    rows = [
        _feed_row(feed_id, entries.get(feed_id), parsed.get(feed_id), held.get(feed_id, {}))
        for feed_id in feed_ids
    ]
    return upsert(core, arrow_schema(Feed), to_arrow(Feed, rows))


def _feed_row(
    feed_id: str, entry: FeedEntry | None, parsed: ParsedFeed | None, held: Mapping[str, Any]
) -> Feed:
    """Return a feed's row: the registry's word first, then its newest document's, then the old."""
    facts = parsed or ParsedFeed(format=None)
    return Feed(
        feed_id=feed_id,
        title=(entry and entry.title) or facts.title or held.get("title"),
        url=(entry and entry.url) or facts.self_url or held.get("url"),
        home_url=facts.home_url or held.get("home_url"),
        platform=facts.platform or held.get("platform"),
        language=facts.language or held.get("language"),
        timezone=entry.timezone if entry else held.get("timezone") or "UTC",
        tags=tuple(entry.tags) if entry else tuple(held.get("tags") or ()),
        author=facts.author or held.get("author"),
        is_active=bool(entry and entry.is_active),
    )


def write_fetches(
    core: Path,
    landing: Landing,
    on_damage: OnDamage | None = None,
    touched: Collection[str] = (),
) -> list[TableChange]:
    """Write the attempts that core/fetches lacks, and the walks through history they closed.

    An attempt tells the overlap of the window it brought. Rows that an earlier version wrote
    without their source are read anew. `touched` names feeds whose articles changed.
    """
    schema = arrow_schema(Fetch)
    known: dict[str, set[datetime]] = {}
    for row in read_rows(core, schema, columns=["feed_id", "fetched_at", "source"]).to_pylist():
        if row["source"] is not None:
            known.setdefault(row["feed_id"], set()).add(row["fetched_at"])
    fresh = [
        attempt
        for feed_id in landing.feed_ids()
        for attempt in landing.new_attempts(feed_id, known.get(feed_id, ()), on_damage=on_damage)
    ]
    overlaps = _overlaps(core) if any(attempt.document_id for attempt in fresh) else {}
    rows = to_arrow(Fetch, (_fetch_row(attempt, overlaps) for attempt in fresh))
    # Fetches are what tells that attempts are done: they come last.
    changes = [write_history_walks(core, fresh)]
    touched = {*touched, *(attempt.feed_id for attempt in fresh)}
    changes += write_history_months(core, landing, touched)
    return [*changes, upsert(core, schema, rows)]


def _overlaps(core: Path) -> dict[tuple[Any, ...], float]:
    """Return, by feed, document and time of capture, the share of entries known before it.

    The first document of a feed overlaps with nothing; that says nothing of what was missed.
    """
    names = ["feed_id", "document_id", "fetched_at", "entry_count", "known_count"]
    rows = read_rows(core, arrow_schema(Document), columns=names).to_pylist()
    first: dict[str, Any] = {}
    for row in rows:
        first[row["feed_id"]] = min(first.get(row["feed_id"], row["fetched_at"]), row["fetched_at"])
    return {
        (row["feed_id"], row["document_id"], row["fetched_at"]): row["known_count"]
        / row["entry_count"]
        for row in rows
        if row["entry_count"] and row["fetched_at"] != first[row["feed_id"]]
    }


def fetch_source(attempt: Attempt) -> str:
    """Return who was asked: `feed`, `history:<source>` or `import`.

    Told by what the attempt's line says, so that lines of any age have one.
    """
    named = attempt.options.get("source")
    if named is not None and named != ARCHIVE_FILES:
        return f"history:{named}"
    return "import" if named or attempt.outcome == IMPORTED else "feed"


def _fetch_row(attempt: Attempt, overlaps: Mapping[tuple[Any, ...], float]) -> Fetch:
    return Fetch(
        feed_id=attempt.feed_id,
        fetched_at=attempt.fetched_at,
        source=fetch_source(attempt),
        outcome=attempt.outcome,
        http_status=attempt.http_status,
        reason=attempt.reason,
        duration_ms=attempt.duration_ms,
        bytes=attempt.bytes,
        etag=attempt.etag,
        last_modified=attempt.last_modified,
        final_url=attempt.final_url or attempt.source_uri,
        document_id=attempt.document_id,
        window_overlap=overlaps.get((attempt.feed_id, attempt.document_id, attempt.fetched_at)),
        month=month_of(attempt.fetched_at),
    )
