import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import warehouse
from warehouse.connection import WarehouseMissingError
from warehouse.models import ModelError
from warehouse.queries import QueryError, find_queries, run_query

ROOT = Path(__file__).parents[2]
QUERIES = find_queries()
SHOWN_BY_THE_DEMO = {
    "top_sponsors": {},
    "topics_rising": {"months": 1},
    "publishing_rhythm": {},
    "feed_health": {},
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory, put, world, as_of, build):
    data = tmp_path_factory.mktemp("filled")
    put(data, world)
    build(data, as_of)
    with warehouse.connect(data) as con:
        yield con


@pytest.fixture(scope="module")
def empty(tmp_path_factory, as_of, build):
    data = tmp_path_factory.mktemp("empty")
    build(data, as_of)
    with warehouse.connect(data) as con:
        yield con


@pytest.fixture(scope="module")
def filled_with_edits(tmp_path_factory, put, build, as_of):
    """Return a warehouse with articles of 2019, first seen in May 2026 and edited a week on.

    Of `e` title and text were edited, of `ad` its advertising, of `f` nothing.
    """
    seen = [datetime(2026, 5, day, 12, tzinfo=UTC) for day in (2, 10)]
    titles = {"e": "Kafka is alive", "ad": "An issue", "f": "Kafka at rest"}
    changes = {"e": ["title", "body"], "ad": ["sponsor"]}
    first = {"document_id": "d1", "first_seen_at": seen[0]}
    published = {"published_at": datetime(2019, 1, 1, tzinfo=UTC)}
    data = tmp_path_factory.mktemp("edits")
    put(
        data,
        {
            "feeds": [{"feed_id": "ledger"}],
            "documents": [{"document_id": "d1", "fetched_at": seen[0]}],
            "articles": [
                {"article_id": name, "title": title, "revision": 2 if name in changes else 1}
                | {"last_seen_at": seen[1]}
                | first
                | published
                for name, title in titles.items()
            ],
            "article_revisions": [
                {"article_id": name, "revision": 1, "seen_at": seen[0]}
                | {"title": "Kafka is dead" if name == "e" else title}
                for name, title in titles.items()
            ]
            + [
                {"article_id": name, "revision": 2, "seen_at": seen[1], "changes": what}
                | {"title": titles[name]}
                for name, what in changes.items()
            ],
            "article_topics": [
                {"article_id": name, "topic_id": topic, "month": "2019-01"}
                for name, topic in (("e", "kafka"), ("f", "kafka"), ("ad", "ads"))
            ],
            "sponsors": [{"sponsor_id": "workos", "sponsor_name": "WorkOS"}],
            "sponsor_placements": [
                {"placement_id": f"p-{name}", "article_id": name, "sponsor_id": "workos"}
                | {"sponsor_name": "WorkOS"}
                | published
                for name in ("ad", "f")
            ],
        },
    )
    assert build(data, as_of).is_published
    with warehouse.connect(data) as con:
        yield con


@pytest.mark.parametrize("name", QUERIES)
def test_a_saved_query_answers_on_empty_and_on_filled_tables(name, empty, filled):
    answer = run_query(empty, QUERIES[name], {})
    assert answer.rows == [] or name == "checks"
    assert run_query(filled, QUERIES[name], {}).columns == answer.columns


@pytest.mark.parametrize("name", SHOWN_BY_THE_DEMO)
def test_an_answer_of_the_demo_fits_a_terminal(name, filled):
    answer = run_query(filled, QUERIES[name], SHOWN_BY_THE_DEMO[name])

    assert answer.rows
    cells = zip(answer.columns, *(map(str, row) for row in answer.rows), strict=True)
    assert sum(max(map(len, column)) + 3 for column in cells) <= 100


def test_a_parameter_narrows_an_answer(filled):
    feeds = [row[0] for row in run_query(filled, QUERIES["publishing_rhythm"], {}).rows]
    one = run_query(filled, QUERIES["publishing_rhythm"], {"feed": "forge"}).rows

    assert feeds == ["forge", "ledger"]
    assert [row[0] for row in one] == ["forge"]


def test_a_value_given_as_text_becomes_what_the_default_is(filled):
    rows = run_query(filled, QUERIES["newest_articles"], {"rows": "3", "feed": "null"}).rows

    assert len(rows) == 3


def test_items_of_digests_are_found_by_topic_and_by_heading(filled):
    by_topic = run_query(filled, QUERIES["digest_items"], {"topic": "ai-agents"}).rows
    by_heading = run_query(filled, QUERIES["digest_items"], {"topic": "agents at"}).rows

    assert [row[1:4] for row in by_topic] == [("ledger", "Agents at Work", 1.0)]
    assert [row[1:4] for row in by_heading] == [("ledger", "Agents at Work", None)]


def test_a_digest_with_an_item_about_a_topic_is_about_it_too(filled):
    rows = filled.sql("select title, found_as from articles_about('ai-agents')").fetchall()

    assert sum("item" in found_as for _, found_as in rows) == 1


def test_an_unknown_parameter_is_named(filled):
    with pytest.raises(QueryError, match=r"top_sponsors has no parameter 'fed'; it has: feed, "):
        run_query(filled, QUERIES["top_sponsors"], {"fed": "ledger"})


def test_a_value_of_another_kind_is_named(filled):
    with pytest.raises(QueryError, match=r"rows takes a value such as 10, not 'many'"):
        run_query(filled, QUERIES["top_sponsors"], {"rows": "many"})


def test_a_value_is_never_read_as_sql(filled):
    trick = "x' or 1 = 1 --"

    assert run_query(filled, QUERIES["publishing_rhythm"], {"feed": trick}).rows == []


WITHOUT_PANDAS = """
import sys
import duckdb
from warehouse.queries import Parameter, Query, run_query

words = Parameter(name="words", default="x", description="Words")
query = Query(name="q", question="Q?", parameters=(words,), sql="select $words")
assert run_query(duckdb.connect(), query, {"words": "it's"}).rows == [("it's",)]
assert "pandas" not in sys.modules
"""


def test_an_answer_does_not_wait_for_pandas():
    subprocess.run([sys.executable, "-c", WITHOUT_PANDAS], check=True, cwd=ROOT)


def test_a_value_the_database_refuses_is_an_error_of_the_query(filled):
    with pytest.raises(QueryError, match="newest_articles cannot be answered"):
        run_query(filled, QUERIES["newest_articles"], {"rows": -5})


def test_a_query_reads_its_question_and_parameters_from_its_file(tmp_path):
    (tmp_path / "busy.sql").write_text(
        "-- Which feeds are busy?\n-- param: share = 0.5  Least share\n-- param: feed = null  One\n"
        "select $share, $feed\n",
        encoding="utf-8",
    )

    query = find_queries(tmp_path)["busy"]

    assert query.question == "Which feeds are busy?"
    assert [(p.name, p.default, p.description) for p in query.parameters] == [
        ("share", 0.5, "Least share"),
        ("feed", None, "One"),
    ]


def test_a_file_without_a_question_is_named(tmp_path):
    (tmp_path / "busy.sql").write_text("-- Busy feeds.\nselect 1\n", encoding="utf-8")

    with pytest.raises(ModelError, match=r"busy\.sql must open with its question"):
        find_queries(tmp_path)


def test_the_warehouse_cannot_be_written_to(filled):
    with pytest.raises(Exception, match="read-only"):
        filled.execute("delete from core.articles")


def test_a_missing_warehouse_is_named_with_the_cure(tmp_path):
    with pytest.raises(
        WarehouseMissingError, match=r"feedhouse\.duckdb does not exist.*feedhouse run"
    ):
        warehouse.connect(tmp_path)


MACROS = {
    "articles_about('AI-agents')": 12,
    "articles_about('datadog')": 2,
    "articles_about('ledger number 3')": 1,
    "cadence_of('forge')": 1,
    "compare_feeds('ledger', 'forge')": 2,
    "first_mention('kafka')": 2,
    "search_articles('vector')": 12,
    "search_articles('vector index')": 12,
    "search_articles('zebra')": 0,
    "sponsor_history('Datadog')": 4,
    "sponsor_history('data dog')": 4,
    "sponsors_asof(date '2026-03-01')": 0,
    "sponsors_asof('2026-03-05')": 1,
    "titles_asof(date '2026-03-05')": 2,
    "titles_asof('2026-03-04')": 0,
    "topics_asof('2026-03-05')": 1,
    "topics_asof('2026-03-04')": 0,
    "topic_trend('ai-agents')": 3,
    "who_sponsors('ledger')": 1,
}


@pytest.mark.parametrize(("call", "row_count"), MACROS.items())
def test_a_macro_answers(call, row_count, filled, empty):
    assert len(filled.execute(f"from {call}").fetchall()) == row_count
    assert empty.execute(f"from {call}").fetchall() == []


def test_sponsors_asof_counts_what_had_been_seen_by_that_day(filled):
    sql = "select placement_count, last_at::date::varchar from sponsors_asof('2026-03-19')"

    assert filled.execute(sql).fetchall() == [(2, "2026-03-19")]


def test_titles_asof_has_the_title_an_article_had_on_that_day(filled_with_edits):
    sql = "select title, revision, is_changed_since from titles_asof($day) where article_id = 'e'"
    answers = {
        day: filled_with_edits.execute(sql, {"day": day}).fetchall()
        for day in ("2026-05-01", "2026-05-02", "2026-05-09", "2026-05-10")
    }

    assert answers == {
        "2026-05-01": [],
        "2026-05-02": [("Kafka is dead", 1, True)],
        "2026-05-09": [("Kafka is dead", 1, True)],
        "2026-05-10": [("Kafka is alive", 2, False)],
    }


def test_topics_asof_counts_texts_of_that_day_and_tells_of_those_that_are_gone(filled_with_edits):
    sql = "select topic_id, article_count, changed_count, share from topics_asof($day)"
    answers = {
        day: filled_with_edits.execute(sql, {"day": day}).fetchall()
        for day in ("2026-05-01", "2026-05-02", "2026-05-10")
    }

    assert answers == {
        "2026-05-01": [],
        "2026-05-02": [("kafka", 1, 1, 0.5), ("ads", 1, 0, 0.5)],
        "2026-05-10": [("kafka", 2, 0, 0.6667), ("ads", 1, 0, 0.3333)],
    }


def test_sponsors_asof_tells_apart_placements_of_issues_whose_advertising_changed(
    filled_with_edits,
):
    sql = "select sponsor_id, placement_count, changed_count from sponsors_asof($day)"
    answers = {
        day: filled_with_edits.execute(sql, {"day": day}).fetchall()
        for day in ("2026-05-01", "2026-05-02", "2026-05-10")
    }

    assert answers == {
        "2026-05-01": [],
        "2026-05-02": [("workos", 1, 1)],
        "2026-05-10": [("workos", 2, 0)],
    }


def test_search_ranks_articles_with_more_of_the_words_first(filled):
    sql = "select title from search_articles('vector forge') limit 1"

    ((title,),) = filled.execute(sql).fetchall()

    assert title.startswith("forge number")


def test_macros_carry_a_comment(filled):
    sql = (
        "select function_name from duckdb_functions()"
        " where database_name = 'feedhouse' and not internal and comment is null"
    )

    assert filled.execute(sql).fetchall() == []
