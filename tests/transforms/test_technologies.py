"""Technologies: aliases, boundaries, and names that are also words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.lexicons import load_lexicons
from transforms.technologies import find_technologies


def found(text, title=None):
    return {
        each.technology_name: each.mention_count
        for each in find_technologies(title, text, load_lexicons())
    }


def test_aliases_count_for_one_technology():
    assert found("Postgres, PostgreSQL and postgres again.") == {"PostgreSQL": 3}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ported to C++ last year", "C++"),
        ("a service in C#", "C#"),
        ("runs on Node.js", "Node.js"),
        ("HTTP/2 between them", "HTTP/2"),
        ("asked ChatGPT’s opinion", "ChatGPT"),
        ("“Kafka” in quotes", "Apache Kafka"),
        ("Kubernetes-based", "Kubernetes"),
        ("Elasticsearch\nand more", "Elasticsearch"),
    ],
)
def test_punctuation_around_and_within_names_is_read(text, name):
    assert name in found(text)


@pytest.mark.parametrize("text", ["Redistribution", "a mysqlish thing", "Javanese", "Kafkaesque"])
def test_a_name_inside_a_word_is_nothing(text):
    assert found(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "The daemon is written in Go.",
        "talks on Rust, Go and Zig",
        "a small Go service",
        "services in Go and Python",
    ],
)
def test_go_is_a_language_where_the_words_say_so(text):
    assert found(text)["Go"] == 1


@pytest.mark.parametrize("text", ["Go home.", "Ready, Set, Go", "On the Go", "Go to the shop"])
def test_go_is_a_verb_elsewhere(text):
    assert "Go" not in found(text)


def test_r_and_c_are_languages_in_lists_and_before_code():
    assert {"C", "R"} <= set(found("A C compiler, and notebooks in R."))
    assert found("Plan C and vitamin C, section R.") == {}


def test_a_capital_within_a_sentence_is_a_name_and_at_its_start_may_be_a_word():
    assert found("We query it with Spark daily. Spark sorts it.") == {"Apache Spark": 2}
    assert found("Spark joy. React calmly. Express yourself.") == {}


def test_titles_capitalise_words_and_prove_nothing():
    assert found("Nothing here.", title="A Swift Spark of Rust") == {}
    assert found("We moved it to Swift.", title="A Swift App")["Swift"] == 2


def test_the_most_named_comes_first():
    text = "Redis, Redis, Redis and Kafka, Kafka. NGINX once."
    names = [each.technology_name for each in find_technologies(None, text, load_lexicons())]
    assert names == ["Redis", "Apache Kafka", "NGINX"]


@given(st.text(max_size=400))
def test_any_text_gives_each_technology_once(text):
    mentions = find_technologies(text[:60], text, load_lexicons())
    assert len({each.technology_id for each in mentions}) == len(mentions)
    assert all(each.mention_count > 0 for each in mentions)
