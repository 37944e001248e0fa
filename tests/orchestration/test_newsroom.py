from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from orchestration.demo.newsroom import (
    DECLINING_TOPICS,
    NEWSROOM_END,
    NEWSROOM_START,
    RISING_TOPICS,
    Newsroom,
    build_newsroom,
)
from orchestration.demo.newsroom.material import load_material
from orchestration.demo.newsroom.truth import PostTruth


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return build_newsroom()


def posts_of(newsroom, feed_id):
    return [post for post in newsroom.posts if post.feed_id == feed_id]


def share(posts: list[PostTruth], topic: str) -> float:
    return sum(topic in post.topics for post in posts) / len(posts)


def test_the_same_seed_gives_the_same_truth(newsroom):
    assert build_newsroom(newsroom.seed).posts == newsroom.posts


def test_another_seed_gives_another_newsroom(newsroom):
    assert build_newsroom(newsroom.seed + 1).posts != newsroom.posts


def test_five_publications_of_five_platforms_cover_two_years(newsroom):
    assert len({feed.platform for feed in newsroom.feeds}) == 5
    times = [post.published_at for post in newsroom.posts]
    assert min(times) - NEWSROOM_START < timedelta(days=7)
    assert NEWSROOM_END - max(times) < timedelta(days=7)


def test_no_feed_uses_a_guid_or_an_address_twice(newsroom):
    for feed in newsroom.feeds:
        posts = posts_of(newsroom, feed.feed_id)
        assert len({post.guid for post in posts}) == len(posts)
        assert len({post.url for post in posts}) == len(posts)


def test_the_newsletter_doubles_its_rhythm_in_the_second_year(newsroom):
    change = newsroom.feeds[0].regimes[1].first_day
    days = [post.published_at.date() for post in posts_of(newsroom, "loadbearing")]
    first_year = sum(day < change for day in days) / 52
    second_year = sum(day >= change for day in days) / 52
    assert 1.0 < first_year < 1.35
    assert 2.1 < second_year < 2.8


def test_the_newsletter_keeps_its_local_hour_while_utc_moves(newsroom):
    posts = posts_of(newsroom, "loadbearing")
    zone = ZoneInfo("America/Los_Angeles")
    assert {post.published_at.astimezone(zone).hour for post in posts} == {8}
    assert {post.published_at.hour for post in posts} == {15, 16}


def test_one_feed_falls_silent_months_before_the_end(newsroom):
    (silent,) = [feed for feed in newsroom.feeds if feed.silent_since]
    last = max(post.published_at for post in posts_of(newsroom, silent.feed_id))
    assert last.date() <= silent.silent_since
    assert NEWSROOM_END - last > timedelta(days=150)


@pytest.mark.parametrize("topic", RISING_TOPICS)
def test_a_rising_topic_at_least_doubles_its_share_in_the_last_six_months(newsroom, topic):
    posts = [post for post in newsroom.posts if post.topics]
    before = [post for post in posts if post.published_at.date() < date(2026, 1, 1)]
    after = [post for post in posts if post.published_at.date() >= date(2026, 1, 1)]
    assert share(after, topic) > 2 * share(before, topic)


@pytest.mark.parametrize("topic", DECLINING_TOPICS)
def test_a_declining_topic_loses_more_than_half_of_its_share(newsroom, topic):
    posts = [post for post in newsroom.posts if post.topics]
    early = [post for post in posts if post.published_at.date() < date(2025, 7, 1)]
    late = [post for post in posts if post.published_at.date() >= date(2025, 7, 1)]
    assert share(late, topic) < share(early, topic) / 2


def test_sponsors_overlap_between_the_two_newsletters(newsroom):
    names = {
        feed_id: {p.sponsor_name for post in posts_of(newsroom, feed_id) for p in post.placements}
        for feed_id in ("loadbearing", "pagerweather")
    }
    assert len(names["loadbearing"] & names["pagerweather"]) >= 3
    assert names["loadbearing"] - names["pagerweather"]


def test_placements_come_at_top_and_middle_and_some_without_label(newsroom):
    placements = [p for post in posts_of(newsroom, "loadbearing") for p in post.placements]
    assert {p.position for p in placements} == {"top", "middle"}
    assert {p.is_labelled for p in placements} == {True, False}


def test_a_few_slugs_carry_another_date_than_their_post(newsroom):
    zone = ZoneInfo("America/Los_Angeles")
    days_off = Counter(
        (p.campaign_date - post.published_at.astimezone(zone).date()).days
        for post in posts_of(newsroom, "loadbearing")
        for p in post.placements
    )
    assert days_off[0] > 0.7 * days_off.total()
    assert set(days_off) == {0, 1, 3, 7}


def test_no_placement_falls_outside_the_runs_of_its_sponsor(newsroom):
    sponsors = {each.name: each for each in load_material(NEWSROOM_END.date()).sponsors}
    for post in newsroom.posts:
        for placement in post.placements:
            days = [
                (run.first_day, run.last_day + timedelta(days=1))
                for run in sponsors[placement.sponsor_name].runs
                if run.feed_id == post.feed_id
            ]
            assert any(first <= post.published_at.date() <= last for first, last in days)


def test_digests_are_numbered_without_a_gap(newsroom):
    numbers = [
        post.issue_number
        for post in posts_of(newsroom, "loadbearing")
        if post.issue_number is not None
    ]
    assert all(after == before + 1 for before, after in pairwise(numbers))


def test_every_kind_of_post_occurs(newsroom):
    assert {post.kind for post in newsroom.posts} == {
        "deep_dive",
        "digest",
        "preview",
        "promo",
        "interview",
    }


def test_every_topic_of_the_material_is_written_about(newsroom):
    topics = {topic for post in newsroom.posts for topic in post.topics}
    assert topics == set(load_material(NEWSROOM_END.date()).topics)


def test_exactly_one_post_is_corrected_while_the_feed_still_shows_it(newsroom):
    (revised,) = [post for post in newsroom.posts if post.revised_at]
    assert revised.published_at < revised.revised_at < NEWSROOM_END
