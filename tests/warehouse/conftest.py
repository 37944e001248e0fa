"""Rows of core tables with only the columns that matter, and a small world made of them."""

import dataclasses
import types
import typing
from datetime import UTC, date, datetime

import pytest

from orchestration.python_marts import PYTHON_MARTS
from transforms.records import RECORDS, arrow_schema, month_of, to_arrow
from warehouse.build import build_warehouse
from warehouse.tables import upsert

AS_OF = datetime(2026, 5, 30, 12, tzinfo=UTC)
BY_TABLE = {record.TABLE.name: record for record in RECORDS}
SCHEMAS = tuple(arrow_schema(record) for record in RECORDS)

EMPTY = {str: "", int: 0, float: 0.0, bool: False, tuple[str, ...]: (), date: date(2026, 5, 1)}
"""What a column holds that a test does not speak of and that may not be NULL."""

USUAL = {
    "feed_id": "ledger",
    "document_id": "d1",
    "timezone": "UTC",
    "is_active": True,
    "source": "feed",
    "outcome": "ok",
    "status": "read",
    "format": "rss",
    "kind": "deep_dive",
    "revision": 1,
    "rank": 1,
    "position": "top",
    "confidence": 0.9,
    "is_labelled": True,
    "published_rule": "rfc822",
    "extractor_version": "1",
}
MONTH_OF = ("published_at", "seen_at", "fetched_at")
"""Columns that tell the month of a row, in the order they are asked."""


def make_row(record, facts):
    """Return a record with the facts given and usual values for the others."""
    hints = typing.get_type_hints(record)
    names = [field.name for field in dataclasses.fields(record)]
    unknown = facts.keys() - set(names)
    assert not unknown, f"{record.TABLE.name} has no {unknown}"
    values = {name: _usual(name, hints[name]) for name in names if name != "month"} | facts
    if "month" in names and "month" not in facts:
        moments = [values[name] for name in MONTH_OF if name in values]
        values["month"] = month_of(moments[0]) if moments else month_of(AS_OF)
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
    return record(**values)


def _usual(name, hint):
    if name in USUAL:
        return USUAL[name]
    if isinstance(hint, types.UnionType):
        return None
    return AS_OF if hint is datetime else EMPTY[hint]


def make_rows(table, rows):
    """Return rows of a table as Arrow, `month` last where the table has one."""
    record = BY_TABLE[table]
    return to_arrow(record, [make_row(record, facts) for facts in rows])


@pytest.fixture(scope="session")
def arrow_rows():
    return make_rows


@pytest.fixture(scope="session")
def schemas():
    return SCHEMAS


@pytest.fixture(scope="session")
def as_of():
    return AS_OF


@pytest.fixture(scope="session")
def build(schemas):
    """Return a function that builds the warehouse of a data directory as orchestration does."""

    def build_all(data, as_of, schemas=schemas, **options):
        return build_warehouse(data, schemas, as_of, python_marts=PYTHON_MARTS, **options)

    return build_all


@pytest.fixture(scope="session")
def put():
    """Return a function that upserts rows of tables into a data directory."""

    def put_rows(data, tables, replaced=None):
        for table, rows in tables.items():
            upsert(
                data / "core",
                arrow_schema(BY_TABLE[table]),
                make_rows(table, rows),
                replaced=(replaced or {}).get(table, {}),
            )

    return put_rows


@pytest.fixture(scope="session")
def world():
    """Return rows of every table: a newsletter with sponsors and a blog, ten weeks each."""
    weeks = [datetime(2026, month, day, 15, tzinfo=UTC) for month in (3, 4, 5) for day in (5, 19)]
    articles = [
        {
            "article_id": f"{feed}-{number}",
            "feed_id": feed,
            "document_id": f"{feed}-d",
            "title": f"{feed} number {number}: vector index",
            "text": "A vector index in kafka",
            "word_count": 5,
            "published_at": at,
            "first_seen_at": at,
            "last_seen_at": at,
            "categories": ["data"],
        }
        for feed in ("ledger", "forge")
        for number, at in enumerate(weeks, start=1)
    ]
    of_article = [
        {"article_id": each["article_id"], "month": month_of(each["published_at"])}
        for each in articles
    ]
    return {
        "feeds": [
            {"feed_id": "ledger", "title": "The Ledger", "timezone": "America/New_York"},
            {"feed_id": "forge", "title": "Forge"},
        ],
        "fetches": [
            {"feed_id": feed, "fetched_at": at, "document_id": f"{feed}-d"}
            for feed in ("ledger", "forge")
            for at in weeks
        ],
        "history_walks": [{"feed_id": "forge", "source": "sitemap", "closed_at": weeks[-1]}],
        "history_months": [
            {"feed_id": "forge", "published_month": "2026-03", "listed_count": 2},
        ],
        "documents": [
            {
                "feed_id": feed,
                "document_id": f"{feed}-d",
                "fetched_at": weeks[0],
                "entry_count": 6,
                "new_count": 6,
            }
            for feed in ("ledger", "forge")
        ],
        "articles": articles,
        "article_revisions": [
            {"article_id": each["article_id"], "document_id": each["document_id"]}
            | {"seen_at": each["published_at"]}
            for each in articles
        ],
        "sections": [
            *({**each, "section_number": 1} for each in of_article),
            *(
                {**each, "section_number": 2, "role": "digest_item", "heading": "Agents at Work"}
                for each in of_article[:1]
            ),
        ],
        "links": [
            {**each, "link_number": 1, "role": "body", "domain": "example.org"}
            for each in of_article
        ],
        "sponsor_placements": [
            {
                "placement_id": f"p{number}",
                "article_id": each["article_id"],
                "published_at": each["published_at"],
                "placement_number": 1,
                "section_number": 1,
                "sponsor_id": "datadog",
                "sponsor_name": "Datadog",
            }
            for number, each in enumerate(articles[:4])
        ],
        "article_topics": [{**each, "topic_id": "ai-agents", "score": 1.0} for each in of_article],
        "section_topics": [
            {**each, "section_number": 2, "topic_id": "ai-agents", "score": 1.0}
            for each in of_article[:1]
        ],
        "article_companies": [
            {**each, "company_id": "datadog", "company_name": "Datadog", "role": "subject"}
            for each in of_article[:2]
        ],
        "article_technologies": [
            {**each, "technology_id": "kafka", "technology_name": "Kafka", "mention_count": 1}
            for each in of_article
        ],
        "article_sources": [
            {**each, "document_id": f"{each['article_id'].partition('-')[0]}-d"}
            for each in of_article
        ],
        "rejects": [{"document_id": "ledger-d", "entry_number": 7, "reason": "empty_entry"}],
        "sponsors": [{"sponsor_id": "datadog", "sponsor_name": "Datadog"}],
        "topics": [{"topic_id": "ai-agents", "topic_name": "AI agents"}],
        "companies": [{"company_id": "datadog", "company_name": "Datadog"}],
    }
