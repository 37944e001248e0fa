import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pyarrow.parquet as pq
import pytest

from warehouse.dashboard.shelf import ShelfEmptyError, ShelfOldError, open_shelf, stamp_of


def test_core_tables_and_marts_are_read_with_the_warehouse_deleted(shelf):
    counts = shelf.frame(
        "select (select count(*) from core.articles) as articles,"
        " (select count(*) from marts.sponsor_roster) as sponsors",
        {},
    )

    assert counts.iloc[0].to_dict() == {"articles": 12, "sponsors": 1}


def test_a_core_table_without_a_file_has_its_columns_and_no_rows(shelf_data, tmp_path):
    data = shutil.copytree(shelf_data, tmp_path / "data")
    shutil.rmtree(data / "core" / "article_topics")

    rows = open_shelf(data).frame("select article_id, score from core.article_topics", {})

    assert list(rows.columns) == ["article_id", "score"]
    assert rows.empty


def test_without_tables_it_says_where_it_looked_and_what_builds_them(tmp_path):
    with pytest.raises(ShelfEmptyError, match=rf"{tmp_path}.*feedhouse run"):
        open_shelf(tmp_path)


def test_the_stamp_changes_when_a_mart_is_written_anew(shelf_data, tmp_path):
    data = shutil.copytree(shelf_data, tmp_path / "data")
    before = stamp_of(data)
    os.utime(data / "marts" / "sponsor_roster.parquet", ns=(1, 1))

    assert stamp_of(data) != before


def test_a_new_month_is_seen_by_a_shelf_already_open(shelf_data, tmp_path):
    data = shutil.copytree(shelf_data, tmp_path / "data")
    moved = data / "core" / "articles" / "month=2026-05"
    aside = shutil.move(moved, tmp_path / "aside")
    shelf = open_shelf(data)
    count = "select count(*) as n from core.articles"
    before = shelf.frame(count, {})["n"].iloc[0]
    shutil.move(aside, moved)

    assert before < shelf.frame(count, {})["n"].iloc[0] == 12


def test_values_a_select_does_not_use_are_left_aside(shelf):
    rows = shelf.frame(
        "select feed_id from core.feeds where list_contains($feeds, feed_id)",
        {"feeds": ["forge"], "feed": "ledger", "since": None},
    )

    assert rows["feed_id"].tolist() == ["forge"]


def test_wrong_sql_is_told_as_what_it_is(shelf):
    with pytest.raises(duckdb.ParserException):
        shelf.frame("selekt 1", {})


@pytest.mark.parametrize("asked", ["select 1 from marts.nonesuch", "select x from core.articles"])
def test_what_no_file_has_is_told_as_the_work_of_an_older_version(shelf, asked):
    with pytest.raises(ShelfOldError, match=r"(nonesuch|\"x\")(.|\n)*feedhouse run --offline"):
        shelf.frame(asked, {})


def test_marts_without_a_column_of_now_are_told_when_they_are_opened(shelf_copy):
    file = shelf_copy / "marts" / "dictionary.parquet"
    rows = pq.read_table(file)
    kept = [name != "feed_label" for name in rows["column_name"].to_pylist()]
    pq.write_table(rows.filter(kept), file)

    told = r"feed_health has no column feed_label.*feedhouse run --offline"
    with pytest.raises(ShelfOldError, match=told):
        open_shelf(shelf_copy)


def test_a_column_that_no_core_file_has_yet_is_null(shelf_copy):
    for file in (shelf_copy / "core" / "article_revisions").rglob("*.parquet"):
        with pq.ParquetFile(file) as parquet:
            rows = parquet.read()
        pq.write_table(rows.drop_columns(["text_before"]), file)
    asked = "select count(*) as n, count(text_before) as told from core.article_revisions"

    assert open_shelf(shelf_copy).frame(asked, {}).iloc[0]["told"] == 0


def test_many_visitors_ask_at_the_same_time(shelf):
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda n: shelf.frame("select count(*) + $n as n from core.articles", {"n": n}),
                range(40),
            )
        )

    assert [answer["n"].iloc[0] for answer in answers] == [12 + n for n in range(40)]
