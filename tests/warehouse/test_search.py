"""Search by the index a load keeps: what counts as a word, in which order, and what is new."""

from datetime import UTC, datetime, timedelta

import duckdb
import pytest

import warehouse
from orchestration.python_marts import PYTHON_MARTS
from warehouse import search
from warehouse.bookkeeping import create_bookkeeping, describe_load, find_bookkeeping
from warehouse.catalog import empty_table
from warehouse.load import create_core
from warehouse.marts import create_macros, create_marts, find_marts
from warehouse.search import create_index, index_articles

AS_OF = datetime(2026, 5, 30, 12, tzinfo=UTC)

COLUMNS = ["article_id", "feed_id", "published_at", "title", "url", "score"]


@pytest.fixture(scope="module")
def con(schemas):
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        create_core(con, schemas)
        create_bookkeeping(con, find_bookkeeping(), describe_load(AS_OF, "1", "hash", {}))
        create_marts(con, find_marts(PYTHON_MARTS))
        create_index(con)
        create_macros(con)
        yield con


@pytest.fixture
def shelf(con, arrow_rows):
    """Return a function that loads and indexes articles given as {id: (title, text)}.

    Each is a month older than the one before it.
    """

    def index(articles):
        rows = [
            {"article_id": name, "title": title, "text": text}
            | {"published_at": AS_OF - timedelta(days=31 * number)}
            for number, (name, (title, text)) in enumerate(articles.items())
        ]
        empty_table(con, "core", "articles")
        con.register("rows", arrow_rows("articles", rows))
        con.execute("insert into core.articles from rows")
        months = con.execute(
            "select month from core.articles union select month from search.articles"
        ).fetchall()
        index_articles(con, [month for (month,) in months])
        return con

    return index


def find(con, words):
    """Return the ids of the articles that hold words, best first."""
    found = con.execute("select article_id from search_articles($words)", {"words": words})
    return [row[0] for row in found.fetchall()]


def terms(con):
    """Return what the index holds, whatever numbers its articles have."""
    return con.execute(
        "select p.term_hash, a.article_id, p.weight from search.postings as p"
        " inner join search.articles as a"
        " on p.shelf::uinteger * 65536 + p.place = a.article_key order by all"
    ).fetchall()


def test_an_answer_has_the_columns_every_reader_knows(shelf):
    found = shelf({"a": ("Kafka", "A log.")}).execute("from search_articles('kafka')")

    assert [column[0] for column in found.description] == COLUMNS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vector indexes", "vectors indexing"),
        ("Caches", "caching"),
        ("cached", "cache"),
        ("We retried the queries", "retry query"),
        ("Running", "runs"),
        ("An embedded model", "embeddings"),
        ("C++ and C#", "c++"),
        ("Élan vital", "elan"),
        ("elan", "ÉLAN"),
        ("Индексы", "индексы"),
        ("GPT-4o", "gpt 4o"),
        ("node.js", "Node"),
        ("a 'quoted' \"word\"", "'quoted'"),
    ],
)
def test_forms_of_a_word_find_each_other(text, words, shelf):
    assert find(shelf({"a": ("", text), "b": ("", "Zebras")}), words) == ["a"]


@pytest.mark.parametrize("words", ["string", "speed", "red", "c", "", "   ", "the of", "?!", "zzz"])
def test_other_words_find_nothing(words, shelf):
    assert find(shelf({"a": ("The str", "The spe of C++ and r")}), words) == []


@pytest.mark.parametrize("words", ["'; drop table core.articles; --", "x' or '1' = '1", '"', "\\"])
def test_words_are_never_read_as_sql(words, shelf):
    data = shelf({"a": ("Kafka", "A log.")})

    assert find(data, words) == []
    assert find(data, "kafka") == ["a"]


def test_the_title_counts_more_than_the_text_and_more_words_more_than_one(shelf):
    filler = "Some other matter altogether. " * 20
    data = shelf(
        {
            "text": ("Weekly", f"Kafka. {filler}"),
            "title": ("Kafka", f"Weekly. {filler}"),
            "both": ("Weekly", f"Kafka on Flink. {filler}"),
            "neither": ("Weekly", filler),
            "long": ("Weekly", f"Kafka. {filler * 5}"),
        }
    )

    assert find(data, "kafka") == ["title", "text", "both", "long"]
    assert find(data, "kafka flink")[0] == "both"


def test_a_rare_word_counts_more_than_a_common_one(shelf):
    data = shelf({f"c{n}": ("", "common") for n in range(8)} | {"r": ("", "rare")})

    assert find(data, "common rare")[0] == "r"


def test_as_many_are_shown_as_one_asks_for(shelf):
    con = shelf({f"a{n}": ("", "kafka") for n in range(5)})

    found = con.execute("select article_id from search_articles('kafka', most := 2)").fetchall()

    assert found == [("a0",), ("a1",)]


def test_a_word_that_is_asked_for_twice_counts_once(shelf):
    con = shelf({"a": ("", "kafka"), "b": ("", "flink")})
    ((once, twice),) = con.execute(
        "select (select score from search_articles('kafka')),"
        " (select score from search_articles('Kafka kafkas KAFKA'))"
    ).fetchall()

    assert once == twice > 0


def test_a_new_an_edited_and_a_removed_article_follow(shelf):
    shelf({"a": ("Zebras", "stripes"), "b": ("Lions", "manes"), "c": ("Bears", "paws")})
    con = shelf({"a": ("Horses", "manes"), "b": ("Lions", "manes"), "d": ("Zebras", "hooves")})

    assert find(con, "zebra") == ["d"]
    assert find(con, "mane") == ["a", "b"]
    assert find(con, "bear paw stripe") == []


def test_an_archive_in_many_batches_is_found_whole(shelf, monkeypatch):
    monkeypatch.setattr(search, "_BATCH_CHARACTERS", 30)
    con = shelf({f"a{n}": ("", f"kafka in batch {n}") for n in range(5)})

    assert find(con, "kafka") == ["a0", "a1", "a2", "a3", "a4"]


@pytest.mark.slow
def test_an_index_kept_up_by_loads_is_the_one_a_whole_build_makes(
    tmp_path, put, world, build, as_of
):
    put(tmp_path, world)
    build(tmp_path, as_of)
    new = {"document_id": "ledger-d", "published_at": as_of, "title": "Zebras", "text": "stripes"}
    put(tmp_path, {"articles": [{"article_id": "z"} | new]})

    build(tmp_path, as_of)
    with warehouse.connect(tmp_path) as con:
        kept = terms(con)
        assert find(con, "zebra") == ["z"]
    build(tmp_path, as_of, whole=True)
    with warehouse.connect(tmp_path) as con:
        assert terms(con) == kept


def test_nothing_of_the_index_goes_without_a_comment(con):
    bare = con.execute(
        "select table_name from duckdb_tables()"
        " where schema_name = 'search' and comment is null"
        " union all"
        " select column_name from duckdb_columns()"
        " where schema_name = 'search' and comment is null"
    ).fetchall()

    assert bare == []
