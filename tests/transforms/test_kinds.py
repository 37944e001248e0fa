"""Kinds, issue numbers, cut openings and the lists that digests open with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.kinds import (
    classify_kind,
    is_cut_at_announcement,
    read_digest_items,
    read_issue_number,
)
from transforms.lexicons import load_lexicons

LONG = 1500


def kind(title, text, *, word_count=None, is_paywalled=False, **facts):
    return classify_kind(
        title,
        text,
        load_lexicons(),
        is_paywalled=is_paywalled,
        word_count=len(text.split()) if word_count is None else word_count,
        **facts,
    )


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("EP216: RAGs vs Agents", 216),
        ("Issue 42: Small Databases", 42),
        ("Parcel Weekly #118", 118),
        ("Parcel Weekly issue-12", 12),
        ("Volume 3: Queues", 3),
        ("How to Close Bug #17", None),
        ("Part 2: The Cutover", None),
        ("From 90 Seconds to 5", None),
        ("Serving 675 Million Users", None),
        ("Python 3.14 Is Out", None),
        (None, None),
    ],
)
def test_an_issue_number_is_one_only_where_issues_have_it(title, number):
    assert read_issue_number(title) == number


def test_a_cut_article_is_a_preview():
    assert kind("A Guide to Retries", "Networks fail.", is_paywalled=True) == "preview"


def test_a_cut_digest_is_still_a_digest():
    assert kind("EP9: Three Things", "First things first.", is_paywalled=True) == "digest"


def test_sections_that_are_items_make_a_digest():
    items = ("Queues", "Caches", "Logs")
    assert kind("Three Pictures", "Look at them.", item_headings=items) == "digest"


def test_an_issue_of_own_offers_only_is_a_promo():
    assert kind("A New Channel", "", word_count=0, house_word_count=90) == "promo"


def test_a_long_article_with_words_of_an_offer_is_no_promo():
    text = "Enroll and register: how our sign up form works. In this article, we will look at it."
    assert kind("The Form", text, word_count=LONG) == "deep_dive"


def test_labels_before_colons_are_no_speakers():
    text = "Note: one.\nStep: two.\nStep: three.\nStep: four.\nResult: five."
    assert kind("A Recipe", text) == "other"


def test_answers_of_one_speaker_make_an_interview():
    text = "\n".join(["We met Tomas.", *["Tomas: It was raining that day."] * 3])
    assert kind("On Trains", text, word_count=LONG) == "interview"


def test_we_must_be_said_often_to_tell_of_ones_own_work():
    told = "Then we moved our queue. " * 140
    essay = "The machine moves and the institution waits. " * 140
    assert kind("The Queue", told) == "deep_dive"
    assert kind("The Machine", essay) == "other"


def test_a_short_tip_is_no_deep_dive():
    assert kind("Save Faster", "We map one key, and our hands thank us. " * 5) == "other"


def test_an_opening_that_announces_and_ends_is_cut():
    text = "Networks fail.\nIn this article, we will look at six ways to try again."
    assert is_cut_at_announcement(text, 14)
    assert not is_cut_at_announcement(text + "\nFirst, wait.\nThen, try again.\nStop.", 22)
    assert not is_cut_at_announcement(text, LONG)
    assert is_cut_at_announcement("Networks fail.\nWhy They Fail\nRead more", 7)


def test_a_digests_list_ends_where_prose_begins():
    text = (
        "This week’s system design refresher:\n• Cookies and Sessions\n• How DNS Answers\n"
        "• Nine Kinds of Index\nCookies and Sessions\nA cookie is a note."
    )
    assert read_digest_items(text) == (
        "Cookies and Sessions",
        "How DNS Answers",
        "Nine Kinds of Index",
    )
    assert read_digest_items("What we need:\nA cup\nThen water is boiled for a while.") == ()


@given(st.text(max_size=300), st.text(max_size=600), st.booleans())
def test_any_article_has_a_kind(title, text, is_paywalled):
    kinds = {"deep_dive", "digest", "preview", "promo", "interview", "other"}
    assert kind(title, text, is_paywalled=is_paywalled) in kinds
