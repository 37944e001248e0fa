"""From a home page to its feeds, and one look before anything is written."""

import pytest

from orchestration.fetch.check import check_feed
from orchestration.fetch.discovery import DiscoveryError, discover_feeds
from orchestration.fetch.well_known import usual_feeds
from tests.orchestration.origin import behaviours as b


def discover(reader, path="/"):
    return discover_feeds(reader.origin.url(path), reader.settings, allow_private=True)


def page(head):
    return b.answers(200, b"<html><head>" + head + b"</head><body></body></html>")


def test_the_address_of_a_feed_is_the_feed_with_its_newest_items(reader):
    reader.origin.behaviours["/feed"] = b.feed()
    (found,) = discover(reader, "/feed")
    assert (found.url, found.title, found.kind) == (reader.origin.url("/feed"), "Letters", "rss")
    assert found.entry_count == 20
    assert [entry.title for entry in found.newest][:2] == ["Post 100", "Post 99"]
    assert len(reader.origin.log) == 1


def test_feeds_that_a_page_declares_are_found_relative_to_its_base(reader):
    reader.origin.behaviours["/"] = page(
        b'<base href="/blog/"><link rel="alternate" type="application/rss+xml" href="comments.xml">'
        b'<LINK REL="Alternate home" TYPE="application/rss+xml; charset=utf-8" HREF="rss.xml">'
        b'<link rel="alternate" hreflang="de" href="/de/">'
    )
    reader.origin.behaviours["/blog/rss.xml"] = b.feed()
    reader.origin.behaviours["/blog/comments.xml"] = b.feed()
    found = discover(reader)
    assert [each.url for each in found] == [
        reader.origin.url("/blog/rss.xml"),
        reader.origin.url("/blog/comments.xml"),
    ]


def test_a_page_that_declares_nothing_is_tried_at_the_usual_addresses(reader):
    reader.origin.behaviours["/"] = page(b'<meta name="generator" content="Ghost 5.0">')
    reader.origin.behaviours["/rss/"] = b.feed()
    (found,) = discover(reader)
    assert found.url == reader.origin.url("/rss/")
    assert [asked.path for asked in reader.origin.log] == ["/", "/rss/"]


def test_a_declared_feed_that_is_dead_does_not_end_the_search(reader):
    reader.origin.behaviours["/"] = page(
        b'<link rel="alternate" type="application/atom+xml" href="/dead">'
    )
    reader.origin.behaviours["/feed"] = b.feed()
    (found,) = discover(reader)
    assert found.url == reader.origin.url("/feed")


def test_a_feed_that_moved_for_good_is_found_at_its_new_address(reader):
    reader.origin.behaviours["/feed"] = b.redirects("/new")
    reader.origin.behaviours["/new"] = b.feed()
    (found,) = discover(reader, "/feed")
    assert found.url == reader.origin.url("/new")


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (page(b""), "no feed found"),
        (b.answers(404), "status 404"),
        (b.bot_wall, "Cloudflare"),
    ],
)
def test_where_no_feed_is_the_reason_is_told_after_few_requests(reader, behaviour, told):
    reader.origin.behaviours["/"] = behaviour
    with pytest.raises(DiscoveryError, match=told):
        discover(reader)
    assert len(reader.origin.log) <= 11


def test_a_host_that_does_not_answer_is_asked_once(reader):
    reader.origin.behaviours["/"] = b.stalls
    with pytest.raises(DiscoveryError, match="fell silent"):
        discover(reader)
    assert len(reader.origin.log) == 1


@pytest.mark.parametrize(
    ("url", "body", "first"),
    [
        ("https://medium.com/letters", b"", "https://medium.com/feed/letters"),
        ("https://medium.com/@ann/post-1", b"", "https://medium.com/feed/@ann"),
        ("https://letters.substack.com/", b"substackcdn.com", "https://letters.substack.com/feed"),
        ("https://a.test/", b"<link href='/wp-content/x.css'>", "https://a.test/feed/"),
        ("https://a.test/blog/", b"", "https://a.test/blog/feed"),
        (
            "https://www.youtube.com/channel/UC0123456789012345678901",
            b"",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789012345678901",
        ),
        (
            "https://www.youtube.com/@letters",
            b'{"channelId":"UC0123456789012345678901"}',
            "https://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789012345678901",
        ),
        (
            "https://www.youtube.com/playlist?list=PL1",
            b"",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1",
        ),
    ],
)
def test_platforms_keep_their_feeds_where_they_always_do(url, body, first):
    assert usual_feeds(url, body)[0] == first


def test_a_check_tells_what_would_be_landed_and_lands_nothing(reader):
    feed = reader.follow("feed", b.feed())
    check = check_feed(feed, reader.landing, reader.settings, reader.clock)
    assert check.is_success
    assert check.is_new
    assert check.window.title == "Letters"
    assert "with 20 entries would be landed" in check.summary
    assert reader.landing.feed_ids() == []


def test_a_check_of_a_known_feed_tells_that_nothing_is_new(reader):
    feed = reader.follow("feed", b.feed())
    reader.run()
    check = check_feed(feed, reader.landing, reader.settings, reader.clock)
    assert (check.is_new, check.attempt.outcome) == (False, "unchanged")
    assert check.summary.startswith("nothing new: no body would be landed; not due before")


def test_a_check_of_a_failing_feed_tells_why(reader):
    feed = reader.follow("feed", b.answers(200, b.PAGE))
    check = check_feed(feed, reader.landing, reader.settings, reader.clock)
    assert not check.is_success
    assert check.summary.startswith("would fail (not_a_feed): status 200 brought a web page")


def test_a_check_does_not_ask_a_host_that_said_to_stay_away(reader):
    feed = reader.follow("feed", b.answers(429, retry_after="600"))
    reader.run()
    check = check_feed(feed, reader.landing, reader.settings, reader.clock)
    assert check.attempt is None
    assert check.summary.startswith("not asked: rate_limited")
    assert len(reader.origin.log) == 1
