from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.conftest import item, rss
from transforms.capture_times import FILE_TIME, shown_until
from transforms.document import ParsedFeed, SourceDocument
from transforms.known import KnownArticles
from transforms.parsing import parse_document

COPIED_AT = datetime(2026, 11, 21, 17, tzinfo=UTC)
NEWEST = datetime(2026, 5, 30, 15, 30, tzinfo=UTC)
MOMENTS = st.integers(0, 2_500_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def document(body=b"", options=None, fetched_at=COPIED_AT):
    options = dict([FILE_TIME]) if options is None else options
    return SourceDocument(
        document_id="d", feed_id="f", fetched_at=fetched_at, source_uri="", body=body,
        options=options,
    )  # fmt: skip


def test_a_document_whose_time_of_capture_is_known_needs_no_other_time():
    assert shown_until(document(options={}), ParsedFeed(format="rss"), [NEWEST]) is None


def test_a_copied_file_shows_what_was_published_up_to_its_newest_entry():
    assert shown_until(document(), ParsedFeed(format="preview-text"), [NEWEST]) == NEWEST


@pytest.mark.parametrize(
    "head",
    [
        "<lastBuildDate>Sat, 30 May 2026 22:22:00 GMT</lastBuildDate>",
        "<pubDate>Sat, 30 May 2026 22:22:00 GMT</pubDate>",
    ],
)
def test_a_copied_feed_shows_what_was_published_until_it_was_made(head):
    body = rss(item("a")).replace(b"<channel>", b"<channel>" + head.encode())
    copied = document(body)

    parsed = parse_document(copied, KnownArticles())

    assert shown_until(copied, parsed, [NEWEST]) == datetime(2026, 5, 30, 22, 22, tzinfo=UTC)


def test_an_atom_feed_tells_when_it_was_made():
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>'
        b"<updated>2026-05-30T22:22:00Z</updated><entry><id>1</id><title>a</title></entry></feed>"
    )
    copied = document(body)

    parsed = parse_document(copied, KnownArticles())

    assert shown_until(copied, parsed, []) == datetime(2026, 5, 30, 22, 22, tzinfo=UTC)


def test_a_copied_file_without_any_date_tells_nothing():
    assert shown_until(document(), ParsedFeed(format="blog-text", built_raw="soon"), []) is None


@given(st.lists(MOMENTS, min_size=1), MOMENTS, MOMENTS)
def test_no_file_shows_what_came_after_it_was_written(dates, built, written):
    parsed = ParsedFeed(format="rss", built_raw=built.isoformat())

    until = shown_until(document(fetched_at=written), parsed, dates)

    assert until == max((at for at in (built, *dates) if at <= written), default=None)


def test_an_entry_dated_ahead_does_not_stretch_what_a_copied_file_shows():
    ahead = COPIED_AT.replace(year=2027)

    assert shown_until(document(), ParsedFeed(format="rss"), [NEWEST, ahead]) == NEWEST
