from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest

import warehouse
from warehouse.tables import TableError


@pytest.fixture(scope="module")
def data(tmp_path_factory, put, world, build, as_of):
    folder = tmp_path_factory.mktemp("reading")
    put(folder, world)
    build(folder, as_of)
    return folder


def ids(rows):
    return sorted(rows["article_id"].to_pylist())


def test_a_table_has_all_its_rows_and_columns_with_the_month(data):
    articles = warehouse.table("articles", data=data)

    assert len(articles) == 12
    assert set(articles["month"].to_pylist()) == {"2026-03", "2026-04", "2026-05"}
    assert warehouse.table("feeds", data=data)["feed_id"].to_pylist() == ["forge", "ledger"]


@pytest.mark.parametrize(
    "since", ["2026-05-19", date(2026, 5, 19), datetime(2026, 5, 19, tzinfo=UTC)]
)
def test_rows_of_a_feed_since_a_day(data, since):
    rows = warehouse.table(
        "articles", feed="ledger", since=since, columns=["article_id"], data=data
    )

    assert rows.column_names == ["article_id"]
    assert ids(rows) == ["ledger-6"]


def test_until_is_exclusive_and_moments_without_a_zone_are_utc(data):
    rows = warehouse.table("articles", feed="forge", until="2026-03-19T15:00:00", data=data)

    assert ids(rows) == ["forge-1"]


def test_parts_go_by_feed_and_publication_of_their_article(data):
    rows = warehouse.table("sections", feed="ledger", since="2026-05-01", data=data)

    assert ids(rows) == ["ledger-5", "ledger-6"]


def test_a_mart_is_a_table_too(data):
    rows = warehouse.table("sponsor_roster", feed="ledger", data=data)

    assert rows["sponsor_id"].to_pylist() == ["datadog"]


def test_a_month_written_before_a_column_was_there_reads_as_null(data, tmp_path):
    path = tmp_path / "core/articles/month=2026-01/part-0.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(warehouse.table("articles", columns=["article_id"], data=data), path)
    later = tmp_path / "core/articles/month=2026-02/part-0.parquet"
    later.parent.mkdir(parents=True)
    pq.write_table(warehouse.table("articles", columns=["article_id", "title"], data=data), later)

    assert warehouse.table("articles", data=tmp_path)["title"].null_count == 12


@pytest.mark.parametrize(
    ("name", "filters", "trouble"),
    [
        ("nowhere", {}, r"there is no table 'nowhere'; there are: article_changes, .*articles"),
        ("topics", {"feed": "ledger"}, "topics is not by feed"),
        ("sponsor_roster", {"since": "2026-01-01"}, "sponsor_roster has no time to filter by"),
    ],
)
def test_what_cannot_be_asked_is_named(data, name, filters, trouble):
    with pytest.raises(TableError, match=trouble):
        warehouse.table(name, data=data, **filters)


def test_without_any_table_the_cure_is_named(tmp_path):
    with pytest.raises(TableError, match=r"there are: none; build them in .*: feedhouse run"):
        warehouse.table("articles", data=tmp_path)
