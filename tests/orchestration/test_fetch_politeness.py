"""No request earlier than allowed: asserted from the server's own log."""

import itertools
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from orchestration.fetch.fetching import plan_feeds
from orchestration.fetch.settings import FetchSettings
from tests.orchestration.origin import behaviours as b
from warehouse.landing import Landing

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
REAL_DATE = "Fri, 01 May 2026 11:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry_after": "7200"}, 2 * HOUR),
        ({"retry_after": " 7200.5 s"}, 2 * HOUR),
        ({"retry_after": "Fri, 01 May 2026 13:00:00 GMT", "date": REAL_DATE}, 2 * HOUR),
        ({"retry_after": "Friday, 01-May-26 13:00:00 GMT", "date": REAL_DATE}, 2 * HOUR),
        ({"retry_after": "317100"}, 24 * HOUR),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed_in_every_spelling(reader, status, headers, wait):
    reader.follow("feed", b.answers(status, **headers))
    begin = reader.now
    reader.run()
    reader.now = begin + wait - timedelta(seconds=1)
    assert reader.run() == {}
    assert reader.run(force=True) == {}
    reader.now = begin + max(wait * 1.1, MINUTE)
    assert "feed" in reader.run()
    assert len(reader.origin.log) == 2


@pytest.mark.parametrize("value", ["", "soon", "-5", "0", "Fri, 99 Foo 2026", "9" * 40])
def test_a_retry_after_without_sense_backs_off_as_if_absent(reader, value):
    reader.follow("feed", b.answers(429, retry_after=value))
    attempt = reader.run()["feed"]
    wait = attempt.next_due_at - attempt.fetched_at
    assert 15 * MINUTE <= wait <= 24 * HOUR


def test_backing_off_doubles_up_to_a_day_and_ends_with_success(reader):
    reader.follow("feed", b.in_turn(*[b.answers(503)] * 10, b.feed()))
    waits = []
    attempt = reader.run()["feed"]
    while attempt.outcome == "server_error":
        waits.append(attempt.next_due_at - attempt.fetched_at)
        attempt = reader.run_at_due("feed")
    assert 15 * MINUTE <= waits[0] <= 23 * MINUTE
    assert waits == sorted(waits)
    assert waits[-1] == 24 * HOUR
    assert attempt.next_due_at - attempt.fetched_at <= 24 * HOUR


def test_feeds_that_failed_together_do_not_come_back_together(reader):
    for number in range(20):
        reader.follow(f"feed-{number}", b.answers(503))
    due = {attempt.next_due_at for attempt in reader.run().values()}
    assert len(due) == 20


def test_retry_after_is_remembered_by_another_process(reader, landing):
    reader.follow("feed", b.answers(429, retry_after="3600"))
    reader.run()
    other = type(reader)(reader.origin, Landing(landing.root))
    other.feeds = reader.feeds
    other.now = reader.now + 59 * MINUTE
    assert other.run(force=True) == {}
    assert len(reader.origin.log) == 1


def test_retry_after_holds_after_a_kill_and_restart(origin, landing):
    origin.behaviours["/limited"] = b.answers(429, retry_after="3600")
    origin.behaviours["/stalling"] = b.stalls
    program = f"""
        from datetime import UTC, datetime
        from pathlib import Path
        from orchestration.fetch.fetching import fetch_feeds
        from orchestration.fetch.settings import FetchSettings
        from orchestration.registry import FeedEntry
        from warehouse.landing import Landing
        fetch_feeds(
            [
                FeedEntry(id=name, url="{origin.url("/")}" + name, allow_private=True)
                for name in ("limited", "stalling")
            ],
            Landing(Path({str(landing.root)!r})),
            FetchSettings(host_spacing_seconds=0, total_seconds=1.5),
            lambda: datetime.now(UTC),
            lambda attempt: print(attempt.outcome, flush=True),
        )
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "rate_limited\n"
        process.kill()
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert again.stdout == "timeout\n"
    assert len(origin.asked("/limited")) == 1
    assert origin.asked("/stalling")


def test_requests_to_one_host_are_spaced_and_few_at_a_time(reader):
    reader.settings = replace(reader.settings, host_spacing_seconds=0.15, host_concurrency=2)
    for number in range(6):
        reader.follow(f"feed-{number}", b.feed())
    reader.run()
    starts = sorted(asked.at for asked in reader.origin.log)
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert min(gaps) > 0.1


def test_a_host_is_never_asked_by_more_than_two_at_once(reader):
    reader.settings = replace(reader.settings, host_concurrency=2)
    open_now, most = [0], [0]

    def slow(exchange):
        open_now[0] += 1
        most[0] = max(most[0], open_now[0])
        exchange.wait(0.05)
        open_now[0] -= 1
        exchange.answer(200, b.FEED)

    for number in range(8):
        reader.follow(f"feed-{number}", slow)
    reader.run()
    assert most[0] == 2


def test_the_hop_of_a_redirect_waits_for_its_turn_too(reader):
    reader.settings = replace(reader.settings, host_spacing_seconds=0.2)
    reader.follow("feed", b.redirects("/target", 302))
    reader.origin.behaviours["/target"] = b.feed()
    assert reader.run()["feed"].outcome == "ok"
    first, second = reader.origin.log
    assert second.at - first.at > 0.15


def test_waiting_for_a_turn_does_not_count_against_the_time_limit(reader):
    reader.settings = replace(
        reader.settings, host_spacing_seconds=0.4, host_concurrency=1, total_seconds=0.5
    )
    for number in range(3):
        reader.follow(f"feed-{number}", b.feed())
    assert {attempt.outcome for attempt in reader.run().values()} == {"ok"}


def test_waiting_for_a_turn_is_no_part_of_an_attempt(reader):
    reader.settings = replace(reader.settings, host_spacing_seconds=0.3, host_concurrency=1)
    reader.clock = lambda: datetime.now(UTC)
    for number in range(3):
        reader.follow(f"feed-{number}", b.feed())

    attempts = sorted(reader.run().values(), key=lambda attempt: attempt.fetched_at)

    assert all(attempt.duration_ms < 250 for attempt in attempts)
    begins = [attempt.fetched_at for attempt in attempts]
    assert min(b - a for a, b in itertools.pairwise(begins)) > timedelta(seconds=0.2)


def test_a_wait_counts_from_the_answer_also_after_a_redirect_that_had_to_wait(reader):
    reader.settings = replace(reader.settings, host_spacing_seconds=0.5)
    reader.clock = lambda: datetime.now(UTC)
    reader.follow("feed", b.redirects("/busy", 302))
    reader.origin.behaviours["/busy"] = b.answers(429, retry_after="3600")

    attempt = reader.run()["feed"]

    assert attempt.duration_ms < 400
    assert attempt.answered_at - attempt.fetched_at > timedelta(seconds=0.4)
    assert attempt.next_due_at >= attempt.answered_at + HOUR
    (plan,) = plan_feeds(reader.feeds.values(), reader.landing, FetchSettings(), reader.clock())
    assert plan.held_until == attempt.answered_at + HOUR


def test_a_feed_that_is_not_due_is_asked_only_when_forced(reader):
    reader.follow("feed", b.feed())
    reader.run()
    assert reader.run() == {}
    reader.now += MINUTE
    assert "feed" in reader.run(force=True)


def test_a_corrected_address_is_asked_at_once(reader):
    entry = reader.follow("feed", b.answers(404))
    reader.run()
    reader.origin.behaviours["/right"] = b.feed()
    reader.feeds["feed"] = replace(entry, url=reader.origin.url("/right"))
    assert reader.run()["feed"].outcome == "ok"


def test_a_clock_that_was_set_back_does_not_silence_a_feed(reader):
    reader.follow("feed", b.feed())
    reader.run()
    reader.now -= timedelta(days=400)
    assert "feed" in reader.run()


def test_feeds_without_address_or_switched_off_are_not_asked(reader):
    reader.follow("imported", b.feed(), url=None)
    reader.follow("paused", b.feed(), is_active=False)
    assert reader.run() == {}


def test_status_can_tell_why_each_feed_is_due_when_it_is(reader):
    reader.follow("daily", b.feed())
    reader.follow("down", b.answers(503))
    reader.follow("new", b.feed())
    new = reader.feeds.pop("new")
    reader.run()
    feeds = [*reader.feeds.values(), new]
    plans = plan_feeds(feeds, reader.landing, FetchSettings(), reader.now)
    assert [plan.is_due for plan in plans] == [False, False, True]
    assert [plan.due_reason for plan in plans] == [
        "posts every 24 h",
        f"server_error, 1 in a row: backs off for {plans[1].due_reason.split('for ')[1]}",
        "never asked",
    ]
