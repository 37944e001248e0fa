"""Tags anew from core text when the lexicons changed."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.normalise import normalise
from orchestration.normalise.retagging import compare_tags, retag
from orchestration.registry import FeedEntry, Registry
from tests.transforms.conftest import item, rss
from transforms.records import (
    RECORDS,
    Article,
    ArticleTopic,
    arrow_schema,
    to_arrow,
)
from warehouse.landing import Attempt
from warehouse.tables import read_rows, upsert

REGISTRY = Registry(path=Path("feeds.toml"), feeds=(FeedEntry(id="letter"),))
BODY = (
    "<p>Kafka moves events. A consumer group reads a partition of a topic, and stream processing"
    " joins two streams in Flink.</p>"
)
DIGEST = "".join(
    f'<h3><a href="https://e.example/{n}">Story {n} about Redis caching</a></h3><p>Cache it.</p>'
    for n in range(4)
)
OFFER = '<h2>Course</h2><p>Learn. <a href="https://go.news.example/course-1">Join</a></p><hr>'


@pytest.fixture
def core(landing, tmp_path):
    body = rss(
        item(BODY, slug="1", title="How Parcelo Built Stream Processing"),
        item(OFFER + DIGEST, slug="2", title="Reading list"),
    )
    attempt = Attempt(
        feed_id="letter", fetched_at=datetime(2026, 6, 1, tzinfo=UTC), outcome="imported",
        source_uri="file:///w.xml",
    )  # fmt: skip
    landing.land(attempt, body)
    core = tmp_path / "core"
    normalise(landing, core, REGISTRY)
    return core


def tables(core):
    return {
        record.TABLE.name: read_rows(core, arrow_schema(record)).to_pylist() for record in RECORDS
    }


def pretend_other_lexicons(core):
    """Mark all articles as tagged by other lexicons, and take their and their items' topics."""
    schema = arrow_schema(Article)
    rows = [
        Article(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
        for row in read_rows(core, schema).to_pylist()
    ]
    upsert(core, schema, to_arrow(Article, [replace(r, lexicon_version="old") for r in rows]))
    shutil.rmtree(core / "article_topics")
    shutil.rmtree(core / "section_topics")


def test_tagging_anew_gives_what_reading_the_bytes_gave(core):
    before = tables(core)
    pretend_other_lexicons(core)

    changes = retag(core)

    assert tables(core) == before
    assert {change.table for change in changes if change.new} == {
        "article_topics",
        "section_topics",
    }


def test_nothing_is_tagged_anew_under_the_same_lexicons(core):
    assert retag(core) == []


def test_a_run_of_normalise_tags_anew_by_itself(core, landing):
    before = tables(core)
    pretend_other_lexicons(core)

    normalise(landing, core, REGISTRY)

    assert tables(core) == before


def test_a_comparison_shows_what_would_change_and_writes_nothing(core):
    held = tables(core)
    topics = {("topic", row["topic_id"]) for row in held["article_topics"]}
    of_items = {("item topic", row["topic_id"]) for row in held["section_topics"]}
    pretend_other_lexicons(core)
    before = {path: path.read_bytes() for path in core.rglob("*.parquet")}

    changes = compare_tags(core)

    assert topics
    assert of_items
    assert {(change.what, change.tag) for change in changes} == topics | of_items
    assert all((c.old_count, c.lost) == (0, 0) and c.gained for c in changes)
    assert next(c for c in changes if c.what == "item topic").example.startswith("Story")
    assert {path: path.read_bytes() for path in core.rglob("*.parquet")} == before
    assert read_rows(core, arrow_schema(ArticleTopic)).num_rows == 0


def test_items_of_a_digest_are_tagged_and_paid_ones_are_not(core):
    held = tables(core)
    roles = {
        (row["article_id"], row["section_number"]): (row["role"], row["heading"])
        for row in held["sections"]
    }
    tagged = {roles[row["article_id"], row["section_number"]] for row in held["section_topics"]}

    assert tagged == {("digest_item", f"Story {n} about Redis caching") for n in range(4)}


def test_an_article_that_is_no_digest_any_more_has_no_items(core, landing):
    body = rss(item(BODY, slug="2", title="How Parcelo Built Stream Processing"))
    attempt = Attempt(
        feed_id="letter", fetched_at=datetime(2026, 6, 2, tzinfo=UTC), outcome="imported",
        source_uri="file:///later.xml",
    )  # fmt: skip
    landing.land(attempt, body)

    normalise(landing, core, REGISTRY)

    assert tables(core)["section_topics"] == []
