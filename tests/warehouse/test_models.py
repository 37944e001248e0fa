import pytest

from warehouse.models import ModelError, find_models, order_models, read_header


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for name, sql in files.items():
            (tmp_path / f"{name}.sql").write_text(sql, encoding="utf-8")
        return tmp_path

    return write


def names(models):
    return [model.name for model in models]


def test_a_model_is_described_by_its_header(folder):
    sql = (
        "-- Busy feeds: one row per feed.\n-- Only those followed.\n-- feed_id: Feed (feeds)\n"
        "-- article_count: Articles,\n--   dated or not\nselect 1 as feed_id, 2 as article_count\n"
    )

    (model,) = find_models(folder(busy_feeds=sql))

    assert model.name == "busy_feeds"
    assert model.description == "Busy feeds: one row per feed. Only those followed."
    assert model.columns == {"feed_id": "Feed (feeds)", "article_count": "Articles, dated or not"}


def test_references_are_read_from_the_sql_wherever_they_stand(folder):
    sql = """-- A: one row per b.
    with articles as (select * from core.articles)
    select * from articles join marts.b using (x)
    where y in (select z from core.meta) and exists (select 1 from core.links)
    """

    (model,) = find_models(folder(a=sql))

    assert model.references == {"core.articles", "core.links", "core.meta", "marts.b"}


def test_models_come_after_those_they_read(folder):
    found = find_models(
        folder(
            a="-- A: one row.\nselect * from marts.c",
            b="-- B: one row.\nselect * from core.articles",
            c="-- C: one row.\nselect * from marts.b",
        )
    )

    assert names(found) == ["a", "b", "c"]
    assert names(order_models(found)) == ["b", "c", "a"]


def test_a_model_of_the_catalog_comes_last(folder):
    found = find_models(
        folder(
            a="-- A: one row per table.\nselect * from duckdb_tables()",
            b="-- B: one row.\nselect * from core.articles",
        )
    )

    assert names(order_models(found)) == ["b", "a"]


def test_a_circle_is_named(folder):
    found = find_models(
        folder(
            a="-- A: one row.\nselect * from marts.b",
            b="-- B: one row.\nselect * from marts.a",
        )
    )

    with pytest.raises(ModelError, match=r"circle: marts\.(a|b) -> marts\.(b|a) -> marts\.(a|b)"):
        order_models(found)


def test_a_mart_that_nobody_makes_is_named(folder):
    found = find_models(folder(a="-- A: one row.\nselect * from marts.nowhere"))

    with pytest.raises(ModelError, match=r"a\.sql reads marts\.nowhere, which no file makes"):
        order_models(found)


@pytest.mark.parametrize(
    ("sql", "trouble"),
    [
        ("select 1", "must open with a comment"),
        ("-- A: one row.\nselect from where", "is not one SELECT"),
        ("-- A: one row.\ndelete from core.articles", "is not one SELECT"),
        ("-- A: one row.\nselect 1; select 2", "must hold one SELECT, not 2"),
    ],
)
def test_a_file_that_is_no_model_is_named(folder, sql, trouble):
    with pytest.raises(ModelError, match=rf"broken\.sql {trouble}"):
        find_models(folder(broken=sql))


def test_a_header_ends_where_the_sql_begins(tmp_path):
    header = read_header("-- First: one row.\nselect 1 as a -- a: no description\n", tmp_path)

    assert header.columns == {}
