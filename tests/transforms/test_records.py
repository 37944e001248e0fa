"""Every shape is declared once: classes, Arrow schemas and their metadata agree."""

import json
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from transforms.records import RECORDS, UNDATED, Topic, arrow_schema, month_of, to_arrow

CONTRACT = {
    "feeds": "feed_id title url home_url platform language timezone tags author is_active",
    "fetches": "feed_id fetched_at source outcome http_status reason duration_ms bytes etag"
    " last_modified final_url document_id window_overlap",
    "history_walks": "feed_id source closed_at is_available proofs since_at until_at listed_count"
    " missing_count",
    "history_months": "feed_id published_month listed_count missing_count missing_urls proofs"
    " proven_until_at",
    "documents": "document_id feed_id fetched_at source_uri format entry_count new_count"
    " changed_count status reason extractor_version",
    "articles": "article_id feed_id guid url title subtitle authors published_at published_raw"
    " published_rule updated_at first_seen_at last_seen_at kind issue_number is_paywalled"
    " is_truncated language categories word_count section_count link_count image_count revision"
    " content_hash entry_hash document_id text",
    "article_revisions": "article_id revision seen_at title content_hash word_count changes"
    " text_before copies_before links_before document_id",
    "sections": "article_id section_number level heading role text word_count char_start char_end",
    "links": "article_id link_number section_number url canonical_url host domain anchor_text role",
    "sponsor_placements": "placement_id article_id feed_id published_at placement_number"
    " section_number position sponsor_id sponsor_name sponsor_domain headline copy_text cta_text"
    " landing_url campaign_slug campaign_date is_labelled is_house label_text rule evidence"
    " confidence copy_hash is_date_mismatch",
    "article_topics": "article_id topic_id score rank evidence",
    "section_topics": "article_id section_number topic_id score rank evidence",
    "article_companies": "article_id company_id company_name role mention_count",
    "article_technologies": "article_id technology_id technology_name mention_count",
    "article_sources": "article_id document_id format entry_number fields title published_at"
    " word_count placement_count content_hash is_truncated",
    "rejects": "document_id feed_id entry_number reason detail seen_at",
    "sponsors": "sponsor_id sponsor_name aliases domains category",
    "topics": "topic_id topic_name parent_topic_id aliases",
    "companies": "company_id company_name aliases domains category",
}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.TABLE.name)
def test_a_table_has_every_column_of_the_contract(record):
    wanted = set(CONTRACT[record.TABLE.name].split())

    assert wanted <= set(arrow_schema(record).names)


def test_the_contract_knows_every_table():
    assert {record.TABLE.name for record in RECORDS} == set(CONTRACT)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.TABLE.name)
def test_every_column_says_what_it_holds(record):
    for field in arrow_schema(record):
        assert len(field.metadata[b"description"]) > 10, field.name


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.TABLE.name)
def test_key_and_owner_are_columns_that_are_never_null(record):
    schema = arrow_schema(record)
    names = {*json.loads(schema.metadata[b"key"]), *json.loads(schema.metadata[b"owner"])}

    assert all(not schema.field(name).nullable for name in names)


def test_month_is_a_folder_and_no_column_of_the_file():
    assert all("month" not in arrow_schema(record).names for record in RECORDS)


def test_rows_become_a_table_of_the_declared_types():
    table = to_arrow(Topic, [Topic(topic_id="a", topic_name="A", parent_topic_id=None, aliases=())])

    assert table.schema.equals(arrow_schema(Topic))
    assert table.to_pylist() == [
        {"topic_id": "a", "topic_name": "A", "parent_topic_id": None, "aliases": []}
    ]


def test_no_rows_keep_their_types():
    assert to_arrow(Topic, []).schema.field("aliases").type == pa.list_(pa.string())


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 5, 30, 23, tzinfo=UTC), "2026-05"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01"),
        (datetime(9999, 12, 31, tzinfo=UTC), "9999-12"),
        (None, UNDATED),
    ],
)
def test_the_month_of_a_moment_is_its_month_in_utc(moment, month):
    assert month_of(moment) == month
