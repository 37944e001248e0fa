"""Addresses are taken apart without being rewritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.fetch.targets import TargetError, join_target, parse_target, plain_url


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("http://a.test", "a.test", 80, b"/"),
        ("https://A.Test/Feed", "a.test", 443, b"/Feed"),
        ("https://a.test:8443/f?x=%7e|y&z=", "a.test", 8443, b"/f?x=%7e|y&z="),
        ("https://a.test?page=1", "a.test", 443, b"/?page=1"),
        ("https://a.test/f?", "a.test", 443, b"/f?"),
        ("https://a.test/f#part", "a.test", 443, b"/f"),
        ("https://b\u00fccher.test/", "xn--bcher-kva.test", 443, b"/"),
        ("https://a.test/caf\u00e9 x", "a.test", 443, b"/caf%C3%A9%20x"),
        ("http://[2606:2800::1]:81/f", "2606:2800::1", 81, b"/f"),
        ("http://under_score.test/", "under_score.test", 80, b"/"),
    ],
)
def test_an_address_is_taken_apart(url, host, port, path):
    target = parse_target(url)
    assert (target.host, target.port, target.path) == (host, port, path)


def test_ipv6_stands_in_brackets_in_the_host_header():
    assert parse_target("http://[::1]:81/").host_header == b"[::1]:81"
    assert parse_target("https://a.test:443/").host_header == b"a.test"


@pytest.mark.parametrize(
    "url",
    ["", "feed", "ftp://a.test/", "http://", "http:///feed", "http://a.test:0/", "http://a b/",
     "http://a.test:99999/", "http://[::1", "file:///etc/passwd", "https://\ud800.test/",
     "https://a.test/" + "x" * 9000, "http://a.test\\@b.test/"],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(url):
    with pytest.raises(TargetError):
        parse_target(url)


def test_credentials_stay_with_their_host():
    base = parse_target("https://me:secret@a.test/feed")
    assert base.url == "https://a.test/feed"
    assert join_target(base, "/new").authorization == base.authorization
    assert join_target(base, "https://b.test/new").authorization is None
    assert plain_url("https://me:secret@a.test/feed#x") == "https://a.test/feed"


@given(st.text(max_size=80))
def test_no_text_breaks_the_taking_apart(text):
    base = parse_target("https://a.test/feed")
    for attempt in (lambda: parse_target(text), lambda: join_target(base, text)):
        try:
            target = attempt()
        except TargetError:
            continue
        assert target.path.startswith(b"/")
        assert all(33 <= byte < 127 for byte in target.path)
