"""The demo's web server over a real socket on loopback."""

import tomllib
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import httpx
import pytest

from orchestration.demo.dialects import DIALECTS, render_feed
from orchestration.demo.newsroom import NEWSROOM_END, build_newsroom, moments
from orchestration.demo.origin import Origin

FEED = "loadbearing"


@pytest.fixture(scope="module")
def newsroom():
    return build_newsroom()


@pytest.fixture
def origin(newsroom):
    with Origin(newsroom, moment=NEWSROOM_END) as serving:
        yield serving


@pytest.fixture
def client():
    with httpx.Client() as each:
        yield each


def test_each_feed_is_served_with_its_platform_s_content_type(origin, client, newsroom):
    for publication in newsroom.publications:
        answer = client.get(origin.feed_url(publication.truth.feed_id))
        assert answer.status_code == 200
        assert answer.content == render_feed(publication, NEWSROOM_END)
        content_type = DIALECTS[publication.truth.platform].content_type
        assert answer.headers["Content-Type"] == content_type


def test_the_window_moves_with_the_moment(origin, client, newsroom):
    first, second = moments(newsroom)[:2]
    origin.moment = first
    before = client.get(origin.feed_url(FEED)).content
    origin.moment = second
    assert client.get(origin.feed_url(FEED)).content != before


def test_a_known_etag_is_answered_with_304_and_no_body(origin, client):
    first = client.get(origin.feed_url(FEED))
    again = client.get(origin.feed_url(FEED), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_an_etag_of_an_earlier_window_gets_the_new_one(origin, client, newsroom):
    origin.moment = moments(newsroom)[0]
    old = client.get(origin.feed_url(FEED)).headers["ETag"]
    origin.moment = NEWSROOM_END
    answer = client.get(origin.feed_url(FEED), headers={"If-None-Match": old})
    assert answer.status_code == 200


def test_if_modified_since_works_where_no_etag_is_sent(origin, client):
    modified = client.get(origin.feed_url(FEED)).headers["Last-Modified"]
    same = client.get(origin.feed_url(FEED), headers={"If-Modified-Since": modified})
    assert same.status_code == 304
    earlier = format_datetime(parsedate_to_datetime(modified) - timedelta(days=1), usegmt=True)
    answer = client.get(origin.feed_url(FEED), headers={"If-Modified-Since": earlier})
    assert answer.status_code == 200


def test_an_etag_outweighs_if_modified_since(origin, client):
    modified = client.get(origin.feed_url(FEED)).headers["Last-Modified"]
    headers = {"If-Modified-Since": modified, "If-None-Match": '"of-another-world"'}
    assert client.get(origin.feed_url(FEED), headers=headers).status_code == 200


def test_an_unreadable_date_counts_as_none(origin, client):
    answer = client.get(origin.feed_url(FEED), headers={"If-Modified-Since": "yesterday"})
    assert answer.status_code == 200


def test_gzip_is_used_only_where_accepted(origin, client):
    plain = client.get(origin.feed_url(FEED), headers={"Accept-Encoding": "identity"})
    packed = client.get(origin.feed_url(FEED), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content == plain.content
    assert origin.requests[1].byte_count < origin.requests[0].byte_count


def test_a_home_page_announces_its_feed(origin, client):
    page = client.get(f"{origin.url}/{FEED}/")
    assert page.headers["Content-Type"].startswith("text/html")
    assert '<link rel="alternate" type="application/rss+xml" title="Load-Bearing' in page.text
    assert origin.feed_url(FEED) in page.text


def test_an_unknown_path_is_404_and_nothing_breaks(origin, client):
    assert client.get(f"{origin.url}/nobody/feed").status_code == 404
    assert client.get(origin.url).status_code == 404
    assert client.get(origin.feed_url(FEED)).status_code == 200


def test_every_request_is_on_record(origin, client):
    etag = client.get(origin.feed_url(FEED)).headers["ETag"]
    client.get(origin.feed_url(FEED), headers={"If-None-Match": etag})
    assert [(each.path, each.status, each.is_conditional) for each in origin.requests] == [
        (f"/{FEED}/feed", 200, False),
        (f"/{FEED}/feed", 304, True),
    ]
    assert {each.moment for each in origin.requests} == {NEWSROOM_END}


def test_the_date_header_tells_the_simulated_time(origin, client):
    answer = client.get(origin.feed_url(FEED))
    assert parsedate_to_datetime(answer.headers["Date"]) == NEWSROOM_END


def test_the_registry_it_writes_names_all_feeds_and_allows_loopback(origin, newsroom, tmp_path):
    origin.write_registry(tmp_path / "feeds.toml")
    feeds = tomllib.loads((tmp_path / "feeds.toml").read_text(encoding="utf-8"))["feed"]
    assert [feed["id"] for feed in feeds] == [truth.feed_id for truth in newsroom.feeds]
    assert all(feed["allow_private"] for feed in feeds)
    assert feeds[0]["url"] == origin.feed_url(FEED)
    assert feeds[0]["timezone"] == "America/Los_Angeles"


def test_the_port_is_free_again_after_leaving(newsroom):
    with Origin(newsroom) as serving:
        url = serving.feed_url(FEED)
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)
