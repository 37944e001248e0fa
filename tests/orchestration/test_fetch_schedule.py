"""The next poll follows the feed's rhythm, its host's wishes and its window, within bounds."""

from datetime import timedelta

import pytest

from orchestration.fetch.schedule import plan_feed
from orchestration.fetch.settings import FetchSettings
from orchestration.registry import FeedEntry
from tests.orchestration.origin import behaviours as b
from tests.orchestration.origin.behaviours import START
from warehouse.landing import Attempt

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEED = FeedEntry(id="feed", url="https://letters.test/feed")


def wait_of(attempt):
    return attempt.next_due_at - attempt.fetched_at


def first_wait(reader, body, **headers):
    reader.follow("feed", b.feed(body, **headers))
    return wait_of(reader.run()["feed"])


@pytest.mark.parametrize(
    ("gap", "shortest", "longest"),
    [
        (timedelta(seconds=30), 10 * MINUTE, 11 * MINUTE),
        (HOUR, 15 * MINUTE, 17 * MINUTE),
        (DAY, 6 * HOUR, 7 * HOUR),
        (7 * DAY, DAY, DAY),
        (300 * DAY, DAY, DAY),
    ],
)
def test_the_next_poll_follows_the_time_between_posts(reader, gap, shortest, longest):
    assert shortest <= first_wait(reader, b.rss(gap=gap)) <= longest


def test_a_short_window_is_asked_more_often_than_its_rhythm_alone_would(reader):
    """Ten posts on one day, then a year of one a week: the day may come again."""
    burst = b.rss(20, gap=10 * MINUTE)
    assert first_wait(reader, burst) <= 11 * MINUTE


def test_a_feed_without_dates_is_asked_hourly_at_first_and_less_with_silence(reader):
    body = b"<rss><channel><item><guid>1</guid></item></channel></rss>"
    assert 50 * MINUTE <= first_wait(reader, body) <= HOUR
    waits = [wait_of(reader.run_at_due("feed")) for _ in range(60)]
    assert waits == sorted(waits)
    assert waits[-1] > 5 * HOUR


def test_a_feed_that_falls_silent_is_asked_ever_less_until_daily(reader):
    reader.follow("feed", b.feed(b.rss(gap=HOUR)))
    waits = [wait_of(reader.run()["feed"])]
    while reader.now < START + 12 * DAY:
        waits.append(wait_of(reader.run_at_due("feed")))
    assert waits == sorted(waits)
    assert waits[-1] == DAY
    assert len(waits) < 130


def test_a_window_that_moved_on_by_most_of_its_length_is_asked_sooner(reader):
    reader.follow(
        "feed", b.in_turn(b.feed(b.rss(newest=100, gap=DAY)), b.feed(b.rss(newest=118, gap=DAY)))
    )
    reader.run()
    reader.now += 4 * HOUR
    attempt = reader.run(force=True)["feed"]
    assert wait_of(attempt) < 3 * HOUR
    assert "10% of the window was known" in attempt.due_reason


@pytest.mark.parametrize(
    ("headers", "shortest", "longest"),
    [
        ({"cache_control": "public, max-age=43200"}, 12 * HOUR, 13.2 * HOUR),
        ({"cache_control": "max-age=43200", "age": "7200"}, 10 * HOUR, 11 * HOUR),
        ({"cache_control": "max-age=99999999"}, DAY, DAY),
        ({"cache_control": "max-age=1"}, 6 * HOUR, 7 * HOUR),
        ({"cache_control": "no-cache, max-age=43200"}, 6 * HOUR, 7 * HOUR),
        ({"cache_control": "max-age=soon"}, 6 * HOUR, 7 * HOUR),
        (
            {
                "expires": "Sat, 02 May 2026 00:00:00 GMT",
                "date": "Fri, 01 May 2026 12:00:00 GMT",
            },
            12 * HOUR,
            13.2 * HOUR,
        ),
        ({"expires": "-1"}, 6 * HOUR, 7 * HOUR),
    ],
)
def test_what_caches_would_answer_is_not_asked_for(reader, headers, shortest, longest):
    assert shortest <= first_wait(reader, b.rss(gap=DAY), **headers) <= longest


@pytest.mark.parametrize(
    ("declared", "shortest", "longest"),
    [
        (b"<ttl>720</ttl>", 12 * HOUR, 13.2 * HOUR),
        (b"<ttl>0</ttl>", 6 * HOUR, 7 * HOUR),
        (b"<ttl>often</ttl>", 6 * HOUR, 7 * HOUR),
        (b"<sy:updatePeriod>daily</sy:updatePeriod>", DAY, DAY),
        (b"<sy:updatePeriod> dayly </sy:updatePeriod>", DAY, DAY),
        (b"<sy:updatePeriod>always</sy:updatePeriod>", 6 * HOUR, 7 * HOUR),
        (b"<sy:updatePeriod>hourly</sy:updatePeriod>", 6 * HOUR, 7 * HOUR),
        (
            b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>.1</sy:updateFrequency>",
            10 * HOUR,
            11 * HOUR,
        ),
        (
            b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            12 * HOUR,
            13.2 * HOUR,
        ),
    ],
)
def test_what_the_feed_declares_lengthens_the_wait(reader, declared, shortest, longest):
    namespace = b'<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    body = b.rss(gap=DAY).replace(b"<rss", namespace).replace(b"<item>", declared + b"<item>", 1)
    assert shortest <= first_wait(reader, body) <= longest


def test_a_declared_wait_never_lets_the_window_run_over(reader):
    body = b.rss(gap=HOUR).replace(b"<item>", b"<ttl>1440</ttl><item>", 1)
    assert first_wait(reader, body) <= 11 * HOUR


def test_a_plan_is_a_function_of_the_attempts_alone():
    attempts = [
        Attempt(
            feed_id="feed",
            fetched_at=START,
            outcome="ok",
            http_status=200,
            request_url=FEED.url,
            final_url=FEED.url,
            etag='"1"',
            document_id="d1",
            next_due_at=START + 6 * HOUR,
            due_reason="posts every 24 h",
        )
    ]
    early = plan_feed(FEED, attempts, START + HOUR, FetchSettings())
    late = plan_feed(FEED, attempts, START + 6 * HOUR, FetchSettings())
    assert (early.is_due, late.is_due) == (False, True)
    assert early.due_at == late.due_at == START + 6 * HOUR
    assert late.conditions.headers == (("If-None-Match", '"1"'),)
    assert plan_feed(FEED, attempts, START + 7 * DAY, FetchSettings()).conditions is None


def test_imports_of_files_say_nothing_about_when_to_fetch():
    imported = Attempt(feed_id="feed", fetched_at=START, outcome="imported", document_id="d1")
    plan = plan_feed(FEED, [imported], START, FetchSettings())
    assert plan.is_due
    assert plan.due_reason == "never asked"


def test_a_feed_without_address_has_a_plan_that_says_so():
    plan = plan_feed(FeedEntry(id="file"), [], START, FetchSettings())
    assert not plan.is_due
    assert "no url" in plan.due_reason
