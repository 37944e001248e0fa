"""The truth of the newsroom against the bytes its feeds consist of."""

import re
from datetime import timedelta

import feedparser
import pytest

from orchestration.demo.dialects import atom, ghost, medium, render_feed, substack, wordpress
from orchestration.demo.newsroom import NEWSROOM_END, build_newsroom, moments
from orchestration.demo.newsroom.windows import WINDOW, window

BODIES = {
    "substack": substack.body,
    "ghost": ghost.body,
    "medium": medium.body,
    "wordpress": wordpress.body,
    "atom": atom.body,
}
EDITORIAL_WORDS = {"deep_dive": (250, 750), "digest": (200, 750)}


@pytest.fixture(scope="module")
def newsroom():
    return build_newsroom()


@pytest.fixture(scope="module")
def bodies(newsroom):
    return [
        (post.truth, BODIES[publication.truth.platform](post))
        for publication in newsroom.publications
        for post in publication.posts
    ]


def parse(body: bytes):
    return feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)


def attribute(url: str) -> str:
    return url.replace("&", "&amp;")


def test_the_same_seed_gives_the_same_bytes(newsroom):
    again = build_newsroom(newsroom.seed)
    for first, second in zip(newsroom.publications, again.publications, strict=True):
        assert render_feed(first, NEWSROOM_END) == render_feed(second, NEWSROOM_END)


def test_a_window_never_shows_more_than_twenty_entries_nor_one_of_the_future(newsroom):
    for publication in newsroom.publications:
        for moment in moments(newsroom):
            shown = window(publication, moment)
            assert len(shown) <= WINDOW
            assert all(each.post.truth.published_at <= moment for each in shown)


def test_feedparser_reads_every_entry_of_every_window(newsroom):
    for publication in newsroom.publications:
        for moment in moments(newsroom)[::6]:
            shown = window(publication, moment)
            parsed = parse(render_feed(publication, moment))
            assert not parsed.bozo
            assert [entry.title for entry in parsed.entries] == [
                each.post.truth.title for each in shown
            ]


def test_published_times_survive_every_dialect(newsroom):
    for publication in newsroom.publications:
        shown = window(publication, NEWSROOM_END)
        parsed = parse(render_feed(publication, NEWSROOM_END))
        assert [entry.published_parsed[:6] for entry in parsed.entries] == [
            each.post.truth.published_at.timetuple()[:6] for each in shown
        ]


def test_polling_at_the_moments_misses_no_entry_and_every_window_overlaps_the_last(newsroom):
    for publication in newsroom.publications:
        seen, before = set(), None
        for moment in moments(newsroom):
            shown = {each.post.truth.guid for each in window(publication, moment)}
            assert before is None or shown & before
            seen |= shown
            before = shown
        assert seen == {post.truth.guid for post in publication.posts}


def test_about_twelve_moments_are_enough(newsroom):
    assert 10 <= len(moments(newsroom)) <= 15


def test_nothing_changes_between_the_last_two_moments(newsroom):
    *_, before, last = moments(newsroom)
    assert last == NEWSROOM_END
    for publication in newsroom.publications:
        assert render_feed(publication, before) == render_feed(publication, last)


def test_the_moments_show_both_texts_of_the_corrected_post(newsroom):
    publication = newsroom.publications[0]
    (revised,) = [post for post in publication.posts if post.revised_body]
    states = {
        each.is_revised
        for moment in moments(newsroom)
        for each in window(publication, moment)
        if each.post is revised
    }
    assert states == {True, False}
    assert substack.body(revised) != substack.body(revised, is_revised=True)


def test_every_placement_of_the_truth_has_its_block_in_the_html(bodies):
    for truth, body in bodies:
        for placement in truth.placements:
            assert f'href="{attribute(placement.landing_url)}"' in body
            assert placement.headline in body
            assert placement.sponsor_name.replace(" ", "") in body.replace(" ", "")


def test_a_labelled_heading_carries_its_label_and_others_none(bodies):
    for truth, body in bodies:
        text = re.sub(r"<[^>]+>", "", body)
        assert text.count("(Sponsored)") == sum(
            placement.label_text == "(Sponsored)" for placement in truth.placements
        )
        assert all(
            placement.label_text in text for placement in truth.placements if placement.is_labelled
        )


def test_position_in_the_truth_is_position_in_the_html(bodies):
    for truth, body in bodies:
        text = re.sub(r"<[^>]+>", "", body)
        for placement in truth.placements:
            is_first = text.index(placement.headline) < 60
            assert is_first == (placement.position == "top")


def test_every_house_promotion_links_its_slug_through_the_redirector(bodies):
    promotions = [(p, body) for truth, body in bodies for p in truth.house_promotions]
    assert {promotion.position for promotion, _ in promotions} == {
        "top",
        "middle",
        "bottom",
        "whole",
    }
    for promotion, body in promotions:
        assert promotion.landing_url.endswith(f"/{promotion.slug}")
        assert f'href="{promotion.landing_url}"' in body


def test_only_paid_posts_end_in_read_more(bodies):
    for truth, body in bodies:
        is_cut = bool(re.search(r"<p>\s*<a href=[^>]+>\s*Read more\s*</a>\s*</p>\s*$", body))
        assert is_cut == truth.is_paywalled == (truth.kind == "preview")


def test_references_are_linked_after_their_heading(bodies):
    for truth, body in bodies:
        ending = body[body.rindex("References") :] if truth.references else ""
        assert all(f'href="{url}"' in ending for url in truth.references)
        assert len(truth.references) <= 3


def test_subject_companies_are_named_in_the_text(bodies):
    for truth, body in bodies:
        for company in truth.subject_companies:
            assert company in truth.title + body or truth.feed_id.startswith(company.lower())


def test_articles_have_a_credible_length(bodies):
    for truth, body in bodies:
        if truth.kind in EDITORIAL_WORDS:
            words = len(re.sub(r"<[^>]+>", " ", body).split())
            low, high = EDITORIAL_WORDS[truth.kind]
            assert low <= words <= high


def test_no_slot_is_left_unfilled_in_prose(bodies):
    for _, body in bodies:
        prose = re.sub(
            r"<pre.*?</pre>|<svg.*?</svg>|data-attrs=\"[^\"]*\"", "", body, flags=re.DOTALL
        )
        assert not re.search(r"\{\w+\}|\*\*|\]\(", prose)


def test_one_entry_is_listed_twice_under_another_tracked_address(newsroom):
    (publication,) = [each for each in newsroom.publications if each.truth.platform == "wordpress"]
    (post,) = [post for post in publication.posts if post.repeat_url]
    moment = post.truth.published_at + timedelta(minutes=1)
    twice = parse(render_feed(publication, moment)).entries[:2]
    assert twice[0].id == twice[1].id == post.truth.guid
    assert twice[0].link != twice[1].link


def test_the_atom_feed_moves_from_http_to_https(newsroom):
    (publication,) = [each for each in newsroom.publications if each.truth.platform == "atom"]
    since = publication.truth.secure_since
    links = {}
    for moment in moments(newsroom):
        entries = parse(render_feed(publication, moment)).entries
        schemes = {entry.link.partition(":")[0] for entry in entries}
        links[moment.date() >= since] = links.get(moment.date() >= since, set()) | schemes
    assert links == {False: {"http"}, True: {"https"}}
