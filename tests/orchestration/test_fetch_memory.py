"""Planning from the last line: what a feed's state is, whatever its story, and its damage."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.fetch.fetching import plan_feeds
from orchestration.fetch.memory import load_state, remembered
from orchestration.fetch.settings import FetchSettings
from orchestration.fetch.state import after, read_state
from orchestration.registry import FeedEntry
from tests.orchestration.origin import behaviours as b
from warehouse.landing import Attempt, Landing

START = datetime(2026, 5, 1, 12, tzinfo=UTC)
FEED = FeedEntry(id="feed", url="https://letters.test/feed")
SETTINGS = FetchSettings()


def attempts_file(landing, feed_id="feed"):
    return landing.root / feed_id / "attempts.jsonl"


OUTCOMES = st.sampled_from(["ok", "unchanged", "moved", "timeout", "not_found", "imported"])
STORY = st.lists(
    st.tuples(
        OUTCOMES,
        st.sampled_from([200, 304]),
        st.sampled_from([None, 'W/"1"', '"é"']),
        st.sampled_from(["a" * 64, "b" * 64]),
        st.sampled_from(["https://letters.test/new", "https://letters.test/other"]),
        st.integers(1, 40),
    ),
    max_size=25,
)


def told(state, step, moment):
    """Return the attempt a step of a story makes, as fetching would write it."""
    outcome, status, etag, document_id, moved_to, _ = step
    if outcome == "imported":
        return Attempt(feed_id="feed", fetched_at=moment, outcome=outcome)
    is_success = outcome in {"ok", "unchanged", "moved"}
    return Attempt(
        feed_id="feed",
        fetched_at=moment,
        outcome=outcome,
        http_status=status if is_success else None,
        etag=etag,
        document_id=document_id if is_success and status == 200 else None,
        request_url=state.request_url,
        final_url=moved_to if outcome == "moved" else state.request_url,
        next_due_at=moment + timedelta(minutes=90),
        due_reason="posts every 6 h",
    )


@given(STORY)
@settings(max_examples=40, deadline=None)
def test_the_state_in_the_last_line_is_that_of_the_whole_story(tmp_path_factory, story):
    landing = Landing(tmp_path_factory.mktemp("landing"))
    state, moment = read_state(FEED, [], SETTINGS), START
    for step in story:
        moment += timedelta(hours=step[-1])
        attempt = told(state, step, moment)
        if attempt.request_url is not None:
            state = after(state, attempt, SETTINGS)
            attempt = replace(attempt, state=remembered(state))
        landing.land(attempt, None)

    loaded = load_state(FEED, landing, SETTINGS)
    folded = read_state(FEED, landing.attempts("feed"), SETTINGS)

    assert loaded == folded


def test_planning_reads_no_more_than_the_last_line(reader):
    reader.follow("feed", b.validated(lambda: b.FEED, '"1"'))
    reader.run()
    path = attempts_file(reader.landing)
    path.write_bytes(b"not read at all\n" * 3 + path.read_bytes())

    assert reader.run() == {}
    assert reader.run(force=True)["feed"].outcome == "unchanged"


@pytest.mark.parametrize("state", [None, {"version": 0}, {"version": 1}, []])
def test_a_line_without_a_state_of_use_is_made_up_for_by_the_story(reader, state):
    reader.follow("feed", b.validated(lambda: b.FEED, '"1"'))
    reader.run()
    path = attempts_file(reader.landing)
    line = json.loads(path.read_text())
    path.write_text(json.dumps({**line, "state": state}, separators=(",", ":")) + "\n")

    assert reader.run(force=True)["feed"].http_status == 304


def test_an_imported_file_after_the_last_attempt_hides_it_not(reader):
    reader.follow("feed", b.answers(429, retry_after="3600"))
    attempt = reader.run()["feed"]
    imported = Attempt(feed_id="feed", fetched_at=attempt.fetched_at, outcome="imported")
    reader.landing.land(imported, b.FEED)

    assert reader.run(force=True) == {}


def test_a_damaged_last_line_stops_its_feed_and_no_other(reader):
    reader.follow("feed", b.feed())
    reader.follow("other", b.feed())
    reader.run()
    path = attempts_file(reader.landing)
    whole = path.read_bytes()
    path.write_bytes(whole + b"\x00\x00\x00\n")

    attempts = reader.run(force=True)

    assert {name: a.outcome for name, a in attempts.items()} == {
        "feed": "damaged_landing",
        "other": "unchanged",
    }
    assert f"{path}, line 2 is damaged" in attempts["feed"].reason
    assert "delete that line" in attempts["feed"].reason
    assert len(reader.origin.asked("/feed")) == 1
    plan, _ = plan_feeds(reader.feeds.values(), reader.landing, SETTINGS, reader.now)
    assert (plan.is_due, plan.due_reason) == (False, attempts["feed"].reason)

    path.write_bytes(whole)
    assert reader.run(force=True)["feed"].outcome == "unchanged"


def test_a_damaged_older_line_loses_the_memory_of_that_attempt_only(reader):
    entry = reader.follow("feed", b.feed())
    reader.run()
    path = attempts_file(reader.landing)
    path.write_bytes(b"\xff\n" + path.read_bytes())
    # Another address makes the whole story be read again, past the damage.
    reader.feeds["feed"] = replace(entry, url=reader.origin.url("/moved"))
    reader.origin.behaviours["/moved"] = b.feed()

    assert reader.run()["feed"].outcome == "ok"


def test_a_body_that_was_lost_is_fetched_whole_again(reader):
    reader.follow("feed", b.validated(lambda: b.FEED, '"1"'))
    reader.run()
    (body,) = reader.landing.root.glob("feed/*.gz")
    body.unlink()

    assert reader.run(force=True)["feed"].http_status == 200
    assert reader.landing.read(reader.landing.documents()[0]) == b.FEED
    assert reader.run(force=True)["feed"].http_status == 304
