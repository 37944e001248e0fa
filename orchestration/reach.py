"""What has to be read again to make months of core anew: which articles, from which documents."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms.known import CAPTURE_FORMATS
from transforms.records import Article, ArticleSource, Document, arrow_schema, month_of
from warehouse.tables import read_rows

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Articles to be read as if nothing were known of them, and the documents that tell of them."""

    article_ids: frozenset[str]
    documents: frozenset[tuple[str, str]]
    """By feed and document id."""
    capture_months: frozenset[str]
    """Months in which those documents were captured."""


def reach_of(core: Path, months: Collection[str]) -> Reach:
    """Return what months of every table rest on, as core knows it.

    Articles of the months are in it, and all that a document captured in them may have shown,
    so that its counts come out as they did. Of their feeds it takes every document from the first
    sight of these articles to the first that no longer shows them: that one tells what vanished.
    """
    documents, articles = _by_feed(_documents(core)), _by_feed(_articles(core))
    orphans = _orphans(core, {row["article_id"] for rows in articles.values() for row in rows})
    chosen = [
        _of_feed(documents.get(feed_id, []), articles.get(feed_id, []), orphans, months)
        for feed_id in documents.keys() | articles.keys()
    ]
    rows = [row for _, own in chosen for row in own]
    return Reach(
        article_ids=frozenset(orphans).union(*(ids for ids, _ in chosen)),
        documents=frozenset((row["feed_id"], row["document_id"]) for row in rows),
        capture_months=frozenset(row["month"] for row in rows),
    )


def _of_feed(
    documents: list[Row],
    articles: list[Row],
    orphans: Mapping[str, set[str]],
    months: Collection[str],
) -> tuple[set[str], list[Row]]:
    """Return the articles and documents of a feed that its rows in some months rest on."""
    if _has_changed_identity(documents):
        # Which entries are one article was told by another rule before: it shows only in order.
        return {row["article_id"] for row in articles}, documents
    touched = [row for row in articles if _is_touched(row, months)]
    lost = set().union(*orphans.values())
    moments = [
        *(row["first_seen_at"] for row in touched),
        *(row["last_seen_at"] for row in touched),
        *(
            row["fetched_at"]
            for row in documents
            if row["month"] in months or row["document_id"] in lost
        ),
    ]
    own = _between(documents, min(moments), max(moments)) if moments else []
    return {row["article_id"] for row in touched}, own


def _is_touched(article: Row, months: Collection[str]) -> bool:
    first, last = month_of(article["first_seen_at"]), month_of(article["last_seen_at"])
    return article["month"] in months or any(first <= month <= last for month in months)


def _between(documents: list[Row], first: datetime, last: datetime) -> list[Row]:
    """Return the documents captured from a moment to another, and the next one after that."""
    later = [row["fetched_at"] for row in documents if row["fetched_at"] > last]
    end = min(later, default=last)
    return [row for row in documents if first <= row["fetched_at"] <= end]


def _has_changed_identity(documents: Iterable[Row]) -> bool:
    rules = {row["identity_rule"] for row in documents if row["format"] not in CAPTURE_FORMATS}
    return len(rules - {None}) > 1


def _orphans(core: Path, article_ids: Collection[str]) -> dict[str, set[str]]:
    """Return articles whose own row is lost, with the documents that showed them."""
    rows = read_rows(core, arrow_schema(ArticleSource), columns=["article_id", "document_id"])
    known = pc.is_in(rows["article_id"], value_set=pa.array(article_ids, pa.string()))
    found: dict[str, set[str]] = {}
    for row in rows.filter(pc.invert(known)).to_pylist():
        found.setdefault(row["article_id"], set()).add(row["document_id"])
    return found


def _documents(core: Path) -> list[Row]:
    names = ["feed_id", "document_id", "fetched_at", "format", "identity_rule"]
    return list(read_rows(core, arrow_schema(Document), columns=names).to_pylist())


def _articles(core: Path) -> list[Row]:
    names = ["feed_id", "article_id", "first_seen_at", "last_seen_at"]
    return list(read_rows(core, arrow_schema(Article), columns=names).to_pylist())


def _by_feed(rows: Iterable[Row]) -> dict[str, list[Row]]:
    feed_of = itemgetter("feed_id")
    return {feed: list(own) for feed, own in groupby(sorted(rows, key=feed_of), key=feed_of)}
