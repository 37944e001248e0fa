"""Topics: evidence, length, weights and shields."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.lexicons import load_lexicons
from transforms.lexicons.topic_lexicon import parse_topics
from transforms.terms import build_term_index
from transforms.topics import MOST_TOPICS_LONG, tag_topics

SMALL = parse_topics(
    {
        "version": "1",
        "areas": {"things": "Things"},
        "topics": {
            "queues": {
                "name": "Queues",
                "area": "things",
                "strong": ["message queue", "dead letter"],
                "plain": ["queue"],
                "weak": ["retry"],
                "exclude": ["hair queue"],
            },
            "caches": {"name": "Caches", "area": "things", "strong": ["cache"], "weak": ["stale"]},
        },
    }
)


@pytest.fixture(scope="module")
def small():
    index = build_term_index(SMALL.terms())
    return replace(load_lexicons(), topics=SMALL, term_index=index)


def ids(tags):
    return [tag.topic_id for tag in tags]


def test_a_topic_names_the_terms_that_gave_it_strongest_first(small):
    (tag,) = tag_topics(None, (), "A message queue feeds the queue. Retry, retry.", small)
    assert tag.topic_id == "queues"
    assert tag.rank == 1
    assert tag.evidence == ("message queue", "queue", "retry")


def test_a_single_word_in_passing_is_no_topic(small):
    assert tag_topics("Lunch", (), "We stood in a queue for soup.", small) == ()


def test_a_strong_term_in_the_title_is_enough(small):
    assert ids(tag_topics("The Cache Was Empty", (), "Nobody knew why.", small)) == ["caches"]


def test_weak_terms_never_carry_a_topic(small):
    assert tag_topics("Stale", (), "Stale, stale, stale.", small) == ()


def test_a_longer_phrase_shields_the_terms_inside_it(small):
    assert tag_topics("The Hair Queue", (), "A hair queue is cut, retry later.", small) == ()


def test_plurals_and_hyphens_are_the_same_term(small):
    (tag,) = tag_topics(None, (), "Message-queues and dead letters.", small)
    assert tag.evidence == ("dead letter", "message queue")


def test_headings_count_more_than_the_body_alone(small):
    text = "A message queue and a dead letter. " + "Word " * 900
    (plain,) = tag_topics(None, (), text + "retry", small)
    (headed,) = tag_topics(None, ("Message Queues",), text + "retry", small)
    assert headed.score > plain.score


def test_the_same_namings_weigh_less_in_a_longer_text(small):
    text = "A message queue, a dead letter, a queue, a retry. " * 6
    (short,) = tag_topics(None, (), text, small)
    (long,) = tag_topics(None, (), text + "word " * 2000, small)
    assert long.score < short.score


def test_the_feeds_own_categories_are_evidence(small):
    assert tag_topics(None, (), "Nothing to see.", small) == ()
    assert ids(tag_topics(None, (), "Nothing to see.", small, categories=("cache",))) == ["caches"]


def test_topics_are_ranked_by_score_without_gaps():
    text = (
        "PostgreSQL replicas, a database shard and a read replica. Redis as cache, cache misses "
        "and cache eviction. Kafka consumer groups and stream processing. "
    ) * 3
    tags = tag_topics("Databases and Caching", (), text, load_lexicons())
    assert [tag.rank for tag in tags] == list(range(1, len(tags) + 1))
    assert [tag.score for tag in tags] == sorted((tag.score for tag in tags), reverse=True)
    assert {"databases", "caching"} <= set(ids(tags))


@given(st.text(max_size=400), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_gives_ordered_tags_with_evidence_or_none(text, headings):
    tags = tag_topics(text[:80], headings, text, load_lexicons())
    assert len(tags) <= MOST_TOPICS_LONG
    assert all(tag.evidence and tag.score > 0 for tag in tags)
    assert len({tag.topic_id for tag in tags}) == len(tags)
