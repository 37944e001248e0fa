"""Months made again: the same bytes as a whole rebuild gives, from a part of the landing."""

import shutil
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from orchestration.normalise import normalise
from orchestration.places import Places
from orchestration.registry import load_registry
from orchestration.reloading import rebuild_months
from tests.transforms.conftest import item, rss
from transforms.records import Article, SponsorPlacement, arrow_schema
from warehouse.landing import Attempt, Landing
from warehouse.tables import read_rows

FIRST = datetime(2025, 1, 6, 9, tzinfo=UTC)
WEEKS = 60
WINDOW = 4
EDITED, WITHDRAWN = 30, 33
"""Posts that a later window shows with another body, or no longer."""
MONTH = "2025-08"
"""Of both posts, and of sponsors."""


def post(number, capture):
    """Return a post as a capture shows it, with a sponsor every third time."""
    text = "Words about caching in Kafka, rewritten." if number == EDITED < capture else "Words."
    paid = '<h2><a href="https://acme.example/?utm_source=letter">Ship faster (Sponsored)</a></h2>'
    body = f"<p>{text} Number {number}.</p>" + (f"{paid}<p>Acme ships.</p><hr>" * (number % 3 == 0))
    date = format_datetime(FIRST + timedelta(weeks=number))
    return item(body, title=f"Post {number}", slug=f"post-{number}", date=date)


def window(capture):
    """Return the feed as it stood after a post: the newest ones first."""
    numbers = range(capture, max(-1, capture - WINDOW), -1)
    return rss(*(post(n, capture) for n in numbers if n != WITHDRAWN or capture == WITHDRAWN))


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A letter captured every week for more than a year, and one that ended before it began."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "feeds.toml").write_text('[[feed]]\nid = "letter"\n[[feed]]\nid = "ended"\n')
    made = Places(data=folder, feeds=folder / "feeds.toml")
    landing = Landing(made.landing)
    for number in range(WEEKS):
        moment = FIRST + timedelta(weeks=number, hours=3)
        land(landing, "letter", moment, window(number))
    land(landing, "ended", FIRST - timedelta(days=300), rss(item("<p>The last.</p>")))
    normalise(landing, made.core, load_registry(made.feeds))
    return made


def land(landing, feed_id, moment, body):
    landing.land(
        Attempt(feed_id=feed_id, fetched_at=moment, outcome="ok", source_uri="https://x.example/"),
        body,
    )


@pytest.fixture
def places(house, tmp_path):
    shutil.copytree(house.data, tmp_path / "data")
    return Places(data=tmp_path / "data", feeds=house.feeds)


def files(places):
    return {path.relative_to(places.core): path.read_bytes() for path in core_paths(places)}


def core_paths(places, table="*", month="*"):
    return sorted(places.core.glob(f"{table}/month={month}/*.parquet"))


def rebuild(places, *months):
    return rebuild_months(places, load_registry(places.feeds), months)


def test_the_month_has_all_that_is_hard_to_get_back(house):
    articles = read_rows(house.core, arrow_schema(Article), months=[MONTH]).to_pylist()
    placements = read_rows(house.core, arrow_schema(SponsorPlacement), months=[MONTH])
    by_title = {row["title"]: row for row in articles}

    assert by_title[f"Post {EDITED}"]["revision"] == 2
    assert by_title[f"Post {WITHDRAWN}"]["vanished_at"]
    assert set(placements["sponsor_name"].to_pylist()) == {"Acme"}


@pytest.mark.parametrize("months", [[MONTH], ["2025-01"], ["2026-02"], ["2025-07", "2025-08"]])
def test_a_month_read_again_is_byte_for_byte_what_it_was(places, months):
    before = files(places)

    done = rebuild(places, *months)

    assert files(places) == before
    assert not [change for change in done.changes if change.months]


def test_only_documents_that_the_month_rests_on_are_read(places):
    weeks_of_a_month, seen_before_and_after = 5, 2 * WINDOW

    done = rebuild(places, MONTH)

    assert WINDOW < done.documents_read <= weeks_of_a_month + seen_before_and_after


def test_a_month_in_which_nothing_happened_reads_nothing(places):
    assert rebuild(places, "2023-03").documents_read == 0


@pytest.mark.parametrize(
    "tables",
    [
        ["articles"],
        ["documents"],
        ["article_revisions", "article_sources"],
        ["sponsor_placements", "sections", "links"],
        ["articles", "documents", "fetches"],
    ],
)
def test_what_was_lost_of_a_month_comes_back(places, tables):
    before = files(places)
    for table in tables:
        for path in core_paths(places, table, MONTH):
            path.unlink()

    done = rebuild(places, MONTH)

    assert files(places) == before
    assert {change.table for change in done.changes if change.months} >= set(tables) - {"links"}


def test_core_is_left_alone_where_it_is_laid_out_beside_itself(places):
    before = files(places)
    inodes = {path: path.stat().st_ino for path in core_paths(places)}

    rebuild(places, MONTH)

    assert {path: path.stat().st_ino for path in core_paths(places)} == inodes
    assert files(places) == before
    assert not (places.data / "core.rebuild").exists()
