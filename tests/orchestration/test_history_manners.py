"""Resuming, budgets, waits and walls: a walk asks politely, and nothing twice."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from orchestration.fetch.history import (
    Budget,
    HistorySettings,
    PagedFeed,
    SubstackArchive,
    WebArchive,
    WordPressPages,
    likely_sources,
    walk_history,
)
from orchestration.fetch.history.former import known_addresses
from orchestration.registry import FeedEntry
from tests.orchestration.history_origin import services
from warehouse.landing import Attempt, Landing

START = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def letter():
    publication = services.site("substack").publication
    return services.Site(replace(publication, posts=publication.posts[-48:]))


@pytest.fixture(scope="module")
def blog():
    return services.site("wordpress")


class Walker:
    """A feed's walks with a clock that moves only by what is slept."""

    def __init__(self, origin, landing):
        self.origin, self.landing = origin, landing
        self.slept = []
        self.now = START
        self.feed = FeedEntry(id="letter", url=origin.url("/feed"), allow_private=True)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def walk(self, source, *, land=None, **values):
        settings = HistorySettings(spacing_seconds=0, sleep=self.sleep, **values)
        landing = Landing(self.landing.root)  # as a new process would
        (report,) = walk_history(self.feed, [source], landing, settings, self.clock, land=land)
        return report

    def clock(self):
        self.now += timedelta(milliseconds=1)
        return self.now

    def asked(self):
        return Counter(each.path for each in self.origin.log)


@pytest.fixture
def walker(origin, landing):
    return Walker(origin, landing)


class Killed(BaseException):
    """The process ends here."""


def killed_after(landing, count):
    left = [count]

    def land(attempt, body):
        landed = landing.land(attempt, body)
        left[0] -= body is not None  # a killed closing line would be a closed walk
        if left[0] == 0:
            raise Killed
        return landed

    return land


def _web_archive(origin, letter):
    services.serve_web_archive(origin, letter, services.captures_of(letter), page_rows=7)
    return WebArchive(origin.url(""))


SOURCES = {
    "substack": (
        lambda origin, letter, _: services.serve_substack(origin, letter) or SubstackArchive(),
        2,
    ),
    "paged-feed": (
        lambda origin, letter, _: (
            services.serve_paged(origin, letter, relation="next", size=2) or PagedFeed()
        ),
        1,
    ),
    "wordpress": (
        lambda origin, _, blog: services.serve_wordpress(origin, blog, 3) or WordPressPages(),
        1,
    ),
    "web-archive": (lambda origin, letter, _: _web_archive(origin, letter), 1),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SOURCES)
def test_a_walk_killed_again_and_again_asks_nothing_twice(walker, letter, blog, name):
    serve, step = SOURCES[name]
    source = serve(walker.origin, letter, blog)
    kills = 0
    while True:
        try:
            report = walker.walk(source, land=killed_after(walker.landing, step))
            break
        except Killed:
            kills += 1
            assert kills < 100

    assert report.status == "complete"
    assert kills >= (20 if name != "web-archive" else 8)
    assert set(walker.asked().values()) == {1}
    documents = walker.landing.documents("letter")
    assert len({each.source_uri for each in documents}) == len(documents)


def test_a_closed_walk_asks_for_lists_again_and_for_no_post(walker, letter):
    services.serve_substack(walker.origin, letter)
    first = walker.walk(SubstackArchive())

    second = walker.walk(SubstackArchive())

    assert first.counts.requests == 48 + 6
    assert (second.counts.requests, second.counts.reused) == (6, 48)


def test_a_budget_stops_the_walk_and_the_next_run_goes_on(walker, letter):
    services.serve_substack(walker.origin, letter)

    stopped = walker.walk(SubstackArchive(), max_requests=20)
    ended = walker.walk(SubstackArchive())

    assert (stopped.status, stopped.counts.requests) == ("stopped", 20)
    assert "budget" in stopped.reason
    assert (ended.status, ended.counts.requests) == ("complete", 34)


def test_a_budget_is_shared_by_the_sources_of_a_run(walker, letter):
    services.serve_substack(walker.origin, letter)
    services.serve_feed(walker.origin, letter)
    settings = HistorySettings(spacing_seconds=0)

    reports = walk_history(
        walker.feed, [SubstackArchive(), PagedFeed()], walker.landing, settings,
        lambda: START, budget=Budget(10),
    )  # fmt: skip

    assert [report.counts.requests for report in reports] == [10, 0]


def test_a_short_429_is_waited_for(walker, letter):
    services.serve_substack(walker.origin, letter)
    services.failing_at(walker.origin, "/api/v1/archive", {2, 3}, services.rate_limited(seconds=7))

    report = walker.walk(SubstackArchive())

    assert report.status == "complete"
    assert walker.slept == [7, 7]


def test_without_a_word_on_how_long_waits_double(walker, letter):
    services.serve_substack(walker.origin, letter)
    services.failing_at(
        walker.origin, "/api/v1/archive", {0, 1, 2}, services.rate_limited(seconds=None)
    )

    assert walker.walk(SubstackArchive()).status == "complete"
    assert walker.slept == [5, 10, 20]


def test_a_long_429_ends_the_walk_and_is_obeyed(walker, letter):
    services.serve_substack(walker.origin, letter)
    services.failing_at(walker.origin, "/api/v1/archive", {2}, services.rate_limited(seconds=3600))

    stopped = walker.walk(SubstackArchive())
    asked = len(walker.origin.log)
    too_early = walker.walk(SubstackArchive())
    walker.now = START + timedelta(hours=1, seconds=1)
    ended = walker.walk(SubstackArchive())

    assert stopped.status == too_early.status == "stopped"
    assert "2026-07-01 13:00" in too_early.reason
    assert (asked, too_early.counts.requests) == (3, 0)
    assert ended.status == "complete"
    assert walker.slept == []


def test_a_wall_against_robots_ends_the_walk_at_once(walker, letter):
    services.serve_substack(walker.origin, letter)
    services.failing_at(walker.origin, "/api/v1/archive", {1}, services.wall)

    report = walker.walk(SubstackArchive())

    assert report.status == "stopped"
    assert "Cloudflare" in report.reason
    assert len(walker.origin.log) == 2


def test_repeated_and_empty_pages_are_not_the_end(walker, letter):
    services.serve_substack(walker.origin, letter)
    first_page = services.archive_page(letter.posts, 0, 12)
    services.failing_at(walker.origin, "/api/v1/archive", {1}, services.answering(b"[]"))
    services.failing_at(walker.origin, "/api/v1/archive", {3}, services.answering(first_page))

    report = walker.walk(SubstackArchive())

    assert len(report.finding.listed) == 48


def test_a_post_that_is_gone_is_told_as_missing_and_not_asked_again(walker, letter):
    services.serve_substack(walker.origin, letter)
    slug = services.slug_of(letter.posts[10])
    services.failing_at(walker.origin, f"/api/v1/posts/{slug}", {0}, services.answering(b"{}", 404))

    report, again = walker.walk(SubstackArchive()), walker.walk(SubstackArchive())

    assert report.finding.missing == again.finding.missing == (letter.posts[10].truth.url,)
    assert report.finding.proofs == ("paging_end",)
    assert walker.asked()[f"/api/v1/posts/{slug}"] == 1


def test_a_host_in_trouble_leaves_the_walk_open_for_what_it_did_not_serve(walker, letter):
    services.serve_substack(walker.origin, letter)
    path = f"/api/v1/posts/{services.slug_of(letter.posts[5])}"
    services.failing_at(walker.origin, path, {0, 1, 2, 3}, services.answering(b"", 502))

    incomplete, ended = walker.walk(SubstackArchive()), walker.walk(SubstackArchive())

    assert (incomplete.status, incomplete.counts.failed) == ("incomplete", 1)
    assert (ended.status, ended.counts.requests) == ("complete", 1)


def test_a_dry_run_counts_and_leaves_no_trace(walker, letter):
    services.serve_substack(walker.origin, letter)

    dry = walker.walk(SubstackArchive(), is_dry=True)
    real = walker.walk(SubstackArchive())

    assert dry.counts.planned == 48
    assert dry.counts.requests + dry.counts.planned == real.counts.requests
    assert real.counts.reused == 0


def test_a_host_that_ignores_the_page_number_is_no_wordpress(walker, letter):
    services.serve_feed(walker.origin, letter)

    report = walker.walk(WordPressPages())

    assert report.status == "not_available"
    assert report.counts.requests == 2


def test_progress_tells_how_many_of_how_many(walker, letter):
    services.serve_substack(walker.origin, letter)
    heard = []

    walker.walk(SubstackArchive(), on_progress=lambda *each: heard.append(each))

    assert heard[0] == ("substack", 1, None)
    assert heard[-1][1:] == (54, 54)


def test_history_is_no_poll_of_the_feed(walker, letter):
    services.serve_substack(walker.origin, letter)
    walker.walk(SubstackArchive())

    attempts = list(walker.landing.attempts("letter"))

    assert {each.request_url for each in attempts} == {None}
    assert {each.outcome for each in attempts} == {"imported"}


def test_sources_of_other_platforms_are_not_tried(walker, blog):
    body = services.window(blog)
    walker.landing.land(Attempt(feed_id="letter", fetched_at=START, outcome="ok"), body)

    sources = likely_sources([SubstackArchive(), WordPressPages()], walker.feed, walker.landing)

    assert [source.name for source in sources] == ["wordpress"]


def poll(asked, brought, outcome="ok", day=1):
    return Attempt(
        feed_id="letter", fetched_at=START + timedelta(days=day), outcome=outcome,
        request_url=asked, final_url=brought,
    )  # fmt: skip


def test_former_addresses_are_those_that_polls_named_and_redirects_led_to():
    feed = FeedEntry(id="letter", url="https://letters.example/feed")
    polls = [
        poll("http://old.example/rss", "http://old.example/rss"),
        poll("https://old.example/rss/", "https://hosted.example/letter", "moved"),
        poll("https://old.example/rss", "https://login.example/", "not_a_feed"),
        poll("https://www.letters.example/feed", "https://letters.example/feed/", "unchanged"),
    ]

    assert known_addresses(feed, polls) == (
        "https://letters.example/feed",
        "https://hosted.example/letter",
        "https://old.example/rss/",
    )


def test_captures_of_a_former_address_come_back_with_one_index_request_each(walker, letter):
    captures = services.captures_of(letter)
    services.serve_web_archive(walker.origin, letter, captures, page_rows=500, is_strict=True)
    former = f"{letter.truth.home_url}/feed".replace("https://", "http://www.")
    source = WebArchive(walker.origin.url(""), addresses=("https://new.example/feed", former))

    report = walker.walk(source)

    assert report.finding.proofs == ("overlapping_captures",)
    asked = [each for each in walker.origin.log if "/cdx/" in each.path]
    assert len(asked) == 2
