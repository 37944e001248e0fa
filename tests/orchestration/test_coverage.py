"""Whether posts were missed between captures, from landed windows to the mart."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.normalise import normalise
from orchestration.python_marts import PYTHON_MARTS
from orchestration.registry import Registry
from tests.transforms.conftest import item, rss
from transforms.records import RECORDS, arrow_schema
from warehouse import connect
from warehouse.build import build_warehouse
from warehouse.landing import Attempt, Landing

FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)
NOTHING = Registry(path=Path("feeds.toml"), feeds=())


def window(newest, *, count=5, every=timedelta(days=1), is_dated=True):
    """Return a feed that shows its last posts, numbered and dated from FIRST on."""
    return rss(
        *(
            item(
                f"<p>Words {number}.</p>",
                title=f"Post {number}",
                slug=f"post-{number}",
                date=f"{FIRST + number * every:%a, %d %b %Y %H:%M:%S} GMT" if is_dated else "soon",
            )
            for number in range(newest, newest - count, -1)
        )
    )


WEEK = timedelta(days=7)
CAPTURES = {
    # 5 to 9, then 7 to 11, then 22 to 26: the posts 12 to 21 were never shown to us.
    "daily": [(9, window(9)), (11, window(11)), (26, window(26))],
    # The same at another rhythm: of 2 to 6 and 10 to 14 the posts 7 to 9 are missed.
    "weekly": [(6 * 7, window(6, every=WEEK)), (14 * 7, window(14, every=WEEK))],
    # 5 to 9, then 10 to 14: nothing is shared, and nothing was missed.
    "burst": [(9, window(9)), (14, window(14))],
    "undated": [(9, window(9, is_dated=False)), (26, window(26, is_dated=False))],
    "unreadable": [(9, window(9)), (10, b"<html><body>Log in</body></html>"), (11, window(11))],
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """Coverage and missed posts of each document, and the overlap in core.fetches, by feed."""
    data = tmp_path_factory.mktemp("data")
    landing = Landing(data / "landing")
    for feed_id, captures in CAPTURES.items():
        for day, body in captures:
            moment = FIRST + timedelta(days=day, hours=1)
            attempt = Attempt(
                feed_id=feed_id, fetched_at=moment, outcome="ok", source_uri="https://a.test/feed"
            )
            landing.land(attempt, body)
    normalise(landing, data / "core", NOTHING)
    schemas = [arrow_schema(record) for record in RECORDS]
    build_warehouse(data, schemas, FIRST + timedelta(days=200), python_marts=PYTHON_MARTS)
    with connect(data) as connection:
        rows = connection.execute(
            "select feed_id, l.coverage, l.missed_estimate, f.window_overlap"
            " from marts.coverage_ledger as l join core.fetches as f using (feed_id, document_id)"
            " order by feed_id, l.fetched_at"
        ).fetchall()
    return {feed_id: [row[1:] for row in rows if row[0] == feed_id] for feed_id in CAPTURES}


def test_a_gap_is_told_with_the_number_of_posts_that_were_missed(ledger):
    assert ledger["daily"] == [
        ("unknown", None, None),
        ("complete", 0, 0.6),
        ("gap", 10, 0.0),
    ]


def test_the_estimate_follows_the_rhythm_of_the_feed(ledger):
    assert ledger["weekly"][1] == ("gap", 3, 0.0)


def test_windows_that_adjoin_have_no_gap(ledger):
    coverage, missed, _ = ledger["burst"][1]
    assert (coverage != "gap", missed) == (True, 0)


def test_without_dates_nothing_is_claimed(ledger):
    assert ledger["undated"][1] == ("unknown", None, 0.0)


def test_a_document_that_was_no_feed_does_not_break_the_chain(ledger):
    assert [row[0] for row in ledger["unreadable"]] == ["unknown", "unknown", "complete"]
