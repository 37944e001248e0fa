"""Substack's API, whose every field may be missing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.substack_api import parse_archive_page, parse_post, read_post

POST = {
    "id": 7,
    "title": "EP1: Caches &amp; more",
    "subtitle": "What a cache is",
    "slug": "ep1-caches",
    "audience": "everyone",
    "post_date": "2025-03-01T16:30:12.345Z",
    "canonical_url": "https://letters.example/p/ep1-caches",
    "wordcount": 12,
    "body_html": "<p>Words of the post.</p>",
    "publishedBylines": [{"name": "Ada"}, {"handle": "no-name"}, "odd"],
    "previous_post_slug": "ep0",
    "next_post_slug": None,
    "reaction_count": 3,
}


def post(**changes):
    return json.dumps({**POST, **changes}).encode()


def entry(**changes):
    return parse_post(post(**changes)).entries[0]


def test_a_post_is_an_entry_with_the_feeds_values():
    parsed = parse_post(post())

    (found,) = parsed.entries
    assert (parsed.format, parsed.platform) == ("html", "substack")
    assert parsed.home_url == "https://letters.example"
    assert found.url == "https://letters.example/p/ep1-caches"
    assert found.content_html == "<p>Words of the post.</p>"
    assert found.summary_html == "What a cache is"
    assert found.authors == ("Ada",)
    assert found.published_raw == "2025-03-01T16:30:12.345Z"


def test_neighbours_are_named():
    found = read_post(post())

    assert (found.previous_slug, found.next_slug, found.is_cut) == ("ep0", None, False)


@pytest.mark.parametrize("body", [None, "", "<p>The free opening.</p>"])
def test_a_cut_paid_post_ends_in_the_link_that_cuts_it_in_the_feed(body):
    found = entry(audience="only_paid", body_html=body, wordcount=2000)

    assert found.content_html.endswith(
        '<p><a href="https://letters.example/p/ep1-caches">Read more</a></p>'
    )


def test_a_paid_post_that_comes_whole_is_not_cut():
    found = entry(audience="only_paid", body_html="<p>One two three four.</p>", wordcount=4)

    assert "Read more" not in found.content_html


def test_counts_of_likes_are_no_edit():
    assert entry(reaction_count=99).entry_hash == entry().entry_hash
    assert entry(title="Other").entry_hash != entry().entry_hash


def test_a_page_of_the_archive_lists_posts_with_their_dates():
    body = json.dumps([POST, POST, {"slug": "bare"}, {"title": "no slug"}, 3]).encode()

    first, second = parse_archive_page(body, "https://letters.example/api/v1/archive")

    assert (first.slug, first.published_at.year) == ("ep1-caches", 2025)
    assert second.url == "https://letters.example/p/bare"


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"errors": []}', b"[" * 9999])
def test_other_answers_are_neither_archive_nor_post(body):
    assert parse_archive_page(body, "") is None
    assert read_post(body) is None
    assert parse_post(body).troubles[0].reason == "not_a_post"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*POST]), inner),
    max_leaves=12,
)


@given(JSON)
def test_no_value_in_any_field_raises(value):
    body = json.dumps(value).encode()
    parse_post(body)
    parse_archive_page(body, "")
    for name in POST:
        parse_post(json.dumps({**POST, name: value}).encode())
        parse_archive_page(json.dumps([{**POST, name: value}]).encode(), "https://x.example")
