"""What a body is and shows, read lightly and without trust."""

import json
import tracemalloc
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.fetch.bodies import body_kind, page_title
from orchestration.fetch.windows import MAX_ENTRIES, overlap_of, read_window, rhythm_of
from tests.orchestration.origin import behaviours as b
from tests.orchestration.origin.behaviours import START

ATOM = b"""<?xml version="1.0"?><!-- by hand -->
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<title>Notes</title><link rel="self" href="https://n.test/atom"/><link href="https://n.test/"/>
<entry><media:title>a picture</media:title><title type="html">First &amp; last</title>
<id>tag:n.test,1</id><published>2026-05-01T12:00:00+02:00</published></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Notes",
        "home_page_url": "https://n.test/",
        "items": [{"id": "1", "title": "First", "date_published": "2026-05-01T10:00:00Z"}],
    }
).encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b.FEED, "rss"),
        (b"\xef\xbb\xbf \n" + b.FEED, "rss"),
        (b.FEED.decode().encode("utf-16"), "rss"),
        (b"<br />\n<b>Warning</b>: Undefined index in feed.php\n" + b.FEED, "rss"),
        (b"<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?><RSS><channel/></RSS>", "rss"),
        (ATOM, "atom"),
        (b'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"/>', "atom"),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/"></rdf:RDF>', "rdf"),
        (JSON_FEED, "json_feed"),
        (b'{"title": "Notes", "items": []}', "json_feed"),
        (b'{"items": []}', "json"),
        (b'[{"items": 1}]', "json"),
        (b"{broken", "json"),
        (b"[" * 100_000, "json"),
        (b.PAGE, "html"),
        (b"<!DOCTYPE HTML><p>about <rss> and <feed></p>", "html"),
        (b"<html><body><pre><rss version='2.0'></pre></body></html>", "html"),
        (b"<?xml version='1.0'?><opml><head></head><body></body></opml>", "xml"),
        (b"<sitemapindex/>", "xml"),
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"No feed here", "text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
    ],
)
def test_a_body_is_known_by_its_content(body, kind):
    assert body_kind(body) == kind


def test_a_page_is_told_by_its_title():
    assert page_title(b"<title lang=en>\n Welcome\n home </title>") == "Welcome home"
    assert page_title(b"<title></title>") is None


def test_a_window_of_rss_has_its_entries_in_order():
    window = read_window(b.rss(3), "rss")
    assert (window.title, window.home_url) == ("Letters", "https://letters.test/")
    assert [entry.key for entry in window.entries] == ["post-100", "post-99", "post-98"]
    assert window.entries[0].published_at == START


def test_a_window_of_atom_takes_its_own_title_and_link():
    window = read_window(ATOM, "atom")
    assert (window.title, window.home_url) == ("Notes", "https://n.test/")
    (entry,) = window.entries
    assert (entry.key, entry.title) == ("tag:n.test,1", "First & last")
    assert entry.published_at == START - timedelta(hours=2)


def test_a_window_of_json_feed_is_read():
    window = read_window(JSON_FEED, "json_feed")
    assert (window.title, window.entries[0].key) == ("Notes", "1")


def test_the_overlap_is_the_share_that_was_known():
    earlier, later = read_window(b.rss(newest=100), "rss"), read_window(b.rss(newest=105), "rss")
    assert overlap_of(later, earlier) == 0.75
    assert overlap_of(read_window(b"<rss/>", "rss"), earlier) is None


def test_dates_of_the_future_make_no_rhythm():
    window = read_window(b.rss(5), "rss")
    assert rhythm_of(window, START - timedelta(days=3)) is None
    assert rhythm_of(window, START).gap == timedelta(days=1)


def test_a_feed_cut_in_the_middle_shows_what_came():
    assert len(read_window(b.rss(20)[:900], "rss").entries) > 2


def test_entities_that_would_explode_are_not_expanded():
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lol}]><rss><channel><title>&l11;</title>'
    tracemalloc.start()
    read_window(bomb.encode(), "rss")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_file_is_never_read_through_an_entity(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    body = (
        f'<!DOCTYPE rss [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        "<rss><channel><title>&e;</title></channel></rss>"
    )
    assert "secret" not in (read_window(body.encode(), "rss").title or "")


def test_a_million_entries_are_not_held():
    body = b"<rss><channel>" + b"<item><guid>1</guid></item>" * 500_000
    assert len(read_window(body, "rss").entries) == MAX_ENTRIES


@given(st.binary(max_size=300), st.sampled_from(["rss", "atom", "json_feed"]))
def test_no_body_breaks_the_reading(body, kind):
    body_kind(body)
    read_window(body, kind)
    read_window(b"<rss><channel><item>" + body, kind)


JSON = st.recursive(st.none() | st.integers() | st.text(max_size=9), st.lists, max_leaves=5)


@given(JSON)
def test_no_json_breaks_the_reading(value):
    for feed in (value, {"title": value, "items": value}, {"items": [{"id": value}]}):
        read_window(json.dumps(feed).encode(), "json_feed")
