"""Phrases that rise against their own past."""

from datetime import date, timedelta

from transforms.emerging import emerging_terms
from transforms.lexicons import load_lexicons

TODAY = date(2026, 6, 30)
WORDS = ("break", "bend", "melt", "ring", "shine")


def row(article_id, title, *, days_ago, feed_id="letter-0", headings=()):
    return {
        "article_id": article_id, "feed_id": feed_id, "title": title, "headings": list(headings),
        "published_date": TODAY - timedelta(days=days_ago), "as_of_date": TODAY,
    }  # fmt: skip


def past(count=40):
    return [
        row(f"p{n}", f"Old story number {n}", days_ago=100 + 5 * n, feed_id=f"letter-{n % 2}")
        for n in range(count)
    ]


def found(rows):
    return {term.term: term for term in emerging_terms(rows, load_lexicons())}


def test_a_phrase_that_is_new_in_several_articles_emerges():
    recent = [
        row(f"r{n}", f"Glass ledgers {WORDS[n]}", days_ago=n, feed_id=f"letter-{n % 2}")
        for n in range(4)
    ]

    term = found([*past(), *recent])["glass ledgers"]

    assert (term.article_count, term.feed_count, term.past_article_count) == (4, 2, 0)
    assert term.share == 1.0
    assert term.example_title == "Glass ledgers break"


def test_a_phrase_that_was_always_written_does_not():
    rows = [row(f"s{n}", "The glass ledger story", days_ago=12 * n) for n in range(35)]

    assert found(rows) == {}


def test_two_articles_are_chance():
    recent = [row(f"r{n}", "Glass ledgers", days_ago=n) for n in range(2)]

    assert "glass ledgers" not in found([*past(), *recent])


def test_what_a_topic_or_technology_stands_for_is_not_emerging():
    recent = [row(f"r{n}", "Rate limiting with Kafka", days_ago=n) for n in range(5)]

    assert not {"rate limiting", "kafka"} & set(found([*past(), *recent]))


def test_parts_of_a_longer_phrase_are_left_out():
    recent = [row(f"r{n}", f"Glass ledgers: we {WORDS[n]}", days_ago=n) for n in range(5)]

    assert set(found([*past(), *recent])) == {"glass ledgers"}


def test_headings_count_and_an_article_counts_once():
    recent = [
        row(f"r{n}", "Notes", days_ago=n, headings=["Glass ledgers", "More glass ledgers"])
        for n in range(3)
    ]

    assert found([*past(), *recent])["glass ledgers"].article_count == 3


def test_without_a_past_nothing_can_be_said():
    assert found([row(f"r{n}", "Glass ledgers", days_ago=n) for n in range(5)]) == {}


def test_future_and_ancient_articles_do_not_count():
    rows = [
        *past(),
        *(row(f"x{n}", "Glass ledgers", days_ago=d) for n, d in enumerate((-3, -2, -1, 900))),
    ]

    assert "glass ledgers" not in found(rows)


def recent_titles(*titles, feed_id="letter-0"):
    return [row(f"r{n}", title, days_ago=n, feed_id=feed_id) for n, title in enumerate(titles)]


def test_a_standing_headline_is_no_term():
    rows = [
        row(f"r{n}", f"Story {WORDS[n]}", days_ago=n, headings=[f"{n} July: from the glass desk"])
        for n in range(5)
    ]

    assert found([*past(), *rows]) == {}


def test_a_feed_without_a_past_says_nothing_of_what_rises():
    rows = recent_titles(*(f"Glass ledgers {word}" for word in WORDS), feed_id="newcomer")

    assert found([*past(), *rows]) == {}


def test_the_name_of_a_feed_is_no_term():
    old = [row(f"p{n}", "Old story", days_ago=100 + n, feed_id="glass-weekly") for n in range(9)]
    rows = recent_titles(*(f"Glass Weekly {word}" for word in WORDS), feed_id="glass-weekly")

    assert found([*old, *rows]) == {}


def test_plain_words_alone_are_no_terms():
    rows = recent_titles(*(f"Something {word}: support, July, results" for word in WORDS))

    assert found([*past(), *rows]) == {}


def test_what_is_left_of_a_known_phrase_is_no_term():
    rows = recent_titles(*(f"Change data capture {word}" for word in WORDS))

    assert found([*past(), *rows]) == {}


def test_a_phrase_does_not_run_over_filler_words_but_for_joining_ones():
    rows = recent_titles(*(f"Ledgers and glass, lore of ledgers: {word}" for word in WORDS))

    assert set(found([*past(), *rows])) == {"lore of ledgers", "glass"}
