"""Rows of read documents to core tables, month by month."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.normalise.dimensions import company_rows, sponsor_rows, topic_rows
from orchestration.normalise.edits import with_states_before
from orchestration.normalise.extraction import SIGHT_COLUMNS, FeedResult
from transforms.records import (
    Article,
    ArticleCompany,
    ArticleRevision,
    ArticleSource,
    ArticleTechnology,
    ArticleTopic,
    Company,
    Document,
    Link,
    Reject,
    Section,
    SectionTopic,
    Sponsor,
    SponsorPlacement,
    Topic,
    arrow_schema,
    to_arrow,
)
from warehouse.tables import TableChange, read_rows, upsert


def write_results(core: Path, results: Sequence[FeedResult]) -> list[TableChange]:
    """Write all rows of the results, `documents` last: its rows are the commit."""
    rows = [article for result in results for article in result.articles.values()]
    replaced = _old_places(results)
    revisions = [
        *(row for each in results for row in each.revisions),
        *with_states_before(core, results),
    ]
    changes = [
        _write(core, ArticleRevision, revisions),  # tells of rows that are replaced next
        _write(core, Section, [row for each in rows for row in each.sections], replaced),
        _write(core, Link, [row for each in rows for row in each.links], replaced),
        _write(core, SponsorPlacement, [row for each in rows for row in each.placements], replaced),
        _write(core, ArticleTopic, [row for each in rows for row in each.topics], replaced),
        _write(core, SectionTopic, [row for each in rows for row in each.item_topics], replaced),
        _write(core, ArticleCompany, [row for each in rows for row in each.companies], replaced),
        _write(
            core, ArticleTechnology, [row for each in rows for row in each.technologies], replaced
        ),
        _write(core, ArticleSource, [row for each in results for row in each.sources]),
        _write(core, Reject, [row for each in results for row in each.rejects]),
        *_write_dimensions(core, results),
        _write_articles(core, results, replaced),
    ]
    documents = [row for each in results for row in each.documents]
    return [*changes, _write(core, Document, documents)]


def _old_places(results: Iterable[FeedResult]) -> dict[str, list[tuple[str]]]:
    """Return the months in which articles stood that were read anew, with their ids."""
    places: dict[str, list[tuple[str]]] = {}
    for result in results:
        for article_id, month in result.old_months.items():
            places.setdefault(month, []).append((article_id,))
    return places


def _write(
    core: Path,
    record: type,
    rows: Iterable[Any],
    replaced: Mapping[str, Sequence[tuple[str]]] | None = None,
) -> TableChange:
    return upsert(core, arrow_schema(record), to_arrow(record, rows), replaced=replaced or {})


def _write_articles(
    core: Path, results: Sequence[FeedResult], replaced: Mapping[str, Sequence[tuple[str]]]
) -> TableChange:
    """Write articles that were read, and the new last sight of those that were only seen."""
    fresh = to_arrow(Article, (a.article for r in results for a in r.articles.values()))
    seen = {key: known for result in results for key, known in result.sightings.items()}
    if seen:
        fresh = pa.concat_tables([fresh, _sighted(core, seen)])
    return upsert(core, arrow_schema(Article), fresh, replaced=replaced)


def _sighted(core: Path, seen: Mapping[str, Any]) -> pa.Table:
    months = {known.month for known in seen.values()}
    held = read_rows(core, arrow_schema(Article), months=months)
    mine = held.filter(pc.is_in(held["article_id"], value_set=pa.array(list(seen), pa.string())))
    known = [seen[article_id] for article_id in mine["article_id"].to_pylist()]
    for name in SIGHT_COLUMNS:
        field = mine.schema.field(name)
        moments = pa.array([getattr(each, name) for each in known], field.type)
        mine = mine.set_column(mine.schema.get_field_index(name), field, moments)
    return mine


def _write_dimensions(core: Path, results: Sequence[FeedResult]) -> list[TableChange]:
    rows = [article for result in results for article in result.articles.values()]
    placements = [row for each in rows for row in each.placements]
    companies = [row for each in rows for row in each.companies]
    return [
        _write(core, Sponsor, sponsor_rows(core, placements)),
        _write(core, Company, company_rows(companies)),
        _write(core, Topic, topic_rows()),
    ]
