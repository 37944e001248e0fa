"""Search with the fts extension, where it is here, and without it: the same columns."""

from datetime import timedelta

import duckdb
import pytest

import warehouse
from warehouse import connection
from warehouse.search import has_index, load_extension, use_index

COLUMNS = ["article_id", "feed_id", "published_at", "title", "url", "score"]


def is_installed():
    with duckdb.connect() as con:
        return load_extension(con)


needs_extension = pytest.mark.skipif(
    not is_installed(), reason="the fts extension is not installed (extra `search`)"
)


@pytest.fixture
def data(tmp_path, put, world, build, as_of):
    put(tmp_path, world)
    build(tmp_path, as_of)
    return tmp_path


def search(con, words):
    found = con.execute("from search_articles($words)", {"words": words})
    return [column[0] for column in found.description], found.fetchall()


@needs_extension
def test_with_the_extension_words_are_found_by_their_stem(data):
    with warehouse.connect(data) as con:
        assert has_index(con)
        columns, rows = search(con, "vectors indexing")

    assert columns == COLUMNS
    assert len(rows) == 12


@needs_extension
def test_a_new_article_is_found_after_the_next_load(data, put, build, as_of):
    article = {"article_id": "z", "document_id": "ledger-d", "title": "Zebras", "text": "stripes"}
    put(data, {"articles": [article | {"published_at": as_of}]})
    build(data, as_of + timedelta(days=1))

    with warehouse.connect(data) as con:
        assert [row[0] for row in search(con, "zebra")[1]] == ["z"]


@needs_extension
def test_a_load_without_the_extension_drops_the_index(data, build, as_of, monkeypatch):
    monkeypatch.setattr("warehouse.build.load_extension", lambda con: False)
    build(data, as_of + timedelta(days=1))

    with warehouse.connect(data) as con:
        assert not has_index(con)
        assert len(search(con, "vector")[1]) == 12


@needs_extension
def test_an_archive_too_large_for_an_index_has_none(data, build, as_of, put, monkeypatch):
    monkeypatch.setattr("warehouse.search.MOST_INDEXED", 12)
    put(data, {"articles": [{"article_id": "z", "document_id": "ledger-d"}]})
    build(data, as_of + timedelta(days=1))

    with warehouse.connect(data) as con:
        assert not has_index(con)


@needs_extension
def test_a_reader_without_the_extension_searches_by_the_plain_macro(data, monkeypatch):
    monkeypatch.setattr(connection, "use_index", lambda con: None)

    with warehouse.connect(data) as con:
        columns, rows = search(con, "vector forge 3")

    assert columns == COLUMNS
    assert rows[0][3] == "forge number 3: vector index"


def test_without_an_index_the_plain_macro_stays(tmp_path, build, as_of, monkeypatch):
    monkeypatch.setattr("warehouse.build.load_extension", lambda con: False)
    build(tmp_path, as_of)

    with warehouse.connect(tmp_path) as con:
        use_index(con)
        assert search(con, "anything") == (COLUMNS, [])
