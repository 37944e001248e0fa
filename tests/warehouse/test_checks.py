"""Every check finds what it is for: the world with one row that should not be there."""

from datetime import UTC, datetime

import duckdb
import pytest

from orchestration.python_marts import PYTHON_MARTS
from warehouse.bookkeeping import create_bookkeeping, describe_load, find_bookkeeping
from warehouse.checks import find_checks, run_checks
from warehouse.load import create_core
from warehouse.marts import create_marts, find_marts, refill_marts
from warehouse.models import ModelError
from warehouse.tables import key_of, table_name

AS_OF = datetime(2026, 5, 30, 12, tzinfo=UTC)
MAY = datetime(2026, 5, 3, 12, tzinfo=UTC)
MODELS = find_marts(PYTHON_MARTS)
EVERY_TABLE = frozenset().union(*(model.references for model in MODELS))
CHECKS = {check.name: check for check in find_checks()}

WRONG_ROWS = [
    ("orphans", "sections", {"article_id": "gone", "section_number": 1}),
    ("orphans", "articles", {"article_id": "x", "feed_id": "gone", "document_id": "forge-d"}),
    ("orphans", "articles", {"article_id": "x", "document_id": "gone"}),
    ("orphans", "rejects", {"document_id": "gone", "entry_number": 1, "seen_at": MAY}),
    ("orphans", "sponsor_placements", {"article_id": "ledger-1", "sponsor_id": "gone"}),
    ("orphans", "section_topics", {"article_id": "ledger-1", "section_number": 1}),
    (
        "unknown_tags",
        "section_topics",
        {"article_id": "ledger-1", "section_number": 1, "topic_id": "gone"},
    ),
    ("unknown_tags", "article_companies", {"article_id": "ledger-1", "company_id": "gone"}),
    (
        "article_months",
        "articles",
        {"article_id": "x", "document_id": "forge-d", "published_at": MAY, "month": "2026-04"},
    ),
    ("article_months", "links", {"article_id": "ledger-1", "link_number": 9, "month": "undated"}),
    ("capture_months", "fetches", {"fetched_at": MAY, "month": "2026-04"}),
    ("value_ranges", "sponsor_placements", {"article_id": "ledger-1", "confidence": 1.2}),
    ("value_ranges", "fetches", {"fetched_at": MAY, "window_overlap": 2.0}),
    ("value_ranges", "articles", {"article_id": "x", "document_id": "forge-d", "word_count": -1}),
    (
        "impossible_dates",
        "articles",
        {"article_id": "x", "published_at": AS_OF, "first_seen_at": MAY, "last_seen_at": AS_OF},
    ),
    ("topics_without_text", "article_topics", {"article_id": "bare", "topic_id": "ai-agents"}),
    ("placements_without_section", "sponsor_placements", {"section_number": 7}),
]


@pytest.fixture(scope="module")
def template(schemas, world, arrow_rows):
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        create_core(con, schemas)
        create_bookkeeping(con, find_bookkeeping(), describe_load(AS_OF, "1", "hash", {}))
        create_marts(con, MODELS)
        put(con, arrow_rows, world)
        yield con


@pytest.fixture
def con(template):
    template.execute("begin")
    yield template
    template.execute("rollback")


def put(con, arrow_rows, tables):
    for table, rows in tables.items():
        con.register("rows", arrow_rows(table, rows))
        con.execute(f"insert into core.{table} from rows")


def failing(con):
    refill_marts(con, MODELS, EVERY_TABLE)
    return {result.name for result in run_checks(con, find_checks()) if result.failing_count}


def test_the_world_passes(con):
    assert failing(con) == set()


@pytest.mark.parametrize(("check", "table", "row"), WRONG_ROWS)
def test_a_wrong_row_is_found(check, table, row, con, arrow_rows):
    bare = {"article_id": "bare", "document_id": "forge-d", "title": None}
    put(con, arrow_rows, {"articles": [bare], table: [row]})

    assert check in failing(con)


def test_a_key_that_occurs_twice_is_found_in_every_table(con, schemas):
    for schema in schemas:
        name = table_name(schema)
        con.execute(f"insert into core.{name} select * from core.{name} limit 1")

    rows = con.sql(CHECKS["unique_keys"].sql).fetchall()

    assert {row[0] for row in rows} == {table_name(schema) for schema in schemas}


def test_rows_that_differ_in_any_part_of_the_key_are_no_duplicates(con, schemas, arrow_rows):
    assert all(key_of(schema) for schema in schemas)
    fetches = [{"fetched_at": MAY}, {"fetched_at": MAY, "feed_id": "forge"}]
    put(con, arrow_rows, {"fetches": fetches})

    assert con.sql(CHECKS["unique_keys"].sql).fetchall() == []


def test_a_missing_value_is_found(con):
    con.execute("update core.articles set text = null where article_id = 'ledger-1'")

    assert con.sql(CHECKS["missing_values"].sql).fetchall() == [("articles", "ledger-1")]


@pytest.mark.parametrize(
    ("column", "late_days", "expected"),
    [
        ("word_count", range(21, 31), ["ledger"]),
        ("section_count", range(21, 31), ["ledger"]),
        ("section_count", range(24, 31), ["ledger"]),
        ("word_count", range(27, 31), []),
        ("section_count", range(1, 31), []),
    ],
)
def test_a_loss_of_what_is_found_in_articles_is_found(con, arrow_rows, column, late_days, expected):
    articles = [
        {
            "article_id": f"n{day}",
            "document_id": "forge-d",
            "word_count": 100,
            "section_count": 3,
            "published_at": datetime(2026, 4, day, tzinfo=UTC),
        }
        | ({column: 0} if day in late_days else {})
        for day in range(1, 31)
    ]
    con.execute("delete from core.articles where feed_id = 'ledger'")
    put(con, arrow_rows, {"articles": articles})
    refill_marts(con, MODELS, EVERY_TABLE)

    assert [row[0] for row in con.sql(CHECKS["coverage_drops"].sql).fetchall()] == expected


def test_a_document_with_less_than_half_the_entries_is_found(con, arrow_rows):
    documents = [
        {"document_id": f"n{day}", "fetched_at": MAY.replace(day=day), "entry_count": count}
        for day, count in ((4, 20), (5, 20), (6, 18), (7, 9))
    ]
    con.execute("delete from core.documents where feed_id = 'ledger'")
    put(con, arrow_rows, {"documents": documents[:3]})
    assert con.sql(CHECKS["volume_drops"].sql).fetchall() == []

    put(con, arrow_rows, {"documents": documents[3:]})

    assert con.sql(CHECKS["volume_drops"].sql).fetchall() == [("ledger", "rss", 9, 20.0, 3)]


def test_every_check_has_a_case():
    tested = {check for check, _, _ in WRONG_ROWS}
    assert set(CHECKS) == tested | {
        "unique_keys",
        "missing_values",
        "coverage_drops",
        "volume_drops",
    }


def test_a_check_without_a_severity_is_named(tmp_path):
    (tmp_path / "odd.sql").write_text("-- Odd rows.\nselect 1\n", encoding="utf-8")

    with pytest.raises(ModelError, match=r"odd\.sql must say `-- severity: error`"):
        find_checks(tmp_path)


def test_a_check_that_does_not_run_is_named(tmp_path, con):
    sql = "-- Odd rows.\n-- severity: error\nselect * from core.nowhere\n"
    (tmp_path / "odd.sql").write_text(sql, encoding="utf-8")

    with pytest.raises(ModelError, match=r"odd\.sql does not run"):
        run_checks(con, find_checks(tmp_path))
