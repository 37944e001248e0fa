"""Validators go back verbatim, and no server gets away with a wrong 304 for long."""

from datetime import timedelta

import pytest

from tests.orchestration.origin import behaviours as b


@pytest.mark.parametrize(
    "etag", ['"abc"', 'W/"abc"', "abc", '"a""b"', '"caf\xe9"', "W/W/abc-gzip", '"a, b"']
)
def test_an_etag_is_sent_back_byte_for_byte(reader, etag):
    reader.follow("feed", b.validated(lambda: b.FEED, etag))
    assert reader.run()["feed"].outcome == "ok"
    assert reader.run_at_due("feed").outcome == "unchanged"
    assert reader.origin.log[1].headers["if-none-match"] == etag
    assert "if-modified-since" not in reader.origin.log[1].headers


def test_a_last_modified_is_sent_back_as_it_was_written(reader):
    reader.follow("feed", b.feed(last_modified="yesterday, about noon"))
    reader.run()
    reader.run_at_due("feed")
    assert reader.origin.log[1].headers["if-modified-since"] == "yesterday, about noon"
    assert "if-none-match" not in reader.origin.log[1].headers


def test_no_validator_is_invented(reader):
    reader.follow("feed", b.feed(date="Fri, 01 May 2026 12:00:00 GMT"))
    reader.run()
    reader.run_at_due("feed")
    assert not {"if-none-match", "if-modified-since"} & set(reader.origin.log[1].headers)


def test_a_not_modified_is_unchanged_and_lands_no_body(reader):
    reader.follow("feed", b.validated(lambda: b.FEED, '"1"'))
    reader.run()
    attempt = reader.run_at_due("feed")
    assert (attempt.http_status, attempt.document_id, attempt.reason) == (304, None, None)
    assert len(reader.landing.documents("feed")) == 1


def test_the_same_bytes_again_are_unchanged_and_landed_once(reader):
    reader.follow("feed", b.feed())
    first = reader.run()["feed"]
    again = reader.run_at_due("feed")
    assert (again.outcome, again.http_status) == ("unchanged", 200)
    assert again.document_id == first.document_id
    assert len(reader.landing.documents("feed")) == 1


def test_new_bytes_under_the_same_etag_are_landed(reader):
    reader.follow(
        "feed",
        b.in_turn(b.feed(etag='"same"'), b.feed(b.rss(newest=101), etag='"same"')),
    )
    reader.run()
    assert reader.run_at_due("feed").outcome == "ok"
    assert len(reader.landing.documents("feed")) == 2


def test_a_validator_that_a_304_renews_is_used_from_then_on(reader):
    reader.follow("feed", b.in_turn(b.feed(etag='"1"'), b.answers(304, etag='"2"'), b.answers(304)))
    reader.run()
    reader.run_at_due("feed")
    reader.run_at_due("feed")
    sent = [asked.headers.get("if-none-match") for asked in reader.origin.log]
    assert sent == [None, '"1"', '"2"']


def test_a_wrong_304_is_found_out_within_a_week(reader):
    body = [b.FEED]
    reader.follow("feed", b.validated(lambda: body[0], '"never changes"'))
    reader.run()
    body[0] = b.rss(newest=105)
    begin = reader.now
    while (attempt := reader.run_at_due("feed")).outcome == "unchanged":
        assert reader.now - begin < timedelta(days=9)
    assert attempt.outcome == "ok"
    assert reader.now - begin >= timedelta(days=7)
    assert "if-none-match" not in reader.origin.log[-1].headers


def test_validators_go_only_to_the_address_that_gave_them(reader):
    reader.follow("feed", b.redirects("/target-a", 302))
    reader.origin.behaviours["/target-a"] = b.feed(etag='"a"')
    reader.origin.behaviours["/target-b"] = b.feed(etag='"b"')
    reader.run()
    reader.run_at_due("feed")
    reader.origin.behaviours["/feed"] = b.redirects("/target-b", 302)
    reader.run_at_due("feed")
    sent = [(asked.path, asked.headers.get("if-none-match")) for asked in reader.origin.log]
    assert sent == [
        ("/feed", None),
        ("/target-a", None),
        ("/feed", None),
        ("/target-a", '"a"'),
        ("/feed", None),
        ("/target-b", None),
    ]


def test_validators_survive_a_failure_in_between(reader):
    reader.follow("feed", b.in_turn(b.feed(etag='"1"'), b.answers(503), b.answers(304)))
    reader.run()
    reader.run_at_due("feed")
    assert reader.run_at_due("feed").outcome == "unchanged"
    assert reader.origin.log[2].headers["if-none-match"] == '"1"'
