"""Permanent redirects are believed late, temporary ones never; nothing dies of one answer."""

from datetime import timedelta

from orchestration.fetch.fetching import fetch_feeds
from orchestration.registry import FeedEntry
from tests.orchestration.origin import behaviours as b

SIX_HOURS = timedelta(hours=6)


def poll(reader, times, every=SIX_HOURS):
    outcomes = []
    for _ in range(times):
        outcomes += [attempt.outcome for attempt in reader.run(force=True).values()]
        reader.now += every
    return outcomes


def test_a_permanent_redirect_is_used_after_five_polls_over_a_day(reader):
    reader.follow("feed", b.redirects("/new"))
    reader.origin.behaviours["/new"] = b.feed(etag='"1"')
    assert poll(reader, 6) == ["moved"] * 5 + ["unchanged"]
    assert len(reader.origin.asked("/feed")) == 5
    assert reader.origin.log[-1].headers["if-none-match"] == '"1"'


def test_five_polls_within_a_day_are_not_enough(reader):
    reader.follow("feed", b.redirects("/new", 308))
    reader.origin.behaviours["/new"] = b.feed()
    poll(reader, 8, timedelta(hours=1))
    assert len(reader.origin.asked("/feed")) == 8


def test_a_permanent_redirect_seen_once_is_forgotten(reader):
    reader.follow("feed", b.in_turn(b.redirects("/new"), b.feed()))
    reader.origin.behaviours["/new"] = b.feed()
    assert poll(reader, 6) == ["moved"] + ["unchanged"] * 5
    assert len(reader.origin.asked("/feed")) == 6


def test_a_temporary_redirect_is_never_remembered(reader):
    reader.follow("feed", b.redirects("/new", 302))
    reader.origin.behaviours["/new"] = b.feed()
    assert poll(reader, 8) == ["ok"] + ["unchanged"] * 7
    assert len(reader.origin.asked("/feed")) == 8


def test_a_temporary_hop_after_a_permanent_one_makes_no_move(reader):
    reader.follow("feed", b.redirects("/half-way"))
    reader.origin.behaviours["/half-way"] = b.redirects("/new", 307)
    reader.origin.behaviours["/new"] = b.feed()
    poll(reader, 7)
    assert len(reader.origin.asked("/feed")) == 7


def test_a_permanent_redirect_to_a_web_page_is_never_believed(reader):
    reader.follow("feed", b.redirects("/login"))
    reader.origin.behaviours["/login"] = b.answers(200, b.PAGE)
    assert poll(reader, 7) == ["not_a_feed"] * 7
    assert len(reader.origin.asked("/feed")) == 7


def test_a_new_address_that_fails_for_long_is_given_up_for_the_old(reader):
    reader.follow("feed", b.redirects("/new"))
    reader.origin.behaviours["/new"] = b.feed()
    poll(reader, 5)
    reader.origin.behaviours["/new"] = b.answers(404)
    reader.origin.behaviours["/feed"] = b.feed(b.rss(newest=101))
    outcomes = poll(reader, 6)
    assert outcomes == ["not_found"] * 5 + ["ok"]


def test_redirects_in_a_circle_are_cut(reader):
    reader.follow("feed", b.redirects("/there"))
    reader.origin.behaviours["/there"] = b.redirects("/feed")
    attempt = reader.run()["feed"]
    assert attempt.outcome == "bad_redirect"
    assert "circle" in attempt.reason
    assert len(reader.origin.log) == 2


def test_five_redirects_are_followed_and_six_are_not(reader):
    reader.follow("feed", b.redirects("/1", 302))
    for number in range(1, 6):
        reader.origin.behaviours[f"/{number}"] = b.redirects(f"/{number + 1}", 302)
    reader.origin.behaviours["/5"] = b.feed()
    assert reader.run()["feed"].outcome == "ok"
    reader.origin.behaviours["/5"] = b.redirects("/6", 302)
    reader.origin.behaviours["/6"] = b.feed()
    attempt = reader.run_at_due("feed")
    assert (attempt.outcome, attempt.http_status) == ("bad_redirect", 302)


def test_a_redirect_from_https_to_http_is_followed_and_never_believed(
    reader, secure_origin, settings, loopback_names
):
    secure_origin.behaviours["/feed"] = b.redirects(reader.origin.url("/plain", "plain.test"))
    reader.origin.behaviours["/plain"] = b.feed()
    feed = FeedEntry(id="feed", url=secure_origin.url("/feed", "secure.test"), allow_private=True)
    outcomes = []
    for _ in range(7):
        (attempt,) = fetch_feeds(
            [feed],
            reader.landing,
            settings,
            reader.clock,
            force=True,
            network=loopback_names,
        )
        outcomes.append(attempt.outcome)
        reader.now += SIX_HOURS
    assert outcomes == ["ok"] + ["unchanged"] * 6
    assert "unprotected" in attempt.reason
    assert len(secure_origin.log) == 7


def test_a_feed_that_is_gone_is_asked_weekly_and_may_come_back(reader):
    reader.follow("feed", b.in_turn(b.feed(), b.answers(410), b.answers(410), b.feed()))
    reader.run()
    gone = reader.run_at_due("feed")
    assert gone.outcome == "gone"
    assert gone.next_due_at - gone.fetched_at == timedelta(days=7)
    assert reader.run_at_due("feed").outcome == "gone"
    assert reader.run_at_due("feed").outcome == "unchanged"


def test_a_feed_that_is_not_found_for_months_is_asked_daily_and_comes_back(reader):
    reader.follow("feed", b.in_turn(*[b.answers(404)] * 100, b.feed()))
    attempt = reader.run()["feed"]
    while attempt.outcome == "not_found":
        assert attempt.next_due_at - attempt.fetched_at <= timedelta(days=1)
        attempt = reader.run_at_due("feed")
    assert attempt.outcome == "ok"
