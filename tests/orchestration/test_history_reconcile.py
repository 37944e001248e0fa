"""One article from several sources: the feed's word where both are whole, else the whole one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.fetch.history import HistorySettings, PagedFeed, WordPressPages, walk_history
from orchestration.fetch.history.running import HistoryError, chosen_sources
from orchestration.normalise import normalise
from orchestration.places import Places
from orchestration.python_marts import PYTHON_MARTS
from orchestration.registry import FeedEntry, Registry, load_registry
from tests.orchestration.history_origin import services
from transforms.records import RECORDS, Article, Feed, HistoryWalk, arrow_schema
from warehouse import connect
from warehouse.build import build_warehouse
from warehouse.landing import Attempt
from warehouse.tables import read_rows

URL = "https://letters.example/2026/05/caches"
WORDS = " ".join(["A cache keeps what was asked for once, because it is asked for again."] * 12)
START = datetime(2026, 5, 30, 18, tzinfo=UTC)
REGISTRY = Registry(
    path=Path("feeds.toml"), feeds=(FeedEntry(id="letter", url="https://letters.example/feed"),)
)
PAGE = (
    "<html><head><meta property='og:type' content='article'><meta property='og:title'"
    " content='Caches'><meta property='article:published_time' content='2026-05-30T15:30:00Z'>"
    f"</head><body><div class='entry-content'><p>Of the page. {WORDS}</p></div></body></html>"
).encode()


def feed(body):
    return (
        "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Letters"
        f"</title><link>https://letters.example</link><item><title>Caches</title><link>{URL}"
        f"</link><guid>{URL}</guid><pubDate>Sat, 30 May 2026 15:30:00 GMT</pubDate>{body}</item>"
        "</channel></rss>"
    ).encode()


SUMMARY = feed("<description>A cache keeps what was asked for [&#8230;]</description>")
WHOLE = feed(f"<content:encoded><![CDATA[<p>Of the feed. {WORDS}</p>]]></content:encoded>")


@pytest.fixture
def read(landing, tmp_path):
    def rows(*bodies, at_once):
        for hour, body in enumerate(bodies):
            is_page = body.startswith(b"<html")
            landing.land(
                Attempt(
                    feed_id="letter", fetched_at=START.replace(hour=hour), outcome="ok",
                    source_uri=URL if is_page else "https://letters.example/feed",
                    options={"source": "pages", "format": "html"} if is_page else {},
                ),
                body,
            )  # fmt: skip
            if not at_once:
                normalise(landing, tmp_path / "core", REGISTRY)
        normalise(landing, tmp_path / "core", REGISTRY)
        return read_rows(tmp_path / "core", arrow_schema(Article)).to_pylist()

    return rows


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("bodies", "opening"),
    [
        ((SUMMARY, PAGE), "Of the page."),
        ((PAGE, SUMMARY), "Of the page."),
        ((WHOLE, PAGE), "Of the feed."),
        ((PAGE, WHOLE), "Of the feed."),
        ((SUMMARY, PAGE, WHOLE), "Of the feed."),
    ],
)
def test_the_whole_text_wins_and_of_two_whole_ones_the_feeds(read, bodies, opening, at_once):
    (article,) = read(*bodies, at_once=at_once)

    assert article["text"].startswith(opening)
    assert not article["is_truncated"]
    assert article["first_seen_at"] == START.replace(hour=0)


def answer(data, question):
    """Build the warehouse of a data directory and return the rows of a question."""
    schemas = [arrow_schema(record) for record in RECORDS]
    build_warehouse(data, schemas, START.replace(day=31), python_marts=PYTHON_MARTS)
    with connect(data) as connection:
        return connection.execute(question).fetchall()


@pytest.mark.parametrize("at_once", [True, False])
def test_what_each_source_said_is_kept_so_that_conflicts_are_rows(read, tmp_path, at_once):
    read(WHOLE, PAGE.replace(b"content='Caches'", b"content='Caches, explained'"), at_once=at_once)

    rows = answer(
        tmp_path, "select field, kept_value, other_value, kept_format, other_format, reason"
        " from marts.source_conflicts where field = 'title'"
    )  # fmt: skip

    assert rows == [("title", "Caches", "Caches, explained", "rss", "html", "feed")]


def test_closed_walks_are_rows_with_their_proofs(origin, landing, tmp_path):
    blog = services.site("wordpress")
    services.serve_wordpress(origin, blog)
    feed = FeedEntry(id="blog", url=origin.url("/feed"), allow_private=True)
    settings = HistorySettings(spacing_seconds=0)
    walk_history(feed, [WordPressPages()], landing, settings, lambda: datetime.now(UTC))
    registry = Registry(path=Path("feeds.toml"), feeds=(feed,))

    normalise(landing, tmp_path / "core", registry)
    normalise(landing, tmp_path / "core", registry)

    (row,) = read_rows(tmp_path / "core", arrow_schema(HistoryWalk)).to_pylist()
    assert (row["feed_id"], row["source"], row["proofs"]) == ("blog", "wordpress", ["paging_end"])
    assert (row["since_at"], row["missing_count"], row["is_available"]) == (None, 0, True)


def test_a_feed_keeps_its_title_when_pages_come_after_it(read, tmp_path):
    read(WHOLE, PAGE, at_once=True)

    (row,) = read_rows(tmp_path / "core", arrow_schema(Feed)).to_pylist()

    assert row["title"] == "Letters"


@pytest.mark.parametrize("source", [PagedFeed(), WordPressPages()], ids=["paged", "wordpress"])
def test_older_pages_of_a_feed_are_no_windows_that_posts_vanish_from(
    origin, landing, tmp_path, source
):
    blog = services.site("wordpress")
    if source.name == "wordpress":
        services.serve_wordpress(origin, blog)
    else:
        services.serve_paged(origin, blog, relation="next")
    feed = FeedEntry(id="blog", url=origin.url("/feed"), allow_private=True)
    settings = HistorySettings(spacing_seconds=0)
    walk_history(feed, [source], landing, settings, lambda: datetime.now(UTC))

    normalise(landing, tmp_path / "core", Registry(path=Path("feeds.toml"), feeds=(feed,)))

    articles = read_rows(tmp_path / "core", arrow_schema(Article)).to_pylist()
    assert len(articles) == len(blog.posts)
    assert [row["url"] for row in articles if row["vanished_at"]] == []


def test_pages_are_asked_only_where_the_feeds_terms_allow_it(tmp_path, landing):
    path = tmp_path / "feeds.toml"
    first, second = (
        f'[[feed]]\nid = "{name}"\nurl = "https://{name}.example/feed"\n{terms}\n'
        for name, terms in (("free", "allow_pages = true"), ("closed", ""))
    )
    path.write_text(first + second)
    places = Places(data=tmp_path / "data", feeds=path)
    free, closed = load_registry(path).feeds

    assert [each.name for each in chosen_sources(places, free, ["pages"], landing)] == ["pages"]
    with pytest.raises(HistoryError, match="allow_pages = true"):
        chosen_sources(places, closed, ["pages"], landing)
