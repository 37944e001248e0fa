"""Every outcome class, from a server that earns it, within its time."""

import gzip
import time
import zlib

import brotli
import pytest
import zstandard

from orchestration.fetch.addresses import Network
from orchestration.fetch.fetching import fetch_feeds
from orchestration.fetch.settings import FetchSettings
from orchestration.registry import FeedEntry
from tests.orchestration.origin import behaviours as b
from tests.orchestration.origin.http2 import http2_origin

WITHIN_SECONDS = 6.0


@pytest.mark.parametrize(
    ("behaviour", "outcome", "told"),
    [
        (b.feed(), "ok", None),
        (b.answers(200, b.FEED, content_type="text/html"), "ok", None),
        (b.answers(200, b.FEED, content_type="application/rss+xml; charset=utf-77"), "ok", None),
        (b.many_headers, "ok", None),
        (b.answers(410), "gone", "is_active = false"),
        (b.answers(404, b.PAGE), "not_found", "feeds add"),
        (b.answers(429), "rate_limited", "too many requests"),
        (b.answers(503, b"down"), "server_error", "Asked again later"),
        (b.answers(500, b.PAGE), "server_error", "status 500"),
        (b.answers(304), "server_error", "without validators"),
        (b.bot_wall, "blocked", "Cloudflare"),
        (b.answers(503, b.CLOUDFLARE_PAGE), "blocked", "Cloudflare"),
        (b.answers(200, b.CLOUDFLARE_PAGE), "blocked", "Cloudflare"),
        (b.answers(202, b"", x_amzn_waf_action="challenge"), "blocked", "AWS WAF"),
        (b.answers(403, b"no"), "blocked", "forbids"),
        (b.answers(401, b"no"), "blocked", "login"),
        (b.answers(200, b.PAGE), "not_a_feed", "'Welcome home'"),
        (b.answers(200, b'{"error": "quota"}'), "not_a_feed", "JSON that is no feed"),
        (b.answers(200, b""), "not_a_feed", "empty body"),
        (b.answers(200, b" \n"), "not_a_feed", "empty body"),
        (b.answers(204), "not_a_feed", "empty body"),
        (b.endless_body, "too_large", "larger than 15 MB"),
        (b.gzip_bomb, "too_large", "larger than 15 MB"),
        (b.stalls, "timeout", "fell silent"),
        (b.drips_body, "timeout", "longer than"),
        (b.drips_head, "timeout", "longer than"),
        (b.cut_gzip, "server_error", "broke off"),
        (b.cut_body, "server_error", "broke off"),
        (b.speaks_nonsense, "server_error", "does not speak HTTP"),
        (b.answers(200, b.FEED, content_encoding="br"), "ok", None),
        (b.answers(200, b"\xff\xfe\xfd", content_encoding="br"), "server_error", "unpacked"),
        (b.hangs_up, "server_error", "broke off"),
        (b.resets, "server_error", "broke off"),
        (b.redirects("/nothing", 301), "not_found", None),
        (b.redirects("", 302), "bad_redirect", "without saying where"),
        (b.redirects("ftp://files.test/feed"), "bad_redirect", "not an http"),
        (b.redirects("https://[half"), "bad_redirect", "Open the address in a browser"),
    ],
)
def test_what_a_server_does_gives_its_outcome_and_a_cure(reader, behaviour, outcome, told):
    reader.follow("feed", behaviour)
    begin = time.monotonic()
    attempt = reader.run()["feed"]
    assert time.monotonic() - begin < WITHIN_SECONDS
    assert attempt.outcome == outcome
    assert (attempt.reason is None) if outcome == "ok" else attempt.reason
    assert told is None or told in attempt.reason


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b.FEED)),
        ("x-gzip", gzip.compress(b.FEED[:100]) + gzip.compress(b.FEED[100:])),
        ("gzip", gzip.compress(b.FEED) + b"\0" * 100),
        ("deflate", zlib.compress(b.FEED)),
        ("deflate", zlib.compress(b.FEED, wbits=-15)),
        ("br", brotli.compress(b.FEED)),
        ("zstd", zstandard.compress(b.FEED)),
        ("gzip", b.FEED),
        ("deflate, gzip", gzip.compress(zlib.compress(b.FEED))),
        ("identity", b.FEED),
    ],
)
def test_a_packed_body_is_landed_unpacked(reader, encoding, packed):
    reader.follow("feed", b.answers(200, packed, content_encoding=encoding))
    assert reader.run()["feed"].outcome == "ok"
    (document,) = reader.landing.documents("feed")
    assert reader.landing.read(document) == b.FEED


def test_a_name_that_does_not_resolve_is_dns(reader, settings):
    feed = FeedEntry(id="nowhere", url="http://nowhere.invalid/feed")
    (attempt,) = fetch_feeds([feed], reader.landing, settings, reader.clock)
    assert (attempt.outcome, attempt.http_status) == ("dns", None)
    assert "nowhere.invalid is not known" in attempt.reason


def test_a_name_server_that_hangs_does_not_hang_the_run(reader, settings):
    feed = FeedEntry(id="slow", url="http://slow.test/feed")
    begin = time.monotonic()
    (attempt,) = fetch_feeds(
        [feed],
        reader.landing,
        settings,
        reader.clock,
        network=Network(resolve=lambda host, port: reader.origin.closed.wait(20) or []),
    )
    assert attempt.outcome == "dns"
    assert time.monotonic() - begin < WITHIN_SECONDS


def test_a_certificate_of_another_host_is_tls(reader, secure_origin, settings, loopback_names):
    feed = FeedEntry(id="secure", url=secure_origin.url("/feed", "other.test"), allow_private=True)
    (attempt,) = fetch_feeds([feed], reader.landing, settings, reader.clock, network=loopback_names)
    assert attempt.outcome == "tls"
    assert "other.test" in attempt.reason


def test_a_certificate_that_nobody_vouches_for_is_tls(reader, secure_origin, loopback_names):
    feed = FeedEntry(id="secure", url=secure_origin.url("/feed", "secure.test"), allow_private=True)
    (attempt,) = fetch_feeds(
        [feed], reader.landing, FetchSettings(), reader.clock, network=loopback_names
    )
    assert attempt.outcome == "tls"
    assert "self-signed" in attempt.reason.replace("self signed", "self-signed")


def test_a_plain_server_asked_for_a_secure_connection_is_tls(reader, settings):
    url = reader.origin.url("/feed").replace("http:", "https:")
    feed = FeedEntry(id="plain", url=url, allow_private=True)
    (attempt,) = fetch_feeds([feed], reader.landing, settings, reader.clock)
    assert attempt.outcome == "tls"


def test_a_trusted_certificate_is_ok(reader, secure_origin, settings, loopback_names):
    secure_origin.behaviours["/feed"] = b.feed()
    feed = FeedEntry(id="secure", url=secure_origin.url("/feed", "secure.test"), allow_private=True)
    (attempt,) = fetch_feeds([feed], reader.landing, settings, reader.clock, network=loopback_names)
    assert attempt.outcome == "ok"


def test_http2_is_spoken_with_a_host_that_does(reader, settings, loopback_names):
    with http2_origin(b.FEED) as port:
        url = f"https://secure.test:{port}/feed"
        feed = FeedEntry(id="modern", url=url, allow_private=True)
        (attempt,) = fetch_feeds(
            [feed], reader.landing, settings, reader.clock, network=loopback_names
        )
    assert attempt.outcome == "ok"


def test_a_port_where_nobody_listens_is_unreachable(reader, settings):
    feed = FeedEntry(id="closed", url="http://127.0.0.1:9/feed", allow_private=True)
    (attempt,) = fetch_feeds([feed], reader.landing, settings, reader.clock)
    assert attempt.outcome == "unreachable"


def test_other_feeds_load_while_hostile_ones_are_cut_off(reader):
    hostile = [b.stalls, b.drips_body, b.drips_head, b.endless_body, b.gzip_bomb, b.bot_wall]
    for number, behaviour in enumerate(hostile):
        reader.follow(f"hostile-{number}", behaviour)
    for number in range(10):
        reader.follow(f"friendly-{number}", b.feed(b.rss(newest=number)))
    attempts = reader.run()
    assert [attempts[f"friendly-{n}"].outcome for n in range(10)] == ["ok"] * 10
    assert {attempts[f"hostile-{n}"].outcome for n in range(6)} == {
        "timeout",
        "too_large",
        "blocked",
    }


def test_a_block_never_overwrites_what_was_landed(reader):
    reader.follow("feed", b.in_turn(b.feed(), b.bot_wall))
    reader.run()
    blocked = reader.run_at_due("feed")
    assert (blocked.outcome, blocked.document_id) == ("blocked", None)
    (document,) = reader.landing.documents("feed")
    assert reader.landing.read(document) == b.FEED


def test_response_headers_are_kept_without_cookies(reader):
    headers = {"x_powered_by": "tests", "set_cookie": "session=secret"}
    reader.follow("feed", b.feed(**headers))
    kept = reader.run()["feed"].headers
    assert kept["x-powered-by"] == "tests"
    assert "set-cookie" not in kept


def test_a_query_and_odd_characters_of_an_address_are_sent_byte_for_byte(reader):
    path = "/feed?key=a%7eb|c&empty=&x=%20+'\"{}"
    reader.follow("feed", b.feed(), url=reader.origin.url(path))
    reader.run()
    assert reader.origin.log[0].path == path


def test_credentials_of_an_address_are_sent_and_not_written_down(reader, tmp_path):
    url = reader.origin.url("/feed").replace("http://", "http://me:p%40ss@")
    reader.follow("feed", b.feed(), url=url)
    assert reader.run()["feed"].outcome == "ok"
    assert reader.origin.log[0].headers["authorization"] == "Basic bWU6cEBzcw=="
    assert "p%40ss" not in (reader.landing.root / "feed" / "attempts.jsonl").read_text()
    assert reader.run_at_due("feed").outcome == "unchanged"


def test_who_asks_is_told_with_project_and_contact(reader):
    reader.settings = type(reader.settings)(contact="mailto:me@example.test")
    reader.follow("feed", b.feed())
    reader.run()
    agent = reader.origin.log[0].headers["user-agent"]
    assert agent.startswith("Feedhouse/")
    assert "+https://" in agent
    assert "mailto:me@example.test" in agent
