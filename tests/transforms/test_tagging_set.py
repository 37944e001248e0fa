"""Floors on our own labelled articles, traps among them: they only rise."""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from transforms.companies import find_companies
from transforms.kinds import classify_kind, read_issue_number
from transforms.lexicons import load_lexicons
from transforms.publishers import Publication, find_publisher
from transforms.technologies import find_technologies
from transforms.topics import tag_topics

SET = Path(__file__).parent / "tagging"
LEAST_ARTICLES = 210


@cache
def articles():
    return [
        article
        for path in sorted(SET.glob("*.toml"))
        for article in tomllib.loads(path.read_text())["article"]
    ]


def with_label(label):
    found = [article for article in articles() if label in article]
    assert found, label
    return found


def name_of(article):
    return article.get("title") or article["text"][:40]


def headings_of(article):
    return article.get("headings", ())


def topics_of(article):
    tags = tag_topics(article.get("title"), headings_of(article), article["text"], load_lexicons())
    return [tag.topic_id for tag in tags]


def companies_of(article):
    title = article.get("feed", "Plain Systems Newsletter")
    publication = Publication(
        feed_title=title, company_id=find_publisher(title, None, load_lexicons())
    )
    return find_companies(
        article.get("title"),
        headings_of(article),
        article["text"],
        publication,
        load_lexicons(),
        kind=article.get("kind", "deep_dive"),
    )


def technologies_of(article):
    found = find_technologies(
        article.get("title"), article["text"], load_lexicons(), headings=headings_of(article)
    )
    return {each.technology_name for each in found}


def kind_of(article):
    return classify_kind(
        article.get("title"),
        article["text"],
        load_lexicons(),
        is_paywalled=article.get("is_paywalled", False),
        word_count=article.get("word_count", len(article["text"].split())),
        headings=headings_of(article),
    )


def precision_and_recall(pairs):
    counts = Counter()
    for have, want in pairs:
        counts.update(right=len(have & want), false=len(have - want), missed=len(want - have))
    right = counts["right"]
    return right / (right + counts["false"]), right / (right + counts["missed"])


def test_the_set_is_large_and_has_every_topic_and_every_kind():
    assert len(articles()) >= LEAST_ARTICLES
    topics = {topic for article in with_label("topics") for topic in article["topics"]}
    assert topics == {topic.topic_id for topic in load_lexicons().topics.topics}
    kinds = {article["kind"] for article in with_label("kind")}
    assert kinds == {"deep_dive", "digest", "preview", "promo", "interview", "other"}


def test_topics_reach_their_floors():
    labelled = with_label("topics")
    precision, recall = precision_and_recall(
        (set(topics_of(article)), set(article["topics"])) for article in labelled
    )
    assert precision >= 0.87
    assert recall >= 0.98


def test_the_strongest_topic_of_an_article_is_one_a_reader_would_give():
    labelled = with_label("topics")
    right = [article for article in labelled if topics_of(article)[0] in article["topics"]]
    assert len(right) / len(labelled) >= 0.99


def test_a_false_friend_gives_no_topic():
    wrong = {
        name_of(article): false
        for article in with_label("not_topics")
        if (false := set(topics_of(article)) & set(article["not_topics"]))
    }
    assert wrong == {}


def test_subject_companies_reach_their_floors():
    precision, recall = precision_and_recall(
        (
            {each.company_name for each in companies_of(article) if each.role == "subject"},
            set(article["subjects"]),
        )
        for article in with_label("subjects")
    )
    assert precision >= 0.99
    assert recall >= 0.99


def test_companies_named_in_passing_are_mentions():
    missed = {
        name_of(article): lost
        for article in with_label("mentions")
        if (
            lost := set(article["mentions"]) - {each.company_name for each in companies_of(article)}
        )
    }
    assert missed == {}


def test_words_that_are_also_names_are_no_companies():
    wrong = {
        name_of(article): false
        for article in with_label("not_companies")
        if (
            false := set(article["not_companies"])
            & {each.company_name for each in companies_of(article)}
        )
    }
    assert wrong == {}


def test_technologies_reach_their_floor():
    labelled = with_label("technologies")
    wanted = sum(len(article["technologies"]) for article in labelled)
    found = sum(
        len(set(article["technologies"]) & technologies_of(article)) for article in labelled
    )
    assert found / wanted >= 0.99


def test_words_that_are_also_names_are_no_technologies():
    wrong = {
        name_of(article): false
        for article in with_label("not_technologies")
        if (false := set(article["not_technologies"]) & technologies_of(article))
    }
    assert wrong == {}


def test_kinds_reach_their_floor():
    labelled = with_label("kind")
    right = sum(kind_of(article) == article["kind"] for article in labelled)
    assert right / len(labelled) >= 0.99


@pytest.mark.parametrize(
    "article", with_label("issue_number"), ids=lambda article: article["title"]
)
def test_issue_numbers_are_read_from_titles(article):
    assert read_issue_number(article["title"]) == article["issue_number"]
