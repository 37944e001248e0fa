import hashlib
import resource
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.landing import Attempt, Landing, LandingError

NOON = datetime(2026, 5, 30, 12, tzinfo=UTC)
FEED = b"<rss><channel><title>Ledger</title></channel></rss>"


def attempt(feed_id="ledger", fetched_at=NOON, outcome="ok", **facts):
    return Attempt(feed_id=feed_id, fetched_at=fetched_at, outcome=outcome, **facts)


def bodies(landing, feed_id="ledger"):
    return sorted(path.name for path in (landing.root / feed_id).glob("*.gz"))


@pytest.fixture
def landing(tmp_path):
    return Landing(tmp_path / "landing")


def test_a_landed_body_is_read_back_byte_for_byte(landing):
    landed = landing.land(attempt(content_type="application/rss+xml; charset=utf-8"), FEED)

    (document,) = landing.documents()

    assert landing.read(document) == FEED
    assert landed.document_id == document.document_id == hashlib.sha256(FEED).hexdigest()
    assert landed.bytes == len(FEED)
    assert document.path.name == f"20260530T120000.000000Z-{document.document_id[:12]}.xml.gz"


def test_an_attempt_without_a_body_is_kept_too(landing):
    made = attempt(outcome="timeout", reason="no answer in 10 s: try later", duration_ms=10_000)

    assert landing.land(made, None) == made
    assert list(landing.attempts()) == [made]
    assert landing.documents() == []


def test_an_attempt_keeps_every_fact_of_it(landing):
    made = attempt(
        http_status=200,
        etag='W/"é"',
        last_modified="Sat, 30 May 2026 11:59:00 GMT",
        final_url="https://ledger.test/feed",
        request_url="https://ledger.test/rss?a=%2F",
        source_uri="https://ledger.test/rss?a=%2F",
        headers={"content-type": "text/xml", "x-odd": '"document_id":null'},
        options={"timezone": "Europe/Berlin"},
        next_due_at=NOON + timedelta(hours=1),
        due_reason="hourly feed",
    )

    landed = landing.land(made, FEED)

    assert list(landing.attempts("ledger")) == [landed]
    assert landing.documents()[0].options == {"timezone": "Europe/Berlin"}


def test_times_are_kept_in_utc(landing):
    berlin = timezone(timedelta(hours=2))
    landing.land(attempt(fetched_at=datetime(2026, 5, 30, 14, tzinfo=berlin)), FEED)

    assert bodies(landing)[0].startswith("20260530T120000.000000Z-")
    assert next(landing.attempts()).fetched_at == NOON


def test_an_unchanged_body_is_landed_once(landing):
    landing.land(attempt(), FEED)
    landing.land(attempt(fetched_at=NOON + timedelta(hours=1)), FEED)

    assert len(bodies(landing)) == 1
    assert len(list(landing.attempts())) == 2
    (document,) = landing.documents()
    assert document.fetched_at == NOON


def test_two_feeds_with_the_same_bytes_each_have_them(landing):
    landing.land(attempt(feed_id="ledger"), FEED)
    landing.land(attempt(feed_id="mirror"), FEED)

    documents = landing.documents()

    assert [document.feed_id for document in documents] == ["ledger", "mirror"]
    assert [landing.read(document) for document in documents] == [FEED, FEED]
    assert landing.feed_ids() == ["ledger", "mirror"]


def test_documents_come_by_time_of_capture(landing):
    landing.land(attempt(fetched_at=NOON), b"second")
    landing.land(attempt(fetched_at=NOON - timedelta(days=400)), b"first")

    assert [landing.read(document) for document in landing.documents()] == [b"first", b"second"]


def test_the_same_body_gives_the_same_file(tmp_path):
    one, other = Landing(tmp_path / "one"), Landing(tmp_path / "other")
    for landing in (one, other):
        landing.land(attempt(), FEED)

    assert (one.root / "ledger" / bodies(one)[0]).read_bytes() == (
        other.root / "ledger" / bodies(other)[0]
    ).read_bytes()


def test_a_torn_last_line_is_passed_over_and_mended_by_the_next_attempt(landing):
    first = landing.land(attempt(), FEED)
    with (landing.root / "ledger" / "attempts.jsonl").open("ab") as lines:
        lines.write(b'{"feed_id":"ledger","fetched_at":"2026-05-3')

    assert list(landing.attempts()) == [first]
    second = landing.land(attempt(fetched_at=NOON + timedelta(hours=1)), None)
    assert list(landing.attempts()) == [first, second]


def test_a_damaged_line_is_named_with_the_cure(landing):
    landing.land(attempt(), FEED)
    path = landing.root / "ledger" / "attempts.jsonl"
    path.write_bytes(b"\x00\x00\n" + path.read_bytes())

    with pytest.raises(LandingError, match=r"attempts\.jsonl, line 1 is damaged.*delete that line"):
        list(landing.attempts())


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", FEED], ids=["empty", "cut", "no gzip"])
def test_a_damaged_body_is_named_with_the_cure(landing, content):
    landing.land(attempt(), FEED)
    (document,) = landing.documents()
    document.path.write_bytes(content)

    with pytest.raises(LandingError, match=r"is damaged.*Restore it from a backup"):
        landing.read(document)


def test_a_damaged_body_is_mended_when_the_same_bytes_come_again(landing):
    landing.land(attempt(), FEED)
    (document,) = landing.documents()
    document.path.write_bytes(b"\x1f\x8bgarbage")

    landing.land(attempt(fetched_at=NOON + timedelta(hours=1)), FEED)

    assert landing.documents() == [document]
    assert landing.read(document) == FEED


def test_a_missing_body_is_named(landing):
    landing.land(attempt(), FEED)
    (document,) = landing.documents()
    document.path.unlink()

    with pytest.raises(LandingError, match="is missing"):
        landing.read(document)


def test_a_body_whose_line_was_lost_in_a_crash_is_found_again(landing):
    landing.land(attempt(), FEED)
    (landing.root / "ledger" / "attempts.jsonl").unlink()

    landing.land(attempt(fetched_at=NOON + timedelta(hours=1)), FEED)

    (document,) = landing.documents()
    assert len(bodies(landing)) == 1
    assert landing.read(document) == FEED


def test_a_feed_id_cannot_lead_out_of_the_folder(landing):
    with pytest.raises(LandingError, match="cannot name a folder"):
        landing.land(attempt(feed_id="../../etc"), FEED)


def test_nothing_landed_gives_nothing(landing):
    assert landing.feed_ids() == []
    assert landing.documents() == []
    assert list(landing.attempts()) == []
    assert list(landing.attempts("unknown")) == []


@contextmanager
def no_file_longer_than(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_no_half_line(landing):
    first = landing.land(attempt(), None)
    path = landing.root / "ledger" / "attempts.jsonl"
    whole = path.read_bytes()

    with no_file_longer_than(len(whole) + 10), pytest.raises(OSError, match="File too large"):
        landing.land(attempt(fetched_at=NOON + timedelta(hours=1)), None)

    assert path.read_bytes() == whole
    assert list(landing.attempts()) == [first]


@given(st.binary(max_size=2000))
def test_any_bytes_survive_landing(tmp_path_factory, body):
    landing = Landing(Path(tmp_path_factory.mktemp("landing")))
    landing.land(attempt(), body)

    assert landing.read(landing.documents()[0]) == body


def test_the_newest_attempts_are_read_from_the_end(landing):
    made = [landing.land(attempt(fetched_at=NOON + n * timedelta(hours=1)), None) for n in range(9)]
    path = landing.root / "ledger" / "attempts.jsonl"
    path.write_bytes(b"damaged\n" + path.read_bytes() + b'{"torn')

    newest = landing.newest_attempts("ledger")

    assert [next(newest) for _ in made] == made[::-1]
    with pytest.raises(LandingError, match=r"attempts\.jsonl, line 1 is damaged"):
        next(newest)


@given(st.lists(st.integers(0, 12_000), max_size=8), st.binary(max_size=20))
@settings(max_examples=40, deadline=None)
def test_any_lines_read_the_same_from_either_end(tmp_path_factory, sizes, torn):
    landing = Landing(Path(tmp_path_factory.mktemp("landing")))
    for number, size in enumerate(sizes):
        moment = NOON + timedelta(seconds=number)
        landing.land(attempt(fetched_at=moment, reason="r" * size), None)
    with (landing.root / "ledger" / "attempts.jsonl").open("ab") if sizes else nullcontext() as end:
        if end:
            end.write(torn.replace(b"\n", b""))

    assert [*landing.newest_attempts("ledger")] == [*landing.attempts("ledger")][::-1]


def test_damaged_lines_are_told_and_passed_over_when_asked(landing):
    first = landing.land(attempt(), FEED)
    path = landing.root / "ledger" / "attempts.jsonl"
    mark = f'"document_id":"{"0" * 64}"'.encode()
    path.write_bytes(b"\x00\n" + path.read_bytes() + b"{" + mark + b"}\n")
    told = []

    assert list(landing.attempts(on_damage=told.append)) == [first]
    assert [d.document_id for d in landing.documents(on_damage=told.append)] == [first.document_id]

    assert [str(error).split(" is damaged")[0] for error in told] == [
        f"{path}, line 1",
        f"{path}, line 3",
        f"{path}, line 3",
    ]


@pytest.mark.parametrize(
    "line",
    [b"1", b"[]", b'"text"', b'{"feed_id":"x","fetched_at":"2026-05-30T12:00:00","outcome":"ok"}'],
    ids=["number", "list", "text", "time without zone"],
)
def test_json_that_is_no_attempt_is_damage(landing, line):
    landing.land(attempt(), None)
    (landing.root / "ledger" / "attempts.jsonl").write_bytes(line + b"\n")

    with pytest.raises(LandingError, match="line 1 is damaged"):
        list(landing.attempts())


def test_known_documents_are_left_out(landing):
    first = landing.land(attempt(), b"first")
    second = landing.land(attempt(fetched_at=NOON + timedelta(hours=1)), b"second")

    (fresh,) = landing.documents(known={("ledger", first.document_id)})

    assert fresh.document_id == second.document_id


def test_a_feed_whose_bodies_are_all_known_is_not_read(landing):
    known = {("ledger", landing.land(attempt(), FEED).document_id)}
    (landing.root / "ledger" / "attempts.jsonl").write_bytes(b"would be told as damaged\n")

    assert landing.documents(known=known) == []


def test_the_same_bytes_of_two_feeds_are_known_apart(landing):
    known = {("ledger", landing.land(attempt(), FEED).document_id)}
    landing.land(attempt(feed_id="other"), FEED)

    assert [document.feed_id for document in landing.documents(known=known)] == ["other"]


def test_a_body_is_found_by_its_hash_when_it_is_whole(landing):
    document_id = landing.land(attempt(), FEED).document_id
    assert landing.find_body("ledger", document_id) == FEED
    assert landing.has_body("ledger", document_id)
    assert landing.is_landed("ledger", document_id)

    landing.documents()[0].path.write_bytes(b"\x1f\x8bgarbage")
    assert landing.find_body("ledger", document_id) is None
    assert landing.has_body("ledger", document_id)

    assert landing.find_body("unknown", document_id) is None
    assert not landing.has_body("unknown", document_id)
    assert not landing.is_landed("ledger", "0" * 64)


def test_two_attempts_of_one_moment_get_a_moment_each(landing):
    later = landing.land(attempt(fetched_at=NOON + timedelta(hours=1)), None)
    first, second, third = (landing.land(attempt(), body) for body in (b"a", None, b"c"))

    moments = [each.fetched_at - NOON for each in (first, second, third)]
    assert moments == [timedelta(microseconds=n) for n in range(3)]
    assert list(landing.attempts()) == [later, first, second, third]
    assert landing.land(attempt(feed_id="other"), None).fetched_at == NOON


def test_new_attempts_are_found_from_the_end(landing):
    made = [landing.land(attempt(fetched_at=NOON + n * timedelta(hours=1)), None) for n in range(5)]
    older = landing.land(attempt(fetched_at=NOON - timedelta(days=9), outcome="imported"), None)
    known = {each.fetched_at for each in made}

    assert landing.new_attempts("ledger", known) == [older]
    assert landing.new_attempts("ledger", {*known, older.fetched_at}) == []
    assert landing.new_attempts("ledger", set()) == [*made, older]
    assert landing.new_attempts("ledger", known - {made[1].fetched_at}) == [made[1], older]
    assert landing.new_attempts("unknown", set()) == []


def test_new_attempts_are_found_past_damage_and_lost_lines(landing):
    made = [landing.land(attempt(fetched_at=NOON + n * timedelta(hours=1)), None) for n in range(4)]
    path = landing.root / "ledger" / "attempts.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    known = {each.fetched_at for each in made[:3]}

    path.write_bytes(b"".join([lines[0], *lines[2:]]))
    assert landing.new_attempts("ledger", known) == [made[3]]

    told = []
    path.write_bytes(b"".join([lines[0], b"\x00\n", *lines[2:]]))
    known.remove(made[1].fetched_at)
    assert landing.new_attempts("ledger", known, on_damage=told.append) == [made[3]]
    assert ["line 2 is damaged" in str(error) for error in told] == [True]
